import type {
  CatalogConfig,
  Problem,
  PurchaseAnswer,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../support/plans-catalog.ts';
import { billedCatalog, type PayingAccount, payingAccount } from '../invoices/paying-account.ts';

/** A catalog in which everything that is sold costs this much. */
const catalogAt = (price: string): CatalogConfig => ({
  ...billedCatalog,
  seatTypes: [{ id: 'power', label: 'Power seats', roles: [] }],
  plans: [
    ...billedCatalog.plans,
    paidPlan('plus', 7, {
      price: { month: usd('60') },
      seats: { power: { included: 1, max: 9, price: { month: usd(price) } } },
      limits: [{ metric: 'runs', included: '100', policy: 'hard' }],
      dedicatedIps: { price: { month: usd(price) } },
    }),
    paidPlan('premium', 8, { price: { month: usd(price) } }),
  ],
  addOns: [
    {
      id: 'extra',
      label: 'Extra runs',
      price: { month: usd(price) },
      allowance: { metric: 'runs', quantity: '10' },
    },
  ],
  creditPacks: [{ id: 'hundred', label: '100 credits', credits: '100', price: usd(price) }],
});

const path = (of: string) => `/v1/accounts/acme${of}`;
const withPrice = (price: string) => payingAccount('succeeds', { catalog: catalogAt(price) });
const sellAt = async ({ server }: PayingAccount, price: string) =>
  expect(await server.put('/v1/catalog', catalogAt(price))).toMatchObject({ status: 200 });

async function buy(account: PayingAccount, body: object | undefined, key: string) {
  const token = await account.token();
  return account.server.post<PurchaseAnswer & Problem>(path('/credit-packs/hundred/purchase'), body, {
    token,
    key,
  });
}

async function change(account: PayingAccount, [method, of, body]: [string, string, object], key: string) {
  const token = await account.token();
  return account.server.send<SubscriptionChangeAnswer & Problem>(method, path(of), body, { token, key });
}

async function dueNowOf(account: PayingAccount, command: SubscriptionCommand) {
  const answer = await account.server.post<SubscriptionChange>(path('/subscription/preview'), command);
  return answer.body.dueNow;
}

describe('a pack with the total that its buyer saw', () => {
  it('L241: is refused before anything is charged where it costs more now, and says both sums', async () => {
    const account = await withPrice('7');
    await sellAt(account, '9');
    const refused = await buy(account, { expectedTotal: usd('7') }, 'dialog-1');
    expect([refused.status, refused.body.code]).toEqual([409, 'total_changed']);
    expect(refused.body.detail).toBe('The total is 9 USD now; 7 USD was expected');
    expect(refused.body.invalidParameters).toEqual([
      { pointer: '/expectedTotal', detail: refused.body.detail, accepted: 'at least 9 USD' },
    ]);
    expect(account.charges).toEqual([]);
    expect((await buy(account, { expectedTotal: usd('7') }, 'dialog-1')).body.code).toBe('total_changed');
    const bought = await buy(account, { expectedTotal: usd('9') }, 'dialog-2');
    expect(bought.body.purchase).toMatchObject({ status: 'succeeded', total: usd('9') });
    expect(account.charges).toHaveLength(1);
  });

  it('L241: is refused in another currency, and bought where it costs the same or less', async () => {
    const account = await withPrice('7');
    const euros = { amount: '7', currency: 'EUR' };
    expect((await buy(account, { expectedTotal: euros }, 'euros')).body.code).toBe('total_changed');
    await sellAt(account, '6');
    for (const seen of ['6', '7']) {
      const bought = await buy(account, { expectedTotal: usd(seen) }, `saw-${seen}`);
      expect(bought.body.purchase).toMatchObject({ status: 'succeeded', total: usd('6') });
    }
  });

  it('L241: answers a repeat as the first time, whatever the pack costs by then', async () => {
    const account = await withPrice('7');
    const first = await buy(account, { expectedTotal: usd('7') }, 'dialog-1');
    await sellAt(account, '9');
    expect((await buy(account, { expectedTotal: usd('7') }, 'dialog-1')).body).toEqual(first.body);
    expect(account.charges).toHaveLength(1);
  });

  it('L241: is not bought by itself where one charge costs more than its settings showed', async () => {
    const account = await withPrice('7');
    const save = async (seen: string, enabled = true) =>
      account.server.put<Problem>(
        path('/auto-top-up'),
        { enabled, threshold: '50', packId: 'hundred', expectedTotal: usd(seen) },
        { token: await account.token() },
      );
    expect((await save('6.99')).body.code).toBe('total_changed');
    expect(account.charges).toEqual([]);
    expect((await save('7')).status).toBe(200);
    await account.server.app.tick();
    expect(account.charges.map(({ amount }) => amount)).toEqual([7_000_000n]);
    expect((await save('1', false)).status).toBe(200);
  });

  it('is bought at its price where nobody says a total, with an empty body or none', async () => {
    const account = await withPrice('7');
    for (const [key, body] of Object.entries({ none: undefined, empty: {} }))
      expect((await buy(account, body, key)).body.purchase.total).toEqual(usd('7'));
    const wrong = await buy(account, { expectedTotal: '7' }, 'wrong');
    expect([wrong.status, wrong.body.invalidParameters?.[0]?.pointer]).toEqual([400, '/expectedTotal']);
  });
});

describe('a change of the subscription with the total that its preview showed', () => {
  const changes: [SubscriptionCommand, [string, string, object]][] = [
    [{ kind: 'change_plan', planId: 'premium' }, ['POST', '/subscription/change', { planId: 'premium' }]],
    [{ kind: 'seats', seatType: 'power', quantity: 2 }, ['PUT', '/seats/power', { quantity: 2 }]],
    [{ kind: 'add_on', addOnId: 'extra', quantity: 1 }, ['PUT', '/add-ons/extra', { quantity: 1 }]],
    [{ kind: 'dedicated_ips', quantity: 1 }, ['PUT', '/dedicated-ips', { quantity: 1 }]],
  ];

  it.each(changes)(
    'L241: is charged what was seen, and a repeat gives the same: %j',
    async (command, call) => {
      const account = await withPrice('80');
      await account.upgrade('plus');
      const expectedTotal = await dueNowOf(account, command);
      const [method, of, body] = call;
      const made = await change(account, [method, of, { ...body, expectedTotal }], 'dialog-1');
      expect([made.status, made.body.payment?.amount]).toEqual([200, expectedTotal]);
      await sellAt(account, '90');
      const again = await change(account, [method, of, { ...body, expectedTotal }], 'dialog-1');
      expect(again.text).toBe(made.text);
      expect(account.charges).toHaveLength(2);
    },
  );

  it.each(changes)(
    'L241: is refused before anything is charged where it costs more: %j',
    async (command, call) => {
      const account = await withPrice('80');
      await account.upgrade('plus');
      const due = await dueNowOf(account, command);
      const [method, of, body] = call;
      const expectedTotal = { ...due, amount: String(Number(due.amount) - 0.01) };
      const refused = await change(account, [method, of, { ...body, expectedTotal }], 'dialog-1');
      expect([refused.status, refused.body.code]).toEqual([409, 'total_changed']);
      expect(refused.body.detail).toBe(
        `The total is ${due.amount} USD now; ${expectedTotal.amount} USD was expected`,
      );
      expect(account.charges).toHaveLength(1);
      expect(await dueNowOf(account, command)).toEqual(due);
    },
  );

  it('L241, B11: ends a trial that pauses for what was seen, and not for more', async () => {
    const tried: CatalogConfig = {
      ...billedCatalog,
      plans: [
        ...billedCatalog.plans,
        paidPlan('tried', 7, { price: { month: usd('60') }, trial: { days: 10 } }),
      ],
    };
    const account = await payingAccount('succeeds', { catalog: tried });
    await account.upgrade('tried');
    const due = await dueNowOf(account, { kind: 'end_trial' });
    expect(due.amount).not.toBe('0');
    const end = (amount: string, key: string) =>
      change(account, ['POST', '/subscription/trial/end', { expectedTotal: { ...due, amount } }], key);
    const refused = await end('1', 'dialog-1');
    expect([refused.status, refused.body.code]).toEqual([409, 'total_changed']);
    expect(refused.body.invalidParameters?.[0]?.pointer).toBe('/expectedTotal');
    const ended = await end(due.amount, 'dialog-2');
    expect(ended.body).toMatchObject({ change: { dueNow: due }, subscription: { status: 'active' } });
    expect((await end('1', 'dialog-2')).status).toBe(422);
    expect((await end(due.amount, 'dialog-2')).text).toBe(ended.text);
  });

  it('L241: is refused where the plan has another price than when it was looked at', async () => {
    const account = await withPrice('80');
    const command = { kind: 'change_plan', planId: 'premium' } as const;
    const expectedTotal = await dueNowOf(account, command);
    await sellAt(account, '90');
    const call: [string, string, object] = [
      'POST',
      '/subscription/change',
      { planId: 'premium', expectedTotal },
    ];
    expect((await change(account, call, 'dialog-1')).body.code).toBe('total_changed');
    expect(account.charges).toEqual([]);
  });
});
