import type {
  Alert,
  OwnLimit,
  PlanCapacity,
  SubscribedAdditionalUse,
  SubscribedAddOn,
  SubscribedDedicatedIps,
  SubscribedSeats,
} from '../../../../contract/subscription/subscription.ts';
import { formatAmount } from '../../../../domain/amounts/amounts.ts';
import type { Catalog, Plan, Prices } from '../../../../domain/catalog/catalog-types.ts';
import { additionalUseOf } from '../../../../domain/limits/limits.ts';
import { alertKey } from '../../../../domain/notices/tell.ts';
import { addOnsSoldTo, seatsSoldTo } from '../../../../domain/subscription/quantities.ts';
import { creditsMetric } from '../../../../domain/usage/cells.ts';
import { countedFromMs } from '../../../../domain/usage/cycles.ts';
import { balanceUnit, showsBalance } from '../../../access/amounts-in-view.ts';
import { moneyView } from '../../../access/money-view.ts';
import type { AccountReading } from '../../../accounts/account-reader.ts';
import { formatInstant } from '../../../http/instants.ts';

type Reading = Pick<AccountReading, 'state' | 'catalog' | 'plan' | 'viewer'>;

/** The price of one for a billing period; null if nothing is charged or the viewer may not see it. */
function priceOf({ state, catalog, viewer }: Reading, prices: Prices | null) {
  const price = prices?.[state.subscription.interval] ?? null;
  return price === null || !viewer.view.price ? null : moneyView(price, catalog);
}

export function seatsView(reading: Reading): SubscribedSeats[] {
  const { subscription } = reading.state;
  return [...seatsSoldTo(reading, reading.plan)].map(([seatType, { included, max, prices }]) => ({
    seatType,
    label: reading.catalog.seatTypes.get(seatType)?.label ?? seatType,
    included,
    bought: subscription.seats[seatType]?.now ?? 0,
    boughtNext: subscription.seats[seatType]?.next ?? 0,
    taken: subscription.seatsTaken[seatType] ?? 0,
    max,
    price: priceOf(reading, prices),
  }));
}

export function addOnsView(reading: Reading): SubscribedAddOn[] {
  const { state, catalog, plan } = reading;
  return addOnsSoldTo(state, plan).map(({ id, label, description, quantityMax, prices, allowance }) => {
    const metric = allowance === null ? undefined : catalog.metrics.get(allowance.metric);
    return {
      addOnId: id,
      label,
      description,
      quantity: state.subscription.addOns[id]?.now ?? 0,
      quantityNext: state.subscription.addOns[id]?.next ?? 0,
      quantityMax,
      price: priceOf(reading, prices),
      allowance:
        allowance === null || metric === undefined
          ? null
          : {
              metric: metric.id,
              label: metric.label,
              unit: metric.unit,
              quantity: formatAmount(allowance.quantity),
            },
    };
  });
}

export function dedicatedIpsView(reading: Reading): SubscribedDedicatedIps | null {
  const { state, plan } = reading;
  if (plan.dedicatedIps === null) return null;
  const { dedicatedIps, period } = state.subscription;
  return {
    items: dedicatedIps.map(({ id, agentId, isRemoved }) => ({
      id,
      agentId,
      endsAt: isRemoved ? formatInstant(period.endsAtMs) : null,
    })),
    max: plan.dedicatedIps.max,
    price: priceOf(reading, plan.dedicatedIps.prices),
  };
}

export function additionalUseView({ state, catalog, plan }: Reading): SubscribedAdditionalUse[] {
  return [...plan.limits.values()].flatMap((limit) => {
    const use = additionalUseOf(state, limit);
    const metric = catalog.metrics.get(limit.metric);
    if (use === null || metric === undefined) return [];
    const { id, label, unit } = metric;
    return {
      metric: id,
      label,
      unit,
      mode: use.mode,
      cap: use.mode === 'capped' ? formatAmount(use.cap) : null,
    };
  });
}

export function ownLimitsView({ state, catalog }: Reading): OwnLimit[] {
  return Object.entries(state.profile.ownLimits).flatMap(([id, limit]) => {
    const metric = catalog.metrics.get(id);
    return metric === undefined
      ? []
      : { metric: id, label: metric.label, unit: metric.unit, limit: formatAmount(limit) };
  });
}

export function alertsView(reading: Reading): Alert[] {
  const { subscription } = reading.state;
  const fromMs = countedFromMs(reading.state);
  return Object.entries(subscription.alerts).flatMap(([id, amounts]) => {
    const alerted = id === creditsMetric ? alertedCredits(reading) : reading.catalog.metrics.get(id);
    if (alerted === undefined) return [];
    return {
      metric: id,
      label: alerted.label,
      unit: alerted.unit,
      amounts: amounts.map((amount) => ({
        amount: formatAmount(amount),
        told: subscription.told[alertKey(id, amount)] === fromMs,
      })),
    };
  });
}

/** Undefined for viewers who may not see what is charged. */
function alertedCredits({ catalog, viewer }: Reading): Pick<Alert, 'label' | 'unit'> | undefined {
  if (!showsBalance(viewer, catalog.unit)) return undefined;
  return { label: catalog.creditLabel.other, unit: balanceUnit(catalog) };
}

/** A plan's limits that are not usage, in the catalog's order; what the plan does not bound is left out. */
export function capacitiesView(plan: Plan, catalog: Catalog): PlanCapacity[] {
  return [...catalog.capacities.values()].flatMap(({ id, label, unit, kind, choices }) => {
    const bound = plan.capacities.get(id);
    if (bound === undefined) return [];
    const isChoice = kind === 'choice';
    const chosen = [...choices].filter(
      ([choice]) => bound === null || (typeof bound !== 'bigint' && bound.has(choice)),
    );
    return {
      id,
      label,
      unit,
      value: typeof bound === 'bigint' ? formatAmount(bound) : null,
      choices: isChoice ? chosen.map(([, words]) => words) : null,
    };
  });
}
