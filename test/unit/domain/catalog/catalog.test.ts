import type { CatalogConfig, PlanConfig, PlanLimitConfig } from '@usagekit/server/contract';
import { compileCatalog } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { starterCatalog } from '../../../../server/src/node/catalog/starter-catalog.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';

const unit = { one: 'thing', other: 'things' };

/** The small catalog after a change that may make it wrong. */
function changed(change: (config: CatalogConfig) => void): CatalogConfig {
  const config = structuredClone(smallCatalogConfig);
  change(config);
  return config;
}

/** Where the catalog's mistakes are. */
function pointersOf(config: CatalogConfig): string[] {
  const result = compileCatalog(config);
  return result.outcome === 'refused' ? result.mistakes.map(({ pointer }) => pointer) : [];
}

const plan = (id: string, rank: number, limits: PlanLimitConfig[] = []): PlanConfig => ({
  id,
  name: id,
  rank,
  kind: 'paid',
  limits,
});

/** A catalog whose only plan limits emails as given. */
const limited = (limit: Partial<PlanLimitConfig>) =>
  changed((config) => {
    delete config.defaultPlanId;
    config.models = [];
    config.plans = [plan('only', 0, [{ metric: 'emails', included: '10', policy: 'hard', ...limit }])];
  });

describe('a catalog without mistakes', () => {
  it('names a budget that has no name of its own by its credits, as a title, and leaves one that has', () => {
    const labelOf = (change: (config: CatalogConfig) => void) => {
      const result = compileCatalog(changed(change));
      return result.outcome === 'compiled' ? result.catalog.budget.label : result.mistakes;
    };
    const creditLabel = { one: 'token', other: 'tokens' };
    expect(labelOf((config) => Object.assign(config, { creditLabel, budget: undefined }))).toBe('Tokens');
    expect(labelOf((config) => (config.budget = { label: 'iCloud minutes' }))).toBe('iCloud minutes');
    const dollars = { one: 'dollar', other: 'dollars' };
    const inMoney = { creditLabel: dollars, budget: undefined, pricedIn: 'money' };
    expect(labelOf((config) => Object.assign(config, inMoney))).toBe('Balance');
  });

  it.each([
    ['small', smallCatalogConfig],
    ['starter', starterCatalog],
  ])('L13: the %s one compiles', (_, config) => {
    expect(compileCatalog(config, 3)).toMatchObject({ outcome: 'compiled', catalog: { version: 3 } });
  });

  it('takes the first plan, credits and the start of the subscription by default', () => {
    const catalog = compiled();
    expect([catalog.defaultPlanId, catalog.unit, catalog.anchor]).toEqual([
      'free',
      'credits',
      'subscription_start',
    ]);
  });

  it('prices in its currency where it says money', () => {
    expect(compiled(changed((config) => (config.pricedIn = 'money'))).unit).toBe('USD');
  });

  it('denies beyond a hard limit and takes credits beyond an allowance by default', () => {
    const { limits } = compiled(starterCatalog).plans.get('pro') ?? {};
    expect(limits?.get('emails')?.beyond).toBe('deny');
    expect(limits?.get('api_calls')?.beyond).toBe('credits');
  });

  it('reads a category under the label of its tier', () => {
    expect(compiled().categories.get('agent')?.tierLabel).toBe('Advanced Reasoning');
  });
});

describe('the mistakes of a catalog', () => {
  it('L13: are all told at once, each with what is wrong and what is accepted', () => {
    const config = changed((wrong) => {
      wrong.currency = 'dollars';
      wrong.baselineCredits = '1e3';
      wrong.defaultPlanId = 'gold';
      wrong.metrics.push({ id: 'emails', label: ' ', unit });
      wrong.plans[0]?.limits.push({ metric: 'nope', included: '-1', policy: 'hard' });
      wrong.creditPacks = [];
      wrong.plans[1] = plan('pro', 1);
      wrong.models = [];
    });
    const result = compileCatalog(config);
    if (result.outcome === 'compiled') expect.unreachable();
    expect(result.mistakes.map(({ pointer }) => pointer).sort()).toEqual(
      [
        '/baselineCredits',
        '/currency',
        '/defaultPlanId',
        '/metrics/7/id',
        '/metrics/7/label',
        '/plans/0/limits/6/included',
        '/plans/0/limits/6/metric',
      ].sort(),
    );
    for (const mistake of result.mistakes) {
      expect(mistake.detail).not.toBe('');
      expect(mistake.accepted).not.toBe('');
    }
  });

  it.each<[string, Partial<PlanLimitConfig>, string]>([
    ['no included amount on a hard limit', { included: null }, 'included'],
    ['no included amount on a soft limit', { included: null, policy: 'soft' }, 'included'],
    ['an included amount on an unlimited one', { policy: 'unlimited' }, 'included'],
    ['a negative included amount', { included: '-0.000001' }, 'included'],
    ['seven fraction digits', { included: '0.0000001' }, 'included'],
    ['an amount beyond the largest', { included: '1000000000001' }, 'included'],
    ['payment beyond a hard limit', { beyond: 'credits' }, 'beyond'],
    ['overage that is denied', { policy: 'overage', beyond: 'deny', overageRate: { amount: '1' } }, 'beyond'],
    ['overage without a rate', { policy: 'overage' }, 'overageRate'],
    ['a rate on a hard limit', { overageRate: { amount: '1' } }, 'overageRate'],
    ['a negative rate', { policy: 'overage', overageRate: { amount: '-1' } }, 'overageRate/amount'],
    ['a metric that is not there', { metric: 'mails' }, 'metric'],
    ['a policy that is not known', { policy: 'strict' as 'hard' }, 'policy'],
    [
      'a rate for 100 units',
      { policy: 'overage', overageRate: { amount: '1', per: 100 as 1 } },
      'overageRate/per',
    ],
  ])('L13: %s', (_, limit, field) => {
    expect(pointersOf(limited(limit))).toEqual([`/plans/0/limits/0/${field}`]);
  });

  it('L13: a limit that leaves the included amount out', () => {
    const limit = JSON.parse('{ "metric": "emails", "policy": "observe" }') as PlanLimitConfig;
    const config = changed((wrong) => (wrong.plans = [plan('only', 0, [limit]), plan('pro', 1)]));
    config.models = [];
    expect(pointersOf(config)).toEqual(['/plans/0/limits/0/included']);
  });

  it.each<[string, (config: CatalogConfig) => void, string[]]>([
    ['no plan', (config) => (config.plans = []), ['/plans']],
    ['two plans of one id', (config) => config.plans.push(plan('pro', 5)), ['/plans/2/id']],
    ['two plans of one rank', (config) => config.plans.push(plan('team', 1)), ['/plans/2/rank']],
    [
      'a metric limited twice',
      (config) => config.plans[1]?.limits.push({ metric: 'emails', included: '1', policy: 'hard' }),
      ['/plans/1/limits/2/metric'],
    ],
    [
      'a free plan with a price',
      (config) =>
        config.plans.push({
          ...plan('gratis', 9),
          kind: 'free',
          price: { month: { amount: '1', currency: 'USD' } },
        }),
      ['/plans/2/price/month'],
    ],
    [
      'a price in another currency',
      (config) =>
        config.plans.push({ ...plan('euro', 9), price: { year: { amount: '1', currency: 'EUR' } } }),
      ['/plans/2/price/year/currency'],
    ],
    [
      'a price finer than a cent',
      (config) =>
        config.plans.push({ ...plan('fine', 9), price: { month: { amount: '1.005', currency: 'USD' } } }),
      ['/plans/2/price/month/amount'],
    ],
    [
      'half a task at once',
      (config) => config.plans.push({ ...plan('half', 9), concurrentTasksMax: 0.5 }),
      ['/plans/2/concurrentTasksMax'],
    ],
    [
      'a gauge that counts charges',
      (config) =>
        config.metrics.push({ id: 'spend', label: 'Spend', unit, kind: 'gauge', countsFrom: 'charges' }),
      ['/metrics/7/kind'],
    ],
    [
      'a metric under an unknown heading',
      (config) => config.metrics.push({ id: 'm', label: 'M', unit, group: 'core' }),
      ['/metrics/7/group'],
    ],
    [
      'a metric of an unknown category',
      (config) => config.metrics.push({ id: 'm', label: 'M', unit, categories: ['agent', 'chat'] }),
      ['/metrics/7/categories/1'],
    ],
    [
      'a metric with the name of what is charged',
      (config) => config.metrics.push({ id: 'credits', label: 'M', unit }),
      ['/metrics/7/id'],
    ],
    [
      'an id of two lines',
      (config) => config.metrics.push({ id: 'a\nb', label: 'M', unit }),
      ['/metrics/7/id'],
    ],
    [
      'a category of an unknown tier',
      (config) => (config.categories = [{ id: 'chat', label: 'Chat', tier: 'slow' }]),
      ['/categories/0/tier'],
    ],
    [
      'a budget of an unknown metric',
      (config) => (config.budget = { label: 'AI', metric: 'spend' }),
      ['/budget/metric'],
    ],
    [
      'a budget of a gauge',
      (config) => (config.budget = { label: 'AI', metric: 'storage' }),
      ['/budget/metric'],
    ],
    [
      'a unit without words',
      (config) => (config.creditLabel = { one: '', other: 'credits' }),
      ['/creditLabel/one'],
    ],
    [
      'a link that runs a script',
      (config) => (config.links = { billing: 'javascript:alert(1)' }),
      ['/links/billing'],
    ],
    [
      'a link that leaves the host unseen',
      (config) => (config.links = { billing: '//evil.example' }),
      ['/links/billing'],
    ],
    ['an unknown plan by default', (config) => (config.defaultPlanId = 'gold'), ['/defaultPlanId']],
    [
      'a pack of nothing',
      (config) =>
        (config.creditPacks = [
          { id: 'p', label: 'P', credits: '0', price: { amount: '1', currency: 'USD' } },
        ]),
      ['/creditPacks/0/credits'],
    ],
    [
      'a pack that ends before it begins',
      (config) =>
        (config.creditPacks = [
          {
            id: 'p',
            label: 'P',
            credits: '1',
            price: { amount: '1', currency: 'USD' },
            expiresAfterDays: { free: 0 },
          },
        ]),
      ['/creditPacks/0/expiresAfterDays/free'],
    ],
    [
      'a metric priced twice',
      (config) =>
        (config.metricRates = [
          { metric: 'clones', prices: [{ amount: '1' }] },
          { metric: 'clones', prices: [{ amount: '2' }] },
        ]),
      ['/metricRates/1/metric'],
    ],
    [
      'a gauge with a price of its own',
      (config) => (config.metricRates = [{ metric: 'storage', prices: [{ amount: '1' }] }]),
      ['/metricRates/0/metric'],
    ],
    [
      'a tool without a price',
      (config) => (config.tools = [{ id: 't', label: 'T', prices: [] }]),
      ['/tools/0/prices'],
    ],
    [
      'an integration with a wrong price',
      (config) =>
        (config.tools = [
          { id: 't', label: 'T', prices: [{ amount: '1' }], integrations: { mail: [{ amount: 'x' }] } },
        ]),
      ['/tools/0/integrations/mail/0/amount'],
    ],
    [
      'a sign-up credit for a model that is not there',
      (config) => (config.signUpCredit = { amount: '5', scope: { models: ['swift-1', 'swift-9'] } }),
      ['/signUpCredit/scope/models/1'],
    ],
    [
      'a sign-up credit in money that could pay for nothing',
      (config) => (config.signUpCredit = { amount: '5', unit: 'money' }),
      ['/signUpCredit/unit'],
    ],
  ])('L13: %s', (_, change, pointers) => {
    expect(pointersOf(changed(change))).toEqual(pointers);
  });

  it.each<[string, NonNullable<CatalogConfig['models']>[number]['prices'], string[]]>([
    ['no price', [], ['/models/0/prices']],
    ['an empty price', [{}], ['/models/0/prices/0']],
    [
      'a context tier that does not lie above the one before it, and one without a rate',
      [
        {
          input: { amount: '1' },
          contextTiers: [
            { above: 200_000, input: { amount: '2' } },
            { above: 200_000, input: { amount: '3' } },
            { above: 300_000 },
          ],
        },
      ],
      ['/models/0/prices/0/contextTiers/1/above', '/models/0/prices/0/contextTiers/2'],
    ],
    [
      "a service tier of the price's own name",
      [{ perRequest: '1', serviceTiers: { standard: '1', batch: '0.5' } }],
      ['/models/0/prices/0/serviceTiers/standard'],
    ],
    [
      'prices out of order',
      [
        { perRequest: '1', from: '2026-07-01T00:00:00Z' },
        { perRequest: '2', from: '2026-06-01T00:00:00Z' },
      ],
      ['/models/0/prices/1/from'],
    ],
    ['two first prices', [{ perRequest: '1' }, { perRequest: '2' }], ['/models/0/prices/1/from']],
    [
      'an instant without a zone',
      [{ perRequest: '1', from: '2026-07-01T00:00:00' }],
      ['/models/0/prices/0/from'],
    ],
  ])('L13: a model with %s', (_, prices, pointers) => {
    const config = changed(
      (wrong) => (wrong.models = [{ id: 'm', label: 'M', provider: 'p', tier: 'light', prices }]),
    );
    expect(pointersOf(config)).toEqual(pointers);
  });

  it('L13: a model of an unknown tier, with a feature that no plan has', () => {
    const config = changed(
      (wrong) =>
        (wrong.models = [
          {
            id: 'm',
            label: 'M',
            provider: 'p',
            tier: 'slow',
            feature: 'magic',
            prices: [{ perRequest: '1' }],
          },
        ]),
    );
    expect(pointersOf(config)).toEqual(['/models/0/tier', '/models/0/feature']);
  });

  it('L13: says which ids there are where one is not known', () => {
    const result = compileCatalog(changed((config) => (config.defaultPlanId = 'gold')));
    if (result.outcome === 'compiled') expect.unreachable();
    expect(result.mistakes[0]).toEqual({
      pointer: '/defaultPlanId',
      detail: "There is no plan 'gold'",
      accepted: 'free, pro',
    });
  });
});
