import type { Credits, EventsAnswer, Usage, UsageSeries } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const report = (server: TestServer, events: unknown[]) => server.post<EventsAnswer>('/v1/events', { events });
const event = (id: string, more: object = {}) => ({
  id,
  accountId: 'acme',
  at: '2026-06-10T12:00:00.000Z',
  items: [{ model: 'swift-1' }],
  ...more,
});

describe('POST /v1/events', () => {
  it('takes each event once by its id: the same again is a duplicate, another is rejected', async () => {
    const server = createTestServer();
    await server.account();
    expect((await report(server, [event('a'), event('b')])).body).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [],
    });
    const again = await report(server, [
      event('a'),
      event('c'),
      event('c'),
      event('b', { agentId: 'other' }),
    ]);
    expect(again.body).toMatchObject({
      accepted: 1,
      duplicates: 2,
      rejected: [{ index: 3, id: 'b', code: 'conflict' }],
    });
    expect((await server.get<Credits>('/v1/accounts/acme/credits')).body.spentThisCycle).toBe('3');
  });

  it('tells a bad event by its place and takes the others', async () => {
    const server = createTestServer();
    await server.account();
    const { status, body } = await report(server, [
      event('good-1'),
      event('no-items', { items: [] }),
      'not an event',
      event('good-2'),
      event('unknown', { items: [{ metric: 'faxes', quantity: '1' }] }),
      event('ahead', { at: '2026-06-10T12:05:01.000Z' }),
      event('old', { at: '2026-05-06T11:59:59.000Z' }),
      event('nobody', { accountId: 'nobody' }),
      event('extra', { price: '0' }),
      event('day', { at: '2026-02-30T10:00:00.000Z' }),
    ]);
    expect(status).toBe(200);
    expect(body.accepted).toBe(2);
    expect(body.rejected.map(({ index, id, code }) => [index, id, code])).toEqual([
      [1, 'no-items', 'invalid_request'],
      [2, null, 'invalid_request'],
      [4, 'unknown', 'unknown_metric'],
      [5, 'ahead', 'invalid_request'],
      [6, 'old', 'invalid_request'],
      [7, 'nobody', 'account_not_found'],
      [8, 'extra', 'invalid_request'],
      [9, 'day', 'invalid_request'],
    ]);
    for (const { detail } of body.rejected) expect(detail.length).toBeGreaterThan(10);
  });

  it('never refuses a fact for a limit: what is not covered becomes debt', async () => {
    const server = createTestServer();
    await server.account();
    const { body } = await report(server, [
      event('large', {
        items: [
          { tool: 'search', calls: 60 },
          { metric: 'emails', quantity: '25' },
        ],
      }),
    ]);
    expect(body.accepted).toBe(1);
    expect((await server.get<Credits>('/v1/accounts/acme/credits')).body).toMatchObject({
      available: '-20',
      debt: '20',
    });
  });

  it('takes old events as history: they count in their days and cost nothing now', async () => {
    const server = createTestServer();
    await server.account();
    await report(server, [
      event('history', {
        at: '2025-01-10T10:00:00Z',
        backfill: true,
        items: [{ metric: 'emails', quantity: '7' }, { model: 'deep-1' }],
      }),
    ]);
    expect((await server.get<Credits>('/v1/accounts/acme/credits')).body).toMatchObject({
      available: '100',
      spentThisCycle: '0',
    });
    const { body } = await server.get<UsageSeries>(
      '/v1/accounts/acme/usage/series?metric=emails&interval=month&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z',
    );
    expect(body.total).toBe('7');
  });

  it('sets and moves gauges, the latest setting by its own time', async () => {
    const server = createTestServer();
    await server.account();
    const gauge = (id: string, at: string, op: string, quantity: string) =>
      event(id, { at: `2026-06-10T11:${at}:00Z`, items: [{ metric: 'storage', quantity, op }] });
    await report(server, [
      gauge('s1', '10', 'set', '3'),
      gauge('a1', '20', 'add', '-1'),
      gauge('s0', '05', 'set', '9'),
    ]);
    const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
    const storage = body.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'storage');
    expect(storage?.used).toBe('2');
  });

  it('tells a gauge that was not changed as it was reported, by the place of its event', async () => {
    const server = createTestServer();
    await server.account();
    const storage = (id: string, op: string, quantity: string, at = '2026-06-10T11:30:00Z') =>
      event(id, { at, items: [{ metric: 'storage', quantity, op }] });
    const answered = await report(server, [
      event('e1'),
      storage('a1', 'add', '-10'),
      storage('s1', 'set', '4'),
      storage('a2', 'add', '3', '2026-06-10T11:00:00Z'),
    ]);
    expect(answered.body).toEqual({
      accepted: 4,
      duplicates: 0,
      rejected: [],
      adjusted: [
        { index: 1, id: 'a1', metric: 'storage', reason: 'below_zero', value: '0' },
        { index: 3, id: 'a2', metric: 'storage', reason: 'in_later_setting', value: '4' },
      ],
    });
  });

  it('takes a thousand events of many accounts, each atomically', async () => {
    const server = createTestServer();
    for (let account = 0; account < 10; account++) await server.account(`a${account}`, { planId: 'pro' });
    const events = Array.from({ length: 1_000 }, (_, index) =>
      event(`e${index}`, { accountId: `a${index % 10}` }),
    );
    expect((await report(server, events)).body).toEqual({ accepted: 1_000, duplicates: 0, rejected: [] });
    const { body } = await server.get<Credits>('/v1/accounts/a3/credits');
    expect(body.spentThisCycle).toBe('100');
  });
});
