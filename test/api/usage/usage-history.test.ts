import type { UsageHistory } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const dayMs = 86_400_000;

const historyOf = async (server: TestServer, token?: string) =>
  (await server.get<UsageHistory>('/v1/accounts/acme/usage/history', token)).body;

/** What an account used that began six months and more before the present of 20 December. */
async function afterHalfAYear(timeZone = 'UTC'): Promise<TestServer> {
  const server = createTestServer();
  await server.account('acme', { timeZone });
  const use = async (at: string, items: object[]) => {
    server.clock.advance(Date.parse(at) - server.clock.nowMs());
    const { status } = await server.post('/v1/events', { events: [{ id: at, accountId: 'acme', items }] });
    expect(status).toBe(200);
  };
  await use('2026-06-15T09:00:00Z', [{ metric: 'emails', quantity: '1' }]);
  await use('2026-08-31T22:30:00Z', [{ metric: 'emails', quantity: '2' }]);
  await use('2026-09-10T09:00:00Z', [{ metric: 'storage', quantity: '3', op: 'set' }]);
  await use('2026-11-02T09:00:00Z', [{ metric: 'storage', quantity: '2', op: 'set' }]);
  await use('2026-12-05T09:00:00Z', [
    { metric: 'emails', quantity: '4' },
    { metric: 'storage', quantity: '4', op: 'set' },
  ]);
  server.clock.advance(15 * dayMs);
  return server;
}

describe('GET /v1/accounts/{id}/usage/history', () => {
  it('E13: tells six months of a counter, the last under way, and where a gauge stood at the end of each', async () => {
    const history = await historyOf(await afterHalfAYear());
    expect(history.months.map((start) => start.slice(0, 10))).toEqual([
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
      '2026-12-01',
    ]);
    const valuesOf = (metric: string) => history.metrics.find((each) => each.metric === metric)?.values;
    expect(valuesOf('emails')).toEqual(['2', '0', '0', '0', '4']);
    expect(valuesOf('storage')).toEqual(['0', '3', '3', '2', '4']);
  });

  it("E13: counts months in the account's zone", async () => {
    const history = await historyOf(await afterHalfAYear('Europe/Berlin'));
    expect(history.timeZone).toBe('Europe/Berlin');
    expect(history.months[0]).toBe('2026-08-31T22:00:00.000Z');
    expect(history.metrics.find(({ metric }) => metric === 'emails')?.values[0]).toBe('2');
  });

  it('E13: is six months long at most, whatever came before', async () => {
    const server = await afterHalfAYear();
    server.clock.advance(40 * dayMs);
    await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'emails', quantity: '1' }] });
    const { months, metrics } = await historyOf(server);
    expect(months).toHaveLength(6);
    for (const { values } of metrics) expect(values).toHaveLength(6);
  });

  it('E13: is empty where nothing was used', async () => {
    const server = createTestServer();
    await server.account();
    const { months, metrics } = await historyOf(server);
    expect(months).toEqual([]);
    expect(metrics.every(({ values }) => values.length === 0)).toBe(true);
  });

  it('E13: sums the month under way to what the series says of it', async () => {
    const server = await afterHalfAYear();
    const { metrics } = await historyOf(server);
    const { body } = await server.get<{ total: string }>(
      '/v1/accounts/acme/usage/series?metric=emails&interval=month&from=2026-12-01T00:00:00Z',
    );
    expect(metrics.find(({ metric }) => metric === 'emails')?.values.at(-1)).toBe(body.total);
  });

  it("keeps everybody's use from a member who may see only their own", async () => {
    const server = createTestServer();
    await server.account();
    await server.member('acme', 'ann', { role: 'member' });
    await server.member('acme', 'max', { role: 'manager' });
    const statusFor = async (memberId: string) => {
      const token = await server.token({ accountId: 'acme', memberId });
      return (await server.get('/v1/accounts/acme/usage/history', token)).status;
    };
    expect(await statusFor('ann')).toBe(403);
    expect(await statusFor('max')).toBe(200);
  });
});
