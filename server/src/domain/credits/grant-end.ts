import { type EntryDraft, recordEntry } from './ledger.ts';
import type { Grant, LedgerRecord, Wallet } from './state.ts';
import { withoutRemaining } from './wallet.ts';

/** Whether a grant is over at the instant. */
export function hasEnded({ expiresAtMs }: Pick<Grant, 'expiresAtMs'>, atMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= atMs;
}

/** Whether credits have come back to a grant that is over at the instant. */
export function hasSpendableAfterEnd(grant: Grant, atMs: number): boolean {
  return hasEnded(grant, atMs) && grant.remaining > 0n;
}

/**
 * Ends the remaining part of a grant; the held part stays until its hold ends. The end of a plan's credits is always a `reset`,
 * the end of any other grant an `expiry`.
 */
export function endGrant(
  wallet: Wallet,
  grant: Grant,
  entry: Omit<EntryDraft, 'kind' | 'unit' | 'legs' | 'description'>,
): { wallet: Wallet; entry: LedgerRecord } {
  return recordEntry(withoutRemaining(wallet, grant.id), {
    ...entry,
    kind: grant.source === 'plan' ? 'reset' : 'expiry',
    unit: grant.unit,
    legs: [{ grantId: grant.id, amount: -grant.remaining }],
    description: grant.label,
  });
}
