import { decidePaymentStanding, decideUse, type MemberRecord } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { memberRecord } from '../../../support/member-record.ts';
import { invoicedRuns, paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { smallCatalogConfig } from '../../../support/small-catalog.ts';
import { SubscriptionFixture } from '../subscription/subscription-fixture.ts';

const unit = { one: 'thing', other: 'things' };

it('L45: tells the first of all rules that refuse, each in its turn as the one before it is lifted', () => {
  const fixture = new SubscriptionFixture('pro', {
    metrics: [
      ...plansCatalogConfig.metrics,
      { id: 'emails', label: 'Emails', unit },
      { id: 'exports', label: 'Exports', unit },
    ],
    capacities: [{ id: 'machines', label: 'Machines', unit }],
    pauses: [{ when: 'retries_exhausted', what: 'all' }],
    modelTiers: smallCatalogConfig.modelTiers ?? [],
    models: [
      {
        id: 'deep-1',
        label: 'Deep 1',
        provider: 'acme',
        tier: 'frontier',
        feature: 'frontier',
        prices: [{ perRequest: '10' }],
      },
    ],
    plans: [
      paidPlan('pro', 1, {
        price: { month: usd('60') },
        capacities: { machines: '1' },
        limits: [
          { metric: 'emails', included: '10', policy: 'hard' },
          { metric: 'exports', included: '100', policy: 'hard' },
          invoicedRuns,
        ],
        windows: [{ id: 'day', label: 'Day', metric: 'exports', kind: 'day', limit: '3' }],
      }),
      paidPlan('max', 2, { features: ['frontier'] }),
    ],
  });
  const ada: MemberRecord = memberRecord({ allocations: { emails: 2_000_000n }, createdAtMs: fixture.nowMs });
  fixture.member = ada;
  const asked = { machines: '2', emails: '11', exports: '4' };
  const gate = () => {
    const { machines, emails, exports } = asked;
    const outcome = fixture.decide((context) =>
      decideUse(context, {
        items: [
          { model: 'deep-1' },
          { metric: 'emails', quantity: emails },
          { metric: 'runs', quantity: '101' },
          { metric: 'exports', quantity: exports },
        ],
        dimensions: { memberId: 'ada' },
        needs: { machines },
      }),
    );
    return outcome.outcome === 'refused' ? outcome.refusal.reason : outcome.outcome;
  };
  fixture.run({ kind: 'own_limit', metric: 'emails', limit: '5' });
  fixture.decide((context) => decidePaymentStanding(context, 'retries_exhausted'));

  const lifted: readonly [reason: string, lift: () => unknown][] = [
    ['metric_paused', () => fixture.decide((context) => decidePaymentStanding(context, 'paid'))],
    [
      'feature_not_in_plan',
      () => fixture.run({ kind: 'contract', label: 'C', terms: { features: ['frontier'] } }),
    ],
    ['capacity_exceeded', () => (asked.machines = '1')],
    ['allocation_exhausted', () => (fixture.member = { ...ada, allocations: {} })],
    ['account_limit_reached', () => fixture.run({ kind: 'own_limit', metric: 'emails', limit: null })],
    ['plan_limit_reached', () => (asked.emails = '10')],
    [
      'additional_use_exhausted',
      () => fixture.run({ kind: 'additional_use', metric: 'runs', mode: 'unlimited' }),
    ],
    ['window_limit_reached', () => (asked.exports = '3')],
    ['insufficient_credits', () => fixture.grant('10')],
  ];
  for (const [reason, lift] of lifted) {
    expect(gate()).toBe(reason);
    lift();
  }
  expect(gate()).toBe('allowed');
});
