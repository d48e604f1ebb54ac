import type { CatalogConfig, Item } from '@usagekit/server/contract';
import { DomainError, formatAmount, priceItems, sumOf } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { starterCatalog } from '../../../../server/src/node/catalog/starter-catalog.ts';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';

const june = Date.parse('2026-06-10T00:00:00Z');
const july = Date.parse('2026-07-01T00:00:00Z');
const small = compiled();

function price(items: Item[], { catalog = small, atMs = june, ownKeys = {}, category = '' } = {}) {
  return priceItems(catalog, items, { atMs, ownKeys, ...(category === '' ? {} : { category }) });
}

const linesOf = (...args: Parameters<typeof price>) =>
  price(...args).lines.map((line) => [
    line.kind,
    line.ref,
    formatAmount(line.quantity),
    formatAmount(line.amount),
  ]);

const countsOf = (...args: Parameters<typeof price>) =>
  Object.fromEntries(price(...args).counts.map((count) => [count.metric, formatAmount(count.quantity)]));

const changed = (change: Partial<CatalogConfig>) => compiled({ ...smallCatalogConfig, ...change });

describe('what items cost', () => {
  it('B6: a run is charged for its model, its tools by integration, and its storage by kind', () => {
    const run: Item[] = [
      { model: 'meter-1', inputTokens: 2_000, outputTokens: 1_000, cachedTokens: 500 },
      { tool: 'search', calls: 2 },
      { tool: 'search', integration: 'premium', calls: 1 },
      { storage: 'traces', quantity: '0.5' },
    ];
    expect(linesOf(run)).toEqual([
      ['llm', 'meter-1', '3500', '5.05'],
      ['tool', 'search', '2', '4'],
      ['tool', 'search', '1', '5'],
      ['storage', 'traces', '0.5', '0.25'],
    ]);
    expect(formatAmount(price(run).charge)).toBe('14.3');
  });

  it('F18: a line keeps what was said of a request, so that other rates can price it', () => {
    const { lines } = price([
      { model: 'meter-1', provider: 'beta', inputTokens: 2_000, outputTokens: 1_000, cachedTokens: 500 },
      { model: 'swift-1' },
    ]);
    expect(lines.map(({ stated }) => stated)).toEqual([
      { inputTokens: 2_000, outputTokens: 1_000, cachedTokens: 500 },
      {},
    ]);
  });

  it('C1, L17: a request costs its model rate, light ones less and frontier ones more', () => {
    expect(linesOf([{ model: 'swift-1' }, { model: 'deep-1', inputTokens: 9_999 }])).toEqual([
      ['llm', 'swift-1', '1', '1'],
      ['llm', 'deep-1', '1', '110'],
    ]);
  });

  it('C9, L15: a price holds from its instant on, to the millisecond', () => {
    expect(formatAmount(price([{ model: 'deep-1' }], { atMs: july - 1 }).charge)).toBe('110');
    expect(formatAmount(price([{ model: 'deep-1' }], { atMs: july }).charge)).toBe('120');
  });

  it('L15: the first price also holds before it begins', () => {
    const catalog = changed({
      models: [
        {
          id: 'm',
          label: 'M',
          provider: 'p',
          tier: 'light',
          prices: [{ perRequest: '3', from: '2026-07-01T00:00:00Z' }],
        },
      ],
    });
    expect(formatAmount(price([{ model: 'm' }], { catalog }).charge)).toBe('3');
  });

  it('C13, L20: an action that costs nothing is counted and makes no line, and what runs in it is charged', () => {
    const items: Item[] = [{ metric: 'clones', quantity: '1' }, { model: 'swift-1' }];
    expect(countsOf(items)).toEqual({ clones: '1' });
    expect(linesOf(items)).toEqual([['llm', 'swift-1', '1', '1']]);
  });

  it('C13: a price of 0 in the rate card is no price', () => {
    expect(linesOf([{ tool: 'calculator', calls: 9 }], { catalog: compiled(starterCatalog) })).toEqual([]);
  });

  it('L17: cached tokens cost what input costs unless they have a rate', () => {
    const plain = { input: { amount: '1', per: 1_000 as const } };
    const model = { id: 'm', label: 'M', provider: 'p', tier: 'light', prices: [plain] };
    const items = [{ model: 'm', inputTokens: 1_000, cachedTokens: 1_000 }];
    expect(formatAmount(price(items, { catalog: changed({ models: [model] }) }).charge)).toBe('2');
  });

  it('L18: an integration without a price of its own costs what the tool costs', () => {
    expect(linesOf([{ tool: 'search', integration: 'other', calls: 1 }])).toEqual([
      ['tool', 'search', '1', '2'],
    ]);
  });

  it('says each rate in words', () => {
    const rates = price([
      { model: 'deep-1' },
      { model: 'meter-1', inputTokens: 1 },
      { tool: 'search', calls: 1 },
      { storage: 'traces', quantity: '1' },
    ]).lines.map((line) => line.rate);
    expect(rates).toEqual([
      '110 a request',
      '1 per 1,000 input tokens, 3 per 1,000 output tokens, 0.1 per 1,000 cached tokens',
      '2 a call',
      '0.5 per MB',
    ]);
  });

  it('B13, L4: lines sum to the charge exactly, whatever is used', () => {
    const catalog = compiled(starterCatalog);
    const tokens = fc.integer({ min: 0, max: 1_000_000 });
    const quantity = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(formatAmount);
    const item: fc.Arbitrary<Item> = fc.oneof(
      fc.record({
        model: fc.constantFrom(...catalog.models.keys()),
        inputTokens: tokens,
        outputTokens: tokens,
        cachedTokens: tokens,
      }),
      fc.record({
        tool: fc.constantFrom(...catalog.tools.keys()),
        calls: fc.integer({ min: 1, max: 1_000 }),
      }),
      fc.record({ storage: fc.constantFrom(...catalog.storage.keys()), quantity }),
      fc.record({ metric: fc.constantFrom(...catalog.metrics.keys()), quantity }),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const whole = price(items, { catalog });
        expect(sumOf(whole.lines.map((line) => line.amount))).toBe(whole.charge);
        // Items do not depend on each other: one by one they cost the same.
        expect(sumOf(items.map((each) => price([each], { catalog }).charge))).toBe(whole.charge);
      }),
    );
  });
});

describe('own keys', () => {
  it("D4, L19: the account's own key for the provider costs nothing and counts as ever", () => {
    const own = price([{ model: 'meter-1', inputTokens: 800, outputTokens: 200 }], { ownKeys: { beta: {} } });
    expect(own.charge).toBe(0n);
    expect(own.lines).toMatchObject([{ ref: 'meter-1', amount: 0n, ownKey: true, provider: 'beta' }]);
    expect(own.counts).toMatchObject([{ metric: 'tokens', quantity: 1_000_000_000n }]);
  });

  it('D4: a key for one provider leaves another on the platform, and tools as they are', () => {
    const priced = price([{ model: 'swift-1' }, { tool: 'search', calls: 1 }], { ownKeys: { beta: {} } });
    expect(formatAmount(priced.charge)).toBe('3');
    expect(priced.lines.some((line) => line.ownKey)).toBe(false);
  });
});

describe('what items count', () => {
  const everySource = changed({
    metrics: (
      [
        'llm_requests',
        'llm_tokens',
        'llm_input_tokens',
        'llm_output_tokens',
        'tool_calls',
        'charges',
      ] as const
    ).map((source) => ({
      id: source,
      label: source,
      unit: { one: 'one', other: 'many' },
      countsFrom: source,
    })),
    plans: [{ id: 'only', name: 'Only', rank: 0, kind: 'free', limits: [] }],
  });

  it('L16, L22: every source counts what it is named for', () => {
    const items: Item[] = [
      { model: 'meter-1', inputTokens: 2_000, outputTokens: 300, cachedTokens: 1_000 },
      { model: 'swift-1' },
      { tool: 'search', calls: 4 },
    ];
    const { counts, charge } = price(items, { catalog: everySource });
    const totals: Record<string, bigint> = {};
    for (const { metric, quantity } of counts) totals[metric] = (totals[metric] ?? 0n) + quantity;
    expect(
      Object.fromEntries(Object.entries(totals).map(([id, total]) => [id, formatAmount(total)])),
    ).toEqual({
      llm_requests: '2',
      llm_tokens: '3300',
      llm_input_tokens: '3000',
      llm_output_tokens: '300',
      tool_calls: '4',
      charges: '12',
    });
    expect(formatAmount(charge)).toBe('12');
  });

  it('E8: an email to three recipients counts three, and AI tokens count by themselves', () => {
    expect(
      countsOf([
        { metric: 'emails', quantity: '3' },
        { model: 'meter-1', inputTokens: 7 },
      ]),
    ).toEqual({
      emails: '3',
      tokens: '7',
    });
  });

  it('L21: a metric of some categories counts only what they report', () => {
    const catalog = changed({
      metrics: [
        ...smallCatalogConfig.metrics,
        {
          id: 'agent_tokens',
          label: 'Agent tokens',
          unit: { one: 'token', other: 'tokens' },
          countsFrom: 'llm_tokens',
          categories: ['agent'],
        },
      ],
    });
    const items = [{ model: 'meter-1', inputTokens: 7 }];
    expect(countsOf(items, { catalog, category: 'agent' })).toEqual({ tokens: '7', agent_tokens: '7' });
    expect(countsOf(items, { catalog, category: 'chat' })).toEqual({ tokens: '7' });
    expect(countsOf(items, { catalog })).toEqual({ tokens: '7' });
  });

  it('D12: takes fractions of hours, and spend in money', () => {
    const catalog = compiled({
      ...smallCatalogConfig,
      pricedIn: 'money',
      metrics: [
        { id: 'compute_hours', label: 'Compute', unit: { one: 'hour', other: 'hours' } },
        { id: 'ai_spend', label: 'AI spend', unit: { one: 'USD', other: 'USD' }, countsFrom: 'charges' },
      ],
      plans: [{ id: 'only', name: 'Only', rank: 0, kind: 'paid', limits: [] }],
      metricRates: [{ metric: 'compute_hours', prices: [{ amount: '0.16' }] }],
    });
    const priced = price([{ metric: 'compute_hours', quantity: '1.25' }], { catalog });
    expect([formatAmount(priced.charge), priced.unit]).toEqual(['0.2', 'USD']);
    expect(countsOf([{ metric: 'compute_hours', quantity: '1.25' }], { catalog })).toEqual({
      compute_hours: '1.25',
      ai_spend: '0.2',
    });
  });
});

describe('items that the catalog does not have', () => {
  it.each<[Item, string, string]>([
    [{ metric: 'nope', quantity: '1' }, 'unknown_metric', '/items/1/metric'],
    [{ model: 'nope' }, 'unknown_model', '/items/1/model'],
    [{ model: 'swift-1', provider: 'beta' }, 'unknown_model', '/items/1/provider'],
    [{ tool: 'nope', calls: 1 }, 'unknown_tool', '/items/1/tool'],
    [{ storage: 'nope', quantity: '1' }, 'unknown_storage', '/items/1/storage'],
    [{ metric: 'constructor', quantity: '1' }, 'unknown_metric', '/items/1/metric'],
  ])('L23: %j is refused with its place', (item, code, pointer) => {
    const act = () => price([{ metric: 'emails', quantity: '1' }, item]);
    expect(act).toThrow(DomainError);
    expect(act).toThrow(expect.objectContaining({ code, pointer }));
  });
});
