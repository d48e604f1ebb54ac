import type {
  EventsAnswer,
  Explanation,
  Hold,
  HoldAnswer,
  LedgerEntry,
  Page,
  Task,
} from '@usagekit/server/contract';
import { apiBounds } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer, startMs, type TestServer } from '../support/test-server.ts';

const dayMs = 86_400_000;
const search = (calls: number) => [{ tool: 'search', calls }];

function hold(server: TestServer, id: string, calls = 1) {
  const expiresAt = new Date(server.clock.nowMs() + dayMs).toISOString();
  return server.post<HoldAnswer>('/v1/holds', { accountId: 'acme', id, items: search(calls), expiresAt });
}

function startTask(server: TestServer, id: string) {
  const task = { accountId: 'acme', id, name: 'Report', status: 'in_progress', estimate: search(5) };
  return server.post<Task>('/v1/tasks', task);
}

async function ledgerOf(server: TestServer): Promise<readonly LedgerEntry[]> {
  return (await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger?limit=500')).body.items;
}

/** Every entry is found by its id, which is no other's. */
async function expectOwnIds(server: TestServer): Promise<void> {
  const ledger = await ledgerOf(server);
  expect(new Set(ledger.map(({ id }) => id)).size).toBe(ledger.length);
  for (const entry of ledger) {
    const { body } = await server.get<Explanation>(
      `/v1/accounts/acme/explain/${encodeURIComponent(entry.id)}`,
    );
    expect(body.entry).toEqual(entry);
  }
}

describe('ids that the server derives', () => {
  it.each(['t-hold', 't:hold', 't', 'hold', 't.hold'])(
    "F3: leave an earlier hold '%s' as it was when the task 't' sets its estimate aside",
    async (holdId) => {
      const server = createTestServer();
      await server.account();
      await hold(server, holdId);
      await server.post(`/v1/holds/${holdId}/release`, { accountId: 'acme' });
      const before = await server.get<Hold>(`/v1/holds/${holdId}?accountId=acme`);
      const { body: task } = await startTask(server, 't');
      expect(task.held).toBe('10');
      expect(task.holdId).not.toBe(holdId);
      expect(await server.get<Hold>(`/v1/holds/${holdId}?accountId=acme`)).toMatchObject({
        body: before.body,
      });
      await expectOwnIds(server);
    },
  );

  it("F3: are none that a host can give, so a hold cannot take that of a task's", async () => {
    const server = createTestServer();
    await server.account();
    const { body: task } = await startTask(server, 't');
    const holdId = String(task.holdId);
    expect((await hold(server, holdId)).status).toBe(400);
    const path = `/v1/holds/${encodeURIComponent(holdId)}`;
    expect((await server.get<Hold>(`${path}?accountId=acme`)).body).toMatchObject({
      id: holdId,
      taskId: 't',
    });
    expect((await server.post(`${path}/release`, { accountId: 'acme' })).status).toBe(200);
  });

  it("F11, F12: tell the end of a plan's credits from that of a hold with any name", async () => {
    const server = createTestServer();
    await server.account();
    const plan = `plan-${startMs}`;
    for (const id of [plan, `${plan}-grant`, 'plan', String(startMs), 'baseline', 'sign-up'])
      await hold(server, id);
    server.clock.advance(40 * dayMs);
    await expectOwnIds(server);
  });

  it("F11: tell an event's use from that of a task with any name", async () => {
    const server = createTestServer();
    await server.account();
    await startTask(server, 'event-e');
    await server.send(
      'PATCH',
      '/v1/tasks/event-e',
      { accountId: 'acme', items: search(2), status: 'failed' },
      { key: 'k' },
    );
    const { body } = await server.post<EventsAnswer>('/v1/events', {
      events: ['e', 'event-e', 'refund-event-e', 'e-debit'].map((id) => ({
        id,
        accountId: 'acme',
        items: search(1),
      })),
    });
    expect(body.accepted).toBe(4);
    await expectOwnIds(server);
  });

  it('F11: are explained however long the ids are that they derive from', async () => {
    const server = createTestServer();
    await server.account();
    const longest = 'x'.repeat(apiBounds.idCharactersMax);
    await startTask(server, longest);
    await server.post('/v1/events', { events: [{ id: longest, accountId: 'acme', items: search(1) }] });
    server.clock.advance(40 * dayMs);
    await expectOwnIds(server);
  });

  it.each([
    ['/v1/holds', 'hold:x', { items: search(1) }],
    ['/v1/tasks', 'task:x', { name: 'Report' }],
  ])(
    'F2: let what is made at %s without a key be made after another request with the key %s',
    async (path, key, input) => {
      const server = createTestServer();
      await server.account();
      await server.post('/v1/consume', { accountId: 'acme', items: search(1) }, { key });
      expect((await server.send('POST', path, { accountId: 'acme', id: 'x', ...input })).status).toBe(201);
    },
  );
});
