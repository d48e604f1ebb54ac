import type { DecimalString } from '@usagekit/server/contract';
import { fitsBadge } from './badge-fonts.ts';

const suffixes = ['', 'k', 'M', 'B', 'T'] as const;

/**
 * Formats an amount that is left so that a badge shows it whole, always rounding down: `999`, `1.2k`, `12k`, `.1M`,
 * `1M`, `12M`, up to `99T`. `0` stands for true zero (and for a negative amount) only; what lies between 0 and 1 reads
 * `<1`.
 */
export function formatShortAmount(amount: DecimalString): string {
  if (amount.startsWith('-')) return '0';
  const [integerPart = '0', fractionPart = ''] = amount.split('.');
  const digits = integerPart.replace(/^0+(?=\d)/, '');
  if (digits === '0') return /[1-9]/.test(fractionPart) ? '<1' : '0';
  if (digits.length <= 3) return digits;

  const group = Math.floor((digits.length - 1) / 3);
  const suffix = suffixes[group];
  const lead = digits.slice(0, digits.length - group * 3);
  if (suffix === undefined || (group === suffixes.length - 1 && lead.length > 2)) return '99T';
  const tenth = lead.length === 1 ? digits.charAt(1) : '0';
  const exact = tenth === '0' ? `${lead}${suffix}` : `${lead}.${tenth}${suffix}`;
  if (fitsBadge(exact)) return exact;
  // A third digit does not fit next to a suffix, and a tenth does not fit next to a wide suffix.
  return lead.length === 3 ? `.${lead.charAt(0)}${suffixes[group + 1]}` : `${lead}${suffix}`;
}

/**
 * Formats the remaining share of a used percentage to fit a badge, rounded down: `42%` for 57.3 used, `99%` if everything is
 * left, `<1` below one percent, `0%` at the limit, `+12` percent beyond it, `2x` to `99x` from twice the limit on.
 */
export function formatShortPercentLeft(percentUsed: number): string {
  if (percentUsed >= 200) return `${Math.min(99, Math.floor(percentUsed / 100))}x`;
  if (percentUsed >= 101) return `+${Math.min(99, Math.floor(percentUsed - 100))}`;
  if (percentUsed >= 100) return '0%';
  const left = Math.floor(100 - Math.max(0, percentUsed));
  return left === 0 ? '<1' : `${Math.min(99, left)}%`;
}

/**
 * Formats a used percentage as it is, rounding down: `57%`, `99%`, `+12` percent beyond the limit.
 * @param full The word for the limit itself, since `100%` has no room.
 */
export function formatShortPercentUsed(percentUsed: number, full: string): string {
  if (percentUsed > 0 && percentUsed < 1) return '<1';
  if (percentUsed >= 100) return percentUsed >= 101 ? formatShortPercentLeft(percentUsed) : full;
  return `${Math.floor(Math.max(0, percentUsed))}%`;
}

/** How long until a reset: `45m`, `12h`, `9d`; null where it is not known, is past, or lies too far ahead to matter. */
export function formatShortWait(waitMs: number | null): string | null {
  if (waitMs === null || !Number.isFinite(waitMs) || waitMs <= 0) return null;
  const minutes = waitMs / 60_000;
  if (minutes < 60) return `${Math.ceil(minutes)}m`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)}h`;
  const days = Math.round(minutes / 1440);
  return days <= 99 ? `${days}d` : null;
}
