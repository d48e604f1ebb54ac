import type { DecimalString } from '@usagekit/server/contract';

const fractionDigits = 6;

/**
 * An amount in millionths, exactly. A host may give what is no decimal of the contract, which must not take its page down: a number
 * that is written otherwise is rounded, and what is no number counts for nothing and is shown as unknown.
 */
export function toMillionths(decimal: DecimalString): bigint {
  const [, whole, fraction = ''] = /^(-?\d+)(?:\.(\d{1,6}))?$/.exec(decimal) ?? [];
  if (whole) return BigInt(whole + fraction.padEnd(fractionDigits, '0'));
  const rounded = Math.round(Number(decimal) * 10 ** fractionDigits);
  return Number.isFinite(rounded) ? BigInt(rounded) : 0n;
}

/** The decimal string of an amount in millionths, without needless zeros. */
export function fromMillionths(millionths: bigint): DecimalString {
  const digits = String(millionths)
    .replace('-', '')
    .padStart(fractionDigits + 1, '0');
  const decimal = `${digits.slice(0, -fractionDigits)}.${digits.slice(-fractionDigits)}`.replace(
    /\.?0+$/,
    '',
  );
  return millionths < 0n ? `-${decimal}` : decimal;
}

/** A sum that is a number because it is drawn, as an amount. */
export function decimalOf(sum: number): DecimalString {
  return sum.toFixed(fractionDigits);
}

/** The exact sum, as decimal string. */
export function sumDecimals(decimals: Iterable<DecimalString>): DecimalString {
  let sum = 0n;
  for (const decimal of decimals) sum += toMillionths(decimal);
  return fromMillionths(sum);
}

/** `minuend - subtrahend`, exactly. */
export function subtractDecimals(minuend: DecimalString, subtrahend: DecimalString): DecimalString {
  return fromMillionths(toMillionths(minuend) - toMillionths(subtrahend));
}
