import type { CatalogConfig, EventItem, Item } from '@usagekit/server/contract';
import {
  availableOf,
  type Catalog,
  decideEvent,
  decideHold,
  decideLatePrices,
  decideSettle,
  decideWholeVoid,
  formatAmount,
  isPriceDue,
  type UsageRecord,
  withTried,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const models = smallCatalogConfig.models ?? [];
const priced: CatalogConfig = {
  ...smallCatalogConfig,
  models: [
    ...models,
    {
      id: 'new-1',
      label: 'New 1',
      provider: 'acme',
      tier: 'light',
      aliases: ['new-1-*'],
      prices: [
        { input: { amount: '1', per: 1_000 }, output: { amount: '2', per: 1_000 } },
        {
          from: '2026-06-15T00:00:00Z',
          input: { amount: '5', per: 1_000 },
          output: { amount: '5', per: 1_000 },
        },
      ],
    },
  ],
  tools: [...(smallCatalogConfig.tools ?? []), { id: 'crawl', label: 'Crawl', prices: [{ amount: '3' }] }],
};
/** Versions differ, by which the account sees that there is something to try. */
const versionOf = (catalog: Catalog, version: number): Catalog => ({ ...catalog, version });
const before = versionOf(compiled(), 1);
const after = versionOf(compiled(priced), 2);

function report(
  of: AccountFixture,
  items: EventItem[],
  { when = '2026-06-10T00:00:00Z', backfill = false } = {},
) {
  return of.decide((context) => decideEvent(context, { atMs: at(when), items, dimensions: {}, backfill }))
    .usage;
}

function price(of: AccountFixture, ...usages: UsageRecord[]): number {
  const waiting = usages.flatMap((usage) => (usage.unpriced ?? []).map((_, index) => ({ usage, index })));
  return of.decide((context) => decideLatePrices(context, waiting)).length;
}

const account = () => new AccountFixture({}, { catalog: before }).moveTo('2026-06-10T00:00:00Z');
const available = (of: AccountFixture) => formatAmount(availableOf(of.state.wallet, 'credits'));
const counted = (of: AccountFixture, metric: string) => formatAmount(of.state.usage.counters[metric] ?? 0n);
const tokens = (count: number): Item => ({ model: 'new-1-2026', inputTokens: count });

describe('gates and what has no price', () => {
  it.each<[Item, string, string]>([
    [{ model: 'swift-2' }, "The rate card has no model 'swift-2'", 'swift-1, deep-1, meter-1'],
    [{ tool: 'crawl', calls: 1 }, "The rate card has no tool 'crawl'", 'search, lookup'],
    [{ storage: 'blobs', quantity: '1' }, "The rate card has no storage kind 'blobs'", 'traces'],
  ])('F25, L314: %j is refused by name, with what is accepted', (item, message, accepted) => {
    const of = account();
    expect(() => of.use([item])).toThrow(expect.objectContaining({ message }));
    let told = '';
    try {
      of.use([item]);
    } catch (error) {
      told = (error as { accepted: string }).accepted;
    }
    expect(told.startsWith(accepted.split(',')[0] ?? '')).toBe(true);
    expect(available(of)).toBe('100');
  });

  it('L314: names of models are not told where the catalog keeps them back', () => {
    const of = new AccountFixture(
      {},
      { catalog: compiled({ ...smallCatalogConfig, modelNames: 'tier_only' }) },
    );
    expect(() => of.use([{ model: 'swift-2' }])).toThrow(
      expect.objectContaining({ accepted: 'a model of the rate card' }),
    );
  });
});

describe('facts without a price', () => {
  it('F25, L315: are counted under their name, kept, and the rest is charged at once', () => {
    const of = account();
    const usage = report(of, [tokens(2_000), { tool: 'search', calls: 1 }, { tool: 'crawl', calls: 4 }]);
    expect([counted(of, 'tokens'), available(of)]).toEqual(['2000', '98']);
    expect(usage.unpriced).toEqual([tokens(2_000), { tool: 'crawl', calls: 4 }]);
    expect(usage.counts).toMatchObject([{ metric: 'tokens', model: 'new-1-2026' }]);
    expect(of.state.unpriced).toEqual({
      names: [
        { kind: 'model', name: 'new-1-2026', count: 1 },
        { kind: 'tool', name: 'crawl', count: 1 },
      ],
      firstAtMs: usage.atMs,
      lastAtMs: usage.atMs,
      triedVersion: 1,
    });
  });

  it('L315: a kind of use without a rate waits too, and so does what a hold is settled with', () => {
    const of = account();
    const expiresAtMs = of.nowMs + 3_600_000;
    of.decide((context) =>
      decideHold(context, {
        id: 'h',
        items: [{ model: 'meter-1', inputTokens: 1_000 }],
        dimensions: {},
        expiresAtMs,
      }),
    );
    const items = [{ model: 'meter-1', inputTokens: 1_000, images: 1 }];
    const settled = of.decide((context) => decideSettle(context, { holdId: 'h', items, final: true }));
    expect([settled.priced.charge, settled.usage.unpriced]).toEqual([0n, items]);
    expect([available(of), of.state.unpriced?.names]).toEqual([
      '100',
      [{ kind: 'model', name: 'meter-1', count: 1 }],
    ]);
  });

  it('L315: backfill costs nothing and waits for nothing', () => {
    const of = account();
    const usage = report(of, [tokens(5)], { backfill: true });
    expect([usage.unpriced, of.state.unpriced]).toEqual([undefined, null]);
  });

  it('keeps so many names apart and adds the others up, none of them lost', () => {
    const of = account();
    for (let index = 0; index < 130; index++) report(of, [{ model: `new-1-${index}`, inputTokens: 1_000 }]);
    const names = of.state.unpriced?.names ?? [];
    expect([names.length, names.at(-1)]).toEqual([101, { kind: 'model', name: '', count: 30 }]);
  });
});

describe('late prices', () => {
  it('F25, L316: are due once the catalog has one of the names, and only until they were tried', () => {
    const of = account();
    report(of, [tokens(1_000)]);
    expect(isPriceDue(of.state, before)).toBe(false);
    expect(isPriceDue(of.state, versionOf(before, 9))).toBe(false);
    expect(isPriceDue(of.state, after)).toBe(true);
    expect(isPriceDue(withTried(of.state, 2), after)).toBe(false);
  });

  it('F25, L316: are those of its own instant, and count nothing a second time', () => {
    const of = account();
    const old = report(of, [tokens(1_000)]);
    of.moveTo('2026-06-20T00:00:00Z').withCatalog(after);
    expect(price(of, old)).toBe(1);
    expect([counted(of, 'tokens'), available(of), of.state.unpriced]).toEqual(['1000', '99', null]);
  });

  it('L315, L316: a use that has a price for a part now keeps the rest', () => {
    const of = account();
    const usage = report(of, [tokens(1_000), { tool: 'fetch', calls: 1 }]);
    of.withCatalog(after);
    expect(price(of, usage)).toBe(1);
    expect([available(of), of.state.unpriced?.names]).toEqual([
      '99',
      [{ kind: 'tool', name: 'fetch', count: 1 }],
    ]);
  });

  it('L58, L316: of an earlier cycle are charged in that one, and what no grant covers is owed', () => {
    const of = account();
    const usage = report(of, [tokens(150_000)]);
    of.moveTo('2026-07-02T00:00:00Z').withCatalog(after);
    expect(price(of, usage)).toBe(1);
    expect([available(of), of.state.usage.spent.credits]).toEqual(['-50', undefined]);
  });

  it('L316: one beyond what an account can hold is left, and keeps no other from its price', () => {
    const huge: CatalogConfig = {
      ...priced,
      models: [
        ...(priced.models ?? []),
        {
          id: 'huge',
          label: 'Huge',
          provider: 'acme',
          tier: 'light',
          prices: [{ input: { amount: '1000000000' } }],
        },
      ],
    };
    const of = account();
    const usage = report(of, [{ model: 'huge', inputTokens: 1_000_000_000 }, tokens(1_000)]);
    of.withCatalog(versionOf(compiled(huge), 2));
    expect(price(of, usage)).toBe(1);
    expect([available(of), of.state.unpriced?.names]).toEqual([
      '99',
      [{ kind: 'model', name: 'huge', count: 1 }],
    ]);
  });

  it('L313, L316: carry the markup of the plan that the account is on', () => {
    const of = account();
    const usage = report(of, [tokens(1_000)]);
    const [free, ...others] = priced.plans;
    if (free === undefined) throw new Error('The catalog has no plan');
    of.withCatalog(
      versionOf(compiled({ ...priced, plans: [{ ...free, modelMarkupPercent: '25' }, ...others] }), 2),
    );
    price(of, usage);
    expect(available(of)).toBe('98.75');
  });
});

describe('taking back what has no price', () => {
  const taken = {
    owed: 0n,
    terms: new Map(),
    paidSince: [],
    isUncounted: false,
    task: undefined,
    reason: 'Mistake',
  };

  it('L316, L355: what waits gets no price', () => {
    const of = account();
    const usage = report(of, [tokens(1_000)]);
    of.decide((context) =>
      decideWholeVoid(context, { ...taken, usage, pricedLate: [], waiting: usage.unpriced ?? [] }),
    );
    expect([counted(of, 'tokens'), available(of), of.state.unpriced]).toEqual(['0', '100', null]);
  });

  it('L316, L355: what got its price gives it back with everything else, once', () => {
    const of = account();
    const usage = report(of, [tokens(1_000)]);
    of.withCatalog(after);
    const late: UsageRecord[] = [];
    of.decide((context) => {
      const decision = decideLatePrices(context, [{ usage, index: 0 }]);
      late.push(...decision.facts.usage);
      return decision;
    });
    expect(available(of)).toBe('99');
    const outcome = of.decide((context) =>
      decideWholeVoid(context, {
        ...taken,
        usage,
        pricedLate: late.map((each) => ({ ...taken, usage: each })),
        waiting: [],
      }),
    );
    expect([counted(of, 'tokens'), available(of), formatAmount(outcome.credits)]).toEqual(['0', '100', '1']);
    expect(outcome.usageIds).toEqual([usage.id, `${usage.id}~priced~0`]);
  });
});

it('L316: priced late comes to what priced at once comes to, whatever came in between', () => {
  const instant = fc.integer({ min: at('2026-06-01T00:00:00Z'), max: at('2026-07-04T00:00:00Z') });
  const model = fc.constantFrom('new-1', 'new-1-b', 'swift-1', 'meter-1');
  const event = fc.record({ when: instant, model, tokens: fc.integer({ min: 0, max: 40_000 }) });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), fc.nat(12), (events, known) => {
      const atOnce = new AccountFixture({}, { catalog: after }).moveTo('2026-07-04T00:00:00Z');
      const late = new AccountFixture({}, { catalog: before }).moveTo('2026-07-04T00:00:00Z');
      const usages: UsageRecord[] = [];
      for (const [index, { when, model: name, tokens: count }] of events.entries()) {
        const items = [{ model: name, inputTokens: count, outputTokens: 0 }];
        const options = { when: new Date(when).toISOString() };
        report(atOnce, items, options);
        if (index === known) late.withCatalog(after);
        usages.push(report(late, items, options));
      }
      late.withCatalog(after);
      price(late, ...usages);
      const comesTo = ({ state: { usage, earlierCycles, unpriced, wallet } }: AccountFixture) => ({
        counters: usage.counters,
        spent: usage.spent,
        earlier: earlierCycles.map(({ counters }) => counters),
        unpriced,
        owed: wallet.debts,
        carry: wallet.carry,
      });
      expect({ ...comesTo(late), available: available(late) }).toEqual({
        ...comesTo(atOnce),
        available: available(atOnce),
      });
    }),
    { numRuns: 200 },
  );
});
