import { readFileSync } from 'node:fs';
import type { CatalogConfig, ModelItem, ModelPrice } from '@usagekit/server/contract';
import { type Catalog, planOf, priceItems } from '@usagekit/server/domain';
import { beforeAll, describe, expect, it } from 'vitest';
import { partsPerMicro } from '../../../../server/src/domain/amounts/rounding.ts';
import { readGenaiPrices } from '../../../../server/src/node/prices/genai-prices.ts';
import { mergePrices } from '../../../../server/src/node/prices/merge-prices.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

/** A request with the price that its provider publishes, and what it costs, worked out with another program's decimals. */
interface PricedRequest {
  /** Whose page, and its title. */
  readonly source: string;
  readonly model: string;
  readonly price: ModelPrice;
  readonly use: Omit<ModelItem, 'model'>;
  readonly dollars: string;
  /** What the page itself says that it comes to, which it may have rounded. */
  readonly told?: string;
  readonly markupPercent?: string;
  /** The provider in @pydantic/genai-prices, where that has the same price. */
  readonly genaiPrices?: string;
  /** Where else somebody says the same price, by title and address; of every one that is not in genai-prices. */
  readonly seen?: { readonly title: string; readonly address: string };
}

const requests: readonly PricedRequest[] = JSON.parse(
  readFileSync(new URL('../../../data/priced-requests.json', import.meta.url), 'utf8'),
);

const inDollars: CatalogConfig = { ...smallCatalogConfig, pricedIn: 'money' };

function catalogFor({ model, price, markupPercent }: PricedRequest): Catalog {
  return compiled({
    ...inDollars,
    plans: inDollars.plans.map((plan) =>
      markupPercent === undefined ? plan : { ...plan, modelMarkupPercent: markupPercent },
    ),
    models: [{ id: model, label: model, provider: 'its-provider', tier: 'light', prices: [price] }],
  });
}

/** To the last digit: whole millionths and what is carried beyond them. */
function exactDollars(catalog: Catalog, { model, use }: PricedRequest): string {
  const { modelFactor } = planOf(new AccountFixture({}, { catalog }).state, catalog);
  const { lines } = priceItems(catalog, [{ model, ...use }], {
    atMs: Date.parse('2026-02-01T00:00:00Z'),
    ownKeys: {},
    modelFactor,
    rounding: 0n,
  });
  const parts = lines.reduce((sum, { amount, rest = 0n }) => sum + amount * partsPerMicro + rest, 0n);
  const digits = parts.toString().padStart(31, '0');
  const fraction = digits.slice(-30).replace(/0+$/, '');
  return `${digits.slice(0, -30)}${fraction === '' ? '' : `.${fraction}`}`;
}

it('has at least twenty requests of several providers', () => {
  expect(requests.length).toBeGreaterThanOrEqual(20);
  expect(new Set(requests.map(({ source }) => source.split(',')[0])).size).toBeGreaterThanOrEqual(5);
});

it('has no price from memory: a package or another page says the same as the provider', () => {
  const unseen = requests.filter(({ genaiPrices, seen }) => genaiPrices === undefined && seen === undefined);
  expect(unseen.map(({ source }) => source)).toEqual([]);
  for (const { seen } of requests) {
    if (seen === undefined) continue;
    expect(seen.title.length).toBeGreaterThan(10);
    expect(new URL(seen.address).protocol).toBe('https:');
  }
});

describe('real requests by published prices', () => {
  it.each(
    requests.map(
      (request) => [`${request.source}${request.seen ? ` (${request.seen.title})` : ''}`, request] as const,
    ),
  )('F25, L311 to L313: %s', (_, request) => {
    expect(exactDollars(catalogFor(request), request)).toBe(request.dollars);
    if (request.told === undefined) return;
    const digits = request.told.split('.')[1]?.length ?? 0;
    expect(Number(request.dollars).toFixed(digits)).toBe(Number(request.told).toFixed(digits));
  });
});

describe('the same requests by imported prices', () => {
  let imported: Catalog;
  beforeAll(async () => {
    const source = await readGenaiPrices();
    const { config } = mergePrices({ ...inDollars, models: [] }, source, {
      providers: new Set(requests.flatMap(({ genaiPrices }) => genaiPrices ?? [])),
      isWanted: () => true,
      tier: 'light',
      perDollar: { digits: 1n, scale: 0 },
      from: '2026-02-01T00:00:00.000Z',
    });
    imported = compiled(config);
  });

  it.each(
    requests
      .filter(({ genaiPrices }) => genaiPrices !== undefined)
      .map((request) => [request.source, request] as const),
  )('F25: %s', (_, request) => {
    expect(exactDollars(imported, request)).toBe(request.dollars);
  });
});

it('sums a day of such requests to the last digit, whatever order they come in', () => {
  const sum = requests.reduce((total, { dollars }) => total + exactParts(dollars), 0n);
  const inTurn = [...requests, ...requests.toReversed()].reduce(
    (total, request) => total + exactParts(exactDollars(catalogFor(request), request)),
    0n,
  );
  expect(inTurn).toBe(2n * sum);
});

function exactParts(dollars: string): bigint {
  const [whole = '0', fraction = ''] = dollars.split('.');
  return BigInt(whole + fraction.padEnd(30, '0'));
}
