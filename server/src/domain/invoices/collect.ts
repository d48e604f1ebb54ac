import type { ActivityRecord } from '../activity/state.ts';
import { lesserOf } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { addDaysMs } from '../time/calendar.ts';
import { describeCharge } from './charges/charge-words.ts';
import { invoiceActivity } from './parties.ts';
import type { BillingState, ChargeRecord, UnpaidInvoice } from './state.ts';

/** An account after its charges were ordered, and what they add to its history. */
export interface Collected {
  readonly state: AccountState;
  readonly charges: readonly ChargeRecord[];
  readonly activity: readonly ActivityRecord[];
}

/** The next instant at which a charge or a due date falls due; Infinity if there is none. */
export function nextCollectionAtMs({ unpaid }: BillingState): number {
  let dueAtMs = Number.POSITIVE_INFINITY;
  for (const each of unpaid) dueAtMs = Math.min(dueAtMs, nextOf(each));
  return dueAtMs;
}

function nextOf(invoice: UnpaidInvoice): number {
  return Math.min(invoice.nextChargeAtMs ?? Number.POSITIVE_INFINITY, pastDueAtMs(invoice));
}

/** When it becomes past due; Infinity while its charge is with the provider, which may still succeed. */
function pastDueAtMs({ isPastDue, charge, dueAtMs }: UnpaidInvoice): number {
  const isWorkedOn = charge !== null && charge.status !== 'needs_action';
  return isPastDue || isWorkedOn || dueAtMs === null ? Number.POSITIVE_INFINITY : dueAtMs;
}

/**
 * Orders the due charges, each once, and marks invoices that were not paid by their due date. Without a confirmed payment method
 * an attempt fails by itself.
 */
export function collectDue(state: AccountState, catalog: Catalog, nowMs: number): Collected {
  if (nextCollectionAtMs(state.billing) > nowMs) return { state, charges: [], activity: [] };
  const charges: ChargeRecord[] = [];
  const activity: ActivityRecord[] = [];
  const unpaid = state.billing.unpaid.map((invoice) => {
    let next = invoice;
    if (next.nextChargeAtMs !== null && next.nextChargeAtMs <= nowMs) {
      const method = state.profile.paymentMethod;
      if (method?.confirmed === true) {
        const order = orderOf(state, next, method.id, nowMs);
        charges.push(order);
        next = charging(next, order);
      } else
        next = failed(next, catalog, 'There is no confirmed payment method.', nowMs, state.profile.timeZone);
    }
    if (pastDueAtMs(next) <= nowMs) next = { ...next, isPastDue: true };
    if (next.isPastDue && !invoice.isPastDue) activity.push(pastDueActivity(state, next, nowMs));
    return next;
  });
  return {
    state: withStanding({ ...state, billing: { ...state.billing, unpaid } }, catalog),
    charges,
    activity,
  };
}

/** Log lines of one invoice that becomes past due; once, since it stays so until it is paid. */
export function pastDueActivity(
  { profile }: AccountState,
  invoice: UnpaidInvoice,
  atMs: number,
): ActivityRecord {
  const { id, number, amountDue, currency, lastFailure } = invoice;
  const record = { id, accountId: profile.id, number, total: amountDue, currency };
  return invoiceActivity(record, 'past_due', atMs, { reason: lastFailure });
}

/** The order of an invoice's next charge. */
export function orderOf(
  { profile }: AccountState,
  invoice: UnpaidInvoice,
  paymentMethodId: string,
  nowMs: number,
  attended = false,
): ChargeRecord {
  return {
    id: deriveId(invoice.id, 'charge', String(invoice.attempts + 1)),
    accountId: profile.id,
    purpose: 'invoice',
    invoiceId: invoice.id,
    status: 'ordered',
    amount: invoice.amountDue,
    refunded: 0n,
    surplus: 0n,
    currency: invoice.currency,
    paymentMethodId,
    description: describeCharge({ purpose: 'invoice', subject: invoice.number }),
    attempt: invoice.failures,
    attended,
    failure: null,
    actionUrl: null,
    refunds: [],
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

/** The invoice while the charge is on its way. */
export function charging(invoice: UnpaidInvoice, { id }: ChargeRecord): UnpaidInvoice {
  return {
    ...invoice,
    attempts: invoice.attempts + 1,
    nextChargeAtMs: null,
    charge: { id, status: 'ordered', actionUrl: null },
  };
}

/** The invoice after an attempt that failed: past due, and tried again by the catalog's schedule until that is used up. */
export function failed(
  invoice: UnpaidInvoice,
  { billing }: Catalog,
  lastFailure: string,
  nowMs: number,
  timeZone: string,
): UnpaidInvoice {
  const days = billing.retryDays[invoice.failures];
  return {
    ...invoice,
    isPastDue: true,
    failures: invoice.failures + 1,
    nextChargeAtMs: days === undefined ? null : addDaysMs(nowMs, days, timeZone),
    charge: null,
    lastFailure,
  };
}

/** Whether every attempt that the catalog allows has failed, and none is under way. */
export function isExhausted({ isPastDue, nextChargeAtMs, charge, failures }: UnpaidInvoice): boolean {
  return isPastDue && failures > 0 && nextChargeAtMs === null && charge === null;
}

/**
 * The subscription's status by its invoices: past due if an invoice is, paused once an invoice's attempts are used up, active
 * again as soon as no invoice is past due. A trial and an ended subscription do not change.
 */
export function withStanding(state: AccountState, catalog: Catalog): AccountState {
  const { subscription, billing } = state;
  const { status, pausedFor } = subscription;
  // If the server does not collect, the collector reports the account's payment state.
  if (!catalog.billing.collects) return state;
  if (status === 'trial' || status === 'cancelled' || pausedFor === 'trial_over') return state;
  const pauses = catalog.pauses.some(({ when }) => when === 'retries_exhausted');
  const next =
    billing.unpaid.some(isExhausted) && pauses
      ? ({ status: 'paused', pausedFor: 'retries_exhausted' } as const)
      : billing.unpaid.some(({ isPastDue }) => isPastDue)
        ? ({ status: 'past_due', pausedFor: null } as const)
        : ({ status: 'active', pausedFor: null } as const);
  if (next.status === status && next.pausedFor === pausedFor) return state;
  return { ...state, subscription: { ...subscription, ...next } };
}

/** A new payment method is tried at once for unpaid invoices; running charges are left alone. */
export function retriedAtOnce(billing: BillingState, catalog: Catalog, nowMs: number): BillingState {
  if (!catalog.billing.collects) return billing;
  const unpaid = billing.unpaid.map((invoice): UnpaidInvoice => {
    const { charge, amountDue } = invoice;
    if (charge?.status === 'ordered' || charge?.status === 'settling') return invoice;
    if (lesserOf(amountDue, catalog.billing.maximumCharge) < amountDue) return invoice;
    return { ...invoice, charge: null, nextChargeAtMs: nowMs };
  });
  return unpaid.length === 0 ? billing : { ...billing, unpaid };
}
