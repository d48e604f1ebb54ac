import type { Instant } from '@usagekit/server/contract';

const units = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/**
 * `12 minutes ago`, from `asOf`. It imports nothing, so that what is loaded for it shares nothing with a widget.
 *
 * @param format gives the locale
 * @param justNow given for less than a minute; without it that is a number of seconds, or 'now'
 */
export function formatAgo(
  instant: Instant,
  asOf: Instant,
  { locale }: { locale: string },
  justNow?: string,
): string {
  const seconds = Math.round((Date.parse(instant) - Date.parse(asOf)) / 1_000);
  if (Number.isNaN(seconds)) return '–';
  if (justNow !== undefined && Math.abs(seconds) < 60) return justNow;
  const [size, unit] = units.find(([each]) => Math.abs(seconds) >= each) ?? ([1, 'second'] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
