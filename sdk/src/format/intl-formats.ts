import type { Instant } from '@usagekit/server/contract';

/** The options of a date format. */
export interface DateSettings {
  locale: string;
  timeZone: string;
}

/** A dash in place of a figure or an instant that is not valid, so that a host's mistake shows where it is and takes no page down. */
export const orUnknown = (value: number, write: () => string): string =>
  Number.isNaN(value) ? '–' : write();

/** The instant of a number of milliseconds; of NaN an instant that is written as unknown. */
export const instantOf = (ms: number): Instant => (Number.isNaN(ms) ? '' : new Date(ms).toISOString());

// Making a formatter costs far more than using one, and a table of ten thousand rows uses the same few.
const formats = new Map<string, object>();

function kept<Made extends object, Options extends object>(
  Kind: new (locale: string, options: Options) => Made,
  locale: string,
  options: Options,
): Made {
  const key = `${Kind.name} ${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Kind(locale, options);
    formats.set(key, format);
  }
  return format as Made;
}

export const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  kept(Intl.NumberFormat, locale, options);

/** `3 days ago`, `yesterday`. */
export const writeRelative = (locale: string, count: number, unit: Intl.RelativeTimeFormatUnit): string =>
  orUnknown(count, () =>
    kept(Intl.RelativeTimeFormat, locale, { numeric: 'auto' as const }).format(count, unit),
  );

const dateFormat = (
  { locale, timeZone }: DateSettings,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat => kept(Intl.DateTimeFormat, locale, { ...options, timeZone });

/** An instant in the settings' zone; alike in every browser. */
export const writeDate = (
  at: Instant | number,
  settings: DateSettings,
  options: Intl.DateTimeFormatOptions,
): string =>
  orUnknown(Number(new Date(at)), () =>
    // Browsers differ in the space before AM and PM: some have a narrow one that does not break.
    dateFormat(settings, options).format(new Date(at)).replaceAll('\u202f', ' '),
  );

export const isSameYear = (settings: DateSettings, ...instants: (Instant | number)[]): boolean =>
  new Set(instants.map((at) => writeDate(at, settings, { year: 'numeric' }))).size === 1;
