import type { DatedRate, RateConfig } from '../../contract/catalog/catalog.ts';
import type { CatalogReader } from './catalog-reader.ts';
import type { DatedPrice, Rate } from './catalog-types.ts';

const pers = [1, 1_000, 1_000_000];

export function readRate(reader: CatalogReader, pointer: string, config: RateConfig): Rate {
  const amount = reader.amount(`${pointer}/amount`, config.amount);
  const per = config.per ?? 1;
  if (pers.includes(per)) return { amount, per: BigInt(per) };
  reader.mistake(`${pointer}/per`, `${per} is not accepted`, '1, 1000 or 1000000');
  return { amount, per: 1n };
}

/** Prices in the order of their instants, which must rise; only the first may leave its instant out. */
export function readPrices(
  reader: CatalogReader,
  pointer: string,
  configs: readonly DatedRate[],
  wordsOf: (rate: Rate) => string,
): readonly DatedPrice[] {
  checkSome(reader, pointer, configs);
  const prices = configs.map((config, index): DatedPrice => {
    const rate = readRate(reader, `${pointer}/${index}`, config);
    const fromMs = reader.instant(`${pointer}/${index}/from`, config.from);
    return { fromMs, rate, words: wordsOf(rate) };
  });
  checkOrder(reader, pointer, prices);
  return prices;
}

export function checkSome(reader: CatalogReader, pointer: string, prices: readonly unknown[]): void {
  if (prices.length === 0)
    reader.mistake(pointer, 'It has no price', 'at least one price; 0 for what costs nothing');
}

export function checkOrder(
  reader: CatalogReader,
  pointer: string,
  prices: readonly { readonly fromMs: number }[],
): void {
  for (const [index, price] of prices.entries()) {
    const before = prices[index - 1];
    // An instant that could not be read has been told already.
    if (before === undefined || Number.isNaN(price.fromMs) || Number.isNaN(before.fromMs)) continue;
    if (price.fromMs <= before.fromMs)
      reader.mistake(
        `${pointer}/${index}/from`,
        'It does not begin after the price before it',
        'an instant later than that of the price before it',
      );
  }
}
