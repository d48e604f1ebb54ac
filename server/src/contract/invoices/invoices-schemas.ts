import * as z from 'zod';
import { meter } from '../usage/usage-schemas.ts';
import {
  amount,
  currency,
  decimal,
  email,
  instant,
  language,
  line,
  money,
  pageOf,
  positiveAmount,
  signedAmount,
  text,
  unitLabel,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { charge } from './charges-schemas.ts';
import type {
  BillingConfig,
  BillingDetails,
  CreditNoteAnswer,
  CreditNoteRequest,
  CustomLineAnswer,
  CustomLineRequest,
  ExplainedInvoiceLine,
  Invoice,
  InvoicedUse,
  InvoiceExportQuery,
  InvoiceLine,
  InvoiceParty,
  InvoicePdfQuery,
  InvoiceReason,
  PayAnswer,
  ProjectedInvoice,
  TaxConfig,
  UnpaidTotal,
  UpcomingInvoice,
  UsageCost,
} from './invoices.ts';

export const invoiceParty = tied<InvoiceParty>()(
  z.strictObject({
    name: z.string(),
    addressLines: z.array(z.string()),
    taxId: z.string().nullable(),
    email: z.string().nullable(),
  }),
);

export const invoiceLine = tied<InvoiceLine>()(
  z.strictObject({
    id: z.string(),
    kind: z.enum([
      'plan_fee',
      'minimum_commitment',
      'seats',
      'add_on',
      'dedicated_ips',
      'overage',
      'additional_use',
      'late_usage',
      'proration_charge',
      'proration_credit',
      'balance',
      'credit_note',
      'custom',
      'credit_pack',
      'tax',
    ]),
    subject: z.string().nullable(),
    subjectKind: z.enum(['plan', 'dedicated_ips']).exactOptional(),
    metric: z.string().nullable(),
    quantity: decimal.nullable(),
    unit: unitLabel.nullable(),
    rate: money.nullable(),
    ratePer: z.int().nullable(),
    share: z.strictObject({ part: z.number(), of: z.number() }).nullable(),
    periodStartsAt: instant,
    periodEndsAt: instant,
    amount: money,
  }),
);

export const invoice = tied<Invoice>()(
  z.strictObject({
    id: z.string(),
    kind: z.enum(['invoice', 'credit_note']),
    number: z.string().nullable(),
    correctsNumber: z.string().nullable(),
    status: z.enum(['draft', 'open', 'paid', 'past_due', 'void', 'uncollectible']),
    currency,
    periodStartsAt: instant,
    periodEndsAt: instant,
    issuedAt: instant.nullable(),
    dueAt: instant.nullable(),
    paidAt: instant.nullable(),
    seller: invoiceParty,
    buyer: invoiceParty,
    lines: z.array(invoiceLine),
    subtotal: money,
    tax: money,
    total: money,
    amountPaid: money,
    amountCredited: money,
    amountDue: money,
    note: z.string().nullable(),
    timeZone: z.string(),
    keepsName: z.literal(true).exactOptional(),
  }),
);
export const invoicePage = pageOf(invoice);

export const invoicedUse = tied<InvoicedUse>()(
  z.strictObject({
    usageId: z.string(),
    at: instant,
    quantity: decimal,
    memberId: z.string().nullable(),
    memberName: z.string().exactOptional(),
    agentId: z.string().nullable(),
    projectId: z.string().nullable(),
    taskId: z.string().nullable(),
    taskName: z.string().nullable(),
  }),
);
export const explainedInvoiceLine = tied<ExplainedInvoiceLine>()(
  z.strictObject({
    line: invoiceLine,
    price: z.string().nullable(),
    of: money.nullable(),
    causeId: z.string().nullable(),
    uses: pageOf(invoicedUse),
    isComplete: z.boolean(),
  }),
);

export const projectedInvoice = tied<ProjectedInvoice>()(
  z.strictObject({
    total: money,
    overage: money,
    method: z.enum(['daily_rate', 'no_overage']),
    at: instant,
  }),
);
export const unpaidTotal = tied<UnpaidTotal>()(
  z.strictObject({
    amountDue: money,
    invoices: z.int(),
    isPastDue: z.boolean(),
    dueAt: instant.nullable(),
    actionUrl: z.string().nullable(),
  }),
);
export const usageCost = tied<UsageCost>()(
  z.strictObject({
    meter,
    beyond: decimal,
    rate: money.nullable(),
    ratePer: z.int().nullable(),
    amount: money,
  }),
);
export const upcomingInvoice = tied<UpcomingInvoice>()(
  z.strictObject({
    invoice,
    projected: projectedInvoice.nullable(),
    unpaid: unpaidTotal.nullable(),
    costs: z.array(usageCost),
    asOf: instant,
  }),
);

export const payAnswer = tied<PayAnswer>()(z.strictObject({ invoice, charge }));
export const invoiceReason = tied<InvoiceReason>()(z.strictObject({ reason: text }));
export const creditNoteRequest = tied<CreditNoteRequest>()(
  z.strictObject({
    amount: positiveAmount.exactOptional(),
    reason: text,
    give: z.enum(['balance', 'refund']).exactOptional(),
  }),
);
export const customLineRequest = tied<CustomLineRequest>()(
  z.strictObject({
    subject: line,
    amount: signedAmount,
    quantity: positiveAmount.exactOptional(),
    periodStartsAt: instant.exactOptional(),
    periodEndsAt: instant.exactOptional(),
    when: z.enum(['now', 'boundary']).exactOptional(),
    reason: text.exactOptional(),
  }),
);
export const customLineAnswer = tied<CustomLineAnswer>()(
  z.strictObject({ invoice: invoice.nullable(), invoicedAt: instant }),
);
export const creditNoteAnswer = tied<CreditNoteAnswer>()(z.strictObject({ creditNote: invoice, invoice }));

/** The accepted form of a party; a stored party is answered unchanged. */
export const billingDetails = tied<BillingDetails>()(
  z.strictObject({
    name: line,
    addressLines: z.array(line).max(8),
    taxId: line.max(40).nullable(),
    email: email.nullable(),
  }),
);
export const invoicePdfQuery = tied<InvoicePdfQuery>()(
  z.strictObject({ language: language.exactOptional() }),
);
export const invoiceExportQuery = tied<InvoiceExportQuery>()(
  z.strictObject({ rows: z.enum(['invoices', 'lines']).exactOptional() }),
);

export const taxConfig = tied<TaxConfig>()(
  z.strictObject({
    label: text,
    percent: amount,
    accountKinds: z
      .array(z.enum(['organization', 'person']))
      .min(1)
      .exactOptional(),
  }),
);
export const billingConfig = tied<BillingConfig>()(
  z.strictObject({
    seller: z
      .strictObject({
        name: line,
        addressLines: z.array(line).max(8).exactOptional(),
        taxId: line.max(40).exactOptional(),
        email: email.exactOptional(),
      })
      .exactOptional(),
    paymentTermDays: z.int().min(0).max(365).exactOptional(),
    retryDays: z.array(z.int().min(1).max(365)).max(20).exactOptional(),
    minimumCharge: amount.exactOptional(),
    maximumCharge: positiveAmount.exactOptional(),
    withoutPaymentMethod: z.enum(['refuse', 'invoice']).exactOptional(),
    note: z.string().min(1).max(1_000).exactOptional(),
    numberPrefix: z
      .string()
      .max(30)
      .regex(/^([A-Za-z0-9/-]*\{account\}[/-])?([A-Za-z0-9/-]*[A-Za-z/-])?$/, {
        error: 'letters, digits, - and /, with no digit at its end, and once {account} with - or / after it',
      })
      .exactOptional(),
    taxes: z.array(taxConfig).max(5).exactOptional(),
  }),
);
