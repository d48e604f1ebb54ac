import type { InvoiceParty } from '../../contract/invoices/invoices.ts';
import { activityRecord } from '../activity/activity.ts';
import type { ActivityRecord } from '../activity/state.ts';
import { formatAmount } from '../amounts/amounts.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import type { InvoiceRecord } from './state.ts';

/** Who buys, as the next invoice names them: what the account told of itself, else its name. */
export function buyerOf({ profile, billing }: Pick<AccountState, 'profile' | 'billing'>): InvoiceParty {
  return billing.buyer ?? { name: profile.name, addressLines: [], taxId: null, email: null };
}

const kinds = {
  issued: 'invoice_issued',
  paid: 'invoice_paid',
  void: 'invoice_changed',
  uncollectible: 'invoice_changed',
  past_due: 'payment_failed',
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
  became: keyof typeof kinds,
  atMs: number,
  said: { readonly memberId?: string | null; readonly reason?: string | null } = {},
): ActivityRecord {
  return activityRecord(
    { id: deriveId(id, 'activity', became), accountId, atMs },
    {
      kind: kinds[became],
      event: { kind: 'invoice', number, total: { amount: formatAmount(total), currency }, became },
      ...said,
    },
  );
}
