import type { DecimalString } from '../../contract/amount.ts';
import { limits } from '../../contract/limits.ts';
import type { Rate } from '../catalog/catalog-types.ts';
import type { Micros } from '../state.ts';

/** Millionths in one unit. */
export const microsPerUnit = 1_000_000n;

/** The largest amount of one item, grant or rate. */
export const amountMax: Micros = BigInt(limits.amountUnitsMax) * microsPerUnit;

/** The largest counter or balance that an account can reach. */
export const totalMax: Micros = BigInt(limits.totalUnitsMax) * microsPerUnit;

const decimal = /^(-?)(\d{1,10})(?:\.(\d{1,6}))?$/;

/** The text is no decimal number of the form that amounts have. */
export class AmountError extends Error {
  override readonly name = 'AmountError';
}

/**
 * The amount that a decimal string stands for, such as 12500000n for `"12.5"`.
 * @throws AmountError where it has an exponent, more than six fraction digits or other characters, or lies beyond
 * `limits.amountUnitsMax` units.
 */
export function parseAmount(text: DecimalString): Micros {
  const match = decimal.exec(text);
  if (match === null)
    throw new AmountError(`'${text.slice(0, 40)}' is not a decimal number with at most six fraction digits`);
  const [, sign, units = '0', fraction = ''] = match;
  const magnitude = BigInt(units) * microsPerUnit + BigInt(fraction.padEnd(limits.fractionDigitsMax, '0'));
  if (magnitude > amountMax) throw new AmountError(`'${text}' is beyond ${limits.amountUnitsMax} units`);
  return sign === '-' ? -magnitude : magnitude;
}

/** The shortest decimal string for the amount: `"12.5"`, `"0"`, `"-3"`. */
export function formatAmount(amount: Micros): DecimalString {
  if (amount < 0n) return `-${formatAmount(-amount)}`;
  const units = amount / microsPerUnit;
  const fraction = amount % microsPerUnit;
  if (fraction === 0n) return units.toString();
  return `${units}.${fraction.toString().padStart(limits.fractionDigitsMax, '0').replace(/0+$/, '')}`;
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

/** An amount before it is rounded: so many parts, of which `partsPerMicro` make a millionth; that is a power of ten. */
export interface ExactAmount {
  readonly parts: bigint;
  readonly partsPerMicro: bigint;
}

/** The largest `per` of a rate. */
const perMax = 1_000_000n;
const partsPerMicro = microsPerUnit * perMax;

/** What several quantities cost at their rates together, to the last digit. */
export function exactCharge(
  parts: readonly { readonly quantity: Micros; readonly rate: Rate }[],
): ExactAmount {
  let sum = 0n;
  // Every `per` is a power of ten, so the largest one is a multiple of each.
  for (const { quantity, rate } of parts) sum += quantity * rate.amount * (perMax / rate.per);
  return { parts: sum, partsPerMicro };
}

/** The sum of an exact amount and a whole one. */
export function exactPlus(exact: ExactAmount, amount: Micros): ExactAmount {
  return { ...exact, parts: exact.parts + amount * exact.partsPerMicro };
}

/** An exact amount times a factor in millionths. */
export function exactTimes(exact: ExactAmount, factor: Micros): ExactAmount {
  if (factor === microsPerUnit) return exact;
  return { parts: exact.parts * factor, partsPerMicro: exact.partsPerMicro * microsPerUnit };
}

/** An exact amount rounded once, half to even, to a millionth. */
export function roundedCharge({ parts, partsPerMicro: divisor }: ExactAmount): Micros {
  return divideHalfEven(parts, divisor);
}

/**
 * What several quantities cost at their rates together, rounded once, half to even, to a millionth.
 * A line item that has several rates (input, output, cached tokens) is thus rounded once and not by part.
 */
export function chargeFor(parts: readonly { readonly quantity: Micros; readonly rate: Rate }[]): Micros {
  return roundedCharge(exactCharge(parts));
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
