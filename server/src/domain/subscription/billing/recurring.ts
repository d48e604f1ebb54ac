import type { Profile } from '../../accounts/state.ts';
import { formatAmount, type Micros } from '../../amounts/amounts.ts';
import { divideToCurrency } from '../../amounts/currency.ts';
import type { Catalog, Plan } from '../../catalog/catalog-types.ts';
import { deriveId } from '../../ids/derived-id.ts';
import type { AccountState } from '../../state.ts';
import { dedicatedIpsName, nameOfPlan } from '../../stored-words/stored-names.ts';
import { cycleByIndex, wholeDaysBetween } from '../../time/calendar.ts';
import type { BillableFact, BillableKind, BillingPeriod, PeriodPart, SubscriptionState } from '../state.ts';

/** A charge in advance for a period: a quantity at a price. */
export interface RecurringLine {
  readonly kind: Exclude<BillableKind, 'usage' | 'late_usage' | 'minimum'>;
  readonly ref: string;
  readonly label: string;
  readonly quantity: number;
  /** Price of one for a whole period. */
  readonly unitPrice: Micros;
}

/** Whether anything is charged: not before a trial has ended, nor while it is paused after that, nor after the end. */
export function isCharged({ status, pausedFor }: SubscriptionState): boolean {
  return status !== 'trial' && status !== 'cancelled' && pausedFor !== 'trial_over';
}

/** The recurring charges of a subscription for its plan, seats, add-ons and addresses, of this period or the `next` one. */
export function recurringOf(
  { plan, catalog }: { readonly plan: Plan; readonly catalog: Catalog },
  subscription: SubscriptionState,
  when: 'now' | 'next' = 'now',
): readonly RecurringLine[] {
  const { interval, agreedPrice } = subscription;
  if (!isCharged(subscription)) return [];
  const lines: RecurringLine[] = [];
  const add = (line: Omit<RecurringLine, 'unitPrice'>, unitPrice: Micros | null | undefined) => {
    if (line.quantity > 0 && unitPrice) lines.push({ ...line, unitPrice });
  };
  add(
    { kind: 'plan', ref: plan.id, label: nameOfPlan(plan.name), quantity: 1 },
    (agreedPrice ?? plan.prices)[interval],
  );
  for (const [id, { prices }] of plan.seats) {
    const label = catalog.seatTypes.get(id)?.label ?? id;
    add({ kind: 'seats', ref: id, label, quantity: subscription.seats[id]?.[when] ?? 0 }, prices?.[interval]);
  }
  for (const { id, label, prices } of plan.addOns.values())
    add({ kind: 'add_on', ref: id, label, quantity: subscription.addOns[id]?.[when] ?? 0 }, prices[interval]);
  for (const { id, label, prices, quantity } of plan.contractLines)
    add({ kind: 'custom', ref: id, label, quantity }, prices[interval]);
  const ips = subscription.dedicatedIps.filter(({ isRemoved }) => when === 'now' || !isRemoved);
  add(
    { kind: 'dedicated_ips', ref: '', label: dedicatedIpsName, quantity: ips.length },
    plan.dedicatedIps?.prices[interval],
  );
  return lines;
}

/** A line in a period: a charge in advance, or a credit for the unused part. */
export interface Billed {
  readonly line: RecurringLine;
  /** Negative gives back. */
  readonly quantity: number;
  readonly period: BillingPeriod;
}

/** Where and when facts arise. */
export interface BillingMoment {
  readonly profile: Profile;
  readonly catalog: Catalog;
  readonly causeId: string;
  readonly atMs: number;
  readonly due: BillableFact['due'];
}

/**
 * The billable lines of the charges in advance from an instant to the end of each period, or of the credits for it; amounts of 0
 * make none.
 */
export function factsOf(moment: BillingMoment, billed: readonly Billed[]): BillableFact[] {
  return billed.flatMap((each) => factOf(moment, each) ?? []);
}

/** The billable lines of a period's charges, from the moment on. */
export function factsAhead(
  moment: BillingMoment,
  lines: readonly RecurringLine[],
  period: BillingPeriod,
): BillableFact[] {
  return factsOf(
    moment,
    lines.map((line) => ({ line, quantity: line.quantity, period })),
  );
}

function factOf(moment: BillingMoment, { line, quantity, period }: Billed): BillableFact | null {
  const { profile, catalog, causeId, atMs, due } = moment;
  const part = partOf(profile, catalog, period, atMs);
  if (part !== null && catalog.proration === 'none') return null;
  const { of, whole } = part ?? { of: 1, whole: 1 };
  const dividend = line.unitPrice * BigInt(quantity) * BigInt(of);
  const amount = divideToCurrency(dividend, BigInt(whole), catalog.currency);
  if (amount === 0n) return null;
  const side = quantity < 0 ? '.back' : '';
  return {
    id: deriveId(causeId, 'billed', `${line.kind}.${line.ref}${side}`),
    causeId,
    kind: line.kind,
    ref: line.ref,
    label: line.label,
    quantity: BigInt(Math.abs(quantity)) * 1_000_000n,
    unitPrice: line.unitPrice,
    meteredRate: null,
    rate: `${formatAmount(line.unitPrice)} ${catalog.currency}`,
    amount,
    currency: catalog.currency,
    coversFromMs: atMs,
    coversToMs: period.endsAtMs,
    part,
    due,
    atMs,
  };
}

/** The part of a period that lies after an instant, as the catalog counts; null for all of it. */
export function partOf(
  profile: Profile,
  catalog: Catalog,
  period: BillingPeriod,
  atMs: number,
): PeriodPart | null {
  const { of, whole } = leftOf(profile, catalog, period, atMs);
  return of >= whole ? null : { of, whole };
}

/** How much of a whole period lies after an instant, and how long a whole one is, as the catalog counts. */
export function leftOf(
  { anchorAtMs, timeZone }: Profile,
  { proration }: Catalog,
  period: BillingPeriod,
  atMs: number,
): PeriodPart {
  const { startsAtMs } = cycleByIndex(anchorAtMs, timeZone, period.startsAtCycle);
  const count = (toMs: number) =>
    proration === 'exact' ? toMs - startsAtMs : wholeDaysBetween(startsAtMs, toMs, timeZone);
  const whole = count(period.endsAtMs);
  return { of: whole - count(atMs), whole };
}

/** The charges and credits of a change from some recurring charges to others within one period; unchanged ones are left out. */
export function differenceOf(
  before: readonly RecurringLine[],
  after: readonly RecurringLine[],
  period: BillingPeriod,
): Billed[] {
  const keyOf = ({ kind, ref, unitPrice }: RecurringLine) => `${kind} ${ref} ${unitPrice}`;
  const had = new Map(before.map((line) => [keyOf(line), line]));
  const has = new Map(after.map((line) => [keyOf(line), line]));
  const back = before.map((line) => ({
    line,
    quantity: Math.min((has.get(keyOf(line))?.quantity ?? 0) - line.quantity, 0),
    period,
  }));
  const charged = after.map((line) => ({
    line,
    quantity: Math.max(line.quantity - (had.get(keyOf(line))?.quantity ?? 0), 0),
    period,
  }));
  return [...back, ...charged].filter(({ quantity }) => quantity !== 0);
}

/** The account with facts to be invoiced. */
export function withBillables(state: AccountState, facts: readonly BillableFact[]): AccountState {
  if (facts.length === 0) return state;
  const { subscription } = state;
  const total = facts.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    ...state,
    subscription: {
      ...subscription,
      billables: [...subscription.billables, ...facts],
      periodTotal: subscription.periodTotal + total,
    },
  };
}
