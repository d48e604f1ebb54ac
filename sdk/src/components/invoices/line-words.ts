import type { InvoiceLine } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { exactMoney } from '../../format/exact-money.ts';
import type { Messages } from '../../messages/messages.ts';

/** How much of it at what rate, where the line has both. */
export function quantityOf(line: InvoiceLine, format: Format, messages: Messages['invoices']): string {
  const { quantity, unit, rate, ratePer, share } = line;
  if (quantity === null || rate === null || ratePer === null) return '';
  if (unit === null) {
    // Seats, add-ons and IPs have no word for one of them. A share of a period is told where the line is explained.
    if (share !== null || quantity === '1') return '';
    return messages.quantity(format.number(quantity), exactMoney(rate, format));
  }
  const units = ratePer === 1 ? unit.one : format.amount(String(ratePer), unit).exact;
  const price = messages.rate(format.amount(rate.amount, rate.currency).exact, units);
  return messages.quantity(format.amount(quantity, unit).exact, price);
}
