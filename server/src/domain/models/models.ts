import { apiBounds } from '../../contract/api-bounds.ts';
import type { ModelInfo, ModelRate } from '../../contract/catalog/catalog-view.ts';
import type { ModelUseName } from '../../contract/catalog/model-uses.ts';
import {
  divideHalfEven,
  formatAmount,
  formatDecimal,
  type Micros,
  microsPerUnit,
} from '../amounts/amounts.ts';
import { type Parts, roundUp } from '../amounts/rounding.ts';
import type { Catalog, CompiledModelPrice, Model, Plan, Rate } from '../catalog/catalog-types.ts';
import { priceAt } from '../pricing/pricing.ts';
import { priceOfRequest } from '../pricing/request-price.ts';

/** How hard a task is: 1 light, 2 usual, 3 hard. */
export type Complexity = 1 | 2 | 3;

export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

/** The request by which models are compared if nothing is known: an exchange of usual size. */
export const typicalTokens: TokenCounts = { input: 1_000, output: 500, cached: 0 };

/** What a request to a model needs. */
export interface RouteRequest {
  readonly complexity: Complexity;
  /** How large the request is expected to be; `typicalTokens` by default. */
  readonly tokens?: Partial<TokenCounts>;
}

/** The model that auto mode picks, or why it can pick none. */
export type Route =
  | { readonly outcome: 'routed'; readonly model: Model; readonly cost: Micros; readonly unit: string }
  | {
      readonly outcome: 'refused';
      /** `plan_tier`: models that fit lie above what the plan's auto mode may use. `no_model`: the catalog has none. */
      readonly reason: 'plan_tier' | 'no_model';
    };

/**
 * Every model with its cost at an instant, by tier and then by cost. One of the models that the plan allows is marked as the
 * cheapest, by the cost of an exchange of usual size. Without a plan no feature counts as missing. If the catalog hides model
 * names, each tier stands for its models: its cheapest model is listed under the tier's label.
 */
export function listModels(catalog: Catalog, plan: Plan | null, atMs: number): ModelInfo[] {
  const modelFactor = plan?.modelFactor ?? microsPerUnit;
  const costed = [...catalog.models.values()]
    .map((model) => ({
      model,
      cost: costOf(model, typicalTokens, atMs, modelFactor),
      available: isAvailable(model, plan),
    }))
    .sort((a, b) => a.model.tier.rank - b.model.tier.rank || compareCost(a, b));
  const shown = catalog.modelNames === 'shown' ? costed : firstOfEachTier(costed);
  const cheapest = shown.filter(({ available, cost }) => available && cost !== null).sort(compareCost)[0];
  return shown.map(({ model, available }) => ({
    ...namesOf(catalog, model),
    ...pricesOf(model, atMs, modelFactor),
    unit: catalog.unit,
    available,
    cheapest: model === cheapest?.model,
  }));
}

/**
 * Auto mode: the cheapest model that fits the complexity, has no feature that the plan lacks, and lies within the plan's
 * `routeTierMax`. The tier bounds auto mode only; by hand any available model may be chosen. Equal costs go to the lower tier,
 * then to the id that sorts first, so that the same request always gets the same model.
 */
export function routeModel(catalog: Catalog, plan: Plan, request: RouteRequest, atMs: number): Route {
  const tokens = { ...typicalTokens, ...request.tokens };
  const fitting = [...catalog.models.values()].filter(
    (model) => model.complexityMax >= request.complexity && isAvailable(model, plan),
  );
  if (fitting.length === 0) return { outcome: 'refused', reason: 'no_model' };
  const [best] = fitting
    .filter((model) => plan.routeTierMax === null || model.tier.rank <= plan.routeTierMax)
    .map((model) => ({ model, cost: costOf(model, tokens, atMs, plan.modelFactor) }))
    .filter((each): each is Costed & { readonly cost: Parts } => each.cost !== null)
    .sort(compareCost);
  if (best === undefined) return { outcome: 'refused', reason: 'plan_tier' };
  return { outcome: 'routed', model: best.model, cost: roundUp(best.cost), unit: catalog.unit };
}

/**
 * The exact cost of one request, so that differences below a millionth count. Null if the model has no price for tokens, such as
 * a model of images.
 */
function costOf(
  model: Model,
  tokens: TokenCounts,
  atMs: number,
  modelFactor: Micros = microsPerUnit,
): Parts | null {
  const price = priceAt(model.prices, atMs);
  if (price === undefined) return 0n;
  const uses = (['input', 'output', 'cached'] as const)
    .filter((name) => tokens[name] > 0)
    .map((name) => ({ name, count: tokens[name] }));
  const { input, cached } = tokens;
  const priced = priceOfRequest(price, { uses, input: input + cached }, { modelFactor });
  return 'exact' in priced ? priced.exact : null;
}

function isAvailable(model: Model, plan: Plan | null): boolean {
  return model.feature === null || plan === null || plan.features.has(model.feature);
}

interface Costed {
  readonly model: Model;
  /** Null last. */
  readonly cost: Parts | null;
}

function compareCost(a: Costed, b: Costed): number {
  if (a.cost !== b.cost) {
    if (a.cost === null || b.cost === null) return a.cost === null ? 1 : -1;
    return a.cost < b.cost ? -1 : 1;
  }
  if (a.model.tier.rank !== b.model.tier.rank) return a.model.tier.rank - b.model.tier.rank;
  return a.model.id < b.model.id ? -1 : 1;
}

/** The list is sorted by tier and cost; a tier's first available model stands for it, or else its first. */
function firstOfEachTier<Listed extends Costed & { readonly available: boolean }>(
  sorted: readonly Listed[],
): Listed[] {
  const byTier = new Map<string, Listed>();
  for (const listed of sorted) {
    const kept = byTier.get(listed.model.tier.id);
    if (kept === undefined || (listed.available && !kept.available)) byTier.set(listed.model.tier.id, listed);
  }
  return [...byTier.values()];
}

function namesOf(catalog: Catalog, model: Model) {
  const tierLabel = model.tier.label;
  return catalog.modelNames === 'shown'
    ? { id: model.id, label: model.label, provider: model.provider, tierLabel }
    : { id: null, label: tierLabel, provider: null, tierLabel };
}

function pricesOf(model: Model, atMs: number, modelFactor: Micros) {
  const price = priceAt(model.prices, atMs);
  const times = (rate: Rate) => timesFactor(rate, modelFactor);
  const flat = price === undefined ? 0n : price.perRequest;
  const per1000 = (name: ModelUseName) => {
    const rate = price?.isFlat === false ? price.rates[name] : undefined;
    return rate === undefined ? null : amountPer1000(times(rate));
  };
  return {
    perRequest: flat === null ? null : formatAmount(divideHalfEven(flat * modelFactor, microsPerUnit)),
    inputPer1000: per1000('input'),
    outputPer1000: per1000('output'),
    cachedPer1000: per1000('cached'),
    rates: price === undefined ? [] : ratesView(price, times),
    contextTiers: (price?.contextTiers ?? []).map((tier) => ({
      above: tier.above,
      rates: ratesView(tier, times),
    })),
    serviceTiers: [...(price?.serviceTiers ?? [])].map(([id, factor]) => ({
      id,
      factor: formatAmount(factor),
    })),
  };
}

function ratesView({ own }: Pick<CompiledModelPrice, 'own'>, times: (rate: Rate) => Rate): ModelRate[] {
  return [...own].map(([of, rate]) => {
    const { amount, per } = times(rate);
    return { of, amount: formatAmount(amount), per: Number(per) };
  });
}

/** The rate with the plan's markup, for as many units as it takes to tell it to the last digit, up to a million. */
function timesFactor({ amount, per }: Rate, factor: Micros): Rate {
  let units = per;
  while ((amount * factor * (units / per)) % microsPerUnit !== 0n && units < perMax) units *= 1_000n;
  return { amount: divideHalfEven(amount * factor * (units / per), microsPerUnit), per: units };
}

const perMax = 1_000_000n;

/** Exactly, which may need nine fraction digits: a rate that is not 0 never reads as 0. */
function amountPer1000({ amount, per }: Rate): string {
  return formatDecimal((amount * microsPerUnit) / per, apiBounds.rateFractionDigitsMax);
}
