import type { ModelUseName } from '../../contract/catalog/model-uses.ts';
import { CommandError } from '../commands/command.ts';
import { type Decimal, decimalOf, tenTo, times } from './exact-decimal.ts';
import type { LeftOut, PriceSource, SourceModel, SourcePrice } from './price-source.ts';

/** The parts of the package's types that are read here. */
interface Provider {
  readonly id: string;
  readonly models: readonly ModelInfo[];
}
interface ModelInfo {
  readonly id: string;
  readonly name?: string;
  readonly match: MatchLogic;
  readonly prices: Prices | readonly ConditionalPrice[];
}
type Prices = Readonly<Record<string, number | TieredPrices | undefined>>;
interface TieredPrices {
  readonly base: number;
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
}
interface ConditionalPrice {
  readonly constraint?: { readonly type: string; readonly start_date?: string };
  readonly prices: Prices;
}
type MatchLogic = Readonly<Record<string, unknown>>;

/** The package's names of prices, with the kind of use and the power of ten that they are for. */
const kinds: Readonly<Record<string, readonly [ModelUseName, number]>> = {
  input_mtok: ['input', 6],
  output_mtok: ['output', 6],
  cache_read_mtok: ['cached', 6],
  cache_write_mtok: ['cacheWrite', 6],
  cache_write_1h_mtok: ['cacheWriteHour', 6],
  input_audio_mtok: ['audioInput', 6],
  cache_audio_read_mtok: ['cachedAudio', 6],
  output_audio_mtok: ['audioOutput', 6],
  input_image_mtok: ['imageInput', 6],
  cache_image_read_mtok: ['cachedImage', 6],
  output_image_mtok: ['imageOutput', 6],
  output_reasoning_mtok: ['reasoning', 6],
  input_document_kpages: ['page', 3],
};

/** Why other prices of the package are left. */
const otherKinds: Readonly<Record<string, string>> = {
  web_searches_kcount: 'it is the price of a tool, which the catalog names among its tools',
  storage_searches_kcount: 'it is the price of a tool, which the catalog names among its tools',
  audio_hours: 'a price by the hour is no whole price of a second',
  input_audio_hours: 'a price by the hour is no whole price of a second',
};
const secondsPerHour = 3_600;

/**
 * The prices in the npm package @pydantic/genai-prices. Only its data is used; it computes no price.
 * @throws CommandError if the package is not installed.
 */
export async function readGenaiPrices(): Promise<PriceSource> {
  const providers = await loadProviders();
  const left: LeftOut[] = [];
  const models = providers.flatMap((provider) =>
    provider.models.flatMap((model) => sourceModel(provider.id, model, left) ?? []),
  );
  return { name: '@pydantic/genai-prices', models, left };
}

async function loadProviders(): Promise<readonly Provider[]> {
  let loaded: { waitForUpdate(): Promise<unknown> };
  try {
    loaded = await import('@pydantic/genai-prices');
  } catch (cause) {
    throw new CommandError('package_missing', 'The package @pydantic/genai-prices is not installed.', {
      cause,
      hint: 'Install it in addition to UsageKit: npm install @pydantic/genai-prices',
    });
  }
  const providers = await loaded.waitForUpdate();
  if (!Array.isArray(providers))
    throw new CommandError('package_missing', 'The package @pydantic/genai-prices has no data.', {
      hint: 'Install another version of it.',
    });
  return providers as readonly Provider[];
}

function sourceModel(provider: string, model: ModelInfo, left: LeftOut[]): SourceModel | null {
  const leave = (part: string | null, reason: string) =>
    left.push({ provider, model: model.id, part, reason });
  const conditional: readonly ConditionalPrice[] = isList(model.prices)
    ? model.prices
    : [{ prices: model.prices }];
  const prices: SourcePrice[] = [];
  for (const [index, { constraint, prices: told }] of conditional.entries()) {
    if (constraint !== undefined && constraint.type !== 'start_date') {
      leave(null, 'its price depends on the time of day');
      return null;
    }
    const isFirst = index === 0;
    const price = sourcePrice(told, isFirst ? leave : () => undefined);
    const from = constraint?.start_date;
    prices.push(from === undefined || isFirst ? price : { ...price, from: `${from}T00:00:00.000Z` });
  }
  if (prices.some(({ rates, perRequest }) => Object.keys(rates).length === 0 && perRequest === undefined)) {
    leave(null, 'nothing of its price can be said by a rate card');
    return null;
  }
  const aliases = aliasesOf(model.match, (pattern) => leave(pattern, 'a rule of names that is no pattern'));
  return {
    id: model.id,
    label: model.name ?? model.id,
    provider,
    aliases: [...new Set(aliases)].filter((alias) => alias !== model.id),
    prices,
  };
}

function isList(prices: ModelInfo['prices']): prices is readonly ConditionalPrice[] {
  return Array.isArray(prices);
}

function sourcePrice(told: Prices, leave: (part: string, reason: string) => void): SourcePrice {
  const rates: Partial<Record<ModelUseName, Decimal>> = {};
  const tiers = new Map<number, Partial<Record<ModelUseName, Decimal>>>();
  let perRequest: Decimal | undefined;
  for (const [key, value] of Object.entries(told)) {
    if (value === undefined) continue;
    const kind = kinds[key];
    const base = decimalOf(typeof value === 'number' ? value : value.base);
    if (base === null) {
      leave(key, 'it is no decimal number');
    } else if (key === 'requests_kcount') {
      perRequest = times(base, tenTo(-3));
    } else if (kind === undefined) {
      const bySecond = key.endsWith('audio_hours') ? hourToSecond(base) : null;
      if (bySecond === null) leave(key, otherKinds[key] ?? 'a rate card has no such kind of use');
      else rates.second = bySecond;
    } else {
      const [name, power] = kind;
      rates[name] = times(base, tenTo(-power));
      for (const { start, price } of typeof value === 'number' ? [] : value.tiers) {
        const tier = decimalOf(price);
        if (tier === null) continue;
        tiers.set(start, { ...tiers.get(start), [name]: times(tier, tenTo(-power)) });
      }
    }
  }
  return {
    rates,
    ...(perRequest === undefined ? {} : { perRequest }),
    contextTiers: [...tiers]
      .sort(([a], [b]) => a - b)
      .map(([above, tierRates]) => ({ above, rates: tierRates })),
    serviceTiers: {},
  };
}

function hourToSecond({ digits, scale }: Decimal): Decimal | null {
  const wide = digits * 10n ** 12n;
  return wide % BigInt(secondsPerHour) === 0n
    ? { digits: wide / BigInt(secondsPerHour), scale: scale + 12 }
    : null;
}

/** A dated name such as `gpt-6-2026-08-07` or `claude-opus-5-20260807`, in the package's regular expressions. */
const dated = /^\^(.*)-\\d\{(?:8|4\}-\\d\{2\}-\\d\{2)\}\$$/;
const literal = /^\^((?:[^\\^$.*+?()[\]{}|]|\\[.[\]])*)\$$/;

/** Names and patterns that say the same as the package's rule; what none can say is told. */
function aliasesOf(match: MatchLogic, leave: (rule: string) => void): string[] {
  const [[rule, value] = ['', undefined]] = Object.entries(match);
  if (rule === 'or' && Array.isArray(value))
    return value.flatMap((each: MatchLogic) => aliasesOf(each, leave));
  if (typeof value === 'string') {
    if (rule === 'equals') return [value];
    if (rule === 'starts_with') return [`${value}*`];
    if (rule === 'ends_with') return [`*${value}`];
    if (rule === 'contains') return [`*${value}*`];
    const name = (dated.exec(value)?.[1] ?? literal.exec(value)?.[1])?.replaceAll('\\', '');
    if (rule === 'regex' && name !== undefined) return [dated.test(value) ? `${name}-20*` : name];
  }
  leave(JSON.stringify(match));
  return [];
}
