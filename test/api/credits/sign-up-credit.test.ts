import type { CatalogConfig, Credits, Problem } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

/** AI priced in dollars, five of them at sign-up, and nothing for sale. */
const catalog: CatalogConfig = {
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  pricedIn: 'money',
  metrics: [{ id: 'pages', label: 'PDF pages', unit: { one: 'page', other: 'pages' } }],
  modelTiers: [{ id: 'standard', label: 'Standard', rank: 1 }],
  models: [
    { id: 'core-1', label: 'Core 1', provider: 'acme', tier: 'standard', prices: [{ perRequest: '2' }] },
  ],
  metricRates: [{ metric: 'pages', prices: [{ amount: '0.01' }] }],
  plans: [{ id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [], packs: false }],
  signUpCredit: { amount: '5', unit: 'money', scope: { kinds: ['llm'] } },
};

const runAi = { accountId: 'acme', items: [{ model: 'core-1' }] };

async function serverWith(signUpCreditEligible: boolean) {
  const server = createTestServer({ catalog });
  await server.account('acme', { signUpCreditEligible });
  const balance = async () => (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;
  return { server, balance };
}

describe('the sign-up credit', () => {
  it('D11: is granted by itself, once, to an eligible account, in money', async () => {
    const { server, balance } = await serverWith(true);
    expect(await balance()).toBe('5');
    await server.put('/v1/accounts/acme', { signUpCreditEligible: true });
    expect(await balance()).toBe('5');
    const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
    expect(body.grants).toMatchObject([{ source: 'sign_up', unit: 'USD', scope: { kinds: ['llm'] } }]);
  });

  it('D11: pays for AI and for nothing else', async () => {
    const { server, balance } = await serverWith(true);
    expect((await server.post('/v1/consume', runAi)).status).toBe(200);
    expect(await balance()).toBe('3');
    const pages = await server.post('/v1/consume', {
      accountId: 'acme',
      items: [{ metric: 'pages', quantity: '1' }],
    });
    expect(pages.status).toBe(429);
    expect(await balance()).toBe('3');
  });

  it('D11: leads an account that is not eligible to its own key, with which AI works without any credit', async () => {
    const { server, balance } = await serverWith(false);
    expect(await balance()).toBe('0');
    const refused = await server.post<Problem>('/v1/consume', runAi);
    expect(refused.status).toBe(429);
    expect(refused.body.refusal?.actions.map(({ kind }) => kind)).toEqual(['add_own_key']);
    await server.put('/v1/accounts/acme/own-keys/acme', { label: 'Team', lastFour: 'a1b2' });
    expect((await server.post('/v1/consume', runAi)).status).toBe(200);
    expect(await balance()).toBe('0');
  });

  it('D11: cannot be had later by an account that was made without it', async () => {
    const { server } = await serverWith(false);
    const { status } = await server.put('/v1/accounts/acme', { signUpCreditEligible: true });
    expect(status).toBe(409);
  });

  it('E4: is not told by a check to a member who sees no money', async () => {
    const { server } = await serverWith(true);
    const member = await server.member('acme', 'mia');
    const manager = await server.member('acme', 'ada', { role: 'admin' });
    const asked = await server.post<Problem>('/v1/check', runAi, { token: member });
    expect([asked.status, asked.body.code]).toEqual([403, 'forbidden']);
    expect((await server.post('/v1/check', runAi, { token: manager })).body).toMatchObject({
      cost: { amount: '2', unit: 'USD' },
    });
  });
});
