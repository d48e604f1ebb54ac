import type { CreditUnit } from '../../contract/values/amount.ts';
import type { ActivityRecord } from '../activity/state.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { endGrant } from '../credits/grant-end.ts';
import type { Grant, LedgerRecord, Wallet } from '../credits/state.ts';
import { type CreditSums, creditSums } from '../credits/wallet.ts';
import { isClosedByErasure } from '../erasures/erase-state.ts';
import { type Facts, noFacts } from '../facts.ts';
import { endHold } from '../holds/hold-end.ts';
import type { HoldRecord, OpenHold } from '../holds/state.ts';
import { deriveId } from '../ids/derived-id.ts';
import { collectDue, nextCollectionAtMs } from '../invoices/collect.ts';
import { type Issued, issueInvoices } from '../invoices/issue.ts';
import type { ChargeRecord, InvoiceRecord } from '../invoices/state.ts';
import type { NoticeRecord } from '../notices/state.ts';
import { type Told, tellChange, tellCredits, tellTrialEnd, trialNoticeAtMs } from '../notices/tell.ts';
import { withRiseSeen } from '../purchases/top-up.ts';
import type { AccountState } from '../state.ts';
import { entryWords } from '../stored-words/stored-names.ts';
import {
  beginPeriod,
  endPeriod,
  endsPeriod,
  isFreeAndSettled,
  withPeriodInZone,
} from '../subscription/billing/boundary.ts';
import { periodFrom } from '../subscription/billing/period.ts';
import { usageFacts, withBilledUse } from '../subscription/billing/usage-facts.ts';
import { carriedOn, rollOver } from '../subscription/plan/rollover.ts';
import { endTrial, trialEndMs, trialMoment } from '../subscription/plan/trial.ts';
import { cycleAt, cycleByIndex, sameWallTimeMs } from '../time/calendar.ts';
import { earlierCyclesAt, freshCycle, grantPlanCredits } from '../usage/cycles.ts';
import { type BaselineFacts, giveBaseline, giveOlderMembersBaseline, isOfAccounts } from './baseline.ts';
import type { Profile } from './state.ts';

/** Cycles that an account left alone is taken through one by one; older ones are passed over, their credits having ended. */
export const cyclesPerAdvanceMax = 120;

/** When nothing falls due any more: the last instant that a number of milliseconds tells exactly. */
const neverMs = Number.MAX_SAFE_INTEGER;

/** The account at its present, and what fell due on the way there. */
export interface Advanced {
  readonly state: AccountState;
  readonly facts: Facts;
}

interface Progress {
  state: AccountState;
  readonly entries: LedgerRecord[];
  readonly holds: HoldRecord[];
  readonly invoices: InvoiceRecord[];
  readonly charges: ChargeRecord[];
  readonly activity: ActivityRecord[];
  readonly notices: NoticeRecord[];
  readonly recordedAtMs: number;
  /** The sums of a wallet, by unit. An account may have hundreds of grants that end, and each sum goes through all of them. */
  sums: { readonly wallet: Wallet; readonly byUnit: ReadonlyMap<CreditUnit, CreditSums> };
}

/**
 * Does what has fallen due: ends holds and grants, begins cycles, and gives a baseline that the catalog has got since. It comes
 * before every command and read, so that nothing depends on a scheduler's punctuality. The same state comes back where nothing is due. What it adds has ids that
 * follow from cause and instant, so that two processes make the same. At one instant holds end before grants, and
 * grants before the cycle.
 *
 * @param baseline what the ledger says of the baseline, where `needsBaselineLookUp` asked for it
 */
export function advance(
  state: AccountState,
  catalog: Catalog,
  nowMs: number,
  recordedAtMs: number,
  baseline?: BaselineFacts,
): Advanced {
  const isBaselineDue = isOfAccounts(catalog) && state.baselineGiven === false && !isClosedByErasure(state);
  if (nextDueAtMs(state) > nowMs && !isBaselineDue && baseline === undefined)
    return { state, facts: noFacts };
  const progress: Progress = {
    state: passOverOldCycles(state, catalog, nowMs),
    entries: [],
    holds: [],
    invoices: [],
    charges: [],
    activity: [],
    notices: [],
    recordedAtMs,
    sums: { wallet: state.wallet, byUnit: new Map() },
  };
  let beforeInstant = progress.state;
  let sumsBefore = sumsOf(progress, catalog.unit);
  let dueAtMs = nextDueAtMs(progress.state);
  while (dueAtMs <= nowMs) {
    const before = progress.state;
    const hold = progress.state.holds.find((open) => open.expiresAtMs === dueAtMs);
    const grant = progress.state.wallet.grants.find(
      (live) => live.expiresAtMs === dueAtMs && live.remaining > 0n,
    );
    if (hold !== undefined) expireHold(progress, hold, dueAtMs);
    else if (grant !== undefined) expireGrant(progress, catalog, grant, dueAtMs);
    else if (trialNoticeAtMs(progress.state) === dueAtMs)
      takeTold(
        progress,
        tellTrialEnd(progress.state, {
          catalog,
          atMs: dueAtMs,
          recordedAtMs,
          causeId: deriveId('plan', dueAtMs),
        }),
      );
    else if (trialEndMs(progress.state.subscription) === dueAtMs) endTrialAt(progress, catalog, dueAtMs);
    else if (progress.state.usage.endsAtMs === dueAtMs) beginCycle(progress, catalog, dueAtMs);
    else collect(progress, catalog, dueAtMs);
    progress.state = withRiseSeen(progress.state, catalog);
    const moment = { catalog, atMs: dueAtMs, recordedAtMs, causeId: deriveId('plan', dueAtMs) };
    takeTold(progress, tellChange(before, progress.state, moment));
    const nextAtMs = nextDueAtMs(progress.state);
    if (nextAtMs > dueAtMs) {
      const sums = sumsOf(progress, catalog.unit);
      const change = { before: sumsBefore, after: sums };
      takeTold(progress, tellCredits(beforeInstant, progress.state, moment, { sums: change }));
      beforeInstant = progress.state;
      sumsBefore = sums;
    }
    dueAtMs = nextAtMs;
  }
  const moment = { atMs: nowMs, recordedAtMs };
  const based = giveBaseline(progress.state, catalog, moment);
  const forMembers =
    baseline === undefined
      ? { state: based.state, entries: [] }
      : giveOlderMembersBaseline(based.state, catalog, { ...baseline, ...moment });
  progress.state = withRiseSeen(forMembers.state, catalog);
  progress.entries.push(...based.entries, ...forMembers.entries);
  return {
    state: progress.state,
    facts: {
      ...noFacts,
      entries: progress.entries,
      holds: progress.holds,
      invoices: progress.invoices,
      charges: progress.charges,
      activity: progress.activity,
      notices: progress.notices,
    },
  };
}

/** When something falls due next: the cycle's end at the latest. */
export function nextDueAtMs(state: AccountState): number {
  if (isClosedByErasure(state)) return neverMs;
  let dueAtMs = state.usage.endsAtMs;
  for (const grant of state.wallet.grants) {
    if (grant.expiresAtMs !== null && grant.expiresAtMs < dueAtMs && grant.remaining > 0n)
      dueAtMs = grant.expiresAtMs;
  }
  for (const hold of state.holds) if (hold.expiresAtMs < dueAtMs) dueAtMs = hold.expiresAtMs;
  const trialEndsAtMs = trialEndMs(state.subscription);
  if (trialEndsAtMs !== null) dueAtMs = Math.min(dueAtMs, trialEndsAtMs, trialNoticeAtMs(state));
  return Math.min(dueAtMs, nextCollectionAtMs(state.billing));
}

function sumsOf(progress: Progress, unit: CreditUnit): CreditSums {
  const { wallet } = progress.state;
  if (progress.sums.wallet !== wallet) progress.sums = { wallet, byUnit: new Map() };
  const known = progress.sums.byUnit.get(unit);
  if (known !== undefined) return known;
  const sums = creditSums(wallet, unit);
  keepSums(progress, wallet, unit, sums);
  return sums;
}

/** Takes over sums that follow from an entry: those of a unit, after a step that changed nothing else. */
function keepSums(progress: Progress, wallet: Wallet, unit: CreditUnit, sums: CreditSums): void {
  progress.sums = { wallet, byUnit: new Map([...progress.sums.byUnit, [unit, sums]]) };
}

function expireHold(progress: Progress, hold: OpenHold, dueAtMs: number): void {
  const { granted } = sumsOf(progress, hold.unit);
  const grantsBefore = progress.state.wallet.grants.length;
  const ended = endHold(progress.state, hold, {
    status: 'expired',
    entryId: deriveId(hold.id, 'expiry'),
    description: entryWords.expired,
    atMs: dueAtMs,
    recordedAtMs: progress.recordedAtMs,
  });
  progress.state = ended.state;
  progress.entries.push(...ended.entries);
  progress.holds.push(ended.hold);
  const { wallet } = ended.state;
  const last = ended.entries.at(-1);
  if (last !== undefined && wallet.grants.length === grantsBefore)
    keepSums(progress, wallet, hold.unit, { available: last.balanceAfter, granted });
}

function expireGrant(progress: Progress, catalog: Catalog, grant: Grant, dueAtMs: number): void {
  const { state } = progress;
  const { available, granted } = sumsOf(progress, grant.unit);
  const balanceAfter = available - grant.remaining;
  const ended = endGrant(state.wallet, grant, {
    id: deriveId(grant.id, 'end'),
    accountId: state.profile.id,
    effectiveAtMs: dueAtMs,
    recordedAtMs: progress.recordedAtMs,
    balanceAfter,
  });
  const sums = { available: balanceAfter, granted: grant.held === 0n ? granted - grant.amount : granted };
  keepSums(progress, ended.wallet, grant.unit, sums);
  const rolled = rollOver({ ...state, wallet: ended.wallet }, catalog, {
    grant,
    atMs: dueAtMs,
    recordedAtMs: progress.recordedAtMs,
  });
  progress.state = rolled.state;
  progress.entries.push(ended.entry, ...rolled.entries);
}

/** Where a cycle ends at the same instant, that comes afterwards, on what the end of the trial made of the account. */
function endTrialAt(progress: Progress, catalog: Catalog, atMs: number): void {
  const { state, recordedAtMs } = progress;
  const ended = endTrial(state, catalog, trialMoment(state, { atMs, recordedAtMs }));
  progress.entries.push(...ended.entries);
  const closes = { startsAtMs: state.subscription.trial?.startsAtMs ?? atMs, endsAtMs: atMs };
  takeIssued(progress, issueInvoices(ended.state, catalog, { atMs, due: 'boundary', closes }));
}

/** Begins the cycle after the one that ended: counters start again, the plan's credits are granted. */
function beginCycle(progress: Progress, catalog: Catalog, startsAtMs: number): void {
  const before = progress.state;
  // The ended cycle keeps its billed amounts: a late use bills only the difference.
  const state = withBilledUse(
    before,
    usageFacts(before, catalog, {
      causeId: deriveId('cycle', before.usage.startsAtMs),
      atMs: startsAtMs,
      due: 'boundary',
    }),
  );
  const isPeriodOver = endsPeriod(state);
  const ended = isPeriodOver ? endPeriod(state, catalog) : state;
  const profile = inNextTimeZone(ended.profile);
  const index = state.usage.index + 1;
  const { endsAtMs } = cycleByIndex(profile.anchorAtMs, profile.timeZone, index);
  const usage = {
    ...freshCycle(state.usage, { index, startsAtMs, endsAtMs }),
    carried: carriedOn(state, catalog),
  };
  progress.state = {
    ...ended,
    profile,
    usage,
    earlierCycles: earlierCyclesAt(state, catalog, { atMs: startsAtMs, goesOn: false }),
    topUp: { ...state.topUp, chargesThisCycle: 0, creditsThisCycle: 0n },
  };
  const granted = grantPlanCredits(progress.state, catalog, progress.recordedAtMs);
  progress.state = isPeriodOver ? beginPeriod(granted.state, catalog) : withPeriodInZone(granted.state);
  progress.entries.push(...granted.entries);
  const { period } = state.subscription;
  // A cycle within a yearly period ends no period: only the cycle's use is invoiced.
  const closes = isPeriodOver ? period : { startsAtMs: state.usage.startsAtMs, endsAtMs: startsAtMs };
  takeIssued(progress, issueInvoices(progress.state, catalog, { atMs: startsAtMs, due: 'boundary', closes }));
}

function takeTold(progress: Progress, { state, notices }: Told): void {
  progress.state = state;
  progress.notices.push(...notices);
}

function takeIssued(progress: Progress, { state, invoices, activity }: Issued): void {
  progress.state = state;
  progress.invoices.push(...invoices);
  progress.activity.push(...activity);
}

function collect(progress: Progress, catalog: Catalog, dueAtMs: number): void {
  const { state, charges, activity } = collectDue(progress.state, catalog, dueAtMs);
  progress.state = state;
  progress.charges.push(...charges);
  progress.activity.push(...activity);
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

/** Leaves out cycles so far back that their credits have come and gone without being seen. */
function passOverOldCycles(state: AccountState, catalog: Catalog, nowMs: number): AccountState {
  const present = cycleAt(state.profile.anchorAtMs, state.profile.timeZone, nowMs);
  const skipTo = present.index - cyclesPerAdvanceMax;
  if (skipTo <= state.usage.index) return state;
  const { profile, subscription } = state;
  const nothingElseDue =
    state.holds.length === 0 &&
    state.wallet.grants.every((grant) => grant.expiresAtMs === null) &&
    isFreeAndSettled(state, catalog);
  if (!nothingElseDue) return state;
  const cycle = cycleByIndex(profile.anchorAtMs, profile.timeZone, skipTo);
  const period = periodFrom(profile, cycle, subscription.interval, cycle.startsAtMs);
  return {
    ...state,
    usage: freshCycle(state.usage, cycle),
    subscription: { ...subscription, period, periodTotal: 0n },
  };
}
