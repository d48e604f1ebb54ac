import type { Page, Problem, SeriesDimension, Usage, UsageSeries, Use } from '@usagekit/server/contract';
import { afterAll, expect, it } from 'vitest';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { assertDayParts } from '../../support/assert-day-parts.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const file = createSqliteStore({ file: ':memory:' });
afterAll(() => file.close());

const seriesPath = '/v1/accounts/acme/usage/series';
const dimensions: SeriesDimension[] = [
  'agent',
  'project',
  'member',
  'apiKey',
  'model',
  'tier',
  'tool',
  'lineItem',
];
const hour = 3_600_000;
const micros = (text: string) => BigInt(Math.round(Number(text) * 1e6));

/** Uses of four days in a zone that is not UTC's, some of them without a value of a dimension, one taken back. */
async function serverWithUses(store?: Store): Promise<TestServer> {
  const server = createTestServer(store && { store });
  await server.account('acme', { planId: 'pro', timeZone: 'Asia/Kolkata' });
  const items = [
    { model: 'swift-1' },
    { model: 'meter-1', inputTokens: 1_001, outputTokens: 333 },
    { tool: 'search', calls: 3 },
    { metric: 'emails', quantity: '7' },
  ];
  for (let place = 0; place < 40; place += 1) {
    server.clock.advance(2.3 * hour);
    await server.post('/v1/consume', {
      accountId: 'acme',
      items: [items[place % 4], items[(place + 1) % 3]],
      ...(place % 3 > 0 && { agentId: `agent-${place % 9}` }),
      ...(place % 2 > 0 && { memberId: `member-${place % 4}`, projectId: 'research' }),
      ...(place % 4 > 1 && { apiKeyId: `key-${place % 4}` }),
      ...(place % 5 === 0 && { taskId: 'task-1' }),
    });
  }
  const { body } = await server.get<Page<Use>>(
    `${usesPath({ metric: 'credits', from: '2026-06-01T00:00:00Z' })}`,
  );
  await server.post('/v1/accounts/acme/voids', { usageId: body.items[4]?.id, reason: 'Reported twice' });
  return server;
}

const usesPath = (query: Record<string, string>) => `/v1/accounts/acme/uses?${new URLSearchParams(query)}`;

/** Every use behind a figure, read in small pages. */
async function usesBehind(server: TestServer, query: Record<string, string>, token?: string): Promise<Use[]> {
  const uses: Use[] = [];
  let cursor: string | null = null;
  do {
    const path = usesPath({ ...query, limit: '7', ...(cursor !== null && { cursor }) });
    const { status, body } = await server.get<Page<Use>>(path, token);
    expect(status, path).toBe(200);
    uses.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(new Set(uses.map(({ id }) => id)).size).toBe(uses.length);
  return uses;
}

const sumOf = (uses: Use[]) => uses.reduce((sum, { quantity }) => sum + micros(quantity), 0n);

it('F11: the uses behind a bar, a row, a segment, all others and what has no value sum to the figure', async () => {
  const server = await serverWithUses();
  const series = async (metric: string, groupBy?: SeriesDimension) =>
    (await server.get<UsageSeries>(`${seriesPath}?metric=${metric}${groupBy ? `&groupBy=${groupBy}` : ''}`))
      .body;
  let figures = 0;
  for (const metric of ['credits', 'emails', 'tokens']) {
    const all = await series(metric);
    const from = all.buckets[0] as string;
    expect(sumOf(await usesBehind(server, { metric, from })), metric).toBe(micros(all.total));
    for (const [place, bucket] of all.buckets.entries()) {
      const to = all.buckets[place + 1];
      const day = { metric, from: bucket, ...(to && { to }) };
      expect(sumOf(await usesBehind(server, day)), `${metric} ${bucket}`).toBe(
        micros(all.groups[0]?.values[place] ?? ''),
      );
    }
    for (const groupBy of dimensions) {
      const { groups, buckets } = await series(metric, groupBy);
      for (const { value, total, values } of groups) {
        const row = { metric, from, groupBy, value: value ?? '' };
        expect(sumOf(await usesBehind(server, row)), `${metric} ${groupBy} ${value}`).toBe(micros(total));
        const place = values.length - 2;
        const segment = { ...row, from: buckets[place] as string, to: buckets[place + 1] as string };
        expect(sumOf(await usesBehind(server, segment))).toBe(micros(values[place] ?? ''));
        figures += 2;
      }
      const [first, ...others] = groups;
      if (!first) continue;
      const rest = { metric, from, groupBy, except: first.value ?? '' };
      const expected = others.reduce((sum, { total }) => sum + micros(total), 0n);
      expect(sumOf(await usesBehind(server, rest)), `${metric} ${groupBy} rest`).toBe(expected);
    }
  }
  expect(figures).toBeGreaterThan(50);
});

it('F11, B10: the uses of one member behind a bar, a row, a segment and all others sum to the figure, of days, hours and a cut cycle', async () => {
  const server = await serverWithUses(file);
  const spans = [
    { interval: 'day', from: '2026-06-01T00:00:00Z' },
    // It begins and ends within an hour, as a cycle does, and within a day of a zone whose hours begin at half past.
    { interval: 'day', from: '2026-06-02T03:41:00Z', to: '2026-06-04T09:17:00Z' },
    { interval: 'hour', from: '2026-06-02T03:41:00Z', to: '2026-06-04T09:17:00Z' },
  ];
  let figures = 0;
  for (const memberId of ['member-1', null])
    for (const metric of ['credits', 'emails'])
      for (const span of spans)
        for (const groupBy of dimensions) {
          const whose = { metric, ...(memberId !== null && { memberId }) };
          const asked = `${seriesPath}?${new URLSearchParams({ ...whose, ...span, groupBy })}`;
          const { groups, buckets, total } = (await server.get<UsageSeries>(asked)).body;
          const { interval: _, ...between } = span;
          const behind = async (part: Record<string, string>) =>
            sumOf(await usesBehind(server, { ...whose, ...between, ...part }));
          expect(await behind({}), asked).toBe(micros(total));
          for (const { value, total: own, values } of groups) {
            const row = { groupBy, value: value ?? '' };
            expect(await behind(row), `${asked} ${value}`).toBe(micros(own));
            const place = values.findLastIndex((each, at) => at < values.length - 1 && each !== '0');
            if (place < 1) continue;
            const segment = { ...row, from: buckets[place] as string, to: buckets[place + 1] as string };
            expect(await behind(segment), `${asked} ${value} ${place}`).toBe(micros(values[place] ?? ''));
            figures += 1;
          }
          const [first, ...others] = groups;
          if (first === undefined) continue;
          const rest = others.reduce((sum, each) => sum + micros(each.total), 0n);
          expect(await behind({ groupBy, except: first.value ?? '' }), `${asked} rest`).toBe(rest);
        }
  expect(figures).toBeGreaterThan(40);
  expect(await assertDayParts(file, 'acme')).toBeGreaterThan(0);
});

it('F11: the uses behind a meter sum to what it says is used', async () => {
  const server = await serverWithUses();
  const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
  const meters = body.groups.flatMap(({ meters }) => meters).filter(({ kind }) => kind === 'counter');
  expect(meters.length).toBeGreaterThan(1);
  for (const { metric, used } of meters) {
    const behind = await usesBehind(server, { metric, from: body.cycle.startsAt });
    expect(sumOf(behind), metric).toBe(micros(used ?? ''));
  }
});

it('F11: a use leads to its task and to its explanation', async () => {
  const server = createTestServer();
  await server.account();
  await server.post('/v1/tasks', {
    id: 't-1',
    accountId: 'acme',
    name: 'Weekly report',
    status: 'in_progress',
  });
  const change = { accountId: 'acme', items: [{ tool: 'search', calls: 2 }, { model: 'swift-1' }] };
  await server.send('PATCH', '/v1/tasks/t-1', change, { key: 'charge' });
  await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] });
  const uses = await usesBehind(server, { metric: 'credits', from: '2026-06-01T00:00:00Z', taskId: 't-1' });
  expect(uses).toMatchObject([{ taskId: 't-1', taskName: 'Weekly report', quantity: '5' }]);
  const explained = await server.get(`/v1/accounts/acme/explain/${encodeURIComponent(uses[0]?.id ?? '')}`);
  expect(explained.body).toMatchObject({ usage: { charge: '5' }, task: { id: 't-1' } });
});

it("E1: shows a member its own uses, names no other's task, and nothing where the figure itself is not shown", async () => {
  const server = createTestServer();
  await server.account();
  const ann = await server.member('acme', 'ann', { role: 'member' });
  const viewer = await server.member('acme', 'vic', { role: 'viewer' });
  await server.member('acme', 'bob', { role: 'member' });
  for (const memberId of ['ann', 'bob'])
    await server.post('/v1/consume', { accountId: 'acme', memberId, items: [{ model: 'swift-1' }] });
  const query = { metric: 'credits', from: '2026-06-01T00:00:00Z' };
  expect((await usesBehind(server, query, ann)).map(({ memberId }) => memberId)).toEqual(['ann']);
  expect((await server.get(usesPath(query), viewer)).status).toBe(403);
  const unknown = await server.get<Problem>(usesPath({ ...query, metric: 'nothing' }));
  expect(unknown.body.code).toBe('unknown_metric');
  expect((await server.get(usesPath({ ...query, value: 'x' }))).status).toBe(400);
});
