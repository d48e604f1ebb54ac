import { paths, type UsageSeries } from '@usagekit/server/contract';
import { encodeUsage } from '../../server/src/store/codec/usage-codec.ts';
import type { Store } from '../../server/src/store/store.ts';
import { alternate } from './alternate.ts';
import type { Measurement } from './bench.ts';
import { BenchApp } from './bench-app.ts';

const days = 182;
const agents = 40;
const few = 100_000;
const many = 10_000_000;
const msPerDay = 86_400_000;
const todayMs = Date.UTC(2026, 10, 20);
const firstDay = todayMs / msPerDay - days;

/** Six months of one account's events, as they leave their traces in the tables. */
export interface PastEvents {
  readonly accountId: string;
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  readonly days: number;
  readonly perDay: number;
  /** The first of a day is at its beginning; each other so many milliseconds after the one before. */
  readonly stepMs: number;
  readonly body: string;
  readonly metric: string;
  readonly agents: number;
  /** What was used in each hour of a day, in millionths. */
  readonly quantityByHour: readonly bigint[];
  /** What each agent used a day, in millionths. */
  readonly quantityPerAgent: bigint;
}

/** A database that nobody holds open. */
export interface Place {
  openStore(): Promise<Store>;
  /** Puts the records and their rollups into the tables. */
  fill(events: PastEvents): Promise<void>;
}

/** What a page of usage asks for, over six months where it has a span. */
const views = {
  'days by agent': (app) => readSeries(app, { groupBy: 'agent' }),
  'weeks by agent': (app) => readSeries(app, { groupBy: 'agent', interval: 'week' }),
  months: (app) => readSeries(app, { interval: 'month' }),
  // A cycle begins at any time of a day.
  'a cycle by agent': (app) => readSeries(app, { groupBy: 'agent', from: cycleStart }),
  'a cycle by day': (app) => readSeries(app, { from: cycleStart }),
  // Hours can have a month at most.
  hours: (app) => readSeries(app, { interval: 'hour', from: isoOf(todayMs - 31 * msPerDay) }),
  'six months of each metric': (app) => app.send('GET', paths.usageHistory('acme')),
  meters: (app) => app.send('GET', paths.usage('acme')),
  forecast: (app) => app.send('GET', paths.forecast('acme')),
  'the uses behind a bar': (app) =>
    app.send(
      'GET',
      `${paths.uses('acme')}?${new URLSearchParams({ metric: 'emails', ...sixMonths, limit: '50' })}`,
    ),
} satisfies Record<string, (app: BenchApp) => Promise<unknown>>;

/** Each view over six months in a database of many events against one of few. The ratio is that of the slowest. */
export async function measureSeries(
  place: (name: 'large' | 'small') => Promise<Place>,
): Promise<Measurement> {
  const large = await appWith(await place('large'), many);
  const small = await appWith(await place('small'), few);
  for (const [app, events] of [
    [large, many],
    [small, few],
  ] as const)
    await assertSums(app, events);
  const figures: Record<string, number> = {};
  let lowest = Number.POSITIVE_INFINITY;
  for (const [name, read] of Object.entries(views)) {
    const { ratio, ours, theirs } = await alternate(
      5,
      () => readsASecond(large, read),
      () => readsASecond(small, read),
    );
    figures[`${name}: ratio`] = ratio;
    figures[`${name}: a second with 10,000,000 events`] = ours;
    figures[`${name}: a second with 100,000`] = theirs;
    lowest = Math.min(lowest, ratio);
  }
  await Promise.all([large.close(), small.close()]);
  return { ratio: lowest, figures };
}

async function appWith(place: Place, events: number): Promise<BenchApp> {
  const empty = new BenchApp(await place.openStore(), todayMs);
  await empty.send('PUT', paths.account('acme'), { startedAt: new Date(firstDay * msPerDay).toISOString() });
  await empty.close();
  await place.fill({
    accountId: 'acme',
    firstDay,
    days,
    perDay: perDay(events),
    stepMs: Math.floor(msPerDay / perDay(events)),
    body: bodyOf(),
    quantityByHour: byHour(events),
    metric: 'emails',
    agents,
    quantityPerAgent: BigInt(perAgent(events)) * 1_000_000n,
  });
  return new BenchApp(await place.openStore(), todayMs);
}

function perDay(events: number): number {
  return Math.floor(events / days);
}

function perAgent(events: number): number {
  return Math.floor(perDay(events) / agents);
}

async function readsASecond(app: BenchApp, read: (app: BenchApp) => Promise<unknown>): Promise<number> {
  const reads = 10;
  const startedAt = performance.now();
  for (let place = 0; place < reads; place++) await read(app);
  return (reads * 1_000) / (performance.now() - startedAt);
}

const isoOf = (ms: number) => new Date(ms).toISOString();
const cycleStart = isoOf(todayMs - 30 * msPerDay + 11.42 * 3_600_000);
const sixMonths = { from: isoOf(firstDay * msPerDay), to: isoOf(todayMs) };

function readSeries(app: BenchApp, query: Record<string, string>): Promise<UsageSeries> {
  const asked = new URLSearchParams({ metric: 'emails', ...sixMonths, ...query });
  return app.send('GET', `${paths.usageSeries('acme')}?${asked}`) as Promise<UsageSeries>;
}

/** What is fast has to be right as well. */
async function assertSums(app: BenchApp, events: number): Promise<void> {
  const expected = String(perAgent(events) * agents * days);
  for (const query of [{ groupBy: 'agent' }, { groupBy: 'agent', interval: 'week' }, { interval: 'month' }]) {
    const { total } = await readSeries(app, query);
    if (total !== expected) throw new Error(`The series sums to ${total} instead of ${expected}`);
  }
}

/** A use of one e-mail by an agent, as the stores keep it. */
function bodyOf(): string {
  return encodeUsage({
    id: '',
    accountId: '',
    atMs: 0,
    recordedAtMs: firstDay * msPerDay,
    dimensions: { agentId: 'agent-7' },
    counts: [{ metric: 'emails', quantity: 1_000_000n }],
    lines: [],
    charge: 0n,
    unit: 'credits',
    grantsUsed: [],
    backfill: false,
  });
}

/** What agents used in a day, by hour; the last hour has what division left. */
function byHour(events: number): bigint[] {
  const hours = 24;
  const ofDay = perAgent(events) * agents;
  const each = Math.floor(ofDay / hours);
  return Array.from(
    { length: hours },
    (_, hour) => BigInt(hour === hours - 1 ? ofDay - each * (hours - 1) : each) * 1_000_000n,
  );
}
