import { chargeFor, sumOf } from './amounts.ts';
import type { Catalog, PlanLimit } from './catalog-types.ts';
import { beyondAllowance, planOf, standingOf } from './limits.ts';
import type { Priced } from './pricing.ts';
import type { AccountState, Micros } from './state.ts';
import { type Payable, take } from './wallet.ts';

/**
 * What the wallet has to pay of a use. Charges are paid in full unless the plan includes an allowance of them (a metric
 * that counts charges); then only what lies beyond it is. Units beyond a metric's allowance are paid at its overage rate.
 * One use is paid one way: where the policy says invoice, the wallet pays nothing of it.
 */
export function paymentOf(
  state: AccountState,
  catalog: Catalog,
  priced: Priced,
  quantities: ReadonlyMap<string, Micros>,
  category: string | undefined,
  exceptHoldId?: string,
): Payable[] {
  const charges = chargesOf(state, catalog, priced, quantities, category, exceptHoldId);
  const plan = planOf(state, catalog);
  const overage: Payable[] = [];
  for (const [metric, quantity] of quantities) {
    const limit = plan.limits.get(metric);
    if (limit?.policy !== 'overage' || limit.overageRate === null || limit.beyond === 'invoice') continue;
    if (catalog.metrics.get(metric)?.countsFrom === 'charges') continue;
    const beyond = beyondAllowance(standingOf(state, catalog, metric, exceptHoldId), quantity);
    const amount = chargeFor([{ quantity: beyond, rate: limit.overageRate }]);
    if (amount > 0n) overage.push({ amount, kind: 'metric', ref: metric, category });
  }
  return [...charges, ...payableWhere(state, priced, overage, plan.limits)];
}

/** The charges themselves, less what an allowance of charges covers. */
function chargesOf(
  state: AccountState,
  catalog: Catalog,
  priced: Priced,
  quantities: ReadonlyMap<string, Micros>,
  category: string | undefined,
  exceptHoldId: string | undefined,
): Payable[] {
  const payables: Payable[] = [];
  for (const { kind, ref, amount } of priced.lines) if (amount > 0n) payables.push({ amount, kind, ref, category });
  const pool = catalog.countingFrom.get('charges')?.find((metric) => quantities.has(metric.id));
  const limit = pool === undefined ? undefined : planOf(state, catalog).limits.get(pool.id);
  if (pool === undefined || limit === undefined || limit.included === null) return payables;
  if (limit.policy !== 'overage') return [];
  if (limit.beyond === 'invoice') return [];
  const quantity = quantities.get(pool.id) ?? 0n;
  const beyond = beyondAllowance(standingOf(state, catalog, pool.id, exceptHoldId), quantity);
  const partly = lastOf(payables, beyond);
  return limit.beyond === 'credits_then_invoice' ? coveredOrNothing(state, priced, partly) : partly;
}

/** The last parts of the payables that make up so much: the first ones are what the allowance covered. */
function lastOf(payables: readonly Payable[], amount: Micros): Payable[] {
  const kept: Payable[] = [];
  let left = amount;
  for (const payable of payables.toReversed()) {
    if (left === 0n) break;
    const part = payable.amount < left ? payable.amount : left;
    kept.unshift({ ...payable, amount: part });
    left -= part;
  }
  return kept;
}

function payableWhere(state: AccountState, priced: Priced, overage: readonly Payable[], planLimits: ReadonlyMap<string, PlanLimit>): Payable[] {
  return overage.flatMap((payable) =>
    planLimits.get(payable.ref)?.beyond === 'credits_then_invoice' ? coveredOrNothing(state, priced, [payable]) : [payable],
  );
}

/** Prepaid then invoice: the wallet pays it whole, or not at all and the invoice does. */
function coveredOrNothing(state: AccountState, priced: Priced, payables: readonly Payable[]): Payable[] {
  const { short } = take(state.wallet, priced.unit, payables);
  return short === 0n ? [...payables] : [];
}

/** The payables' sum. */
export function payableTotal(payables: readonly Payable[]): Micros {
  return sumOf(payables.map((payable) => payable.amount));
}
