import { msPerHour } from '../../contract/values/durations.ts';
import { type Micros, sumOf } from '../../domain/amounts/amounts.ts';
import { dayOf, startOfDayMs } from '../../domain/time/calendar.ts';
import { cellsOf, hourDimension } from '../../domain/usage/cells.ts';
import type { UsageCell, UsageRecord } from '../../domain/usage/state.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { invalidParameter } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';
import { readCutDay } from './cut-days.ts';

export interface UsageSpan {
  readonly accountId: string;
  /** A metric id, or `credits`. */
  readonly metric: string;
  /** '' for totals. */
  readonly dimension: string;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly timeZone: string;
  /** By the account's clock; days that end after it are whole for all that has happened. */
  readonly nowMs: number;
}

/** So much of a metric for one value of a dimension, at an instant in the day or moment that it belongs to. */
export interface UsagePart {
  readonly atMs: number;
  readonly value: string;
  readonly quantity: Micros;
}

const pageSize = 1_000;

/**
 * The use in a span, by day. Whole days come from the rollups, so the cost depends on the days and not on the events. The parts of
 * days that the span cuts come from the sums by hour and the raw records, so that a cycle that begins at noon is exact.
 */
export async function readDailyParts(services: Services, span: UsageSpan): Promise<UsagePart[]> {
  const { accountId, metric, dimension, fromMs, toMs, timeZone, nowMs } = span;
  if (toMs <= fromMs) return [];
  const firstDay = dayOf(fromMs, timeZone);
  const lastDay = dayOf(toMs - 1, timeZone);
  const cutsFirst = startOfDayMs(firstDay, timeZone) < fromMs;
  // A span up to now does not cut today, since the rest of today has no events yet.
  const cutsLast = startOfDayMs(lastDay + 1, timeZone) > toMs && toMs <= nowMs;
  const fromDay = cutsFirst ? firstDay + 1 : firstDay;
  const toDay = cutsLast ? lastDay : lastDay + 1;
  const parts: UsagePart[] = [];
  if (fromDay < toDay) {
    const cells = await services.store.readCells({ accountId, metric, dimension, fromDay, toDay });
    for (const cell of cells)
      parts.push({ atMs: startOfDayMs(cell.day, timeZone), value: cell.value, quantity: cell.quantity });
  }
  const firstDayEndMs = startOfDayMs(firstDay + 1, timeZone);
  const readCut = (cut: UsageSpan) =>
    readCutDay(services, cut, (each) =>
      dimension === '' ? readHourlyTotals(services, each) : readRawParts(services, each),
    );
  if (cutsFirst) parts.push(...(await readCut({ ...span, toMs: Math.min(firstDayEndMs, toMs) })));
  if (cutsLast && !(cutsFirst && lastDay === firstDay))
    parts.push(...(await readCut({ ...span, fromMs: startOfDayMs(lastDay, timeZone) })));
  return parts;
}

/**
 * All use in a span, by hour of the local day. A day comes from the rollups where they know each of its hours. The raw records are read of
 * hours that the span cuts, and of days that were counted before hours were.
 */
export async function readHourlyTotals(
  services: Services,
  span: Omit<UsageSpan, 'dimension'>,
  { usesMax = Number.POSITIVE_INFINITY }: Pick<RawParts, 'usesMax'> = {},
): Promise<UsagePart[]> {
  const { accountId, metric, fromMs, toMs, timeZone, nowMs } = span;
  const fromDay = dayOf(fromMs, timeZone);
  const toDay = dayOf(toMs - 1, timeZone) + 1;
  const query = { accountId, metric, fromDay, toDay };
  const [totals, hours] = await Promise.all([
    services.store.readCells({ ...query, dimension: '' }),
    services.store.readCells({ ...query, dimension: hourDimension }),
  ]);
  const hoursByDay = Map.groupBy(hours, ({ day }) => day);
  const parts: UsagePart[] = [];
  for (const { day, quantity } of totals) {
    const startMs = startOfDayMs(day, timeZone);
    const endMs = startOfDayMs(day + 1, timeZone);
    const known = hoursByDay.get(day) ?? [];
    const readRaw = async (rawFromMs: number, rawToMs: number): Promise<void> => {
      const raw = {
        ...span,
        fromMs: Math.max(rawFromMs, fromMs),
        toMs: Math.min(rawToMs, toMs),
        dimension: '',
      };
      parts.push(...(await readRawParts(services, raw, { usesMax })));
    };
    if (known.length === 0 || sumOf(known.map((hour) => hour.quantity)) !== quantity) {
      await readRaw(startMs, endMs);
      continue;
    }
    for (const hour of known) {
      const atMs = startMs + Number(hour.value) * msPerHour;
      const hourEndMs = Math.min(atMs + msPerHour, endMs);
      if (hourEndMs <= fromMs || atMs >= toMs) continue;
      // A span up to now does not cut the present hour, since the rest of it has no events yet.
      if (atMs < fromMs || (hourEndMs > toMs && toMs <= nowMs)) await readRaw(atMs, hourEndMs);
      else parts.push({ atMs, value: '', quantity: hour.quantity });
    }
  }
  return parts;
}

export interface RawParts {
  /** The member whose use is read; everybody's by default. */
  readonly memberId?: string | null;
  /** The span is refused if it has more uses than this; without it, a span has any number. */
  readonly usesMax?: number;
}

/** The use in a short span, record by record. */
export async function readRawParts(
  services: Services,
  span: UsageSpan,
  { memberId = null, usesMax = Number.POSITIVE_INFINITY }: RawParts = {},
): Promise<UsagePart[]> {
  const { accountId, metric, dimension, fromMs, toMs, timeZone } = span;
  const parts: UsagePart[] = [];
  let read = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Services['store']['listUsage']>> = await services.store.listUsage(
      { accountId, fromMs, toMs },
      { limit: pageSize, ...(cursor === null ? {} : { cursor }) },
    );
    read += page.items.length;
    if (read > usesMax)
      throw invalidParameter(
        '?from',
        `The span has more than ${usesMax} uses, which these steps or this breakdown read one by one`,
        'a shorter span, or days without a breakdown',
      );
    for (const record of page.items) {
      if (memberId !== null && record.dimensions.memberId !== memberId) continue;
      for (const cell of cellsOfOne(record, timeZone))
        if (cell.metric === metric && cell.dimension === dimension)
          parts.push({ atMs: record.atMs, value: cell.value, quantity: cell.quantity });
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return parts;
}

/** The use of a metric in the account's present cycle, by value of a dimension. */
export async function readUsedThisCycle(
  services: Services,
  { state, nowMs }: Pick<AccountReading, 'state' | 'nowMs'>,
  metric: string,
  dimension: string,
): Promise<Map<string, Micros>> {
  const { id: accountId, timeZone } = state.profile;
  const { startsAtMs: fromMs, endsAtMs: toMs } = state.usage;
  return sumByValue(
    await readDailyParts(services, { accountId, metric, dimension, fromMs, toMs, timeZone, nowMs }),
  );
}

/** Sums by value. */
export function sumByValue(parts: readonly UsagePart[]): Map<string, Micros> {
  const sums = new Map<string, Micros>();
  for (const { value, quantity } of parts) sums.set(value, (sums.get(value) ?? 0n) + quantity);
  return sums;
}

/** A record counts by the same rule in a rollup and outside of one. */
function cellsOfOne(record: UsageRecord, timeZone: string): readonly UsageCell[] {
  return cellsOf([record], timeZone);
}
