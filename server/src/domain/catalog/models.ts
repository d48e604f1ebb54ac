import type { ModelInfo } from '../../contract/catalog.ts';
import { divideHalfEven, formatAmount } from '../amounts/amounts.ts';
import { priceAt, type TokenCounts, tokensCharge } from '../gate/pricing.ts';
import type { Micros } from '../state.ts';
import type { Catalog, Model, Plan, Rate } from './catalog-types.ts';

/** How hard a task is: 1 light, 2 usual, 3 hard. */
export type Complexity = 1 | 2 | 3;

/** What models are compared by where nothing is known of the request: an exchange of usual size. */
export const typicalTokens: TokenCounts = { input: 1_000, output: 500, cached: 0 };

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
 * Every model with its cost at an instant, by tier and then by cost. One of those that the plan lets be chosen is marked as
 * the cheapest, by the cost of an exchange of usual size. Without a plan no feature counts as missing. Where the catalog keeps names back
 * each tier stands for its models: the cheapest of them is listed under the tier's label.
 */
export function listModels(catalog: Catalog, plan: Plan | null, atMs: number): ModelInfo[] {
  const costed = [...catalog.models.values()]
    .map((model) => ({
      model,
      cost: costOf(model, typicalTokens, atMs),
      available: isAvailable(model, plan),
    }))
    .sort((a, b) => a.model.tier.rank - b.model.tier.rank || compareCost(a, b));
  const shown = catalog.modelNames === 'shown' ? costed : firstOfEachTier(costed);
  const cheapest = shown.filter(({ available }) => available).sort(compareCost)[0];
  return shown.map(({ model, available }) => ({
    ...namesOf(catalog, model),
    ...pricesOf(model, atMs),
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
    .map((model) => ({ model, cost: costOf(model, tokens, atMs) }))
    .sort(compareCost);
  if (best === undefined) return { outcome: 'refused', reason: 'plan_tier' };
  return { outcome: 'routed', model: best.model, cost: best.cost, unit: catalog.unit };
}

/** What one request costs: its flat price, or its tokens. */
export function costOf(model: Model, tokens: TokenCounts, atMs: number): Micros {
  const price = priceAt(model.prices, atMs);
  return price === undefined ? 0n : (price.perRequest ?? tokensCharge(price, tokens));
}

function isAvailable(model: Model, plan: Plan | null): boolean {
  return model.feature === null || plan === null || plan.features.has(model.feature);
}

interface Costed {
  readonly model: Model;
  readonly cost: Micros;
}

function compareCost(a: Costed, b: Costed): number {
  if (a.cost !== b.cost) return a.cost < b.cost ? -1 : 1;
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

function pricesOf(model: Model, atMs: number) {
  const price = priceAt(model.prices, atMs);
  const flat = price === undefined ? 0n : price.perRequest;
  const byTokens = flat === null && price !== undefined ? price : null;
  return {
    perRequest: flat === null ? null : formatAmount(flat),
    inputPer1000: byTokens && per1000(byTokens.input),
    outputPer1000: byTokens && per1000(byTokens.output),
    cachedPer1000: byTokens && per1000(byTokens.cached),
  };
}

function per1000({ amount, per }: Rate): string {
  return formatAmount(divideHalfEven(amount * 1_000n, per));
}
