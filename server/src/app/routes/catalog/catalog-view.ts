import type {
  CatalogView,
  CreditPack,
  OveragePrice,
  PlanView,
} from '../../../contract/catalog/catalog-view.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog, Pack, Plan, PlanLimit, Rate } from '../../../domain/catalog/catalog-types.ts';
import { policies } from '../../../domain/limits/policies.ts';
import { sumsOfPack } from '../../../domain/purchases/pack-invoice.ts';
import { packsOnSale } from '../../../domain/purchases/pack-offer.ts';
import { balanceUnit, formatOrNull } from '../../access/amounts-in-view.ts';
import { moneyView, taxesView } from '../../access/money-view.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { CallerAccount } from '../../catalog/caller-catalog.ts';

/**
 * Plans side by side, and what can be bought with what it is worth on the caller's plan; the configuration itself only for
 * the host's backend.
 */
export function catalogView(
  catalog: Catalog,
  plan: Plan,
  viewer: Viewer,
  account: CallerAccount | null,
): CatalogView {
  const { price } = viewer.view;
  const view: CatalogView = {
    version: catalog.version,
    creditLabel: balanceUnit(catalog),
    currency: catalog.currency,
    plans: [...catalog.plans.values()]
      .sort((a, b) => a.rank - b.rank)
      .map((each) => planView(each, catalog, price)),
    creditPacks: packsOnSale(catalog, plan).map((pack) => ({
      ...packView(pack, plan, price),
      ...(price && account !== null && chargedFor(pack, catalog, account)),
    })),
    categories: [...catalog.categories.values()].map(({ id, label, tierLabel }) => ({
      id,
      label,
      tierLabel,
    })),
  };
  if (viewer.role === null) view.config = catalog.config;
  return view;
}

function planView(plan: Plan, catalog: Catalog, showsPrice: boolean): PlanView {
  return {
    id: plan.id,
    name: plan.name,
    rank: plan.rank,
    kind: plan.kind,
    price: showsPrice ? { month: plan.price.month, year: plan.price.year } : null,
    monthlyCredits: plan.monthlyCredits === 0n ? null : formatAmount(plan.monthlyCredits),
    limits: [...plan.limits.values()].flatMap((limit) => {
      const { metric, included, policy } = limit;
      const known = catalog.metrics.get(metric);
      if (known === undefined || !policies[policy].offered) return [];
      return {
        metric,
        label: known.label,
        unit: known.unit,
        included: formatOrNull(included),
        policy,
        overage: showsPrice ? overageView(limit, catalog) : null,
      };
    }),
    highlights: [...plan.highlights],
    facts: catalog.comparison.flatMap(({ id, label }) => {
      const text = plan.facts.get(id);
      return text === undefined ? [] : { label, text };
    }),
    contact: plan.contact,
  };
}

/** The price that use beyond the allowance is charged at: on the invoice where it is invoiced, else in what credits count. */
function overageView(limit: PlanLimit, catalog: Catalog): OveragePrice | null {
  const { beyond, overageTiers: tiers, overageRate } = limit;
  if (!policies[limit.policy].chargesBeyond || limit.included === null) return null;
  if (tiers !== null)
    return {
      unit: catalog.currency,
      mode: tiers.mode,
      steps: tiers.steps.map(({ upTo, rate, flat }) => ({
        upTo: formatOrNull(upTo),
        ...rateView(rate),
        flat: formatAmount(flat),
      })),
    };
  if (catalog.metrics.get(limit.metric)?.countsFrom === 'charges') return atCost(limit, catalog);
  const isInvoiced = beyond === 'invoice';
  const rate = isInvoiced ? (limit.invoiceRate ?? overageRate) : overageRate;
  if (rate === null) return null;
  return {
    unit: isInvoiced ? catalog.currency : catalog.unit,
    mode: 'graduated',
    steps: [{ upTo: null, ...rateView(rate), flat: '0' }],
  };
}

/** What the charges beyond an allowance of charges cost: themselves, where they come to the invoice. */
function atCost({ beyond }: PlanLimit, { unit, currency }: Catalog): OveragePrice | null {
  if (unit !== currency || beyond === 'credits') return null;
  return { unit, mode: 'graduated', steps: [{ upTo: null, amount: '1', per: 1, flat: '0' }] };
}

const rateView = ({ amount, per }: Rate) => ({ amount: formatAmount(amount), per: Number(per) });

/** The sums that the account is charged for a pack, by the step that makes its order. */
function chargedFor(
  pack: Pack,
  catalog: Catalog,
  { state, nowMs }: CallerAccount,
): Pick<CreditPack, 'taxes' | 'total'> {
  const { taxes, total } = sumsOfPack(state, catalog, pack, nowMs);
  return { taxes: taxesView(taxes, pack.price), total: moneyView(total, pack.price) };
}

export function packView(pack: Pack, plan: Plan, showsPrice: boolean): CreditPack {
  return {
    id: pack.id,
    label: pack.label,
    credits: formatAmount(pack.credits),
    bonus: formatAmount(pack.bonus),
    price: showsPrice ? pack.price : null,
    expiresAfterDays: pack.expiresAfterDays[plan.kind],
  };
}
