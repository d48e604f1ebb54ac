import {
  type ModelUse,
  type ModelUseName,
  modelUseNames,
  modelUses,
} from '../../contract/catalog/model-uses.ts';
import type { ModelItem } from '../../contract/gate/gate.ts';
import { type Micros, microsPerUnit, parseAmount } from '../amounts/amounts.ts';
import { exactTimes, type Parts, partsPerMicro } from '../amounts/rounding.ts';
import type { CompiledModelPrice, CompiledRates } from '../catalog/catalog-types.ts';
import { standardServiceTier } from '../catalog/model-prices.ts';
import { wordsWithFactors } from '../stored-words/stored-rates.ts';

/** Why a request to a model has no price: the kind of use that has no rate, or the service tier. */
export type WithoutPrice =
  | { readonly of: ModelUseName }
  | { readonly serviceTier: string; readonly known: readonly string[] };

/** The exact cost of one request, and its rates in words. */
export interface RequestPrice {
  readonly exact: Parts;
  readonly words: string;
}

export interface RequestTerms {
  readonly serviceTier?: string | undefined;
  /** By how much the plan multiplies what models cost, in millionths. */
  readonly modelFactor?: Micros | undefined;
}

/** So much of one kind of use: a whole number, or millionths of what may have a fraction. */
export interface Used {
  readonly name: ModelUseName;
  readonly count: number | Micros;
}

/** The kinds of use of a request, and its input and output tokens. */
export interface Uses {
  readonly uses: readonly Used[];
  readonly input: number;
  readonly output: number;
}

/** The cost of a request's use at a price, or the reason why it has no price. */
export function priceOfRequest(
  price: CompiledModelPrice,
  { uses, input }: Pick<Uses, 'uses' | 'input'>,
  { serviceTier = standardServiceTier, modelFactor = microsPerUnit }: RequestTerms = {},
): RequestPrice | WithoutPrice {
  const tierFactor =
    serviceTier === standardServiceTier ? microsPerUnit : price.serviceTiers.get(serviceTier);
  if (tierFactor === undefined)
    return { serviceTier, known: [standardServiceTier, ...price.serviceTiers.keys()] };
  const { perMillion, words } = price.contextTiers.length === 0 ? price : ratesFor(price, input);
  // Whole units are summed up in small numbers, which is the faster the more requests there are.
  let millionths = price.perRequest === null ? 0n : price.perRequest * perMax;
  let finer = 0n;
  if (!price.isFlat)
    for (const { name, count: used } of uses) {
      const rate = perMillion[name];
      if (rate === undefined) return { of: name };
      if (typeof used === 'number') millionths += BigInt(used) * rate;
      else finer += used * rate;
    }
  const exact = millionths * partsPerMillionth + finer * (partsPerMillionth / microsPerUnit);
  const isPlain = tierFactor === microsPerUnit && modelFactor === microsPerUnit;
  if (isPlain) return { exact, words };
  return {
    exact: exactTimes(exactTimes(exact, tierFactor), modelFactor),
    words: wordsWithFactors(words, { serviceTier, tierFactor, modelFactor }),
  };
}

/** The most units that a rate is for, and so the parts of a millionth that a charge of whole units has. */
const perMax = 1_000_000n;

const partsPerMillionth = partsPerMicro / perMax;

/** The rates of the highest context tier that the input passes. */
function ratesFor(price: CompiledModelPrice, input: number): CompiledRates {
  const { contextTiers } = price;
  for (let index = contextTiers.length - 1; index >= 0; index--) {
    const tier = contextTiers[index];
    if (tier !== undefined && input > tier.above) return tier;
  }
  return price;
}

/** Kinds of use by the field of an item. */
const useOfField: ReadonlyMap<string, { readonly name: ModelUseName; readonly side: ModelUse['side'] }> =
  new Map(modelUseNames.map((name) => [modelUses[name].field, { name, side: modelUses[name].side }]));

/** The kinds of use of an item, in the order of the item's fields. */
export function usesOf(item: ModelItem): Uses {
  const uses: Used[] = [];
  let [input, output] = [0, 0];
  for (const field in item) {
    const use = useOfField.get(field);
    if (use === undefined) continue;
    const value = item[field as ModelUse['field']];
    if (value === undefined || value === 0) continue;
    const used = typeof value === 'string' ? parseAmount(value) : value;
    if (used === 0n) continue;
    uses.push({ name: use.name, count: used });
    if (typeof used !== 'number') continue;
    if (use.side === 'input') input += used;
    else if (use.side === 'output') output += used;
  }
  return { uses, input, output };
}
