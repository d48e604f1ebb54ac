import type { ModelInfo, ModelRate } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';

type Words = Messages['modelPicker'];

/**
 * The present price of a model in one line: by request, by token, or by another kind of use; or that the plan does not include
 * it.
 */
export function writeRate(model: ModelInfo, format: Format, messages: Words): string {
  const { perRequest, inputPer1000, outputPer1000, unit, available } = model;
  if (!available) return messages.notInPlan;
  const amount = (value: string) => format.amount(value, unit).exact;
  const parts: string[] = [];
  if (perRequest !== null && signOf(perRequest) !== 0) parts.push(messages.perRequest(amount(perRequest)));
  if (inputPer1000 !== null && outputPer1000 !== null)
    parts.push(messages.perThousand(amount(inputPer1000), amount(outputPer1000)));
  else parts.push(...model.rates.filter(({ of }) => of === 'input' || of === 'output').map(write));
  parts.push(...model.rates.filter(({ of }) => isNoToken(of)).map(write));
  return parts.length === 0 ? messages.free : parts.join(' + ');

  function write(rate: ModelRate): string {
    return writeOne(rate, { unit, format, messages });
  }
}

/** The other rates of a model: single kinds of tokens, context tiers and service tiers, one per line. */
export function writeRateDetails(
  { rates, contextTiers, serviceTiers, unit, available }: ModelInfo,
  format: Format,
  messages: Words,
): string[] {
  if (!available) return [];
  const write = (rate: ModelRate) => writeOne(rate, { unit, format, messages });
  const own = rates.filter(({ of }) => of !== 'input' && of !== 'output' && !isNoToken(of));
  return [
    ...own.map(write),
    ...contextTiers.map(({ above, rates: ofTier }) =>
      messages.aboveContext(format.number(String(above)), ofTier.map(write).join(' + ')),
    ),
    ...serviceTiers.map(({ id, factor }) => messages.serviceTier(id, format.number(factor))),
  ];
}

function isNoToken(of: ModelRate['of']): of is 'image' | 'second' | 'character' | 'page' {
  return of === 'image' || of === 'second' || of === 'character' || of === 'page';
}

function writeOne(
  { of, amount, per }: ModelRate,
  { unit, format, messages }: { unit: string; format: Format; messages: Words },
): string {
  const written = format.amount(amount, unit).exact;
  return isNoToken(of) && per === 1
    ? messages.perOne[of](written)
    : messages.perMany(written, format.number(String(per)), messages.uses[of]);
}
