import type { HoldStatus } from '../contract/holds.ts';
import { recordEntry } from './ledger.ts';
import type { AccountState, GrantLeg, HoldRecord, LedgerRecord, OpenHold } from './state.ts';
import { endHeld, legsTotal, withoutRemaining } from './wallet.ts';

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

/** Gives back what is still set aside and ends the hold. What came from a grant that is over by now ends at once. */
export function endHold(state: AccountState, hold: OpenHold, end: HoldEnd): { state: AccountState; entries: LedgerRecord[]; hold: HoldRecord } {
  const { wallet, entries } = giveBack(state, hold, hold.legs, end);
  const record: HoldRecord = {
    ...openHoldRecord(state.profile.id, hold),
    status: end.status,
    remaining: 0n,
    endedAtMs: end.atMs,
  };
  const holds = state.holds.filter((open) => open.id !== hold.id);
  return { state: { ...state, wallet, holds }, entries, hold: record };
}

/** Moves legs of a hold back to what can be spent, as a `release` entry. */
export function giveBack(
  state: AccountState,
  hold: OpenHold,
  legs: readonly GrantLeg[],
  end: Omit<HoldEnd, 'status'>,
): { wallet: AccountState['wallet']; entries: LedgerRecord[] } {
  if (legs.length === 0) return { wallet: state.wallet, entries: [] };
  const common = {
    accountId: state.profile.id,
    unit: hold.unit,
    holdId: hold.id,
    dimensions: hold.dimensions,
    effectiveAtMs: end.atMs,
    recordedAtMs: end.recordedAtMs,
  };
  const released = recordEntry(endHeld(state.wallet, legs, legs), {
    ...common,
    id: end.entryId,
    kind: 'release',
    legs,
    description: end.description,
  });
  const entries = [released.entry];
  let wallet = released.wallet;
  for (const { grantId } of legs) {
    const grant = wallet.grants.find((live) => live.id === grantId);
    if (grant === undefined || grant.expiresAtMs === null || grant.expiresAtMs > end.atMs || grant.remaining === 0n) continue;
    const expired = recordEntry(withoutRemaining(wallet, grantId), {
      ...common,
      id: `${end.entryId}-expiry-${grantId}`,
      kind: 'expiry',
      legs: [{ grantId, amount: -grant.remaining }],
      description: grant.label,
    });
    wallet = expired.wallet;
    entries.push(expired.entry);
  }
  return { wallet, entries };
}
