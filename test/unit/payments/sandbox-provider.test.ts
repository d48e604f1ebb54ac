import { describe, expect, it } from 'vitest';
import type { ChargeOrder, PaymentReport } from '../../../server/src/payments/payment-provider.ts';
import {
  type SandboxCard,
  sandboxCards,
  sandboxSettlingMs,
} from '../../../server/src/payments/sandbox-cards.ts';
import { createSandboxProvider, sandboxSessionMs } from '../../../server/src/payments/sandbox-provider.ts';

const provider = createSandboxProvider({
  publicUrl: 'http://usage.test',
  sign: async (text) => `signed${text.length}`,
});
const order = (card: SandboxCard, over: Partial<ChargeOrder> = {}): ChargeOrder => ({
  id: 'p1',
  accountId: 'acme',
  amount: 5_000_000n,
  currency: 'USD',
  paymentMethodId: sandboxCards[card].id,
  unattended: false,
  description: '500 credits',
  attempt: 0,
  orderedAtMs: 0,
  nowMs: 0,
  ...over,
});
const session = {
  accountId: 'acme',
  memberId: 'ada',
  returnUrl: 'https://app.example.com/billing',
  paymentMethodId: null,
  currency: 'USD',
  nowMs: 0,
};

/** Opens an address of the sandbox's and gives its answer with what it reported. */
async function open(url: string, init: RequestInit = {}, nowMs = 0) {
  const reports: PaymentReport[] = [];
  const response = await provider.handle(
    new Request(url, init),
    async (report) => void reports.push(report),
    nowMs,
    'https://app.example.com/billing?a=1&b="2"',
  );
  if (response === null) throw new Error('not an address of the sandbox');
  return { response, reports };
}

const choose = (card: string) => ({ method: 'POST', body: new URLSearchParams({ card }) });

describe('the sandbox payment provider', () => {
  it('L242, L244: refunds and disputes a charge from its portal, and from no other page', async () => {
    const portal = await provider.openPortal({ ...session, paymentMethodId: 'sandbox_succeeds' });
    const fill = (fields: Record<string, string>) => ({
      method: 'POST',
      body: new URLSearchParams({ charge: 'p1', ...fields }),
    });
    const url = portal?.url ?? '';
    expect(await (await open(url)).response.text()).toContain('Dispute it at the bank');
    const refunded = await open(url, fill({ return: 'refund', amount: '2.5' }), 7);
    expect([refunded.response.status, refunded.response.headers.get('location')]).toEqual([
      303,
      session.returnUrl,
    ]);
    const report = { kind: 'money_returned', accountId: 'acme', chargeId: 'p1', refunds: [], disputes: [] };
    const refund = { id: 'sandbox-refund-7', orderId: null, amount: 2_500_000n, isGiven: true };
    expect(refunded.reports).toEqual([{ ...report, refunds: [refund] }]);
    for (const [what, status] of [
      ['dispute', 'open'],
      ['won', 'won'],
      ['lost', 'lost'],
    ] as const)
      expect((await open(url, fill({ return: what, amount: '' }))).reports).toMatchObject([
        { ...report, disputes: [{ id: 'sandbox-dispute', status }] },
      ]);
    for (const wrong of [
      { return: 'steal' },
      { return: 'refund', charge: '' },
      { return: 'refund', amount: '-1' },
    ])
      expect((await open(url, fill(wrong))).response.status).toBe(400);
    const methods = await provider.startSession(session);
    expect((await open(methods.url, fill({ return: 'refund' }))).response.status).toBe(400);
  });

  it.each([
    ['succeeds' as const, { outcome: 'succeeded' }],
    ['declines' as const, { outcome: 'failed', message: 'The card was declined.' }],
  ])('C8: a card that %s does so every time it is asked', async (card, expected) => {
    expect([await provider.charge(order(card)), await provider.charge(order(card))]).toEqual([
      expected,
      expected,
    ]);
  });

  it('declines the first two charges of a debt and takes the third', async () => {
    const outcomes = [0, 1, 2, 3].map((attempt) => provider.charge(order('succeeds_on_third', { attempt })));
    expect((await Promise.all(outcomes)).map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'succeeded',
      'succeeded',
    ]);
  });

  it.each([
    ['settles_later' as const, 'succeeded'],
    ['comes_back' as const, 'failed'],
  ])('a bank account that %s is settling for three days', async (card, ended) => {
    const at = async (nowMs: number) => (await provider.charge(order(card, { nowMs }))).outcome;
    expect([await at(0), await at(sandboxSettlingMs - 1), await at(sandboxSettlingMs)]).toEqual([
      'settling',
      'settling',
      ended,
    ]);
  });

  it('confirms a charge that needs action once its page is opened', async () => {
    const result = await provider.charge(order('needs_action'));
    if (result.outcome !== 'needs_action') throw new Error(result.outcome);
    for (const method of ['GET', 'HEAD'])
      expect((await open(result.actionUrl, { method })).reports).toEqual([]);
    const { reports } = await open(result.actionUrl, { method: 'POST' });
    expect(reports).toEqual([
      { kind: 'charge_ended', accountId: 'acme', purchaseId: 'p1', result: { outcome: 'succeeded' } },
    ]);
  });

  it('leads back to the host from every page, whatever was chosen there or nothing', async () => {
    const billing = '<a href="https://app.example.com/billing?a=1&#38;b=&#34;2&#34;">';
    for (const [answer, words] of [
      ['', 'The payment is confirmed'],
      ['refuse', 'The payment is refused'],
    ] as const) {
      const result = await provider.charge(order('needs_action'));
      if (result.outcome !== 'needs_action') throw new Error(result.outcome);
      const sent = { method: 'POST', body: new URLSearchParams({ answer }) };
      const { response } = await open(result.actionUrl, sent);
      const page = await response.text();
      expect(response.headers.get('Content-Type')).toContain('text/html');
      expect(page).toContain(`<h1>${words}</h1>`);
      expect(page).toContain(billing);
    }
    const pages = [
      await provider.startSession(session),
      await provider.openPortal({ ...session, paymentMethodId: 'sandbox_succeeds' }),
    ];
    for (const page of pages)
      expect(await (await open(page?.url ?? '')).response.text()).toContain(
        `<a href="${session.returnUrl}">`,
      );
  });

  it('says that its page can be closed where the host has named none', async () => {
    const result = await provider.charge(order('needs_action'));
    if (result.outcome !== 'needs_action') throw new Error(result.outcome);
    const request = new Request(result.actionUrl, { method: 'POST' });
    const page = await provider.handle(request, async () => {}, 0);
    expect(await page?.text()).toContain('You can close this page.');
  });

  it('reports the chosen card and leads back to the host', async () => {
    const { url } = await provider.startSession(session);
    const page = await open(url);
    expect(await page.response.text()).toContain('ending in 4242');
    const { response, reports } = await open(url, choose('succeeds'));
    expect([response.status, response.headers.get('Location')]).toEqual([303, session.returnUrl]);
    expect(reports).toMatchObject([
      {
        kind: 'method_entered',
        entered: { memberId: 'ada', paymentMethod: { lastFour: '4242', confirmed: true } },
      },
    ]);
  });

  it('shows the page again for a card that it does not have', async () => {
    const { url } = await provider.startSession(session);
    const { response, reports } = await open(url, choose('constructor'));
    expect([response.status, reports]).toEqual([400, []]);
  });

  it('refuses an address that it did not sign, and one that is too old', async () => {
    const { url } = await provider.startSession(session);
    expect((await open(`${url}x`, choose('succeeds'))).response.status).toBe(404);
    expect((await open(url, choose('succeeds'), sandboxSessionMs)).response.status).toBe(404);
  });

  it('leaves other addresses alone', async () => {
    expect(await provider.handle(new Request('http://usage.test/v1/meta'), async () => {}, 0)).toBeNull();
  });
});
