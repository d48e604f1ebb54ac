import type { Credits, LedgerEntry, Page, Task } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const start = (server: TestServer, id: string, more: object = {}) =>
  server.post<Task>('/v1/tasks', {
    accountId: 'acme',
    id,
    name: 'Summarize six papers',
    status: 'in_progress',
    estimate: [{ tool: 'search', calls: 20 }],
    ...more,
  });
const change = (server: TestServer, id: string, more: object) =>
  server.send<Task>(
    'PATCH',
    `/v1/tasks/${id}`,
    { accountId: 'acme', ...more },
    { key: JSON.stringify([id, more]) },
  );
const search = (calls: number) => ({ items: [{ tool: 'search', calls }] });
const recentOf = async (server: TestServer, token?: string) =>
  (await server.get<Credits>('/v1/accounts/acme/credits', token)).body.recent;

describe('the last changes of a balance', () => {
  it('F4, F11: tell a task as one change under its name, with its entries, which are its sum', async () => {
    const server = createTestServer();
    await server.account();
    await start(server, 't1');
    const [held] = await recentOf(server);
    expect(held).toMatchObject({ kind: 'hold', amount: '-40', description: 'Summarize six papers' });
    expect(held).not.toHaveProperty('entries');

    await change(server, 't1', search(5));
    const [running] = await recentOf(server);
    expect(running).toMatchObject({ kind: 'hold', amount: '-40', taskId: 't1' });

    await change(server, 't1', { ...search(1), status: 'completed' });
    const [ended, ...others] = await recentOf(server);
    expect(ended).toMatchObject({ kind: 'debit', amount: '-12', description: 'Summarize six papers' });
    expect(others.map(({ taskId }) => taskId)).not.toContain('t1');
    const { body: ledger } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger?limit=100');
    const ofTask = ledger.items.filter(({ taskId }) => taskId === 't1');
    expect(ended?.entries?.map(({ id }) => id)).toEqual(ofTask.map(({ id }) => id));
    expect(ofTask.length).toBeGreaterThan(3);
    expect(ofTask.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(-12);
    expect(ended?.balanceAfter).toBe((await server.get<Credits>('/v1/accounts/acme/credits')).body.available);
  });

  it('are five, however many entries they have', async () => {
    const server = createTestServer();
    await server.account();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await start(server, id, { estimate: [{ tool: 'search', calls: 2 }] });
      await change(server, id, { ...search(1), status: 'completed' });
    }
    const recent = await recentOf(server);
    expect(recent.map(({ taskId, amount }) => [taskId, amount])).toEqual(
      ['f', 'e', 'd', 'c', 'b'].map((id) => [id, '-2']),
    );
  });

  it('tell a task with more entries than are read as one change too, without them, since part of them is not its sum', async () => {
    const server = createTestServer();
    await server.account();
    await start(server, 'long');
    for (let part = 1; part <= 19; part++)
      await change(server, 'long', { items: [{ tool: 'search', calls: 1 }], result: `${part}` });
    const [running] = await recentOf(server);
    expect(running).toMatchObject({ taskId: 'long', kind: 'hold', amount: '-40' });
    expect(running).not.toHaveProperty('entries');
    await change(server, 'long', { status: 'completed', result: 'done' });
    const [ended, ...others] = await recentOf(server);
    expect(ended).toMatchObject({ kind: 'debit', amount: '-38', description: 'Summarize six papers' });
    expect(ended?.balanceAfter).toBe((await server.get<Credits>('/v1/accounts/acme/credits')).body.available);
    expect(others.map(({ taskId }) => taskId)).not.toContain('long');
  });

  it('F4: tell each of many tasks that run at once as one change under its name', async () => {
    const server = createTestServer();
    await server.account();
    const ids = Array.from({ length: 40 }, (_, place) => `task-${place}`);
    const small = { estimate: [{ tool: 'search', calls: 1 }] };
    for (const id of ids) await start(server, id, small);
    for (const id of ids) await change(server, id, { ...search(1), status: 'completed' });
    const recent = await recentOf(server);
    expect(recent.map(({ taskId, kind, amount }) => [taskId, kind, amount])).toEqual(
      ids
        .slice(-5)
        .reverse()
        .map((id) => [id, 'debit', '-2']),
    );
  });

  it('E11: do not name the task of another member to who sees their own use alone', async () => {
    const server = createTestServer({ catalog: smallCatalogConfig });
    await server.account();
    const ada = await server.member('acme', 'ada', { role: 'member' });
    const ben = await server.member('acme', 'ben', { role: 'member' });
    await start(server, 't1', { memberId: 'ada' });
    await change(server, 't1', { ...search(5), status: 'completed' });
    const own = await recentOf(server, ada);
    expect(own[0]).toMatchObject({ description: 'Summarize six papers', amount: '-10' });
    const foreign = await recentOf(server, ben);
    expect(foreign[0]).toMatchObject({ description: null, amount: '-10' });
    expect(JSON.stringify(foreign)).not.toMatch(/Summarize|taskId|"ada"/);
  });
});
