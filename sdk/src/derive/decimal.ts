import type { DecimalString } from '@usagekit/server/contract';
import { fractionDigits, toMillionths } from './millionths.ts';

export { toMillionths };

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
