import type { CatalogConfig, ModelConfig, ModelItem, ModelPrice } from '@usagekit/server/contract';
import { modelUseNames, modelUses } from '@usagekit/server/contract';
import { compileCatalog, decideHold, decideSettle, formatAmount, priceItems } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { createModelNames } from '../../../../server/src/domain/catalog/model-names.ts';
import { retiredBy } from '../../../../server/src/domain/catalog/retired.ts';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const nowMs = Date.parse('2026-06-10T00:00:00Z');
const perMillion = (amount: string) => ({ amount, per: 1_000_000 as const });

function modelOf(id: string, prices: ModelPrice, aliases?: string[]): ModelConfig {
  return {
    id,
    label: id,
    provider: 'acme',
    tier: 'light',
    prices: [prices],
    ...(aliases === undefined ? {} : { aliases }),
  };
}

function catalogWith(models: ModelConfig[], change: Partial<CatalogConfig> = {}) {
  return compiled({ ...smallCatalogConfig, models, ...change });
}

function price(item: ModelItem, catalog: ReturnType<typeof compiled>, modelFactor = 1_000_000n) {
  return priceItems(catalog, [item], { atMs: nowMs, ownKeys: {}, modelFactor });
}

const costs = (...args: Parameters<typeof price>) => formatAmount(price(...args).charge);

describe('names of models', () => {
  const flat = (amount: string): ModelPrice => ({ perRequest: amount });
  const catalog = catalogWith([
    modelOf('anthropic/claude-sonnet-4.5', flat('1'), ['claude-sonnet-4-5', 'claude-sonnet-4-5-*']),
    modelOf('gpt-5', flat('2'), ['gpt-5-*', 'openai/gpt-5*']),
    modelOf('gpt-5-mini', flat('3'), ['gpt-5-mini-*', '*/gpt-5-mini']),
    modelOf('gpt-5-mini-tts', flat('4')),
  ]);
  const named = (name: string) => price({ model: name }, catalog).lines[0]?.ref;

  it.each([
    ['anthropic/claude-sonnet-4.5', 'anthropic/claude-sonnet-4.5'],
    ['claude-sonnet-4-5', 'anthropic/claude-sonnet-4.5'],
    ['claude-sonnet-4-5-20250929', 'anthropic/claude-sonnet-4.5'],
    ['gpt-5-2025-08-07', 'gpt-5'],
    ['gpt-5-mini-2025-08-07', 'gpt-5-mini'],
    ['gpt-5-mini-tts', 'gpt-5-mini-tts'],
    ['azure/gpt-5-mini', 'gpt-5-mini'],
    ['openai/gpt-5-nano', 'gpt-5'],
  ])('F25, L310: %s leads to %s, which is what is charged', (name, id) => {
    expect(named(name)).toBe(id);
  });

  it('L310: a pattern fits whole names only, and its parts in their order without overlap', () => {
    const names = createModelNames(
      catalogWith([modelOf('m', flat('1'), ['ab*ba', 'x*y*z'])]).models.values(),
    );
    const found = ['abba', 'ab-ba', 'aba', 'xyz', 'x1y2z', 'x1z2y', 'Abba', 'abba!'].filter((name) =>
      names.find(name),
    );
    expect(found).toEqual(['abba', 'ab-ba', 'xyz', 'x1y2z']);
  });

  it('L310: the answer for a name stays the same however many names are asked for', () => {
    const names = createModelNames(catalog.models.values());
    for (let index = 0; index < 5_000; index++) names.find(`gpt-5-${index}`);
    expect([names.find('gpt-5-4999')?.id, names.find('gpt-4')?.id, names.find('gpt-4')?.id]).toEqual([
      'gpt-5',
      undefined,
      undefined,
    ]);
  });

  it('L310: what the catalog has goes before what it had, also where a pattern of it fits the older name', () => {
    const last = {
      ...smallCatalogConfig,
      models: [modelOf('gpt-4', flat('9')), modelOf('gpt-3', flat('8'))],
    };
    const next = { ...smallCatalogConfig, models: [modelOf('gpt-5', flat('1'), ['gpt-4*'])] };
    const made = compileCatalog(next, 2, retiredBy({ config: last, retired: {} }, next));
    if (made.outcome !== 'compiled') throw new Error('The catalog has mistakes');
    const charged = ['gpt-4', 'gpt-3'].map(
      (model) =>
        priceItems(made.catalog, [{ model }], { atMs: nowMs, ownKeys: {}, withRetired: true }).lines[0]?.ref,
    );
    expect(charged).toEqual(['gpt-5', 'gpt-3']);
  });

  it('L13, L310: no name leads to two models', () => {
    const made = compileCatalog({
      ...smallCatalogConfig,
      models: [
        modelOf('a', flat('1'), ['b', 'shared', 'p-*']),
        modelOf('b', flat('1'), ['shared', 'p-*', 'with space']),
      ],
    });
    expect(made.outcome === 'refused' && made.mistakes.map(({ pointer }) => pointer)).toEqual([
      '/models/0/aliases/0',
      '/models/1/aliases/0',
      '/models/1/aliases/1',
      '/models/1/aliases/2',
    ]);
  });
});

describe('kinds of use', () => {
  const everyKind: ModelPrice = Object.fromEntries(
    modelUseNames.map((name, index) => [name, perMillion(String(index + 1))]),
  );
  const catalog = catalogWith([
    modelOf('every', everyKind),
    modelOf('plain', { input: perMillion('2'), output: perMillion('10') }),
    modelOf('cached', { input: perMillion('4'), cached: perMillion('1'), audioInput: perMillion('40') }),
    modelOf('images', { image: { amount: '0.04' } }),
    modelOf('speech', { second: { amount: '0.0001' } }),
    modelOf('both', { perRequest: '0.005', input: perMillion('1'), output: perMillion('1') }),
    modelOf('flat', { perRequest: '3' }),
  ]);
  const million = 1_000_000;

  it.each(modelUseNames.map((name, index) => [name, index] as const))(
    'F25, L311: %s has a rate of its own',
    (name, index) => {
      const { field } = modelUses[name];
      const item = { model: 'every', [field]: field === 'seconds' ? '1000000' : million };
      expect(costs(item, catalog)).toBe(String(index + 1));
    },
  );

  it('L311: kinds of tokens without a rate cost what the wider kind costs', () => {
    const of = (field: string) => costs({ model: 'plain', [field]: million }, catalog);
    expect(
      [
        'cachedTokens',
        'cacheWriteTokens',
        'cacheWriteHourTokens',
        'audioInputTokens',
        'imageInputTokens',
      ].map(of),
    ).toEqual(['2', '2', '2', '2', '2']);
    expect(['reasoningTokens', 'audioOutputTokens', 'imageOutputTokens'].map(of)).toEqual(['10', '10', '10']);
    expect(costs({ model: 'cached', cachedAudioTokens: million }, catalog)).toBe('1');
    expect(costs({ model: 'cached', audioInputTokens: million }, catalog)).toBe('40');
  });

  it.each<[ModelItem, string, string]>([
    [{ model: 'cached', outputTokens: 1 }, '/items/0/outputTokens', 'output tokens'],
    [{ model: 'plain', images: 1 }, '/items/0/images', 'images'],
    [{ model: 'plain', seconds: '0.5' }, '/items/0/seconds', 'seconds'],
    [{ model: 'images', inputTokens: 5, images: 1 }, '/items/0/inputTokens', 'input tokens'],
  ])('F25, L311: %j has no price, which is told by name and never 0 in silence', (item, pointer, words) => {
    expect(() => price(item, catalog)).toThrow(
      expect.objectContaining({
        code: 'no_price',
        pointer,
        message: `The rate card has no price for ${words} of '${item.model}'`,
      }),
    );
  });

  it('L311: a price of the request alone pays for whatever it uses, and with rates it comes on top', () => {
    expect(costs({ model: 'flat', inputTokens: 5, images: 9, seconds: '3' }, catalog)).toBe('3');
    expect(costs({ model: 'both', inputTokens: 1_000, outputTokens: 500 }, catalog)).toBe('0.0065');
  });

  it('says what was charged for: tokens where there are any, or else images or seconds', () => {
    const lines = [
      { model: 'images', images: 3 },
      { model: 'speech', seconds: '12.5' },
      { model: 'every', inputTokens: 7, images: 1 },
    ].map(
      (item) => price(item, catalog).lines.map(({ quantity, unit }) => [formatAmount(quantity), unit])[0],
    );
    expect(lines).toEqual([
      ['3', 'images'],
      ['12.5', 'seconds'],
      ['7', 'tokens'],
    ]);
  });

  it('L16: tokens of every kind count as input or output, and none twice', () => {
    const counting = catalogWith([modelOf('every', everyKind)], {
      metrics: (['llm_tokens', 'llm_input_tokens', 'llm_output_tokens'] as const).map((source) => ({
        id: source,
        label: source,
        unit: { one: 'token', other: 'tokens' },
        countsFrom: source,
      })),
      plans: [{ id: 'only', name: 'Only', rank: 0, kind: 'free', limits: [] }],
    });
    const { counts } = price(
      {
        model: 'every',
        inputTokens: 1,
        cachedTokens: 2,
        cacheWriteTokens: 4,
        cacheWriteHourTokens: 8,
        audioInputTokens: 16,
        cachedAudioTokens: 32,
        imageInputTokens: 64,
        cachedImageTokens: 128,
        outputTokens: 1_000,
        reasoningTokens: 2_000,
        audioOutputTokens: 4_000,
        imageOutputTokens: 8_000,
        images: 1,
      },
      counting,
    );
    expect(
      Object.fromEntries(counts.map(({ metric, quantity }) => [metric, formatAmount(quantity)])),
    ).toEqual({
      llm_tokens: '15255',
      llm_input_tokens: '255',
      llm_output_tokens: '15000',
    });
  });
});

describe('context tiers', () => {
  const catalog = catalogWith([
    modelOf('long', {
      input: perMillion('3'),
      output: perMillion('15'),
      cached: perMillion('0.3'),
      contextTiers: [
        { above: 200_000, input: perMillion('6'), output: perMillion('22.5') },
        { above: 500_000, input: perMillion('12') },
      ],
    }),
  ]);

  it('F25, L312: what ends at exactly the tier is charged by the rates below, one token more by those above', () => {
    expect(costs({ model: 'long', inputTokens: 200_000, outputTokens: 1_000 }, catalog)).toBe('0.615');
    expect(costs({ model: 'long', inputTokens: 200_001, outputTokens: 1_000 }, catalog)).toBe('1.222506');
  });

  it('L312: every kind of input counts towards the tier, and what the tier does not name stays as it is', () => {
    expect(costs({ model: 'long', inputTokens: 1, cachedTokens: 200_000 }, catalog)).toBe('0.060006');
    expect(costs({ model: 'long', inputTokens: 600_000, outputTokens: 1_000 }, catalog)).toBe('7.215');
  });

  it('L312: the rate in words is that of the tier', () => {
    expect(price({ model: 'long', inputTokens: 200_001 }, catalog).lines[0]?.rate).toBe(
      '6 per 1,000,000 input tokens, 22.5 per 1,000,000 output tokens, 0.3 per 1,000,000 cached tokens above 200,000 input tokens',
    );
  });
});

describe('service tiers and markup', () => {
  const catalog = catalogWith([
    modelOf('m', {
      input: perMillion('1.25'),
      output: perMillion('10'),
      serviceTiers: { batch: '0.5', priority: '2' },
    }),
    modelOf('tiny', { input: perMillion('0.000001') }),
  ]);
  const item = { model: 'm', inputTokens: 1_000_000, outputTokens: 100_000 };

  it('F25, L313: batch and priority multiply the whole request; standard is the price as it is', () => {
    const tiers = [undefined, 'standard', 'batch', 'priority'].map((serviceTier) =>
      costs({ ...item, ...(serviceTier === undefined ? {} : { serviceTier }) }, catalog),
    );
    expect(tiers).toEqual(['2.25', '2.25', '1.125', '4.5']);
  });

  it('L313: a service tier without a factor has no price', () => {
    expect(() => price({ ...item, serviceTier: 'flex' }, catalog)).toThrow(
      expect.objectContaining({
        code: 'no_price',
        pointer: '/items/0/serviceTier',
        accepted: 'standard, batch, priority',
      }),
    );
  });

  it("F25, L313: a plan's markup comes on top, and the line says all of it", () => {
    const { charge, lines } = price({ ...item, serviceTier: 'batch' }, catalog, 1_200_000n);
    expect([formatAmount(charge), lines[0]?.rate]).toEqual([
      '1.35',
      '1.25 per 1,000,000 input tokens, 10 per 1,000,000 output tokens, times 0.5 for batch, times 1.2 on the plan',
    ]);
  });

  it('L313: a hold keeps the markup that it was made with, whatever plan the account is on when it is settled', () => {
    const [free, ...others] = smallCatalogConfig.plans;
    if (free === undefined) throw new Error('The catalog has no plan');
    const marked = { ...smallCatalogConfig, plans: [{ ...free, modelMarkupPercent: '50' }, ...others] };
    const account = new AccountFixture({}, { catalog: compiled(marked) });
    const items = [{ model: 'swift-1' }];
    expect(account.use(items)).toMatchObject({ outcome: 'allowed', priced: { charge: 1_500_000n } });
    const expiresAtMs = account.nowMs + 3_600_000;
    account.decide((context) => decideHold(context, { id: 'h', items, dimensions: {}, expiresAtMs }));
    account.catalog = compiled();
    const settled = account.decide((context) => decideSettle(context, { holdId: 'h', items, final: true }));
    expect(settled.priced.charge).toBe(1_500_000n);
    expect(account.use(items)).toMatchObject({ priced: { charge: 1_000_000n } });
  });

  it('L3, L313: the line is rounded once, after tier and markup', () => {
    const factor = fc.integer({ min: 1_000_000, max: 3_000_000 });
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.nat(5_000_000), factor, (inputTokens, outputTokens, markup) => {
        const { charge } = price(
          { model: 'm', inputTokens, outputTokens, serviceTier: 'batch' },
          catalog,
          BigInt(markup),
        );
        // Millionths of a unit, times 10^12: 1.25 and 10 a million tokens, half of it, times the markup.
        const exact =
          (BigInt(inputTokens) * 1_250_000n + BigInt(outputTokens) * 10_000_000n) * 500_000n * BigInt(markup);
        // Nothing is carried here, so it is rounded up, as for an estimate.
        expect(charge).toBe((exact + 10n ** 18n - 1n) / 10n ** 18n);
      }),
    );
  });
});
