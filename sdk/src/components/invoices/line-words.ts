import type { InvoiceLine, Money } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';

/** An amount of money to its smallest unit, with a true minus sign. */
export const exact = ({ amount, currency }: Money, format: Format) =>
  format.amount(amount, currency).exact.replace('-', '−');

/** How much of it at what rate, where the line has both. */
export function quantityOf(line: InvoiceLine, format: Format, messages: Messages['invoices']): string {
  const { quantity, unit, rate, ratePer } = line;
  if (quantity === null || unit === null || rate === null || ratePer === null) return '';
  const units = ratePer === 1 ? unit.one : format.amount(String(ratePer), unit).exact;
  const price = messages.rate(format.amount(rate.amount, rate.currency).exact, units);
  return `, ${messages.quantity(format.amount(quantity, unit).exact, price)}`;
}
