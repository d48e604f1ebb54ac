import { paths, type UsageSeries } from '@usagekit/server/contract';
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
  /** The first of a day is at its beginning; each other a millisecond after the one before. */
  readonly body: string;
  readonly metric: string;
  readonly agents: number;
  /** What each agent used a day, in millionths. */
  readonly quantityPerAgent: bigint;
}

/** A database that nobody holds open. */
export interface Place {
  openStore(): Promise<Store>;
  /** Puts the records and their rollups into the tables. */
  fill(events: PastEvents): Promise<void>;
}

/** A series over six months in a database of many events against one of few. */
export async function measureSeries(
  place: (name: 'large' | 'small') => Promise<Place>,
): Promise<Measurement> {
  const large = await appWith(await place('large'), many);
  const small = await appWith(await place('small'), few);
  const { ratio, ours, theirs } = await alternate(
    9,
    () => readsASecond(large, many),
    () => readsASecond(small, few),
  );
  await Promise.all([large.close(), small.close()]);
  return {
    ratio,
    figures: { 'series a second with 10,000,000 events': ours, 'series a second with 100,000': theirs },
  };
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
    body: '{"agent":"writer","emails":"1"}',
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

async function readsASecond(app: BenchApp, events: number): Promise<number> {
  const reads = 20;
  const query = new URLSearchParams({
    metric: 'emails',
    groupBy: 'agent',
    from: new Date(firstDay * msPerDay).toISOString(),
    to: new Date(todayMs).toISOString(),
  });
  const expected = String(perAgent(events) * agents * days);
  const startedAt = performance.now();
  for (let read = 0; read < reads; read++) {
    const series = (await app.send('GET', `${paths.usageSeries('acme')}?${query}`)) as UsageSeries;
    if (series.total !== expected)
      throw new Error(`The series sums to ${series.total} instead of ${expected}`);
  }
  return (reads * 1_000) / (performance.now() - startedAt);
}
