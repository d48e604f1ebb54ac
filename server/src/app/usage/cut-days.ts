import { dayOf } from '../../domain/time/calendar.ts';
import { hourDimension } from '../../domain/usage/cells.ts';
import type { UsageCell } from '../../domain/usage/state.ts';
import type { Services } from '../services.ts';
import type { UsagePart, UsageSpan } from './usage-reader.ts';

interface KeptPart {
  /** The sums of the whole day. */
  readonly sums: string;
  readonly parts: readonly UsagePart[];
}

/** Parts that are kept; beyond that all are read again. */
const keptMax = 1_000;

const keptByStore = new WeakMap<Services['store'], Map<string, KeptPart>>();

/**
 * The use in a part of one day, by value of a dimension. A cycle begins at any time of a day, and everybody who opens its figures
 * asks for the same part of that day. Its records are read once. The parts are kept for as long as the day's sums, by hour and by
 * value, stay what they were: late use and use that is taken back change them.
 */
export async function readCutDay(
  services: Services,
  span: UsageSpan,
  readRaw: (span: UsageSpan) => Promise<readonly UsagePart[]>,
): Promise<readonly UsagePart[]> {
  const sums = await sumsOfDay(services, span);
  if (sums === nothing) return [];
  const kept = keptOf(services);
  const { accountId, metric, dimension, fromMs, toMs, timeZone } = span;
  const key = JSON.stringify([accountId, metric, dimension, fromMs, toMs, timeZone]);
  const known = kept.get(key);
  if (known?.sums === sums) return known.parts;
  const parts = summed(await readRaw(span), fromMs);
  // A use that came while the records were read may be among them already.
  if ((await sumsOfDay(services, span)) === sums) {
    if (kept.size >= keptMax) kept.clear();
    kept.set(key, { sums, parts });
  }
  return parts;
}

function keptOf({ store }: Services): Map<string, KeptPart> {
  const kept = keptByStore.get(store) ?? new Map<string, KeptPart>();
  keptByStore.set(store, kept);
  return kept;
}

const nothing = '';

/** The sums of the span's day as a text; empty without any use. */
async function sumsOfDay({ store }: Services, span: UsageSpan): Promise<string> {
  const { accountId, metric, dimension, fromMs, timeZone } = span;
  const day = dayOf(fromMs, timeZone);
  const read = (each: string): Promise<readonly UsageCell[]> =>
    store.readCells({ accountId, metric, dimension: each, fromDay: day, toDay: day + 1 });
  const dimensions = new Set(['', hourDimension, dimension]);
  const cells = (await Promise.all([...dimensions].map(read))).flat();
  return String(
    cells.map(({ dimension: of, value, quantity }) => JSON.stringify([of, value, `${quantity}`])).sort(),
  );
}

function summed(parts: readonly UsagePart[], atMs: number): UsagePart[] {
  const sums = new Map<string, bigint>();
  for (const { value, quantity } of parts) sums.set(value, (sums.get(value) ?? 0n) + quantity);
  return [...sums].map(([value, quantity]) => ({ atMs, value, quantity }));
}
