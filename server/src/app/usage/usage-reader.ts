import { msPerHour } from '../../contract/values/durations.ts';
import { type Micros, sumOf } from '../../domain/amounts/amounts.ts';
import { dayOf, startOfDayMs } from '../../domain/time/calendar.ts';
import { addCounts, hourDimension, memberDimension } from '../../domain/usage/cells.ts';
import { countedFromMs } from '../../domain/usage/cycles.ts';
import type { UsageCell } from '../../domain/usage/state.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { invalidParameter } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';
import { type CountedUses, readKept, sumsOfDay, sumsOfHour } from './kept-parts.ts';
import { sumByValue, type UsagePart, type UsageSpan } from './usage-parts.ts';

const pageSize = 1_000;

/**
 * The use in a span, by day. Whole days come from the rollups, so the cost depends on the days and not on the events. The parts of
 * days that the span cuts come from the sums by hour and the raw records of the hour that it cuts, so that a cycle that begins at noon
 * is exact. Only one member's use by another dimension is read record by record as long as the rollups do not have it.
 */
export async function readDailyParts(
  services: Services,
  span: UsageSpan,
  { usesMax = Number.POSITIVE_INFINITY }: RawParts = {},
): Promise<readonly UsagePart[]> {
  const { fromMs, toMs, timeZone, nowMs } = span;
  if (toMs <= fromMs) return [];
  const firstDay = dayOf(fromMs, timeZone);
  const lastDay = dayOf(toMs - 1, timeZone);
  const cutsFirst = startOfDayMs(firstDay, timeZone) < fromMs;
  // A span up to now does not cut today, since the rest of today has no events yet.
  const cutsLast = startOfDayMs(lastDay + 1, timeZone) > toMs && toMs <= nowMs;
  const days = {
    fromDay: cutsFirst ? firstDay + 1 : firstDay,
    toDay: cutsLast ? lastDay : lastDay + 1,
  };
  const cells = days.fromDay < days.toDay ? await readWholeDays(services, span, days) : [];
  if (cells === null) return readRawParts(services, span, { usesMax });
  const parts = cells.map(({ day, value, quantity }) => ({
    atMs: startOfDayMs(day, timeZone),
    value,
    quantity,
  }));
  const firstDayEndMs = startOfDayMs(firstDay + 1, timeZone);
  if (cutsFirst)
    parts.push(
      ...(await readCutDay(services, { ...span, toMs: Math.min(firstDayEndMs, toMs) }, { usesMax })),
    );
  if (cutsLast && !(cutsFirst && lastDay === firstDay))
    parts.push(
      ...(await readCutDay(services, { ...span, fromMs: startOfDayMs(lastDay, timeZone) }, { usesMax })),
    );
  return parts;
}

type DayCell = Pick<UsageCell, 'day' | 'value' | 'quantity'>;

/** Null where the rollups do not have it yet. */
async function readWholeDays(
  { store }: Services,
  { accountId, metric, dimension, memberId }: UsageSpan,
  days: { readonly fromDay: number; readonly toDay: number },
): Promise<readonly DayCell[] | null> {
  const query = { accountId, metric, ...days };
  if (memberId === null) return store.readCells({ ...query, dimension });
  const isTotal = isMembersTotal(dimension);
  const own = await store.readDayParts({
    ...query,
    memberId,
    by: 'day',
    dimension: isTotal ? hourDimension : dimension,
  });
  if (own !== null)
    return isTotal ? own.map((cell) => ({ ...cell, value: totalOf(dimension, memberId) })) : own;
  if (!isTotal) return null;
  const cells = await store.readCells({ ...query, dimension: memberDimension });
  return cells
    .filter(({ value }) => value === memberId)
    .map((cell) => ({ ...cell, value: totalOf(dimension, memberId) }));
}

/** Of one member's use, the total is the sum of the hours; by member, there is one value. */
function isMembersTotal(dimension: string): boolean {
  return dimension === '' || dimension === memberDimension;
}

function totalOf(dimension: string, memberId: string): string {
  return dimension === '' ? '' : memberId;
}

/** The use in a part of one day. */
async function readCutDay(
  services: Services,
  span: UsageSpan,
  limit: RawParts,
): Promise<readonly UsagePart[]> {
  const parts = await readKnownHours(services, span, limit);
  if (parts !== null) return parts;
  // Where hours are not known, one read of the records lasts as long as the day's sums stay.
  return readKept(
    services,
    span,
    (each) => sumsOfDay(services, each),
    async (each) => {
      if (each.dimension !== '' || each.memberId !== null) return readUses(services, each, limit);
      const totals = await readHourlyTotals(services, each);
      return { parts: totals, totals };
    },
  );
}

/** The use in a span, by hour of the local day. The raw records are read of days and hours that the rollups do not have. */
export async function readHourlyParts(
  services: Services,
  span: UsageSpan,
  limit: RawParts = {},
): Promise<readonly UsagePart[]> {
  const parts = await readKnownHours(services, span, limit);
  if (parts !== null) return parts;
  return span.dimension === '' && span.memberId === null
    ? readHourlyTotals(services, span, limit)
    : readRawParts(services, span, limit);
}

/**
 * The use in a span, by hour, from the parts of its days, with the raw records of hours that the span cuts. Null where the rollups do
 * not have it yet. The total of everybody has cells of its own, some of days that were counted before hours were.
 */
async function readKnownHours(
  services: Services,
  span: UsageSpan,
  limit: RawParts,
): Promise<UsagePart[] | null> {
  const { fromMs, toMs, timeZone, nowMs } = span;
  const cells = await readHourCells(services, span);
  if (cells === null) return null;
  const parts: UsagePart[] = [];
  const cut = new Map<number, { readonly hour: number; readonly span: UsageSpan }>();
  for (const { day, hour, value, quantity } of cells) {
    const atMs = startOfDayMs(day, timeZone) + hour * msPerHour;
    const endMs = Math.min(atMs + msPerHour, startOfDayMs(day + 1, timeZone));
    if (endMs <= fromMs || atMs >= toMs) continue;
    // A span up to now does not cut the present hour, since the rest of it has no events yet.
    if (atMs < fromMs || (endMs > toMs && toMs <= nowMs))
      cut.set(atMs, {
        hour,
        span: { ...span, fromMs: Math.max(atMs, fromMs), toMs: Math.min(endMs, toMs) },
      });
    else parts.push({ atMs, value, quantity });
  }
  for (const { hour, span: part } of cut.values())
    parts.push(
      ...(await readKept(
        services,
        part,
        (each) => sumsOfHour(services, each, hour),
        (each) => readUses(services, each, limit),
      )),
    );
  return parts;
}

interface HourCell extends DayCell {
  readonly hour: number;
}

async function readHourCells({ store }: Services, span: UsageSpan): Promise<readonly HourCell[] | null> {
  const { accountId, metric, dimension, memberId, fromMs, toMs, timeZone } = span;
  const query = {
    accountId,
    metric,
    fromDay: dayOf(fromMs, timeZone),
    toDay: dayOf(toMs - 1, timeZone) + 1,
  };
  if (memberId !== null && isMembersTotal(dimension)) {
    const own = await store.readDayParts({ ...query, memberId, by: 'day', dimension: hourDimension });
    return (
      own?.map((cell) => ({ ...cell, hour: Number(cell.value), value: totalOf(dimension, memberId) })) ?? null
    );
  }
  if (dimension === '') {
    const [totals, hours] = await Promise.all([
      store.readCells({ ...query, dimension: '' }),
      store.readCells({ ...query, dimension: hourDimension }),
    ]);
    const byDay = Map.groupBy(hours, ({ day }) => day);
    const isKnown = totals.every(
      ({ day, quantity }) => sumOf((byDay.get(day) ?? []).map((hour) => hour.quantity)) === quantity,
    );
    return isKnown ? hours.map((cell) => ({ ...cell, hour: Number(cell.value), value: '' })) : null;
  }
  const parts = await store.readDayParts({
    ...query,
    by: 'hour',
    dimension,
    ...(memberId === null ? {} : { memberId }),
  });
  return parts?.flatMap((cell) => (cell.hour === null ? [] : [{ ...cell, hour: cell.hour }])) ?? null;
}

/**
 * All use in a span, by hour of the local day. A day comes from the rollups where they know each of its hours. The raw records are read of
 * hours that the span cuts, and of days that were counted before hours were.
 */
async function readHourlyTotals(
  services: Services,
  span: UsageSpan,
  { usesMax = Number.POSITIVE_INFINITY }: RawParts = {},
): Promise<UsagePart[]> {
  const { fromMs, toMs, timeZone } = span;
  const parts: UsagePart[] = [];
  for (let day = dayOf(fromMs, timeZone); day <= dayOf(toMs - 1, timeZone); day += 1) {
    const ofDay = {
      ...span,
      fromMs: Math.max(fromMs, startOfDayMs(day, timeZone)),
      toMs: Math.min(toMs, startOfDayMs(day + 1, timeZone)),
    };
    const known = await readKnownHours(services, ofDay, { usesMax });
    parts.push(...(known ?? (await readRawParts(services, ofDay, { usesMax }))));
  }
  return parts;
}

export interface RawParts {
  /** The span is refused if it has more uses than this; without it, a span has any number. */
  readonly usesMax?: number;
}

/** The use in a short span, record by record. */
export async function readRawParts(
  services: Services,
  span: UsageSpan,
  limit: RawParts = {},
): Promise<readonly UsagePart[]> {
  return (await readUses(services, span, limit)).parts;
}

/** What the uses of a short span counted, record by record. */
async function readUses(
  { store }: Services,
  { accountId, metric, dimension, memberId, fromMs, toMs }: UsageSpan,
  { usesMax = Number.POSITIVE_INFINITY }: RawParts,
): Promise<CountedUses> {
  // To count them is a small part of the work of reading them.
  const isTooMany =
    Number.isFinite(usesMax) && (await store.countUsage({ accountId, fromMs, toMs }, usesMax + 1)) > usesMax;
  if (isTooMany)
    throw invalidParameter(
      '?from',
      `The span has more than ${usesMax} uses, which these steps or this breakdown read one by one`,
      'a shorter span, or days without a breakdown',
    );
  const totals: UsagePart[] = [];
  const parts: UsagePart[] = dimension === '' ? totals : [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.listCountedUses>> = await store.listCountedUses(
      { accountId, metric, fromMs, toMs },
      { limit: pageSize, ...(cursor === null ? {} : { cursor }) },
    );
    for (const use of page.items) {
      if (memberId !== null && use.dimensions.memberId !== memberId) continue;
      addCounts(use, (ofMetric, ofDimension, value, quantity) => {
        if (ofMetric !== metric) return;
        if (ofDimension === '') totals.push({ atMs: use.atMs, value, quantity });
        else if (ofDimension === dimension) parts.push({ atMs: use.atMs, value, quantity });
      });
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { parts, totals };
}

/** The use of a metric that the figures of the present cycle count, by value of a dimension. */
export async function readUsedThisCycle(
  services: Services,
  { state, nowMs }: Pick<AccountReading, 'state' | 'nowMs'>,
  metric: string,
  dimension: string,
): Promise<Map<string, Micros>> {
  const { id: accountId, timeZone } = state.profile;
  const fromMs = countedFromMs(state);
  const { endsAtMs: toMs } = state.usage;
  return sumByValue(
    await readDailyParts(services, {
      accountId,
      metric,
      dimension,
      memberId: null,
      fromMs,
      toMs,
      timeZone,
      nowMs,
    }),
  );
}
