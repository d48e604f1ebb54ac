import { apiBounds } from '../../contract/api-bounds.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { endGrant } from '../credits/grant-end.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import type { LedgerRecord } from '../credits/state.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf, termsOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { nameOfPlan } from '../stored-words/stored-names.ts';
import { cycleByIndex } from '../time/calendar.ts';
import type { CycleUsage, EarlierCycle } from './state.ts';

/** When the present cycle, or a part of it, ends, and whether its counters go on. */
export interface PartEnd {
  readonly atMs: number;
  readonly goesOn: boolean;
}

/** The cycles, and parts of cycles, that late events can still belong to once the present one has ended. */
export function earlierCyclesAt(
  state: AccountState,
  catalog: Catalog,
  { atMs, goesOn }: PartEnd,
): readonly EarlierCycle[] {
  const { usage, earlierCycles } = state;
  const { startsAtMs: cycleStartsAtMs, counters, invoiced, invoicedFromMs, carried } = usage;
  if (atMs === invoicedFromMs && Object.keys(invoiced).length === 0) {
    // The part that ended at this instant before says it all, but that the counters start again now.
    const [last] = earlierCycles;
    const stops = last?.endsAtMs === atMs && last.goesOn && !goesOn;
    return stops ? earlierCycles.with(0, { ...last, goesOn }) : earlierCycles;
  }
  const ended: EarlierCycle = {
    startsAtMs: invoicedFromMs,
    endsAtMs: atMs,
    cycleStartsAtMs,
    counters,
    invoiced,
    invoicedFromMs,
    carried,
    goesOn,
    terms: termsOf(state, catalog),
  };
  const oldestEventAtMs = atMs - apiBounds.eventAgeDaysMax * msPerDay;
  const all = [ended, ...earlierCycles];
  let count = all.findLastIndex((cycle) => cycle.endsAtMs > oldestEventAtMs) + 1;
  // A part is measured by the ones before it in its cycle.
  while (all[count]?.goesOn === true) count += 1;
  return atMost(all.slice(0, count));
}

/** No more parts than are kept: the oldest ones of a cycle become one, by the terms of the later one. */
function atMost(parts: readonly EarlierCycle[]): readonly EarlierCycle[] {
  if (parts.length <= apiBounds.cyclePartsKept) return parts;
  const index = parts.findLastIndex(({ goesOn }, place) => goesOn && place > 0);
  const [later, earlier] = [parts[index - 1], parts[index]];
  if (later === undefined || earlier === undefined) return parts.slice(0, -1);
  const { startsAtMs, cycleStartsAtMs } = earlier;
  const invoiced: Record<string, bigint> = { ...later.invoiced };
  for (const [metric, units] of Object.entries(earlier.invoiced))
    invoiced[metric] = (invoiced[metric] ?? 0n) + units;
  const joined = { ...later, startsAtMs, invoicedFromMs: startsAtMs, cycleStartsAtMs, invoiced };
  return parts.toSpliced(index - 1, 2, joined);
}

/**
 * From when the figures of the present cycle count, its counters, charges and members' shares: the cycle's start, unless a change of
 * plan began the cycle and let them go on, or let them start again within it.
 */
export function countedFromMs({
  usage,
  earlierCycles,
}: Pick<AccountState, 'usage' | 'earlierCycles'>): number {
  let fromMs = usage.invoicedFromMs;
  for (const { goesOn, startsAtMs, endsAtMs } of earlierCycles) {
    if (!goesOn || endsAtMs !== fromMs) break;
    fromMs = startsAtMs;
  }
  return fromMs;
}

/** A cycle with nothing used; gauges and windows stay as they are. */
export function freshCycle(
  before: Pick<CycleUsage, 'gauges' | 'windows'>,
  cycle: { index: number; startsAtMs: number; endsAtMs: number },
): CycleUsage {
  const { gauges, windows } = before;
  return {
    ...cycle,
    counters: {},
    gauges,
    spent: {},
    byMember: {},
    windows,
    invoiced: {},
    invoicedFromMs: cycle.startsAtMs,
    carried: {},
  };
}

/** An account after a step, with what the step adds to the ledger. */
export interface Stepped {
  readonly state: AccountState;
  readonly entries: readonly LedgerRecord[];
}

/** Grants the plan's credits of the present cycle, which end with it. None come while everything is paused or over. */
export function grantPlanCredits(
  state: AccountState,
  catalog: Catalog,
  recordedAtMs: number,
  grantId = deriveId('plan', state.usage.startsAtMs),
): Stepped {
  const plan = planOf(state, catalog);
  const { status, pausedFor } = state.subscription;
  if (plan.monthlyCredits === 0n || status === 'cancelled' || pausedFor === 'trial_over')
    return { state, entries: [] };
  const { startsAtMs, endsAtMs } = state.usage;
  return addGrant(
    state,
    {
      id: grantId,
      source: 'plan',
      label: nameOfPlan(plan.name),
      unit: catalog.unit,
      amount: plan.monthlyCredits,
      priority: defaultPriority.plan,
      scope: {},
      expiresAtMs: endsAtMs,
    },
    { atMs: startsAtMs, recordedAtMs },
  );
}

/** How a cycle is cut short. */
export interface CycleRestart {
  readonly atMs: number;
  readonly recordedAtMs: number;
  /** Id of the grant of the new cycle's credits. */
  readonly grantId: string;
  readonly restartsCounters: boolean;
}

/** Ends the present cycle now and begins a cycle anchored at this instant. The plan's credits end with their cycle. */
export function restartCycle(
  before: AccountState,
  catalog: Catalog,
  { atMs, recordedAtMs, grantId, restartsCounters }: CycleRestart,
): Stepped {
  const entries: LedgerRecord[] = [];
  let { wallet } = before;
  for (const grant of before.wallet.grants) {
    if (grant.source !== 'plan' || grant.remaining === 0n) continue;
    const ended = endGrant(wallet, grant, {
      id: deriveId(grant.id, 'end'),
      accountId: before.profile.id,
      effectiveAtMs: atMs,
      recordedAtMs,
    });
    wallet = ended.wallet;
    entries.push(ended.entry);
  }
  const profile = { ...before.profile, anchorAtMs: atMs };
  const cycle = cycleByIndex(atMs, profile.timeZone, 0);
  const { counters, byMember, spent, carried } = before.usage;
  const fresh = freshCycle(before.usage, cycle);
  const state: AccountState = {
    ...before,
    profile,
    wallet,
    // Carried allowance stays with the counters that use it up.
    usage: restartsCounters ? fresh : { ...fresh, counters, byMember, spent, carried },
    earlierCycles: earlierCyclesAt(before, catalog, { atMs, goesOn: !restartsCounters }),
    topUp: { ...before.topUp, chargesThisCycle: 0, creditsThisCycle: 0n },
  };
  const granted = grantPlanCredits(state, catalog, recordedAtMs, grantId);
  return { state: granted.state, entries: [...entries, ...granted.entries] };
}
