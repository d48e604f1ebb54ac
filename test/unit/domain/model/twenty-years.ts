import type { PlanConfig } from '@usagekit/server/contract';
import { decideChangePlan, formatAmount } from '@usagekit/server/domain';
import fc from 'fast-check';
import { paidPlan, plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { BillingModel, type ModelPlan } from './billing-model.ts';

const currencies = [
  { code: 'USD', digits: 2 },
  { code: 'JPY', digits: 0 },
  { code: 'KWD', digits: 3 },
  { code: 'EUR', digits: 2 },
] as const;
const timeZones = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
  'Africa/Casablanca',
];
const dayMs = 86_400_000;
const years = 20;

type Step =
  | { readonly kind: 'use'; readonly quantity: number }
  | { readonly kind: 'change'; readonly plan: number }
  | { readonly kind: 'there_and_back'; readonly plan: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('use' as const), quantity: fc.integer({ min: 1, max: 400 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), plan: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('there_and_back' as const), plan: fc.nat(2) }) },
);

/** Prices in smallest parts, so that every currency can have them. */
const plan = fc.record({
  month: fc.integer({ min: 1, max: 9_999 }),
  year: fc.integer({ min: 1, max: 99_999 }),
  included: fc.integer({ min: 0, max: 300 }),
  /** In millionths of a unit of the currency. */
  rate: fc.integer({ min: 1, max: 3_000_000 }),
});

/** A subscription over twenty years: where, on which plans, and what is done when. */
export const subscriptions = fc.record({
  timeZone: fc.constantFrom(...timeZones),
  currency: fc.constantFrom(...currencies),
  byDays: fc.boolean(),
  anchor: fc.constantFrom('subscription' as const, 'first_of_month' as const),
  // To the millisecond, on any day: also on the 29th to the 31st, and at times that a change of clocks skips or repeats.
  startsAtMs: fc.integer({
    min: Date.parse('2026-01-01T00:00:00Z'),
    max: Date.parse('2028-12-31T00:00:00Z'),
  }),
  plans: fc.tuple(plan, plan, plan),
  first: fc.nat(2),
  steps: fc.array(fc.tuple(fc.double({ min: 0, max: 240, noNaN: true }), step), {
    minLength: 20,
    maxLength: 60,
  }),
});

type Subscription = typeof subscriptions extends fc.Arbitrary<infer Value> ? Value : never;

/** What differs between the domain's invoices and the model's sums; nothing where all is well. */
export function differencesOf(subscription: Subscription): string[] {
  const { timeZone, currency, byDays, anchor, startsAtMs, first } = subscription;
  const part = 10n ** BigInt(6 - currency.digits);
  const plans: ModelPlan[] = subscription.plans.map(({ month, year, included, rate }, index) => ({
    id: `plan-${index}`,
    rank: index + 1,
    prices: { 1: BigInt(month) * part, 12: BigInt(year) * part },
    included: BigInt(included) * 1_000_000n,
    rate: BigInt(rate),
  }));
  const money = (amount: bigint) => ({ amount: formatAmount(amount), currency: currency.code });
  const configs = plans.map(
    ({ id, rank, prices, included, rate }): PlanConfig =>
      paidPlan(id, rank, {
        price: { month: money(prices[1]), year: money(prices[12]) },
        limits: [
          {
            metric: 'runs',
            included: formatAmount(included),
            policy: 'overage',
            beyond: 'invoice',
            overageRate: { amount: formatAmount(rate) },
          },
        ],
      }),
  );
  const catalog = plansCatalog({
    currency: currency.code,
    plans: configs,
    proration: byDays ? 'days' : 'exact',
    upgrade: { period: 'keep' },
    ...(anchor === 'first_of_month' ? { anchor } : {}),
  });
  const startPlan = plans[first] as ModelPlan;
  const now = new Date(startsAtMs).toISOString();
  const account = new AccountFixture({ planId: startPlan.id, timeZone }, { catalog, now });
  const model = new BillingModel({ timeZone, part, byDays, anchor, months: 1, startsAtMs }, startPlan);
  const moveTo = (atMs: number) => {
    account.nowMs = atMs;
    account.settleDue();
    model.moveTo(atMs);
  };
  const changeTo = (planId: string, atOnce: boolean) =>
    account.decide((context) => decideChangePlan(context, { planId, memberId: null, atOnce }));

  const inOrder = subscription.steps.toSorted(([a], [b]) => a - b);
  for (const [months, next] of inOrder) {
    // A step in four comes at the very instant at which a cycle begins.
    const atMs = Math.max(account.nowMs, Math.floor(startsAtMs + months * 30.4 * dayMs));
    moveTo(atMs);
    if (Math.floor(months * 4) % 4 === 0) moveTo(model.cycleEndsAtMs);
    if (next.kind === 'use') {
      account.use([{ metric: 'runs', quantity: String(next.quantity) }]);
      model.use(BigInt(next.quantity) * 1_000_000n);
      continue;
    }
    const target = plans[next.plan] as ModelPlan;
    if (target.id === model.plan.id) continue;
    if (next.kind === 'change') {
      changeTo(target.id, false);
      model.change(target, account.nowMs);
      continue;
    }
    const before = model.plan;
    const known = model.proration;
    for (const each of [target, before]) {
      changeTo(each.id, true);
      model.changeAtOnce(each, account.nowMs);
    }
    if (model.proration !== known) return ['up and down in one instant does not net out'];
  }
  moveTo(Math.floor(startsAtMs + years * 365.25 * dayMs));

  const sums = { ahead: 0n, overage: 0n, units: 0n };
  for (const { kind, amount, quantity } of account.lines) {
    // A change at the very start of a period gives back and charges whole fees, so the two are one sum.
    if (kind === 'plan_fee' || kind.startsWith('proration')) sums.ahead += amount;
    else if (kind === 'overage') {
      sums.overage += amount;
      sums.units += quantity ?? 0n;
    }
  }
  const totals = [...account.invoices.values()].reduce((sum, { total }) => sum + total, 0n);
  const carried = account.state.billing.carried[currency.code] ?? 0n;
  const unbilled = account.state.billing.unbilled.runs ?? 0n;
  const waiting = account.state.usage.invoiced.runs ?? 0n;
  const compared: [string, bigint, bigint][] = [
    ['fees and proration', sums.ahead, model.fees + model.proration],
    ['overage', sums.overage, model.overage],
    ['units', sums.units + unbilled, model.units],
    ['units that wait', waiting, model.waiting],
    ['invoices', totals + carried, model.fees + model.proration + model.overage],
  ];
  const numbers = [...account.invoices.values()].map(({ number }) => number);
  const series = numbers.map((_, index) => `INV-${index + 1}`);
  return [
    ...compared
      .filter(([, found, expected]) => found !== expected)
      .map(([what, found, expected]) => `${what}: ${formatAmount(found)} is not ${formatAmount(expected)}`),
    ...(numbers.join() === series.join() ? [] : ['the numbers have a gap']),
  ];
}
