import { activityRecord } from '../../activity/activity.ts';
import type { ActivityRecord } from '../../activity/state.ts';
import { formatAmount, lesserOf, type Micros } from '../../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../../decision.ts';
import { noFacts } from '../../facts.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { takeBackCredits } from '../../purchases/take-back-credits.ts';
import type { AccountState } from '../../state.ts';
import { charging, failed, orderOf, pastDueActivity, withStanding } from '../collect.ts';
import { type IssuedCreditNote, issueCreditNote } from '../credit-note.ts';
import { payInvoice, withBalance, withUnpaid } from '../paid-invoice.ts';
import type { ChargeRecord, ChargeUnderWay, InvoiceRecord, RefundRecord, UnpaidInvoice } from '../state.ts';
import { assertWholeParts } from '../whole-parts.ts';
import { subjectOfCharge } from './charge-words.ts';
import { dropUnpaidChange, makePaidChange } from './charged-change.ts';

/** The payment provider's answer. */
export type ChargeOutcome =
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'settling' }
  | { readonly outcome: 'needs_action'; readonly actionUrl: string }
  | { readonly outcome: 'failed'; readonly message: string };

/** Whether the payment provider has to be asked about it: to charge, whether a debit has settled, or to give back. */
export function isWaiting({ purpose, status, refunds }: ChargeRecord): boolean {
  if (refunds.some((refund) => refund.status === 'ordered')) return true;
  return purpose !== 'purchase' && (status === 'ordered' || status === 'settling');
}

/** Whether a charge comes before a change, which is made once it has succeeded. */
function isForChange({ purpose }: Pick<ChargeRecord, 'purpose'>): boolean {
  return purpose === 'plan_change' || purpose === 'quantity_change';
}

/**
 * Holds that the change of a charge can be withdrawn: it waits for somebody to confirm it, or has failed already. A debit that is on
 * its way cannot be called back.
 * @throws DomainError `conflict` for any other charge.
 */
export function assertWithdrawable(charge: Pick<ChargeRecord, 'purpose' | 'status'>): void {
  if (isForChange(charge) && (charge.status === 'needs_action' || charge.status === 'failed')) return;
  throw new DomainError(
    'conflict',
    'This charge does not wait to be confirmed for a change',
    '',
    'a charge of a change that waits to be confirmed',
  );
}

/** Whether a charge has come to its end. */
export function hasEnded({ status }: Pick<ChargeRecord, 'status'>): boolean {
  return status === 'succeeded' || status === 'failed';
}

/**
 * Records the provider's answer for a charge of an invoice. An ended charge does not change, so the same answer may arrive twice.
 * An overpayment goes to the account's balance.
 */
export function decideChargeResult(
  context: DecisionContext,
  charge: ChargeRecord,
  invoice: InvoiceRecord | undefined,
  result: ChargeOutcome,
): Decision<ChargeRecord> {
  const { state, nowMs } = context;
  if (hasEnded(charge)) return { outcome: charge, state, facts: noFacts };
  const changed: ChargeRecord = {
    ...charge,
    status: result.outcome,
    failure: result.outcome === 'failed' ? result.message : null,
    actionUrl: result.outcome === 'needs_action' ? result.actionUrl : null,
    updatedAtMs: nowMs,
  };
  if (result.outcome === 'succeeded')
    return isForChange(charge) ? makePaidChange(context, changed) : succeed(context, changed, invoice);
  if (result.outcome === 'failed')
    return isForChange(charge) ? dropUnpaidChange(context, changed) : fail(context, changed, result.message);
  const underWay: ChargeUnderWay = { id: charge.id, status: result.outcome, actionUrl: changed.actionUrl };
  const next = withUnderWay(state, charge, underWay);
  return { outcome: changed, state: next, facts: { ...noFacts, charges: [changed] } };
}

function succeed(
  context: DecisionContext,
  charge: ChargeRecord,
  invoice: InvoiceRecord | undefined,
): Decision<ChargeRecord> {
  const { state } = context;
  const unpaid = state.billing.unpaid.find(({ id }) => id === charge.invoiceId);
  if (unpaid === undefined || invoice === undefined) {
    // It was paid in another way, or is not owed any more: the account has the money, and it can be refunded.
    const kept: ChargeRecord = { ...charge, surplus: charge.amount };
    return {
      outcome: kept,
      state: withBalance(state, charge.currency, -charge.amount),
      facts: { ...noFacts, charges: [kept], activity: [surplusActivity(kept, context)] },
    };
  }
  const paid = payInvoice(context, invoice, charge.amount);
  const ended: ChargeRecord = { ...charge, surplus: paid.surplus };
  return {
    outcome: ended,
    state: paid.state,
    facts: { ...noFacts, charges: [ended], invoices: [paid.invoice], activity: [...paid.activity] },
  };
}

function fail(context: DecisionContext, charge: ChargeRecord, message: string): Decision<ChargeRecord> {
  const { state, catalog, nowMs } = context;
  const { timeZone } = state.profile;
  const next = withUnpaid(state, charge, (unpaid) => failed(unpaid, catalog, message, nowMs, timeZone));
  const before = state.billing.unpaid.find(({ id }) => id === charge.invoiceId);
  const after = next.billing.unpaid.find(({ id }) => id === charge.invoiceId);
  const isNew = before?.isPastDue === false && after?.isPastDue === true;
  return {
    outcome: charge,
    state: withStanding(next, catalog),
    facts: {
      ...noFacts,
      charges: [charge],
      activity: isNew ? [pastDueActivity(next, after, nowMs)] : [],
    },
  };
}

/** The account with what its charge has come to, on the invoice or the change that it is for. */
function withUnderWay(state: AccountState, charge: ChargeRecord, underWay: ChargeUnderWay): AccountState {
  const { billing } = state;
  if (billing.pendingChange?.chargeId === charge.id)
    return {
      ...state,
      billing: { ...billing, pendingChange: { ...billing.pendingChange, charge: underWay } },
    };
  return withUnpaid(state, charge, (unpaid) => ({ ...unpaid, charge: underWay }));
}

function surplusActivity(charge: ChargeRecord, { nowMs }: Pick<DecisionContext, 'nowMs'>): ActivityRecord {
  const { accountId, amount, currency } = charge;
  return activityRecord(
    { id: deriveId(charge.id, 'activity', 'surplus'), accountId, atMs: nowMs },
    {
      kind: 'invoice_paid',
      event: { kind: 'paid_ahead', amount: { amount: formatAmount(amount), currency } },
    },
  );
}

/**
 * Charges an invoice that is owed now, as a person wants who is there to confirm it. While a charge of it is under way that
 * one is the answer, and no other is made.
 * @throws DomainError `conflict` where it is not owed; `payment_method_required`; `amount_out_of_range` beyond the provider's
 * largest charge.
 */
export function decidePay(
  context: DecisionContext,
  invoice: InvoiceRecord,
): Decision<{ readonly chargeId: string; readonly order: ChargeRecord | null }> {
  const { state, catalog, nowMs } = context;
  const unpaid = requireOwed(state, invoice);
  if (unpaid.charge !== null)
    return { outcome: { chargeId: unpaid.charge.id, order: null }, state, facts: noFacts };
  const method = state.profile.paymentMethod;
  if (method?.confirmed !== true)
    throw new DomainError('payment_method_required', 'The account has no confirmed payment method');
  const { maximumCharge } = catalog.billing;
  if (unpaid.amountDue > maximumCharge)
    throw new DomainError(
      'amount_out_of_range',
      `${formatAmount(unpaid.amountDue)} ${unpaid.currency} are more than can be charged at once`,
      '',
      `at most ${formatAmount(maximumCharge)}`,
    );
  const order = orderOf(state, unpaid, method.id, nowMs, true);
  const charged = state.billing.unpaid.map((each) => (each.id === unpaid.id ? charging(each, order) : each));
  return {
    outcome: { chargeId: order.id, order },
    state: { ...state, billing: { ...state.billing, unpaid: charged } },
    facts: { ...noFacts, charges: [order] },
  };
}

/** @throws DomainError `conflict` where the invoice is not owed. */
export function requireOwed(state: AccountState, invoice: InvoiceRecord): UnpaidInvoice {
  const unpaid = state.billing.unpaid.find(({ id }) => id === invoice.id);
  if (unpaid !== undefined) return unpaid;
  const words = invoice.kind === 'credit_note' ? 'a credit note' : invoice.status;
  throw new DomainError(
    'conflict',
    `${invoice.number} is ${words} and not owed`,
    '',
    'an invoice that is owed',
  );
}

export interface RefundCommand {
  readonly amount: Micros | null;
  readonly reason: string;
}

/** Whether a refund makes its credit note, or was ordered by one. */
export type NoteOfRefund = 'to_make' | 'noted';

/**
 * Orders the refund of a part of a charge, or of its whole rest, to the payment method. What it paid is credited once the provider has
 * given the money back, so a refund that fails leaves no note.
 * @throws DomainError `conflict` for a charge that has not succeeded, is disputed or has no rest; `amount_out_of_range` for more than
 * the rest; `invalid_request` for finer parts than the currency has.
 */
export function decideRefund(
  context: DecisionContext,
  charge: ChargeRecord,
  { amount, reason }: RefundCommand,
  creditNote: NoteOfRefund = 'to_make',
): Decision<ChargeRecord> {
  const { state, nowMs, commandId } = context;
  if (charge.status !== 'succeeded')
    throw new DomainError('conflict', 'This charge took no money', '', 'a charge that succeeded');
  // The bank has taken the money back already, and decides who keeps it: a refund would give it back twice.
  if (charge.disputes?.some(({ status }) => status === 'open') === true)
    throw new DomainError(
      'conflict',
      'The payer has disputed this charge at the bank',
      '',
      'the same once the dispute has ended',
    );
  const left = refundableOf(charge);
  if (left === 0n) throw new DomainError('conflict', 'The whole charge was refunded already');
  const refunded = amount ?? left;
  if (refunded > left)
    throw new DomainError(
      'amount_out_of_range',
      `${formatAmount(left)} ${charge.currency} remain of the charge`,
      '/amount',
      `at most ${formatAmount(left)}`,
    );
  if (amount !== null) assertWholeParts(amount, charge.currency);
  const refund: RefundRecord = {
    id: deriveId(commandId, 'refund'),
    amount: refunded,
    status: 'ordered',
    reason,
    ...(creditNote === 'noted' && { isNoted: true }),
    ...(creditNote === 'to_make' && isInvoiced(charge) && { makesCreditNote: true }),
    createdAtMs: nowMs,
  };
  const ordered: ChargeRecord = { ...charge, refunds: [...charge.refunds, refund], updatedAtMs: nowMs };
  return { outcome: ordered, state, facts: { ...noFacts, charges: [ordered] } };
}

/** Whether its money stands on an invoice or in the balance, as that of a purchase from before purchases had invoices does not. */
export function isInvoiced({ purpose, invoiceId }: ChargeRecord): boolean {
  return purpose !== 'purchase' || invoiceId !== null;
}

/** The refundable rest of a charge: the charged amount minus completed and ordered refunds. */
export function refundableOf({ amount, refunds }: ChargeRecord): Micros {
  return refunds.reduce((left, refund) => (refund.status === 'failed' ? left : left - refund.amount), amount);
}

/**
 * Takes over what the provider answered for a refund, takes back the credits that it paid for, and what it paid off the invoice and the
 * balance. One that has ended stays as it is.
 */
export function decideRefundResult(
  context: DecisionContext,
  { charge, invoice }: { readonly charge: ChargeRecord; readonly invoice?: InvoiceRecord | undefined },
  refundId: string,
  result: { readonly outcome: 'succeeded' | 'failed'; readonly message?: string },
): Decision<ChargeRecord> {
  const { state, nowMs } = context;
  const refund = charge.refunds.find(({ id }) => id === refundId);
  if (refund === undefined || refund.status !== 'ordered') return { outcome: charge, state, facts: noFacts };
  const isGiven = result.outcome === 'succeeded';
  const taken = isGiven ? takeBackCredits(context, refund) : { state, entries: noFacts.entries };
  const back = isGiven
    ? takeOff({ ...context, state: taken.state }, charge, refund, invoice)
    : {
        // What a note has credited and nobody got stays the account's.
        state: refund.isNoted === true ? withBalance(state, charge.currency, -refund.amount) : state,
        note: null,
        fromBalance: 0n,
      };
  const ended: RefundRecord = {
    ...refund,
    status: result.outcome,
    ...(back.fromBalance > 0n && { fromBalance: back.fromBalance }),
  };
  const changed: ChargeRecord = {
    ...charge,
    refunded: charge.refunded + (isGiven ? refund.amount : 0n),
    refunds: charge.refunds.map((each) => (each.id === refundId ? ended : each)),
    updatedAtMs: nowMs,
  };
  const activity = activityRecord(
    { id: deriveId(refundId, 'activity'), accountId: charge.accountId, atMs: nowMs },
    {
      kind: 'payment_refunded',
      event: {
        kind: 'refunded',
        amount: { amount: formatAmount(refund.amount), currency: charge.currency },
        purpose: charge.purpose,
        subject: subjectOfCharge(charge),
        failure: result.outcome === 'succeeded' ? null : (result.message ?? ''),
      },
      reason: refund.reason || null,
    },
  );
  const { note } = back;
  return {
    outcome: changed,
    state: back.state,
    facts: {
      ...noFacts,
      entries: taken.entries,
      charges: [changed],
      invoices: note === null ? [] : [note.creditNote, note.invoice],
      activity: note === null ? [activity] : [activity, note.activity],
    },
  };
}

interface TakenOff {
  readonly state: AccountState;
  readonly note: IssuedCreditNote | null;
  readonly fromBalance: Micros;
}

/**
 * Takes refunded money off where it went: what lay in the balance first, then the invoice by a credit note, as far as that has not been
 * credited. A note that credited it before gave it to the balance, so the rest comes off that.
 */
function takeOff(
  context: Pick<DecisionContext, 'state' | 'catalog' | 'nowMs'>,
  charge: ChargeRecord,
  { id, amount, reason, makesCreditNote }: RefundRecord,
  invoice: InvoiceRecord | undefined,
): TakenOff {
  const { state } = context;
  if (makesCreditNote === undefined) return { state, note: null, fromBalance: 0n };
  const before = charge.refunds.reduce((sum, refund) => sum + (refund.fromBalance ?? 0n), 0n);
  const surplus = charge.surplus ?? 0n;
  const ofSurplus = surplus > before ? lesserOf(amount, surplus - before) : 0n;
  const creditable = invoice?.status === 'paid' ? invoice.total - invoice.credited : 0n;
  const credit = lesserOf(amount - ofSurplus, creditable);
  const note =
    credit > 0n && invoice !== undefined
      ? issueCreditNote(context, invoice, { id: deriveId(id, 'credit-note'), causeId: id, credit, reason })
      : null;
  const fromBalance = amount - (note === null ? 0n : credit);
  return { state: withBalance(note?.state ?? state, charge.currency, fromBalance), note, fromBalance };
}
