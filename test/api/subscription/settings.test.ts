import type {
  CatalogConfig,
  Member,
  Problem,
  Subscription,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { invoicedRuns, paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  seatTypes: [{ id: 'power', label: 'Power seats', roles: ['member'] }],
  capacities: [
    { id: 'machines', label: 'Concurrent machines', unit: { one: 'machine', other: 'machines' } },
    { id: 'sizes', label: 'Machine types', kind: 'choice', choices: { small: 'Small', large: 'Large' } },
  ],
  addOns: [
    {
      id: 'pack',
      label: 'Task pack',
      price: { month: usd('10') },
      allowance: { metric: 'runs', quantity: '50' },
    },
  ],
  plans: [
    paidPlan('pro', 1, {
      price: { month: usd('60') },
      limits: [invoicedRuns],
      seats: { power: { included: 1, max: 3, price: { month: usd('6') } } },
      dedicatedIps: { price: { month: usd('3') } },
      capacities: { machines: '5', sizes: ['small'] },
      warnings: ['Large machines can cost much.'],
    }),
  ],
};

async function scene() {
  const server = createTestServer({ catalog });
  await server.account('acme');
  await server.account('other');
  const token = await server.member('acme', 'ada', { role: 'admin' });
  const put = <Body = SubscriptionChangeAnswer>(path: string, body: object, by = token) =>
    server.put<Body>(`/v1/accounts/acme/${path}`, body, { token: by });
  const get = async () => (await server.get<Subscription>('/v1/accounts/acme/subscription', token)).body;
  const consume = (quantity: string) =>
    server.post<Problem & { reason: string }>('/v1/consume', {
      accountId: 'acme',
      items: [{ metric: 'runs', quantity }],
    });
  return { server, token, put, get, consume };
}

describe('what is bought and set', () => {
  it('A1, A5: is shown in one answer, with what it costs', async () => {
    const { put, get } = await scene();
    expect((await put('seats/power', { quantity: 2 })).body.change.dueNow.amount).toBe('12');
    expect((await put('add-ons/pack', { quantity: 1 })).body.change.dueNow.amount).toBe('10');
    expect((await put('dedicated-ips', { quantity: 1 })).body.change.lines).toMatchObject([
      { kind: 'dedicated_ips', quantity: '1', amount: { amount: '3' } },
    ]);
    expect(await get()).toMatchObject({
      seats: [{ seatType: 'power', included: 1, bought: 2, taken: 0, max: 3, price: { amount: '6' } }],
      addOns: [
        { addOnId: 'pack', quantity: 1, quantityNext: 1, allowance: { metric: 'runs', quantity: '50' } },
      ],
      dedicatedIps: { items: [{ id: 'ip-1', agentId: null, endsAt: null }], price: { amount: '3' } },
      additionalUse: [{ metric: 'runs', mode: 'off', cap: null }],
      capacities: [
        { id: 'machines', value: '5', choices: null },
        { id: 'sizes', value: null, choices: ['Small'] },
      ],
      warnings: ['Large machines can cost much.'],
      canManage: true,
    });
  });

  it('A2, D10: opens and closes additional use at the gate, with the way to it in the refusal', async () => {
    const { put, consume } = await scene();
    expect((await consume('100')).status).toBe(200);
    const refused = await consume('1');
    expect(refused).toMatchObject({ status: 402, body: { code: 'additional_use_exhausted' } });
    // More of it can be allowed, or packs bought; there is no higher plan.
    expect(refused.body.refusal?.actions.map(({ kind }) => kind)).toEqual([
      'raise_limit',
      'manage_plan',
      'wait',
    ]);
    await put('additional-use/runs', { mode: 'capped', cap: '5' });
    expect((await consume('5')).status).toBe(200);
    expect((await consume('1')).status).toBe(402);
    expect((await put('additional-use/runs', { mode: 'capped' })).status).toBe(400);
  });

  it('D5: blocks at the limit that a member with the right sets', async () => {
    const { put, consume, get } = await scene();
    await put('additional-use/runs', { mode: 'unlimited' });
    await consume('150');
    const set = await put('limits/runs', { limit: '120' });
    expect(set.body.change.blocks).toEqual(['runs']);
    expect(await consume('1')).toMatchObject({ status: 429, body: { code: 'account_limit_reached' } });
    expect((await get()).ownLimits).toMatchObject([{ metric: 'runs', limit: '120' }]);
    await put('limits/runs', { limit: null });
    expect((await consume('1')).status).toBe(200);
  });

  it('D6: alerts at credits as at a metric, and shows those only to who may see the balance', async () => {
    const views = { manager: { plan: true, manage: true, balance: false } } as const;
    const server = createTestServer({ catalog: { ...smallCatalogConfig, views } });
    await server.account('acme', { planId: 'pro' });
    const token = await server.member('acme', 'ada', { role: 'admin' });
    const without = await server.member('acme', 'mia', { role: 'manager' });
    const account = '/v1/accounts/acme';
    expect((await server.put(`${account}/alerts/credits`, { amounts: ['9', '4'] }, { token })).status).toBe(
      200,
    );
    await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 2 }] });
    const alertsOf = async (by: string) =>
      (await server.get<Subscription>(`${account}/subscription`, by)).body.alerts;
    expect(await alertsOf(token)).toEqual([
      {
        metric: 'credits',
        label: 'credits',
        unit: { one: 'credit', other: 'credits' },
        amounts: [
          { amount: '4', told: true },
          { amount: '9', told: false },
        ],
      },
    ]);
    expect(await alertsOf(without)).toEqual([]);
    const refused = await server.put(`${account}/alerts/credits`, { amounts: ['1'] }, { token: without });
    expect(refused.status).toBe(403);
    // Credits have no limit of the account's own.
    expect((await server.put(`${account}/limits/credits`, { limit: '9' }, { token })).status).toBe(422);
  });

  it('A4: assigns an address of the account, and of no other', async () => {
    const { server, token, put } = await scene();
    await put('dedicated-ips', { quantity: 2 });
    expect((await put('dedicated-ips/ip-1', { agentId: 'scout' })).status).toBe(200);
    const path = '/v1/accounts/acme/dedicated-ips/ip-1';
    const removed = await server.send<Problem>('DELETE', path, undefined, { token });
    expect(removed).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const other = await server.put<Problem>('/v1/accounts/other/dedicated-ips/ip-1', { agentId: 'scout' });
    expect(other).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('E9: refuses an invitation beyond the seats, and nothing else', async () => {
    const { server, put, consume } = await scene();
    const invite = (id: string) =>
      server.post<Member & Problem>('/v1/accounts/acme/members', { id, role: 'member' });
    expect((await invite('ben')).body).toMatchObject({ id: 'ben', seatType: 'power' });
    expect(await invite('cyd')).toMatchObject({ status: 409, body: { code: 'no_free_seat' } });
    expect((await invite('ben')).status).toBe(409);
    expect((await consume('1')).status).toBe(200);
    await put('seats/power', { quantity: 1 });
    expect((await invite('cyd')).status).toBe(201);
    expect((await put('seats/power', { quantity: 0 })).status).toBe(409);
  });

  it('refuses negative and fractional numbers, and what is not sold', async () => {
    const { put } = await scene();
    for (const quantity of [-1, 1.5, '2']) expect((await put('seats/power', { quantity })).status).toBe(400);
    expect((await put('seats/gold', { quantity: 1 })).status).toBe(400);
    expect((await put('seats/power', { quantity: 3 })).status).toBe(400);
    expect((await put('add-ons/none', { quantity: 1 })).status).toBe(400);
    expect((await put('limits/none', { limit: '1' })).status).toBe(422);
  });

  it('does one of two changes at once, whatever their keys', async () => {
    const { server, token, put, get } = await scene();
    const both = await Promise.all([
      put('seats/power', { quantity: 2 }),
      put('seats/power', { quantity: 2 }),
    ]);
    const due = both.map(({ body }) => body.change.dueNow.amount).sort();
    expect(due).toEqual(['0', '12']);
    const cancel = (key: string) =>
      server.post('/v1/accounts/acme/subscription/cancel', undefined, { token, key });
    const same = await Promise.all([cancel('one'), cancel('one')]);
    expect(same.map(({ status }) => status)).toEqual([200, 200]);
    expect((await cancel('two')).status).toBe(409);
    expect((await get()).scheduled?.kind).toBe('cancel');
  });
});

describe('what the product team alone does', () => {
  it('A6, B14: is refused to every member', async () => {
    const { server, token } = await scene();
    const owner = await server.member('acme', 'olga', { role: 'owner' });
    for (const by of [token, owner]) {
      const contract = await server.put(
        '/v1/accounts/acme/contract',
        { label: 'C', terms: {} },
        { token: by },
      );
      expect(contract.status).toBe(403);
      for (const [end, body] of [
        ['trial', { days: 3 }],
        ['move', {}],
      ] as const)
        expect((await server.post(`/v1/accounts/acme/subscription/${end}`, body, { token: by })).status).toBe(
          403,
        );
      const command = { kind: 'contract', label: 'C', terms: {} };
      const preview = await server.post('/v1/accounts/acme/subscription/preview', command, { token: by });
      expect(preview.status).toBe(403);
      const standing = await server.put(
        '/v1/accounts/acme/payment-standing',
        { standing: 'paid' },
        { token: by },
      );
      expect(standing.status).toBe(403);
    }
  });

  it('B14: signs a contract, whose every mistake is told', async () => {
    const { server } = await scene();
    const terms = {
      price: { month: usd('30') },
      limits: [{ metric: 'runs', included: null, policy: 'unlimited' }],
    };
    const signed = await server.put<SubscriptionChangeAnswer>('/v1/accounts/acme/contract', {
      label: 'C-7',
      terms,
    });
    expect(signed.body.subscription).toMatchObject({ contract: 'C-7', price: { amount: '30' } });
    const wrong = await server.put<Problem>('/v1/accounts/acme/contract', {
      label: 'C-8',
      terms: { limits: [{ metric: 'gold', included: '1', policy: 'hard' }], capacities: { gold: '1' } },
    });
    expect(wrong.body.invalidParameters?.map(({ pointer }) => pointer)).toEqual([
      '/terms/limits/0/metric',
      '/terms/capacities/gold',
    ]);
    const ended = await server.send<SubscriptionChangeAnswer>('DELETE', '/v1/accounts/acme/contract');
    expect(ended.body.subscription.contract).toBeNull();
  });

  it('B4: says how the account stands with payments that are collected elsewhere', async () => {
    const { server } = await scene();
    const path = '/v1/accounts/acme/payment-standing';
    const owes = await server.put<Subscription>(path, { standing: 'past_due' });
    expect(owes.body.status).toBe('past_due');
    expect((await server.put<Subscription>(path, { standing: 'paid' })).body.status).toBe('active');
  });
});
