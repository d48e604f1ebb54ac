import type { Problem, Task, Usage, UsageSeries } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { apiBounds } from '../../../server/src/contract/api-bounds.ts';
import type { CellQuery, Store } from '../../../server/src/store/store.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const hour = 3_600_000;
const micros = (text: string) => BigInt(Math.round(Number(text) * 1e6));
const sum = (texts: string[]) => texts.reduce((total, text) => total + micros(text), 0n);
const path = (query: object) =>
  `/v1/accounts/acme/usage/series?${new URLSearchParams(query as Record<string, string>)}`;
const series = async (server: TestServer, query: object, token?: string) =>
  (await server.get<UsageSeries>(path(query), token)).body;

/** Use over three weeks in a zone that changes its clocks on the way, by two members and by nobody. */
async function useOverWeeks(server: TestServer): Promise<void> {
  await server.account('acme', { planId: 'pro', timeZone: 'Europe/Berlin' });
  server.clock.advance(Date.parse('2026-10-12T10:20:00Z') - server.clock.nowMs());
  for (let place = 0; place < 60; place += 1) {
    await server.post('/v1/consume', {
      accountId: 'acme',
      items: [
        { metric: 'emails', quantity: '1' },
        { tool: 'search', calls: 1 + (place % 3) },
      ],
      agentId: `agent-${place % 4}`,
      ...(place % 3 > 0 && { memberId: place % 3 === 1 ? 'ann' : 'bob' }),
    });
    server.clock.advance(8.7 * hour);
  }
}

it('A9, F13: tells weeks from Monday and months of the account’s zone, which sum to the days over a change of clocks', async () => {
  const server = createTestServer();
  await useOverWeeks(server);
  const from = '2026-10-11T22:00:00Z';
  for (const groupBy of [undefined, 'agent', 'member'] as const) {
    const query = { metric: 'credits', from, ...(groupBy && { groupBy }) };
    const days = await series(server, query);
    const weeks = await series(server, { ...query, interval: 'week' });
    expect(weeks.interval).toBe('week');
    expect(weeks.buckets).toEqual([
      '2026-10-11T22:00:00.000Z',
      '2026-10-18T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-11-01T23:00:00.000Z',
    ]);
    for (const { value, values } of weeks.groups) {
      const byDay = days.groups.find((group) => group.value === value)?.values ?? [];
      for (const [place, start] of weeks.buckets.entries()) {
        const end = weeks.buckets[place + 1] ?? '2027';
        const ofWeek = byDay.filter((_, day) => {
          const at = days.buckets[day] ?? '';
          return at >= start && at < end;
        });
        expect(micros(values[place] ?? ''), `${value} ${start}`).toBe(sum(ofWeek));
      }
    }
    const months = await series(server, { ...query, interval: 'month' });
    expect(months.buckets).toEqual(['2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z']);
    expect(months.total).toBe(days.total);
    expect(weeks.total).toBe(days.total);
  }
});

it('D2: tells use by API key, however it was reported, and that of no key as a group of its own', async () => {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  const items = [{ metric: 'emails', quantity: '1' }];
  const use = { accountId: 'acme', items };
  await server.post('/v1/consume', { ...use, apiKeyId: 'production' });
  await server.post('/v1/consume', { ...use, memberId: 'ann' });
  await server.post('/v1/holds', { ...use, id: 'hold-1', apiKeyId: 'production' });
  await server.post('/v1/holds/hold-1/settle', { accountId: 'acme', items });
  const task = await server.post<Task>('/v1/tasks', {
    accountId: 'acme',
    name: 'Nightly run',
    status: 'in_progress',
    apiKeyId: 'ci',
  });
  expect(task.body.apiKeyId).toBe('ci');
  const charge = { accountId: 'acme', items };
  await server.send('PATCH', `/v1/tasks/${task.body.id}`, charge, { key: 'charge-1' });
  const at = new Date(server.clock.nowMs()).toISOString();
  await server.post('/v1/events', { events: [{ ...use, id: 'event-1', at, apiKeyId: 'production' }] });
  for (const interval of ['hour', 'day', 'month']) {
    const { groups } = await series(server, { metric: 'emails', groupBy: 'apiKey', interval });
    expect(groups.map(({ value, total }) => [value, total])).toEqual([
      ['production', '3'],
      ['ci', '1'],
      [null, '1'],
    ]);
  }
});

it('E2: names what use can be broken down by: tiers where models have no names, and what the viewer may see', async () => {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  const breakdowns = async (token?: string) =>
    (await server.get<Usage>('/v1/accounts/acme/usage', token)).body.breakdowns;
  const all = ['model', 'agent', 'project', 'member', 'apiKey', 'tool', 'lineItem'];
  expect(await breakdowns()).toEqual(all);
  expect(await breakdowns(await server.member('acme', 'ann', { role: 'member' }))).toEqual(
    all.filter((each) => each !== 'member'),
  );
  expect(await breakdowns(await server.member('acme', 'vic', { role: 'viewer' }))).toEqual([]);
});

it('E11: filters by a member, whom a manager may choose and a member may not', async () => {
  const server = createTestServer();
  await useOverWeeks(server);
  const ann = await server.member('acme', 'ann', { role: 'member' });
  const manager = await server.member('acme', 'mia', { role: 'manager' });
  const query = { metric: 'emails', from: '2026-10-01T00:00:00Z' };
  const all = await series(server, { ...query, groupBy: 'member' }, manager);
  const annsTotal = all.groups.find(({ value }) => value === 'ann')?.total;
  expect(annsTotal).toBe('20');
  for (const [token, named] of [
    [manager, 'ann'],
    [ann, 'ann'],
    [ann, undefined],
  ] as const) {
    const own = { ...query, ...(named && { memberId: named }) };
    expect((await series(server, own, token)).total).toBe(annsTotal);
    for (const groupBy of ['agent', 'tool', 'member']) {
      const grouped = await series(server, { ...own, groupBy }, token);
      expect(grouped.total).toBe(annsTotal);
      expect(sum(grouped.groups.map(({ total }) => total))).toBe(micros(annsTotal ?? ''));
    }
    const uses = await server.get<{ items: { quantity: string }[] }>(
      `/v1/accounts/acme/uses?${new URLSearchParams({ ...own, limit: '100' })}`,
      token,
    );
    expect(sum(uses.body.items.map(({ quantity }) => quantity))).toBe(micros(annsTotal ?? ''));
  }
  for (const target of [
    path({ ...query, memberId: 'bob' }),
    `/v1/accounts/acme/uses?metric=emails&from=2026-10-01T00:00:00Z&memberId=bob`,
  ]) {
    const refused = await server.get<Problem>(target, ann);
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe('forbidden');
  }
});

it('F21: reads the hours of a metric from sums, and those of days that were counted before there were sums by hour from the uses', async () => {
  const store = createMemoryStore();
  let reads = 0;
  let firstDay = 0;
  const watched = new Proxy(store, {
    get(target, name: keyof Store) {
      if (name === 'listCountedUses') reads += 1;
      if (name === 'readCells')
        return async (query: CellQuery) =>
          (await store.readCells(query)).filter((cell) => query.dimension !== 'hour' || cell.day >= firstDay);
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const server = createTestServer({ store: watched });
  await useOverWeeks(server);
  const query = {
    metric: 'credits',
    interval: 'hour',
    from: '2026-10-23T22:00:00Z',
    to: '2026-10-26T23:00:00Z',
  };
  const bySums = await series(server, query);
  expect(reads).toBe(0);
  // The clocks went back in between, so that these three days have an hour more.
  expect(bySums.buckets).toHaveLength(73);
  firstDay = Date.parse('2026-10-26') / 86_400_000;
  const byUses = await series(server, query);
  expect(reads).toBeGreaterThan(0);
  expect(byUses).toEqual(bySums);
  expect(bySums.groups[0]?.values.filter((value) => value !== '0').length).toBeGreaterThan(5);
  // Hours by a dimension are read use by use.
  const grouped = await series(server, { ...query, groupBy: 'agent' });
  for (const place of bySums.buckets.keys())
    expect(sum(grouped.groups.map(({ values }) => values[place] ?? '0'))).toBe(
      micros(bySums.groups[0]?.values[place] ?? ''),
    );
});

it('F21: reads the uses of a day that a cycle cuts once, and again only when the day has changed', async () => {
  const store = createMemoryStore();
  let reads = 0;
  const watched = new Proxy(store, {
    get(target, name: keyof Store) {
      if (name === 'listCountedUses') reads += 1;
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const server = createTestServer({ store: watched });
  await useOverWeeks(server);
  // It begins within an hour, and ends within another.
  const query = { metric: 'credits', from: '2026-10-14T11:25:00Z', to: '2026-10-24T16:35:00Z' };
  const behind = async (part: object) => {
    const uses = await server.get<{ items: { quantity: string }[] }>(
      `/v1/accounts/acme/uses?${new URLSearchParams({ ...query, ...part, limit: '100' })}`,
    );
    return sum(uses.body.items.map(({ quantity }) => quantity));
  };
  const grouped = { ...query, groupBy: 'agent' };
  const expectRight = async () => {
    const { groups, total } = await series(server, grouped);
    expect(groups.length).toBeGreaterThan(3);
    expect(micros(total)).toBe(await behind({}));
    for (const { value, total: own } of groups)
      expect(micros(own), `${value}`).toBe(await behind({ groupBy: 'agent', value: value ?? '' }));
  };
  await expectRight();
  const readsOf = async () => {
    const before = reads;
    const { groups } = await series(server, grouped);
    return { reads: reads - before, groups };
  };
  const first = await readsOf();
  expect(first.reads).toBe(0);
  expect((await readsOf()).groups).toEqual(first.groups);

  // Late, on the day that is cut: before the cut and after it.
  const late = (id: string, at: string) => ({
    id,
    at,
    accountId: 'acme',
    items: [{ tool: 'search', calls: 1 }],
    agentId: 'agent-1',
  });
  for (const at of ['2026-10-14T09:00:00Z', '2026-10-14T11:20:00Z', '2026-10-14T11:30:00Z']) {
    await server.post('/v1/events', { events: [{ ...late(at, at), backfill: true }] });
    await expectRight();
  }
  expect((await readsOf()).groups).not.toEqual(first.groups);
});

it('F21: reads the uses of an hour that a cycle cuts once, for each value and their total', async () => {
  const store = createMemoryStore();
  let reads = 0;
  const watched = new Proxy(store, {
    get(target, name: keyof Store) {
      if (name === 'listCountedUses') reads += 1;
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const server = createTestServer({ store: watched });
  await useOverWeeks(server);
  // A use of the hour is before the cycle, and one within it.
  await server.post('/v1/events', {
    events: ['10:25', '10:40'].map((at) => ({
      id: at,
      at: `2026-10-12T${at}:00Z`,
      accountId: 'acme',
      items: [{ tool: 'search', calls: 2 }],
      agentId: 'agent-9',
      backfill: true,
    })),
  });
  const query = { metric: 'credits', from: '2026-10-12T10:30:00Z' };
  const grouped = await series(server, { ...query, groupBy: 'agent' });
  expect(reads).toBe(1);
  expect(sum(grouped.groups.map(({ total }) => total))).toBe(micros(grouped.total));
  expect(grouped.groups.some(({ value }) => value === 'agent-9')).toBe(true);
  const total = await series(server, query);
  expect(reads).toBe(1);
  expect(total.total).toBe(grouped.total);
});

it('F21: refuses more uses one by one than its bound once it has counted them, and says what can be asked instead', async () => {
  const store = createMemoryStore();
  const reads: string[] = [];
  let isWhole = false;
  const full = new Proxy(store, {
    get(target, name: keyof Store) {
      // An account in which more happened than one by one can be read.
      if (name === 'countUsage') return async (_query: unknown, max: number) => max;
      if (name === 'readDayParts' && !isWhole) return async () => null;
      if (name === 'listCountedUses') reads.push(name);
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const server = createTestServer({ store: full });
  await useOverWeeks(server);
  const query = { metric: 'credits', from: '2026-10-23T22:00:00Z', to: '2026-10-26T23:00:00Z' };
  const fine = [
    { interval: 'hour', groupBy: 'agent' },
    { memberId: 'ann', groupBy: 'agent' },
    { memberId: 'ann', groupBy: 'agent', interval: 'hour' },
  ];
  for (const each of fine) {
    const refused = await server.get<Problem>(path({ ...query, ...each }));
    expect(refused.status).toBe(400);
    expect(refused.body.invalidParameters?.[0]).toEqual({
      pointer: '?from',
      detail: `The span has more than ${apiBounds.seriesRawUsesMax} uses, which these steps or this breakdown read one by one`,
      accepted: 'a shorter span, or days without a breakdown',
    });
  }
  expect((await server.get(path({ ...query, interval: 'hour' }))).status).toBe(200);
  expect((await server.get(path({ ...query, groupBy: 'agent' }))).status).toBe(200);
  expect((await server.get(path({ ...query, memberId: 'ann' }))).status).toBe(200);

  // Once every use is in the parts of its day, none of these reads a single use.
  isWhole = true;
  for (const each of fine) expect((await server.get(path({ ...query, ...each }))).status).toBe(200);
  expect(reads).toEqual([]);
});
