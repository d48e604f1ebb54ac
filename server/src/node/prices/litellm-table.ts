import type { ModelUseName } from '../../contract/catalog/model-uses.ts';
import { jsonFault } from '../catalog/json-fault.ts';
import { CommandError } from '../commands/command.ts';
import { type Decimal, decimalOf, isSame, quotient } from './exact-decimal.ts';
import type { LeftOut, PriceSource, SourceModel } from './price-source.ts';

/** Fields that say what one of a kind of use costs. */
const kinds: Readonly<Record<string, ModelUseName>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  cache_read_input_token_cost: 'cached',
  cache_creation_input_token_cost: 'cacheWrite',
  cache_creation_input_token_cost_above_1hr: 'cacheWriteHour',
  output_cost_per_reasoning_token: 'reasoning',
  input_cost_per_audio_token: 'audioInput',
  cache_read_input_audio_token_cost: 'cachedAudio',
  output_cost_per_audio_token: 'audioOutput',
  input_cost_per_image_token: 'imageInput',
  cache_read_input_image_token_cost: 'cachedImage',
  output_cost_per_image_token: 'imageOutput',
  ocr_cost_per_page: 'page',
};
/** Fields for what a rate card has no direction of: taken where one alone is told. */
const undirected: Readonly<Record<string, ModelUseName>> = {
  input_cost_per_image: 'image',
  output_cost_per_image: 'image',
  input_cost_per_second: 'second',
  output_cost_per_second: 'second',
  input_cost_per_character: 'character',
  output_cost_per_character: 'character',
};
const aboveContext = /^(.*)_above_(\d+)k_tokens$/;
const ofServiceTier = /^(.*?)_(batches|priority|flex)$/;
const tierNames: Readonly<Record<string, string>> = { batches: 'batch', priority: 'priority', flex: 'flex' };
/** Digits of a factor. */
const factorDigits = 6;

/** Entries that are no models. */
const notModels = new Set(['sample_spec']);

/**
 * A table in the form of LiteLLM's `model_prices_and_context_window.json`: models by name, each with its costs in dollars.
 * @throws CommandError where it is none.
 */
export function readLitellmTable(name: string, text: string): PriceSource {
  const left: LeftOut[] = [];
  const models: SourceModel[] = [];
  for (const [id, entry] of Object.entries(parseTable(name, text))) {
    if (notModels.has(id)) continue;
    const model = sourceModel(id, entry, left);
    if (model !== null) models.push(model);
  }
  return { name, models, left };
}

type Entry = Readonly<Record<string, unknown>>;

function parseTable(name: string, text: string): Readonly<Record<string, Entry>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const fault = jsonFault(text);
    const from = fault === undefined ? '' : ` from line ${fault.line}, column ${fault.column} on`;
    throw new CommandError('not_a_price_table', `${name} is not JSON${from}.`, { cause });
  }
  const isTable =
    typeof parsed === 'object' &&
    parsed !== null &&
    !Array.isArray(parsed) &&
    Object.values(parsed).every((entry) => typeof entry === 'object' && entry !== null);
  if (!isTable)
    throw new CommandError(
      'not_a_price_table',
      `${name} is not a table of models by name in the form of model_prices_and_context_window.json.`,
    );
  return parsed as Readonly<Record<string, Entry>>;
}

function sourceModel(id: string, entry: Entry, left: LeftOut[]): SourceModel | null {
  const provider = typeof entry.litellm_provider === 'string' ? entry.litellm_provider : 'unknown';
  const leave = (part: string | null, reason: string) => left.push({ provider, model: id, part, reason });
  const costs = new Map<string, Decimal>();
  for (const [field, value] of Object.entries(entry)) {
    if (!/cost/.test(field)) continue;
    const cost = typeof value === 'number' ? decimalOf(value) : null;
    if (cost === null) leave(field, 'it is no price of one thing');
    else costs.set(field, cost);
  }
  const rates: Partial<Record<ModelUseName, Decimal>> = {};
  const tiers = new Map<number, Partial<Record<ModelUseName, Decimal>>>();
  const serviceCosts = new Map<string, Map<string, Decimal>>();
  let perRequest: Decimal | undefined;
  for (const [field, cost] of costs) {
    const kind = kinds[field];
    const above = aboveContext.exec(field);
    const service = ofServiceTier.exec(field);
    const aboveKind = above === null ? undefined : kinds[above[1] ?? ''];
    if (kind !== undefined) rates[kind] = cost;
    else if (field in undirected) takeUndirected(field, cost);
    else if (field === 'input_cost_per_request') perRequest = cost;
    else if (above !== null && aboveKind !== undefined) {
      const start = Number(above[2]) * 1_000;
      tiers.set(start, { ...tiers.get(start), [aboveKind]: cost });
    } else if (service !== null && kinds[service[1] ?? ''] !== undefined) {
      const tier = tierNames[service[2] ?? ''] ?? '';
      serviceCosts.set(tier, (serviceCosts.get(tier) ?? new Map()).set(service[1] ?? '', cost));
    } else leave(field, 'a rate card has no such kind of use');
  }

  function takeUndirected(field: string, cost: Decimal): void {
    const kind = undirected[field];
    const other = field.startsWith('input')
      ? field.replace('input', 'output')
      : field.replace('output', 'input');
    if (kind === undefined || cost.digits === 0n) return;
    if ((costs.get(other)?.digits ?? 0n) === 0n) rates[kind] = cost;
    else leave(field, `${kind}s cost one price in a rate card, and this model has one for each direction`);
  }

  const serviceTiers: Record<string, Decimal> = {};
  for (const [tier, fields] of serviceCosts) {
    const factor = factorOf(costs, fields);
    if (factor === null) leave(`service tier ${tier}`, 'no one factor makes its prices of the usual ones');
    else serviceTiers[tier] = factor;
  }
  if (Object.keys(rates).length === 0 && perRequest === undefined) {
    leave(null, 'the table has no price of it that a rate card can say');
    return null;
  }
  return {
    id,
    label: id,
    provider,
    aliases: [],
    prices: [
      {
        rates,
        ...(perRequest === undefined ? {} : { perRequest }),
        contextTiers: [...tiers]
          .sort(([a], [b]) => a - b)
          .map(([above, tierRates]) => ({ above, rates: tierRates })),
        serviceTiers,
      },
    ],
  };
}

/** The factor between every price of a service tier and the usual one, where it is the same and every token has both. */
function factorOf(costs: ReadonlyMap<string, Decimal>, ofTier: ReadonlyMap<string, Decimal>): Decimal | null {
  let factor: Decimal | null = null;
  for (const field of ['input_cost_per_token', 'output_cost_per_token', 'cache_read_input_token_cost']) {
    const [usual, own] = [costs.get(field), ofTier.get(field)];
    if (usual === undefined || usual.digits === 0n) continue;
    if (own === undefined) return null;
    const next = quotient(own, usual, factorDigits);
    if (next === null || (factor !== null && !isSame(factor, next))) return null;
    factor = next;
  }
  return factor;
}
