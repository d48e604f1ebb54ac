import { formatAmount, type Micros, microsPerUnit } from '../../amounts/amounts.ts';
import { divideToCurrency } from '../../amounts/currency.ts';
import type { Catalog, PlanLimit, Rate, RateTiers } from '../../catalog/catalog-types.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { limitBy, planOf } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import { nameOfMinimum } from '../../stored-words/stored-names.ts';
import { earlierCyclesAt, type PartEnd } from '../../usage/cycles.ts';
import type { AllowanceTerms, EarlierCycle } from '../../usage/state.ts';
import type { BillableFact } from '../state.ts';
import { isCharged, leftOf, withBillables } from './recurring.ts';

/** Where facts of use arise, and which cycle they cover. */
interface UsageMoment {
  readonly causeId: string;
  readonly kind: 'usage' | 'late_usage';
  readonly atMs: number;
  readonly coversFromMs: number;
  readonly coversToMs: number;
  readonly due: BillableFact['due'];
  /** By which it is priced; null by the present plan's. */
  readonly terms: AllowanceTerms | null;
  /** Distinguishes lines of one cause; empty for most. */
  readonly place: string;
}

/** The use that the invoice pays: a fact for each metric, and the units that come to less than the currency's smallest part. */
export interface BilledUse {
  readonly facts: readonly BillableFact[];
  readonly unbilled: readonly (readonly [metric: string, units: Micros])[];
}

/** The account with facts of use to be invoiced, and with the units that no line says. */
export function withBilledUse(state: AccountState, { facts, unbilled }: BilledUse): AccountState {
  const billed = withBillables(state, facts);
  if (unbilled.length === 0) return billed;
  const units: Record<string, Micros> = { ...billed.billing.unbilled };
  for (const [metric, more] of unbilled) units[metric] = (units[metric] ?? 0n) + more;
  return { ...billed, billing: { ...billed.billing, unbilled: units } };
}

/** Makes a line for each metric with use that the invoice pays in the present cycle, up to the instant. */
export function usageFacts(
  state: AccountState,
  catalog: Catalog,
  { causeId, atMs, due }: Pick<UsageMoment, 'causeId' | 'atMs' | 'due'>,
): BilledUse {
  const moment: UsageMoment = {
    causeId,
    kind: 'usage',
    atMs,
    coversFromMs: state.usage.invoicedFromMs,
    coversToMs: atMs,
    due,
    terms: null,
    place: '',
  };
  return billedUse(state, catalog, moment, { before: {}, after: state.usage.invoiced });
}

type Invoiced = EarlierCycle['invoiced'];

function billedUse(
  state: AccountState,
  catalog: Catalog,
  moment: UsageMoment,
  { before, after }: { readonly before: Invoiced; readonly after: Invoiced },
): BilledUse {
  const facts: BillableFact[] = [];
  const unbilled: [metric: string, units: Micros][] = [];
  for (const [metric, units] of Object.entries(after)) {
    const known = before[metric] ?? 0n;
    if (units === known) continue;
    const fact = factOf(state, catalog, moment, { metric, before: known, after: units });
    if (fact === null) unbilled.push([metric, units - known]);
    else facts.push(fact);
  }
  return { facts, unbilled };
}

/** The account with the present part of its cycle ended by a change of plan, and what the invoice pays of it made billable. */
export function withUsageBilled(
  state: AccountState,
  catalog: Catalog,
  { goesOn, ...moment }: Pick<UsageMoment, 'causeId' | 'atMs' | 'due'> & Pick<PartEnd, 'goesOn'>,
): AccountState {
  const { atMs } = moment;
  const billed = usageFacts(state, catalog, moment);
  const usage = { ...state.usage, invoiced: {}, invoicedFromMs: atMs };
  const earlierCycles = earlierCyclesAt(state, catalog, { atMs, goesOn });
  return withBilledUse({ ...state, usage, earlierCycles }, billed);
}

/** Makes a line for each metric whose invoiced amount a late use changes in an ended part of a cycle: the difference. */
export function lateUsageFacts(
  state: AccountState,
  catalog: Catalog,
  {
    usageId,
    atMs,
    before,
    after,
    isFollowing,
  }: {
    readonly usageId: string;
    readonly atMs: number;
    readonly before: EarlierCycle;
    readonly after: EarlierCycle['invoiced'];
    /** Whether the use lies in an earlier part of the cycle. */
    readonly isFollowing: boolean;
  },
): BilledUse {
  const moment: UsageMoment = {
    causeId: usageId,
    kind: 'late_usage',
    atMs,
    coversFromMs: before.startsAtMs,
    coversToMs: before.endsAtMs,
    due: 'boundary',
    terms: before.terms,
    place: isFollowing ? `.${before.startsAtMs}` : '',
  };
  return billedUse(state, catalog, moment, { before: before.invoiced, after });
}

function factOf(
  state: AccountState,
  catalog: Catalog,
  { causeId, kind, atMs, coversFromMs, coversToMs, due, terms, place }: UsageMoment,
  { metric, before, after }: { readonly metric: string; readonly before: Micros; readonly after: Micros },
): BillableFact | null {
  const limit = limitBy(terms, planOf(state, catalog).limits.get(metric), metric);
  if (limit === undefined) return null;
  const { currency } = catalog;
  const amount = invoicePrice(limit, after, currency) - invoicePrice(limit, before, currency);
  if (amount === 0n) return null;
  const known = catalog.metrics.get(metric);
  const rate = limit.overageTiers === null ? invoiceRate(limit) : null;
  return {
    id: deriveId(causeId, 'billed', `${kind}.${metric}${place}`),
    causeId,
    kind,
    ref: metric,
    label: known?.label ?? metric,
    quantity: after - before,
    unitPrice: rate?.per === 1n ? rate.amount : null,
    meteredRate: rate === null ? null : { amount: rate.amount, per: Number(rate.per) },
    rate: rate === null ? 'by quantity' : `${formatAmount(rate.amount)} ${currency} per ${rate.per}`,
    amount,
    currency,
    coversFromMs,
    coversToMs,
    part: null,
    due,
    atMs,
  };
}

/**
 * The rest of the minimum commitment of the period that ends at the instant; of a shortened period only the passed part counts.
 */
export function minimumFacts(
  state: AccountState,
  catalog: Catalog,
  { causeId, atMs, due }: Pick<UsageMoment, 'causeId' | 'atMs' | 'due'>,
): BillableFact[] {
  const { profile, subscription } = state;
  const { period, interval, periodTotal } = subscription;
  const plan = planOf(state, catalog);
  const minimum = plan.minimumCommitment?.[interval] ?? null;
  if (minimum === null || !isCharged(subscription)) return [];
  const { of: fromStart, whole } = leftOf(profile, catalog, period, period.startsAtMs);
  const of = fromStart - leftOf(profile, catalog, period, atMs).of;
  const { currency } = catalog;
  const amount = divideToCurrency(minimum * BigInt(of), BigInt(whole), currency) - periodTotal;
  if (amount <= 0n) return [];
  return [
    {
      id: deriveId(causeId, 'billed', `minimum.${plan.id}`),
      causeId,
      kind: 'minimum',
      ref: plan.id,
      label: nameOfMinimum(plan.name),
      quantity: microsPerUnit,
      unitPrice: null,
      meteredRate: null,
      rate: `${formatAmount(minimum)} ${currency}`,
      amount,
      currency,
      coversFromMs: period.startsAtMs,
      coversToMs: atMs,
      part: of === whole ? null : { of, whole },
      due,
      atMs,
    },
  ];
}

/** The invoice amount of a number of units beyond an allowance, rounded once to the currency's smallest unit. */
export function invoicePrice(limit: PlanLimit, units: Micros, currency: string): Micros {
  if (units <= 0n) return 0n;
  const { overageTiers } = limit;
  const scaled =
    overageTiers === null ? scaledCharge(units, invoiceRate(limit)) : tieredCharge(overageTiers, units);
  return divideToCurrency(scaled, microsPerUnit * ratesScale, currency);
}

/** Every `per` divides it, so that charges of several rates add up exactly before they are rounded. */
const ratesScale = 1_000_000n;

function scaledCharge(units: Micros, { amount, per }: Rate): bigint {
  return units * amount * (ratesScale / per);
}

function tieredCharge({ mode, steps }: RateTiers, units: Micros): bigint {
  const flatScale = microsPerUnit * ratesScale;
  if (mode === 'volume') {
    const step = steps.find(({ upTo }) => upTo === null || units <= upTo);
    return step === undefined ? 0n : scaledCharge(units, step.rate) + step.flat * flatScale;
  }
  let charge = 0n;
  let before = 0n;
  for (const { upTo, rate, flat } of steps) {
    if (units <= before) break;
    const end = upTo === null || units < upTo ? units : upTo;
    charge += scaledCharge(end - before, rate) + flat * flatScale;
    before = end;
  }
  return charge;
}

/** A charge is worth what it says; units have the price of the invoice, or that of overage where they are the same. */
export function invoiceRate({ invoiceRate: own, overageRate }: PlanLimit): Rate {
  return own ?? overageRate ?? { amount: microsPerUnit, per: 1n };
}
