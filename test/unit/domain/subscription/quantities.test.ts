import type { AddOnConfig, CatalogConfig } from '@usagekit/server/contract';
import { DomainError, decidePutMember } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { linesOf, SubscriptionFixture } from './subscription-fixture.ts';

const [free] = plansCatalogConfig.plans;
if (free === undefined) throw new Error('The catalog has no plan');
const addOns: AddOnConfig[] = [
  {
    id: 'task-pack',
    label: 'Task pack',
    price: { month: usd('10') },
    allowance: { metric: 'runs', quantity: '50' },
  },
  {
    id: 'contact-pack',
    label: 'Contact pack',
    price: { month: usd('5') },
    allowance: { metric: 'contacts', quantity: '100' },
  },
  {
    id: 'captcha',
    label: 'Advanced CAPTCHA',
    price: { month: usd('20') },
    feature: 'advanced_captcha',
    plans: ['pro'],
    accountKinds: ['organization'],
  },
];
const settings: Partial<CatalogConfig> = {
  seatTypes: [
    { id: 'power', label: 'Power seats', roles: ['owner', 'admin', 'member'] },
    { id: 'collaborator', label: 'Collaborator seats', roles: ['viewer'] },
  ],
  addOns,
  plans: [
    { ...free, seats: { power: { included: 1 } } },
    paidPlan('pro', 2, {
      price: { month: usd('60'), year: usd('600') },
      limits: [
        { metric: 'runs', included: '100', policy: 'hard' },
        { metric: 'contacts', included: '500', policy: 'hard' },
      ],
      seats: {
        power: { included: 2, max: 150, price: { month: usd('1') } },
        collaborator: { included: null },
      },
      dedicatedIps: { price: { month: usd('3') }, max: 4 },
    }),
  ],
};
const pro = (change: Partial<CatalogConfig> = {}) =>
  new SubscriptionFixture('pro', { ...settings, ...change });

describe('seats', () => {
  it('L121: are charged for the rest of the period, and never twice in one', () => {
    const fixture = pro();
    const buy = (quantity: number) => fixture.run({ kind: 'seats', seatType: 'power', quantity });
    expect(linesOf(buy(100).billables)).toEqual(['Power seats 100']);
    expect(buy(40)).toMatchObject({ takesEffect: 'boundary', billables: [] });
    expect(buy(90).billables).toEqual([]);
    fixture.moveTo('2026-06-16T00:00:00.000Z');
    expect(linesOf(buy(110).billables)).toEqual(['Power seats 5']);
    buy(30);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.billed(3)).toEqual(['pro plan 60', 'Power seats 30']);
  });

  it('L122, E9: bound who is invited, and no run', () => {
    const fixture = pro();
    const invite = (id: string, role: 'member' | 'viewer') =>
      fixture.decide((context) =>
        decidePutMember(context, { present: undefined, id, input: { role }, usedThisCycle: {} }),
      );
    const ada = invite('ada', 'member').member;
    invite('ben', 'member');
    expect(() => invite('cyd', 'member')).toThrow('2 of 2 seats are taken');
    for (const id of ['v1', 'v2', 'v3']) expect(invite(id, 'viewer').member.seatType).toBe('collaborator');
    expect(fixture.gate('runs', '1')).toBe('allowed');
    fixture.run({ kind: 'seats', seatType: 'power', quantity: 1 });
    invite('cyd', 'member');
    expect(fixture.refusal({ kind: 'seats', seatType: 'power', quantity: 0 })).toBe('conflict /quantity');
    // A member who becomes a viewer leaves a seat to somebody else.
    fixture.decide((context) =>
      decidePutMember(context, { present: ada, id: 'ada', input: { role: 'viewer' }, usedThisCycle: {} }),
    );
    expect(fixture.subscription.seatsTaken).toEqual({ power: 2, collaborator: 4 });
    expect(fixture.refusal({ kind: 'seats', seatType: 'power', quantity: 0 })).toBeNull();
  });

  it('L122: are refused beyond what the plan sells, or of a kind that it does not', () => {
    expect(pro().refusal({ kind: 'seats', seatType: 'power', quantity: 149 })).toBe(
      'invalid_request /quantity',
    );
    expect(pro().refusal({ kind: 'seats', seatType: 'collaborator', quantity: 1 })).toBe(
      'invalid_request /seatType',
    );
    expect(
      new SubscriptionFixture('free', settings).refusal({ kind: 'seats', seatType: 'power', quantity: 1 }),
    ).toBe('invalid_request /seatType');
    expect(() =>
      pro().decide((context) =>
        decidePutMember(context, {
          present: undefined,
          id: 'a',
          input: { seatType: 'gold' },
          usedThisCycle: {},
        }),
      ),
    ).toThrow(DomainError);
  });

  it('L121: cost nothing in a trial, and are fewer at once there', () => {
    const fixture = pro({
      plans: (settings.plans ?? []).map((plan) => ({
        ...plan,
        ...(plan.id === 'pro' ? { trial: { days: 14 } } : {}),
      })),
    });
    expect(fixture.run({ kind: 'seats', seatType: 'power', quantity: 10 }).dueNow.total).toBe(0n);
    expect(fixture.run({ kind: 'seats', seatType: 'power', quantity: 3 }).takesEffect).toBe('now');
    fixture.addCard().moveTo('2026-06-15T00:00:00.000Z');
    expect(fixture.billed()).toEqual(['pro plan 60', 'Power seats 3']);
  });
});

describe('add-ons', () => {
  it('A3, L121: raise what is included at once, and go with the end of the period', () => {
    const fixture = pro().moveTo('2026-06-16T00:00:00.000Z');
    expect(fixture.gate('runs', '101')).toBe('plan_limit_reached');
    expect(linesOf(fixture.run({ kind: 'add_on', addOnId: 'task-pack', quantity: 2 }).billables)).toEqual([
      'Task pack 10',
    ]);
    expect(fixture.gate('runs', '150')).toBe('allowed');
    fixture.run({ kind: 'add_on', addOnId: 'contact-pack', quantity: 1 });
    expect(fixture.gate('contacts', '600')).toBe('allowed');
    expect(fixture.run({ kind: 'add_on', addOnId: 'task-pack', quantity: 0 })).toMatchObject({
      takesEffect: 'boundary',
      effectiveAtMs: Date.parse('2026-07-01T00:00:00.000Z'),
    });
    expect(fixture.gate('runs', '50')).toBe('allowed');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.gate('runs', '101')).toBe('plan_limit_reached');
    expect(fixture.gate('contacts', '1')).toBe('plan_limit_reached');
    expect(fixture.billed(3)).toEqual(['pro plan 60', 'Contact pack 5']);
  });

  it('A3, L123: are sold by plan, by kind of account, and only where their metric is', () => {
    const person = new SubscriptionFixture('pro', { ...settings, account: { kind: 'person' } });
    expect(person.refusal({ kind: 'add_on', addOnId: 'captcha', quantity: 1 })).toBe(
      'invalid_request /addOnId',
    );
    expect(pro().refusal({ kind: 'add_on', addOnId: 'captcha', quantity: 1 })).toBeNull();
    expect(pro().refusal({ kind: 'add_on', addOnId: 'captcha', quantity: 2 })).toBe(
      'invalid_request /quantity',
    );
    const onFree = new SubscriptionFixture('free', settings);
    expect(onFree.refusal({ kind: 'add_on', addOnId: 'task-pack', quantity: 1 })).toBe(
      'invalid_request /addOnId',
    );
  });

  it('L121: cost twelve months for a year that has no price of its own', () => {
    const fixture = pro();
    fixture.run({ kind: 'change_plan', planId: 'pro', interval: 'year' });
    expect(linesOf(fixture.run({ kind: 'add_on', addOnId: 'contact-pack', quantity: 1 }).billables)).toEqual([
      'Contact pack 60',
    ]);
  });
});

describe('dedicated IPs', () => {
  it('A4, L124: are bought by number, assigned to one agent each, released and taken off', () => {
    const fixture = pro();
    expect(linesOf(fixture.run({ kind: 'dedicated_ips', quantity: 3 }).billables)).toEqual([
      'Dedicated IPs 9',
    ]);
    const assign = (ipId: string, agentId: string | null) =>
      fixture.refusal({ kind: 'assign_dedicated_ip', ipId, agentId });
    expect(assign('ip-1', 'agent-a')).toBeNull();
    expect(assign('ip-2', 'agent-a')).toBe('conflict /agentId');
    expect(assign('ip-1', 'agent-b')).toBe('conflict /agentId');
    expect(assign('ip-9', 'agent-b')).toBe('not_found /ipId');
    expect(fixture.refusal({ kind: 'remove_dedicated_ip', ipId: 'ip-1' })).toBe('conflict /ipId');
    expect(fixture.refusal({ kind: 'dedicated_ips', quantity: 0 })).toBe('conflict /quantity');
    expect(fixture.run({ kind: 'remove_dedicated_ip', ipId: 'ip-2' }).takesEffect).toBe('boundary');
    expect(assign('ip-2', 'agent-b')).toBe('conflict /ipId');
    // Bought again in the period that paid for it.
    expect(fixture.run({ kind: 'dedicated_ips', quantity: 3 }).billables).toEqual([]);
    fixture.run({ kind: 'dedicated_ips', quantity: 1 });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.subscription.dedicatedIps).toEqual([{ id: 'ip-1', agentId: 'agent-a', isRemoved: false }]);
    fixture.run({ kind: 'dedicated_ips', quantity: 2 });
    expect(fixture.subscription.dedicatedIps.map(({ id }) => id)).toEqual(['ip-1', 'ip-4']);
    expect(assign('ip-1', null)).toBeNull();
    expect(fixture.refusal({ kind: 'dedicated_ips', quantity: 5 })).toBe('invalid_request /quantity');
  });
});

describe('what a plan does not sell', () => {
  it('L133: is refused in every quantity, 0 too', () => {
    const fixture = new SubscriptionFixture('free');
    expect(fixture.refusal({ kind: 'dedicated_ips', quantity: 0 })).toBe('invalid_request /quantity');
    expect(fixture.refusal({ kind: 'seats', seatType: 'seat', quantity: 0 })).toBe(
      'invalid_request /seatType',
    );
    expect(fixture.refusal({ kind: 'add_on', addOnId: 'pack', quantity: 0 })).toBe(
      'invalid_request /addOnId',
    );
  });

  it('L124, L127: ends with the terms that sold it, and agents keep their addresses first', () => {
    const addresses = (max: number) => ({ max, price: { month: usd('3') } });
    const fixture = new SubscriptionFixture('a', {
      plans: [
        paidPlan('a', 1, { price: { month: usd('10') }, dedicatedIps: addresses(1) }),
        paidPlan('b', 2, { price: { month: usd('20') } }),
      ],
    });
    fixture.run({ kind: 'contract', label: 'C', terms: { dedicatedIps: addresses(3) } });
    fixture.run({ kind: 'dedicated_ips', quantity: 3 });
    fixture.run({ kind: 'assign_dedicated_ip', ipId: 'ip-2', agentId: 'scout' });
    expect(linesOf(fixture.run({ kind: 'end_contract' }).billables)).toEqual(['Dedicated IPs -6']);
    expect(fixture.subscription.dedicatedIps).toEqual([{ id: 'ip-2', agentId: 'scout', isRemoved: false }]);
    fixture.run({ kind: 'change_plan', planId: 'b' });
    expect(fixture.subscription.dedicatedIps).toEqual([]);
  });
});

describe('settings', () => {
  const metered = {
    plans: [
      paidPlan('a', 1, {
        price: { month: usd('10') },
        limits: [
          {
            metric: 'runs',
            included: '100',
            policy: 'overage' as const,
            beyond: 'invoice' as const,
            overageRate: { amount: '1' },
            additionalUse: { default: 'off' as const },
          },
        ],
      }),
    ],
  };

  it('A2, L125: let additional use be off, capped or unlimited, and live on', () => {
    const fixture = new SubscriptionFixture('a', metered);
    expect(fixture.gate('runs', '100')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('additional_use_exhausted');
    fixture.run({ kind: 'additional_use', metric: 'runs', mode: 'capped', cap: '20' });
    expect(fixture.gate('runs', '20')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('additional_use_exhausted');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.gate('runs', '120')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('additional_use_exhausted');
    fixture.run({ kind: 'additional_use', metric: 'runs', mode: 'unlimited' });
    expect(fixture.gate('runs', '1000')).toBe('allowed');
    expect(fixture.refusal({ kind: 'additional_use', metric: 'contacts', mode: 'off' })).toBe(
      'invalid_request /metric',
    );
    expect(fixture.refusal({ kind: 'additional_use', metric: 'gold', mode: 'off' })).toBe(
      'unknown_metric /metric',
    );
  });

  it('D5, L126: hold a limit of the account at once, and tell what it blocks', () => {
    const fixture = new SubscriptionFixture('a', metered);
    fixture.run({ kind: 'additional_use', metric: 'runs', mode: 'unlimited' });
    fixture.gate('runs', '150');
    expect(fixture.run({ kind: 'own_limit', metric: 'runs', limit: '200' }).blocks).toEqual([]);
    expect(fixture.run({ kind: 'own_limit', metric: 'runs', limit: '120' }).blocks).toEqual(['runs']);
    expect(fixture.gate('runs', '1')).toBe('account_limit_reached');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.gate('runs', '120')).toBe('allowed');
    fixture.run({ kind: 'own_limit', metric: 'runs', limit: null });
    expect(fixture.gate('runs', '500')).toBe('allowed');
  });
});
