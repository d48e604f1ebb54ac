import type { DecimalString, Instant, Money } from '../../contract/values/amount.ts';
import { inOnePiece } from '../../contract/values/reading-order.ts';

/** Writes an invoice's figures and dates in one locale and zone. */
export interface InvoiceFormat {
  /** With the currency's own number of decimals, and more where the amount has them: a unit price may be finer than a cent. */
  money(money: Money): string;
  number(value: DecimalString | number): string;
  date(instant: Instant): string;
  /** `endsAt` is exclusive; the day before it is shown. */
  period(startsAt: Instant, endsAt: Instant): string;
}

/** @throws RangeError where the locale or the zone does not exist. */
export function createInvoiceFormat(locale: string, timeZone: string): InvoiceFormat {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const dates = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    calendar: 'gregory',
  });
  const date = (instant: Instant) => dates.format(new Date(instant));
  return {
    money: ({ amount, currency }) =>
      inOnePiece(moneyFormat(locale, currency).format(amount as Intl.StringNumericLiteral), locale),
    number: (value) => numbers.format(value as Intl.StringNumericLiteral),
    date,
    period(startsAt, endsAt) {
      const last = new Date(Math.max(Date.parse(startsAt), Date.parse(endsAt) - 1));
      const [from, to] = [date(startsAt), dates.format(last)];
      return from === to ? from : `${from} – ${to}`;
    },
  };
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = moneyFormats.get(key);
  if (format === undefined) {
    const settings = { style: 'currency', currency } as const;
    const { minimumFractionDigits } = new Intl.NumberFormat(locale, settings).resolvedOptions();
    format = new Intl.NumberFormat(locale, {
      ...settings,
      minimumFractionDigits: minimumFractionDigits ?? 2,
      maximumFractionDigits: 6,
    });
    moneyFormats.set(key, format);
  }
  return format;
}
