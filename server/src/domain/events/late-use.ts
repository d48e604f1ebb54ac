import type { Catalog } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import type { AccountState, CycleUsage, EarlierCycle, OpenHold } from '../state.ts';

/**
 * The cycle that a late event counts in; undefined for the present one. What lies before the account's first cycle counts in
 * that, since it would find an allowance of its own otherwise.
 */
export function earlierCycleAt(
  { usage, earlierCycles }: AccountState,
  atMs: number,
): EarlierCycle | undefined {
  if (atMs >= usage.startsAtMs) return undefined;
  return earlierCycles.find(({ startsAtMs }) => startsAtMs <= atMs) ?? earlierCycles.at(-1);
}

/** The account as a use of an earlier cycle finds it: with that cycle's counters, in which today's holds do not count. */
export function asOfCycle(
  state: AccountState,
  { startsAtMs, endsAtMs, counters, invoiced, invoicedFromMs, carried }: EarlierCycle,
  catalog: Catalog,
): AccountState {
  const cycle = { startsAtMs, endsAtMs, counters, invoiced, invoicedFromMs, carried };
  const usage: CycleUsage = { ...state.usage, ...cycle };
  return { ...state, usage, holds: state.holds.map((hold) => withGaugesOnly(hold, catalog)) };
}

function withGaugesOnly(hold: OpenHold, catalog: Catalog): OpenHold {
  const counts = Object.entries(hold.counts).filter(
    ([metric]) => metricOf(catalog, metric)?.kind === 'gauge',
  );
  return { ...hold, counts: Object.fromEntries(counts) };
}

/** The account after a use of an earlier cycle: its counters move there, gauges and windows have no cycles and move now. */
export function withLateUse(
  state: AccountState,
  cycle: EarlierCycle,
  { counters, gauges, windows, invoiced }: CycleUsage,
): AccountState {
  return {
    ...state,
    usage: { ...state.usage, gauges, windows },
    earlierCycles: state.earlierCycles.map((each) =>
      each === cycle ? { ...cycle, counters, invoiced } : each,
    ),
  };
}
