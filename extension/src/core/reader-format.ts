import { type DecimalString, type Instant, inOnePiece, type ShownUnit } from '@usagekit/server/contract';

/** How figures and instants are written for the one who reads. */
export interface ReaderFormat {
  /** BCP 47. */
  locale: string;
  /** IANA zone. */
  timeZone: string;
}

/** An amount rounded down to two fraction digits, so that the remaining amount is never overstated. */
export function formatAmount(amount: DecimalString, { locale }: ReaderFormat): string {
  const options = { maximumFractionDigits: 2, roundingMode: 'floor' } as Intl.NumberFormatOptions;
  return new Intl.NumberFormat(locale, options).format(amount as `${number}`);
}

/** An amount as above, in its currency where it is money. */
export function formatFigure(amount: DecimalString, { currency }: ShownUnit, format: ReaderFormat): string {
  if (currency === undefined) return formatAmount(amount, format);
  const options = { style: 'currency', currency, roundingMode: 'floor' } as Intl.NumberFormatOptions;
  const money = new Intl.NumberFormat(format.locale, options).format(amount as `${number}`);
  return inOnePiece(money, format.locale);
}

/** A figure with its word, `12 credits`, or in its currency. */
export function formatWithUnit(amount: DecimalString, unit: ShownUnit, format: ReaderFormat): string {
  const figure = formatFigure(amount, unit, format);
  if (unit.currency !== undefined) return figure;
  return inOnePiece(`${figure} ${unitOf(amount, unit)}`, format.locale);
}

/** The word next to a figure, in the number of what is shown; none next to money, which has its sign. */
export function unitOf(amount: DecimalString, { currency, one, other }: ShownUnit): string {
  if (currency !== undefined) return '';
  return Math.floor(Number(amount) * 100) === 100 ? one : other;
}

/** A percentage without fraction digits, rounded down so that 99.9 does not read as all; `<1%` above nothing. */
export function formatPercent(percent: number, { locale }: Pick<ReaderFormat, 'locale'>): string {
  if (percent > 0 && percent < 1) return `<${formatPercent(1, { locale })}`;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    Math.floor(percent) / 100,
  );
}

/** Day and time, such as `1 Dec 2026, 09:00`. */
export function formatInstant(atMs: number, { locale, timeZone }: ReaderFormat): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(atMs);
}

/** The time alone. */
export function formatTime(atMs: number, { locale, timeZone }: ReaderFormat): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(atMs);
}

/** The day alone, such as `1 December`. */
export function formatDay(atMs: number, { locale, timeZone }: ReaderFormat): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone }).format(atMs);
}

/** How far an instant lies from the answer's own `asOf`, such as `in 8 days`; the reader's clock plays no part. */
export function formatDistance(instant: Instant, asOf: Instant, { locale }: ReaderFormat): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = Math.max(0, (Date.parse(instant) - Date.parse(asOf)) / 60_000);
  if (minutes < 60) return format.format(Math.ceil(minutes), 'minute');
  if (minutes < 48 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1440), 'day');
}
