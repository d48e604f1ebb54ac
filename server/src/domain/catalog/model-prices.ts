import { apiBounds } from '../../contract/api-bounds.ts';
import type { CatalogConfig, ModelConfig, ModelPrice, ModelRates } from '../../contract/catalog/catalog.ts';
import { type ModelUseName, modelUseNames, modelUses } from '../../contract/catalog/model-uses.ts';
import type { Micros } from '../amounts/amounts.ts';
import { wordsOfPiece, wordsOfRate, wordsOfRates } from '../stored-words/stored-rates.ts';
import { type CatalogReader, type Placed, pointerToken } from './catalog-reader.ts';
import type { CompiledModelPrice, CompiledRates, Model, ModelTier, Rate } from './catalog-types.ts';
import { isPattern } from './model-names.ts';
import { checkOrder, checkSome, readRate } from './rates.ts';

/** How hard a task a model fits that does not say so: the usual ones. */
const complexityMaxDefault = 2;

export function readModels(
  reader: CatalogReader,
  config: CatalogConfig,
  tiers: ReadonlyMap<string, ModelTier>,
): ReadonlyMap<string, Model> {
  const features = new Set([
    ...config.plans.flatMap((plan) => plan.features ?? []),
    ...(config.addOns ?? []).flatMap((addOn) => addOn.feature ?? []),
  ]);
  const models = new Map<string, Model>();
  const placed = reader.entries('/models', config.models, (pointer, id) => reader.modelName(pointer, id));
  for (const { entry, pointer } of placed) {
    reader.label(`${pointer}/label`, entry.label);
    reader.reference(`${pointer}/tier`, entry.tier, tiers.keys(), 'model tier');
    if (entry.feature !== undefined)
      reader.reference(`${pointer}/feature`, entry.feature, features, "plan's feature");
    const complexityMax = entry.complexityMax ?? complexityMaxDefault;
    if (![1, 2, 3].includes(complexityMax))
      reader.mistake(`${pointer}/complexityMax`, `${complexityMax} is not accepted`, '1, 2 or 3');
    models.set(entry.id, {
      id: entry.id,
      aliases: entry.aliases ?? [],
      label: entry.label,
      provider: entry.provider,
      tier: tiers.get(entry.tier) ?? { id: entry.tier, label: entry.tier, rank: 0 },
      prices: readModelPrices(reader, { entry, pointer }),
      complexityMax,
      feature: entry.feature ?? null,
    });
  }
  checkAliases(reader, placed);
  return models;
}

/** No name leads to two models. */
function checkAliases(reader: CatalogReader, placed: readonly Placed<ModelConfig>[]): void {
  const owners = new Map(placed.map(({ entry }) => [entry.id, entry.id]));
  for (const { entry, pointer } of placed) {
    for (const [index, alias] of (entry.aliases ?? []).entries()) {
      const place = `${pointer}/aliases/${index}`;
      if (isPattern(alias)) reader.modelName(place, alias.replaceAll('*', '') || '-');
      else reader.modelName(place, alias);
      const owner = owners.get(alias);
      if (owner !== undefined)
        reader.mistake(place, `'${alias}' is a name of '${owner}' already`, 'a name of one model');
      owners.set(alias, entry.id);
    }
  }
}

function readModelPrices(reader: CatalogReader, { entry, pointer }: Placed<ModelConfig>) {
  const place = `${pointer}/prices`;
  checkSome(reader, place, entry.prices);
  const prices = entry.prices.map((price, index) => readModelPrice(reader, `${place}/${index}`, price));
  checkOrder(reader, place, prices);
  return prices;
}

function readModelPrice(reader: CatalogReader, pointer: string, price: ModelPrice): CompiledModelPrice {
  const fromMs = reader.instant(`${pointer}/from`, price.from);
  const own = readRates(reader, pointer, price);
  const perRequest =
    price.perRequest === undefined ? null : reader.amount(`${pointer}/perRequest`, price.perRequest);
  if (own.size === 0 && perRequest === null)
    reader.mistake(pointer, 'It has no price', `perRequest, or rates such as ${someRates}`);
  const isFlat = own.size === 0;
  return {
    fromMs,
    perRequest,
    isFlat,
    ...compiledRates(own, perRequest),
    contextTiers: readContextTiers(reader, { entry: price, pointer }, own, perRequest),
    serviceTiers: readServiceTiers(reader, { entry: price, pointer }),
  };
}

const someRates = 'input, output and cached';

type OwnRates = ReadonlyMap<ModelUseName, Rate>;

function readRates(reader: CatalogReader, pointer: string, config: ModelRates): OwnRates {
  const own = new Map<ModelUseName, Rate>();
  for (const name of modelUseNames) {
    const rate = config[name];
    if (rate !== undefined) own.set(name, readRate(reader, `${pointer}/${name}`, rate));
  }
  return own;
}

/** The rates including derived ones, and their words, which name only the model's own rates. */
function compiledRates(own: OwnRates, perRequest: Micros | null, above?: number): CompiledRates {
  const rates: Partial<Record<ModelUseName, Rate>> = {};
  const perMillion: Partial<Record<ModelUseName, Micros>> = {};
  for (const name of modelUseNames) {
    const found = [name, ...modelUses[name].otherwise].find((each) => own.has(each));
    const rate = found === undefined ? undefined : own.get(found);
    if (rate === undefined) continue;
    rates[name] = rate;
    perMillion[name] = rate.amount * (1_000_000n / rate.per);
  }
  const words = [...own].map(([name, rate]) => wordsOfRate(rate, modelUses[name].one, modelUses[name].other));
  if (perRequest !== null) words.unshift(wordsOfPiece(perRequest, 'request'));
  return { rates, perMillion, own, words: wordsOfRates(words, above) };
}

function readContextTiers(
  reader: CatalogReader,
  { entry, pointer }: Placed<ModelPrice>,
  own: OwnRates,
  perRequest: Micros | null,
): CompiledModelPrice['contextTiers'] {
  const tiers = entry.contextTiers ?? [];
  const place = `${pointer}/contextTiers`;
  if (tiers.length > apiBounds.contextTiersMax)
    reader.mistake(place, 'There are too many', `at most ${apiBounds.contextTiersMax}`);
  let before = 0;
  return tiers.map((tier, index) => {
    const at = `${place}/${index}`;
    const above = reader.wholeNumber(`${at}/above`, tier.above, 1) ?? 0;
    if (above <= before)
      reader.mistake(`${at}/above`, 'It does not lie above the tier before it', 'more tokens');
    before = above;
    const named = readRates(reader, at, tier);
    if (named.size === 0) reader.mistake(at, 'It has no rate', `rates such as ${someRates}`);
    return { above, ...compiledRates(new Map([...own, ...named]), perRequest, above), own: named };
  });
}

function readServiceTiers(
  reader: CatalogReader,
  { entry, pointer }: Placed<ModelPrice>,
): ReadonlyMap<string, Micros> {
  const factors = new Map<string, Micros>();
  for (const [id, factor] of Object.entries(entry.serviceTiers ?? {})) {
    const place = `${pointer}/serviceTiers/${pointerToken(id)}`;
    reader.id(place, id);
    if (id === standardServiceTier)
      reader.mistake(place, `'${id}' stands for the price as it is`, 'a tier of another name');
    factors.set(id, reader.amount(place, factor));
  }
  return factors;
}

/** The service tier of a request that names none. */
export const standardServiceTier = 'standard';
