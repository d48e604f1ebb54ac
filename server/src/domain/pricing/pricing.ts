import type { MetricSource } from '../../contract/catalog/catalog.ts';
import { modelUseNames, modelUses } from '../../contract/catalog/model-uses.ts';
import type { Item, MetricItem, ModelItem, StorageItem, ToolItem } from '../../contract/gate/gate.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import { type Micros, microsPerUnit, parseAmount } from '../amounts/amounts.ts';
import {
  exactCharge,
  type Parts,
  type RoundedCharge,
  type Rounding,
  roundCharge,
  roundingAfter,
} from '../amounts/rounding.ts';
import type { Catalog, CompiledModelPrice, DatedPrice, Metric, Model } from '../catalog/catalog-types.ts';
import { metricOf, unknownMetric } from '../catalog/metric-of.ts';
import { DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import type { UnpricedItem } from '../unpriced/state.ts';
import type { ChargeLine, Count } from '../usage/state.ts';
import { priceOfRequest, type Uses, usesOf, type WithoutPrice } from './request-price.ts';

/** Items after the rate card: the counts that limits see, and the charges. */
export interface Priced {
  readonly counts: readonly Count[];
  readonly lines: readonly ChargeLine[];
  /** The sum of the lines. */
  readonly charge: Micros;
  readonly unit: CreditUnit;
  /** Items that the rate card has no price for: counted, and not charged until it has one. */
  readonly unpriced: readonly UnpricedItem[];
  /** The carry for a further line. */
  readonly rounding: Rounding;
}

/** At which time and by which terms a use is priced. */
export interface PricingContext {
  /** Uses the prices of this instant. */
  readonly atMs: number;
  /** Providers for which the account uses its own key; their models are counted and cost nothing. */
  readonly ownKeys: Readonly<Record<string, unknown>>;
  readonly category?: string;
  /** Whether retired things are priced too: true for facts, false for requests. */
  readonly withRetired?: boolean;
  /** By how much the plan multiplies what models cost, in millionths; as much by default. */
  readonly modelFactor?: Micros;
  /** Whether what has no price is kept as unpriced, as a fact is; otherwise it is refused. */
  readonly keepsUnpriced?: boolean;
  /** Whether the items were counted before and get their price now. */
  readonly isLate?: boolean;
  /** The account's carry for charges; without it amounts round up, as for an estimate. */
  readonly rounding?: Rounding;
}

/** The result under construction while items are priced. */
interface Pricing extends PricingContext {
  readonly catalog: Catalog;
  readonly counts: Count[];
  readonly lines: ChargeLine[];
  readonly unpriced: UnpricedItem[];
  rounding: Rounding;
}

/** The source of a count. */
type Origin = Pick<Count, 'model' | 'tier' | 'tool'>;

const noOrigin: Origin = {};

/** The units of lines that the rate card does not name. */
export const lineUnits = { request: 'requests', token: 'tokens', call: 'calls' } as const;

/**
 * Turns items into counts and charges by the rate card of `atMs`. A model's request always makes a line, of 0 if the account's
 * own key pays. A free tool, storage kind or metric is counted and makes no line.
 * @throws DomainError `unknown_metric`, `unknown_model`, `unknown_tool`, `unknown_storage`, `no_price`, with the item's place and
 * the accepted values. For a fact that is kept as unpriced only `unknown_metric`.
 */
export function priceItems(catalog: Catalog, items: readonly Item[], context: PricingContext): Priced {
  const pricing: Pricing = { rounding: 'up', ...context, catalog, counts: [], lines: [], unpriced: [] };
  let index = 0;
  for (const item of items) {
    if ('model' in item) priceModel(pricing, item, index);
    else if ('tool' in item) priceTool(pricing, item, index);
    else if ('storage' in item) priceStorage(pricing, item, index);
    else priceMetric(pricing, item, index);
    index += 1;
  }
  let charge = 0n;
  for (const line of pricing.lines) charge += line.amount;
  count(pricing, 'charges', charge, noOrigin);
  const { counts, lines, unpriced, rounding } = pricing;
  return { counts, lines, charge, unit: catalog.unit, unpriced, rounding };
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

function priceModel(pricing: Pricing, item: ModelItem, index: number): void {
  const used = usesOf(item);
  const found = findModel(pricing, item, index);
  const tokens = microsOf(used.input + used.output);
  if (!pricing.isLate) {
    const origin: Origin = found === null ? { model: item.model } : { model: found.id, tier: found.tier.id };
    countWhole(pricing, 'llm_requests', 1, origin);
    countWhole(pricing, 'llm_tokens', used.input + used.output, origin);
    // Cached reads and writes are input too.
    countWhole(pricing, 'llm_input_tokens', used.input, origin);
    countWhole(pricing, 'llm_output_tokens', used.output, origin);
  }
  if (found === null) {
    pricing.unpriced.push(item);
    return;
  }
  const price = priceAt(found.prices, pricing.atMs);
  if (price === undefined) return;
  const { quantity, unit } = chargedFor(price, used, tokens);
  const { model: _, provider: __, ...stated } = item;
  const line = {
    kind: 'llm' as const,
    ref: found.id,
    tier: found.tier.id,
    provider: found.provider,
    stated,
  };
  if (Object.hasOwn(pricing.ownKeys, found.provider)) {
    pricing.lines.push({ ...line, quantity, unit, amount: 0n, rate: price.words, ownKey: true });
    return;
  }
  const { serviceTier } = item;
  const priced = priceOfRequest(price, used, { serviceTier, modelFactor: pricing.modelFactor });
  if (!('exact' in priced)) {
    if (pricing.keepsUnpriced !== true) throw withoutPrice(found, price, priced, index);
    pricing.unpriced.push(item);
    return;
  }
  pricing.lines.push({ ...line, quantity, unit, ...rounded(pricing, priced.exact), rate: priced.words });
}

/** The quantity of a line: tokens if there are any, otherwise the priced kind of use. */
function chargedFor(
  price: CompiledModelPrice,
  { uses, input, output }: Uses,
  tokens: Micros,
): Pick<ChargeLine, 'quantity' | 'unit'> {
  if (price.isFlat) return { quantity: microsPerUnit, unit: lineUnits.request };
  const [first] = uses;
  if (input + output > 0 || first === undefined) return { quantity: tokens, unit: lineUnits.token };
  const { name, count: used } = first;
  return { quantity: typeof used === 'number' ? microsOf(used) : used, unit: modelUses[name].other };
}

/** The model that an item names; null where there is none and the item is kept as unpriced. */
function findModel(
  { catalog, withRetired, keepsUnpriced }: Pricing,
  { model: name, provider }: ModelItem,
  index: number,
): Model | null {
  const model =
    catalog.modelsByName.find(name) ?? (withRetired ? catalog.retired.modelsByName.find(name) : undefined);
  if (model === undefined) {
    if (keepsUnpriced) return null;
    throw new DomainError(
      'unknown_model',
      `The rate card has no model '${name}'`,
      `/items/${index}/model`,
      acceptedModels(catalog, name),
    );
  }
  if (provider !== undefined && provider !== model.provider) {
    if (keepsUnpriced) return null;
    throw new DomainError(
      'unknown_model',
      `The rate card has '${name}' from another provider`,
      `/items/${index}/provider`,
      model.provider,
    );
  }
  return model;
}

/** The models whose names are most like the unknown one, as far as the catalog tells names. */
function acceptedModels({ models, modelNames }: Catalog, name: string): string {
  if (modelNames !== 'shown') return 'a model of the rate card';
  const alike = [...models.keys()]
    .map((id) => ({ id, length: sharedStart(id, name) }))
    .sort((a, b) => b.length - a.length)
    .map(({ id }) => id);
  return acceptedIds(alike, 'no model', modelsToldMax);
}

const modelsToldMax = 8;

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function withoutPrice(
  { id }: Model,
  price: CompiledModelPrice,
  lack: WithoutPrice,
  index: number,
): DomainError {
  if ('of' in lack) {
    const { field, other } = modelUses[lack.of];
    const accepted = modelUseNames.filter((name) => price.rates[name] !== undefined);
    return new DomainError(
      'no_price',
      `The rate card has no price for ${other} of '${id}'`,
      `/items/${index}/${field}`,
      accepted.map((name) => modelUses[name].other).join(', '),
    );
  }
  return new DomainError(
    'no_price',
    `The rate card has no price of '${id}' for the service tier '${lack.serviceTier}'`,
    `/items/${index}/serviceTier`,
    lack.known.join(', '),
  );
}

function priceTool(pricing: Pricing, { tool: id, integration, calls }: ToolItem, index: number): void {
  const { catalog, withRetired } = pricing;
  const tool = catalog.tools.get(id) ?? (withRetired ? catalog.retired.tools.get(id) : undefined);
  const quantity = microsOf(calls);
  if (tool === undefined) {
    if (pricing.keepsUnpriced !== true)
      throw new DomainError(
        'unknown_tool',
        `The rate card has no tool '${id}'`,
        `/items/${index}/tool`,
        acceptedIds(catalog.tools.keys(), 'no tool'),
      );
    pricing.unpriced.push(integration === undefined ? { tool: id, calls } : { tool: id, integration, calls });
  }
  if (!pricing.isLate) count(pricing, 'tool_calls', quantity, { tool: id });
  if (tool === undefined) return;
  const ofIntegration = integration === undefined ? undefined : tool.integrations.get(integration);
  const price = priceAt(ofIntegration ?? tool.prices, pricing.atMs);
  if (price === undefined) return;
  const exact = exactCharge([{ quantity, rate: price.rate }]);
  if (exact === 0n) return;
  const line: ChargeLine = {
    kind: 'tool',
    ref: id,
    quantity,
    unit: lineUnits.call,
    ...rounded(pricing, exact),
    rate: price.words,
  };
  pricing.lines.push(integration === undefined ? line : { ...line, integration });
}

function priceStorage(pricing: Pricing, { storage: id, quantity: text }: StorageItem, index: number): void {
  const { catalog, withRetired } = pricing;
  const kind = catalog.storage.get(id) ?? (withRetired ? catalog.retired.storage.get(id) : undefined);
  if (kind === undefined) {
    if (pricing.keepsUnpriced !== true)
      throw new DomainError(
        'unknown_storage',
        `The rate card has no storage kind '${id}'`,
        `/items/${index}/storage`,
        acceptedIds(catalog.storage.keys(), 'no storage kind'),
      );
    pricing.unpriced.push({ storage: id, quantity: text });
    return;
  }
  chargeQuantity(
    pricing,
    { kind: 'storage', ref: id, unit: kind.unit.other },
    parseAmount(text),
    kind.prices,
  );
}

function priceMetric(pricing: Pricing, { metric: id, quantity: text }: MetricItem, index: number): void {
  const { catalog, withRetired } = pricing;
  const metric = withRetired ? metricOf(catalog, id) : catalog.metrics.get(id);
  if (metric === undefined) throw unknownMetric(catalog, id, `/items/${index}/metric`);
  const quantity = parseAmount(text);
  if (countsIn(metric, pricing.category)) pricing.counts.push({ metric: id, quantity });
  const prices = catalog.metricRates.get(id) ?? catalog.retired.metricRates.get(id);
  if (prices !== undefined)
    chargeQuantity(pricing, { kind: 'metric', ref: id, unit: metric.unit.other }, quantity, prices);
}

/** Adds the line of a quantity at the price of its instant, where it has one and costs something. */
function chargeQuantity(
  pricing: Pricing,
  { kind, ref, unit }: Pick<ChargeLine, 'kind' | 'ref' | 'unit'>,
  quantity: Micros,
  prices: readonly DatedPrice[],
): void {
  const price = priceAt(prices, pricing.atMs);
  if (price === undefined) return;
  const exact = exactCharge([{ quantity, rate: price.rate }]);
  if (exact === 0n) return;
  pricing.lines.push({ kind, ref, quantity, unit, ...rounded(pricing, exact), rate: price.words });
}

/** The charge in whole millionths; what it leaves goes to the next line. */
function rounded(pricing: Pricing, exact: Parts): RoundedCharge {
  const charge = roundCharge(exact, pricing.rounding);
  pricing.rounding = roundingAfter(pricing.rounding, charge);
  return charge;
}

/** As `count`, of whole units, which are made into an amount only where something counts them. */
function countWhole(pricing: Pricing, source: MetricSource, units: number, origin: Origin): void {
  if (pricing.catalog.countingFrom.has(source)) count(pricing, source, microsOf(units), origin);
}

/** Adds to every metric that counts the source by itself. */
function count(pricing: Pricing, source: MetricSource, quantity: Micros, origin: Origin): void {
  if (quantity === 0n) return;
  const metrics = pricing.catalog.countingFrom.get(source);
  if (metrics === undefined) return;
  for (const metric of metrics)
    if (countsIn(metric, pricing.category)) pricing.counts.push({ metric: metric.id, quantity, ...origin });
}

/** Whether a metric counts use of the category. */
export function countsIn({ categories }: Metric, category: string | undefined): boolean {
  return categories === null || (category !== undefined && categories.has(category));
}

function microsOf(wholeNumber: number): Micros {
  return BigInt(wholeNumber) * microsPerUnit;
}
