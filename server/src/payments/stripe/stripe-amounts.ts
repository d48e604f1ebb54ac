import type { Micros } from '../../domain/amounts/amounts.ts';

const microsPerUnit = 1_000_000n;
/** Eight digits of the smallest unit, which Stripe takes at most of any currency (https://docs.stripe.com/currencies#maximum-amounts). */
export const stripeMinorUnitsMax = 99_999_999n;

/** Currencies without a smaller unit at Stripe (https://docs.stripe.com/currencies#zero-decimal). */
const withoutDecimals = new Set([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA'],
  ...['PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
]);
/** Currencies with a thousandth part; Stripe takes hundredths of them, written in thousandths. */
const withThousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** Currencies with two decimals on the wire. Stripe takes only 00 for them. */
const wholeUnitsOnly = new Set(['ISK', 'UGX']);

/** Stripe cannot take the amount as it is. */
export class StripeAmountError extends Error {
  override readonly name = 'StripeAmountError';
}

function exponentOf(currency: string): number {
  if (withoutDecimals.has(currency)) return 0;
  return withThousandths.has(currency) ? 3 : 2;
}

/** The step that an amount has to be a multiple of, in the smallest unit on the wire. */
function stepOf(currency: string): bigint {
  if (withThousandths.has(currency)) return 10n;
  return wholeUnitsOnly.has(currency) ? 100n : 1n;
}

/**
 * An amount as Stripe takes it: a whole number of the currency's smallest unit, so that ¥80 is 80 and $80 is 8000.
 * @throws StripeAmountError where it is finer than Stripe takes, not more than 0, or beyond eight digits.
 */
export function toMinorUnits(amount: Micros, currency: string): number {
  const perMinor = microsPerUnit / 10n ** BigInt(exponentOf(currency));
  const step = perMinor * stepOf(currency);
  if (amount <= 0n) throw new StripeAmountError('An amount has to be more than 0.');
  if (amount % step !== 0n) {
    throw new StripeAmountError(`An amount in ${currency} has to be a multiple of ${step} millionths.`);
  }
  const minor = amount / perMinor;
  if (minor > stripeMinorUnitsMax) {
    throw new StripeAmountError(
      `The amount is beyond ${stripeMinorUnitsMax} of the smallest unit of ${currency}.`,
    );
  }
  return Number(minor);
}

export function fromMinorUnits(minor: number, currency: string): Micros {
  return (BigInt(minor) * microsPerUnit) / 10n ** BigInt(exponentOf(currency));
}
