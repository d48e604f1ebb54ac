import type { CreditUnit } from '../../contract/amount.ts';
import type { MetricSource } from '../../contract/catalog.ts';
import type { Item, MetricItem, ModelItem, StorageItem, ToolItem } from '../../contract/gate.ts';
import { chargeFor, divideHalfEven, microsPerUnit, parseAmount } from '../amounts/amounts.ts';
import type { Catalog, CompiledModelPrice, Metric, Model, Rate } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { DomainError } from '../decision.ts';
import type { ChargeLine, Count, Micros } from '../state.ts';

/** Items as the rate card turns them: what limits see, and what is charged. */
export interface Priced {
  readonly counts: readonly Count[];
  readonly lines: readonly ChargeLine[];
  /** The sum of the lines, each rounded once. */
  readonly charge: Micros;
  readonly unit: CreditUnit;
}

export interface PricingContext {
  /** Prices are those of this instant. */
  readonly atMs: number;
  /** Providers whose own key the account uses; their models are counted and cost nothing. */
  readonly ownKeys: Readonly<Record<string, unknown>>;
  readonly category?: string;
  /** Whether what the catalog sold once and does not sell any more is priced too: what has happened, not what is asked for. */
  readonly withRetired?: boolean;
}

/** What is being built up while items are priced. */
interface Pricing extends PricingContext {
  readonly catalog: Catalog;
  readonly counts: Count[];
  readonly lines: ChargeLine[];
}

/** What a count came from. */
type Origin = Pick<Count, 'model' | 'tier' | 'tool'>;

const noOrigin: Origin = {};

/** The units of lines that the rate card does not name. */
export const lineUnits = { request: 'requests', token: 'tokens', call: 'calls' } as const;

/**
 * Turns items into counts and charges by the rate card of `atMs`. A model's request always makes a line, of 0 where the
 * account's own key pays; a tool, storage kind or metric that costs nothing is counted and makes none.
 * @throws DomainError `unknown_metric`, `unknown_model`, `unknown_tool`, `unknown_storage`, with the item's place.
 */
export function priceItems(catalog: Catalog, items: readonly Item[], context: PricingContext): Priced {
  const pricing: Pricing = { ...context, catalog, counts: [], lines: [] };
  for (const [index, item] of items.entries()) {
    if ('model' in item) priceModel(pricing, item, index);
    else if ('tool' in item) priceTool(pricing, item, index);
    else if ('storage' in item) priceStorage(pricing, item, index);
    else priceMetric(pricing, item, index);
  }
  let charge = 0n;
  for (const line of pricing.lines) charge += line.amount;
  count(pricing, 'charges', charge, noOrigin);
  return { counts: pricing.counts, lines: pricing.lines, charge, unit: catalog.unit };
}

/** The price that holds at an instant; the first also holds before its own. */
export function priceAt<Price extends { readonly fromMs: number }>(
  prices: readonly Price[],
  atMs: number,
): Price | undefined {
  for (let index = prices.length - 1; index > 0; index--) {
    const price = prices[index];
    if (price !== undefined && price.fromMs <= atMs) return price;
  }
  return prices[0];
}

/** What so many tokens cost together, rounded once. */
export function tokensCharge(price: CompiledModelPrice, tokens: TokenCounts): Micros {
  return chargeFor([
    { quantity: microsOf(tokens.input), rate: price.input },
    { quantity: microsOf(tokens.output), rate: price.output },
    { quantity: microsOf(tokens.cached), rate: price.cached },
  ]);
}

export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

function priceModel(pricing: Pricing, item: ModelItem, index: number): void {
  const model = findModel(pricing, item, index);
  const { inputTokens: input = 0, outputTokens: output = 0, cachedTokens: cached = 0 } = item;
  const origin: Origin = { model: model.id, tier: model.tier.id };
  const total = microsOf(input + output + cached);
  count(pricing, 'llm_requests', microsPerUnit, origin);
  count(pricing, 'llm_tokens', total, origin);
  // What a cache gave is input as well.
  count(pricing, 'llm_input_tokens', microsOf(input + cached), origin);
  count(pricing, 'llm_output_tokens', microsOf(output), origin);
  const price = priceAt(model.prices, pricing.atMs);
  if (price === undefined) return;
  const ownKey = Object.hasOwn(pricing.ownKeys, model.provider);
  const byRequest = price.perRequest !== null;
  const amount = ownKey ? 0n : (price.perRequest ?? tokensCharge(price, { input, output, cached }));
  const line: ChargeLine = {
    kind: 'llm',
    ref: model.id,
    tier: model.tier.id,
    provider: model.provider,
    quantity: byRequest ? microsPerUnit : total,
    unit: byRequest ? lineUnits.request : lineUnits.token,
    amount,
    rate: price.words,
  };
  pricing.lines.push(ownKey ? { ...line, ownKey: true } : line);
}

function findModel(
  { catalog, withRetired }: Pricing,
  { model: id, provider }: ModelItem,
  index: number,
): Model {
  const model = catalog.models.get(id) ?? (withRetired ? catalog.retired.models.get(id) : undefined);
  if (model === undefined)
    throw new DomainError('unknown_model', `The rate card has no model '${id}'`, `/items/${index}/model`);
  if (provider !== undefined && provider !== model.provider)
    throw new DomainError(
      'unknown_model',
      `The rate card has '${id}' from another provider`,
      `/items/${index}/provider`,
      model.provider,
    );
  return model;
}

function priceTool(pricing: Pricing, { tool: id, integration, calls }: ToolItem, index: number): void {
  const { catalog, withRetired } = pricing;
  const tool = catalog.tools.get(id) ?? (withRetired ? catalog.retired.tools.get(id) : undefined);
  if (tool === undefined)
    throw new DomainError('unknown_tool', `The rate card has no tool '${id}'`, `/items/${index}/tool`);
  const quantity = microsOf(calls);
  count(pricing, 'tool_calls', quantity, { tool: id });
  const ofIntegration = integration === undefined ? undefined : tool.integrations.get(integration);
  const price = priceAt(ofIntegration ?? tool.prices, pricing.atMs);
  if (price === undefined) return;
  const amount = chargeOf(quantity, price.rate);
  if (amount === 0n) return;
  const line: ChargeLine = {
    kind: 'tool',
    ref: id,
    quantity,
    unit: lineUnits.call,
    amount,
    rate: price.words,
  };
  pricing.lines.push(integration === undefined ? line : { ...line, integration });
}

function priceStorage(pricing: Pricing, { storage: id, quantity: text }: StorageItem, index: number): void {
  const { catalog, withRetired } = pricing;
  const kind = catalog.storage.get(id) ?? (withRetired ? catalog.retired.storage.get(id) : undefined);
  if (kind === undefined)
    throw new DomainError(
      'unknown_storage',
      `The rate card has no storage kind '${id}'`,
      `/items/${index}/storage`,
    );
  const quantity = parseAmount(text);
  const price = priceAt(kind.prices, pricing.atMs);
  if (price === undefined) return;
  const amount = chargeOf(quantity, price.rate);
  if (amount === 0n) return;
  pricing.lines.push({
    kind: 'storage',
    ref: id,
    quantity,
    unit: kind.unit.other,
    amount,
    rate: price.words,
  });
}

function priceMetric(pricing: Pricing, { metric: id, quantity: text }: MetricItem, index: number): void {
  const { catalog, withRetired } = pricing;
  const metric = withRetired ? metricOf(catalog, id) : catalog.metrics.get(id);
  if (metric === undefined)
    throw new DomainError('unknown_metric', `The catalog has no metric '${id}'`, `/items/${index}/metric`);
  const quantity = parseAmount(text);
  if (countsIn(metric, pricing.category)) pricing.counts.push({ metric: id, quantity });
  const prices = catalog.metricRates.get(id) ?? catalog.retired.metricRates.get(id);
  const price = prices === undefined ? undefined : priceAt(prices, pricing.atMs);
  if (price === undefined) return;
  const amount = chargeOf(quantity, price.rate);
  if (amount === 0n) return;
  pricing.lines.push({
    kind: 'metric',
    ref: id,
    quantity,
    unit: metric.unit.other,
    amount,
    rate: price.words,
  });
}

/** Adds to every metric that counts the source by itself. */
function count(pricing: Pricing, source: MetricSource, quantity: Micros, origin: Origin): void {
  if (quantity === 0n) return;
  const metrics = pricing.catalog.countingFrom.get(source);
  if (metrics === undefined) return;
  for (const metric of metrics)
    if (countsIn(metric, pricing.category)) pricing.counts.push({ metric: metric.id, quantity, ...origin });
}

/** Whether a metric counts what is reported under the category. */
export function countsIn({ categories }: Metric, category: string | undefined): boolean {
  return categories === null || (category !== undefined && categories.has(category));
}

function microsOf(wholeNumber: number): Micros {
  return BigInt(wholeNumber) * microsPerUnit;
}

function chargeOf(quantity: Micros, rate: Rate): Micros {
  return divideHalfEven(quantity * rate.amount, microsPerUnit * rate.per);
}
