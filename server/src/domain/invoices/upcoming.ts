import { msPerDay } from '../../contract/values/durations.ts';
import { advance } from '../accounts/advance.ts';
import { lesserOf, type Micros } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { deriveId } from '../ids/derived-id.ts';
import { beyondAllowance, planOf, remainingOf, standingOf } from '../limits/limits.ts';
import { policies } from '../limits/policies.ts';
import type { AccountState } from '../state.ts';
import { buyerOf } from './parties.ts';
import type { InvoiceRecord } from './state.ts';

/** The present cycle is projected once so much of it has passed. */
const projectedAfterMs = msPerDay;

/** The next invoice before it is made. */
export interface Upcoming {
  /** As it would be if nothing more were used. */
  readonly invoice: InvoiceRecord;
  /** As it comes out where use goes on as it has so far; null while too little of the cycle has passed to say. */
  readonly projected: Projected | null;
}

export interface Projected {
  readonly total: Micros;
  readonly overage: Micros;
  readonly method: 'daily_rate' | 'no_overage';
  readonly atMs: number;
}

/**
 * The next invoice by the very steps that will make it: the account is taken to its next boundary in memory, once with what
 * was used and once with what will have been used at the average rate of the cycle so far.
 */
export function upcomingInvoice(state: AccountState, catalog: Catalog, nowMs: number): Upcoming {
  const invoice = nextInvoice(state, catalog);
  const { startsAtMs } = state.usage;
  if (nowMs - startsAtMs < projectedAfterMs) return { invoice, projected: null };
  const later = nextInvoice(atAverageRate(state, catalog, nowMs), catalog);
  const overage = overageOf(later);
  return {
    invoice,
    projected: {
      total: later.total,
      overage,
      method: overage === 0n ? 'no_overage' : 'daily_rate',
      atMs: later.createdAtMs,
    },
  };
}

/** The account as it ends its cycle where use goes on at the rate so far, as far as limits let it. */
function atAverageRate(state: AccountState, catalog: Catalog, nowMs: number): AccountState {
  const { startsAtMs, endsAtMs } = state.usage;
  const counters: Record<string, Micros> = {};
  const invoiced: Record<string, Micros> = { ...state.usage.invoiced };
  for (const [metric, used] of Object.entries(state.usage.counters)) {
    const standing = standingOf(state, catalog, metric);
    const atRate = (used * BigInt(endsAtMs - nowMs)) / BigInt(nowMs - startsAtMs);
    const more = lesserOf(atRate, remainingOf(standing) ?? atRate);
    counters[metric] = used + more;
    if (!isInvoicedNext(state, catalog, metric)) continue;
    const beyond = beyondAllowance(standing, more);
    if (beyond > 0n) invoiced[metric] = (invoiced[metric] ?? 0n) + beyond;
  }
  return { ...state, usage: { ...state.usage, counters, invoiced } };
}

/** Whether the invoice pays what is used next beyond the allowance; where credits come first, whether it has begun to. */
function isInvoicedNext(state: AccountState, catalog: Catalog, metric: string): boolean {
  const limit = planOf(state, catalog).limits.get(metric);
  if (limit === undefined || !policies[limit.policy].chargesBeyond) return false;
  if (limit.beyond === 'invoice') return true;
  return limit.beyond === 'credits_then_invoice' && (state.usage.invoiced[metric] ?? 0n) > 0n;
}

/** The first invoice that a coming boundary makes, at the end of the billing period at the latest; an empty one where none does. */
function nextInvoice(state: AccountState, catalog: Catalog): InvoiceRecord {
  const endsAtMs = state.subscription.period.endsAtMs;
  let current = state;
  while (current.usage.endsAtMs <= endsAtMs) {
    const boundaryAtMs = current.usage.endsAtMs;
    const next = advance(current, catalog, boundaryAtMs, boundaryAtMs);
    const made = next.facts.invoices.find(({ createdAtMs }) => createdAtMs === boundaryAtMs);
    if (made !== undefined) return made;
    current = next.state;
  }
  return emptyInvoice(state, catalog);
}

function overageOf({ lines }: InvoiceRecord): Micros {
  const ofUse = new Set(['overage', 'additional_use', 'late_usage']);
  return lines.reduce((sum, { kind, amount }) => (ofUse.has(kind) ? sum + amount : sum), 0n);
}

function emptyInvoice(state: AccountState, catalog: Catalog): InvoiceRecord {
  const { profile, subscription } = state;
  const { startsAtMs, endsAtMs } = subscription.period;
  return {
    id: deriveId(deriveId('period', endsAtMs), 'invoice'),
    accountId: profile.id,
    kind: 'invoice',
    number: '',
    corrects: null,
    status: 'open',
    currency: catalog.currency,
    periodStartsAtMs: startsAtMs,
    periodEndsAtMs: endsAtMs,
    createdAtMs: endsAtMs,
    dueAtMs: endsAtMs,
    paidAtMs: null,
    seller: catalog.billing.seller,
    buyer: buyerOf(state),
    lines: [],
    total: 0n,
    amountPaid: 0n,
    credited: 0n,
    note: null,
    timeZone: profile.timeZone,
  };
}

/** The amount due of issued invoices, in the catalog's currency. */
export interface UnpaidSum {
  readonly amountDue: Micros;
  readonly invoices: number;
  readonly isPastDue: boolean;
  readonly dueAtMs: number | null;
  readonly actionUrl: string | null;
}

/** Null where nothing is owed. */
export function unpaidSum({ billing }: AccountState, { currency }: Catalog): UnpaidSum | null {
  const owed = billing.unpaid.filter((each) => each.currency === currency);
  if (owed.length === 0) return null;
  const dueDates = owed.map(({ dueAtMs }) => dueAtMs).filter((dueAtMs) => dueAtMs !== null);
  return {
    amountDue: owed.reduce((sum, { amountDue }) => sum + amountDue, 0n),
    invoices: owed.length,
    isPastDue: owed.some(({ isPastDue }) => isPastDue),
    dueAtMs: dueDates.length === 0 ? null : Math.min(...dueDates),
    actionUrl: owed.find(({ charge }) => charge?.actionUrl != null)?.charge?.actionUrl ?? null,
  };
}
