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
  /** ISO 4217; the currency of the balance, undefined where it is in credits. */
  readonly currency: string | undefined;
  /** Every digit of the amount: `1,284.503`. */
  number(value: DecimalString | number): string;
  /** Two decimals below 10,000, whole up to a million, then `1.28M`; cut, never rounded up. */
  short(value: DecimalString): ShortFigure;
  /** `1.05K` for an axis, whose steps have three digits at most. */
  axis(value: number): string;
  /** `short` with a sign, `+500` or `−12.5`. */
  signed(value: DecimalString, unit?: CreditUnit | ShownUnit, decimals?: number): ShortFigure;
  /**
   * A short figure with its unit: `1,284.5 credits`, or `$12.40` where the unit is a currency.
   *
   * @param decimals of the column that it stands in, as `columnDecimals` gives them; so in `figure` and `signed`
   */
  amount(value: DecimalString, unit: CreditUnit | ShownUnit, decimals?: number): ShortFigure;
  /** The figure alone, without the unit's word: `1,284.5`, or `$12.40`. */
  figure(value: DecimalString, unit: CreditUnit | ShownUnit, decimals?: number): ShortFigure;
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
const digitsMax = 9;

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

  const write = (value: DecimalString, options: Intl.NumberFormatOptions) =>
    orUnknown(Number(value), () => numberWith(options).format(value as Intl.StringNumericLiteral));

  const moneyOf = (unit: CreditUnit | ShownUnit) => currencyOf(unit === 'credits' ? creditLabel : unit);
  /** As money where there is a currency; with so many decimals where it stands in a column. */
  const figureOf = (
    value: DecimalString,
    currency?: string,
    decimals?: number,
    signDisplay?: 'exceptZero',
  ): ShortFigure => {
    const kind: Intl.NumberFormatOptions = currency ? { style: 'currency', currency } : {};
    // Money has its own digits, and more only where a column asks for more.
    const { maximumFractionDigits: own = 2 } = currency ? numberWith(kind).resolvedOptions() : {};
    const minimumFractionDigits = currency && Number(decimals) < 3 ? undefined : decimals;
    const written = (digits: number, notation?: 'compact') => {
      const options = {
        ...kind,
        ...cutTo(digits),
        notation,
        signDisplay,
        ...(!notation && { minimumFractionDigits }),
      };
      const figure = withMinus(write(value, options));
      return currency ? inOnePiece(figure, locale) : figure;
    };
    // For the choice of digits alone; a double tells amounts of six decimals apart at each of these bounds.
    const size = Math.abs(Number(value));
    return {
      text:
        !currency && size >= compactFrom
          ? written(2, 'compact')
          : written(
              // Where those digits would show nothing at all, the small amount is shown whole.
              size && size < 10 ** -own
                ? digitsMax
                : (minimumFractionDigits ?? (currency || size < wholeFrom ? own : 0)),
            ),
      exact: written(digitsMax),
    };
  };
  const inZones: Record<string, Format> = {};
  const format: Format = {
    locale,
    timeZone,
    currency: creditLabel.currency,
    number: (value) => write(String(value), { maximumFractionDigits: digitsMax }),
    short: (value) => figureOf(value),
    axis: (value) => write(String(value), { notation: 'compact', maximumFractionDigits: 2 }),
    signed: (value, unit = '', decimals) => figureOf(value, moneyOf(unit), decimals, 'exceptZero'),
    unit: (value, unit) => {
      if (moneyOf(unit)) return '';
      // A budget may be counted in a metric's own unit, which answers then name by its plural alone.
      if (typeof unit === 'string' && unit !== 'credits') return unit;
      const label = typeof unit === 'string' ? creditLabel : unit;
      return plural.select(Math.abs(Number(value))) === 'one' ? label.one : label.other;
    },
    figure: (value, unit, decimals) => figureOf(value, moneyOf(unit), decimals),
    amount: (value, unit, decimals) => {
      const { text, exact } = format.figure(value, unit, decimals);
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
