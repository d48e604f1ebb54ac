import { numberFormat } from './intl-formats.ts';

/**
 * `1m 12s`.
 *
 * @param format gives the locale
 */
export function formatDuration(milliseconds: number, { locale }: { locale: string }): string {
  const unit = (value: number, name: string) =>
    numberFormat(locale, {
      style: 'unit',
      unit: name,
      // German's narrow words are half of them letters ('2h 1 Min.'), and Japanese's are Latin ones.
      unitDisplay: /^(de|ja)/.test(locale) ? 'short' : 'narrow',
      maximumFractionDigits: 1,
      roundingMode: 'trunc',
    }).format(value);
  let seconds = milliseconds / 1_000;
  if (seconds < 10) return unit(seconds, 'second');
  const largest = secondsOf.findIndex(([, size]) => seconds >= size);
  return secondsOf
    .slice(largest, largest + 2)
    .map(([name, size]) => {
      const count = Math.trunc(seconds / size);
      seconds %= size;
      return unit(count, name);
    })
    .join(' ');
}

const secondsOf = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;
