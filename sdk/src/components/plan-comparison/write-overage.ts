import type { PlanView } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Messages } from '../../messages/messages.ts';

/** The price of units beyond the allowance, as text after the allowance; undefined if nothing is charged. */
export function writeOverage(
  { overage, unit }: PlanView['limits'][number],
  format: Format,
  messages: Messages['planComparison'],
): string | undefined {
  const step = overage?.steps[0];
  if (!overage || !step) return undefined;
  const { amount, per } = step;
  const price =
    overage.unit === 'credits'
      ? format.amount(amount, 'credits').exact
      : writePrice({ amount, currency: overage.unit }, format);
  const units = per === 1 ? unit.one : format.amount(String(per), unit).exact;
  const rate = messages.rate(price, units);
  return overage.steps.length > 1 ? messages.beyondFrom(rate) : messages.beyond(rate);
}
