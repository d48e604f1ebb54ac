import { apiBounds } from '../../contract/api-bounds.ts';
import type {
  CatalogConfig,
  ContextTierConfig,
  ModelConfig,
  ModelPrice,
  ModelRates,
  RateConfig,
} from '../../contract/catalog/catalog.ts';
import { type ModelUseName, modelUseNames, modelUses } from '../../contract/catalog/model-uses.ts';
import { modelAliasPattern, modelNamePattern } from '../../contract/values/primitive-schemas.ts';
import { type Decimal, isSame, tenTo, textOf, times } from './exact-decimal.ts';
import type { LeftOut, PriceSource, SourceModel, SourcePrice, SourceRates } from './price-source.ts';

export interface ImportTerms {
  /** Providers whose models are looked at. */
  readonly providers: ReadonlySet<string>;
  /** Whether a model that the catalog does not have is added. */
  isWanted(name: string): boolean;
  /** The tier of models that are added. */
  readonly tier: string;
  /** The value of a dollar in the catalog's unit. */
  readonly perDollar: Decimal;
  /** From when prices hold that are other than the catalog's. ISO 8601. */
  readonly from: string;
}

/** A model with a changed price. */
export interface ChangedModel {
  readonly id: string;
  /** Such as `input 1.25 -> 1 per 1,000,000`. */
  readonly changes: readonly string[];
}

export interface PriceImport {
  readonly config: CatalogConfig;
  readonly added: readonly string[];
  readonly changed: readonly ChangedModel[];
  readonly unchanged: readonly string[];
  readonly left: readonly LeftOut[];
  /** Models of the providers that the catalog has and the table does not. */
  readonly gone: readonly string[];
  /** Models of the table that were not asked for. */
  readonly passedOver: number;
}

/** Digits of an amount behind the point. */
const fractionDigits = apiBounds.fractionDigitsMax;

/**
 * A catalog with the prices of a table. What a model cost stays: a price that is another now holds from `from` on. Models that
 * the table does not have stay as they are, and so does everything of a model that the table says nothing of.
 */
export function mergePrices(config: CatalogConfig, source: PriceSource, terms: ImportTerms): PriceImport {
  const models = [...(config.models ?? [])];
  const names = new Set(models.flatMap(({ id, aliases = [] }) => [id, ...aliases]));
  const added: string[] = [];
  const changed: ChangedModel[] = [];
  const unchanged: string[] = [];
  const left: LeftOut[] = [];
  const met = new Set<string>();
  let passedOver = 0;
  for (const told of source.models) {
    const { provider, id } = told;
    const place = models.findIndex((each) => each.id === id || each.aliases?.includes(id) === true);
    const present = models[place];
    const isAsked = terms.providers.has(provider) && (present !== undefined || terms.isWanted(id));
    if (!isAsked) {
      passedOver += 1;
      continue;
    }
    const leave = (part: string | null, reason: string) => left.push({ provider, model: id, part, reason });
    if (present !== undefined && (present.provider !== provider || met.has(present.id))) {
      leave(null, `the catalog has '${present.id}' from ${present.provider}`);
      continue;
    }
    left.push(...source.left.filter((each) => each.provider === provider && each.model === id));
    if (!modelNamePattern.test(id)) {
      leave(null, 'its name is none that a catalog takes');
      continue;
    }
    const prices = pricesOf(told, terms.perDollar);
    if (prices === null) {
      leave(null, 'a price of it needs more than six digits for 1,000,000');
      continue;
    }
    const aliases = told.aliases.filter((alias) => {
      const isFree =
        modelAliasPattern.test(alias) && (!names.has(alias) || present?.aliases?.includes(alias));
      if (!isFree) leave(alias, 'it is a name of another model');
      return isFree;
    });
    for (const name of [id, ...aliases]) names.add(name);
    if (present === undefined) {
      const { label } = told;
      models.push({
        id,
        ...(aliases.length === 0 ? {} : { aliases: aliases.slice(0, apiBounds.modelAliasesMax) }),
        label,
        provider,
        tier: terms.tier,
        prices,
      });
      added.push(id);
      met.add(id);
      continue;
    }
    met.add(present.id);
    const updated = withPrices(present, { prices, aliases }, terms.from);
    if (updated === null) unchanged.push(present.id);
    else {
      models[place] = updated.model;
      changed.push({ id: present.id, changes: updated.changes });
    }
  }
  const told = new Set(source.models.map(({ provider }) => provider));
  const gone = models
    .filter(({ id, provider }) => terms.providers.has(provider) && told.has(provider) && !met.has(id))
    .map(({ id }) => id)
    .filter((id) => !left.some((each) => each.model === id && each.part === null));
  left.push(
    ...source.left.filter(
      ({ provider, model, part }) =>
        part === null &&
        terms.providers.has(provider) &&
        terms.isWanted(model) &&
        !left.some((each) => each.model === model && each.part === null),
    ),
  );
  return { config: { ...config, models }, added, changed, unchanged, left, gone, passedOver };
}

/** The prices in the catalog's unit; null where one cannot be said to the last digit. */
function pricesOf({ prices }: SourceModel, perDollar: Decimal): ModelPrice[] | null {
  const read: ModelPrice[] = [];
  for (const price of prices) {
    const written = priceOf(price, perDollar);
    if (written === null) return null;
    read.push(written);
  }
  return read;
}

function priceOf(price: SourcePrice, perDollar: Decimal): ModelPrice | null {
  const rates = ratesOf(price, perDollar);
  const perRequest =
    price.perRequest === undefined ? undefined : textOf(times(price.perRequest, perDollar), fractionDigits);
  if (rates === null || perRequest === null) return null;
  const contextTiers: ContextTierConfig[] = [];
  for (const tier of price.contextTiers) {
    const tierRates = ratesOf(tier, perDollar);
    if (tierRates === null) return null;
    contextTiers.push({ above: tier.above, ...tierRates });
  }
  const serviceTiers: Record<string, string> = {};
  for (const [id, factor] of Object.entries(price.serviceTiers)) {
    const text = textOf(factor, fractionDigits);
    if (text !== null) serviceTiers[id] = text;
  }
  return {
    ...(price.from === undefined ? {} : { from: price.from }),
    ...(perRequest === undefined ? {} : { perRequest }),
    ...rates,
    ...(contextTiers.length === 0 ? {} : { contextTiers }),
    ...(Object.keys(serviceTiers).length === 0 ? {} : { serviceTiers }),
  };
}

type Rates = Omit<ModelRates, 'perRequest'>;

function ratesOf({ rates }: SourceRates, perDollar: Decimal): Rates | null {
  const written: Rates = {};
  for (const name of modelUseNames) {
    const rate = rates[name];
    if (rate === undefined) continue;
    const config = rateOf(name, times(rate, perDollar));
    if (config === null) return null;
    written[name] = config;
  }
  return written;
}

/** Tokens and characters are told by the million, other things one by one as far as the digits go. */
function rateOf(name: ModelUseName, one: Decimal): RateConfig | null {
  const isSmall = modelUses[name].side !== null || name === 'character';
  for (const [per, power] of isSmall ? perMillion : perAny) {
    const amount = textOf(times(one, tenTo(power)), fractionDigits);
    if (amount !== null) return per === 1 ? { amount } : { amount, per };
  }
  return null;
}

const perMillion = [[1_000_000, 6]] as const;
const perAny = [[1, 0], [1_000, 3], ...perMillion] as const;

/** The model with what the table says of it; null where that is what the catalog has. */
function withPrices(
  model: ModelConfig,
  told: { readonly prices: readonly ModelPrice[]; readonly aliases: readonly string[] },
  from: string,
): { readonly model: ModelConfig; readonly changes: readonly string[] } | null {
  const atMs = Date.parse(from);
  const isPresent = (price: ModelPrice, index: number) =>
    index === 0 || price.from === undefined || Date.parse(price.from) <= atMs;
  const past = model.prices.filter(isPresent);
  const last = past.at(-1);
  // Prices that the table does not have, such as those of service tiers, stay as they are in the catalog.
  const kept = last?.serviceTiers === undefined ? {} : { serviceTiers: last.serviceTiers };
  const toldNow = told.prices.filter(isPresent).at(-1) ?? {};
  const { from: _, ...now }: ModelPrice = { ...kept, ...toldNow };
  const toldLater = told.prices.filter((price, index) => !isPresent(price, index));
  const ownLater = model.prices.filter((price, index) => !isPresent(price, index));
  const later = toldLater.length > 0 ? toldLater.map((price) => ({ ...kept, ...price })) : ownLater;
  const aliases = told.aliases.filter((alias) => model.aliases?.includes(alias) !== true);
  const changes = differences(last ?? {}, now);
  const isLaterNew = !areSame(later, ownLater);
  if (changes.length === 0 && !isLaterNew && aliases.length === 0) return null;
  const allAliases = [...(model.aliases ?? []), ...aliases].slice(0, apiBounds.modelAliasesMax);
  return {
    model: {
      ...model,
      ...(allAliases.length === 0 ? {} : { aliases: allAliases }),
      prices: [...past, ...(changes.length === 0 ? [] : [{ from, ...now }]), ...later],
    },
    changes: [
      ...changes,
      ...(isLaterNew ? later.map((price) => `another price from ${price.from} on`) : []),
      ...(aliases.length === 0 ? [] : [`also named ${aliases.join(', ')}`]),
    ],
  };
}

function areSame(some: readonly ModelPrice[], others: readonly ModelPrice[]): boolean {
  return (
    some.length === others.length &&
    some.every((price, index) => {
      const other = others[index] ?? {};
      return (
        Date.parse(price.from ?? '') === Date.parse(other.from ?? '') &&
        differences(other, price).length === 0
      );
    })
  );
}

/** In what a price differs from the one before it, kind by kind. */
function differences(before: ModelPrice, after: ModelPrice): string[] {
  const changes = rateDifferences(before, after);
  if ((before.perRequest ?? '0') !== (after.perRequest ?? '0'))
    changes.push(`request ${before.perRequest ?? 'free'} -> ${after.perRequest ?? 'free'}`);
  const [tiersBefore, tiersAfter] = [before.contextTiers ?? [], after.contextTiers ?? []];
  for (const above of new Set([...tiersBefore, ...tiersAfter].map((tier) => tier.above))) {
    const ofTier = (tiers: readonly ContextTierConfig[]) => tiers.find((tier) => tier.above === above) ?? {};
    for (const change of rateDifferences(ofTier(tiersBefore), ofTier(tiersAfter)))
      changes.push(`${change} above ${above} input tokens`);
  }
  const [factorsBefore, factorsAfter] = [before.serviceTiers ?? {}, after.serviceTiers ?? {}];
  for (const id of new Set([...Object.keys(factorsBefore), ...Object.keys(factorsAfter)]))
    if (factorsBefore[id] !== factorsAfter[id])
      changes.push(`${id} times ${factorsBefore[id] ?? 'nothing'} -> ${factorsAfter[id] ?? 'nothing'}`);
  return changes;
}

function rateDifferences(before: Rates, after: Rates): string[] {
  return modelUseNames.flatMap((name) => {
    const [old, next] = [before[name], after[name]];
    if (old === undefined && next === undefined) return [];
    if (old !== undefined && next !== undefined && isSame(oneOf(old), oneOf(next))) return [];
    return [`${modelUses[name].other} ${written(old)} -> ${written(next)}`];
  });
}

/** The price of one. */
function oneOf({ amount, per = 1 }: RateConfig): Decimal {
  const [whole = '0', fraction = ''] = amount.split('.');
  return times(
    { digits: BigInt(whole + fraction), scale: fraction.length },
    tenTo(-Math.round(Math.log10(per))),
  );
}

function written(rate: RateConfig | undefined): string {
  if (rate === undefined) return 'no rate';
  const { amount, per = 1 } = rate;
  return per === 1 ? amount : `${amount} per ${String(per).replace(/\B(?=(\d{3})+$)/g, ',')}`;
}
