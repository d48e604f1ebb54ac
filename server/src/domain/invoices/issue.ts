import type { InvoiceLineKind } from '../../contract/invoices/invoices.ts';
import type { ActivityRecord } from '../activity/state.ts';
import type { Micros } from '../amounts/amounts.ts';
import { divideToCurrency } from '../amounts/currency.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import type { BillableFact, BillingPeriod } from '../subscription/state.ts';
import { addDaysMs } from '../time/calendar.ts';
import { nextNumber, withNumberGiven } from './invoice-number.ts';
import { buyerOf, invoiceActivity } from './parties.ts';
import type { InvoiceLineRecord, InvoiceRecord, UnpaidInvoice } from './state.ts';

/** Which facts are to be invoiced, and as of when. */
export interface Issuing {
  readonly atMs: number;
  /** `now`: only lines that are due at once. `boundary`: all lines, since a period or a cycle has begun. */
  readonly due: BillableFact['due'];
  /** The billing period that the invoice closes. */
  readonly closes: Pick<BillingPeriod, 'startsAtMs' | 'endsAtMs'>;
}

/** An account after invoices were made, and what they add to its history. */
export interface Issued {
  readonly state: AccountState;
  readonly invoices: readonly InvoiceRecord[];
  readonly activity: readonly ActivityRecord[];
}

/** The amount and content of a line before it is on an invoice. */
export type LineDraft = Omit<InvoiceLineRecord, 'id'>;

/**
 * Makes invoices from the billable lines: one for all lines due at a boundary, and one for each cause of lines due at once. The
 * number is assigned in the same decision, so that none is skipped or used twice. A total below 0, or below the smallest charge,
 * is carried to the next invoice.
 */
export function issueInvoices(state: AccountState, catalog: Catalog, issuing: Issuing): Issued {
  const { billables } = state.subscription;
  const taken = issuing.due === 'boundary' ? billables : billables.filter(({ due }) => due === 'now');
  if (taken.length === 0) return { state, invoices: [], activity: [] };
  const left = issuing.due === 'boundary' ? [] : billables.filter(({ due }) => due !== 'now');
  const bare: AccountState = { ...state, subscription: { ...state.subscription, billables: left } };
  return [...causesOf(taken, issuing)].reduce(
    (issued: Issued, [cause, facts]) => {
      const lines = facts.map((fact) => lineOf(fact, catalog));
      const next = issueInvoice(issued.state, catalog, { ...issuing, id: deriveId(cause, 'invoice'), lines });
      return {
        state: next.state,
        invoices: [...issued.invoices, ...next.invoices],
        activity: [...issued.activity, ...next.activity],
      };
    },
    { state: bare, invoices: [], activity: [] },
  );
}

/** Billable lines grouped by cause; only those of one currency, since an invoice has one. */
function causesOf(facts: readonly BillableFact[], { due, atMs }: Issuing): Map<string, BillableFact[]> {
  const causes = new Map<string, BillableFact[]>();
  const main = facts[0]?.currency;
  for (const fact of facts) {
    const cause = due === 'boundary' ? deriveId('period', atMs) : fact.causeId;
    const key = fact.currency === main ? cause : deriveId(cause, 'billed', fact.currency);
    const others = causes.get(key);
    if (others === undefined) causes.set(key, [fact]);
    else others.push(fact);
  }
  return causes;
}

/** The content of an invoice. */
export interface InvoiceDraft extends Omit<Issuing, 'due'> {
  readonly id: string;
  /** At least one, of one currency. */
  readonly lines: readonly LineDraft[];
  readonly currency?: string;
  readonly note?: string | null;
}

/** Makes one invoice: its lines, then tax, then the carried balance, and its number. */
export function issueInvoice(state: AccountState, catalog: Catalog, draft: InvoiceDraft): Issued {
  const currency = draft.currency ?? catalog.currency;
  const complete = completeLines(state, catalog, { ...draft, currency });
  const invoice = numberedInvoice(state, catalog, { ...draft, ...complete, currency });
  const numbered = withNumberGiven(state, 'invoice');
  const { billing } = numbered;
  const unpaid: UnpaidInvoice[] = invoice.status === 'paid' ? [] : [owed(state, catalog, invoice)];
  return {
    state: {
      ...numbered,
      billing: {
        ...billing,
        carried: withCarried(billing.carried, currency, complete.carried),
        unpaid: [...billing.unpaid, ...unpaid],
      },
    },
    invoices: [invoice],
    activity: [invoiceActivity(invoice, 'issued', draft.atMs)],
  };
}

/** Makes the invoice of an amount that has been paid, from lines that are complete: the carried balance is left to the next one. */
export function issuePaidInvoice(
  state: AccountState,
  catalog: Catalog,
  draft: InvoiceDraft & { readonly currency: string },
): Issued {
  const { total } = sumsOf(draft.lines);
  const invoice: InvoiceRecord = {
    ...numberedInvoice(state, catalog, { ...draft, total }),
    status: 'paid',
    dueAtMs: draft.atMs,
    paidAtMs: draft.atMs,
    amountPaid: total,
  };
  return {
    state: withNumberGiven(state, 'invoice'),
    invoices: [invoice],
    activity: [invoiceActivity(invoice, 'paid', draft.atMs)],
  };
}

/** The account's next invoice, under the number that follows its last one. */
function numberedInvoice(
  state: AccountState,
  catalog: Catalog,
  draft: InvoiceDraft & { readonly currency: string; readonly total: Micros },
): InvoiceRecord {
  const { profile } = state;
  const { id, atMs, closes, lines, total, currency } = draft;
  const isPaid = total === 0n;
  const termDays = planOf(state, catalog).paymentTermDays ?? catalog.billing.paymentTermDays;
  return {
    id,
    accountId: profile.id,
    kind: 'invoice',
    number: nextNumber(state, catalog, 'invoice'),
    corrects: null,
    status: isPaid ? 'paid' : 'open',
    currency,
    periodStartsAtMs: closes.startsAtMs,
    periodEndsAtMs: closes.endsAtMs,
    createdAtMs: atMs,
    dueAtMs: addDaysMs(atMs, termDays, profile.timeZone),
    paidAtMs: isPaid ? atMs : null,
    seller: catalog.billing.seller,
    buyer: buyerOf(state),
    lines: lines.map((line, index) => ({ ...line, id: deriveId(id, 'line', String(index + 1)) })),
    total,
    amountPaid: 0n,
    credited: 0n,
    note: draft.note ?? catalog.billing.note,
    timeZone: profile.timeZone,
  };
}

/** An invoice is charged when it is issued; without a payment method that is looked for when it is due. */
function owed({ profile }: AccountState, { billing }: Catalog, invoice: InvoiceRecord): UnpaidInvoice {
  const { id, number, currency, total, createdAtMs, dueAtMs } = invoice;
  const isCharged = billing.collects && total <= billing.maximumCharge;
  return {
    id,
    number,
    currency,
    amountDue: total,
    issuedAtMs: createdAtMs,
    dueAtMs: billing.collects ? dueAtMs : null,
    isPastDue: false,
    failures: 0,
    attempts: 0,
    nextChargeAtMs: !isCharged ? null : profile.paymentMethod?.confirmed === true ? createdAtMs : dueAtMs,
    charge: null,
    lastFailure: isCharged || !billing.collects ? null : 'The amount is beyond what can be charged at once.',
  };
}

interface CompleteLines {
  readonly lines: readonly LineDraft[];
  /** The sum of the lines; not negative. */
  readonly total: Micros;
  /** The balance carried to the next invoice. */
  readonly carried: Micros;
}

/**
 * The lines with tax and with the balance carried from the last invoice or to the next one. The tax base is the sum of the lines'
 * charges and credits; the carried balance was taxed where it arose.
 */
export function completeLines(
  state: AccountState,
  catalog: Catalog,
  {
    lines: charged,
    closes,
    currency,
  }: Pick<InvoiceDraft, 'lines' | 'closes'> & { readonly currency: string },
): CompleteLines {
  const lines = withTax(state, catalog, { lines: charged, closes, currency });
  const own = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const before = state.billing.carried[currency] ?? 0n;
  const due = own + before;
  const isCarried = due < 0n || (due > 0n && due < catalog.billing.minimumCharge);
  const carried = isCarried ? due : 0n;
  const balance = before - carried;
  if (balance !== 0n) lines.push(plainLine('balance', '', balance, closes));
  return { lines, total: own + balance, carried };
}

/** What an invoice asks for, and how it comes to that. */
export interface InvoiceSums {
  /** The charges and credits without tax and balance. */
  readonly net: Micros;
  readonly taxes: readonly { readonly label: string; readonly amount: Micros }[];
  /** Of the carried balance: negative pays a part, positive is owed from before. An amount too small to ask for is taken off here. */
  readonly balance: Micros;
  /** The sum of the others: the invoice's total; negative where the invoice asks for nothing and so much goes to the balance. */
  readonly total: Micros;
}

/** The sums of an invoice's lines. */
export function sumsOf(lines: readonly Pick<LineDraft, 'kind' | 'subject' | 'amount'>[]): InvoiceSums {
  const taxes = lines.filter(({ kind }) => kind === 'tax');
  const asked = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const own = lines.reduce((sum, { kind, amount }) => (kind === 'balance' ? sum : sum + amount), 0n);
  // An invoice below 0 is carried by a balance line. That is no payment from the balance but one to it.
  const total = asked === 0n && own < 0n ? own : asked;
  return {
    net: taxes.reduce((sum, { amount }) => sum - amount, own),
    taxes: taxes.map(({ subject, amount }) => ({ label: subject, amount })),
    balance: total - own,
    total,
  };
}

/** The lines with the taxes of the account on their sum: the one place that asks what tax there is. */
export function withTax(
  state: AccountState,
  { billing }: Catalog,
  { lines, closes, currency }: { lines: readonly LineDraft[]; closes: Issuing['closes']; currency: string },
): LineDraft[] {
  const base = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const taxes =
    billing.taxFor?.({
      accountId: state.profile.id,
      kind: state.profile.kind,
      currency,
      taxable: base,
      seller: billing.seller,
      buyer: buyerOf(state),
      lines,
    }) ??
    billing.taxes
      .filter(({ accountKinds }) => accountKinds.has(state.profile.kind))
      .map(({ label, percent }) => ({
        label,
        amount: divideToCurrency(base * percent, 100_000_000n, currency),
      }));
  const taxLines = taxes
    .filter(({ amount }) => amount !== 0n)
    .map(({ label, amount }) => plainLine('tax', label, divideToCurrency(amount, 1n, currency), closes));
  return [...lines, ...taxLines];
}

/** A line of one amount. */
export function plainLine(
  kind: InvoiceLineKind,
  subject: string,
  amount: Micros,
  { startsAtMs, endsAtMs }: Issuing['closes'],
): LineDraft {
  return {
    kind,
    subject,
    metric: null,
    quantity: null,
    unit: null,
    rateText: '',
    rate: null,
    ratePer: null,
    share: null,
    coversFromMs: startsAtMs,
    coversToMs: endsAtMs,
    amount,
    causeId: null,
  };
}

/** The line of a fact: its amount is the fact's, which was rounded where it arose. */
export function lineOf(fact: BillableFact, catalog: Catalog): LineDraft {
  const metric = fact.kind === 'usage' || fact.kind === 'late_usage' ? fact.ref : null;
  const ofOne = fact.unitPrice === null ? null : { amount: fact.unitPrice, per: 1 };
  const rate = fact.meteredRate ?? ofOne;
  return {
    kind: lineKindOf(fact, catalog),
    subject: fact.label,
    metric,
    quantity: fact.quantity,
    unit: metric === null ? null : (catalog.metrics.get(metric)?.unit ?? null),
    rateText: fact.rate,
    rate: rate?.amount ?? null,
    ratePer: rate?.per ?? null,
    share: fact.part === null ? null : { part: fact.part.of, of: fact.part.whole },
    coversFromMs: fact.coversFromMs,
    coversToMs: fact.coversToMs,
    amount: fact.amount,
    causeId: fact.causeId,
  };
}

const recurringKinds = {
  plan: 'plan_fee',
  seats: 'seats',
  add_on: 'add_on',
  dedicated_ips: 'dedicated_ips',
  custom: 'custom',
  minimum: 'minimum_commitment',
} as const;

function lineKindOf({ kind, amount, part, ref }: BillableFact, catalog: Catalog): InvoiceLineKind {
  if (kind === 'late_usage') return 'late_usage';
  if (kind === 'custom') return 'custom';
  if (kind === 'usage') return isAdditional(ref, catalog) ? 'additional_use' : 'overage';
  if (amount < 0n) return 'proration_credit';
  return part !== null && kind !== 'minimum' ? 'proration_charge' : recurringKinds[kind];
}

/** Whether accounts set by themselves if use of the metric goes on beyond the allowance. */
function isAdditional(metric: string, { plans }: Catalog): boolean {
  return [...plans.values()].some((plan) => plan.limits.get(metric)?.additionalUse != null);
}

/** Changes the balance carried to the next invoice by an amount. */
export function withCarried(
  carried: Readonly<Record<string, Micros>>,
  currency: string,
  amount: Micros,
): Readonly<Record<string, Micros>> {
  if ((carried[currency] ?? 0n) === amount) return carried;
  const { [currency]: _, ...others } = carried;
  return amount === 0n ? others : { ...others, [currency]: amount };
}
