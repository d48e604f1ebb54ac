import { msPerDay } from '../../contract/durations.ts';
import { limits } from '../../contract/limits.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { endGrant } from '../credits/grant-end.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import { endHold } from '../holds/hold-end.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf } from '../limits/limits.ts';
import { withRiseSeen } from '../purchases/top-up.ts';
import {
  type AccountState,
  type CycleUsage,
  type EarlierCycle,
  type Facts,
  type Grant,
  type HoldRecord,
  type LedgerRecord,
  noFacts,
  type OpenHold,
  type Profile,
} from '../state.ts';
import { cycleAt, cycleByIndex, sameWallTimeMs } from '../time/calendar.ts';

/** Cycles that an account left alone is taken through one by one; older ones are passed over, their credits having ended. */
export const cyclesPerAdvanceMax = 120;

export interface Advanced {
  readonly state: AccountState;
  readonly facts: Facts;
}

interface Progress {
  state: AccountState;
  readonly entries: LedgerRecord[];
  readonly holds: HoldRecord[];
  readonly recordedAtMs: number;
}

/**
 * Does what has fallen due: ends holds and grants, begins cycles. It comes before every command and read, so that
 * nothing depends on a scheduler's punctuality. The same state comes back where nothing is due. What it adds has ids that
 * follow from cause and instant, so that two processes make the same. At one instant holds end before grants, and
 * grants before the cycle.
 */
export function advance(
  state: AccountState,
  catalog: Catalog,
  nowMs: number,
  recordedAtMs: number,
): Advanced {
  if (nextDueAtMs(state) > nowMs) return { state, facts: noFacts };
  const progress: Progress = { state: passOverOldCycles(state, nowMs), entries: [], holds: [], recordedAtMs };
  for (let dueAtMs = nextDueAtMs(progress.state); dueAtMs <= nowMs; dueAtMs = nextDueAtMs(progress.state)) {
    const hold = progress.state.holds.find((open) => open.expiresAtMs === dueAtMs);
    const grant = progress.state.wallet.grants.find(
      (live) => live.expiresAtMs === dueAtMs && live.remaining > 0n,
    );
    if (hold !== undefined) expireHold(progress, hold, dueAtMs);
    else if (grant !== undefined) expireGrant(progress, grant, dueAtMs);
    else beginCycle(progress, catalog, dueAtMs);
    progress.state = withRiseSeen(progress.state, catalog);
  }
  return {
    state: progress.state,
    facts: { ...noFacts, entries: progress.entries, holds: progress.holds },
  };
}

/** When something falls due next: the cycle's end at the latest. */
export function nextDueAtMs(state: AccountState): number {
  let dueAtMs = state.usage.endsAtMs;
  for (const grant of state.wallet.grants) {
    if (grant.expiresAtMs !== null && grant.remaining > 0n && grant.expiresAtMs < dueAtMs)
      dueAtMs = grant.expiresAtMs;
  }
  for (const hold of state.holds) if (hold.expiresAtMs < dueAtMs) dueAtMs = hold.expiresAtMs;
  return dueAtMs;
}

function expireHold(progress: Progress, hold: OpenHold, dueAtMs: number): void {
  const ended = endHold(progress.state, hold, {
    status: 'expired',
    entryId: deriveId(hold.id, 'expiry'),
    description: 'Hold expired',
    atMs: dueAtMs,
    recordedAtMs: progress.recordedAtMs,
  });
  progress.state = ended.state;
  progress.entries.push(...ended.entries);
  progress.holds.push(ended.hold);
}

function expireGrant(progress: Progress, grant: Grant, dueAtMs: number): void {
  const { state } = progress;
  const ended = endGrant(state.wallet, grant, {
    id: deriveId(grant.id, 'end'),
    accountId: state.profile.id,
    effectiveAtMs: dueAtMs,
    recordedAtMs: progress.recordedAtMs,
  });
  progress.state = { ...state, wallet: ended.wallet };
  progress.entries.push(ended.entry);
}

/** Begins the cycle after the one that ended: counters start again, the plan's credits are granted. */
function beginCycle(progress: Progress, catalog: Catalog, startsAtMs: number): void {
  const { state } = progress;
  const profile = inNextTimeZone(state.profile);
  const index = state.usage.index + 1;
  const { endsAtMs } = cycleByIndex(profile.anchorAtMs, profile.timeZone, index);
  const usage = freshCycle(state.usage, { index, startsAtMs, endsAtMs });
  progress.state = {
    ...state,
    profile,
    usage,
    earlierCycles: earlierCyclesAt(state, startsAtMs),
    topUp: { ...state.topUp, chargesThisCycle: 0, creditsThisCycle: 0n },
  };
  const granted = grantPlanCredits(progress.state, catalog, progress.recordedAtMs);
  progress.state = granted.state;
  progress.entries.push(...granted.entries);
}

/** The account in the zone that it moves to. The anchor is wall time: the 1st at 00:00 stays the 1st at 00:00. */
function inNextTimeZone(profile: Profile): Profile {
  const { timeZone, nextTimeZone, anchorAtMs } = profile;
  if (nextTimeZone === null) return profile;
  return {
    ...profile,
    timeZone: nextTimeZone,
    nextTimeZone: null,
    anchorAtMs: sameWallTimeMs(anchorAtMs, timeZone, nextTimeZone),
  };
}

/** The cycles that late events can still belong to once a new one begins. */
function earlierCyclesAt({ usage, earlierCycles }: AccountState, startsAtMs: number): EarlierCycle[] {
  const { startsAtMs: endedStartsAtMs, endsAtMs, counters } = usage;
  const oldestEventAtMs = startsAtMs - limits.eventAgeDaysMax * msPerDay;
  return [{ startsAtMs: endedStartsAtMs, endsAtMs, counters }, ...earlierCycles].filter(
    (cycle) => cycle.endsAtMs > oldestEventAtMs,
  );
}

/** A cycle with nothing used; gauges stay as they are. */
export function freshCycle(
  before: Pick<CycleUsage, 'gauges'>,
  cycle: { index: number; startsAtMs: number; endsAtMs: number },
): CycleUsage {
  return { ...cycle, counters: {}, gauges: before.gauges, spent: {}, byMember: {} };
}

/** Grants the plan's credits of the present cycle, which end with it. */
export function grantPlanCredits(
  state: AccountState,
  catalog: Catalog,
  recordedAtMs: number,
): { state: AccountState; entries: LedgerRecord[] } {
  const plan = planOf(state, catalog);
  if (plan.monthlyCredits === 0n) return { state, entries: [] };
  const { startsAtMs, endsAtMs } = state.usage;
  return addGrant(
    state,
    {
      id: deriveId('plan', startsAtMs),
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

/** Leaves out cycles so far back that their credits have come and gone without being seen. */
function passOverOldCycles(state: AccountState, nowMs: number): AccountState {
  const present = cycleAt(state.profile.anchorAtMs, state.profile.timeZone, nowMs);
  const skipTo = present.index - cyclesPerAdvanceMax;
  if (skipTo <= state.usage.index) return state;
  const nothingElseDue =
    state.holds.length === 0 && state.wallet.grants.every((grant) => grant.expiresAtMs === null);
  if (!nothingElseDue) return state;
  const cycle = cycleByIndex(state.profile.anchorAtMs, state.profile.timeZone, skipTo);
  return { ...state, usage: freshCycle(state.usage, cycle) };
}
