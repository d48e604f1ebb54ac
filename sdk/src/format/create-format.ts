import type { CreditUnit, DecimalString, Instant, Money, UnitLabel } from '@usagekit/server/contract';
import { daysBetween } from '../derive/days-between.ts';
import { toMillionths } from '../derive/decimal.ts';

/** What figures, money and dates are written by. Nothing is taken from the browser, so that server and client agree. */
export interface FormatSettings {
  /** BCP 47; `en` by default. */
  locale?: string | undefined;
  /** IANA zone that instants are shown in; `UTC` by default. */
  timeZone?: string | undefined;
  /** What a credit is called; credit and credits by default. */
  creditLabel?: UnitLabel | undefined;
}

/** A short figure for the eye and the exact one for the title. */
export interface ShortFigure {
  text: string;
  exact: string;
}

/** Writes figures, money and dates in one locale and time zone. */
export interface Format {
  readonly locale: string;
  readonly timeZone: string;
  /** Every digit of the amount: `1,284.503`. */
  number(value: DecimalString | number): string;
  /** Two decimals below 10,000, whole up to a million, then `1.28M`; cut, never rounded up. */
  short(value: DecimalString): ShortFigure;
  /** `1.2K` beside an axis, where only the size matters. */
  axis(value: number): string;
  /** `short` with a sign, `+500` or `−12.5`. */
  signed(value: DecimalString): ShortFigure;
  /** A short figure with its unit: `1,284.5 credits`, or `$12.40` where the unit is a currency. */
  amount(value: DecimalString, unit: CreditUnit | UnitLabel): ShortFigure;
  /** Just the unit's word, in the number that fits the value; empty for a currency. */
  unit(value: DecimalString, unit: CreditUnit | UnitLabel): string;
  /** In the currency's own digits, cut, so that what is left is never more than there is; `amount` has the exact one. */
  money(money: Money): string;
  /** `83%` of 83; one decimal, cut, so that 99.96 is not shown as 100; `<1%` of anything between 0 and 1. */
  percent(percent: number): string;
  /** `30 June`; with the year where it is not that of `asOf`. */
  date(instant: Instant, asOf?: Instant): string;
  /** `30 Jun`. */
  day(instant: Instant): string;
  /** `Jun`. */
  month(instant: Instant): string;
  /** `30 Jun, 14:05`. */
  dateTime(instant: Instant): string;
  time(instant: Instant): string;
  /** `1 Nov – 30 Nov 2026`; `endsAt` is exclusive, so the day before it is shown. */
  period(startsAt: Instant, endsAt: Instant): string;
  /** `in 8 days`, `tomorrow`, `yesterday`, counted in midnights from `asOf`. */
  relativeDay(instant: Instant, asOf: Instant): string;
  /** `12 minutes ago`, from `asOf`. */
  ago(instant: Instant, asOf: Instant): string;
  /** `1m 12s`. */
  duration(milliseconds: number): string;
  /** The same settings in another zone, such as the account's. */
  inZone(timeZone: string): Format;
}

const dayAndMonth: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const hourAndMinute: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

const compactFrom = 1_000_000n * 1_000_000n;
const wholeFrom = 10_000n * 1_000_000n;

/** Makes a format. Cheap to call: number formatters are kept by their options. */
export function createFormat(settings: FormatSettings = {}): Format {
  const { locale = 'en', timeZone = 'UTC', creditLabel = { one: 'credit', other: 'credits' } } = settings;
  // What counts as one is the language's business: in French 0 and 1.5 do too.
  const plural = new Intl.PluralRules(locale);
  const numberWith = (options: Intl.NumberFormatOptions) => numberFormat(locale, options);
  const dated = (at: Instant | number, options: Intl.DateTimeFormatOptions) =>
    // Browsers differ in the space before AM and PM: some have a narrow one that does not break.
    dateFormat(locale, { ...options, timeZone })
      .format(new Date(at))
      .replaceAll('\u202f', ' ');
  const isSameYear = (...instants: (Instant | number)[]) =>
    new Set(instants.map((at) => dated(at, { year: 'numeric' }))).size === 1;

  const shortOptions = (value: DecimalString): Intl.NumberFormatOptions => {
    const millionths = toMillionths(value);
    const size = millionths < 0n ? -millionths : millionths;
    if (size >= compactFrom) return { notation: 'compact', maximumFractionDigits: 2, roundingMode: 'trunc' };
    if (size >= wholeFrom) return { maximumFractionDigits: 0, roundingMode: 'trunc' };
    // Where two decimals would show nothing at all, the small figure is shown whole.
    return size < 10_000n
      ? { maximumFractionDigits: 6 }
      : { maximumFractionDigits: 2, roundingMode: 'trunc' };
  };
  const write = (value: DecimalString, options: Intl.NumberFormatOptions) =>
    numberWith(options).format(value as Intl.StringNumericLiteral);

  const format: Format = {
    locale,
    timeZone,
    number: (value) => write(String(value), { maximumFractionDigits: 6 }),
    short: (value) => ({ text: write(value, shortOptions(value)), exact: format.number(value) }),
    axis: (value) => numberWith({ notation: 'compact', maximumFractionDigits: 1 }).format(value),
    signed: (value) => {
      const sign: Intl.NumberFormatOptions = { signDisplay: 'exceptZero' };
      // A hyphen is narrower than a plus and sits lower; figures in a column take the minus sign.
      const withSign = (options: Intl.NumberFormatOptions) =>
        write(value, { ...options, ...sign }).replace('-', '−');
      return { text: withSign(shortOptions(value)), exact: withSign({ maximumFractionDigits: 6 }) };
    },
    unit: (value, unit) => {
      if (currencyOf(unit)) return '';
      // A budget may be counted in a metric's own unit, which answers then name by its plural alone.
      if (typeof unit === 'string' && unit !== 'credits') return unit;
      const label = typeof unit === 'string' ? creditLabel : unit;
      return plural.select(Math.abs(Number(value))) === 'one' ? label.one : label.other;
    },
    amount: (value, unit) => {
      const currency = currencyOf(unit);
      if (currency) {
        const exact = write(value, { style: 'currency', currency, maximumFractionDigits: 6 });
        return { text: format.money({ amount: value, currency }), exact };
      }
      const { text, exact } = format.short(value);
      const word = format.unit(value, unit);
      return { text: `${text} ${word}`, exact: `${exact} ${word}` };
    },
    money: ({ amount, currency }) => {
      const options: Intl.NumberFormatOptions = { style: 'currency', currency, roundingMode: 'trunc' };
      // Where the currency's own digits would show nothing at all, the small amount is shown whole.
      const { maximumFractionDigits = 2 } = numberWith(options).resolvedOptions();
      const size = Math.abs(Number(amount));
      const isNothing = size > 0 && size < 10 ** -maximumFractionDigits;
      return write(amount, isNothing ? { ...options, maximumFractionDigits: 6 } : options);
    },
    percent: (percent) =>
      percent > 0 && percent < 1
        ? `<${format.percent(1)}`
        : numberWith({ style: 'percent', maximumFractionDigits: 1, roundingMode: 'trunc' }).format(
            // Ten digits are beyond any percentage here and shed what binary fractions add.
            Number((percent / 100).toFixed(10)),
          ),
    date: (instant, asOf) =>
      dated(instant, {
        day: 'numeric',
        month: 'long',
        ...(isSameYear(instant, asOf ?? instant) ? {} : { year: 'numeric' }),
      }),
    day: (instant) => dated(instant, dayAndMonth),
    month: (instant) => dated(instant, { month: 'short' }),
    dateTime: (instant) => dated(instant, { ...dayAndMonth, ...hourAndMinute }),
    time: (instant) => dated(instant, hourAndMinute),
    period: (startsAt, endsAt) => {
      // Put together here: versions of the language data differ in the dashes and spaces of a range.
      const lastDay = Date.parse(endsAt) - 1;
      const withYear: Intl.DateTimeFormatOptions = { ...dayAndMonth, year: 'numeric' };
      const once = isSameYear(startsAt, lastDay) ? dayAndMonth : withYear;
      // The year is said once, where the language has it: before the first day or after the last.
      const order = dateFormat(locale, { ...withYear, timeZone }).formatToParts(lastDay);
      const isYearFirst = order.find(({ type }) => type === 'year' || type === 'day')?.type === 'year';
      return `${dated(startsAt, isYearFirst ? withYear : once)} – ${dated(lastDay, isYearFirst ? once : withYear)}`;
    },
    relativeDay: (instant, asOf) =>
      new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
        daysBetween(asOf, instant, timeZone),
        'day',
      ),
    ago: (instant, asOf) => {
      const seconds = Math.round((Date.parse(instant) - Date.parse(asOf)) / 1_000);
      const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
      if (Math.abs(seconds) < 60) return relative.format(seconds, 'second');
      if (Math.abs(seconds) < 3_600) return relative.format(Math.trunc(seconds / 60), 'minute');
      if (Math.abs(seconds) < 86_400) return relative.format(Math.trunc(seconds / 3_600), 'hour');
      return relative.format(Math.trunc(seconds / 86_400), 'day');
    },
    duration: (milliseconds) => writeDuration(milliseconds, numberWith),
    inZone: (zone) => (zone === timeZone ? format : createFormat({ ...settings, timeZone: zone })),
  };
  return format;
}

/** The ISO 4217 code of a unit that is money; undefined for credits and for a metric's unit, which are words. */
export function currencyOf(unit: CreditUnit | UnitLabel): string | undefined {
  return typeof unit === 'string' && /^[A-Z]{3}$/.test(unit) ? unit : undefined;
}

function writeDuration(
  milliseconds: number,
  numberWith: (options: Intl.NumberFormatOptions) => Intl.NumberFormat,
): string {
  const unit = (value: number, name: string) =>
    numberWith({
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
      maximumFractionDigits: 1,
      roundingMode: 'trunc',
    }).format(value);
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return unit(seconds, 'second');
  if (seconds < 60) return unit(Math.trunc(seconds), 'second');
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 60) return `${unit(minutes, 'minute')} ${unit(Math.trunc(seconds % 60), 'second')}`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 24) return `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`;
  return `${unit(Math.trunc(hours / 24), 'day')} ${unit(hours % 24, 'hour')}`;
}

// Making a formatter costs far more than using one, and a table of ten thousand rows uses the same few.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(
    numberFormats,
    `${locale} ${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(locale, options),
  );
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(
    dateFormats,
    `${locale} ${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(locale, options),
  );
}

function kept<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const found = values.get(key);
  if (found) return found;
  const value = make();
  values.set(key, value);
  return value;
}
