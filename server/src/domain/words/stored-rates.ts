import { modelUseNames, modelUses } from '../../contract/catalog/model-uses.ts';
import type { LineRate, LineRates } from '../../contract/credits/explain.ts';

/*
 * A line keeps the rate of its day in words, as the rate card wrote them. Views read the figures back from it here, so that who shows
 * them words them in the reader's language.
 */

const modelUnits = new Map(
  modelUseNames.flatMap((of) => [modelUses[of].one, modelUses[of].other].map((each) => [each, of])),
);

const onPlan = /^times (\S+) on the plan$/;
const onTier = /^times (\S+) for (.+)$/;
const aboveTokens = / above ([\d,]+) input tokens$/;
const aPiece = /^(\S+) a (request|call)$/;
const perUnits = /^(\S+) per (?:(1,000|1,000,000) )?(.+)$/;

/** The figures of a rate in words; undefined where it is none of the forms that rate cards write. */
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
