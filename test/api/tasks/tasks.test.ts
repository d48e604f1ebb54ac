import type { Credits, HoldAnswer, LedgerEntry, Page, Problem, Task } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const create = (server: TestServer, more: object = {}) =>
  server.post<Task>('/v1/tasks', { accountId: 'acme', name: 'Weekly report', agentId: 'writer', ...more });
const change = (server: TestServer, id: string, more: object, key?: string) =>
  server.send<Task>(
    'PATCH',
    `/v1/tasks/${id}`,
    { accountId: 'acme', ...more },
    key === undefined ? {} : { key },
  );
const credits = async (server: TestServer) => (await server.get<Credits>('/v1/accounts/acme/credits')).body;
const micros = (text: string | null) => Math.round(Number(text) * 1e6);

describe('tasks', () => {
  it('B6, B13: charge line items of three kinds that sum to the debit exactly', async () => {
    const server = createTestServer();
    await server.account();
    const { body: task } = await create(server, { status: 'in_progress' });
    const items = [
      { model: 'meter-1', inputTokens: 1_001, outputTokens: 333 },
      { tool: 'search', integration: 'premium', calls: 2 },
      { storage: 'traces', quantity: '0.3' },
    ];
    const { body: charged } = await change(server, task.id, { items }, 'charge');
    expect(charged.lineItems?.map(({ kind }) => kind)).toEqual(['llm', 'tool', 'storage']);
    const sum = charged.lineItems?.reduce((total, { amount }) => total + micros(amount), 0);
    expect(sum).toBe(micros(charged.cost));
    const ledger = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
    const [debit] = ledger.body.items;
    expect(micros(debit?.amount ?? '')).toBe(-(sum ?? 0));
    expect(debit).toMatchObject({ kind: 'debit', taskId: task.id, lineItems: charged.lineItems });
  });

  it('F4: set their estimate aside, charge what was used from it, and give the rest back at the end', async () => {
    const server = createTestServer();
    await server.account();
    const { body: task } = await create(server, {
      status: 'in_progress',
      estimate: [{ tool: 'search', calls: 20 }],
    });
    expect(task).toMatchObject({ estimate: '40', held: '40', cost: '0' });
    expect(await credits(server)).toMatchObject({ available: '60', held: '40' });
    await change(server, task.id, { items: [{ tool: 'search', calls: 5 }] }, 'part');
    expect(await credits(server)).toMatchObject({ available: '60', held: '30' });
    const { body: ended } = await change(server, task.id, { status: 'completed', result: 'Sent' });
    expect(ended).toMatchObject({ status: 'completed', cost: '10', held: '0', result: 'Sent' });
    expect(await credits(server)).toMatchObject({ available: '90', held: '0' });
  });

  it('move only as their status allows, and charge once for the same key', async () => {
    const server = createTestServer();
    await server.account();
    const { body: task } = await create(server, { id: 'mine' });
    expect(task).toMatchObject({ id: 'mine', status: 'pending' });
    expect((await create(server, { id: 'mine' })).status).toBe(409);
    const skipped = await server.send<Problem>('PATCH', '/v1/tasks/mine', {
      accountId: 'acme',
      status: 'completed',
    });
    expect([skipped.status, skipped.body.code]).toEqual([409, 'task_status_conflict']);
    await change(server, 'mine', { status: 'in_progress' });
    const items = [{ tool: 'search', calls: 1 }];
    const first = await change(server, 'mine', { items }, 'same');
    const second = await change(server, 'mine', { items }, 'same');
    expect(second.text).toBe(first.text);
    expect((await credits(server)).available).toBe('98');
    expect((await change(server, 'mine', { items })).status).toBe(400);
    expect((await change(server, 'nothing', { status: 'failed' })).status).toBe(404);
  });

  it('C5, C11: that charge beyond hold, credits and overdraft are refused with what helps, and a settlement is not', async () => {
    const server = createTestServer();
    await server.account();
    const { body: task } = await create(server, {
      status: 'in_progress',
      estimate: [{ tool: 'search', calls: 20 }],
    });
    const items = [{ tool: 'search', calls: 51 }];
    const refused = await server.send<Problem>(
      'PATCH',
      `/v1/tasks/${task.id}`,
      { accountId: 'acme', items },
      { key: 'beyond' },
    );
    expect([refused.status, refused.body.code]).toEqual([402, 'insufficient_credits']);
    expect(refused.body.refusal).toMatchObject({ requested: '62', available: '60' });
    expect(await credits(server)).toMatchObject({ available: '60', held: '40', debt: '0' });
    const settled = await server.post<HoldAnswer>(`/v1/holds/${task.holdId}/settle`, {
      accountId: 'acme',
      items,
    });
    expect(settled.status).toBe(200);
    expect(await credits(server)).toMatchObject({ available: '-2', held: '0', debt: '2' });
  });

  it('A10: are listed newest first by status, agent and time, page after page', async () => {
    const server = createTestServer();
    await server.account();
    for (let index = 0; index < 7; index++) {
      await create(server, { id: `t${index}`, agentId: index % 2 === 0 ? 'even' : 'odd' });
      server.clock.advance(60_000);
    }
    await change(server, 't2', { status: 'cancelled' });
    const list = async (query: string) =>
      (await server.get<Page<Task>>(`/v1/tasks?accountId=acme${query}`)).body;
    const ids = (page: Page<Task>) => page.items.map(({ id }) => id);
    expect(ids(await list('&agentId=odd'))).toEqual(['t5', 't3', 't1']);
    expect(ids(await list('&status=cancelled'))).toEqual(['t2']);
    expect(ids(await list('&from=2026-06-10T12:02:00Z&to=2026-06-10T12:04:00Z'))).toEqual(['t3', 't2']);
    const first = await list('&limit=4');
    expect(ids(first)).toEqual(['t6', 't5', 't4', 't3']);
    const second = await list(`&limit=4&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect(ids(second)).toEqual(['t2', 't1', 't0']);
    expect(second.nextCursor).toBe(null);
  });
});

describe('holds', () => {
  it('F3: set credits aside, settle in parts, and give back what is left, each once by its key', async () => {
    const server = createTestServer();
    await server.account();
    const body = { id: 'run-1', accountId: 'acme', items: [{ tool: 'search', calls: 30 }] };
    const held = await server.post<HoldAnswer>('/v1/holds', body);
    expect(held.body.hold).toMatchObject({ id: 'run-1', status: 'open', amount: '60', remaining: '60' });
    const settle = (calls: number, final: boolean, key: string) =>
      server.post<HoldAnswer>(
        '/v1/holds/run-1/settle',
        { accountId: 'acme', items: [{ tool: 'search', calls }], final },
        { key },
      );
    const part = await settle(10, false, 'one');
    expect(part.body.hold).toMatchObject({ status: 'open', remaining: '40', settled: '20' });
    expect((await settle(10, false, 'one')).text).toBe(part.text);
    const last = await settle(5, true, 'two');
    expect(last.body.hold).toMatchObject({ status: 'settled', remaining: '0', settled: '30' });
    expect(await credits(server)).toMatchObject({ available: '70', held: '0' });
    const late = await server.post<Problem>('/v1/holds/run-1/release', { accountId: 'acme' });
    expect([late.status, late.body.code]).toEqual([409, 'hold_not_open']);
    expect(late.body.detail).toMatch(/^Hold 'run-1' was settled at 2026-06-10T12:00:00/);
    const again = await server.post<Problem>('/v1/holds/run-1/settle', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 5 }],
    });
    expect(again.body.detail).toBe(late.body.detail);
  });

  it('F3: are idempotent by their id too, and end by themselves', async () => {
    const server = createTestServer();
    await server.account();
    const body = { id: 'run-1', accountId: 'acme', items: [{ tool: 'search', calls: 30 }] };
    const first = await server.send('POST', '/v1/holds', body);
    expect((await server.send('POST', '/v1/holds', body)).text).toBe(first.text);
    expect(await credits(server)).toMatchObject({ available: '40', held: '60' });
    server.clock.advance(86_400_000);
    expect(await credits(server)).toMatchObject({ available: '100', held: '0' });
    const { body: hold } = await server.get<{ status: string }>('/v1/holds/run-1?accountId=acme');
    expect(hold.status).toBe('expired');
  });

  it('are refused where the gate would refuse', async () => {
    const server = createTestServer();
    await server.account();
    const { status, body } = await server.post<Problem>('/v1/holds', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 51 }],
    });
    expect([status, body.code]).toEqual([402, 'insufficient_credits']);
  });
});
