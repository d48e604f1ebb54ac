import type { ActivityRecord } from '../activity/state.ts';
import { lesserOf, type Micros } from '../amounts/amounts.ts';
import type { DecisionContext } from '../decision.ts';
import type { AccountState } from '../state.ts';
import { withStanding } from './collect.ts';
import { withCarried } from './issue.ts';
import { invoiceActivity } from './parties.ts';
import type { ChargeRecord, InvoiceRecord, UnpaidInvoice } from './state.ts';

/** Pays an unpaid invoice. An overpayment goes to the balance; after a partial payment the rest stays owed. */
export function payInvoice(
  { state, catalog, nowMs }: Pick<DecisionContext, 'state' | 'catalog' | 'nowMs'>,
  invoice: InvoiceRecord,
  amount: Micros,
  said: { readonly memberId?: string | null; readonly reason?: string | null } = {},
): Paid {
  const owed = state.billing.unpaid.find(({ id }) => id === invoice.id)?.amountDue ?? 0n;
  const taken = lesserOf(amount, owed);
  const left = owed - taken;
  const unpaid = state.billing.unpaid.flatMap((each) => {
    if (each.id !== invoice.id) return [each];
    return left === 0n ? [] : [{ ...each, amountDue: left, charge: null }];
  });
  const isPaid = left === 0n;
  const after = withStanding({ ...state, billing: { ...state.billing, unpaid } }, catalog);
  const paid: InvoiceRecord = {
    ...invoice,
    status: isPaid ? 'paid' : invoice.status,
    amountPaid: invoice.amountPaid + taken,
    paidAtMs: isPaid ? nowMs : invoice.paidAtMs,
  };
  return {
    state: withBalance(after, invoice.currency, taken - amount),
    invoice: paid,
    surplus: amount - taken,
    activity: isPaid ? [invoiceActivity(paid, 'paid', nowMs, said)] : [],
  };
}

/** The account with the invoice changed that this very charge is to pay; as it is where another one has taken its place. */
export function withUnpaid(
  state: AccountState,
  charge: ChargeRecord,
  change: (unpaid: UnpaidInvoice) => UnpaidInvoice,
): AccountState {
  const { billing } = state;
  const unpaid = billing.unpaid.map((each) => (each.charge?.id === charge.id ? change(each) : each));
  return { ...state, billing: { ...billing, unpaid } };
}

/** The account with so much more (negative: in its favour) to begin its next invoice with. */
export function withBalance(state: AccountState, currency: string, amount: Micros): AccountState {
  const { billing } = state;
  const carried = withCarried(billing.carried, currency, (billing.carried[currency] ?? 0n) + amount);
  return carried === billing.carried ? state : { ...state, billing: { ...billing, carried } };
}

/** An invoice with a payment, and the account that does not owe it any more. */
export interface Paid {
  readonly state: AccountState;
  readonly invoice: InvoiceRecord;
  /** The amount that was paid beyond the debt, and went to the balance. */
  readonly surplus: Micros;
  readonly activity: readonly ActivityRecord[];
}
