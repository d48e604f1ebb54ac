import type { Micros, UsageCell, UsageRecord } from '../../domain/state.ts';
import { dayOf, startOfDayMs } from '../../domain/time/calendar.ts';
import { cellsOf } from '../../domain/usage/cells.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import type { Services } from '../services.ts';

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
 * The use in a span, by day. Whole days come from the rollups, so the cost depends on the days and not on the events. Days that
 * the span cuts come from the raw records, so that a cycle that begins at noon is exact.
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
  if (cutsFirst)
    parts.push(...(await readRawParts(services, { ...span, toMs: Math.min(firstDayEndMs, toMs) })));
  if (cutsLast && !(cutsFirst && lastDay === firstDay))
    parts.push(...(await readRawParts(services, { ...span, fromMs: startOfDayMs(lastDay, timeZone) })));
  return parts;
}

/** The use in a short span, record by record; only one member's use if a member is named. */
export async function readRawParts(
  services: Services,
  span: UsageSpan,
  memberId?: string,
): Promise<UsagePart[]> {
  const { accountId, metric, dimension, fromMs, toMs, timeZone } = span;
  const parts: UsagePart[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Services['store']['listUsage']>> = await services.store.listUsage(
      { accountId, fromMs, toMs },
      { limit: pageSize, ...(cursor === null ? {} : { cursor }) },
    );
    for (const record of page.items) {
      if (memberId !== undefined && record.dimensions.memberId !== memberId) continue;
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
