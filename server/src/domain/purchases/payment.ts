import { formatAmount, lesserOf, type Micros, sumOf } from '../amounts/amounts.ts';
import { exactCharge, roundCharge, roundingAfter } from '../amounts/rounding.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { canPay, endHeld, type Payable, take } from '../credits/wallet.ts';
import { beyondAllowance, limitOf, standingOf } from '../limits/limits.ts';
import { policies } from '../limits/policies.ts';
import type { Priced } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import type { ChargeLine } from '../usage/state.ts';

/** A use with all its charges, and what of them the wallet has to pay. */
export interface Payment {
  /** With a line for each metric whose allowance is passed at a price. */
  readonly priced: Priced;
  readonly payables: readonly Payable[];
  /** The amounts that the invoice pays, by metric: units beyond the allowance, or charges if the metric counts charges. */
  readonly invoiced: ReadonlyMap<string, Micros>;
}

/** The inputs of a use's payment in addition to its prices. */
export interface PaymentContext {
  readonly state: AccountState;
  readonly catalog: Catalog;
  readonly category: string | undefined;
  /** A hold whose own use is being settled, and which therefore does not count as used. */
  readonly exceptHoldId?: string;
}

/**
 * The part of a use that the wallet has to pay. Charges are paid in full, unless the plan includes an allowance of them (a metric
 * that counts charges); then only the part beyond the allowance is paid. Units beyond a metric's allowance are paid at its
 * overage rate, as a line of their own. Each use is paid in one way: if the policy says invoice, the wallet pays nothing.
 */
export function paymentOf(
  context: PaymentContext,
  priced: Priced,
  quantities: ReadonlyMap<string, Micros>,
): Payment {
  const invoiced = new Map<string, Micros>();
  const charges = chargesOf(context, priced, quantities, invoiced);
  const overage = overageLines(context, priced, quantities, invoiced);
  if (overage.length === 0) return { priced, payables: charges, invoiced };
  const paid = overage.filter(({ amount }) => amount > 0n);
  const payables = [...charges, ...paid.map((line) => payableOf(line, context.category))];
  const lines = [...priced.lines, ...overage];
  return {
    priced: {
      ...priced,
      lines,
      charge: sumOf(lines.map((line) => line.amount)),
      rounding: overage.reduce(roundingAfter, priced.rounding),
    },
    payables,
    invoiced,
  };
}

function payableOf({ amount, kind, ref }: ChargeLine, category: string | undefined): Payable {
  return { amount, kind, ref, category };
}

/**
 * Makes a line for each metric whose use exceeds its allowance and is paid by the wallet, and adds the amounts that the invoice
 * pays.
 */
function overageLines(
  context: PaymentContext,
  priced: Priced,
  quantities: ReadonlyMap<string, Micros>,
  invoiced: Map<string, Micros>,
): ChargeLine[] {
  const { state, catalog, category, exceptHoldId } = context;
  const lines: ChargeLine[] = [];
  let { rounding } = priced;
  for (const [metric, quantity] of quantities) {
    const limit = limitOf(state, catalog, metric);
    if (limit === undefined || !policies[limit.policy].chargesBeyond) continue;
    const isPool = catalog.metrics.get(metric)?.countsFrom === 'charges';
    if (isPool) continue;
    const beyond = beyondAllowance(standingOf(state, catalog, metric, exceptHoldId), quantity);
    if (limit.beyond === 'invoice') {
      if (beyond > 0n) invoiced.set(metric, beyond);
      continue;
    }
    if (limit.overageRate === null) continue;
    const exact = exactCharge([{ quantity: beyond, rate: limit.overageRate }]);
    if (exact === 0n) continue;
    const charge = roundCharge(exact, rounding);
    const unit = metricOf(catalog, metric)?.unit.other ?? metric;
    const { amount: price, per } = limit.overageRate;
    const rate = `${formatAmount(price)} per ${per} beyond the allowance`;
    const line: ChargeLine = { kind: 'metric', ref: metric, quantity: beyond, unit, ...charge, rate };
    if (limit.beyond === 'credits_then_invoice' && !isCovered(context, priced, [payableOf(line, category)]))
      invoiced.set(metric, beyond);
    else {
      lines.push(line);
      rounding = roundingAfter(rounding, charge);
    }
  }
  return lines;
}

/** The charges themselves, less what an allowance of charges covers; adds what the invoice pays. */
function chargesOf(
  context: PaymentContext,
  priced: Priced,
  quantities: ReadonlyMap<string, Micros>,
  invoiced: Map<string, Micros>,
): Payable[] {
  const { state, catalog, category, exceptHoldId } = context;
  const payables: Payable[] = [];
  for (const line of priced.lines) if (line.amount > 0n) payables.push(payableOf(line, category));
  const pool = catalog.countingFrom.get('charges')?.find((metric) => quantities.has(metric.id));
  const limit = pool === undefined ? undefined : limitOf(state, catalog, pool.id);
  if (pool === undefined || limit === undefined || limit.included === null) return payables;
  if (!policies[limit.policy].chargesBeyond) return [];
  const beyond = beyondAllowance(
    standingOf(state, catalog, pool.id, exceptHoldId),
    quantities.get(pool.id) ?? 0n,
  );
  const partly = lastOf(payables, beyond);
  const isInvoiced =
    limit.beyond === 'invoice' ||
    (limit.beyond === 'credits_then_invoice' && !isCovered(context, priced, partly));
  if (!isInvoiced) return partly;
  if (beyond > 0n) invoiced.set(pool.id, beyond);
  return [];
}

/** The last parts of the payables that make up so much: the first ones are what the allowance covered. */
function lastOf(payables: readonly Payable[], amount: Micros): Payable[] {
  const kept: Payable[] = [];
  let left = amount;
  for (const payable of payables.toReversed()) {
    if (left === 0n) break;
    const part = lesserOf(payable.amount, left);
    kept.unshift({ ...payable, amount: part });
    left -= part;
  }
  return kept;
}

/**
 * Prepaid then invoice: the wallet pays a part whole, or not at all and the invoice does. What was set aside for the use that
 * is being settled can pay for it.
 */
function isCovered(
  { state, exceptHoldId }: PaymentContext,
  priced: Priced,
  payables: readonly Payable[],
): boolean {
  const own = state.holds.find((hold) => hold.id === exceptHoldId);
  const wallet = own === undefined ? state.wallet : endHeld(state.wallet, own.legs, own.legs);
  const amount = sumOf(payables.map((payable) => payable.amount));
  const { short } = take(wallet, priced.unit, payables);
  return short === 0n && canPay(wallet, priced.unit, { amount, short }, 0n);
}
