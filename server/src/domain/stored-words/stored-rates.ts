import { modelUseNames, modelUses } from '../../contract/catalog/model-uses.ts';
import type { LineRate, LineRates } from '../../contract/credits/explain.ts';
import { formatAmount, type Micros, microsPerUnit } from '../amounts/amounts.ts';
import type { Rate } from '../catalog/catalog-types.ts';

/*
 * A line keeps the rate of its day in words, which explain prints. Stored lines keep them for good, so views read the figures back
 * from them here, next to where they are written; who shows them words them in the reader's language. A new part of a price is
 * written and read in this file.
 */

const perWords = new Map([
  [1n, ''],
  [1_000n, '1,000 '],
  [1_000_000n, '1,000,000 '],
]);

/** A rate of units, such as `0.5 per 1,000 input tokens`. */
export function wordsOfRate({ amount, per }: Rate, one: string, other: string): string {
  return `${formatAmount(amount)} per ${perWords.get(per) ?? ''}${per === 1n ? one : other}`;
}

/** The price of a whole request or call, such as `110 a request`. */
export function wordsOfPiece(amount: Micros, piece: 'request' | 'call'): string {
  return `${formatAmount(amount)} a ${piece}`;
}

/** Rates that add up; `above` where they are those of requests with more input tokens. */
export function wordsOfRates(rates: readonly string[], above?: number): string {
  const words = rates.join(', ');
  return above === undefined ? words : `${words} above ${withThousands(above)} input tokens`;
}

/** What multiplies the rates of a request, in millionths. */
export interface RateFactors {
  readonly serviceTier: string;
  readonly tierFactor: Micros;
  /** Of the account's plan. */
  readonly modelFactor: Micros;
}

/** The rates with the factors that change something. */
export function wordsWithFactors(words: string, factors: RateFactors): string {
  const { serviceTier, tierFactor, modelFactor } = factors;
  const tier = tierFactor === microsPerUnit ? '' : `, times ${formatAmount(tierFactor)} for ${serviceTier}`;
  const plan = modelFactor === microsPerUnit ? '' : `, times ${formatAmount(modelFactor)} on the plan`;
  return `${words}${tier}${plan}`;
}

function withThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

const modelUnits = new Map(
  modelUseNames.flatMap((of) => [modelUses[of].one, modelUses[of].other].map((each) => [each, of])),
);

const onPlan = /^times (\S+) on the plan$/;
const onTier = /^times (\S+) for (.+)$/;
const aboveTokens = / above ([\d,]+) input tokens$/;
const aPiece = /^(\S+) a (request|call)$/;
const perUnits = /^(\S+) per (?:(1,000|1,000,000) )?(.+)$/;

/** The figures of a rate in words; undefined where it is none of the forms above. */
export function ratesOfWords(words: string): LineRates | undefined {
  const rates: LineRate[] = [];
  const terms: Omit<LineRates, 'rates'> = {};
  for (const part of words.split(/, (?=[\d.]+ (?:a|per) |times )/)) {
    const [, planTimes] = onPlan.exec(part) ?? [];
    const [, tierTimes, serviceTier] = planTimes === undefined ? (onTier.exec(part) ?? []) : [];
    if (planTimes !== undefined) terms.planTimes = planTimes;
    else if (tierTimes !== undefined && serviceTier !== undefined)
      terms.serviceTier = { id: serviceTier, times: tierTimes };
    else {
      const [, above] = aboveTokens.exec(part) ?? [];
      if (above !== undefined) terms.aboveInputTokens = Number(above.replaceAll(',', ''));
      const rate = rateOf(part.replace(aboveTokens, ''));
      if (rate === undefined) return undefined;
      rates.push(rate);
    }
  }
  return { rates, ...terms };
}

function rateOf(words: string): LineRate | undefined {
  const [, flat, piece] = aPiece.exec(words) ?? [];
  if (flat !== undefined && (piece === 'request' || piece === 'call'))
    return { amount: flat, per: 1, of: piece, unit: null };
  const [, amount, many = '1', unit] = perUnits.exec(words) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  const per = Number(many.replaceAll(',', ''));
  if (unit === 'call' || unit === 'calls') return { amount, per, of: 'call', unit: null };
  const of = modelUnits.get(unit);
  return of === undefined ? { amount, per, of: null, unit } : { amount, per, of, unit: null };
}
