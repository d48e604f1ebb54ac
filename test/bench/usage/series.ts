import { newIdempotencyKey, paths, type UsageSeries } from '@usagekit/server/contract';
import { hourPart, memberHourPart, memberPart, sumKey } from '../../../server/src/domain/usage/day-parts.ts';
import { addToDayPart } from '../../../server/src/store/codec/day-part-codec.ts';
import { encodeUsage } from '../../../server/src/store/codec/usage-codec.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { alternate } from '../alternate.ts';
import type { Measurement } from '../bench.ts';
import { BenchApp } from '../support/bench-app.ts';

const days = 182;
const agents = 40;
const members = 40;
const hoursOfDay = 24;
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
  /** What is kept of each member, each hour and each member's hour of a day. */
  readonly dayParts: readonly { readonly part: string; readonly body: string }[];
}

/** A database that nobody holds open. */
export interface Place {
  openStore(): Promise<Store>;
  /** Puts the records and their rollups into the tables. */
  fill(events: PastEvents): Promise<void>;
}

/** What a page of usage asks for, over six months where it has a span. */
const views: Readonly<Record<string, (app: BenchApp) => Promise<unknown>>> = {
  'days by agent': (app) => readSeries(app, { groupBy: 'agent' }),
  'weeks by agent': (app) => readSeries(app, { groupBy: 'agent', interval: 'week' }),
  months: (app) => readSeries(app, { interval: 'month' }),
  // A cycle begins at any time of a day.
  'a cycle by agent': (app) => readSeries(app, { groupBy: 'agent', from: cycleStart }),
  'a cycle by day': (app) => readSeries(app, { from: cycleStart }),
  // Hours can have a month at most.
  hours: (app) => readSeries(app, { interval: 'hour', from: isoOf(todayMs - 31 * msPerDay) }),
  'hours by agent': (app) =>
    readSeries(app, { interval: 'hour', groupBy: 'agent', from: isoOf(todayMs - 31 * msPerDay) }),
  'a member by agent': (app) => readSeries(app, { memberId: 'member-3', groupBy: 'agent' }),
  'a cycle of a member by agent': (app) =>
    readSeries(app, { memberId: 'member-3', groupBy: 'agent', from: cycleStart }),
  'hours of a member by agent': (app) =>
    readSeries(app, {
      memberId: 'member-3',
      groupBy: 'agent',
      interval: 'hour',
      from: isoOf(todayMs - 3 * msPerDay),
    }),
  'six months of each metric': (app) => app.send('GET', paths.usageHistory('acme')),
  meters: (app) => app.send('GET', paths.usage('acme')),
  forecast: (app) => app.send('GET', paths.forecast('acme')),
  'the uses behind a bar': (app) =>
    app.send(
      'GET',
      `${paths.uses('acme')}?${new URLSearchParams({ metric: 'emails', ...sixMonths, limit: '50' })}`,
    ),
};

/** Views for which something happens before each reading, whose time is not taken. */
const viewsAfter: Readonly<
  Record<
    string,
    {
      readonly before: (database: Database) => Promise<unknown>;
      readonly read: (app: BenchApp) => Promise<unknown>;
    }
  >
> = {
  'the first day of a cycle, after a use': {
    before: ({ app }) => app.send('POST', paths.events, { events: [lateUse()] }),
    read: (app) => readSeries(app, { groupBy: 'agent', from: isoOf(todayMs - 12.58 * 3_600_000) }),
  },
  'the first day of a cycle of a member, after a use': {
    before: ({ app }) => app.send('POST', paths.events, { events: [lateUse()] }),
    read: (app) =>
      readSeries(app, {
        groupBy: 'agent',
        memberId: 'member-3',
        from: isoOf(todayMs - 12.58 * 3_600_000),
      }),
  },
  'days by agent, first after a start': {
    before: (database) => database.restart(),
    read: (app) => readSeries(app, { groupBy: 'agent' }),
  },
  'a cycle by agent, first after a start': {
    before: (database) => database.restart(),
    read: (app) => readSeries(app, { groupBy: 'agent', from: cycleStart }),
  },
};

/** On the day before today, after the hour in which the cycle began. */
function lateUse() {
  return {
    id: newIdempotencyKey(),
    at: isoOf(todayMs - 3_600_000),
    accountId: 'acme',
    items: [{ metric: 'emails', quantity: '1' }],
    agentId: 'agent-7',
    memberId: 'member-3',
  };
}

/** An app on a database, which can be started again. */
class Database {
  app: BenchApp;
  readonly #place: Place;

  constructor(place: Place, app: BenchApp) {
    this.#place = place;
    this.app = app;
  }

  async restart(): Promise<void> {
    await this.app.close();
    this.app = new BenchApp(await this.#place.openStore(), todayMs);
  }
}

/** Each view over six months in a database of many events against one of few. The ratio is that of the slowest. */
export async function measureSeries(
  place: (name: 'large' | 'small') => Promise<Place>,
): Promise<Measurement> {
  const large = await databaseWith(await place('large'), many);
  const small = await databaseWith(await place('small'), few);
  for (const [database, events] of [
    [large, many],
    [small, few],
  ] as const)
    await assertSums(database.app, events);
  const figures: Record<string, number> = {};
  let lowest = Number.POSITIVE_INFINITY;
  const all = Object.entries(views).map(([name, read]) => ({
    name,
    rate: (database: Database) => readsASecond(database.app, read),
  }));
  const after = Object.entries(viewsAfter).map(([name, { before, read }]) => ({
    name,
    rate: (database: Database) => readsASecondAfter(database, before, read),
  }));
  for (const { name, rate } of [...all, ...after]) {
    const { ratio, ours, theirs } = await alternate(
      5,
      () => rate(large),
      () => rate(small),
    );
    figures[`${name}: ratio`] = ratio;
    figures[`${name}: a second with 10,000,000 events`] = ours;
    figures[`${name}: a second with 100,000`] = theirs;
    lowest = Math.min(lowest, ratio);
  }
  await Promise.all([large.app.close(), small.app.close()]);
  return { ratio: lowest, figures };
}

async function databaseWith(place: Place, events: number): Promise<Database> {
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
    dayParts: dayPartsOf(events),
  });
  return new Database(place, new BenchApp(await place.openStore(), todayMs));
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

/** Of readings alone; before each of them something happens. */
async function readsASecondAfter(
  database: Database,
  before: (database: Database) => Promise<unknown>,
  read: (app: BenchApp) => Promise<unknown>,
): Promise<number> {
  const reads = 5;
  let tookMs = 0;
  for (let place = 0; place < reads; place++) {
    await before(database);
    const startedAt = performance.now();
    await read(database.app);
    tookMs += performance.now() - startedAt;
  }
  return (reads * 1_000) / tookMs;
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
  const own = await readSeries(app, { memberId: 'member-3', groupBy: 'agent' });
  const share = Number(expected) / members;
  if (Number(own.total) !== share || own.groups.length !== agents)
    throw new Error(`A member's series sums to ${own.total} instead of ${share}`);
}

/** A use of one e-mail by an agent, as the stores keep it. */
function bodyOf(): string {
  return encodeUsage({
    id: '',
    accountId: '',
    atMs: 0,
    recordedAtMs: firstDay * msPerDay,
    dimensions: { agentId: 'agent-7', memberId: 'member-3' },
    counts: [{ metric: 'emails', quantity: 1_000_000n }],
    lines: [],
    charge: 0n,
    unit: 'credits',
    grantsUsed: [],
    backfill: false,
  });
}

/** What a member used in each hour of a day with one agent, in millionths; the last hour has what division left. */
function ofMemberByHour(events: number): bigint[] {
  const ofDay = (perAgent(events) * 1_000_000) / members;
  const each = Math.floor(ofDay / hoursOfDay);
  return Array.from({ length: hoursOfDay }, (_, hour) =>
    BigInt(hour === hoursOfDay - 1 ? ofDay - each * (hoursOfDay - 1) : each),
  );
}

function byHour(events: number): bigint[] {
  return ofMemberByHour(events).map((quantity) => quantity * BigInt(members * agents));
}

/** Every member uses every agent in every hour. */
function dayPartsOf(events: number): PastEvents['dayParts'] {
  const hourly = ofMemberByHour(events);
  const ofDay = hourly.reduce((sum, quantity) => sum + quantity, 0n);
  const named = (dimension: string, count: number, quantity: bigint) =>
    Array.from({ length: count }, (_, place): [string, bigint] => [
      sumKey('emails', dimension, `${dimension}-${place}`),
      quantity,
    ]);
  const bodyWith = (sums: readonly [string, bigint][]) => addToDayPart(undefined, new Map(sums));
  const byMember = Array.from({ length: members }, (_, place) => `member-${place}`);
  const hours = hourly.map((quantity, hour): [string, bigint] => [
    sumKey('emails', 'hour', String(hour)),
    quantity * BigInt(agents),
  ]);
  const ofMember = bodyWith([...named('agent', agents, ofDay), ...hours]);
  return [
    ...byMember.map((id) => ({ part: memberPart(id), body: ofMember })),
    ...hourly.map((quantity, hour) => ({
      part: hourPart(hour),
      body: bodyWith([
        ...named('agent', agents, quantity * BigInt(members)),
        ...named('member', members, quantity * BigInt(agents)),
      ]),
    })),
    ...hourly.flatMap((quantity, hour) => {
      const body = bodyWith(named('agent', agents, quantity));
      return byMember.map((id) => ({ part: memberHourPart(id, hour), body }));
    }),
  ];
}
