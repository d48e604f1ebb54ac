import type { DecimalString } from '@usagekit/server/contract';

const suffixes = ['', 'k', 'M', 'B', 'T'] as const;

/**
 * Formats an amount that is left in at most four ASCII characters, always rounding down: `9999`, `10k`, `999k`,
 * `1.2M`, `12M`, `1B`, up to `999T`. `0` stands for true zero (and for a negative amount) only; what lies between
 * 0 and 1 reads `<1`.
 * A hundred thousand reads `100k` and not `.1M`: both have room, and the shorter one would hide half of 199,999.
 */
export function formatShortAmount(amount: DecimalString): string {
  if (amount.startsWith('-')) return '0';
  const [integerPart = '0', fractionPart = ''] = amount.split('.');
  const digits = integerPart.replace(/^0+(?=\d)/, '');
  if (digits === '0') return /[1-9]/.test(fractionPart) ? '<1' : '0';
  if (digits.length <= 4) return digits;

  const group = Math.floor((digits.length - 1) / 3);
  const suffix = suffixes[group];
  if (suffix === undefined) return '999T';
  const lead = digits.slice(0, digits.length - group * 3);
  // One fraction digit fits beside a single lead digit. Thousands need none: below 10,000 every digit is shown.
  const tenth = lead.length === 1 ? digits.charAt(1) : '0';
  return tenth === '0' ? `${lead}${suffix}` : `${lead}.${tenth}${suffix}`;
}

/**
 * Formats a used percentage as what is left, in at most four ASCII characters, rounding down: `42%` for 57.3 used,
 * `<1%` where a little is left, `0%` at the limit, `+12%` beyond it, `2x` to `999x` from twice the limit on.
 */
export function formatShortPercentLeft(percentUsed: number): string {
  if (percentUsed >= 200) return `${Math.min(999, Math.floor(percentUsed / 100))}x`;
  // From +100% a plus, three digits and the sign would be five characters; twice the limit is covered above.
  if (percentUsed >= 101) return `+${Math.min(99, Math.floor(percentUsed - 100))}%`;
  if (percentUsed >= 100) return '0%';
  const left = Math.floor(100 - Math.max(0, percentUsed));
  return left === 0 ? '<1%' : `${left}%`;
}
