import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';
import { decideChangePlan, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalog, usd } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

interface Example {
  /** Of the page or report that it is from. */
  readonly source: string;
  readonly plans: readonly PlanConfig[];
  /** When the account begins on the first plan; on Free where it is left out. */
  readonly from: string;
  readonly catalog?: Partial<CatalogConfig>;
  /** Changes to the plans that follow, each at an instant. */
  readonly changes?: readonly (readonly [at: string, planId: string])[];
  /** The lines of the newest invoice, and its total. */
  readonly lines: readonly string[];
  readonly total: string;
}

const month = (id: string, rank: number, amount: string) =>
  paidPlan(id, rank, { price: { month: usd(amount) } });
const calendar = { anchor: 'first_of_month' } as const;

const examples: readonly Example[] = [
  {
    source: 'Polar, Proration: 5 to 20 after 1 of 30 days',
    plans: [month('a', 1, '5'), month('b', 2, '20')],
    from: '2026-06-01',
    changes: [['2026-06-02', 'b']],
    lines: ['-4.83', '19.33'],
    total: '14.5',
  },
  {
    source: 'flexprice: 10 to 20, 17 of 31 days left; the net is the sum of its lines',
    plans: [month('a', 1, '10'), month('b', 2, '20')],
    from: '2026-07-01',
    changes: [['2026-07-15', 'b']],
    lines: ['-5.48', '10.97'],
    total: '5.49',
  },
  {
    source: 'gumroad#6077: 30 to 60 after day 10, to 90 after day 20; the second credit is of the price',
    plans: [month('a', 1, '30'), month('b', 2, '60'), month('c', 3, '90')],
    from: '2026-06-01',
    changes: [
      ['2026-06-11', 'b'],
      ['2026-06-21', 'c'],
    ],
    lines: ['-20', '30'],
    total: '10',
  },
  {
    source: 'stripe-node#2515: 10 to 15, 1 of 30 days left',
    plans: [month('a', 1, '10'), month('b', 2, '15')],
    from: '2026-06-01',
    changes: [['2026-06-30', 'b']],
    lines: ['-0.33', '0.5'],
    total: '0.17',
  },
  {
    source: 'Nadles, Upgrades: 100 to 300 on 26 January, by dates',
    plans: [month('a', 1, '100'), month('b', 2, '300')],
    from: '2026-01-01',
    changes: [['2026-01-26', 'b']],
    lines: ['-19.35', '58.06'],
    total: '38.71',
  },
  {
    source: 'mlytics, Prorate: 10 to 99 with 15 of 30 days left; the daily rate is not rounded first',
    plans: [month('a', 1, '10'), month('b', 2, '99')],
    from: '2026-06-01',
    changes: [['2026-06-16', 'b']],
    lines: ['-5', '49.5'],
    total: '44.5',
  },
  {
    source: 'lago-api#5522: upgraded on the 15th of 31 days',
    plans: [month('a', 1, '31'), month('b', 2, '62')],
    from: '2026-07-01',
    changes: [['2026-07-15', 'b']],
    lines: ['-17', '34'],
    total: '17',
  },
  {
    source: 'Lago, Assign a plan: 50 from 10 August, calendar',
    plans: [month('a', 1, '50')],
    from: '2026-08-10',
    catalog: calendar,
    lines: ['35.48'],
    total: '35.48',
  },
  {
    source: 'Lago, Plan model: 10 from 15 April, calendar (16 of 30 days)',
    plans: [month('a', 1, '10')],
    from: '2026-04-15',
    catalog: calendar,
    lines: ['5.33'],
    total: '5.33',
  },
  {
    source: 'Ably, Quota: 19.99 for half a month; half a cent goes away from zero',
    plans: [month('a', 1, '19.99')],
    from: '2026-06-16',
    catalog: calendar,
    lines: ['10'],
    total: '10',
  },
  {
    source: 'Lokalise, Upgrade refund: 1,920 to 4,800 a year on day 100, a year begins',
    plans: [
      paidPlan('a', 1, { price: { year: usd('1920') } }),
      paidPlan('b', 2, { price: { year: usd('4800') } }),
    ],
    from: '2026-01-01',
    catalog: { upgrade: { period: 'restart' } },
    changes: [
      ['2026-01-01', 'a'],
      ['2026-04-11', 'b'],
    ],
    lines: ['-1393.97', '4800'],
    total: '3406.03',
  },
];

describe('worked examples', () => {
  it.each(examples)('D7, L109: $source', ({ plans, from, catalog = {}, changes = [], lines, total }) => {
    const isBought = changes[0]?.[1] === plans[0]?.id;
    const free: PlanConfig = { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] };
    const fixture = new AccountFixture(
      { planId: isBought ? 'free' : (plans[0]?.id ?? '') },
      { catalog: plansCatalog({ plans: [free, ...plans], ...catalog }), now: `${from}T00:00:00.000Z` },
    );
    for (const [at, planId] of changes) {
      fixture.moveTo(`${at}T00:00:00.000Z`);
      fixture.decide((context) => decideChangePlan(context, { planId, memberId: null }));
    }
    const invoice = [...fixture.invoices.values()].at(-1);
    expect(invoice?.lines.map(({ amount }) => formatAmount(amount))).toEqual(lines);
    expect(formatAmount(invoice?.total ?? 0n)).toBe(total);
  });
});
