import type { CatalogConfig, Problem, SubscriptionChangeAnswer } from '@usagekit/server/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { invoicedRuns, paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  seatTypes: [{ id: 'power', label: 'Power seats', roles: ['owner', 'member'] }],
  addOns: [
    {
      id: 'pack',
      label: 'Task pack',
      price: { month: usd('10') },
      allowance: { metric: 'runs', quantity: '50' },
      quantityMax: 5,
    },
  ],
  plans: [
    ...plansCatalogConfig.plans,
    paidPlan('pro-plus', 7, {
      price: { month: usd('60') },
      limits: [invoicedRuns],
      seats: { power: { included: 1, max: 6, price: { month: usd('6') } } },
      dedicatedIps: { price: { month: usd('3') }, max: 3 },
    }),
  ],
};

let server: TestServer;
let token: string;
const base = '/v1/accounts/acme';

/** Everything that a command on the subscription could have changed. */
const everything = async () => {
  const paths = ['subscription', 'invoices', 'activity', 'members', 'credits'];
  const answers = await Promise.all(paths.map((path) => server.get<object>(`${base}/${path}`)));
  return answers.map(({ body }) => body);
};

beforeEach(async () => {
  server = createTestServer({ catalog });
  await server.account('other', { planId: 'pro-plus' });
  await server.put('/v1/accounts/other/dedicated-ips', { quantity: 2 });
  await server.account('acme', { planId: 'pro-plus' });
  token = await server.member('acme', 'olga', { role: 'owner' });
  await server.put(`${base}/seats/power`, { quantity: 2 }, { token });
  for (const id of ['ben', 'cyd']) await server.member('acme', id);
  await server.put(`${base}/dedicated-ips`, { quantity: 1 }, { token });
  await server.put(`${base}/dedicated-ips/ip-1`, { agentId: 'scout' }, { token });
});

describe('a change of the subscription that cannot be', () => {
  it.each<[string, 'POST' | 'PUT' | 'DELETE', string, unknown, number, string]>([
    ['a plan that is not there', 'POST', 'subscription/change', { planId: 'gold' }, 422, 'unknown_plan'],
    ['the plan that it is on', 'POST', 'subscription/change', { planId: 'pro-plus' }, 409, 'conflict'],
    [
      'an interval without a price',
      'POST',
      'subscription/change',
      { planId: 'pro-plus', interval: 'year' },
      400,
      'invalid_request',
    ],
    ['fewer seats than are taken', 'PUT', 'seats/power', { quantity: 1 }, 409, 'conflict'],
    ['fewer seats than none', 'PUT', 'seats/power', { quantity: -1 }, 400, 'invalid_request'],
    ['a fraction of a seat', 'PUT', 'seats/power', { quantity: 2.5 }, 400, 'invalid_request'],
    ['more seats than are sold', 'PUT', 'seats/power', { quantity: 9 }, 400, 'invalid_request'],
    ['less than no add-on', 'PUT', 'add-ons/pack', { quantity: -2 }, 400, 'invalid_request'],
    ['half an add-on', 'PUT', 'add-ons/pack', { quantity: 0.5 }, 400, 'invalid_request'],
    ['more add-ons than are sold', 'PUT', 'add-ons/pack', { quantity: 6 }, 400, 'invalid_request'],
    ['an add-on that is not there', 'PUT', 'add-ons/gold', { quantity: 1 }, 400, 'invalid_request'],
    ['less than no address', 'PUT', 'dedicated-ips', { quantity: -1 }, 400, 'invalid_request'],
    ['half an address', 'PUT', 'dedicated-ips', { quantity: 1.5 }, 400, 'invalid_request'],
    ['no address while one is assigned', 'PUT', 'dedicated-ips', { quantity: 0 }, 409, 'conflict'],
    ['the removal of an assigned address', 'DELETE', 'dedicated-ips/ip-1', undefined, 409, 'conflict'],
    ['an address of another account', 'PUT', 'dedicated-ips/ip-2', { agentId: 'clerk' }, 404, 'not_found'],
    ['an address for no agent', 'PUT', 'dedicated-ips/ip-1', { agentId: '' }, 400, 'invalid_request'],
    [
      'a cap below nothing',
      'PUT',
      'additional-use/runs',
      { mode: 'capped', cap: '-1' },
      400,
      'invalid_request',
    ],
    ['a cap that is not named', 'PUT', 'additional-use/runs', { mode: 'capped' }, 400, 'invalid_request'],
    ['a limit below nothing', 'PUT', 'limits/runs', { limit: '-1' }, 400, 'invalid_request'],
    ['a limit of no metric', 'PUT', 'limits/faxes', { limit: '1' }, 422, 'unknown_metric'],
    ['an alert below nothing', 'PUT', 'alerts/runs', { amounts: ['-1'] }, 400, 'invalid_request'],
    ['a share for nobody', 'PUT', 'members/nobody', { allocations: { runs: '5' } }, 404, 'member_not_found'],
    ['a share below nothing', 'PUT', 'members/ben', { allocations: { runs: '-5' } }, 400, 'invalid_request'],
    ['resuming what goes on', 'POST', 'subscription/resume', undefined, 409, 'conflict'],
  ])('is refused by its name and changes nothing: %s', async (_name, method, path, body, status, code) => {
    const before = await everything();
    const sent = await server.send<Problem>(method, `${base}/${path}`, body, {
      token,
      ...(method === 'POST' && { key: 'once' }),
    });
    expect([sent.status, sent.body.code]).toEqual([status, code]);
    expect(sent.body.detail).not.toBe('');
    expect(await everything()).toEqual(before);
  });

  it('takes a limit below what is used, and tells that it blocks at once', async () => {
    await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'runs', quantity: '80' }] });
    const set = await server.put<SubscriptionChangeAnswer>(`${base}/limits/runs`, { limit: '50' }, { token });
    expect([set.status, set.body.change.blocks]).toEqual([200, ['runs']]);
  });
});

describe('two changes at once', () => {
  const change = (planId: string, key: string) =>
    server.post<SubscriptionChangeAnswer & Problem>(
      `${base}/subscription/change`,
      { planId },
      { token, key },
    );

  it('under one key are done once, and under one key with two contents one of them is', async () => {
    const same = await Promise.all([change('max', 'one'), change('max', 'one'), change('max', 'one')]);
    expect(same.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { body } of same) expect(body).toEqual(same[0].body);
    const two = await Promise.all([change('basic', 'two'), change('pro', 'two')]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(two.find(({ status }) => status === 422)?.body.code).toBe('idempotency_key_reused');
  });

  it('under two keys are done one after the other: of two to the same plan one is refused', async () => {
    await server.account('third', { planId: 'basic' });
    const third = '/v1/accounts/third';
    const invoices = async () => (await server.get<{ items: object[] }>(`${third}/invoices`)).body.items;
    const upgrade = (key: string) => server.post(`${third}/subscription/change`, { planId: 'max' }, { key });
    const before = await invoices();
    const both = await Promise.all([upgrade('one'), upgrade('two')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await invoices()).length - before.length).toBe(1);
  });
});
