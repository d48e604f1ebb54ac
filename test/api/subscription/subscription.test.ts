import type {
  Problem,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { plansCatalogConfig } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const path = (end = '') => `/v1/accounts/acme/subscription${end}`;

/** An account on Basic, which the 10th of June at noon is the anchor of, and an admin of it. */
async function subscribed(planId = 'basic') {
  const server = createTestServer({ catalog: plansCatalogConfig });
  await server.account('acme', { planId });
  const token = await server.member('acme', 'ada', { role: 'admin' });
  /** Moves the clock on, with a token that is still good then. */
  const later = async (ms: number) => {
    server.clock.advance(ms);
    return server.token({ accountId: 'acme', memberId: 'ada' });
  };
  return { server, token, later };
}

const tenDaysMs = 10 * 86_400_000;

describe('a subscription', () => {
  it('A5, L104: is changed as its preview told, once for one key', async () => {
    const { server, later } = await subscribed();
    const token = await later(tenDaysMs);
    const command = { kind: 'change_plan', planId: 'pro' };
    const preview = await server.post<SubscriptionChange>(path('/preview'), command, { token });
    expect(preview).toMatchObject({
      status: 200,
      body: {
        takesEffect: 'now',
        dueNow: { amount: '20', currency: 'USD' },
        lines: [{ amount: { amount: '-20' } }, { amount: { amount: '40' }, part: { of: 20, whole: 30 } }],
        next: { at: '2026-07-10T12:00:00.000Z', amount: { amount: '60' } },
        credits: '150',
      },
    });
    expect((await server.get<Subscription>(path())).body.planId).toBe('basic');
    const sent = { token, key: 'upgrade-1' };
    const changed = await server.post<SubscriptionChangeAnswer>(path('/change'), { planId: 'pro' }, sent);
    expect(changed.body.change).toEqual(preview.body);
    expect(changed.body.subscription).toMatchObject({ planId: 'pro', status: 'active', interval: 'month' });
    const again = await server.post<SubscriptionChangeAnswer>(path('/change'), { planId: 'pro' }, sent);
    expect(again.body).toEqual(changed.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await server.post<Problem>(path('/change'), { planId: 'pro' }, { token });
    expect(other).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('B9: shows a downgrade that waits, and takes it back', async () => {
    const { server, token } = await subscribed('pro');
    await server.post(path('/change'), { planId: 'basic' }, { token });
    const waiting = await server.get<Subscription>(path(), token);
    expect(waiting.body).toMatchObject({
      planId: 'pro',
      next: { kind: 'changes', at: '2026-07-10T12:00:00.000Z', planName: 'basic' },
      scheduled: { kind: 'change', planId: 'basic', interval: 'month' },
    });
    const resumed = await server.post<SubscriptionChangeAnswer>(path('/resume'), undefined, { token });
    expect(resumed.body.change.clears).toEqual(['scheduled_change']);
    expect(resumed.body.subscription.scheduled).toBeNull();
  });

  it('A7: stays at its own price when the catalog changes, and renews until it is cancelled', async () => {
    const { server, later } = await subscribed();
    const dearer = {
      ...plansCatalogConfig,
      plans: plansCatalogConfig.plans.map((plan) =>
        plan.id === 'basic' ? { ...plan, price: { month: { amount: '45', currency: 'USD' } } } : plan,
      ),
    };
    expect((await server.put('/v1/catalog', dearer)).status).toBe(200);
    let token = await later(4 * tenDaysMs);
    const renewed = await server.get<Subscription>(path(), token);
    expect(renewed.body).toMatchObject({
      price: { amount: '30' },
      periodStartsAt: '2026-07-10T12:00:00.000Z',
      next: { kind: 'renews', at: '2026-08-10T12:00:00.000Z' },
    });
    await server.post(path('/cancel'), undefined, { token });
    expect((await server.get<Subscription>(path(), token)).body.next?.kind).toBe('ends');
    token = await later(4 * tenDaysMs);
    expect((await server.get<Subscription>(path(), token)).body.status).toBe('cancelled');
    // Who comes back pays what it costs now.
    const back = await server.post<SubscriptionChangeAnswer>(path('/change'), { planId: 'basic' }, { token });
    expect(back.body.change.dueNow.amount).toBe('45');
  });

  it('A6: is changed by nobody who does not manage the account', async () => {
    const { server } = await subscribed();
    const manager = await server.member('acme', 'max', { role: 'manager' });
    for (const end of ['/change', '/preview', '/cancel', '/resume']) {
      const body =
        end === '/change' ? { planId: 'pro' } : end === '/preview' ? { kind: 'cancel' } : undefined;
      expect((await server.post(path(end), body, { token: manager })).status).toBe(403);
    }
    expect((await server.get<Subscription>(path())).body.planId).toBe('basic');
  });

  it('tells what is wrong with a change, and changes nothing', async () => {
    const { server, token } = await subscribed();
    const send = (body: object) => server.post<Problem>(path('/change'), body, { token });
    expect(await send({ planId: 'gold' })).toMatchObject({ status: 422, body: { code: 'unknown_plan' } });
    expect(await send({ planId: 'max', interval: 'year' })).toMatchObject({
      status: 400,
      body: { invalidParameters: [{ pointer: '/interval', accepted: 'month' }] },
    });
    expect(await send({ planId: 'enterprise' })).toMatchObject({
      status: 409,
      body: { invalidParameters: [{ accepted: 'mailto:sales@example.com' }] },
    });
    expect((await server.send('POST', path('/change'), { planId: 'pro' }, { token })).status).toBe(400);
  });
});
