import type { PlanConfig } from '@usagekit/server/contract';
import {
  decideChangePlan,
  decideEvent,
  decideSubscription,
  decideVoid,
  formatAmount,
  type InvoiceRecord,
} from '@usagekit/server/domain';
import fc from '../../../support/fast-check.ts';
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
  // Their clocks change at midnight, so a day begins at one o'clock.
  'America/Santiago',
  'Africa/Cairo',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Africa/Casablanca',
];
/** Hours in which clocks of the zones change, by which a subscription may begin and its periods be counted. */
const changesOfClocks = [
  '2026-03-08T07:00:00Z',
  '2026-11-01T05:30:00Z',
  '2026-03-29T01:00:00Z',
  '2026-10-25T00:30:00Z',
  '2026-04-05T03:00:00Z',
  '2026-09-06T04:00:00Z',
  '2027-04-29T22:00:00Z',
  '2026-10-03T15:30:00Z',
];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const years = 20;
/** Late use and voids reach back so far; the domain keeps what it needs for 35 days. */
const lateDaysMax = 34;

type Step =
  | { readonly kind: 'use'; readonly quantity: number }
  | { readonly kind: 'late'; readonly quantity: number; readonly days: number }
  | { readonly kind: 'void'; readonly which: number }
  | { readonly kind: 'seats'; readonly quantity: number }
  | { readonly kind: 'change'; readonly plan: number; readonly atOnce: boolean }
  | { readonly kind: 'there_and_back'; readonly plan: number };

const kind = <Kind extends Step['kind']>(value: Kind) => fc.constant(value);
const quantity = fc.integer({ min: 1, max: 400 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: kind('use'), quantity }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('late'),
      quantity,
      days: fc.double({ min: 0, max: lateDaysMax, noNaN: true }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('void'), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('seats'), quantity: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('change'), plan: fc.nat(2), atOnce: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('there_and_back'), plan: fc.nat(2) }) },
);

/** Prices in smallest parts, so that every currency can have them. */
const plan = fc.record({
  month: fc.integer({ min: 1, max: 9_999 }),
  year: fc.integer({ min: 1, max: 99_999 }),
  seat: fc.integer({ min: 1, max: 3 }),
  included: fc.integer({ min: 0, max: 300 }),
  /** In millionths of a unit of the currency. */
  rate: fc.integer({ min: 1, max: 3_000_000 }),
});

/** Days until a step: most follow close on another, so that they meet in a cycle, and now and then years pass. */
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 6, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: 6, max: 40, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 40, max: 900, noNaN: true }) },
);

/** A subscription over twenty years: where, on which plans, and what is done when. */
export const subscriptions = fc.record({
  timeZone: fc.constantFrom(...timeZones),
  currency: fc.constantFrom(...currencies),
  byDays: fc.boolean(),
  months: fc.constantFrom(1 as const, 1 as const, 12 as const),
  anchor: fc.constantFrom('subscription' as const, 'first_of_month' as const),
  // To the millisecond, on any day: also on the 29th to the 31st, and at times that a change of clocks skips or repeats.
  startsAtMs: fc.oneof(
    fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-12-31T00:00:00Z') }),
    fc
      .tuple(fc.constantFrom(...changesOfClocks), fc.integer({ min: -hourMs, max: hourMs }))
      .map(([iso, aside]) => Date.parse(iso) + aside),
  ),
  /** In hundredths of a percent; none where it is 0. */
  tax: fc.constantFrom(0, 700, 1_900, 825, 2_175),
  plans: fc.tuple(plan, plan, plan),
  first: fc.nat(2),
  steps: fc.array(fc.tuple(pause, fc.boolean(), step), { minLength: 20, maxLength: 60 }),
});

type Subscription = typeof subscriptions extends fc.Arbitrary<infer Value> ? Value : never;

/** What differs between the domain's invoices and the model's sums; nothing where all is well. */
export function differencesOf(subscription: Subscription): string[] {
  const { timeZone, currency, byDays, anchor, months, startsAtMs, first, tax } = subscription;
  const part = 10n ** BigInt(6 - currency.digits);
  const plans: ModelPlan[] = subscription.plans.map(({ month, year, seat, included, rate }, index) => ({
    id: `plan-${index}`,
    rank: index + 1,
    prices: { 1: BigInt(month) * part, 12: BigInt(year) * part },
    seatPrices: { 1: BigInt(seat * 7) * part, 12: BigInt(seat * 71) * part },
    included: BigInt(included) * 1_000_000n,
    rate: BigInt(rate),
  }));
  const startPlan = plans[first] as ModelPlan;
  const account = accountOf(subscription, plans, startPlan);
  const model = new BillingModel({ timeZone, part, byDays, anchor, months, startsAtMs }, startPlan);
  const moveTo = (atMs: number) => {
    account.nowMs = atMs;
    account.settleDue();
    model.moveTo(atMs);
  };
  const changeTo = (planId: string, atOnce: boolean) =>
    account.decide((context) => decideChangePlan(context, { planId, memberId: null, atOnce }));
  const report = (quantity: number, atMs: number) => {
    const { usage } = account.decide((context) =>
      decideEvent(context, {
        atMs,
        items: [{ metric: 'runs', quantity: String(quantity) }],
        dimensions: {},
        backfill: false,
      }),
    );
    model.use(usage.id, BigInt(quantity) * 1_000_000n, atMs);
  };
  const differences: string[] = [];
  const act = (next: Step) => {
    const { nowMs } = account;
    switch (next.kind) {
      case 'use':
        return report(next.quantity, nowMs);
      case 'late':
        // A yearly plan is chosen on the free plan, which has the time before it.
        return report(
          next.quantity,
          Math.max(Math.floor(nowMs - next.days * dayMs), months === 12 ? startsAtMs : 0),
        );
      case 'void': {
        const recent = [...account.usage.values()].filter(({ atMs }) => atMs >= nowMs - lateDaysMax * dayMs);
        const own = recent.filter(({ id, takesBack }) => takesBack === undefined && !account.isVoid(id));
        const usage = own[next.which % Math.max(own.length, 1)];
        if (usage === undefined) return;
        account.decide((context) =>
          decideVoid(context, {
            usage,
            owed: 0n,
            terms: new Map(),
            paidSince: [],
            isUncounted: false,
            task: undefined,
            reason: 'A test',
          }),
        );
        return model.void(usage.id);
      }
      case 'seats':
        account.decide((context) =>
          decideSubscription(context, { kind: 'seats', seatType: 'seat', quantity: next.quantity }, null),
        );
        return model.setSeats(BigInt(next.quantity), nowMs);
      case 'change': {
        const target = plans[next.plan] as ModelPlan;
        if (target.id === model.plan.id) return;
        changeTo(target.id, next.atOnce);
        return next.atOnce ? model.changeAtOnce(target, nowMs) : model.change(target, nowMs);
      }
      case 'there_and_back': {
        const target = plans[next.plan] as ModelPlan;
        if (target.id === model.plan.id) return;
        const [before, known] = [model.plan, model.fees];
        for (const each of [target, before]) {
          changeTo(each.id, true);
          model.changeAtOnce(each, nowMs);
        }
        if (model.fees !== known) differences.push('up and down in one instant does not net out');
      }
    }
  };
  const endsAtMs = Math.floor(startsAtMs + years * 365.25 * dayMs);
  for (const [days, atBoundary, next] of subscription.steps) {
    // Two steps of one instant are the there and back alone: the order within a millisecond is not kept.
    const atMs = Math.floor(account.nowMs + 1 + days * dayMs);
    if (atMs >= endsAtMs) break;
    moveTo(atMs);
    if (atBoundary && next.kind !== 'late') moveTo(model.cycleEndsAtMs);
    act(next);
  }
  moveTo(Math.max(endsAtMs, model.cycleEndsAtMs));
  return [...differences, ...comparedSums(account, model, { part, tax })];
}

function accountOf(
  { timeZone, currency, byDays, anchor, months, startsAtMs, tax }: Subscription,
  plans: readonly ModelPlan[],
  startPlan: ModelPlan,
): AccountFixture {
  const money = (amount: bigint) => ({ amount: formatAmount(amount), currency: currency.code });
  const both = (prices: ModelPlan['prices']) => ({ month: money(prices[1]), year: money(prices[12]) });
  const configs = plans.map(
    ({ id, rank, prices, seatPrices, included, rate }): PlanConfig =>
      paidPlan(id, rank, {
        price: both(prices),
        seats: { seat: { included: 1, max: 20, price: both(seatPrices) } },
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
  const compiled = plansCatalog({
    currency: currency.code,
    seatTypes: [{ id: 'seat', label: 'Seats', roles: ['owner', 'admin', 'member'] }],
    plans: [{ id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] }, ...configs],
    proration: byDays ? 'days' : 'exact',
    upgrade: { period: 'keep' },
    ...(anchor === 'first_of_month' ? { anchor } : {}),
    ...(tax === 0 ? {} : { billing: { taxes: [{ label: 'Tax', percent: String(tax / 100) }] } }),
  });
  // Nobody pays here, and nothing is to become past due.
  const catalog = { ...compiled, billing: { ...compiled.billing, collects: false } };
  const account = new AccountFixture(
    { planId: months === 1 ? startPlan.id : 'free', timeZone },
    { catalog, now: new Date(startsAtMs).toISOString() },
  );
  if (months === 12)
    account.decide((context) =>
      decideChangePlan(context, { planId: startPlan.id, interval: 'year', memberId: null }),
    );
  return account;
}

function comparedSums(
  account: AccountFixture,
  model: BillingModel,
  { part, tax }: { readonly part: bigint; readonly tax: number },
): string[] {
  const { billing, usage: cycle } = account.state;
  const invoices = [...account.invoices.values()];
  const sums = { ahead: 0n, overage: 0n, units: 0n, tax: 0n, totals: 0n };
  for (const { total } of invoices) sums.totals += total;
  for (const { kind: of, amount, quantity: units } of account.lines) {
    if (of === 'overage' || of === 'late_usage') {
      sums.overage += amount;
      sums.units += units ?? 0n;
    } else if (of === 'tax') sums.tax += amount;
    // A change at the very start of a period gives back and charges whole fees, so fees and proration are one sum.
    else if (of !== 'balance') sums.ahead += amount;
  }
  const { overage, units, waiting } = model.usage();
  const taxes = invoices.reduce((sum, invoice) => sum + taxOf(invoice, tax, part), 0n);
  const [carried = 0n] = Object.values(billing.carried);
  const compared: [string, bigint, bigint][] = [
    ['fees and proration', sums.ahead, model.fees],
    ['overage', sums.overage, overage],
    ['tax', sums.tax, taxes],
    ['units', sums.units + (billing.unbilled.runs ?? 0n), units],
    ['units that wait', cycle.invoiced.runs ?? 0n, waiting],
    ['invoices', sums.totals + carried, model.fees + overage + taxes],
  ];
  const numbers = invoices.map(({ number }) => number);
  const series = numbers.map((_, index) => `INV-${index + 1}`);
  return [
    ...compared
      .filter(([, found, expected]) => found !== expected)
      .map(([what, found, expected]) => `${what}: ${formatAmount(found)} is not ${formatAmount(expected)}`),
    ...(numbers.join() === series.join() ? [] : ['the numbers have a gap']),
  ];
}

/** The tax of all that an invoice charges, rounded once; half a part goes away from zero. */
function taxOf({ lines }: InvoiceRecord, tax: number, part: bigint): bigint {
  let base = 0n;
  for (const line of lines) if (line.kind !== 'tax' && line.kind !== 'balance') base += line.amount;
  const sign = base < 0n ? -1n : 1n;
  const divisor = 10_000n * part;
  return sign * ((2n * sign * base * BigInt(tax) + divisor) / (2n * divisor)) * part;
}
