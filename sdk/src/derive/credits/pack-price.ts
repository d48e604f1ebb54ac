import type { CreditPack, DecimalString, Money } from '@usagekit/server/contract';
import { fromMillionths, sumDecimals, toMillionths } from '../decimal.ts';

/** All that a pack adds, bonus included. */
export function packTotal({ credits, bonus }: Pick<CreditPack, 'credits' | 'bonus'>): DecimalString {
  return sumDecimals([credits, bonus]);
}

/** What a pack charges: its price with tax; null for a caller who may not see prices. */
export function packCharge({ price, total }: Pick<CreditPack, 'price' | 'total'>): Money | null {
  return total ?? price;
}

/** Whether a pack of money costs what it adds, so that the amount says the price. `currency` is that of the balance, if it is money. */
export function isAtPar(
  { credits, price }: Pick<CreditPack, 'credits' | 'price'>,
  currency: string | undefined,
): boolean {
  return (
    price !== null && price.currency === currency && toMillionths(price.amount) === toMillionths(credits)
  );
}

/** The price of `perCredits` credits of a pack, including the bonus, cut after six digits. */
export interface UnitPrice {
  price: Money;
  perCredits: DecimalString;
}

/**
 * A pack's price for a number of credits at which packs can be compared: one, a hundred or a thousand, the same for all
 * packs that are offered together.
 */
export function unitPrices(packs: readonly CreditPack[]): (UnitPrice | undefined)[] {
  const smallest = packs.map(({ credits }) => toMillionths(credits)).reduce(smaller, 10_000_000_000n);
  const perCredits = smallest >= 10_000_000_000n ? '1000' : smallest >= 100_000_000n ? '100' : '1';
  return packs.map((pack) => {
    const total = toMillionths(packTotal(pack));
    if (pack.price === null || total <= 0n) return undefined;
    const amount = (toMillionths(pack.price.amount) * toMillionths(perCredits)) / total;
    return { price: { ...pack.price, amount: fromMillionths(amount) }, perCredits };
  });
}

/** The spendable amount after a pack is paid; existing debt is paid from it first. */
export function availableAfter(
  available: DecimalString,
  debt: DecimalString,
  pack: Pick<CreditPack, 'credits' | 'bonus'>,
): DecimalString {
  const left = toMillionths(packTotal(pack)) - toMillionths(debt);
  return left > 0n ? fromMillionths(toMillionths(available) + left) : available;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
