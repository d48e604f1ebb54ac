import type { InvoiceKind } from '../../contract/invoices/invoices.ts';
import { type Micros, microsPerUnit } from '../amounts/amounts.ts';
import { divideToCurrency } from '../amounts/currency.ts';
import type { Drift } from '../credits/reconcile.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import type { InvoicedPart, UsageRecord } from '../usage/state.ts';
import type { ChargeRecord, InvoiceLineRecord, InvoiceRecord } from './state.ts';

/** Sums over an account's invoices, charges and uses that grow record by record, in any order. */
export interface MoneySums {
  readonly invoices: Map<string, InvoiceDigest>;
  /** By line of use: the units that the invoice bills, and the units that uses assign to the line. */
  readonly billedUnits: Map<string, Micros>;
  readonly usedUnits: Map<string, UsedUnits>;
  /** By currency: the money that charges took, including charges of plan changes. */
  readonly taken: Map<string, Micros>;
  /** By refund: what a credit note gave back to where it was paid from. */
  readonly refunded: Map<string, Micros>;
  /** By currency: what refunds took off the balance. */
  readonly offBalance: Map<string, Micros>;
  /** By invoice: what its charges paid of it. */
  readonly paidByCharges: Map<string, Micros>;
  readonly charges: Map<string, Pick<ChargeRecord, 'status' | 'invoiceId'>>;
  /** By unit: what uses say that grants paid. */
  readonly paidByGrants: Map<string, Micros>;
  /** The latest use without a record of its invoiced amount; -1 if all have one. */
  unknownUntilMs: number;
  /** Whether it is known of each charge what of it went to the balance. */
  isSurplusKnown: boolean;
  /** Drift within one record. */
  readonly drifts: Drift[];
}

interface InvoiceDigest {
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly status: InvoiceRecord['status'];
  readonly currency: string;
  readonly total: Micros;
  /** The sum of the lines without balance lines. */
  readonly own: Micros;
  readonly amountPaid: Micros;
  readonly credited: Micros;
  readonly correctsId: string | null;
  readonly lines: number;
}

interface UsedUnits {
  readonly metric: string;
  readonly fromMs: number | null;
  readonly units: Micros;
}

/** Sums before anything of an account is read. */
export function createMoneySums(): MoneySums {
  return {
    invoices: new Map(),
    billedUnits: new Map(),
    usedUnits: new Map(),
    taken: new Map(),
    refunded: new Map(),
    offBalance: new Map(),
    paidByCharges: new Map(),
    charges: new Map(),
    paidByGrants: new Map(),
    unknownUntilMs: -1,
    isSurplusKnown: true,
    drifts: [],
  };
}

const add = <Key>(sums: Map<Key, Micros>, key: Key, amount: Micros) =>
  sums.set(key, (sums.get(key) ?? 0n) + amount);

/** Names a line of use: by metric and where the time begins that it covers, or, of late use, by what it bills. */
const lineKey = (metric: string, of: number | string) => `${metric} ${of}`;

/** Adds an invoice to the sums, and what of it does not add up. */
export function addInvoice(sums: MoneySums, invoice: InvoiceRecord): void {
  const { id, kind, number, status, currency, total, lines, amountPaid, credited, corrects } = invoice;
  const sum = sumOfLines(lines);
  if (sum !== total) sums.drifts.push(driftOf(invoice.accountId, `invoice ${number} total`, sum, total));
  sums.invoices.set(id, {
    kind,
    number,
    status,
    currency,
    total,
    own: total - sumOfLines(lines.filter((line) => line.kind === 'balance')),
    amountPaid,
    credited,
    correctsId: corrects?.id ?? null,
    lines: lines.length,
  });
  if (kind !== 'invoice') return;
  for (const line of lines) {
    addLineOfUse(sums, line);
    const priced = priceOf(line, currency);
    if (priced !== null && priced !== line.amount)
      sums.drifts.push(driftOf(invoice.accountId, `invoice ${number} line ${line.id}`, priced, line.amount));
  }
}

/**
 * The amount that a line's quantity comes to at its rate, negative where the line gives back; null where it has no rate, or where
 * the amount is a part of that: a share of a period, or the difference that late use makes.
 */
function priceOf(
  { kind, quantity, rate, ratePer, share, amount }: InvoiceLineRecord,
  currency: string,
): Micros | null {
  if (quantity === null || rate === null || ratePer === null || share !== null) return null;
  if (kind === 'late_usage') return null;
  const price = divideToCurrency(quantity * rate, microsPerUnit * BigInt(ratePer), currency);
  // The end of a contract gives back a period that was paid ahead by a line of the contract's own kind.
  const givesBack = kind === 'proration_credit' || (kind === 'custom' && amount < 0n);
  return givesBack ? -price : price;
}

function sumOfLines(lines: readonly InvoiceLineRecord[]): Micros {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

function addLineOfUse(
  sums: MoneySums,
  { kind, metric, quantity, coversFromMs, causeId }: InvoiceLineRecord,
): void {
  if (metric === null || quantity === null) return;
  if (kind !== 'late_usage') add(sums.billedUnits, lineKey(metric, coversFromMs), quantity);
  else if (causeId !== null) add(sums.billedUnits, lineKey(metric, causeId), quantity);
}

/** Adds what a use says of its payment to the sums. */
export function addUse(sums: MoneySums, { id, atMs, invoiced, grantsUsed, unit }: UsageRecord): void {
  for (const { amount } of grantsUsed) add(sums.paidByGrants, unit, amount);
  if (invoiced === null) sums.unknownUntilMs = Math.max(sums.unknownUntilMs, atMs);
  for (const part of invoiced ?? []) addPart(sums, id, part);
}

function addPart(sums: MoneySums, usageId: string, { metric, quantity, fromMs }: InvoicedPart): void {
  const key = lineKey(metric, fromMs ?? usageId);
  const units = (sums.usedUnits.get(key)?.units ?? 0n) + quantity;
  sums.usedUnits.set(key, { metric, fromMs, units });
}

/** Adds a charge to the sums, and what of it does not add up. */
export function addCharge(sums: MoneySums, charge: ChargeRecord): void {
  const { id, accountId, purpose, invoiceId, status, amount, surplus, refunds, refunded, currency } = charge;
  sums.charges.set(id, { status, invoiceId });
  const back = refunds.reduce(
    (sum, refund) => (refund.status === 'succeeded' ? sum + refund.amount : sum),
    0n,
  );
  if (back !== refunded) sums.drifts.push(driftOf(accountId, `charge ${id} refunded`, back, refunded));
  for (const { id: refundId, amount: given, fromBalance = 0n, status: became, ...of } of refunds) {
    // What did not reach the payer is in the balance.
    if (became === 'failed' && (of.isNoted === true || of.makesCreditNote === true)) continue;
    add(sums.refunded, refundId, given - fromBalance);
    add(sums.offBalance, currency, fromBalance);
  }
  // A purchase that was paid before purchases had invoices is on none.
  if ((purpose === 'purchase' && invoiceId === null) || status !== 'succeeded') return;
  add(sums.taken, currency, amount);
  if (surplus === null) sums.isSurplusKnown = false;
  if (invoiceId !== null) add(sums.paidByCharges, invoiceId, amount - (surplus ?? 0n));
}

/**
 * Compares an account's debts and balance with all of its invoices, charges and uses: lines with totals, numbers with the
 * assigned ones, the amount owed with the open invoices, the balance with the payments and refunds, and the units on lines with
 * the units of uses.
 */
export function findMoneyDrift(state: AccountState, sums: MoneySums): Drift[] {
  const { id: accountId } = state.profile;
  const drifts = [...sums.drifts];
  const compare = (subject: string, expected: Micros | number | string, found: Micros | number | string) => {
    if (expected !== found) drifts.push(driftOf(accountId, subject, expected, found));
  };
  compareNumbers(state, sums, compare);
  compareOwed(state, sums, compare);
  if (sums.isSurplusKnown) compareBalances(state, sums, compare);
  compareUnits(state, sums, compare);
  return drifts;
}

/** Compares what uses say that grants paid with the debits of the ledger. */
export function findUseDrift(
  accountId: string,
  { paidByGrants }: MoneySums,
  debits: ReadonlyMap<string, Micros>,
): Drift[] {
  return [...new Set([...paidByGrants.keys(), ...debits.keys()])].flatMap((unit) => {
    const [used, debited] = [paidByGrants.get(unit) ?? 0n, debits.get(unit) ?? 0n];
    return used === debited ? [] : [driftOf(accountId, `uses paid in ${unit}`, debited, used)];
  });
}

type Compare = (subject: string, expected: Micros | number | string, found: Micros | number | string) => void;

/** Every number from 1 to the last one that was given, once. The words before it are the catalog's of its day. */
function compareNumbers({ billing }: AccountState, { invoices }: MoneySums, compare: Compare): void {
  for (const kind of ['invoice', 'credit_note'] as const) {
    const own = [...invoices.values()].filter((invoice) => invoice.kind === kind);
    const numbers = own.map(({ number }) => Number(/\d+$/.exec(number)?.[0] ?? 0));
    const series = Array.from({ length: billing.numbered[kind] }, (_, index) => index + 1);
    const found = numbers.sort((a, b) => a - b);
    compare(`numbers of ${kind}s`, series.join(' '), found.join(' '));
  }
}

function compareOwed({ billing }: AccountState, { invoices, charges }: MoneySums, compare: Compare): void {
  const unpaid = new Map(billing.unpaid.map((each) => [each.id, each]));
  for (const [id, { kind, number, status, total, amountPaid, credited }] of invoices) {
    if (kind !== 'invoice') continue;
    const owed = unpaid.get(id);
    compare(
      `invoice ${number} status`,
      owed === undefined ? 'not owed' : 'open',
      status === 'open' ? 'open' : 'not owed',
    );
    if (owed !== undefined) compare(`invoice ${number} due`, total - amountPaid - credited, owed.amountDue);
    if (owed?.charge)
      compare(
        `charge ${owed.charge.id}`,
        owed.charge.status,
        charges.get(owed.charge.id)?.status ?? 'missing',
      );
  }
  for (const [id, { number }] of unpaid)
    if (!invoices.has(id)) compare(`invoice ${number}`, 'open', 'missing');
  for (const [id, { status, invoiceId }] of charges) {
    if (invoiceId === null || (status !== 'ordered' && status !== 'settling')) continue;
    compare(`charge of ${invoiceId}`, id, unpaid.get(invoiceId)?.charge?.id ?? 'none');
  }
}

/**
 * Every billed amount is owed, paid, credited or carried: so the owed and carried amounts equal the sum of the lines minus the
 * payments, in each currency.
 */
function compareBalances({ billing }: AccountState, sums: MoneySums, compare: Compare): void {
  const expected = new Map<string, Micros>();
  const found = new Map<string, Micros>();
  for (const [id, invoice] of sums.invoices) {
    const { kind, status, currency, total, own, amountPaid, credited, correctsId } = invoice;
    if (kind === 'credit_note') {
      const corrected = correctsId === null ? undefined : sums.invoices.get(correctsId);
      if (corrected?.status !== 'void') add(expected, currency, total);
      add(expected, currency, refundedBy(id, sums.refunded));
      continue;
    }
    if (status !== 'void') add(expected, currency, own);
    const otherwisePaid = amountPaid - (sums.paidByCharges.get(id) ?? 0n);
    if (otherwisePaid > 0n) add(expected, currency, -otherwisePaid);
    if (status === 'uncollectible') add(found, currency, total - amountPaid - credited);
  }
  for (const [currency, amount] of sums.taken) add(expected, currency, -amount);
  for (const [currency, amount] of sums.offBalance) add(expected, currency, amount);
  for (const { currency, amountDue } of billing.unpaid) add(found, currency, amountDue);
  for (const [currency, amount] of Object.entries(billing.carried)) add(found, currency, amount);
  for (const currency of new Set([...expected.keys(), ...found.keys()]))
    compare(`balance ${currency}`, expected.get(currency) ?? 0n, found.get(currency) ?? 0n);
}

/** The amount that the refund of a credit note gives back: the one that the note ordered has its command, or the note is the refund's own. */
function refundedBy(creditNoteId: string, refunded: ReadonlyMap<string, Micros>): Micros {
  const cause = creditNoteId.slice(0, creditNoteId.lastIndexOf(deriveId('', 'credit-note')));
  return refunded.get(deriveId(cause, 'refund')) ?? refunded.get(cause) ?? 0n;
}

/**
 * Each invoiced unit of a use is on exactly one line. Units without a line belong to the present cycle, are late and wait for a
 * boundary, or cost less than the currency's smallest unit.
 */
function compareUnits(
  { usage, subscription, billing }: AccountState,
  sums: MoneySums,
  compare: Compare,
): void {
  const { unknownUntilMs } = sums;
  const waiting = new Set(
    subscription.billables.map(({ ref, kind, coversFromMs, causeId }) =>
      lineKey(ref, kind === 'late_usage' ? causeId : coversFromMs),
    ),
  );
  for (const [key, billed] of sums.billedUnits) {
    const from = Number(key.slice(key.lastIndexOf(' ') + 1));
    if (from === usage.invoicedFromMs || (unknownUntilMs >= 0 && !(from > unknownUntilMs))) continue;
    compare(`units of ${key}`, sums.usedUnits.get(key)?.units ?? 0n, billed);
  }
  const present = new Map<string, Micros>();
  const unbilled = new Map<string, Micros>();
  for (const [key, { metric, fromMs, units }] of sums.usedUnits) {
    const billed = sums.billedUnits.get(key);
    // A change of plan at the instant at which the line of what follows begins has billed a part under the same name.
    if (fromMs === usage.invoicedFromMs) add(present, metric, units - (billed ?? 0n));
    else if (billed === undefined && !waiting.has(key)) add(unbilled, metric, units);
  }
  if (usage.invoicedFromMs > unknownUntilMs)
    compareAmounts('units to be invoiced', present, usage.invoiced, compare);
  if (unknownUntilMs < 0) compareAmounts('units on no line', unbilled, billing.unbilled, compare);
}

function compareAmounts(
  subject: string,
  expected: ReadonlyMap<string, Micros>,
  found: Readonly<Record<string, Micros>>,
  compare: Compare,
): void {
  for (const key of new Set([...expected.keys(), ...Object.keys(found)]))
    compare(`${subject} of ${key}`, expected.get(key) ?? 0n, found[key] ?? 0n);
}

function driftOf(
  accountId: string,
  subject: string,
  expected: Micros | number | string,
  found: Micros | number | string,
): Drift {
  return { accountId, subject, expected: String(expected), found: String(found) };
}
