import type { Catalog } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import type { OpenHold } from '../holds/state.ts';
import type { AccountState } from '../state.ts';
import { type ChangedPart, changePart, presentPartFromMs } from '../usage/change-part.ts';
import { countedFromMs } from '../usage/cycles.ts';
import type { CycleUsage, EarlierCycle } from '../usage/state.ts';

/**
 * The ended cycle, or part of one, that a late event counts in; undefined for the present one. What lies before the account's
 * first cycle counts in that, since it would find an allowance of its own otherwise.
 */
export function earlierCycleAt(state: AccountState, atMs: number): EarlierCycle | undefined {
  if (atMs >= presentPartFromMs(state)) return undefined;
  const { earlierCycles } = state;
  return earlierCycles.find(({ startsAtMs }) => startsAtMs <= atMs) ?? earlierCycles.at(-1);
}

/** The account as a use of an earlier cycle finds it: with that cycle's counters and terms, in which today's holds do not count. */
export function asOfCycle(state: AccountState, cycle: EarlierCycle, catalog: Catalog): AccountState {
  const { startsAtMs, endsAtMs, counters, invoiced, invoicedFromMs, carried, terms } = cycle;
  const kept = { startsAtMs, endsAtMs, counters, invoiced, invoicedFromMs, carried, terms };
  const usage: CycleUsage = { ...state.usage, ...kept };
  const earlierCycles = state.earlierCycles.slice(state.earlierCycles.indexOf(cycle) + 1);
  return { ...state, usage, earlierCycles, holds: state.holds.map((hold) => withGaugesOnly(hold, catalog)) };
}

function withGaugesOnly(hold: OpenHold, catalog: Catalog): OpenHold {
  const counts = Object.entries(hold.counts).filter(
    ([metric]) => metricOf(catalog, metric)?.kind === 'gauge',
  );
  return { ...hold, counts: Object.fromEntries(counts) };
}

/**
 * The account after a use of an earlier cycle: its counters move there, gauges and windows have no cycles and move now. A use from
 * which on the present figures count also counts in them.
 */
export function withLateUse(
  state: AccountState,
  catalog: Catalog,
  {
    cycle,
    used,
    ...cause
  }: {
    readonly cycle: EarlierCycle;
    /** The earlier cycle after the use. */
    readonly used: CycleUsage;
    readonly causeId: string;
    readonly nowMs: number;
  },
): ChangedPart {
  const { counters, gauges, windows, invoiced, byMember, spent } = used;
  const isOfPresent = cycle.startsAtMs >= countedFromMs(state);
  const usage = { ...state.usage, gauges, windows, ...(isOfPresent ? { byMember, spent } : {}) };
  return changePart({ ...state, usage }, catalog, { part: cycle, counters, invoiced, ...cause });
}
