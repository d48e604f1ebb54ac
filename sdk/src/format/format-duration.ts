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
