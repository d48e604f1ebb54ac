import { limits } from '../../contract/limits.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { endGrant } from '../credits/grant-end.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState, CycleUsage, EarlierCycle, LedgerRecord } from '../state.ts';
import { cycleByIndex } from '../time/calendar.ts';

/** The cycles that late events can still belong to once a new one begins. */
export function earlierCyclesAt({ usage, earlierCycles }: AccountState, startsAtMs: number): EarlierCycle[] {
  const { startsAtMs: endedStartsAtMs, endsAtMs, counters, invoiced, invoicedFromMs, carried } = usage;
  const oldestEventAtMs = startsAtMs - limits.eventAgeDaysMax * msPerDay;
  const ended = { startsAtMs: endedStartsAtMs, endsAtMs, counters, invoiced, invoicedFromMs, carried };
  return [ended, ...earlierCycles].filter((cycle) => cycle.endsAtMs > oldestEventAtMs);
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
      label: `${plan.name} plan`,
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
    earlierCycles: earlierCyclesAt({ ...before, usage: { ...before.usage, endsAtMs: atMs } }, atMs),
    topUp: { ...before.topUp, chargesThisCycle: 0, creditsThisCycle: 0n },
  };
  const granted = grantPlanCredits(state, catalog, recordedAtMs, grantId);
  return { state: granted.state, entries: [...entries, ...granted.entries] };
}
