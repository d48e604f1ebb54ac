import {
  type CreditUnit,
  type DecimalString,
  type Instant,
  inOnePiece,
  type Money,
  type ShownUnit,
} from '@usagekit/server/contract';
import { daysBetween } from '../derive/days-between.ts';
import { isSameYear, numberFormat, orUnknown, writeDate, writeRelative } from './intl-formats.ts';
import { knownSetting } from './known-setting.ts';

/**
 * The locale, time zone and units for figures, money and dates. Nothing comes from the browser, so that server and client agree.
 */
export interface FormatSettings {
  /** BCP 47; `en` by default. */
  locale?: string | undefined;
  /** IANA zone that instants are shown in; `UTC` by default. */
  timeZone?: string | undefined;
  /** What the answer calls a credit; where it has a currency, amounts are written as money. Credit and credits by default. */
  creditLabel?: ShownUnit | undefined;
}

/** A short figure for the eye and the exact one for the title. */
export interface ShortFigure {
  text: string;
  exact: string;
}

/** Writes figures, money and dates in one locale and time zone. */
export interface Format {
  /** BCP 47. */
  readonly locale: string;
  /** IANA; dates and hours are told in it. */
  readonly timeZone: string;
  /** Every digit of the amount: `1,284.503`. */
  number(value: DecimalString | number): string;
  /** Two decimals below 10,000, whole up to a million, then `1.28M`; cut, never rounded up. */
  short(value: DecimalString): ShortFigure;
  /** `1.05K` for an axis, whose steps have three digits at most. */
  axis(value: number): string;
  /** `short` with a sign, `+500` or `−12.5`. */
  signed(value: DecimalString, unit?: CreditUnit | ShownUnit): ShortFigure;
  /** A short figure with its unit: `1,284.5 credits`, or `$12.40` where the unit is a currency. */
  amount(value: DecimalString, unit: CreditUnit | ShownUnit): ShortFigure;
  /** The figure alone, without the unit's word: `1,284.5`, or `$12.40`. */
  figure(value: DecimalString, unit: CreditUnit | ShownUnit): ShortFigure;
  /** Just the unit's word, in the number that fits the value; empty for a currency. */
  unit(value: DecimalString, unit: CreditUnit | ShownUnit): string;
  /** In the currency's own digits, cut, so that a remaining amount is never overstated; `amount` is exact. */
  money(money: Money): string;
  /** `83%` of 83; one decimal, cut, so that 99.96 is not shown as 100; `<1%` of anything between 0 and 1. */
  percent(percent: number): string;
  /** `30 June`; with the year where it is not that of `asOf`. */
  date(instant: Instant, asOf?: Instant): string;
  /** `30 Jun`; with the year where it is not that of `asOf`. */
  day(instant: Instant, asOf?: Instant): string;
  /** `Jun`. */
  month(instant: Instant): string;
  /** `30 Jun, 14:05`; with the year where it is not that of `asOf`. */
  dateTime(instant: Instant, asOf?: Instant): string;
  /** The hour and minute of an instant. */
  time(instant: Instant): string;
  /** `in 8 days`, `tomorrow`, `yesterday`, counted in midnights from `asOf`. */
  relativeDay(instant: Instant, asOf: Instant): string;
  /** The same settings in another zone, such as the account's. */
  inZone(timeZone: string): Format;
}

const dayAndMonth: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const hourAndMinute: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

/** Amounts have up to six fraction digits, rates for 1,000 units up to nine: all digits are shown. */
const everyDigit: Intl.NumberFormatOptions = { maximumFractionDigits: 9 };

/** So many decimals at most; what is beyond them is cut. */
const cutTo = (maximumFractionDigits: number): Intl.NumberFormatOptions => ({
  maximumFractionDigits,
  roundingMode: 'trunc',
});

const compactFrom = 1_000_000;
const wholeFrom = 10_000;

/** A hyphen is narrower than a plus and sits lower; figures in a column take the minus sign. */
const withMinus = (figure: string) => figure.replace('-', '−');

/**
 * Makes a format. Cheap to call: number formatters are kept by their options. A locale or zone that `Intl` does not know gives
 * way to its default.
 */
export function createFormat(settings: FormatSettings = {}): Format {
  const { creditLabel = { one: 'credit', other: 'credits' } } = settings;
  const locale = knownSetting('locale', settings.locale) ?? 'en';
  const timeZone = knownSetting('timeZone', settings.timeZone) ?? 'UTC';
  // The language decides what counts as one: in French 0 and 1.5 do too.
  const plural = new Intl.PluralRules(locale);
  const numberWith = (options: Intl.NumberFormatOptions) => numberFormat(locale, options);
  const zoned = { locale, timeZone };
  const dated =
    (options: Intl.DateTimeFormatOptions) =>
    (instant: Instant, asOf = instant) =>
      writeDate(instant, zoned, {
        ...options,
        ...(!isSameYear(zoned, instant, asOf) && { year: 'numeric' }),
      });

  const shortOptions = (value: DecimalString): Intl.NumberFormatOptions => {
    // For the choice of digits alone; a double tells amounts of six decimals apart at each of these bounds.
    const size = Math.abs(Number(value));
    if (size >= compactFrom) return { notation: 'compact', ...cutTo(2) };
    if (size >= wholeFrom) return cutTo(0);
    // Where two decimals would show nothing at all, the small figure is shown whole.
    return size < 0.01 ? everyDigit : cutTo(2);
  };
  const write = (value: DecimalString, options: Intl.NumberFormatOptions) =>
    orUnknown(Number(value), () => numberWith(options).format(value as Intl.StringNumericLiteral));

  const moneyOptions = (amount: DecimalString, currency: string): Intl.NumberFormatOptions => {
    // Where the currency's own digits would show nothing at all, the small amount is shown whole.
    const { maximumFractionDigits = 2 } = numberWith({ style: 'currency', currency }).resolvedOptions();
    const size = Math.abs(Number(amount));
    const isNothing = size > 0 && size < 10 ** -maximumFractionDigits;
    return isNothing ? everyDigit : { roundingMode: 'trunc' };
  };
  const moneyOf = (unit: CreditUnit | ShownUnit) => currencyOf(unit === 'credits' ? creditLabel : unit);
  /** As money where there is a currency. */
  const figureOf = (
    value: DecimalString,
    currency?: string,
    sign?: Intl.NumberFormatOptions,
  ): ShortFigure => {
    const written = (options: Intl.NumberFormatOptions) => {
      const kind = currency && { style: 'currency' as const, currency };
      const figure = withMinus(write(value, { ...kind, ...options, ...sign }));
      return kind ? inOnePiece(figure, locale) : figure;
    };
    return {
      text: written(currency ? moneyOptions(value, currency) : shortOptions(value)),
      exact: written(everyDigit),
    };
  };
  const inZones: Record<string, Format> = {};
  const format: Format = {
    locale,
    timeZone,
    number: (value) => write(String(value), everyDigit),
    short: (value) => figureOf(value),
    axis: (value) => write(String(value), { notation: 'compact', maximumFractionDigits: 2 }),
    signed: (value, unit = '') => figureOf(value, moneyOf(unit), { signDisplay: 'exceptZero' }),
    unit: (value, unit) => {
      if (moneyOf(unit)) return '';
      // A budget may be counted in a metric's own unit, which answers then name by its plural alone.
      if (typeof unit === 'string' && unit !== 'credits') return unit;
      const label = typeof unit === 'string' ? creditLabel : unit;
      return plural.select(Math.abs(Number(value))) === 'one' ? label.one : label.other;
    },
    figure: (value, unit) => figureOf(value, moneyOf(unit)),
    amount: (value, unit) => {
      const { text, exact } = format.figure(value, unit);
      const word = format.unit(value, unit);
      const piece = (figure: string) => (word ? inOnePiece(`${figure} ${word}`, locale) : figure);
      return { text: piece(text), exact: piece(exact) };
    },
    money: ({ amount, currency }) => figureOf(amount, currency).text,
    percent: (percent) =>
      percent > 0 && percent < 1
        ? `<${format.percent(1)}`
        : // Ten digits are beyond any percentage here and shed what binary fractions add.
          write((percent / 100).toFixed(10), { style: 'percent', ...cutTo(1) }),
    date: dated({ day: 'numeric', month: 'long' }),
    day: dated(dayAndMonth),
    month: dated({ month: 'short' }),
    dateTime: dated({ ...dayAndMonth, ...hourAndMinute }),
    time: dated(hourAndMinute),
    relativeDay: (instant, asOf) => writeRelative(locale, daysBetween(asOf, instant, timeZone), 'day'),
    inZone: (zone) => {
      if (zone === timeZone) return format;
      // The same one again, so that what is drawn with it is not drawn again for nothing.
      inZones[zone] ??= createFormat({ ...settings, timeZone: zone });
      return inZones[zone];
    },
  };
  return format;
}

/** The ISO 4217 code of a unit that is money; undefined for credits and for a metric's unit, which are words. */
export function currencyOf(unit: CreditUnit | ShownUnit): string | undefined {
  if (typeof unit !== 'string') return unit.currency;
  return /^[A-Z]{3}$/.test(unit) ? unit : undefined;
}
