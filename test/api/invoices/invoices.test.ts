import type {
  BillingDetails,
  CatalogConfig,
  CreditNoteAnswer,
  Invoice,
  PayAnswer,
  PortalSession,
  Problem,
  Subscription,
  UpcomingInvoice,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { billedCatalog, newestInvoice, payingAccount } from './paying-account.ts';

const path = (end = '') => `/v1/accounts/acme${end}`;

describe('invoices over HTTP', () => {
  it('A7, B14, D1: come by themselves each period, are charged, and are found paid', async () => {
    const account = await payingAccount();
    expect((await account.upgrade('basic')).status).toBe(200);
    for (let month = 0; month < 3; month++) await account.later(31);
    const invoices = await account.invoices();
    expect(invoices.map(({ number, status, total }) => `${number} ${status} ${total.amount}`)).toEqual([
      'INV-4 paid 30',
      'INV-3 paid 30',
      'INV-2 paid 30',
      'INV-1 paid 30',
    ]);
    expect(account.charges.map(({ amount, unattended }) => [amount, unattended])).toEqual(
      [false, true, true, true].map((unattended) => [30_000_000n, unattended]),
    );
    expect(invoices[0]).toMatchObject({
      kind: 'invoice',
      seller: { name: 'Widgets GmbH', taxId: 'DE123456789' },
      buyer: { name: 'Acme' },
      amountDue: { amount: '0', currency: 'USD' },
      subtotal: { amount: '30', currency: 'USD' },
      lines: [{ kind: 'plan_fee', subject: 'basic', subjectKind: 'plan', amount: { amount: '30' } }],
    });
  });

  it('B4, B7, B8, D9: a decline makes the account past due, and a new card pays at once', async () => {
    const account = await payingAccount('declines');
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    const owed = await newestInvoice(account);
    expect(owed).toMatchObject({ status: 'past_due', amountDue: { amount: '30', currency: 'USD' } });
    const subscription = await account.server.get<Subscription>(path('/subscription'));
    expect(subscription.body).toMatchObject({
      status: 'past_due',
      amountDue: { amount: '30', currency: 'USD' },
    });
    const upcoming = await account.server.get<UpcomingInvoice>(path('/invoices/upcoming'));
    expect(upcoming.body.unpaid).toMatchObject({ amountDue: { amount: '30' }, invoices: 1, isPastDue: true });
    await account.enter('succeeds');
    expect(await newestInvoice(account)).toMatchObject({ status: 'paid', amountPaid: { amount: '30' } });
    expect((await account.server.get<Subscription>(path('/subscription'))).body).toMatchObject({
      status: 'active',
      amountDue: null,
    });
    expect((await account.chargeHistory()).map(({ status, failure }) => [status, failure === null])).toEqual([
      ['succeeded', true],
      ['failed', false],
    ]);
  });

  it('E5: pauses after the last retry and not before, and goes on the moment it is paid', async () => {
    const account = await payingAccount('declines');
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    const status = async () => (await account.server.get<Subscription>(path('/subscription'))).body.status;
    await account.later(3);
    expect(await status()).toBe('past_due');
    await account.later(5);
    expect(account.charges).toHaveLength(3);
    expect(await status()).toBe('paused');
    await account.enter('succeeds');
    expect(await status()).toBe('active');
  });

  it('succeeds with the retry that the bank lets through', async () => {
    const account = await payingAccount('succeeds_on_third');
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    await account.later(3);
    expect((await newestInvoice(account)).status).toBe('past_due');
    await account.later(5);
    expect((await newestInvoice(account)).status).toBe('paid');
    expect(new Set(account.charges.map(({ id }) => id)).size).toBe(3);
  });

  it.each([
    ['settles_later', 'paid'],
    ['comes_back', 'past_due'],
  ] as const)('F: a bank debit that %s is neither paid nor charged again before', async (card, end) => {
    const account = await payingAccount(card);
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    await account.later(1);
    expect((await newestInvoice(account)).status).toBe('open');
    expect((await account.chargeHistory()).map(({ status }) => status)).toEqual(['settling']);
    await account.later(2);
    expect((await newestInvoice(account)).status).toBe(end);
    expect(new Set(account.charges.map(({ id }) => id)).size).toBe(1);
  });

  it('D: gives the link of a charge that a person must confirm', async () => {
    const account = await payingAccount('needs_action');
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    const upcoming = await account.server.get<UpcomingInvoice>(path('/invoices/upcoming'));
    const link = upcoming.body.unpaid?.actionUrl ?? '';
    expect(link).toMatch(/^http/);
    await account.later(1);
    expect(new Set(account.charges.map(({ id }) => id)).size).toBe(1);
    const confirmed = await account.server.app.fetch(
      new Request(link, { method: 'POST', body: new URLSearchParams({ answer: 'confirm' }) }),
    );
    expect(confirmed.status).toBeLessThan(400);
    expect((await newestInvoice(account)).status).toBe('paid');
  });

  it('D7: charges an upgrade by itself, with the credit for what is left of the old plan', async () => {
    const account = await payingAccount();
    await account.upgrade('basic');
    await account.later(10);
    await account.upgrade('pro');
    expect(await newestInvoice(account)).toMatchObject({
      status: 'paid',
      total: { amount: '20' },
      lines: [
        { kind: 'proration_credit', amount: { amount: '-20' }, share: { part: 20, of: 30 } },
        { kind: 'proration_charge', amount: { amount: '40' }, share: { part: 20, of: 30 } },
      ],
    });
  });

  it('L228, M: an upgrade whose charge is declined leaves the old plan and grants nothing', async () => {
    const account = await payingAccount('declines');
    const token = await account.token();
    const sent = { token, key: 'upgrade-1' };
    const change = path('/subscription/change');
    const declined = await account.server.post<Problem>(change, { planId: 'basic' }, sent);
    expect([declined.status, declined.body.code]).toEqual([402, 'payment_failed']);
    const credits = await account.server.get<{ available: string }>(path('/credits'));
    expect(credits.body.available).toBe('10');
    expect((await account.server.get<Subscription>(path('/subscription'))).body).toMatchObject({
      planId: 'free',
      status: 'active',
    });
    expect(await account.invoices()).toEqual([]);
    // The same key is the same charge; a new one is a new try, with the card that has come.
    expect((await account.server.post(change, { planId: 'basic' }, sent)).status).toBe(402);
    expect(account.charges).toHaveLength(1);
    await account.enter('succeeds');
    const paid = await account.server.post(change, { planId: 'basic' }, { token, key: 'upgrade-2' });
    expect(paid.body).toMatchObject({
      subscription: { planId: 'basic' },
      payment: { purpose: 'plan_change', status: 'succeeded', amount: { amount: '30' } },
    });
    const again = await account.server.post(change, { planId: 'basic' }, { token, key: 'upgrade-2' });
    expect(again.body).toEqual(paid.body);
    expect(account.charges).toHaveLength(2);
    expect(await newestInvoice(account)).toMatchObject({ status: 'paid', amountPaid: { amount: '30' } });
  });

  it('L228: an upgrade by a debit waits until that has settled, and comes to what was charged', async () => {
    const account = await payingAccount('settles_later');
    const changed = await account.upgrade('basic');
    expect(changed.body).toMatchObject({ subscription: { planId: 'free' }, payment: { status: 'settling' } });
    const second = await account.upgrade('pro');
    expect(second.status).toBe(409);
    await account.later(3);
    expect((await account.server.get<Subscription>(path('/subscription'))).body.planId).toBe('basic');
    expect(await newestInvoice(account)).toMatchObject({ status: 'paid', total: { amount: '30' } });
    expect(account.charges.filter(({ id }) => id !== account.charges[0]?.id)).toEqual([]);
  });

  it('M: two wishes to pay at one instant make one charge', async () => {
    const account = await payingAccount('declines');
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    const { id } = await newestInvoice(account);
    const token = await account.token();
    const before = account.charges.length;
    const paid = await Promise.all(
      [1, 2, 3].map(() => account.server.post<PayAnswer>(path(`/invoices/${id}/pay`), undefined, { token })),
    );
    expect(new Set(paid.map(({ body }) => body.charge.id)).size).toBe(1);
    expect(account.charges.length).toBe(before + 1);
    expect(paid[0]?.body).toMatchObject({ invoice: { status: 'past_due' }, charge: { status: 'failed' } });
  });

  it('B7: gives the PDF of an invoice in the language that is asked for, of a void one too', async () => {
    const account = await payingAccount(null);
    await account.server.put(path(), { planId: 'basic' });
    const { id } = await newestInvoice(account);
    await account.server.post(path(`/invoices/${id}/void`), { reason: 'Mistake' });
    const pdf = await account.server.send('GET', path(`/invoices/${id}/pdf`), undefined, {
      headers: { 'accept-language': 'de-DE,de;q=0.9' },
    });
    expect([pdf.status, pdf.headers.get('content-type'), pdf.text]).toEqual([
      200,
      'application/pdf',
      '%PDF INV-1 de-DE',
    ]);
    expect(pdf.headers.get('content-disposition')).toBe('inline; filename="INV-1.pdf"');
    const headers = { 'accept-language': 'de' };
    const page = await account.server.send('GET', path(`/invoices/${id}/pdf?language=ja`), undefined, {
      headers,
    });
    expect(page.text).toBe('%PDF INV-1 ja');
    expect((await account.server.get(path(`/invoices/${id}/pdf?language=x_y`))).status).toBe(400);
    expect((await account.server.get<Problem>(path('/invoices/none/pdf'))).status).toBe(404);
  });

  it('takes back by credit notes and gives back by refunds, each once for its key', async () => {
    const account = await payingAccount();
    await account.upgrade('basic');
    const { id } = await newestInvoice(account);
    const command = { amount: '10', reason: 'Outage', give: 'refund' };
    const sent = { key: 'note-1' };
    const made = await account.server.post<CreditNoteAnswer>(
      path(`/invoices/${id}/credit-notes`),
      command,
      sent,
    );
    expect(made.body.creditNote).toMatchObject({
      kind: 'credit_note',
      number: 'INV-CN-1',
      correctsNumber: 'INV-1',
      total: { amount: '-10' },
    });
    const again = await account.server.post<CreditNoteAnswer>(
      path(`/invoices/${id}/credit-notes`),
      command,
      sent,
    );
    expect(again.body).toEqual(made.body);
    await account.server.app.tick();
    expect(account.refunds).toMatchObject([{ amount: 10_000_000n, currency: 'USD' }]);
    expect(made.body.invoice).toMatchObject({
      amountPaid: { amount: '30' },
      amountCredited: { amount: '10' },
    });
    expect((await account.chargeHistory())[0]?.refunded.amount).toBe('10');
    const tooMuch = await account.server.post<Problem>(path(`/invoices/${id}/credit-notes`), {
      amount: '20.01',
      reason: 'More',
    });
    expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'amount_out_of_range']);
    const [charge] = await account.chargeHistory();
    const refund = await account.server.post(path(`/charges/${charge?.id}/refunds`), { reason: 'The rest' });
    expect(refund.status).toBe(201);
    await account.server.app.tick();
    expect((await account.chargeHistory())[0]?.refunded.amount).toBe('30');
    const documents = (await account.invoices()).map(({ number, total }) => `${number} ${total.amount}`);
    expect(documents.sort()).toEqual(['INV-1 30', 'INV-CN-1 -10', 'INV-CN-2 -20']);
  });

  it.each([
    ['USD', '0.001', '0.01'],
    ['JPY', '0.5', '1'],
    ['KWD', '0.0001', '0.001'],
  ])('L202: credits, refunds and bills no finer parts than %s has', async (currency, tooFine, finest) => {
    const catalog: CatalogConfig = JSON.parse(
      JSON.stringify(billedCatalog).replaceAll('"USD"', `"${currency}"`),
    );
    const account = await payingAccount('succeeds', { catalog });
    await account.upgrade('basic');
    const { id } = await newestInvoice(account);
    const [charge] = await account.chargeHistory();
    const orders = [`/invoices/${id}/credit-notes`, `/charges/${charge?.id}/refunds`, '/invoice-lines'];
    for (const order of orders) {
      const named = { reason: 'Goodwill', ...(order === '/invoice-lines' && { subject: 'Onboarding' }) };
      const refused = await account.server.post<Problem>(path(order), { amount: tooFine, ...named });
      expect([refused.status, refused.body.invalidParameters]).toEqual([
        400,
        [
          {
            pointer: '/amount',
            detail: `${currency} has no parts as fine as in ${tooFine}`,
            accepted: `an amount in parts of ${finest}`,
          },
        ],
      ]);
      expect((await account.server.post(path(order), { amount: finest, ...named })).status).toBe(201);
    }
  });

  it('leaves what was paid beyond what is owed to the next invoice', async () => {
    const account = await payingAccount();
    await account.upgrade('basic');
    const { id } = await newestInvoice(account);
    await account.server.post(path(`/invoices/${id}/credit-notes`), { amount: '12', reason: 'Goodwill' });
    await account.later(30);
    expect(await newestInvoice(account)).toMatchObject({
      total: { amount: '18' },
      lines: [{ kind: 'plan_fee' }, { kind: 'balance', amount: { amount: '-12' } }],
    });
  });

  it('sets who buys, and refuses what is no bare address or no line', async () => {
    const account = await payingAccount();
    const token = await account.token();
    const details = {
      name: 'Größe & Söhne',
      addressLines: ['Weg 2', 'Köln'],
      taxId: 'DE1',
      email: 'ap@acme.example',
    };
    const put = await account.server.put<BillingDetails>(path('/billing-details'), details, { token });
    expect([put.status, put.body]).toEqual([200, details]);
    await account.upgrade('basic');
    expect((await newestInvoice(account)).buyer).toEqual(details);
    for (const email of [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      'group: a@b.example;',
      'x',
    ])
      expect(
        (await account.server.put(path('/billing-details'), { ...details, email }, { token })).status,
      ).toBe(400);
    const lines = { ...details, addressLines: Array.from({ length: 9 }, () => 'Line') };
    expect((await account.server.put(path('/billing-details'), lines, { token })).status).toBe(400);
  });

  it('F19: exports invoices and their lines as CSV, and disarms what a spreadsheet would run', async () => {
    const account = await payingAccount();
    await account.server.put(path(), { name: '=cmd|calc' });
    await account.upgrade('basic');
    const invoices = await account.server.get(path('/invoices/export'));
    expect(invoices.headers.get('content-type')).toContain('text/csv');
    const [head, first, rest] = invoices.text.replace('\uFEFF', '').split('\r\n');
    expect(head?.split(',').slice(0, 3)).toEqual(['number', 'kind', 'status']);
    expect(first).toContain('INV-1,invoice,paid');
    expect(first).toContain("'=cmd|calc");
    expect(rest).toBe('');
    const lines = await account.server.get(path('/invoices/export?rows=lines'));
    expect(lines.text).toContain('plan_fee,basic');
  });

  it("L: leads to the provider's page of the account itself, whatever the caller sends", async () => {
    const account = await payingAccount();
    const token = await account.token();
    const body = { returnUrl: 'https://app.example.com/billing' };
    const page = await account.server.post<PortalSession>(path('/portal/session'), body, { token });
    expect(page.status).toBe(201);
    const foreign = { ...body, paymentMethodId: 'other' };
    expect((await account.server.post(path('/portal/session'), foreign, { token })).status).toBe(400);
    expect((await account.server.post('/v1/accounts/other/portal/session', body, { token })).status).toBe(
      403,
    );
    const none = await payingAccount(null);
    const refused = await none.server.post<Problem>(path('/portal/session'), body, {
      token: await none.token(),
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'payment_method_required']);
  });

  it('leaves void, giving up, payment by transfer, credit notes and refunds to the product team', async () => {
    const account = await payingAccount(null);
    await account.server.put(path(), { planId: 'basic' });
    const { id } = await newestInvoice(account);
    const token = await account.token();
    for (const end of ['void', 'uncollectible', 'paid', 'credit-notes'])
      expect(
        (await account.server.post(path(`/invoices/${id}/${end}`), { reason: 'x' }, { token })).status,
      ).toBe(403);
    expect(
      (await account.server.post(path('/charges/none/refunds'), { reason: 'x' }, { token })).status,
    ).toBe(403);
    const paid = await account.server.post<Invoice>(path(`/invoices/${id}/paid`), {
      reason: 'Transfer of 2 June',
    });
    expect(paid.body).toMatchObject({ status: 'paid', amountPaid: { amount: '30' } });
    const twice = await account.server.post<Problem>(path(`/invoices/${id}/paid`), { reason: 'Again' });
    expect([twice.status, twice.body.code]).toEqual([409, 'conflict']);
  });

  it('B12: shows invoices, charges and details to nobody who may not see billing', async () => {
    const account = await payingAccount();
    await account.upgrade('basic');
    const { id } = await newestInvoice(account);
    const token = await account.server.member('acme', 'mia', { role: 'member' });
    for (const end of ['', '/upcoming', '/export', `/${id}`, `/${id}/pdf`])
      expect((await account.server.get(path(`/invoices${end}`), token)).status).toBe(403);
    expect((await account.server.get(path('/charges'), token)).status).toBe(403);
    expect((await account.server.get(path('/billing-details'), token)).status).toBe(403);
  });

  it('refuses a catalog whose billing has mistakes, each at its place', async () => {
    const account = await payingAccount();
    const wrong = { minimumCharge: '0.001', taxes: [{ label: 'VAT', percent: '101' }] };
    const refused = await account.server.put<Problem>('/v1/catalog', { ...billedCatalog, billing: wrong });
    expect(refused.status).toBe(422);
    const places = refused.body.invalidParameters?.map(({ pointer }) => pointer);
    expect(places).toEqual(['/billing/minimumCharge', '/billing/taxes/0/percent']);
  });

  it('Y: sends a currency without parts as it is', async () => {
    const yen = (amount: string) => ({ amount, currency: 'JPY' });
    const account = await payingAccount('succeeds', {
      catalog: {
        ...billedCatalog,
        currency: 'JPY',
        plans: [
          { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] },
          { id: 'basic', name: 'basic', rank: 1, kind: 'paid', price: { month: yen('80') }, limits: [] },
        ],
      },
    });
    await account.upgrade('basic');
    expect(account.charges).toMatchObject([{ amount: 80_000_000n, currency: 'JPY' }]);
    expect((await newestInvoice(account)).total).toEqual(yen('80'));
  });
});
