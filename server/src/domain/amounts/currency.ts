import { apiBounds } from '../../contract/api-bounds.ts';
import type { Micros } from './amounts.ts';

/** The usual ones are known from the start: to ask for the first one takes the platform about 10 ms. */
const digitsByCode = new Map<string, number | null>([
  ...[
    'AUD',
    'BRL',
    'CAD',
    'CHF',
    'CNY',
    'DKK',
    'EUR',
    'GBP',
    'INR',
    'MXN',
    'NOK',
    'NZD',
    'PLN',
    'SEK',
    'USD',
  ].map((code): [string, number] => [code, 2]),
  ['JPY', 0],
  ['KRW', 0],
]);

/** Fraction digits of a currency's smallest unit by ISO 4217; null for an unknown currency. */
export function currencyDigits(code: string): number | null {
  const known = digitsByCode.get(code);
  if (known !== undefined) return known;
  if (typeof code !== 'string' || !/^[A-Z]{3}$/.test(code)) return null;
  const digits = Intl.supportedValuesOf('currency').includes(code)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
        .maximumFractionDigits ?? null)
    : null;
  digitsByCode.set(code, digits);
  return digits;
}

/** So many millionths are the currency's smallest part: 10,000 for a cent. */
export function smallestPart(currency: string): Micros {
  return (
    10n ** BigInt(apiBounds.fractionDigitsMax - (currencyDigits(currency) ?? apiBounds.fractionDigitsMax))
  );
}

/**
 * The quotient in whole smallest parts of the currency; half a part goes away from zero, as invoices round. The divisor is
 * positive.
 */
export function divideToCurrency(dividend: bigint, divisor: bigint, currency: string): Micros {
  const part = smallestPart(currency);
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  const parts = (magnitude * 2n + divisor * part) / (2n * divisor * part);
  return (negative ? -parts : parts) * part;
}
