import { lesserOf, type Micros } from '../amounts/amounts.ts';
import type { GrantLeg, LedgerRecord } from '../credits/state.ts';
import { amountOf } from '../credits/wallet.ts';

/**
 * The payments of a unit's debts by grants in the entries, latest last, without amounts that later voids returned.
 *
 * @param entries Entries in their order, after the one that made the debt.
 * @param debitOf The amounts that grants paid for a use at once.
 */
export function paidSince(
  entries: readonly LedgerRecord[],
  unit: string,
  debitOf: (usageId: string) => readonly GrantLeg[],
): GrantLeg[] {
  const payments: { readonly grantId: string; amount: Micros }[] = [];
  for (const entry of entries) {
    if (entry.unit !== unit) continue;
    if (entry.kind === 'debt_payment')
      for (const { grantId, amount } of entry.legs) payments.push({ grantId, amount: -amount });
    if (entry.kind !== 'refund' || entry.usageId === null) continue;
    const debit = debitOf(entry.usageId);
    for (const { grantId, amount } of entry.legs) {
      let due = amount - amountOf(debit, grantId);
      for (const payment of payments.toReversed()) {
        if (payment.grantId !== grantId) continue;
        const part = lesserOf(payment.amount, due);
        payment.amount -= part;
        due -= part;
      }
    }
  }
  return payments.filter(({ amount }) => amount > 0n);
}
