import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';
import { decideChangePlan, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalog, usd } from '../../../../support/plans-catalog.ts';
import { AccountFixture } from '../../account-fixture.ts';
import { figures } from './figures.ts';

interface Example {
  /** Of the page or report that it is from. */
  readonly source: string;
  readonly plans: readonly PlanConfig[];
  /** When the account begins on the first plan; on Free where it is left out. */
  readonly from: string;
  readonly catalog?: Partial<CatalogConfig>;
  /** Changes to the plans that follow, each at an instant; downwards at once as the product team can. */
  readonly changes?: readonly (readonly [at: string, planId: string, interval?: 'month' | 'year'])[];
  /** When the newest invoice is looked at; after the last change where it is left out. */
  readonly until?: string;
  /** The lines of the newest invoice, and its total. */
  readonly lines: readonly string[];
  readonly total: string;
}

const free: PlanConfig = { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] };
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

const downwards: readonly Example[] = [
  {
    source:
      'Lago, Upgrades and downgrades: 100 to 200 on 15 January; ahead, 54.84 of the 100 come back and 45.16 stay',
    plans: [month('a', 1, '100'), month('b', 2, '200')],
    from: '2026-01-01',
    changes: [['2026-01-15', 'b']],
    lines: ['-54.84', '109.68'],
    total: '54.84',
  },
  {
    source: 'Chargebee, Proration 1: 60 to 30 on 21 April gives 10 of credit',
    plans: [month('b', 2, '60'), month('a', 1, '30')],
    from: '2026-04-01',
    changes: [['2026-04-21', 'a']],
    lines: ['-20', '10', '10'],
    total: '0',
  },
  {
    source: 'Chargebee, Proration 1: the renewal after it is 20',
    plans: [month('b', 2, '60'), month('a', 1, '30')],
    from: '2026-04-01',
    changes: [['2026-04-21', 'a']],
    until: '2026-05-01',
    lines: ['30', '-10'],
    total: '20',
  },
  {
    source: 'Nadles, Upgrades: 300 to 100 on 26 January, by dates, leaves 38.71 for the next invoice',
    plans: [month('b', 2, '300'), month('a', 1, '100')],
    from: '2026-01-01',
    changes: [['2026-01-26', 'a']],
    lines: ['-58.06', '19.35', '38.71'],
    total: '0',
  },
  {
    source: 'restrict-content-pro#442: 365 a year from 1 January to 30 a month on 2 July; 153 are kept',
    plans: [paidPlan('a', 1, { price: { month: usd('30'), year: usd('365') } })],
    from: '2026-01-01',
    changes: [
      ['2026-01-01', 'a', 'year'],
      ['2026-07-02', 'a', 'month'],
    ],
    lines: ['-183', '30', '153'],
    total: '0',
  },
];

describe('worked examples', () => {
  it.each([...examples, ...downwards])('D7, L109: $source', (example) => {
    const { plans, from, catalog = {}, changes = [], until, lines, total } = example;
    const isBought = changes[0]?.[1] === plans[0]?.id;
    const fixture = new AccountFixture(
      { planId: isBought ? 'free' : (plans[0]?.id ?? '') },
      { catalog: plansCatalog({ plans: [free, ...plans], ...catalog }), now: `${from}T00:00:00.000Z` },
    );
    for (const [at, planId, interval] of changes) {
      fixture.moveTo(`${at}T00:00:00.000Z`);
      const chosen = interval === undefined ? {} : { interval };
      fixture.decide((context) =>
        decideChangePlan(context, { planId, memberId: null, atOnce: true, ...chosen }),
      );
    }
    if (until !== undefined) fixture.moveTo(`${until}T00:00:00.000Z`);
    const invoice = [...fixture.invoices.values()].at(-1);
    expect(invoice?.lines.map(({ amount }) => formatAmount(amount))).toEqual(lines);
    expect(formatAmount(invoice?.total ?? 0n)).toBe(total);
  });

  it.each(figures)('D7, L108: $source', ({ gives, run }) => {
    expect(run()).toEqual(gives);
  });
});
