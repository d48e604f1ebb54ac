import type { Rate } from '../catalog/catalog-types.ts';
import type { Wallet } from '../credits/state.ts';
import type { ChargeLine } from '../usage/state.ts';
import { divideHalfEven, type Micros, microsPerUnit } from './amounts.ts';

/** An exact amount in parts of a millionth, `partsPerMicro` to each: what a quantity costs before it is rounded. */
export type Parts = bigint;

/**
 * Parts in a millionth. A quantity and a rate have six fraction digits each and a rate is for up to 1,000,000 units, which is
 * twelve digits beyond a millionth; two factors of six digits each fit too.
 */
export const partsPerMicro = 10n ** 24n;

/**
 * How exact charges become whole millionths. A number is the remainder carried from earlier charges: a charge takes the whole
 * millionths that it completes and leaves the rest to the next charge. Holds and estimates are rounded `up`, so that nothing
 * looks free. Backfill is rounded to the `nearest`, half to even.
 */
export type Rounding = Parts | 'up' | 'nearest';

/** A charge in whole millionths. */
export interface RoundedCharge {
  readonly amount: Micros;
  /** The exact charge minus its amount; absent if that is 0. */
  readonly rest?: Parts;
}

/** The exact total of several quantities at their rates. */
export function exactCharge(parts: readonly { readonly quantity: Micros; readonly rate: Rate }[]): Parts {
  let exact = 0n;
  for (const { quantity, rate } of parts)
    exact += quantity * rate.amount * (partsPerMicro / (microsPerUnit * rate.per));
  return exact;
}

/** An exact amount times a factor in millionths: at most two, so that it stays exact. */
export function exactTimes(exact: Parts, factor: Micros): Parts {
  return (exact * factor) / microsPerUnit;
}

/** The charge in whole millionths, never less than 0. */
export function roundCharge(exact: Parts, rounding: Rounding): RoundedCharge {
  if (rounding === 'up') return { amount: roundUp(exact) };
  if (rounding === 'nearest') return { amount: divideHalfEven(exact, partsPerMicro) };
  const due = exact + rounding;
  const amount = due < 0n ? 0n : due / partsPerMicro;
  const rest = exact - amount * partsPerMicro;
  return rest === 0n ? { amount } : { amount, rest };
}

/** The carry for the next charge. */
export function roundingAfter(rounding: Rounding, { rest = 0n }: RoundedCharge): Rounding {
  return typeof rounding === 'bigint' ? rounding + rest : rounding;
}

/** Whole millionths that are at least so much. */
export function roundUp(exact: Parts): Micros {
  return (exact + partsPerMicro - 1n) / partsPerMicro;
}

/** The sum of the remainders that lines leave to later charges. */
export function restOf(lines: readonly Pick<ChargeLine, 'rest'>[]): Parts {
  let rest = 0n;
  for (const line of lines) rest += line.rest ?? 0n;
  return rest;
}

/** Use of a unit that is not charged yet: less than a millionth, or negative after voids. */
export function carryOf({ carry }: Pick<Wallet, 'carry'>, unit: string): Parts {
  return carry[unit] ?? 0n;
}

/** The wallet with so much more (or, negative, less) carried. A carry of nothing leaves no trace in the state. */
export function withCarry(wallet: Wallet, unit: string, change: Parts): Wallet {
  if (change === 0n) return wallet;
  const { [unit]: before = 0n, ...others } = wallet.carry;
  const after = before + change;
  return { ...wallet, carry: after === 0n ? others : { ...others, [unit]: after } };
}
