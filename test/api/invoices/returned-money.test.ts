import type {
  Activity,
  CatalogConfig,
  Charge,
  Credits,
  Notice,
  Page,
  PortalSession,
  Problem,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import type { PaymentReport } from '../../../server/src/payments/payment-provider.ts';
import { usd } from '../../support/plans-catalog.ts';
import { billedCatalog, type PayingAccount, payingAccount, watchedSandbox } from './paying-account.ts';

const catalog: CatalogConfig = {
  ...billedCatalog,
  creditPacks: [{ id: 'hundred', label: '100 credits', credits: '100', price: usd('7') }],
};
const path = (of: string) => `/v1/accounts/acme${of}`;

/** An account on Free, with 10 credits, that has bought 100 for 7 dollars. */
async function bought() {
  const account = await payingAccount('succeeds', { catalog });
  const token = await account.token();
  const answered = await account.server.post(path('/credit-packs/hundred/purchase'), undefined, { token });
  expect(answered.status).toBe(201);
  const [charge] = await account.chargeHistory();
  return { account, chargeId: charge?.id ?? '' };
}

/** Somebody fills in the form of the sandbox's portal, which tells the server. */
async function fill(account: PayingAccount, fields: Record<string, string>): Promise<void> {
  const { server } = account;
  const returnUrl = 'https://app.example.com/billing';
  const portal = await server.post<PortalSession>(path('/portal/session'), { returnUrl });
  const taken = await server.app.fetch(
    new Request(portal.body.url, { method: 'POST', body: new URLSearchParams(fields) }),
  );
  expect(taken.status).toBe(303);
}

async function standing(account: PayingAccount) {
  const { server } = account;
  const credits = await server.get<Credits>(path('/credits'));
  const [charge] = await account.chargeHistory();
  const invoices = await account.invoices();
  return {
    available: credits.body.available,
    refunded: charge?.refunded.amount,
    disputes: charge?.disputes?.map(({ status }) => status),
    notes: invoices.filter(({ kind }) => kind === 'credit_note').map(({ total }) => total.amount),
  };
}

describe('a charge that was paid', () => {
  it('L242: is refunded at the provider as it is here, part by part', async () => {
    const { account, chargeId } = await bought();
    await fill(account, { charge: chargeId, return: 'refund', amount: '3.5' });
    expect(await standing(account)).toEqual({
      available: '60',
      refunded: '3.5',
      disputes: undefined,
      notes: ['-3.5'],
    });
    account.server.clock.advance(1);
    await fill(account, { charge: chargeId, return: 'refund', amount: '' });
    expect(await standing(account)).toMatchObject({ available: '10', refunded: '7' });
    const again = await account.server.post<Problem>(path(`/charges/${chargeId}/refunds`), {
      reason: 'More',
    });
    expect(again.body.code).toBe('conflict');
  });

  it('L244: is disputed, told to the history and to webhooks, and taken back where that is lost', async () => {
    const { account, chargeId } = await bought();
    await fill(account, { charge: chargeId, return: 'dispute' });
    const before = await standing(account);
    expect(before).toEqual({ available: '110', refunded: '0', disputes: ['open'], notes: [] });
    const refused = await account.server.post<Problem>(path(`/charges/${chargeId}/refunds`), { reason: 'x' });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    await fill(account, { charge: chargeId, return: 'lost' });
    const after = { available: '10', refunded: '7', disputes: ['lost'], notes: ['-7'] };
    expect(await standing(account)).toEqual(after);
    await fill(account, { charge: chargeId, return: 'lost' });
    expect(await standing(account)).toEqual(after);
    const log = await account.server.get<Page<Activity>>(path('/activity'));
    expect(log.body.items.map(({ description }) => description)).toEqual(
      expect.arrayContaining([
        '7 USD of 100 credits is disputed',
        '7 USD of 100 credits went back to the payer after a dispute',
      ]),
    );
    const notices = await account.server.get<Page<Notice>>('/v1/notices?accountId=acme');
    expect(
      notices.body.items.flatMap(({ body }) =>
        body.type === 'payment.disputed' ? [`${body.data.status} ${body.data.chargeId === chargeId}`] : [],
      ),
    ).toEqual(['lost true', 'open true']);
  });

  it('L244: is as it was where the dispute is won', async () => {
    const { account, chargeId } = await bought();
    const before = await standing(account);
    await fill(account, { charge: chargeId, return: 'dispute' });
    await fill(account, { charge: chargeId, return: 'won' });
    expect(await standing(account)).toEqual({ ...before, disputes: ['won'] });
    expect((await account.server.post(path(`/charges/${chargeId}/refunds`), { reason: 'x' })).status).toBe(
      201,
    );
  });
});

describe('news of the provider', () => {
  it.each<[string, PaymentReport]>([
    [
      'money of a charge that is not here',
      { kind: 'money_returned', accountId: 'acme', chargeId: 'none', refunds: [], disputes: [] },
    ],
    [
      'money of an account that is not here',
      { kind: 'money_returned', accountId: 'nobody', chargeId: 'none', refunds: [], disputes: [] },
    ],
    [
      'the end of a charge that is not here',
      { kind: 'charge_ended', accountId: 'acme', purchaseId: 'none', result: { outcome: 'succeeded' } },
    ],
    [
      'a method of an account that is not here',
      { kind: 'method_removed', accountId: 'nobody', paymentMethodId: 'pm' },
    ],
  ])('L242: %s is taken, so that it is not sent for days', async (_, report) => {
    const sandbox = watchedSandbox({
      async handle(_request, tell) {
        await tell(report);
        return new Response(null, { status: 204 });
      },
    });
    const account = await payingAccount(null, { sandbox });
    const told = new Request('http://usage.test/v1/payments/sandbox/news', { method: 'POST' });
    expect((await account.server.app.fetch(told)).status).toBe(204);
    expect(await account.chargeHistory()).toEqual([] satisfies Charge[]);
  });
});
