import type { Charge } from '../../../contract/invoices/charges.ts';
import type { Invoice, InvoiceLine, InvoiceLineKind } from '../../../contract/invoices/invoices.ts';
import type { Micros } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import {
  describeCharge,
  nameOfSubject,
  subjectOfCharge,
} from '../../../domain/invoices/charges/charge-words.ts';
import type { ChargeRecord, InvoiceLineRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import { lineSubjectOf } from '../../../domain/stored-words/stored-names.ts';
import { formatOrNull } from '../../access/amounts-in-view.ts';
import { moneyView } from '../../access/money-view.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';

/** An invoice as it is shown: what it says, and how it stands in its account now. */
export function invoiceView(
  record: InvoiceRecord,
  { billing }: Pick<AccountState, 'billing'>,
  isDraft = false,
): Invoice {
  const { currency, lines, total } = record;
  const unpaid = billing.unpaid.find(({ id }) => id === record.id);
  const tax = sumOfLines(lines.filter(({ kind }) => kind === 'tax'));
  const status = record.status === 'open' && unpaid?.isPastDue === true ? 'past_due' : record.status;
  const money = (amount: Micros) => moneyView(amount, record);
  return {
    id: record.id,
    kind: record.kind,
    number: isDraft ? null : record.number,
    correctsNumber: record.corrects?.number ?? null,
    status: isDraft ? 'draft' : status,
    currency,
    periodStartsAt: formatInstant(record.periodStartsAtMs),
    periodEndsAt: formatInstant(record.periodEndsAtMs),
    issuedAt: isDraft ? null : formatInstant(record.createdAtMs),
    dueAt: isDraft ? null : formatInstant(record.dueAtMs),
    paidAt: isDraft ? null : formatInstantOrNull(record.paidAtMs),
    seller: { ...record.seller, addressLines: [...record.seller.addressLines] },
    buyer: { ...record.buyer, addressLines: [...record.buyer.addressLines] },
    lines: lines.map((line) => invoiceLineView(line, currency)),
    subtotal: money(total - tax),
    tax: money(tax),
    total: money(total),
    amountPaid: money(record.amountPaid),
    amountCredited: money(record.credited),
    amountDue: money(
      isDraft ? total : (unpaid?.amountDue ?? (record.status === 'uncollectible' ? owedOf(record) : 0n)),
    ),
    note: record.note,
    timeZone: record.timeZone,
    ...(record.keepsName && { keepsName: true }),
  };
}

/** The unpaid rest of an uncollectible invoice. */
function owedOf({ total, amountPaid, credited }: InvoiceRecord): Micros {
  const left = total - amountPaid - credited;
  return left > 0n ? left : 0n;
}

function sumOfLines(lines: readonly InvoiceLineRecord[]): Micros {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

export function invoiceLineView(line: InvoiceLineRecord, currency: string): InvoiceLine {
  return {
    id: line.id,
    kind: line.kind,
    ...subjectOf(line),
    metric: line.metric,
    quantity: formatOrNull(line.quantity),
    unit: line.unit,
    rate: line.rate === null ? null : moneyView(line.rate, { currency }),
    ratePer: line.ratePer,
    share: line.share,
    periodStartsAt: formatInstant(line.coversFromMs),
    periodEndsAt: formatInstant(line.coversToMs),
    amount: moneyView(line.amount, { currency }),
  };
}

/** Kinds whose subject the server names; other subjects are the host's own. */
const named: ReadonlySet<InvoiceLineKind> = new Set([
  'plan_fee',
  'minimum_commitment',
  'dedicated_ips',
  'proration_charge',
  'proration_credit',
]);

function subjectOf({ kind, subject }: InvoiceLineRecord): Pick<InvoiceLine, 'subject' | 'subjectKind'> {
  if (named.has(kind)) return lineSubjectOf(subject);
  return { subject: subject === '' ? null : subject };
}

export function chargeView(charge: ChargeRecord, catalog: Pick<Catalog, 'creditPacks' | 'plans'>): Charge {
  const { purpose } = charge;
  const known = subjectOfCharge(charge);
  const subject = nameOfSubject({ purpose, subject: known }, catalog);
  return {
    id: charge.id,
    purpose,
    invoiceId: charge.invoiceId,
    status: charge.status,
    amount: moneyView(charge.amount, charge),
    refunded: moneyView(charge.refunded, charge),
    ...(charge.disputes && {
      disputes: charge.disputes.map(({ status, amount, openedAtMs, endedAtMs }) => ({
        status,
        amount: moneyView(amount, charge),
        openedAt: formatInstant(openedAtMs),
        endedAt: formatInstantOrNull(endedAtMs),
      })),
    }),
    description: subject === known ? charge.description : describeCharge({ purpose, subject }),
    subject,
    failure: charge.failure,
    actionUrl: charge.actionUrl,
    createdAt: formatInstant(charge.createdAtMs),
    updatedAt: formatInstant(charge.updatedAtMs),
  };
}
