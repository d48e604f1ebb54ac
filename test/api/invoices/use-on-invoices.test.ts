import type {
  CatalogConfig,
  CustomLineAnswer,
  ExplainedInvoiceLine,
  Invoice,
  PlanConfig,
  Problem,
  SubscriptionChangeAnswer,
  UpcomingInvoice,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../support/plans-catalog.ts';
import { billedCatalog, newestInvoice, type PayingAccount, payingAccount } from './paying-account.ts';

const path = (end = '') => `/v1/accounts/acme${end}`;

const limits: PlanConfig['limits'] = [
  { metric: 'runs', included: '100', policy: 'overage', beyond: 'invoice', overageRate: { amount: '0.1' } },
  {
    metric: 'calls',
    included: '1000',
    policy: 'overage',
    beyond: 'invoice',
    overageRate: { amount: '0.5', per: 1_000 },
  },
  {
    metric: 'tasks',
    included: '10',
    policy: 'overage',
    beyond: 'invoice',
    overageRate: { amount: '2' },
    additionalUse: { default: 'off' },
  },
];

const meteredCatalog: CatalogConfig = {
  ...billedCatalog,
  metrics: [
    { id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } },
    { id: 'calls', label: 'Calls', unit: { one: 'call', other: 'calls' } },
    { id: 'tasks', label: 'Tasks', unit: { one: 'task', other: 'tasks' } },
  ],
  plans: [
    { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] },
    paidPlan('metered', 1, { price: { month: usd('30') }, limits }),
    paidPlan('wide', 2, {
      price: { month: usd('60') },
      limits: [
        {
          metric: 'runs',
          included: '500',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.05' },
        },
      ],
    }),
    paidPlan('committed', 3, {
      price: { month: usd('40') },
      minimumCommitment: { month: usd('100') },
      limits,
    }),
  ],
};

async function metered(planId = 'metered'): Promise<PayingAccount> {
  const account = await payingAccount('succeeds', { catalog: meteredCatalog });
  expect((await account.upgrade(planId)).status).toBe(200);
  return account;
}

const use = (account: PayingAccount, metric: string, quantity: string) =>
  account.server.post<Problem>('/v1/consume', { accountId: 'acme', items: [{ metric, quantity }] });

async function explain(account: PayingAccount, invoice: Invoice, index: number, query = '') {
  const line = path(`/invoices/${invoice.id}/lines/${invoice.lines[index]?.id}${query}`);
  const explained = await account.server.get<ExplainedInvoiceLine>(line);
  expect(explained.status).toBe(200);
  return explained.body;
}

/** Lines in short: kind, subject, quantity, amount. */
const short = ({ lines }: Invoice) =>
  lines.map(({ kind, subject, quantity, amount }) => `${kind} ${subject} ${quantity} ${amount.amount}`);

describe('what was used beyond the allowance, on invoices', () => {
  it('D1, D3, D9: is foretold, charged with the next fee at its rate, and never again', async () => {
    const account = await metered();
    await use(account, 'runs', '130');
    await use(account, 'calls', '2500');
    await account.later(10);
    const upcoming = await account.server.get<UpcomingInvoice>(path('/invoices/upcoming'));
    expect(short(upcoming.body.invoice)).toEqual([
      'overage Runs 30 3',
      'overage Calls 1500 0.75',
      'plan_fee metered 1 30',
    ]);
    // At the same pace: 390 runs and 7,500 calls in 30 days.
    expect(upcoming.body.projected).toMatchObject({
      total: { amount: '62.25' },
      overage: { amount: '32.25' },
      method: 'daily_rate',
    });
    await account.later(20);
    const invoice = await newestInvoice(account);
    expect(short(invoice)).toEqual(short(upcoming.body.invoice));
    expect(invoice).toMatchObject({ status: 'paid', total: { amount: '33.75' } });
    expect(invoice.lines.slice(0, 2)).toMatchObject([
      { metric: 'runs', rate: { amount: '0.1', currency: 'USD' }, ratePer: 1, unit: { other: 'runs' } },
      { metric: 'calls', rate: { amount: '0.5', currency: 'USD' }, ratePer: 1_000 },
    ]);
    expect([invoice.lines[0]?.periodStartsAt, invoice.lines[0]?.periodEndsAt]).toEqual([
      '2026-06-10T12:00:00.000Z',
      '2026-07-10T12:00:00.000Z',
    ]);
    await account.later(31);
    expect(short(await newestInvoice(account))).toEqual(['plan_fee metered 1 30']);
  });

  it('A2, A8: charges additional tasks in the cycle in which they ran, as far as the account allows them', async () => {
    const account = await metered();
    const token = await account.token();
    expect((await use(account, 'tasks', '10')).status).toBe(200);
    expect((await use(account, 'tasks', '1')).body).toMatchObject({ code: 'additional_use_exhausted' });
    const allow = (body: object) => account.server.put(path('/additional-use/tasks'), body, { token });
    expect((await allow({ mode: 'capped', cap: '3' })).status).toBe(200);
    expect((await use(account, 'tasks', '3')).status).toBe(200);
    expect((await use(account, 'tasks', '1')).status).not.toBe(200);
    expect(
      (await account.server.get<UpcomingInvoice>(path('/invoices/upcoming'))).body.invoice.lines[0],
    ).toMatchObject({ kind: 'additional_use', metric: 'tasks', quantity: '3', amount: { amount: '6' } });
    await account.later(30);
    expect(short(await newestInvoice(account))).toEqual([
      'additional_use Tasks 3 6',
      'plan_fee metered 1 30',
    ]);
    // The setting lives on, and what ran in June is not charged with July.
    expect((await use(account, 'tasks', '11')).status).toBe(200);
    await account.later(31);
    expect(short(await newestInvoice(account))).toEqual([
      'additional_use Tasks 1 2',
      'plan_fee metered 1 30',
    ]);
  });

  it('L114: puts what is reported late on the next invoice, as a line of its own, once', async () => {
    const account = await metered();
    await use(account, 'runs', '120');
    await account.later(31);
    const event = {
      id: 'late-1',
      at: '2026-07-01T00:00:00.000Z',
      accountId: 'acme',
      items: [{ metric: 'runs', quantity: '5' }],
    };
    for (let times = 0; times < 2; times++) await account.server.post('/v1/events', { events: [event] });
    await account.later(31);
    const invoice = await newestInvoice(account);
    expect(short(invoice)).toEqual(['late_usage Runs 5 0.5', 'plan_fee metered 1 30']);
    expect(invoice.lines[0]?.periodEndsAt).toBe('2026-07-10T12:00:00.000Z');
    const explained = await explain(account, invoice, 0);
    expect(explained.uses.items).toMatchObject([{ at: '2026-07-01T00:00:00.000Z', quantity: '5' }]);
    await account.later(31);
    expect(short(await newestInvoice(account))).toEqual(['plan_fee metered 1 30']);
  });

  it('D7: bills with an upgrade what was used to that date, and afterwards only what is used from then on', async () => {
    const account = await metered();
    await use(account, 'runs', '150');
    await account.later(15);
    await account.upgrade('wide');
    expect(short(await newestInvoice(account))).toEqual([
      'overage Runs 50 5',
      'proration_credit metered 1 -15',
      'proration_charge wide 1 30',
    ]);
    await use(account, 'runs', '450');
    await account.later(15);
    const invoice = await newestInvoice(account);
    expect(short(invoice)).toEqual(['overage Runs 50 2.5', 'plan_fee wide 1 60']);
    expect(invoice.lines[0]?.periodStartsAt).toBe('2026-06-25T12:00:00.000Z');
  });

  it('D7, L230: gives back after an upgrade what a voided use before it cost, at the price of that time', async () => {
    const account = await metered();
    await use(account, 'runs', '100');
    const mistake = await use(account, 'runs', '30');
    await account.later(15);
    await account.upgrade('wide');
    const { id: usageId } = mistake.body as unknown as { id: string };
    const voided = await account.server.post(path('/voids'), { use: { usageId }, reason: 'Twice' });
    expect(voided.status).toBe(201);
    await account.later(15);
    const invoice = await newestInvoice(account);
    expect(short(invoice)).toEqual(['late_usage Runs -30 -3', 'plan_fee wide 1 60']);
    const [line] = invoice.lines;
    expect([line?.periodStartsAt, line?.periodEndsAt]).toEqual([
      '2026-06-10T12:00:00.000Z',
      '2026-06-25T12:00:00.000Z',
    ]);
    expect((await explain(account, invoice, 0)).uses.items.map(({ quantity }) => quantity)).toEqual(['-30']);
  });

  it('L116: bills what a period is short of its minimum, on top of fee and use', async () => {
    const account = await metered('committed');
    await use(account, 'runs', '300');
    await account.later(30);
    const invoice = await newestInvoice(account);
    expect(short(invoice)).toEqual([
      'overage Runs 200 20',
      'minimum_commitment committed 1 40',
      'plan_fee committed 1 40',
    ]);
    expect(invoice.total.amount).toBe('100');
  });
});

describe('a line of an invoice', () => {
  it('F11: is explained down to the uses whose units add up to its quantity, before and after an upgrade', async () => {
    const account = await metered();
    for (const quantity of ['90', '30', '20']) await use(account, 'runs', quantity);
    const mistake = await use(account, 'runs', '8');
    const { id: usageId } = mistake.body as unknown as { id: string };
    const voided = await account.server.post(path('/voids'), { use: { usageId }, reason: 'Twice' });
    expect(voided.status).toBe(201);
    await account.later(15);
    await account.upgrade('wide');
    await use(account, 'runs', '440');
    await account.later(15);
    const [second, first] = (await account.invoices()) as [Invoice, Invoice];
    const overage = await explain(account, first, 0);
    expect(overage).toMatchObject({
      line: { quantity: '40', amount: { amount: '4' } },
      price: '0.1 USD per 1',
      of: null,
      isComplete: true,
    });
    expect(overage.uses.items.map(({ quantity }) => quantity)).toEqual(['20', '20', '8', '-8']);
    expect(first.lines[1]?.kind).toBe('proration_credit');
    expect(await explain(account, first, 1)).toMatchObject({
      of: { amount: '30' },
      price: '30 USD',
      uses: { items: [] },
    });
    const later = await explain(account, second, 0);
    expect(later.uses.items.map(({ quantity }) => quantity)).toEqual(['40']);
    const [usage] = later.uses.items;
    const entry = await account.server.get(path(`/explain/${usage?.usageId}`));
    expect(entry.body).toMatchObject({ usage: { counts: [{ metric: 'runs', quantity: '440' }] } });
    const none = await account.server.get<Problem>(path(`/invoices/${first.id}/lines/none`));
    expect([none.status, none.body.code]).toEqual([404, 'not_found']);
    const member = await account.server.member('acme', 'mia', { role: 'member' });
    const line = path(`/invoices/${first.id}/lines/${first.lines[0]?.id}`);
    expect((await account.server.get(line, member)).status).toBe(403);
  });

  it('F11: is explained page by page, without losing a use', async () => {
    const account = await metered();
    for (let runs = 0; runs < 7; runs++) await use(account, 'runs', '20');
    await account.later(30);
    const invoice = await newestInvoice(account);
    const quantities: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ExplainedInvoiceLine = await explain(account, invoice, 0, `?limit=2${cursor}`);
      quantities.push(...page.uses.items.map(({ quantity }) => quantity));
      cursor = page.uses.nextCursor === null ? null : `&cursor=${page.uses.nextCursor}`;
    }
    expect(quantities).toEqual(['20', '20']);
    expect(invoice.lines[0]?.quantity).toBe('40');
  });
});

describe('custom lines', () => {
  it('L210, B14: are billed once, at once or with the next invoice, for their key', async () => {
    const account = await metered();
    const now = { subject: 'Workshop', amount: '450', when: 'now', reason: 'Order 12' };
    const sent = { key: 'line-1' };
    const made = await account.server.post<CustomLineAnswer>(path('/invoice-lines'), now, sent);
    expect([made.status, made.body.invoice && short(made.body.invoice)]).toEqual([
      201,
      ['custom Workshop 1 450'],
    ]);
    const again = await account.server.post<CustomLineAnswer>(path('/invoice-lines'), now, sent);
    expect(again.body).toEqual(made.body);
    await account.server.app.tick();
    expect(await newestInvoice(account)).toMatchObject({ status: 'paid', total: { amount: '450' } });
    const later = await account.server.post<CustomLineAnswer>(path('/invoice-lines'), {
      subject: 'Goodwill for the outage',
      amount: '-4.5',
      periodStartsAt: '2026-06-01T00:00:00.000Z',
      periodEndsAt: '2026-06-02T00:00:00.000Z',
    });
    expect(later.body).toEqual({ invoice: null, invoicedAt: '2026-07-10T12:00:00.000Z' });
    await account.later(30);
    const invoice = await newestInvoice(account);
    expect(short(invoice)).toEqual(['custom Goodwill for the outage 1 -4.5', 'plan_fee metered 1 30']);
    expect(invoice.total.amount).toBe('25.5');
  });

  it('L210, B14: come in every period with a contract, by their part at first, and end with it', async () => {
    const account = await metered();
    await account.later(15);
    const terms = {
      lines: [{ id: 'support', label: 'Support', price: { month: usd('100') }, quantity: 2 }],
    };
    const changed = await account.server.put<SubscriptionChangeAnswer>(path('/contract'), {
      label: 'C-1',
      terms,
    });
    expect(changed.body.change.lines).toMatchObject([
      {
        kind: 'custom',
        label: 'Support',
        quantity: '2',
        amount: { amount: '100' },
        part: { of: 15, whole: 30 },
      },
    ]);
    await account.later(15);
    expect(short(await newestInvoice(account))).toEqual(['plan_fee metered 1 30', 'custom Support 2 200']);
    await account.server.send('DELETE', path('/contract'));
    await account.later(31);
    expect(short(await newestInvoice(account))).toEqual(['plan_fee metered 1 30', 'balance null null -30']);
    const twice = { lines: [...terms.lines, ...terms.lines] };
    const refused = await account.server.put<Problem>(path('/contract'), { label: 'C-2', terms: twice });
    expect(refused.body.invalidParameters?.map(({ pointer }) => pointer)).toEqual(['/terms/lines/1/id']);
  });

  it.each([
    [{ amount: '0' }, 'invalid_request'],
    [{ amount: '0.001' }, 'invalid_request'],
    [
      { amount: '1', periodStartsAt: '2026-06-02T00:00:00.000Z', periodEndsAt: '2026-06-01T00:00:00.000Z' },
      'invalid_request',
    ],
    [{ amount: '1', currency: 'EUR' }, 'invalid_request'],
  ])('refuses %j', async (body, code) => {
    const account = await metered();
    const refused = await account.server.post<Problem>(path('/invoice-lines'), { subject: 'Setup', ...body });
    expect([refused.status, refused.body.code]).toEqual([400, code]);
    const token = await account.token();
    const own = await account.server.post<Problem>(path('/invoice-lines'), body, { token });
    expect(own.status).toBe(403);
  });
});
