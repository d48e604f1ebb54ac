import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';
import {
  cycleByIndex,
  decideChangePlan,
  decideCustomLine,
  decideEvent,
  formatAmount,
  parseAmount,
} from '@usagekit/server/domain';
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
  /** Changes to the plans that follow, each at an instant; downwards at once as the product team can. */
  readonly changes?: readonly (readonly [at: string, planId: string, interval?: 'month' | 'year'])[];
  /** When the newest invoice is looked at; after the last change where it is left out. */
  readonly until?: string;
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

/** An example that is no change of plan: what is done, and what comes of it. */
interface Figures {
  readonly source: string;
  run(): readonly string[];
}

const free: PlanConfig = { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] };

function accountOn(
  planId: string,
  from: string,
  plans: readonly PlanConfig[],
  more: Partial<CatalogConfig> = {},
) {
  const catalog = plansCatalog({ plans: [free, ...plans], ...more });
  return new AccountFixture({ planId }, { catalog, now: `${from}T00:00:00.000Z` });
}

/** Lines of the newest invoice and its total. */
function newest({ invoices }: AccountFixture): string[] {
  const invoice = [...invoices.values()].at(-1);
  return [...(invoice?.lines ?? []), { amount: invoice?.total ?? 0n }].map(({ amount }) =>
    formatAmount(amount),
  );
}

const metered = (change: Partial<PlanConfig> = {}, rate = '0.1') =>
  paidPlan('a', 1, {
    limits: [
      {
        metric: 'runs',
        included: '100',
        policy: 'overage',
        beyond: 'invoice',
        overageRate: { amount: rate },
      },
    ],
    ...change,
  });
const runs = (quantity: string) => [{ metric: 'runs', quantity }];
const bill = (fixture: AccountFixture, amount: string) =>
  fixture.decide((context) =>
    decideCustomLine(context, {
      subject: 'Line',
      amount: parseAmount(amount),
      quantity: null,
      coversFromMs: null,
      coversToMs: null,
      reason: null,
      due: 'now',
    }),
  );
const startsOf = (anchor: string, months: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    new Date(cycleByIndex(Date.parse(`${anchor}T00:00:00Z`), 'UTC', index * months).startsAtMs)
      .toISOString()
      .slice(0, 10),
  );

const figures: readonly Figures[] = [
  {
    source: 'polar#10664: monthly from 31 January 2024',
    run: () => startsOf('2024-01-31', 1, 4),
  },
  { source: 'lago-api#6173: yearly from 29 February 2024', run: () => startsOf('2024-02-29', 12, 5) },
  {
    source:
      'lago-api#1776: 30 paid on 1 April, the catalog says 60 since, left on the 16th: half of 30 comes back',
    run() {
      const plans = [month('a', 1, '30'), month('b', 2, '90')];
      const fixture = accountOn('a', '2026-04-01', plans);
      const paid = fixture.catalog.plans.get('a');
      if (paid === undefined) throw new Error('There is no plan a');
      const edited = plansCatalog({ plans: [free, month('a', 1, '60'), month('b', 2, '90')] }, 2);
      // As the app hands it in: the latest, with the account's own plan as it was chosen.
      fixture.withCatalog({ ...edited, plans: new Map(edited.plans).set('a', paid) });
      fixture.moveTo('2026-04-16T00:00:00.000Z');
      fixture.decide((context) => decideChangePlan(context, { planId: 'b', memberId: null, atOnce: true }));
      return newest(fixture);
    },
  },
  {
    source: 'recurly-js#992: 15% of 34.90',
    run: () =>
      newest(
        accountOn('a', '2026-06-01', [month('a', 1, '34.90')], {
          billing: { taxes: [{ label: 'Tax', percent: '15' }] },
        }),
      ),
  },
  {
    source: 'odoo#265433: JPY 2 x 100.5, each line rounded once: 202',
    run() {
      const line = (metric: string) => ({
        metric,
        included: '0',
        policy: 'overage' as const,
        beyond: 'invoice' as const,
        overageRate: { amount: '100.5' },
      });
      const fixture = accountOn(
        'a',
        '2026-06-01',
        [paidPlan('a', 1, { limits: [line('runs'), line('mails')] })],
        {
          currency: 'JPY',
          metrics: [
            { id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } },
            { id: 'mails', label: 'Mails', unit: { one: 'mail', other: 'mails' } },
          ],
        },
      );
      fixture.use([...runs('1'), { metric: 'mails', quantity: '1' }]);
      return newest(fixture.moveTo('2026-07-01T00:00:00.000Z'));
    },
  },
  {
    source: 'polar#7078: 0.18 is below the smallest charge and is carried to the next, of 1.00',
    run() {
      const fixture = accountOn('free', '2026-06-01', [], { billing: { minimumCharge: '0.5' } });
      bill(fixture, '0.18');
      bill(fixture, '1');
      return newest(fixture);
    },
  },
  {
    source: 'killbill#876: 100 free and then 0.10; 120 billed, 5 late: the next invoice has 0.50 more',
    run() {
      const fixture = accountOn('a', '2026-06-01', [metered()]);
      fixture.use(runs('120'));
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      const billed = newest(fixture);
      fixture.decide((context) =>
        decideEvent(context, {
          atMs: Date.parse('2026-06-20T00:00:00Z'),
          items: runs('5'),
          dimensions: {},
          backfill: false,
        }),
      );
      return [...billed, '|', ...newest(fixture.moveTo('2026-08-01T00:00:00.000Z'))];
    },
  },
  {
    source: 'OpenMeter, known issues: January has a minimum of 100 and 60 were billed: 40 more',
    run() {
      const plan = metered({ price: { month: usd('40') }, minimumCommitment: { month: usd('100') } }, '1');
      const fixture = accountOn('a', '2026-01-01', [plan]);
      fixture.use(runs('120'));
      return newest(fixture.moveTo('2026-02-01T00:00:00.000Z'));
    },
  },
  {
    source: 'polar#7103: 100 credits a month under a yearly price are 100 a month',
    run() {
      const plan = paidPlan('a', 1, { price: { year: usd('120') }, monthlyCredits: '100' });
      const fixture = accountOn('free', '2026-01-01', [plan]);
      fixture.decide((context) =>
        decideChangePlan(context, { planId: 'a', interval: 'year', memberId: null, atOnce: true }),
      );
      fixture.moveTo('2026-12-31T00:00:00.000Z');
      return fixture.ledger.filter(({ kind }) => kind === 'grant').map(({ amount }) => formatAmount(amount));
    },
  },
];
const expected: Record<string, readonly string[]> = {
  'polar#10664': ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'],
  'lago-api#6173': ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
  'lago-api#1776': ['-15', '45', '30'],
  'recurly-js#992': ['34.9', '5.24', '40.14'],
  'odoo#265433': ['101', '101', '202'],
  'polar#7078': ['1', '0.18', '1.18'],
  'killbill#876': ['2', '2', '|', '0.5', '0.5'],
  'OpenMeter, known issues': ['20', '40', '40', '100'],
  'polar#7103': Array.from({ length: 12 }, () => '100'),
};

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

  it.each(figures)('D7, L108: $source', ({ source, run }) => {
    expect(run()).toEqual(expected[source.slice(0, source.indexOf(':'))]);
  });
});
