import type { ConsumeAnswer, Explanation, LedgerEntry, Page, Problem, Task } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const explainOf = (id: string) => `/v1/accounts/acme/explain/${id}`;

describe('explain', () => {
  it('F11: tells of a debit the rate of each line, the grants that paid, what was counted and the task', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/accounts/acme/grants', { amount: '100', label: 'Launch week', priority: 1 });
    await server.post<Task>('/v1/tasks', {
      accountId: 'acme',
      id: 't1',
      name: 'Weekly report',
      status: 'in_progress',
    });
    const consumed = await server.post<ConsumeAnswer>('/v1/consume', {
      accountId: 'acme',
      taskId: 't1',
      items: [
        { model: 'deep-1', inputTokens: 10 },
        { tool: 'search', calls: 3 },
      ],
    });
    const { body } = await server.get<Explanation>(explainOf(consumed.body.id));
    expect(body.entry).toMatchObject({ kind: 'debit', amount: '-116' });
    expect(body.usage?.lines.map(({ label, rate, amount }) => [label, rate, amount])).toEqual([
      ['Deep 1', '110 a request', '110'],
      ['Web search', '2 a call', '6'],
    ]);
    expect(body.usage?.counts).toEqual([{ metric: 'tokens', label: 'AI tokens', quantity: '10' }]);
    // The launch grant was used up, so only its id is left of it in the live state.
    expect(body.grants.map(({ amount, source }) => [amount, source])).toEqual([
      ['100', null],
      ['16', 'plan'],
    ]);
    expect(body.task).toEqual({ id: 't1', name: 'Weekly report' });
  });

  it('F11, B6: tells what a request used by direction, of a consume and an event', async () => {
    const server = createTestServer();
    await server.account();
    const used = { inputTokens: 600, cachedTokens: 200, outputTokens: 100 };
    const uses = [
      { name: 'input', quantity: '600' },
      { name: 'output', quantity: '100' },
      { name: 'cached', quantity: '200' },
    ];
    const items = [
      { model: 'meter-1', ...used, audioInputTokens: 0 },
      { tool: 'search', calls: 1 },
    ];
    const consumed = await server.post<{ id: string }>('/v1/consume', { accountId: 'acme', items });
    const at = new Date(server.clock.nowMs()).toISOString();
    await server.post('/v1/events', { events: [{ id: 'e', at, accountId: 'acme', items }] });
    for (const id of [consumed.body.id, 'e']) {
      const { body } = await server.get<Explanation>(explainOf(id));
      expect(body.usage?.lines.map((line) => line.uses)).toEqual([uses, undefined]);
      expect(body.usage?.lines[0]?.quantity).toBe('900');
    }
  });

  it('F11: explains every entry of the ledger, by its own id', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] });
    await server.post('/v1/accounts/acme/adjustments', { amount: '-5', reason: 'Booked twice' });
    const { body: ledger } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
    expect(ledger.items.length).toBe(3);
    for (const entry of ledger.items) {
      const { status, body } = await server.get<Explanation>(explainOf(entry.id));
      expect([status, body.entry?.id, body.entry?.amount]).toEqual([200, entry.id, entry.amount]);
    }
  });

  it('F11: explains an event that no grant covered by its own id, with the debt that it made', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/accounts/acme/adjustments', { amount: '-1000', reason: 'Start empty' });
    const at = new Date(server.clock.nowMs()).toISOString();
    const event = { id: 'e1', at, accountId: 'acme', items: [{ tool: 'search', calls: 3 }] };
    await server.post('/v1/events', { events: [event] });
    const { body: ledger } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
    const debt = ledger.items.find(({ kind }) => kind === 'debt');
    for (const id of ['e1', debt?.id ?? '']) {
      const { body } = await server.get<Explanation>(explainOf(id));
      expect(body.entry).toMatchObject({ id: debt?.id, kind: 'debt' });
      expect(body.usage?.lines).toMatchObject([{ label: 'Web search', amount: '6' }]);
    }
  });

  it('F11: a refusal explains itself: the rule, the figures and what would help', async () => {
    const server = createTestServer();
    await server.account();
    const { body } = await server.post<Problem>('/v1/consume', {
      accountId: 'acme',
      items: [{ model: 'deep-1' }],
    });
    expect(body.refusal).toMatchObject({
      reason: 'insufficient_credits',
      requested: '110',
      available: '100',
    });
    expect(body.refusal?.actions.length).toBeGreaterThan(0);
    expect(body.detail).toMatch(/110/);
  });

  it('answers 404 for an entry of another account', async () => {
    const server = createTestServer();
    await server.account();
    await server.account('other');
    const { body } = await server.post<ConsumeAnswer>('/v1/consume', {
      accountId: 'other',
      items: [{ model: 'swift-1' }],
    });
    expect((await server.get(explainOf(body.id))).status).toBe(404);
  });
});
