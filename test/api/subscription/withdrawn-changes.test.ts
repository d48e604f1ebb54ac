import type {
  Activity,
  Charge,
  Page,
  Problem,
  Subscription,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { payingAccount, watchedSandbox } from '../invoices/paying-account.ts';

const path = (of: string) => `/v1/accounts/acme${of}`;

/** An account on Free whose change to Basic waits for somebody who confirms its payment. */
async function waiting(sandbox = watchedSandbox()) {
  const account = await payingAccount('needs_action', { sandbox });
  const change = async (planId: string, key: string) =>
    account.server.post<SubscriptionChangeAnswer & Problem>(
      path('/subscription/change'),
      { planId },
      { token: await account.token(), key },
    );
  const asked = await change('basic', 'first');
  const charge = asked.body.payment;
  if (charge === undefined) throw new Error('nothing is charged');
  const withdraw = async (token?: string) =>
    account.server.post<Pick<Charge, 'actionUrl'> & Omit<Problem, 'status'> & { status: unknown }>(
      path(`/charges/${charge.id}/withdraw`),
      undefined,
      {
        token: token ?? (await account.token()),
      },
    );
  const planId = async () =>
    (await account.server.get<Subscription>(path('/subscription'), await account.token())).body.planId;
  return { account, change, charge, withdraw, planId };
}

describe('a change that waits for its payment to be confirmed', () => {
  it('L245, B9: is withdrawn by who may make it, once, and leaves the way to another', async () => {
    const { account, change, charge, withdraw, planId } = await waiting();
    expect(charge.status).toBe('needs_action');
    expect((await change('pro', 'second')).body.code).toBe('change_pending');
    const first = await withdraw();
    expect([first.status, first.body.status, first.body.actionUrl]).toEqual([200, 'failed', null]);
    expect((await withdraw()).text).toBe(first.text);
    expect(await planId()).toBe('free');
    expect(await account.invoices()).toEqual([]);
    expect((await change('basic', 'first')).body.code).toBe('payment_failed');
    await account.enter('succeeds');
    expect((await change('pro', 'second')).status).toBe(200);
    expect(await planId()).toBe('pro');
    const { body } = await account.server.get<Page<Activity>>(path('/activity'));
    expect(body.items.map(({ event, reason }) => [event, reason])).toContainEqual([
      { kind: 'plan_change_unpaid', plan: 'basic', planId: 'basic' },
      'The change was withdrawn.',
    ]);
  });

  it('L245: takes nothing any more where it was withdrawn, whoever still has its page', async () => {
    const { account, charge, withdraw, planId } = await waiting();
    await withdraw();
    await account.server.app.fetch(new Request(charge.actionUrl ?? '', { method: 'POST' }));
    expect(await planId()).toBe('free');
    expect((await account.chargeHistory())[0]?.status).toBe('failed');
  });

  it('L245: is made where it was paid before the provider could end its page', async () => {
    const { withdraw, planId } = await waiting(
      watchedSandbox({ withdraw: async () => ({ outcome: 'succeeded' }) }),
    );
    const late = await withdraw();
    expect([late.status, late.body.code]).toEqual([409, 'conflict']);
    expect(await planId()).toBe('basic');
  });

  it('L245: stays where the provider cannot be reached, and is asked for again', async () => {
    let isDown = true;
    const { withdraw, planId } = await waiting(
      watchedSandbox({
        async withdraw() {
          if (isDown) throw new Error('no answer');
          return { outcome: 'withdrawn' };
        },
      }),
    );
    expect((await withdraw()).body.code).toBe('unavailable');
    isDown = false;
    expect((await withdraw()).status).toBe(200);
    expect(await planId()).toBe('free');
  });

  it('L245, A6: is withdrawn by nobody who may not change the plan', async () => {
    const { account, withdraw } = await waiting();
    await account.server.member('acme', 'max', { role: 'member' });
    const token = await account.server.token({ accountId: 'acme', memberId: 'max' });
    expect((await withdraw(token)).status).toBe(403);
  });
});

it.each([
  ['settles_later', 'settling'],
  ['succeeds', 'succeeded'],
] as const)('L245: the charge of a card that %s is not withdrawn, since it is %s', async (card, status) => {
  const account = await payingAccount(card);
  await account.upgrade('basic');
  const [charge] = await account.chargeHistory();
  expect(charge?.status).toBe(status);
  const token = await account.token();
  const withdraw = (id: string) =>
    account.server.post<Problem>(path(`/charges/${id}/withdraw`), undefined, { token });
  expect((await withdraw(charge?.id ?? '')).body.code).toBe('conflict');
  expect((await withdraw('none')).status).toBe(404);
});
