import type { HoldStatus } from '../../contract/holds/holds.ts';
import { lesserOf } from '../amounts/amounts.ts';
import { endGrant, hasEnded, hasSpendableAfterEnd } from '../credits/grant-end.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { GrantLeg, GrantPart, LedgerRecord, Wallet } from '../credits/state.ts';
import { debtOf, endHeld, legsTotal, negated, termsOf, withDebt, withSpent } from '../credits/wallet.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { entryWords } from '../stored-words/stored-names.ts';
import type { HoldRecord, OpenHold } from './state.ts';

export interface HoldEnd {
  readonly status: Exclude<HoldStatus, 'open'>;
  readonly entryId: string;
  readonly description: string;
  readonly atMs: number;
  readonly recordedAtMs: number;
}

/** The record of a hold that is open. */
export function openHoldRecord(accountId: string, hold: OpenHold): HoldRecord {
  return {
    id: hold.id,
    accountId,
    taskId: hold.taskId,
    status: 'open',
    unit: hold.unit,
    amount: hold.amount,
    remaining: legsTotal(hold.legs),
    settled: hold.settled,
    createdAtMs: hold.createdAtMs,
    expiresAtMs: hold.expiresAtMs,
    endedAtMs: null,
  };
}

/**
 * Releases a hold and ends the hold. What came from a grant that is over by now ends at once; where both
 * fall due at one instant, the hold comes first and the grant's own end takes what came back.
 */
export function endHold(
  state: AccountState,
  hold: OpenHold,
  end: HoldEnd,
): { state: AccountState; entries: LedgerRecord[]; hold: HoldRecord } {
  const overAtMs = end.status === 'expired' ? end.atMs - 1 : end.atMs;
  const released = releaseLegs(state.wallet, state.profile.id, hold, hold.legs, end);
  const paid = payDebts({ ...state, wallet: released.wallet }, hold, hold.legs, { ...end, overAtMs });
  const expired = expireReleased(paid.state.wallet, state.profile.id, hold, { ...end, overAtMs });
  const holds = state.holds.filter((open) => open.id !== hold.id);
  return {
    state: { ...paid.state, wallet: expired.wallet, holds },
    entries: [...released.entries, ...paid.entries, ...expired.entries],
    hold: endedHoldRecord(state.profile.id, hold, end),
  };
}

/** The record of a hold that has ended; nothing of it is set aside any more. */
export function endedHoldRecord(
  accountId: string,
  hold: OpenHold,
  end: Pick<HoldEnd, 'status' | 'atMs'>,
): HoldRecord {
  return { ...openHoldRecord(accountId, hold), status: end.status, remaining: 0n, endedAtMs: end.atMs };
}

type Moment = Omit<HoldEnd, 'status'>;

/** Moves legs of a hold back to what can be spent, as one `release` entry. */
export function releaseLegs(
  wallet: Wallet,
  accountId: string,
  hold: OpenHold,
  legs: readonly GrantLeg[],
  moment: Moment,
): { wallet: Wallet; entries: LedgerRecord[] } {
  if (legs.length === 0) return { wallet, entries: [] };
  const { wallet: after, entry } = recordEntry(endHeld(wallet, legs, legs), {
    ...holdEntry(accountId, hold, moment),
    id: moment.entryId,
    kind: 'release',
    legs,
    description: moment.description,
  });
  return { wallet: after, entries: [entry] };
}

/**
 * Pays debt with the amounts returned to live grants, in the order of the hold's legs; while held they could neither be spent nor
 * pay debt.
 */
export function payDebts(
  state: AccountState,
  hold: OpenHold,
  back: readonly GrantLeg[],
  { overAtMs, ...moment }: Moment & { readonly overAtMs: number },
): { state: AccountState; entries: LedgerRecord[] } {
  let due = debtOf(state.wallet, hold.unit);
  const parts: GrantPart[] = [];
  for (const { grantId, amount } of back) {
    const grant = state.wallet.grants.find((live) => live.id === grantId);
    if (due === 0n || grant === undefined || hasEnded(grant, overAtMs)) continue;
    const part = lesserOf(amount, due);
    parts.push({ grant: termsOf(grant), amount: part });
    due -= part;
  }
  if (parts.length === 0) return { state, entries: [] };
  const legs = parts.map(({ grant, amount }) => ({ grantId: grant.id, amount }));
  const paid = legsTotal(legs);
  const { wallet, entry } = recordEntry(withDebt(withSpent(state.wallet, legs), hold.unit, -paid), {
    ...holdEntry(state.profile.id, hold, moment),
    id: deriveId(moment.entryId, 'debt'),
    kind: 'debt_payment',
    legs: negated(legs),
    debt: paid,
    description: entryWords.debtPaid,
  });
  const paidDebts = state.runningTasks > 0 ? [...state.paidDebts, ...parts] : state.paidDebts;
  return { state: { ...state, wallet, paidDebts }, entries: [entry] };
}

/** Ends what came back to grants that were over at `overAtMs`, while the hold kept their credits. */
export function expireReleased(
  wallet: Wallet,
  accountId: string,
  hold: OpenHold,
  { overAtMs, ...moment }: Moment & { readonly overAtMs: number },
): { wallet: Wallet; entries: LedgerRecord[] } {
  const entries: LedgerRecord[] = [];
  let current = wallet;
  for (const { grantId } of hold.legs) {
    const grant = current.grants.find((live) => live.id === grantId);
    if (grant === undefined || !hasSpendableAfterEnd(grant, overAtMs)) continue;
    const ended = endGrant(current, grant, {
      ...holdEntry(accountId, hold, moment),
      id: deriveId(moment.entryId, 'end', grantId),
    });
    current = ended.wallet;
    entries.push(ended.entry);
  }
  return { wallet: current, entries };
}

function holdEntry(accountId: string, hold: OpenHold, moment: Moment) {
  return {
    accountId,
    unit: hold.unit,
    holdId: hold.id,
    dimensions: hold.dimensions,
    effectiveAtMs: moment.atMs,
    recordedAtMs: moment.recordedAtMs,
  };
}
