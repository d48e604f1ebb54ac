import type { Refusal } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';

/** What a refusal is called: by its reason, and by whether the balance that falls short is money. */
export function refusalTitle(
  { reason, unit }: Refusal,
  messages: Messages['outOfCredits'],
  format: Format,
): string {
  const isMoney = reason === 'insufficient_credits' && (unit?.currency ?? format.currency) !== undefined;
  return isMoney ? messages.outOfMoney : messages.title[reason];
}

/** Why a use was refused, in one sentence with the figures that the reader may see. */
export function refusalWords(refusal: Refusal, messages: Messages['outOfCredits'], format: Format): string {
  const { detail } = messages;
  const { reason, metric, limit, unit, window, pausedFor } = refusal;
  const label = refusal.label ?? metric ?? '';
  const edge = limit && unit && format.amount(limit, unit).text;
  const words =
    reason === 'window_limit_reached'
      ? detail[reason](label, window?.label ?? '', edge)
      : reason === 'metric_paused'
        ? detail[reason](pausedFor)
        : detail[reason](label, edge);
  // A sentence may begin with the label of a metric, which catalogs write as within a sentence, or which is not known.
  const sentence = words.replace(/^[:：\s]+/, '');
  return sentence.slice(0, 1).toLocaleUpperCase(format.locale) + sentence.slice(1);
}
