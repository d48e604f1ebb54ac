import { apiBounds } from '../../contract/api-bounds.ts';
import type { DecimalString } from '../../contract/values/amount.ts';

/** An amount in millionths of its unit. */
export type Micros = bigint;

/** Millionths in one unit. */
export const microsPerUnit = 1_000_000n;
const microsPerUnitNumber = Number(microsPerUnit);

/** The largest amount of one item, grant or rate. */
export const amountMax: Micros = BigInt(apiBounds.amountUnitsMax) * microsPerUnit;

/** The largest counter or balance that an account can reach. */
export const totalMax: Micros = BigInt(apiBounds.totalUnitsMax) * microsPerUnit;

const decimal = /^(-?)(\d{1,13})(?:\.(\d{1,6}))?$/;

/** The text is no decimal number of the form that amounts have. */
export class AmountError extends Error {
  override readonly name = 'AmountError';
}

/**
 * The amount that a decimal string stands for, such as 12500000n for `"12.5"`.
 * @throws AmountError where it has an exponent, more than six fraction digits or other characters, or lies beyond
 * `apiBounds.amountUnitsMax` units.
 */
export function parseAmount(text: DecimalString): Micros {
  const match = decimal.exec(text);
  if (match === null)
    throw new AmountError(`'${text.slice(0, 40)}' is not a decimal number with at most six fraction digits`);
  const [, sign, units = '0', fraction = ''] = match;
  const magnitude = BigInt(units) * microsPerUnit + BigInt(fraction.padEnd(apiBounds.fractionDigitsMax, '0'));
  if (magnitude > amountMax) throw new AmountError(`'${text}' is beyond ${apiBounds.amountUnitsMax} units`);
  return sign === '-' ? -magnitude : magnitude;
}

/** The shortest decimal string for the amount: `"12.5"`, `"0"`, `"-3"`. */
export function formatAmount(amount: Micros): DecimalString {
  // Most amounts are whole units that a double holds, which is ten times as quick to write.
  const micros = Number(amount);
  if (micros % microsPerUnitNumber === 0 && Math.abs(micros) <= Number.MAX_SAFE_INTEGER)
    return String(micros / microsPerUnitNumber);
  return formatDecimal(amount, apiBounds.fractionDigitsMax);
}

/** The shortest decimal string for a number whose last so many digits are its fraction. */
export function formatDecimal(digits: bigint, fractionDigits: number): DecimalString {
  if (digits < 0n) return `-${formatDecimal(-digits, fractionDigits)}`;
  const one = 10n ** BigInt(fractionDigits);
  const units = digits / one;
  const fraction = digits % one;
  if (fraction === 0n) return units.toString();
  return `${units}.${fraction.toString().padStart(fractionDigits, '0').replace(/0+$/, '')}`;
}

/** The quotient rounded half to even. The divisor is positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  const quotient = magnitude / divisor;
  const doubled = (magnitude % divisor) * 2n;
  const up = doubled > divisor || (doubled === divisor && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** The smaller of two amounts. */
export function lesserOf(a: Micros, b: Micros): Micros {
  if (a < b) return a;
  return b;
}

/** The sum of the amounts. */
export function sumOf(amounts: Iterable<Micros>): Micros {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
}

/** The amount without its fraction of a percent beyond one digit, as a number: 620 of 1,000 is 62. Null without a whole. */
export function percentOf(part: Micros, whole: Micros | null): number | null {
  if (whole === null) return null;
  if (whole <= 0n) return part > 0n ? 100 : 0;
  // Rounded down, so that 100 is shown only when all of it is used.
  return Number((part * 1_000n) / whole) / 10;
}
