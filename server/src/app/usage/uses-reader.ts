import { apiBounds } from '../../contract/api-bounds.ts';
import type { Micros } from '../../domain/amounts/amounts.ts';
import { cellsOf } from '../../domain/usage/cells.ts';
import type { UsageRecord } from '../../domain/usage/state.ts';
import type { PageRequest, StorePage } from '../../store/store.ts';
import type { Services } from '../services.ts';

/** A figure of a series: which uses it is the sum of. */
export interface FigureParts {
  readonly accountId: string;
  readonly metric: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: string;
  /** Null for the figure as a whole. */
  readonly part:
    | ({ readonly dimension: string } & (
        | { readonly kind: 'of'; readonly value: string }
        | { readonly kind: 'except'; readonly values: ReadonlySet<string> }
      ))
    | null;
  readonly memberId?: string | undefined;
  readonly taskId?: string | undefined;
}

export interface CountedUse {
  readonly record: UsageRecord;
  readonly quantity: Micros;
}

/** Stands for use without a value. */
const unset = '';

/**
 * The uses behind a figure, oldest first, each with its part of it. It looks through so many records a page as
 * `apiBounds.searchReadsMax` reads give; the next page goes on from there.
 */
export async function readUses(
  { store }: Services,
  figure: FigureParts,
  { limit, cursor }: PageRequest,
): Promise<StorePage<CountedUse>> {
  const { accountId, fromMs, toMs } = figure;
  const items: CountedUse[] = [];
  let nextCursor = cursor ?? null;
  for (let reads = 0; reads < apiBounds.searchReadsMax && items.length < limit; reads += 1) {
    // Never more than there is room for: only the end of a page of the store's has a cursor.
    const page = await store.listUsage(
      { accountId, fromMs, toMs },
      { limit: limit - items.length, ...(nextCursor === null ? {} : { cursor: nextCursor }) },
    );
    for (const record of page.items) {
      const quantity = partOf(record, figure);
      if (quantity !== 0n) items.push({ record, quantity });
    }
    nextCursor = page.nextCursor;
    if (nextCursor === null) break;
  }
  return { items, nextCursor };
}

/** How much of a figure a record is. It counts by the rule of the rollups. */
function partOf(record: UsageRecord, { metric, part, timeZone, memberId, taskId }: FigureParts): Micros {
  const { dimensions } = record;
  if (memberId !== undefined && dimensions.memberId !== memberId) return 0n;
  if (taskId !== undefined && dimensions.taskId !== taskId) return 0n;
  let total = 0n;
  const byValue = new Map<string, Micros>();
  for (const cell of cellsOf([record], timeZone)) {
    if (cell.metric !== metric) continue;
    if (cell.dimension === '') total += cell.quantity;
    else if (cell.dimension === part?.dimension)
      byValue.set(cell.value, (byValue.get(cell.value) ?? 0n) + cell.quantity);
  }
  if (part === null) return total;
  const named = [...byValue.values()].reduce((sum, quantity) => sum + quantity, 0n);
  const quantityOf = (value: string) => (value === unset ? total - named : (byValue.get(value) ?? 0n));
  if (part.kind === 'of') return quantityOf(part.value);
  return [...part.values].reduce((rest, value) => rest - quantityOf(value), total);
}
