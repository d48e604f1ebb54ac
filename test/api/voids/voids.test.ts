import type {
  Activity,
  AdjustmentAnswer,
  CatalogConfig,
  ConsumeAnswer,
  Credits,
  Explanation,
  LedgerEntry,
  Page,
  Problem,
  Task,
  Usage,
  UsageSeries,
  VoidAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const reason = 'Reported by mistake';
const emails = (quantity: string) => [{ metric: 'emails', quantity }];
const search = (calls: number) => [{ tool: 'search', calls }];

async function serverWith(catalog: CatalogConfig = smallCatalogConfig, planId = 'free') {
  const server = createTestServer({ catalog });
  await server.account('acme', { planId });
  return server;
}

const report = (server: TestServer, id: string, items: unknown, rest = {}) =>
  server.post('/v1/events', { events: [{ id, accountId: 'acme', items, ...rest }] });
const takeBack = (server: TestServer, use: object, key?: string) =>
  server.post<VoidAnswer & Problem>(
    '/v1/accounts/acme/voids',
    { use, reason },
    key === undefined ? {} : { key },
  );
const available = async (server: TestServer) =>
  (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;
const consume = (server: TestServer, items: unknown, rest = {}) =>
  server.post<ConsumeAnswer>('/v1/consume', { accountId: 'acme', items, ...rest });
const lastDebit = async (server: TestServer) => {
  const { body } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
  return body.items.find(({ kind }) => kind === 'debit')?.id ?? '';
};

async function used(server: TestServer, metric: string): Promise<string | null | undefined> {
  const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
  return body.groups.flatMap(({ meters }) => meters).find((meter) => meter.metric === metric)?.used;
}

async function total(server: TestServer, metric: string): Promise<string> {
  const { body } = await server.get<UsageSeries>(
    `/v1/accounts/acme/usage/series?metric=${metric}&interval=day&from=2026-06-01T00:00:00Z&to=2026-07-01T00:00:00Z`,
  );
  return body.total;
}

describe('taking back a use', () => {
  it('F24: 100 emails that were reported for 10 block no longer, and history shows none of them', async () => {
    const server = await serverWith();
    await report(server, 'mistake', emails('100'));
    expect((await consume(server, emails('1'))).status).toBe(402);
    const { status, body } = await takeBack(server, { eventId: 'mistake' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      credits: '0',
      counts: [{ metric: 'emails', label: 'Emails', quantity: '100' }],
    });
    expect([await used(server, 'emails'), await total(server, 'emails')]).toEqual(['0', '0']);
    expect((await consume(server, emails('10'))).status).toBe(200);
    // The event is known, and is not taken again under its id.
    const again = await report(server, 'mistake', emails('100'));
    expect(again.body).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  it('F24: is done once: the same key replays its answer, another is told', async () => {
    const server = await serverWith();
    await report(server, 'mistake', search(10));
    expect(await available(server)).toBe('80');
    const sent = await Promise.all([1, 2, 3].map(() => takeBack(server, { eventId: 'mistake' }, 'same')));
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect(await available(server)).toBe('100');
    const other = await takeBack(server, { eventId: 'mistake' });
    expect([other.status, other.body.code]).toEqual([409, 'conflict']);
    expect(await available(server)).toBe('100');
  });

  it('F24, F11: the activity log and explain tell it, with its reason', async () => {
    const server = await serverWith();
    await consume(server, search(10));
    const entryId = await lastDebit(server);
    const { body } = await takeBack(server, { entryId });
    expect(body).toMatchObject({ credits: '20', available: '100' });
    const log = await server.get<Page<Activity>>('/v1/accounts/acme/activity');
    expect(log.body.items[0]).toMatchObject({
      kind: 'use_voided',
      description: 'Taken back: Web search',
      reason,
    });
    const explained = await server.get<Explanation>(
      `/v1/accounts/acme/explain/${encodeURIComponent(entryId)}`,
    );
    expect(explained.body.takenBack).toEqual({ at: '2026-06-10T12:00:00.000Z', reason });
    const ledger = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
    const [refund] = ledger.body.items;
    expect(refund).toMatchObject({ kind: 'refund', amount: '20', description: 'Web search' });
    const back = await server.get<Explanation>(
      `/v1/accounts/acme/explain/${encodeURIComponent(refund?.id ?? '')}`,
    );
    expect(back.body.grants).toMatchObject([{ amount: '20' }]);
  });

  it('F24: a line of a running task is taken back with its cost, and a failure gives back the rest alone', async () => {
    const server = await serverWith({ ...smallCatalogConfig, failedTaskRefund: 'full' });
    const task = { accountId: 'acme', id: 't1', name: 'Report', status: 'in_progress' };
    await server.post('/v1/tasks', task);
    for (const calls of [3, 5])
      await server.send(
        'PATCH',
        '/v1/tasks/t1',
        { accountId: 'acme', items: search(calls) },
        { key: `c${calls}` },
      );
    const { body } = await takeBack(server, { taskId: 't1', line: 1 });
    expect(body).toMatchObject({ credits: '10', available: '94' });
    const { body: after } = await server.get<Task>('/v1/tasks/t1?accountId=acme');
    expect([after.cost, after.lineItems?.length]).toEqual(['6', 1]);
    await server.send('PATCH', '/v1/tasks/t1', { accountId: 'acme', status: 'failed' }, { key: 'end' });
    expect(await available(server)).toBe('100');
  });

  it.each([
    ['an event', { eventId: 'nope' }, 404],
    ['a use', { usageId: 'nope' }, 404],
    ['an entry', { entryId: 'nope' }, 404],
    ['a task', { taskId: 'nope', line: 0 }, 404],
  ])('F24: tells %s that is not there', async (_, use, status) => {
    expect((await takeBack(await serverWith(), use)).status).toBe(status);
  });

  it('F24: is the backend’s alone, and an entry that no use made is refused with its place', async () => {
    const server = await serverWith();
    const token = await server.member('acme', 'ada', { role: 'owner' });
    const asOwner = await server.post(
      '/v1/accounts/acme/voids',
      { use: { eventId: 'x' }, reason },
      { token },
    );
    expect(asOwner.status).toBe(403);
    const ledger = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
    const grant = await takeBack(server, { entryId: ledger.body.items[0]?.id });
    expect([grant.status, grant.body.invalidParameters?.[0]?.pointer]).toEqual([400, '/use/entryId']);
  });
});

describe('counts of failed work', () => {
  it('F24: ten failed runs that used all leave all of it where the catalog gives counts back', async () => {
    const server = await serverWith({ ...smallCatalogConfig, failedTaskCounts: 'give_back' });
    for (let run = 0; run < 10; run += 1) {
      const id = `run-${run}`;
      await server.post('/v1/tasks', { accountId: 'acme', id, name: id, status: 'in_progress' });
      const change = { accountId: 'acme', items: emails('10'), status: 'failed' };
      const ended = await server.send('PATCH', `/v1/tasks/${id}`, change, { key: id });
      expect(ended.status).toBe(200);
    }
    expect([await used(server, 'emails'), await total(server, 'emails')]).toEqual(['0', '0']);
  });

  it('F24: they stay counted where it does not say so', async () => {
    const server = await serverWith();
    await server.post('/v1/tasks', { accountId: 'acme', id: 't', name: 't', status: 'in_progress' });
    const change = { accountId: 'acme', items: emails('10'), status: 'failed' };
    await server.send('PATCH', '/v1/tasks/t', change, { key: 'k' });
    expect(await used(server, 'emails')).toBe('10');
  });
});

describe('adjusting one grant', () => {
  it('C14, F24: a refunded pack loses its own credits and leaves the plan’s', async () => {
    const server = await serverWith();
    const pack = await server.post<{ grant: { id: string } }>('/v1/accounts/acme/grants', {
      amount: '500',
      source: 'purchase',
    });
    const grantId = pack.body.grant.id;
    const adjust = (amount: string) =>
      server.post<AdjustmentAnswer & Problem>('/v1/accounts/acme/adjustments', { amount, grantId, reason });
    expect((await adjust('-500.5')).body).toMatchObject({
      code: 'amount_out_of_range',
      detail: '500.5 is more than the 500 that remains of the grant',
    });
    expect((await adjust('-500')).body).toEqual({ available: '100', debt: '0' });
    const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
    expect(body.grants.map(({ source, remaining }) => [source, remaining])).toEqual([['plan', '100']]);
    expect((await adjust('-1')).status).toBe(404);
  });
});
