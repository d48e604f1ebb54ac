import type { InvoiceParty } from '../../contract/invoices.ts';
import { formatAmount } from '../amounts/amounts.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState, ActivityRecord } from '../state.ts';
import type { InvoiceRecord } from './state.ts';

/** Who buys, as the next invoice names them: what the account told of itself, else its name. */
export function buyerOf({ profile, billing }: Pick<AccountState, 'profile' | 'billing'>): InvoiceParty {
  return billing.buyer ?? { name: profile.name, addressLines: [], taxId: null, email: null };
}

const invoiceWords = {
  issued: { kind: 'invoice_issued', words: 'issued' },
  paid: { kind: 'invoice_paid', words: 'paid' },
  void: { kind: 'invoice_changed', words: 'void' },
  uncollectible: { kind: 'invoice_changed', words: 'given up' },
  past_due: { kind: 'payment_failed', words: 'past due' },
} as const;

/** A line of the activity log that says what became of an invoice; its id follows from invoice and event. */
export function invoiceActivity(
  {
    id,
    accountId,
    number,
    total,
    currency,
  }: Pick<InvoiceRecord, 'id' | 'accountId' | 'number' | 'total' | 'currency'>,
  event: keyof typeof invoiceWords,
  atMs: number,
  said: { readonly memberId?: string | null; readonly reason?: string | null } = {},
): ActivityRecord {
  const { kind, words } = invoiceWords[event];
  return {
    id: deriveId(id, 'activity', event),
    accountId,
    atMs,
    kind,
    description: `Invoice ${number} over ${formatAmount(total)} ${currency} ${words}`,
    memberId: said.memberId ?? null,
    reason: said.reason ?? null,
  };
}
