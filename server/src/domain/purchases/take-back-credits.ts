import { lesserOf } from '../amounts/amounts.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { LedgerRecord } from '../credits/state.ts';
import { withDebt, withGrantChange } from '../credits/wallet.ts';
import type { DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { RefundRecord } from '../invoices/state.ts';
import type { AccountState } from '../state.ts';

/** The grant that a purchase becomes. */
export function grantOfPurchase(purchaseId: string): string {
  return deriveId(purchaseId, 'pack');
}

/**
 * Takes back the credits of a refunded purchase: first what remains of the grant that they became. Others are left alone; what
 * was spent is owed, if the refund says so.
 */
export function takeBackCredits(
  { state, nowMs, recordedAtMs }: Pick<DecisionContext, 'state' | 'nowMs' | 'recordedAtMs'>,
  { id, reason, credits }: RefundRecord,
): { readonly state: AccountState; readonly entries: readonly LedgerRecord[] } {
  if (credits === undefined) return { state, entries: [] };
  const { grantId, unit, amount, owesSpent } = credits;
  const remaining = state.wallet.grants.find((grant) => grant.id === grantId)?.remaining ?? 0n;
  const taken = lesserOf(amount, remaining);
  const owed = owesSpent ? amount - taken : 0n;
  if (taken + owed === 0n) return { state, entries: [] };
  const { wallet, entry } = recordEntry(
    withDebt(withGrantChange(state.wallet, grantId, -taken), unit, owed),
    {
      id: deriveId(id, 'adjustment'),
      accountId: state.profile.id,
      kind: 'adjustment',
      unit,
      legs: taken === 0n ? [] : [{ grantId, amount: -taken }],
      debt: -owed,
      description: reason,
      effectiveAtMs: nowMs,
      recordedAtMs,
    },
  );
  return { state: { ...state, wallet }, entries: [entry] };
}
