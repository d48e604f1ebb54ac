import type { CatalogConfig, PlanConfig, PlanLimitConfig } from '@usagekit/server/contract';
import { compileCatalog } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../../support/plans-catalog.ts';
import { smallCatalogConfig } from '../../../support/small-catalog.ts';

const unit = { one: 'thing', other: 'things' };
/** Emails beyond an allowance, paid by the invoice. */
const overage = (change: Partial<PlanLimitConfig>): PlanLimitConfig => ({
  metric: 'emails',
  included: '10',
  policy: 'overage',
  beyond: 'invoice',
  overageRate: { amount: '1' },
  ...change,
});
const steps = (...ends: (string | null)[]) => ({
  mode: 'graduated' as const,
  steps: ends.map((upTo) => ({ upTo, amount: '1' })),
});

/** A mistake of every kind in one catalog, each with the place that is told. */
const mistakes: readonly (readonly [
  change: (config: Required<CatalogConfig>) => void,
  ...places: string[],
])[] = [
  [
    ({ billing }) => {
      billing.seller = { name: '', addressLines: Array(9).fill('A street') };
      billing.paymentTermDays = 366;
      billing.retryDays = [...Array(20).fill(1), 0];
      billing.minimumCharge = '0.001';
      billing.taxes = [{ label: 'VAT', percent: '100.5' }];
    },
    '/billing/seller/name',
    '/billing/seller/addressLines',
    '/billing/paymentTermDays',
    '/billing/retryDays',
    '/billing/retryDays/20',
    '/billing/minimumCharge',
    '/billing/taxes/0/percent',
  ],
  [({ links }) => (links.connect = '/connect'), '/links/connect'],
  [
    ({ capacities }) =>
      capacities.push(
        { id: 'bare', label: 'Bare' },
        { id: 'odd', label: 'Odd', unit, choices: { large: 'Large' } },
        { id: 'size', label: 'Size', kind: 'choice', choices: { large: ' ' } },
        { id: 'none', label: 'None', kind: 'choice' },
      ),
    '/capacities/0/unit',
    '/capacities/1/choices',
    '/capacities/2/choices/large',
    '/capacities/3/choices',
  ],
  [
    ({ seatTypes }) =>
      seatTypes.push(
        { id: 'power', label: 'Power', roles: ['admin'] },
        { id: 'power', label: '', roles: ['member', 'admin'] },
      ),
    '/seatTypes/1/id',
    '/seatTypes/1/label',
    '/seatTypes/1/roles/1',
  ],
  [({ comparison }) => comparison.push({ id: 'support', label: '' }), '/comparison/0/label'],
  [
    ({ addOns }) =>
      addOns.push(
        { id: 'nothing', label: 'Nothing', price: {} },
        {
          id: 'yearly',
          label: 'Yearly',
          price: { year: usd('10') },
          allowance: { metric: 'nope', quantity: '0' },
          plans: ['gold'],
          quantityMax: 0,
        },
        {
          id: 'larger',
          label: 'Larger',
          price: { month: usd('1') },
          capacity: { capacity: 'size', quantity: '1' },
        },
        {
          id: 'exports',
          label: 'Exports',
          price: { month: usd('1.005') },
          allowance: { metric: 'exports', quantity: '5' },
          plans: ['free'],
        },
      ),
    '/addOns/0',
    '/addOns/0/price',
    '/addOns/1/allowance/metric',
    '/addOns/1/allowance/quantity',
    '/addOns/1/plans/0',
    '/addOns/1/price/month',
    '/addOns/1/quantityMax',
    '/addOns/2/capacity/capacity',
    '/addOns/3/price/month/amount',
    '/addOns/3/plans',
  ],
  [
    ({ plans }) =>
      plans.push(
        paidPlan('asked', 2, {
          contact: 'mailto:sales@example.com',
          trial: { days: 731, planAfter: 'asked' },
          modelMarkupPercent: '0.00001',
          replaces: ['free', 'old'],
          facts: { hosting: ' ' },
          capacities: { size: '3', odd: ['large'], gone: '1' },
          seats: { power: { included: 5, max: 4, price: {} }, guest: { included: 1 } },
          dedicatedIps: { price: {}, max: 0 },
          creditsRollover: { percent: 101, cycles: 0 },
          minimumCommitment: { month: { amount: '5', currency: 'EUR' } },
        }),
        {
          ...paidPlan('gratis', 3, { replaces: ['old'], trial: { days: 0 } }),
          kind: 'free',
        } satisfies PlanConfig,
      ),
    '/plans/2/contact',
    '/plans/2/trial/days',
    '/plans/2/trial/planAfter',
    '/plans/2/modelMarkupPercent',
    '/plans/2/replaces/0',
    '/plans/2/replaces/1',
    '/plans/2/facts/hosting',
    '/plans/2/facts/hosting',
    '/plans/2/capacities/size',
    '/plans/2/capacities/odd',
    '/plans/2/capacities/gone',
    '/plans/2/seats/power/max',
    '/plans/2/seats/power/price',
    '/plans/2/seats/guest',
    '/plans/2/dedicatedIps/price',
    '/plans/2/dedicatedIps/max',
    '/plans/2/creditsRollover/percent',
    '/plans/2/creditsRollover/cycles',
    '/plans/2/minimumCommitment/month/currency',
    '/plans/3/replaces/0',
    '/plans/3/trial',
    '/plans/3/trial/days',
  ],
  [
    ({ plans, metrics }) => {
      metrics.push({ id: 'spend', label: 'Spend', unit, countsFrom: 'charges' });
      plans.push(
        paidPlan('limits', 4, {
          limits: [
            {
              metric: 'storage',
              included: '5',
              policy: 'hard',
              rollover: {},
              additionalUse: { default: 'off' },
            },
            { metric: 'exports', included: null, policy: 'observe', rollover: { percent: 0 } },
            overage({ beyond: 'credits', invoiceRate: { amount: '1' }, additionalUse: { default: '-1' } }),
            overage({ metric: 'spend' }),
            overage({ metric: 'calls', overageTiers: steps('10', null) }),
          ],
        }),
        paidPlan('tiers', 5, {
          limits: [
            { metric: 'emails', included: '1', policy: 'overage', beyond: 'invoice', overageTiers: steps() },
            {
              metric: 'calls',
              included: '1',
              policy: 'overage',
              beyond: 'credits',
              overageTiers: steps('10', null, '5'),
            },
          ],
        }),
      );
    },
    '/plans/4/limits/0/rollover',
    '/plans/4/limits/0/additionalUse',
    '/plans/4/limits/1/rollover',
    '/plans/4/limits/1/rollover/percent',
    '/plans/4/limits/2/invoiceRate',
    '/plans/4/limits/2/additionalUse/default',
    '/plans/4/limits/3/overageRate',
    '/plans/4/limits/4/overageRate',
    '/plans/5/limits/0/overageTiers/steps',
    '/plans/5/limits/1/overageTiers',
    '/plans/5/limits/1/overageTiers/steps/1/upTo',
    '/plans/5/limits/1/overageTiers/steps/2/upTo',
    '/plans/5/limits/1/overageTiers/steps/2/upTo',
  ],
  [
    ({ pauses }) =>
      pauses.push({ when: 'past_due', what: 'ai' }, { when: 'past_due', what: ['emails', 'mails'] }),
    '/pauses/1/when',
    '/pauses/1/what/1',
  ],
  [(config) => (config.cancelling = { rule: 'by_plan' }), '/cancelling/planAfter'],
  [
    (config) => {
      config.anchor = 'first_of_month';
      config.upgrade = { period: 'restart' };
    },
    '/upgrade/period',
  ],
  [
    ({ plans }) =>
      plans.push(
        paidPlan('windows', 6, {
          windows: [
            {
              id: 'w',
              label: 'W',
              metric: 'emails',
              kind: 'day',
              of: 'nobody' as 'account',
              limit: '5',
            },
          ],
        }),
      ),
    '/plans/6/windows/0/of',
  ],
  [
    ({ models }) =>
      models.push(
        {
          id: 'no name*',
          label: 'Model',
          provider: 'acme',
          tier: 'light',
          complexityMax: 4 as 3,
          aliases: ['swift-1'],
          prices: [{ from: 'soon', perRequest: '1' }],
        },
        {
          id: 'steep',
          label: 'Steep',
          provider: 'acme',
          tier: 'light',
          prices: [
            {
              input: { amount: '1' },
              contextTiers: Array.from({ length: 11 }, (_, tier) => ({
                above: (tier + 1) * 1_000,
                input: { amount: '2' },
              })),
            },
          ],
        },
      ),
    '/models/3/id',
    '/models/3/complexityMax',
    '/models/3/aliases/0',
    '/models/3/prices/0/from',
    '/models/4/prices/0/contextTiers',
  ],
  [
    ({ metricRates }) => metricRates.push({ metric: 'spend', prices: [{ amount: '1' }] }),
    '/metricRates/0/metric',
  ],
];

const all = structuredClone({
  billing: {},
  links: {},
  capacities: [],
  seatTypes: [],
  comparison: [],
  addOns: [],
  pauses: [],
  metricRates: [],
  ...smallCatalogConfig,
}) as unknown as Required<CatalogConfig>;
for (const [change] of mistakes) change(all);
const compiled = compileCatalog(all);
const told = compiled.outcome === 'refused' ? compiled.mistakes : [];

describe('a catalog with a mistake of every kind', () => {
  it('L13: is told all of them at once, each once and at its place', () => {
    expect(told.map(({ pointer }) => pointer).sort()).toEqual(
      mistakes.flatMap(([, ...places]) => places).sort(),
    );
  });

  it('L13: is told what is wrong and what is accepted, at a place that the catalog has or wants', () => {
    for (const { pointer, detail, accepted } of told) {
      expect(detail).toMatch(/\w/);
      expect(accepted).toMatch(/\w/);
      const parent = pointer.split('/').slice(1, -1);
      expect(parent.reduce<unknown>((value, name) => (value as never)?.[name], all)).toBeDefined();
    }
  });
});
