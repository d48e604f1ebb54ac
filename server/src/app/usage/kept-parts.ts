import { dayOf } from '../../domain/time/calendar.ts';
import { hourDimension } from '../../domain/usage/cells.ts';
import type { Services } from '../services.ts';
import { sumByValue, type UsagePart, type UsageSpan } from './usage-parts.ts';

interface KeptPart {
  /** The sums of the whole day, or of the whole hour. */
  readonly sums: string;
  readonly parts: readonly UsagePart[];
}

/** Parts that are kept; beyond that all are read again. */
const keptMax = 1_000;

const keptByStore = new WeakMap<Services['store'], Map<string, KeptPart>>();

/** What the uses of a span counted. */
export interface CountedUses {
  /** By value of the span's dimension. */
  readonly parts: readonly UsagePart[];
  /** Of the same uses, whatever their value. */
  readonly totals: readonly UsagePart[];
}

/**
 * The use in a part of one day, or of one hour, by value of a dimension. A cycle begins at any time, and everybody who opens its figures
 * asks for the same part of its first hour. Its records are read once, also for their total, which is shown with what each value has of
 * it. The parts are kept for as long as the sums of the whole stay what they were: late use and use that is taken back change them.
 *
 * @param readSums The sums of the whole as a text, among them its total; empty without any use.
 */
export async function readKept(
  services: Services,
  span: UsageSpan,
  readSums: (span: UsageSpan) => Promise<string>,
  readUses: (span: UsageSpan) => Promise<CountedUses>,
): Promise<readonly UsagePart[]> {
  const sums = await readSums(span);
  if (sums === nothing) return [];
  const kept = keptOf(services);
  const known = kept.get(keyOf(span));
  if (known?.sums === sums) return known.parts;
  const uses = await readUses(span);
  const parts = sumsByValue(span, uses.parts);
  const total = { ...span, dimension: '' };
  const sumsOfTotal = await readSums(total);
  // A use that came while the records were read may be among them already.
  if ((await readSums(span)) === sums) {
    if (kept.size >= keptMax) kept.clear();
    kept.set(keyOf(total), { sums: sumsOfTotal, parts: sumsByValue(span, uses.totals) });
    kept.set(keyOf(span), { sums, parts });
  }
  return parts;
}

function keyOf({ accountId, metric, dimension, memberId, fromMs, toMs, timeZone }: UsageSpan): string {
  return JSON.stringify([accountId, metric, dimension, memberId, fromMs, toMs, timeZone]);
}

function sumsByValue({ fromMs }: UsageSpan, parts: readonly UsagePart[]): readonly UsagePart[] {
  return [...sumByValue(parts)].map(([value, quantity]) => ({ atMs: fromMs, value, quantity }));
}

function keptOf({ store }: Services): Map<string, KeptPart> {
  const kept = keptByStore.get(store) ?? new Map<string, KeptPart>();
  keptByStore.set(store, kept);
  return kept;
}

const nothing = '';

/** The sums of the span's day, all together, by hour and by value. */
export async function sumsOfDay({ store }: Services, span: UsageSpan): Promise<string> {
  const { accountId, metric, dimension, fromMs, timeZone } = span;
  const day = dayOf(fromMs, timeZone);
  const query = { accountId, metric, fromDay: day, toDay: day + 1 };
  const dimensions = new Set(['', hourDimension, dimension]);
  const cells = (
    await Promise.all([...dimensions].map((each) => store.readCells({ ...query, dimension: each })))
  ).flat();
  return textOf(cells.map(({ dimension: of, value, quantity }) => [of, value, quantity]));
}

/** The sums of one hour of the span's day, all together and by value. */
export async function sumsOfHour({ store }: Services, span: UsageSpan, hour: number): Promise<string> {
  const { accountId, metric, dimension, memberId, fromMs, timeZone } = span;
  const day = dayOf(fromMs, timeZone);
  const query = { accountId, metric, fromDay: day, toDay: day + 1 };
  const [totals, parts] = await Promise.all([
    store.readCells({ ...query, dimension: hourDimension }),
    dimension === ''
      ? []
      : store.readDayParts({ ...query, dimension, by: 'hour', ...(memberId === null ? {} : { memberId }) }),
  ]);
  return textOf([
    ...totals.filter(({ value }) => value === String(hour)).map(({ quantity }) => [quantity]),
    ...(parts ?? []).filter((part) => part.hour === hour).map(({ value, quantity }) => [value, quantity]),
  ]);
}

function textOf(sums: readonly (readonly (string | bigint)[])[]): string {
  return String(sums.map((sum) => JSON.stringify(sum.map(String))).sort());
}
