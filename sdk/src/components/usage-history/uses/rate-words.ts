import type { CreditUnit, LineRate, LineRates } from '@usagekit/server/contract';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';

export interface RateWords {
  /** Of the amounts. */
  unit: CreditUnit | Parameters<Format['amount']>[1];
  format: Format;
  messages: Messages['uses'];
  prices: Messages['modelPicker'];
}

/** The rate of a charge in words, with what multiplied it. */
export function writeLineRates(rates: LineRates, words: RateWords): string {
  const { format, messages } = words;
  const list = new Intl.ListFormat(format.locale, { type: 'unit' });
  const written = list.format(rates.rates.map((rate) => writeOne(rate, words)));
  const { aboveInputTokens: above, serviceTier, planTimes } = rates;
  return list.format(
    [
      above === undefined ? written : words.prices.aboveContext(format.number(above), written),
      serviceTier && words.prices.serviceTier(serviceTier.id, format.number(serviceTier.times)),
      planTimes !== undefined && messages.planTimes(format.number(planTimes)),
    ].filter((part) => typeof part === 'string'),
  );
}

function writeOne({ amount, per, of, unit: name }: LineRate, words: RateWords): string {
  const { unit, format, messages, prices } = words;
  const price = format.amount(amount, unit).exact;
  const many = format.number(per);
  if (of === 'request') return prices.perRequest(price);
  if (of === 'call')
    return per === 1 ? messages.perCall(price) : prices.perMany(price, many, messages.units.call);
  if (of === null)
    return per === 1 ? messages.perUnit(price, name ?? '') : prices.perMany(price, many, name ?? '');
  const isPiece = of === 'image' || of === 'second' || of === 'character' || of === 'page';
  return isPiece && per === 1 ? prices.perOne[of](price) : prices.perMany(price, many, prices.uses[of]);
}
