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
 */
export function formatAgo(instant: Instant, asOf: Instant, { locale }: { locale: string }): string {
  const seconds = Math.round((Date.parse(instant) - Date.parse(asOf)) / 1_000);
  const [size, unit] = units.find(([each]) => Math.abs(seconds) >= each) ?? ([1, 'second'] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
