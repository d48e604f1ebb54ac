import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Charges,
  createClient,
  Invoices,
  PaymentMethod,
  UpcomingInvoice,
  UsageKitProvider,
} from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import { catalogTemplates } from '@usagekit/server/catalogs';
import type { CatalogConfig, Charge, Page } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import * as fixtures from '../../../../sdk/gallery/fixtures/invoices.ts';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';

/** Plans, the first of them free, invoiced at once with a week to pay. */
const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  anchor: 'subscription_start',
  defaultPlanId: 'free',
  billing: { paymentTermDays: 7, retryDays: [3, 5] },
};

type Card = Parameters<UsageKitMock['addPaymentMethod']>[0];

/** An account that was charged for Basic with this card. */
async function charged(card: Card, config = catalog) {
  const mock = createUsageKitMock({ catalog: config, scenario: 'fresh', afterEach: onTestFinished });
  await mock.ready;
  await mock.addPaymentMethod(card);
  await mock.backend.putAccount('acme', { planId: 'basic' });
  await mock.clock.advance('1s');
  return mock;
}

const show = (mock: UsageKitMock, ui: ReactNode, role: MockViewer = 'owner') =>
  renderWithUsageKit(ui, { mock, role });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const widget = (name: string) => document.querySelector<HTMLElement>(`[data-widget="${name}"]`);
const line = (name: string) => screen.getByText(name).closest('.uk-invoice') as HTMLElement;

afterEach(cleanupUsageKit);

describe('Invoices', () => {
  it('F11: shows the lines of an invoice, and explains one down to the uses that it bills', async () => {
    const mock = createUsageKitMock({
      catalog: {
        ...catalog,
        plans: [
          ...catalog.plans.filter(({ id }) => id === 'free'),
          paidPlan('metered', 1, {
            price: { month: usd('30') },
            limits: [
              {
                metric: 'runs',
                included: '1',
                policy: 'overage',
                beyond: 'invoice',
                overageRate: { amount: '0.5' },
              },
            ],
          }),
        ],
      },
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    await mock.ready;
    await mock.addPaymentMethod('succeeds');
    await mock.backend.putAccount('acme', { planId: 'metered' });
    for (const quantity of ['1', '3', '2'])
      await mock.backend.consume({ accountId: 'acme', items: [{ metric: 'runs', quantity }] });
    await mock.clock.advance('32d');
    show(mock, <Invoices />);
    await userEvent.click(await button('Show the lines of INV-2'));
    const dialog = await screen.findByRole('dialog', { name: 'INV-2: lines' });
    expect(dialog).toHaveTextContent('Runs beyond the allowance, 5 runs at $0.50 per run$2.50');
    expect(dialog).toHaveTextContent('Total$32.50');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Explain Runs beyond the allowance' }));
    await within(dialog).findByText('Uses that it bills');
    const uses = within(dialog).getAllByRole('listitem');
    expect(uses.map((use) => use.textContent)).toEqual([
      expect.stringContaining('3 runs'),
      expect.stringContaining('2 runs'),
    ]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Explain metered plan' }));
    await within(dialog).findByText(/fixed amount/);
  });

  it('F11: explains a line by all uses that it bills, however many of others stand between them', async () => {
    const runs = paidPlan('metered', 1, {
      price: { month: usd('30') },
      limits: [
        {
          metric: 'runs',
          included: '1',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.5' },
        },
        { metric: 'contacts', included: null, policy: 'unlimited' },
      ],
    });
    const mock = createUsageKitMock({
      catalog: { ...catalog, plans: [...catalog.plans.filter(({ id }) => id === 'free'), runs] },
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    await mock.ready;
    await mock.addPaymentMethod('succeeds');
    await mock.backend.putAccount('acme', { planId: 'metered' });
    const run = (quantity: string) =>
      mock.backend.consume({ accountId: 'acme', items: [{ metric: 'runs', quantity }] });
    await run('4');
    await mock.clock.advance('1m');
    const others = Array.from({ length: 600 }, (_, place) => ({
      id: `contact-${place}`,
      accountId: 'acme',
      items: [{ metric: 'contacts', quantity: '1', op: 'set' as const }],
    }));
    expect((await mock.backend.report(others)).rejected).toEqual([]);
    await mock.clock.advance('1m');
    await run('2');
    await mock.clock.advance('32d');
    show(mock, <Invoices />);
    await userEvent.click(await button('Show the lines of INV-2'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('5 runs at $0.50 per run$2.50');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Explain Runs beyond the allowance' }));
    await within(dialog).findByText('Uses that it bills');
    const uses = within(dialog).getAllByRole('listitem');
    expect(uses.map((use) => use.textContent)).toEqual([
      expect.stringContaining('3 runs'),
      expect.stringContaining('2 runs'),
    ]);
    expect(within(dialog).queryByRole('button', { name: 'Show more uses' })).toBeNull();
  });

  it('F19: saves all invoices and all lines as CSV', async () => {
    const saved = vi.fn();
    show(await charged('succeeds'), <Invoices onSave={saved} />);
    await userEvent.click(await button('CSV of invoices'));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    await userEvent.click(await button('CSV of lines'));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(2));
    const [invoices, lines] = saved.mock.calls as [Blob, string][];
    expect([invoices?.[1], lines?.[1]]).toEqual(['invoices.csv', 'invoice-lines.csv']);
    expect(await invoices?.[0].text()).toMatch(/number,kind,status[\s\S]*INV-1,invoice,paid/);
    expect(await lines?.[0].text()).toMatch(/number,line,kind[\s\S]*INV-1,/);
  });

  it('B7: lists the invoices that the server made, with their state and amount', async () => {
    show(await charged('succeeds'), <Invoices />);
    await screen.findByText('INV-1');
    expect(line('INV-1')).toHaveTextContent('Paid');
    expect(line('INV-1')).toHaveTextContent('$30.00');
    expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull();
  });

  it('B7: says of a credit note, and of what was credited as a whole, that it is credited and not paid', () => {
    render(<Invoices data={fixtures.settledInvoices} />);
    const pill = (name: string) => line(name).querySelector('.uk-pill')?.textContent;
    expect(['Credit note CN-1', 'INV-2', 'INV-1', 'INV-0'].map(pill)).toEqual([
      'Credited',
      'Paid',
      'Credited',
      'Void',
    ]);
  });

  it('B4, B7: marks what is past due, and pays it with another card', async () => {
    const mock = await charged('declines');
    show(mock, <Invoices />);
    const pay = await button('Pay $30.00');
    await waitFor(() => expect(widget('invoices')?.dataset.state).toBe('past_due'));
    expect(line('INV-1')).toHaveTextContent('Past due');
    expect(line('INV-1').querySelector('.uk-pill')).toHaveAttribute('data-tone', 'bad');
    await userEvent.click(pay);
    expect(await screen.findByRole('alert')).toHaveTextContent(/declined/i);
    await mock.addPaymentMethod('succeeds');
    await waitFor(() => expect(line('INV-1')).toHaveTextContent('Paid'));
    expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull();
  });

  it('B7: leads to the page on which the payment method is changed', async () => {
    const onOpenPaymentPage = vi.fn();
    show(await charged('declines'), <Invoices onOpenPaymentPage={onOpenPaymentPage} />);
    await userEvent.click(await button('Update payment method'));
    await waitFor(() => expect(onOpenPaymentPage).toHaveBeenCalledWith(expect.stringMatching(/^http/)));
  });

  it('B7: saves the PDF of an invoice under its number, in the language of the page', async () => {
    const mock = await charged('succeeds');
    const onSave = vi.fn();
    const languages: (string | null)[] = [];
    // The mock draws no PDF; what a server with a renderer answers stands in for it at this one address.
    const client = createClient({
      baseUrl: 'http://usage.test',
      getToken: () => mock.tokenFor(),
      async fetch(input, init) {
        const { pathname, searchParams } = new URL(String(input));
        if (!pathname.endsWith('/pdf')) return mock.fetch(input, init);
        languages.push(searchParams.get('language'));
        return new Response('%PDF-1.7', { headers: { 'Content-Type': 'application/pdf' } });
      },
    });
    render(
      <UsageKitProvider client={client} session={mock.session()} locale="en-GB">
        <Invoices onSave={onSave} />
      </UsageKitProvider>,
    );
    await userEvent.click(await button('Download INV-1 as PDF'));
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    const [file, name] = onSave.mock.calls[0] as [Blob, string];
    expect(name).toBe('INV-1.pdf');
    expect([file.type, file.size]).toEqual(['application/pdf', 8]);
    expect(languages).toEqual(['en-GB']);
  });

  it('says where a PDF could not be loaded, at its invoice', async () => {
    const mock = await charged('succeeds');
    mock.fault({ on: 'GET *pdf', kind: 'problem', code: 'unavailable' });
    show(mock, <Invoices />);
    await userEvent.click(await button('Download INV-1 as PDF'));
    expect(await within(line('INV-1')).findByRole('alert')).toHaveTextContent('could not be loaded');
  });

  it('B12: shows a member nothing of it', async () => {
    const { container } = show(await charged('declines'), <Invoices />, 'member');
    await waitFor(() => expect(widget('invoices')?.dataset.state).toBe('not_permitted'));
    expect(container).not.toHaveTextContent('$');
  });

  it('L242: calls what was given back at the payment provider a refund, in the credit note for it', async () => {
    const mock = await charged('succeeds');
    const [charge] = (
      await mock
        .client()
        .withSession(mock.session())
        .request<Page<Charge>>({ path: `/v1/accounts/${mock.account().id}/charges` })
    ).items;
    const id = charge?.id ?? '';
    const fill = new URLSearchParams({ charge: id, return: 'refund', amount: '' });
    const portal = await mock.fetch(`https://usage.test/v1/accounts/${mock.account().id}/portal/session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${mock.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ returnUrl: 'https://app.example.com' }),
    });
    const { url } = (await portal.json()) as { url: string };
    await mock.fetch(url, { method: 'POST', body: fill, redirect: 'manual' });
    show(mock, <Invoices />);
    await userEvent.click(await button(/^Show the lines of INV.*CN-1/));
    expect(await screen.findByRole('dialog')).toHaveTextContent(/Refund.*\$30\.00/);
  });
});

describe('UpcomingInvoice', () => {
  it('D9: shows the lines so far, what they come to by the end and how that is told', () => {
    render(<UpcomingInvoice data={fixtures.upcoming} />);
    const root = widget('upcoming-invoice');
    expect(root).toHaveTextContent('Task runs beyond the allowance, 1,240 runs at $0.05 per run$62.00');
    expect(root).toHaveTextContent('Total so far$111.00');
    expect(root).toHaveTextContent('At the end of the period$134.50');
    expect(root).toHaveTextContent(
      'With $85.50 for use beyond the allowance, at the average of the days so far.',
    );
  });

  it('D9: warns of what is unpaid with its amount', async () => {
    show(await charged('declines'), <UpcomingInvoice />);
    expect(await screen.findByRole('alert')).toHaveTextContent('$30.00 is past due on one invoice');
  });
});

describe('PaymentMethod and Charges', () => {
  it('L244: says of each dispute how it stands, and of a payment in dispute no more that it is paid', async () => {
    const mock = await charged('succeeds');
    show(mock, <Charges data={fixtures.disputedCharges} />);
    const told = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent);
    expect(told).toEqual([
      expect.stringMatching(/\$111\.00 disputed at the bankDisputed\$111\.00$/),
      expect.stringMatching(/The bank asks about \$111\.00Paid\$111\.00$/),
      expect.stringMatching(/Dispute over \$80\.00 ended, the money went backPaid\$80\.00$/),
      expect.stringMatching(/Dispute over \$111\.00 ended, the payment standsPaid\$111\.00$/),
    ]);
  });

  it('B8: shows what is charged, and every attempt with why it failed', async () => {
    const mock = await charged('declines');
    show(
      mock,
      <>
        <PaymentMethod />
        <Charges />
      </>,
    );
    await waitFor(() => expect(widget('charges')).toHaveTextContent('Failed'));
    expect(widget('charges')).toHaveTextContent(/declined/i);
    await waitFor(() => expect(widget('payment-method')).toHaveTextContent(/ending in \d{4}/));
    await mock.addPaymentMethod('succeeds');
    await waitFor(() => expect(widget('charges')).toHaveTextContent('Paid'));
  });

  const both = (
    <>
      <PaymentMethod />
      <Charges />
    </>
  );

  it.each(['owner', 'admin'] as const)(
    'B8, E4: shows an %s of the CRM the payment method with the charges, also where money of use is hidden',
    async (role) => {
      const mock = createUsageKitMock({
        catalog: catalogTemplates.crm,
        scenario: 'fresh',
        afterEach: onTestFinished,
      });
      await mock.ready;
      await mock.addPaymentMethod('succeeds');
      await mock.backend.putAccount('acme', { planId: 'growth' });
      await mock.clock.advance('1s');
      show(mock, both, role);
      await waitFor(() => expect(widget('payment-method')).toHaveTextContent(/ending in 4242/));
      await button('Change payment method');
      await waitFor(() => expect(widget('charges')).toHaveTextContent('Paid$59.00'));
    },
  );

  it('B8, E6: shows neither to a manager of the CRM, who reads no invoices', async () => {
    const mock = createUsageKitMock({
      catalog: catalogTemplates.crm,
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    await mock.ready;
    await mock.addPaymentMethod('succeeds');
    show(mock, both, 'manager');
    for (const name of ['payment-method', 'charges'])
      await waitFor(() => expect(widget(name)?.dataset.state).toBe('not_permitted'));
  });

  /** As a holder of `billing:read` sees it: managers of this catalog read billing and change nothing. */
  const readOnly: CatalogConfig = { ...catalog, views: { manager: { plan: true, invoices: true } } };

  it('B8, B12: shows a reader of billing the method without a way to change it', async () => {
    const mock = await charged('succeeds', readOnly);
    show(mock, both, 'manager');
    await waitFor(() => expect(widget('payment-method')).toHaveTextContent(/ending in 4242/));
    expect(within(widget('payment-method') as HTMLElement).queryByRole('button')).toBeNull();
  });

  it('B8: says who can add a payment method to a reader who may not', async () => {
    const mock = createUsageKitMock({ catalog: readOnly, scenario: 'fresh', afterEach: onTestFinished });
    show(mock, <PaymentMethod />, 'manager');
    await screen.findByText('An owner or admin can change this.');
    expect(screen.queryByRole('button')).toBeNull();
  });
});
