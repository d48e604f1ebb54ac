import type { Micros } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { quantitiesByMetric } from '../gate/quote.ts';
import type { AccountState } from '../state.ts';
import { uncountInWindows, type WindowedUse } from '../windows/windows.ts';
import { changePart, differencesOf, presentPartFromMs } from './change-part.ts';
import { countedFromMs } from './cycles.ts';
import { emptyGauge, takeBackFromGauge } from './gauges.ts';
import type { ChargeLine, Count, EarlierCycle, InvoicedPart, UsageRecord } from './state.ts';

/** The counts of a use, its time and its member. */
export type CountedUse = Pick<UsageRecord, 'atMs' | 'counts'> & {
  readonly memberId: string | undefined;
  /** The charge, if known: units that the wallet paid were not on the invoice. */
  readonly lines?: readonly ChargeLine[];
  /** When windows counted it. */
  readonly countedAtMs: number;
  /** By which what it takes off an invoice is known, and when it does. */
  readonly causeId: string;
  readonly nowMs: number;
} & Pick<UsageRecord, 'partsEnded' | 'invoiced'>;

/** The account without a use's counts in time windows; `charge` is the use's cost. */
export function leaveWindows(
  state: AccountState,
  use: WindowedUse & Pick<CountedUse, 'memberId' | 'countedAtMs'>,
): AccountState {
  const { memberId, countedAtMs } = use;
  const windows = uncountInWindows(state.usage.windows, use, countedAtMs);
  const own = memberId === undefined ? undefined : state.memberWindows[memberId];
  const ownAfter = own === undefined ? undefined : uncountInWindows(own, use, countedAtMs);
  return {
    ...state,
    usage: windows === state.usage.windows ? state.usage : { ...state.usage, windows },
    memberWindows:
      memberId === undefined || ownAfter === undefined || ownAfter === own
        ? state.memberWindows
        : { ...state.memberWindows, [memberId]: ownAfter },
  };
}

/** An account without what a use counted. */
export interface Uncounted {
  readonly state: AccountState;
  /** Negative. */
  readonly counts: readonly Count[];
  /** The units that the invoice no longer pays; negative. */
  readonly invoiced: readonly InvoicedPart[];
}

/**
 * The account without what a use counted: the counters of the use's own cycle, as long as they are kept, the member's share
 * of the present cycle, gauges, and windows of time. Also what that came to, as negative counts: a gauge falls no lower than 0.
 */
export function uncount(before: AccountState, catalog: Catalog, use: CountedUse): Uncounted {
  const state = leaveWindows(before, { ...use, quantities: quantitiesByMetric(use.counts), charge: 0n });
  const { atMs, counts, memberId } = use;
  const cycle = cycleOf(state, use);
  let counters: Readonly<Record<string, Micros>> =
    cycle === 'present' ? state.usage.counters : (cycle?.counters ?? {});
  const isOfPresent = cycle === 'present' || (cycle !== null && cycle.startsAtMs >= countedFromMs(state));
  let { gauges, byMember } = state.usage;
  const back: Count[] = [];
  for (const count of counts) {
    const { metric, quantity } = count;
    if (catalog.metrics.get(metric)?.kind === 'gauge') {
      const { gauge, change } = takeBackFromGauge(gauges[metric] ?? emptyGauge, { atMs, quantity });
      gauges = { ...gauges, [metric]: gauge };
      back.push({ ...count, quantity: change });
      continue;
    }
    back.push({ ...count, quantity: -quantity });
    counters = lessened(counters, metric, quantity);
    const shares = byMember[metric];
    if (isOfPresent && memberId !== undefined && shares?.[memberId] !== undefined)
      byMember = { ...byMember, [metric]: lessened(shares, memberId, quantity) };
  }
  const usage = { ...state.usage, gauges, byMember };
  const rest = back.filter(({ quantity }) => quantity !== 0n);
  if (cycle === null) return { state: { ...state, usage }, counts: rest, invoiced: [] };
  if (cycle === 'present') {
    const invoiced = lessInvoiced(usage.invoiced, use);
    const fromMs = usage.invoicedFromMs;
    return {
      state: { ...state, usage: { ...usage, counters, invoiced } },
      counts: rest,
      invoiced: differencesOf(usage.invoiced, invoiced).map((each) => ({ ...each, fromMs })),
    };
  }
  const invoiced = lessInvoiced(cycle.invoiced, use);
  const changed = changePart({ ...state, usage }, catalog, {
    part: cycle,
    counters,
    invoiced,
    causeId: use.causeId,
    nowMs: use.nowMs,
    added: addedLater(use, differencesOf(cycle.invoiced, invoiced)),
  });
  return { state: changed.state, counts: rest, invoiced: changed.invoiced };
}

/** The amount of a cycle that the invoice still pays: the last counted units were those beyond the allowance. */
function lessInvoiced(
  invoiced: EarlierCycle['invoiced'],
  { counts, lines = [] }: CountedUse,
): EarlierCycle['invoiced'] {
  let left = invoiced;
  for (const { metric, quantity } of counts) {
    const before = left[metric];
    if (before === undefined) continue;
    let units = quantity;
    for (const line of lines) if (line.kind === 'metric' && line.ref === metric) units -= line.quantity;
    if (units > 0n) left = { ...left, [metric]: before > units ? before - units : 0n };
  }
  return left;
}

/**
 * The units that a late use had added to the lines of later parts than its own, by metric; undefined for a use that came in time, which
 * later parts were measured with.
 */
function addedLater(
  { atMs, invoiced }: CountedUse,
  ownChanges: readonly { readonly metric: string; readonly quantity: Micros }[],
): ReadonlyMap<string, Micros> | undefined {
  if (
    !invoiced ||
    !(invoiced.length === 0 || invoiced.some(({ fromMs }) => fromMs === null || fromMs > atMs))
  )
    return undefined;
  const added = new Map<string, Micros>();
  for (const { metric, quantity } of [...invoiced, ...ownChanges])
    added.set(metric, (added.get(metric) ?? 0n) + quantity);
  return added;
}

/** The cycle, or the part of one, that a use was counted in; null for one whose counters are no longer kept. */
function cycleOf(
  state: AccountState,
  { atMs, partsEnded = 0 }: Pick<CountedUse, 'atMs' | 'partsEnded'>,
): EarlierCycle | 'present' | null {
  const { usage, earlierCycles } = state;
  if (partsEnded !== null) {
    // Latest first. Of those that ended at its instant, the use was counted in the one after so many.
    const ended = earlierCycles.filter(({ endsAtMs }) => endsAtMs === atMs).toReversed();
    const counted = ended[partsEnded];
    if (counted !== undefined) return counted;
  }
  if (atMs >= presentPartFromMs(state)) return 'present';
  const earlier = earlierCycles.find(({ startsAtMs }) => startsAtMs <= atMs);
  if (earlier !== undefined) return earlier;
  // Use before the account's first cycle was counted in the first cycle.
  const known = new Set(earlierCycles.map(({ cycleStartsAtMs }) => cycleStartsAtMs));
  known.delete(usage.startsAtMs);
  if (usage.index !== known.size) return null;
  return earlierCycles.at(-1) ?? 'present';
}

function lessened(
  amounts: Readonly<Record<string, Micros>>,
  key: string,
  quantity: Micros,
): Readonly<Record<string, Micros>> {
  const left = (amounts[key] ?? 0n) - quantity;
  return { ...amounts, [key]: left > 0n ? left : 0n };
}
