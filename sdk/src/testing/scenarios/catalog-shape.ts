import type {
  CatalogConfig,
  Item,
  LimitPolicy,
  MetricKind,
  PlanConfig,
  PlanLimitConfig,
} from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../../derive/decimal.ts';

/** The facts about a catalog that scenarios need. */
export interface PlanShape {
  plan: PlanConfig;
  limits: LimitShape[];
}

export interface LimitShape {
  metric: string;
  kind: MetricKind;
  policy: LimitPolicy;
  /** In millionths; 0 where nothing is included or nothing bounds it. */
  included: bigint;
  config: PlanLimitConfig;
}

/** The plan that a usual customer is on: the default one where it is paid, else the paid one of lowest rank. */
export function usualPlan(catalog: CatalogConfig): PlanConfig {
  const byRank = [...catalog.plans].sort((a, b) => a.rank - b.rank);
  const isDefault = ({ id }: PlanConfig) => id === catalog.defaultPlanId;
  const found =
    byRank.find((plan) => plan.kind === 'paid' && isDefault(plan)) ??
    byRank.find(({ kind }) => kind === 'paid') ??
    byRank.find(isDefault) ??
    byRank[0];
  if (found === undefined) throw new RangeError('The catalog has no plan; accepted is one with a plan.');
  return found;
}

export function freePlan(catalog: CatalogConfig): PlanConfig {
  const found = catalog.plans.find(({ kind }) => kind === 'free');
  if (found === undefined) throw lacks('a free plan', "a plan with kind: 'free'");
  return found;
}

export function planById(catalog: CatalogConfig, id: string | undefined): PlanConfig {
  return catalog.plans.find((plan) => plan.id === id) ?? usualPlan(catalog);
}

/** Limits that people use by themselves; metrics that count from requests or charges are filled by those. */
export function limitsOf(catalog: CatalogConfig, plan: PlanConfig): LimitShape[] {
  return plan.limits.flatMap((config) => {
    const metric = catalog.metrics.find(({ id }) => id === config.metric);
    if (metric === undefined || metric.countsFrom !== undefined || metric.categories !== undefined) return [];
    const { kind = 'counter' } = metric;
    const included = config.included === null ? 0n : toMillionths(config.included);
    return [{ metric: config.metric, kind, policy: config.policy, included, config }];
  });
}

/** A share of the allowance, in whole units if it is one or more. */
export function shareOf(included: bigint, share: number): string {
  const part = (included * BigInt(Math.round(share * 10_000))) / 10_000n;
  const whole = 1_000_000n;
  return fromMillionths(part >= 100n * whole ? part - (part % whole) : part);
}

/** The error of a scenario that a catalog cannot be brought to. */
export function lacks(what: string, accepted: string): RangeError {
  return new RangeError(`The catalog has not ${what}; accepted is one with ${accepted}.`);
}

/** Something with a price: an item that costs as much of an amount as one item can. */
interface Priced {
  /** Price of one unit, in millionths of a credit. */
  price: bigint;
  /** The item, and what it costs; null where even one unit costs more. */
  take(millionths: bigint): { item: Item; cost: bigint } | null;
}

const million = 1_000_000n;
const unitsMax = 1_000_000_000n;

/** Everything that the catalog prices by the unit: tools, storage, models by their tokens, then by the request; dearest first. */
function pricedUnits({ tools = [], storage = [], models: all = [], plans }: CatalogConfig): Priced[] {
  // Where a plan has a markup, or a model other rates for long requests, units do not cost what their rate says.
  const isPlain = plans.every(({ modelMarkupPercent }) => modelMarkupPercent === undefined);
  const models = isPlain ? all.filter(({ prices: [price] }) => price?.contextTiers === undefined) : [];
  const byUnit = (price: bigint, most: bigint, item: (units: bigint) => Item): Priced => ({
    price,
    take(millionths) {
      const wanted = millionths / price;
      const units = wanted < most ? wanted : most;
      return units === 0n ? null : { item: item(units), cost: units * price };
    },
  });
  const groups: Priced[][] = [
    tools.flatMap(({ id, prices: [rate] }) =>
      rate && (rate.per ?? 1) === 1 && toMillionths(rate.amount) > 0n
        ? [byUnit(toMillionths(rate.amount), unitsMax, (units) => ({ tool: id, calls: Number(units) }))]
        : [],
    ),
    storage.flatMap(({ id, prices: [rate] }) =>
      rate && (rate.per ?? 1) === 1 && toMillionths(rate.amount) > 0n
        ? [storedFor(id, toMillionths(rate.amount))]
        : [],
    ),
    models.flatMap(({ id, prices: [price], feature }) => {
      if (price?.input === undefined || price.perRequest !== undefined || feature !== undefined) return [];
      const { amount, per = 1 } = price.input;
      return toMillionths(amount) > 0n
        ? [
            byUnit(toMillionths(amount), unitsMax / BigInt(per), (units) => ({
              model: id,
              inputTokens: Number(units) * per,
              outputTokens: 0,
            })),
          ]
        : [];
    }),
    models.flatMap(({ id, prices: [price], feature }) =>
      price?.perRequest !== undefined &&
      price.input === undefined &&
      feature === undefined &&
      toMillionths(price.perRequest) > 0n
        ? [byUnit(toMillionths(price.perRequest), 1n, () => ({ model: id }))]
        : [],
    ),
  ];
  return groups.flatMap((group) =>
    group.sort((a, b) => (a.price < b.price ? 1 : a.price > b.price ? -1 : 0)),
  );
}

/** Storage has fractions of a unit, so that it takes what whole units of other things leave. */
function storedFor(id: string, price: bigint): Priced {
  return {
    price,
    take(millionths) {
      const quantity = (millionths * million) / price;
      const cost = (quantity * price) / million;
      return cost === 0n || (quantity * price) % million !== 0n
        ? null
        : { item: { storage: id, quantity: fromMillionths(quantity) }, cost };
    },
  };
}

const itemsMax = 50;
const requestsMax = 4;

/**
 * Items with a given total cost, as nearly as the catalog's prices allow, split into lists that fit one request, and the
 * remainder.
 */
export function itemsWorth(catalog: CatalogConfig, millionths: bigint): { requests: Item[][]; rest: bigint } {
  const items: Item[] = [];
  if (millionths <= 0n) return { requests: [], rest: 0n };
  let rest = millionths;
  for (const { take } of pricedUnits(catalog)) {
    for (let taken = take(rest); taken !== null; taken = take(rest)) {
      if (items.length >= itemsMax * requestsMax) break;
      items.push(taken.item);
      rest -= taken.cost;
    }
  }
  const requests: Item[][] = [];
  for (let index = 0; index < items.length; index += itemsMax)
    requests.push(items.slice(index, index + itemsMax));
  return { requests, rest };
}

/** The items of one ordinary run of an agent: a request to a model and a few calls of a tool, whichever the catalog has. */
export function ordinaryItems(catalog: CatalogConfig, random: () => number): Item[] {
  const models = catalog.models?.filter(({ feature }) => feature === undefined) ?? [];
  const isPriced = (model: (typeof models)[number], ...names: ('input' | 'output')[]) =>
    names.every((name) => model.prices[0]?.[name] !== undefined);
  const isByRequest = ({ prices: [price] }: (typeof models)[number]) =>
    price?.perRequest !== undefined && price.input === undefined && price.output === undefined;
  const model =
    models.find((each) => isPriced(each, 'input', 'output')) ??
    models.find(isByRequest) ??
    models.find((each) => isPriced(each, 'input'));
  const tool = catalog.tools?.find(({ id }) => id !== 'work') ?? catalog.tools?.[0];
  return [
    ...(model
      ? [
          {
            model: model.id,
            inputTokens: 500 + 500 * Math.floor(random() * 3),
            // A model that only reads, as one of embeddings does, has no price for an output.
            ...(isByRequest(model) || isPriced(model, 'output') ? { outputTokens: 250 } : {}),
          },
        ]
      : []),
    ...(tool ? [{ tool: tool.id, calls: 2 + 2 * Math.floor(random() * 2) }] : []),
  ];
}
