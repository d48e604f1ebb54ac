import type { CatalogConfig, ContractTerms } from '@usagekit/server/contract';

const dollars = (amount: number) => ({ amount: String(amount), currency: 'USD' });

const both = (month: number) => ({ month: dollars(month), year: dollars(month * 10) });

export const rank = { free: 0, solo: 1, team: 2 } as const;

export type PlanId = keyof typeof rank;

const planIds = Object.keys(rank) as PlanId[];

/** What a plan gives and takes; a contract replaces some of it. Prices are dollars a month, ten times as much a year. */
export interface PlainTerms {
  month: number;
  credits: number;
  runs: number;
  /** Dollars for a run beyond the allowance; null where there is none beyond. */
  rate: number | null;
  /** Null where none are sold. */
  seatMonth: number | null;
  packMonth: number | null;
  ipMonth: number | null;
  ipMax: number;
}

export const plans: Record<PlanId, PlainTerms> = {
  free: {
    month: 0,
    credits: 10,
    runs: 10,
    rate: null,
    seatMonth: null,
    packMonth: null,
    ipMonth: null,
    ipMax: 0,
  },
  solo: { month: 31, credits: 100, runs: 100, rate: 0.5, seatMonth: 6, packMonth: 5, ipMonth: 3, ipMax: 3 },
  team: { month: 70, credits: 250, runs: 300, rate: 0.25, seatMonth: 6, packMonth: 5, ipMonth: 3, ipMax: 9 },
};

export const packRuns = 50;

/** Days, and where the account goes afterwards without a payment method; null pauses it. */
export const trials: Record<PlanId, { days: number; planAfter: PlanId | null } | null> = {
  free: null,
  solo: { days: 10, planAfter: 'free' },
  team: { days: 20, planAfter: null },
};

const billedRuns = (included: number, rate: number) => ({
  metric: 'runs',
  included: String(included),
  policy: 'overage' as const,
  beyond: 'invoice' as const,
  overageRate: { amount: String(rate) },
  additionalUse: { default: 'unlimited' as const },
});

/** Contracts: a price and allowances, and addresses that are sold on every plan. */
export const contracts = {
  deal: {
    plain: { month: 20, credits: 300, runs: 500, rate: 0.1 },
    terms: { price: both(20), monthlyCredits: '300', limits: [billedRuns(500, 0.1)] },
  },
  network: {
    plain: { ipMonth: 1, ipMax: 9, seatMonth: 4 },
    terms: {
      dedicatedIps: { price: both(1), max: 9 },
      seats: { seat: { included: 2, max: 30, price: both(4) } },
    },
  },
} satisfies Record<string, { plain: Partial<PlainTerms>; terms: ContractTerms }>;

export type ContractName = keyof typeof contracts;

export const contractTerms = (name: ContractName): ContractTerms => contracts[name].terms;

/** The catalog that the model is written for: prices that do not divide by days, and everything that an account can set. */
export const subscriptionCatalogConfig: CatalogConfig = {
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  anchor: 'subscription_start',
  proration: 'days',
  metrics: [{ id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } }],
  seatTypes: [{ id: 'seat', label: 'Seats', roles: ['owner', 'admin', 'member'] }],
  plans: planIds.map((id) => ({
    id,
    name: id,
    rank: rank[id],
    kind: id === 'free' ? ('free' as const) : ('paid' as const),
    monthlyCredits: String(plans[id].credits),
    ...(id !== 'free' && {
      price: both(plans[id].month),
      seats: { seat: { included: 2, max: 30, price: both(plans[id].seatMonth ?? 0) } },
      dedicatedIps: { price: both(plans[id].ipMonth ?? 0), max: plans[id].ipMax },
    }),
    ...(trials[id] !== null && {
      trial: {
        days: trials[id].days,
        ...(trials[id].planAfter !== null && { planAfter: trials[id].planAfter }),
      },
    }),
    limits: [
      plans[id].rate === null
        ? { metric: 'runs', included: '10', policy: 'hard' as const }
        : billedRuns(plans[id].runs, plans[id].rate),
    ],
  })),
  addOns: [
    {
      id: 'pack',
      label: 'Pack',
      price: both(plans.solo.packMonth ?? 0),
      quantityMax: 8,
      allowance: { metric: 'runs', quantity: String(packRuns) },
      plans: ['solo', 'team'],
    },
  ],
  defaultPlanId: 'free',
  cancelling: { rule: 'boundary', planAfter: 'free' },
  upgrade: { period: 'keep', counters: 'keep', credits: 'difference' },
};
