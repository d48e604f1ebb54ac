import type { PlanConfig } from '@usagekit/server/contract';
import {
  availableOf,
  type Catalog,
  cycleByIndex,
  decideChangeAccount,
  decideChangePlan,
  decideCloseInvoice,
  decideCreditNote,
  decideCustomLine,
  decideEvent,
  formatAmount,
  type InvoiceRecord,
  parseAmount,
} from '@usagekit/server/domain';
import { toMinorUnits } from '../../../../../server/src/payments/stripe/stripe-amounts.ts';
import { paidPlan, plansCatalog, usd } from '../../../../support/plans-catalog.ts';
import type { AccountFixture } from '../../account-fixture.ts';
import { type Setting, SubscriptionFixture } from '../../subscription/subscription-fixture.ts';

/** An example that is no single change of plan: what is done, and its result. */
export interface Figures {
  /** The title of the page or report, and its input. */
  readonly source: string;
  /** Of an example that asks for what is not sold here: what, and what stands in its place. */
  readonly instead?: string;
  readonly gives: readonly string[];
  run(): readonly string[];
}

const free: PlanConfig = { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] };
const month = (id: string, rank: number, amount: string, more: Partial<PlanConfig> = {}) =>
  paidPlan(id, rank, { price: { month: usd(amount) }, ...more });

function accountOn(planId: string, from: string, plans: readonly PlanConfig[], more: Setting = {}) {
  const now = from.includes('T') ? from : `${from}T00:00:00.000Z`;
  return new SubscriptionFixture(planId, { plans: [free, ...plans], now, ...more });
}

/** Lines of the newest invoice and its total. */
function newest({ invoices }: AccountFixture): string[] {
  const invoice = [...invoices.values()].at(-1);
  return [...(invoice?.lines ?? []), { amount: invoice?.total ?? 0n }].map(({ amount }) =>
    formatAmount(amount),
  );
}

function newestInvoice({ invoices }: AccountFixture): InvoiceRecord {
  const invoice = [...invoices.values()].findLast(({ kind }) => kind === 'invoice');
  if (invoice === undefined) throw new Error('There is no invoice');
  return invoice;
}

const limitOf = (included: string, amount: string, metric = 'runs') => ({
  metric,
  included,
  policy: 'overage' as const,
  beyond: 'invoice' as const,
  overageRate: { amount },
});
const metered = (change: Partial<PlanConfig> = {}, rate = '0.1') =>
  paidPlan('a', 1, { limits: [limitOf('100', rate)], ...change });
const runs = (quantity: string) => [{ metric: 'runs', quantity }];
const bill = (fixture: AccountFixture, amount: string, due: 'now' | 'boundary' = 'now') =>
  fixture.decide((context) =>
    decideCustomLine(context, {
      subject: 'Line',
      amount: parseAmount(amount),
      quantity: null,
      coversFromMs: null,
      coversToMs: null,
      reason: null,
      due,
    }),
  );
const changeTo = (fixture: AccountFixture, planId: string, atOnce = true) =>
  fixture.decide((context) => decideChangePlan(context, { planId, memberId: null, atOnce }));
const carriedIn = ({ state }: AccountFixture, currency = 'USD') =>
  formatAmount(state.billing.carried[currency] ?? 0n);
/** The latest catalog, with the account's own plan as it was chosen: as the app hands it in. */
function withOwnPlan(fixture: AccountFixture, latest: Catalog): Catalog {
  const { planId, catalogVersion } = fixture.state.profile;
  const own = fixture.catalog.plans.get(planId);
  if (own === undefined || catalogVersion === latest.version) return latest;
  const older = new Map([[`${catalogVersion} ${planId}`, own]]);
  return { ...latest, latest, older, plans: new Map(latest.plans).set(planId, own) };
}
const startsOf = (anchor: string, months: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    new Date(cycleByIndex(Date.parse(`${anchor}T00:00:00Z`), 'UTC', index * months).startsAtMs)
      .toISOString()
      .slice(0, 10),
  );

export const figures: readonly Figures[] = [
  {
    source: 'polar#10664: monthly from 31 January 2024',
    gives: ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'],
    run: () => startsOf('2024-01-31', 1, 4),
  },
  {
    source: 'lago-api#6173: yearly from 29 February 2024',
    gives: ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
    run: () => startsOf('2024-02-29', 12, 5),
  },
  {
    source:
      'lago-api#1776: 30 paid on 1 April, the catalog says 60 since, left on the 16th: half of 30 comes back',
    gives: ['-15', '45', '30'],
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
    gives: ['34.9', '5.24', '40.14'],
    run: () =>
      newest(
        accountOn('a', '2026-06-01', [month('a', 1, '34.90')], {
          billing: { taxes: [{ label: 'Tax', percent: '15' }] },
        }),
      ),
  },
  {
    source: 'odoo#265433: JPY 2 x 100.5, each line rounded once: 202',
    gives: ['101', '101', '202'],
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
    gives: ['1', '0.18', '1.18'],
    run() {
      const fixture = accountOn('free', '2026-06-01', [], { billing: { minimumCharge: '0.5' } });
      bill(fixture, '0.18');
      bill(fixture, '1');
      return newest(fixture);
    },
  },
  {
    source: 'killbill#876: 100 free and then 0.10; 120 billed, 5 late: the next invoice has 0.50 more',
    gives: ['2', '2', '|', '0.5', '0.5'],
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
    gives: ['20', '40', '40', '100'],
    run() {
      const plan = metered({ price: { month: usd('40') }, minimumCommitment: { month: usd('100') } }, '1');
      const fixture = accountOn('a', '2026-01-01', [plan]);
      fixture.use(runs('120'));
      return newest(fixture.moveTo('2026-02-01T00:00:00.000Z'));
    },
  },
  {
    source: 'polar#7103: 100 credits a month under a yearly price are 100 a month',
    gives: Array.from({ length: 12 }, () => '100'),
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
  {
    source:
      'killbill#743: in Los Angeles 30 days of trial from the evening of 1 March; they end at that hour, on the 31st',
    gives: ['2017-04-01T06:30:00.000Z', '2017-05-01T06:30:00.000Z'],
    run() {
      const fixture = accountOn(
        'a',
        '2017-03-02T07:30:00.000Z',
        [month('a', 1, '30', { trial: { days: 30 } })],
        {
          account: { timeZone: 'America/Los_Angeles' },
        },
      ).addCard();
      const endsAtMs = fixture.subscription.trial?.endsAtMs ?? 0;
      fixture.moveTo(new Date(endsAtMs).toISOString());
      return [endsAtMs, fixture.subscription.period.endsAtMs].map((atMs) => new Date(atMs).toISOString());
    },
  },
  {
    source:
      'lago-api#1074: in Paris, looked at at 20:00Z and at 23:00Z of the day that ends a week: one invoice',
    instead: 'No plan is billed by the week: the end of a month stands for it.',
    gives: ['2'],
    run() {
      const fixture = accountOn('a', '2023-04-29T22:00:00.000Z', [month('a', 1, '30')], {
        account: { timeZone: 'Europe/Paris' },
      });
      for (const hour of ['20', '22', '23']) fixture.moveTo(`2023-05-29T${hour}:00:00.000Z`);
      return [String(fixture.invoices.size)];
    },
  },
  {
    source:
      'lago-api#660: from UTC to New York on 10 May 2024, from the 1st: the next period begins where the last one ends',
    gives: ['2024-06-01T00:00:00.000Z', '2024-06-01T00:00:00.000Z', '2024-07-01T04:00:00.000Z'],
    run() {
      const fixture = accountOn('a', '2024-05-01', [month('a', 1, '30')]).moveTo('2024-05-10T00:00:00.000Z');
      fixture.decide((context) => decideChangeAccount(context, { timeZone: 'America/New_York' }));
      const ended = fixture.subscription.period.endsAtMs;
      const { startsAtMs, endsAtMs } = fixture.moveTo('2024-06-02T00:00:00.000Z').subscription.period;
      return [ended, startsAtMs, endsAtMs].map((atMs) => new Date(atMs).toISOString());
    },
  },
  {
    source: 'lago-api#6194: 910 a quarter with 32 of 91 days left is divided by the period: 320',
    instead: 'No plan is billed by the quarter: 910 a year with 32 of 365 days left.',
    gives: ['-79.78'],
    run() {
      const plans = ['a', 'b'].map((id, index) => paidPlan(id, index + 1, { price: { year: usd('910') } }));
      const fixture = accountOn('free', '2026-01-01', plans);
      changeTo(fixture, 'a');
      fixture.moveTo('2026-11-30T00:00:00.000Z');
      changeTo(fixture, 'b');
      return newest(fixture).slice(0, 1);
    },
  },
  {
    source:
      'lago golden scenarios F76: 100 more seats, 60 fewer and 50 more at 1, ahead: what was paid for is remembered',
    gives: ['100', '0', '0'],
    run() {
      const seats = { seat: { included: 0, max: 500, price: { month: usd('1') } } };
      const fixture = accountOn('a', '2026-06-01', [month('a', 1, '30', { seats })], {
        seatTypes: [{ id: 'seat', label: 'Seats', roles: ['member'] }],
      });
      return [100, 40, 90].map((quantity) =>
        formatAmount(fixture.run({ kind: 'seats', seatType: 'seat', quantity }).dueNow.total),
      );
    },
  },
  {
    source:
      'commcare-hq#37930: 100 free and then 0.10, 150 used; then 500 free and 0.05, 400 used: 5.00 once',
    gives: ['5', '|', '0'],
    run() {
      const fixture = accountOn('a', '2026-06-01', [
        metered(),
        paidPlan('b', 2, { limits: [limitOf('500', '0.05')] }),
      ]);
      fixture.use(runs('150'));
      fixture.moveTo('2026-06-16T00:00:00.000Z');
      changeTo(fixture, 'b');
      const billed = newest(fixture).slice(-1);
      fixture.use(runs('400'));
      const known = fixture.invoices.size;
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      return [...billed, '|', String(fixture.invoices.size - known)];
    },
  },
  {
    source:
      'autumn#3192: 20 with 200, moved to a version of 30 with 300 whose price is not taken over: 20 with 300',
    gives: ['20', '300'],
    run() {
      const fixture = accountOn('a', '2026-06-01', [month('a', 1, '20', { monthlyCredits: '200' })]);
      const plans = [free, month('a', 1, '30', { monthlyCredits: '300' })];
      Object.assign(fixture, { catalog: withOwnPlan(fixture, plansCatalog({ plans }, 2)) });
      fixture.run({ kind: 'move_to_latest', keepPrice: true, when: 'boundary' });
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      return [...newest(fixture).slice(-1), fixture.credits];
    },
  },
  {
    source:
      'killbill#1110: on A at 10, to C at 30, and to A again, which is 15 by then: 15; who stayed pays 10',
    gives: ['15', '10'],
    run() {
      const plans = (price: string) => [free, month('a', 1, price), month('c', 3, '30')];
      return [true, false].map((leaves) => {
        const fixture = accountOn('a', '2026-06-01', plans('10').slice(1));
        if (leaves) changeTo(fixture, 'c');
        const latest = plansCatalog({ plans: plans('15') }, 2);
        Object.assign(fixture, { catalog: withOwnPlan(fixture, latest) });
        if (leaves) changeTo(fixture, 'a', false);
        return formatAmount(newestInvoice(fixture.moveTo('2026-07-01T00:00:00.000Z')).lines[0]?.amount ?? 0n);
      });
    },
  },
  ...(['days', 'exact'] as const).map(
    (proration): Figures => ({
      source: `lago#771: 149 by the calendar month in Ljubljana, a trial from 15 June 21:47Z made 41 days long, by ${proration}`,
      gives: ['2026-07-26T21:47:00.000Z', proration === 'days' ? '28.84' : '24.08'],
      run() {
        const fixture = accountOn(
          'a',
          '2026-06-15T21:47:00.000Z',
          [month('a', 1, '149', { trial: { days: 30 } })],
          {
            account: { timeZone: 'Europe/Ljubljana' },
            anchor: 'first_of_month',
            proration,
          },
        ).addCard();
        fixture.run({ kind: 'start_trial', days: 41 });
        const endsAt = new Date(fixture.subscription.trial?.endsAtMs ?? 0).toISOString();
        fixture.moveTo(endsAt);
        return [endsAt, ...newest(fixture).slice(-1)];
      },
    }),
  ),
  {
    source: 'laravel-cashier-mollie#79: three plans within one trial charge nothing',
    gives: ['0', '0', '0'],
    run() {
      const trial = { days: 14 };
      const fixture = accountOn(
        'free',
        '2026-06-01',
        ['a', 'b', 'c'].map((id, index) => month(id, index + 1, '30', { trial })),
      );
      const due = ['a', 'c', 'b'].map((planId) => fixture.run({ kind: 'change_plan', planId }).dueNow.total);
      return due.map(formatAmount);
    },
  },
  {
    source:
      'langfuse#9076 and cashier-stripe#1192: a change of plan while the end is ordered: the answer says that it clears it',
    gives: ['scheduled_cancellation', 'none'],
    run() {
      const fixture = accountOn('a', '2026-06-01', [month('a', 1, '30'), month('b', 2, '60')]);
      fixture.run({ kind: 'cancel' });
      const { clears } = fixture.run({ kind: 'change_plan', planId: 'b' });
      return [...clears, fixture.subscription.scheduled === null ? 'none' : 'kept'];
    },
  },
  {
    source: 'llmgateway#2902: a downgrade is scheduled, then an upgrade paid: it renews on the upper plan',
    gives: ['c', '90'],
    run() {
      const fixture = accountOn('b', '2026-06-01', [
        month('a', 1, '30'),
        month('b', 2, '60'),
        month('c', 3, '90'),
      ]);
      fixture.run({ kind: 'change_plan', planId: 'a' });
      fixture.run({ kind: 'change_plan', planId: 'c' });
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      return [fixture.state.profile.planId, ...newest(fixture).slice(-1)];
    },
  },
  {
    source: 'UCRM#139: paused in January and February, resumed in March: nothing for the pause',
    instead: 'Only the end of a trial pauses what is charged ahead, so that pause stands for it.',
    gives: ['30'],
    run() {
      const fixture = accountOn('a', '2025-12-18', [month('a', 1, '30', { trial: { days: 14 } })]);
      fixture.moveTo('2026-03-01T00:00:00.000Z').addCard();
      fixture.moveTo('2026-03-31T00:00:00.000Z');
      return [...fixture.invoices.values()].map(({ total }) => formatAmount(total));
    },
  },
  {
    source: 'autumn#3407: 81 lines of 23,072.5296 in all sum to 23,072.51, and 100 are included: 22,972.51',
    gives: ['81', '23072.51', '-100', '22972.51'],
    run() {
      const ids = Array.from({ length: 81 }, (_, index) => `m${index}`);
      const limits = ids.map((id, index) => limitOf('0', index === 0 ? '285.3136' : '284.8402', id));
      const fixture = accountOn('a', '2026-06-01', [paidPlan('a', 1, { limits })], {
        metrics: ids.map((id) => ({ id, label: id, unit: { one: 'unit', other: 'units' } })),
      });
      fixture.use(ids.map((metric) => ({ metric, quantity: '1' })));
      bill(fixture, '-100', 'boundary');
      const { lines, total } = newestInvoice(fixture.moveTo('2026-07-01T00:00:00.000Z'));
      const used = lines.filter(({ kind }) => kind === 'overage');
      const sum = used.reduce((sofar, { amount }) => sofar + amount, 0n);
      const back = lines.filter(({ amount }) => amount < 0n).map(({ amount }) => formatAmount(amount));
      return [String(used.length), formatAmount(sum), ...back, formatAmount(total)];
    },
  },
  {
    source: 'Paymenter#1258: of ¥80 80 are sent',
    gives: ['80', '8000'],
    run: () => ['JPY', 'USD'].map((currency) => String(toMinorUnits(parseAmount('80'), currency))),
  },
  {
    source: 'Dolibarr#32206: 100 dollars of credit are left unused by an invoice in pounds',
    gives: ['30', '30', '-100'],
    run() {
      const fixture = accountOn('free', '2026-06-01', []);
      bill(fixture, '-100');
      fixture.withCatalog(plansCatalog({ plans: [free], currency: 'GBP' }, 2));
      bill(fixture, '30');
      return [...newest(fixture), carriedIn(fixture)];
    },
  },
  {
    source: 'django-plans#118: two closings at once have the numbers n and n + 1',
    gives: ['INV-1', 'INV-2'],
    run() {
      const fixture = accountOn('free', '2026-06-01', []);
      for (const amount of ['1', '2']) bill(fixture, amount);
      return [...fixture.invoices.values()].map(({ number }) => number);
    },
  },
  {
    source:
      'OpenMeter, known issues (by part): January has a minimum of 100, 60 were billed, ended on the 20th: 1.29',
    gives: ['60', '1.29', '61.29', '|', '0'],
    run() {
      const plan = metered({ minimumCommitment: { month: usd('100') } }, '1');
      const fixture = accountOn('a', '2026-01-01', [plan]);
      fixture.use(runs('160'));
      fixture.moveTo('2026-01-20T00:00:00.000Z');
      changeTo(fixture, 'free');
      const [ended, known] = [newest(fixture), fixture.invoices.size];
      fixture.moveTo('2026-02-01T00:00:00.000Z');
      return [...ended, '|', String(fixture.invoices.size - known)];
    },
  },
  {
    source: 'lago golden F04: an invoice of 100 with 30 paid by credit is void: 30 are back',
    gives: ['100', '-30', '70', '-30'],
    run() {
      const fixture = accountOn('free', '2026-06-01', []);
      bill(fixture, '-30');
      bill(fixture, '100');
      const lines = newest(fixture);
      fixture.decide((context) =>
        decideCloseInvoice(context, newestInvoice(fixture), { as: 'void', reason: 'Mistake' }),
      );
      return [...lines, carriedIn(fixture)];
    },
  },
  ...[false, true].map(
    (rolls): Figures => ({
      source: `PageSpace#1542: 60 are left and 100 granted; what is left carries over: ${rolls ? 'yes' : 'no'}`,
      gives: [rolls ? '160' : '100'],
      run() {
        const plan = paidPlan('a', 1, {
          monthlyCredits: '100',
          ...(rolls ? { creditsRollover: { cycles: 1 } } : {}),
        });
        const fixture = accountOn('a', '2026-06-01', [plan], {
          tools: [{ id: 'search', label: 'Search', prices: [{ amount: '1' }] }],
        });
        fixture.use([{ tool: 'search', calls: 40 }]);
        fixture.moveTo('2026-07-01T00:00:00.000Z');
        return [formatAmount(availableOf(fixture.state.wallet, 'credits'))];
      },
    }),
  ),
  {
    source:
      'lago golden F34: from 10 seats to 5 without a refund makes no invoice, and the numbers have no gap',
    gives: ['INV-1', 'INV-2', 'INV-3'],
    run() {
      const seats = { seat: { included: 0, max: 50, price: { month: usd('1') } } };
      const fixture = accountOn('a', '2026-06-01', [month('a', 1, '30', { seats })], {
        seatTypes: [{ id: 'seat', label: 'Seats', roles: ['member'] }],
      });
      for (const quantity of [10, 5]) fixture.run({ kind: 'seats', seatType: 'seat', quantity });
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      return [...fixture.invoices.values()].map(({ number }) => number);
    },
  },
  {
    source: 'Zuora, Partial period proration: 100 from 1 January, billed on the 15th: by actual days 145.16',
    instead: 'Every period begins on the 1st or at the start: 14 of 31 days to the 1st, and a month.',
    gives: ['45.16', '100', '145.16'],
    run() {
      const fixture = accountOn('a', '2026-01-18', [month('a', 1, '100')], { anchor: 'first_of_month' });
      fixture.moveTo('2026-02-01T00:00:00.000Z');
      const totals = [...fixture.invoices.values()].map(({ total }) => total);
      return [...totals, totals.reduce((sum, total) => sum + total, 0n)].map(formatAmount);
    },
  },
  {
    source: 'Lago, Credit notes: 50 + 20, a coupon of 10, a tenth of tax, a note of 20 and 30 prepaid: 16',
    instead: 'Coupons are lines of their own, and what was prepaid is on the balance, as the note is.',
    gives: ['50', '20', '-10', '6', '-50', '16'],
    run() {
      const fixture = accountOn('free', '2026-06-01', [], {
        billing: { taxes: [{ label: 'Tax', percent: '10' }] },
      });
      bill(fixture, '100');
      fixture.decide((context) =>
        decideCloseInvoice(context, newestInvoice(fixture), { as: 'paid', reason: 'Transfer' }),
      );
      for (const amount of ['20', '30'])
        fixture.decide((context) =>
          decideCreditNote(
            context,
            newestInvoice(fixture),
            {},
            {
              amount: parseAmount(amount),
              reason: 'Goodwill',
              give: 'balance',
            },
          ),
        );
      for (const amount of ['50', '20', '-10']) bill(fixture, amount, 'boundary');
      return newest(fixture.moveTo('2026-07-01T00:00:00.000Z'));
    },
  },
  {
    source: 'Lago, Graduated percentage: 500, 550 and 4,000 of 5,050 are charged 205, 306 and 80',
    instead:
      'A percentage of an amount is a rate by unit of it, and what is added to a step is its fixed price.',
    gives: ['205', '511', '591'],
    run: () =>
      ['500', '1050', '5050'].map((quantity) => {
        const steps = [
          { upTo: '500', amount: '0.01', flat: '200' },
          { upTo: '1050', amount: '0.02', flat: '295' },
          { upTo: null, amount: '0.02' },
        ];
        const { overageRate: _, ...limit } = limitOf('0', '1');
        const plan = paidPlan('a', 1, {
          limits: [{ ...limit, overageTiers: { mode: 'graduated', steps } }],
        });
        const fixture = accountOn('a', '2026-06-01', [plan]);
        fixture.use(runs(quantity));
        return formatAmount(newestInvoice(fixture.moveTo('2026-07-01T00:00:00.000Z')).total);
      }),
  },
  {
    source:
      'Browse AI, Upgrade proration: 48.75 to 123.75 at half time, a tenth of the credits left: pay 118.87',
    instead: 'What comes back follows the time alone, not the credits that are left: half of 48.75.',
    gives: ['-24.38', '123.75', '99.37'],
    run() {
      const fixture = accountOn('a', '2026-06-01', [month('a', 1, '48.75'), month('b', 2, '123.75')], {
        upgrade: { period: 'restart' },
      });
      fixture.moveTo('2026-06-16T00:00:00.000Z');
      changeTo(fixture, 'b');
      return newest(fixture);
    },
  },
];
