import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ActivityLog, CreditBalance, Invoices, PurchaseDialog } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  defaultCatalog,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import type { CatalogConfig } from '@usagekit/server/contract';
import axe from 'axe-core';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

type Card = Parameters<UsageKitMock['addPaymentMethod']>[0] | 'none';

async function mockWith(card: Card = 'succeeds', catalog: CatalogConfig = defaultCatalog) {
  const mock = createUsageKitMock({ catalog, afterEach: onTestFinished });
  if (card !== 'none') await mock.addPaymentMethod(card);
  return mock;
}

interface ShowOptions {
  role?: MockViewer;
  packId?: string;
  onOpenPaymentPage?: (url: string) => void;
}

function show(mock: UsageKitMock, { role = 'owner', packId, onOpenPaymentPage }: ShowOptions = {}) {
  const onClose = vi.fn();
  const ui = <PurchaseDialog open packId={packId} onClose={onClose} onOpenPaymentPage={onOpenPaymentPage} />;
  return { ...renderWithUsageKit(ui, { mock, role }), onClose };
}

/** Sells by another catalog from now on, as the product team does. */
async function putCatalog(mock: UsageKitMock, catalog: CatalogConfig) {
  const response = await mock.fetch('https://usage.test/v1/catalog', {
    method: 'PUT',
    headers: { authorization: `Bearer ${mock.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(catalog),
  });
  expect(response.status).toBe(200);
}

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const dialog = () => screen.getByRole('dialog');
const keysOf = (mock: UsageKitMock) =>
  new Set(mock.requests('POST *purchase').map(({ idempotencyKey }) => idempotencyKey));
const available = async (mock: UsageKitMock) => (await mock.account().credits()).available;

afterEach(() => {
  cleanupUsageKit();
  sessionStorage.clear();
});

describe('PurchaseDialog', () => {
  it('C6: is open again, with the chosen pack, for whoever comes back from the page of the payment method', async () => {
    const mock = await mockWith('none');
    const balance = <CreditBalance purchaseDialog={PurchaseDialog} />;
    const first = renderWithUsageKit(balance, { mock, role: 'owner' });
    await userEvent.click(await button('Buy credits'));
    await button('Add payment method');
    await userEvent.click(within(dialog()).getAllByRole('radio')[1] as HTMLElement);
    await userEvent.click(await button('Add payment method'));
    await waitFor(() => expect(mock.requests('POST *payment-method/session')).toHaveLength(1));
    first.unmount();
    await mock.addPaymentMethod();
    const second = renderWithUsageKit(balance, { mock, role: 'owner' });
    await button('Buy 5,000 credits for $80');
    await userEvent.click(await button('Cancel'));
    second.unmount();
    renderWithUsageKit(balance, { mock, role: 'owner' });
    await button('Buy credits');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('C6: shows each pack with its bonus, price and unit price, and the balance afterwards', async () => {
    show(await mockWith());
    await button('Buy 500 credits for $10');
    const packs = within(dialog()).getAllByRole('radio');
    expect(packs[0]).toHaveAccessibleName(/500 credits.*\$10.*\$2\.00 per 100 credits/);
    expect(packs[1]).toHaveAccessibleName(/5,000 credits.*\+500 bonus.*\$80.*\$1\.45 per 100 credits/);
    expect(dialog()).toHaveTextContent('Available afterwards880');
    await userEvent.click(packs[1] as HTMLElement);
    expect(dialog()).toHaveTextContent('Bonus+500Available afterwards5,880');
    expect(dialog()).toHaveTextContent('Charged to Visa ending in 4242');
    await button('Buy 5,000 credits for $80');
  });

  it('C6: begins with the pack that the host asks for, and any other can be chosen', async () => {
    show(await mockWith(), { packId: 'pack-5000' });
    await button('Buy 5,000 credits for $80');
    await userEvent.click(within(dialog()).getAllByRole('radio')[0] as HTMLElement);
    await button('Buy 500 credits for $10');
  });

  it('C6: says that bought credits do not expire, or on which day those of the chosen pack do', async () => {
    const [small, large] = defaultCatalog.creditPacks ?? [];
    if (!small || !large) throw new Error('The default catalog has two packs.');
    const creditPacks = [small, { ...large, expiresAfterDays: { paid: 90 } }];
    const mock = await mockWith('succeeds', { ...defaultCatalog, creditPacks });
    show(mock);
    await button('Buy 500 credits for $10');
    expect(dialog()).toHaveTextContent('What you add does not expire.');
    await userEvent.click(within(dialog()).getAllByRole('radio')[1] as HTMLElement);
    const told = dialog().textContent?.replaceAll('\u00a0', ' ') ?? '';
    expect(told).not.toContain('do not expire');
    const [, date = ''] = /What you add ends 90 days after the payment, on (.+?)\./.exec(told) ?? [];
    await userEvent.click(await button('Buy 5,000 credits for $80'));
    await screen.findByText('5,500 credits added');
    const { grants } = await mock.account().credits();
    const [endsAt] = grants
      .flatMap(({ expiresAt }) => expiresAt ?? [])
      .sort()
      .reverse();
    expect(Date.parse(`${date} UTC`)).toBe(Date.parse(`${endsAt?.slice(0, 10)}T00:00:00Z`));
  });

  it('C6: buys the pack and shows the balance that the server then has', async () => {
    const mock = await mockWith();
    const { onClose } = show(mock);
    await userEvent.click(await button('Buy 500 credits for $10'));
    await screen.findByText('500 credits added');
    await waitFor(() => expect(dialog()).toHaveTextContent('Available now880 credits'));
    expect(screen.queryByRole('button', { name: /^Buy/ })).toBeNull();
    await userEvent.click(await button('Done'));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('F2: buys once however often the button is clicked', async () => {
    const mock = await mockWith();
    show(mock);
    const buy = await button('Buy 500 credits for $10');
    act(() => {
      buy.click();
      buy.click();
    });
    act(() => buy.click());
    await screen.findByText('500 credits added');
    expect(keysOf(mock).size).toBe(1);
    expect(await available(mock)).toBe('880');
  });

  it('F2: takes up after a reload what got no answer, and does not buy it twice', async () => {
    const mock = await mockWith();
    const mend = mock.fault({ on: 'POST *purchase', kind: 'truncated_json' });
    const first = show(mock);
    await userEvent.click(await button('Buy 500 credits for $10'));
    await screen.findByText('It is not known yet whether this was bought');
    expect(screen.queryByRole('button', { name: /^Buy/ })).toBeNull();
    mend();
    first.unmount();
    show(mock);
    await screen.findByText('500 credits added');
    expect(keysOf(mock).size).toBe(1);
    expect(await available(mock)).toBe('880');
  });

  it('L236: shows price, tax and total before the button, charges the total, and has an invoice of it', async () => {
    const mock = await mockWith('succeeds', {
      ...defaultCatalog,
      billing: { ...defaultCatalog.billing, taxes: [{ label: 'VAT', percent: '19' }] },
    });
    const first = show(mock);
    const buy = await button('Buy 500 credits for $11.90');
    expect(dialog()).toHaveTextContent('Before tax$10.00VAT$1.90Total$11.90');
    await userEvent.click(buy);
    await screen.findByText('$11.90 paid.');
    first.unmount();
    renderWithUsageKit(<Invoices />, { mock, role: 'owner' });
    const opener = await button('Show the lines of INV-2');
    expect(opener.closest('li')).toHaveTextContent(/^INV-2500 credits · Issued /);
    await userEvent.click(opener);
    const lines = await screen.findByRole('dialog', { name: 'INV-2: lines' });
    expect(lines).toHaveTextContent(/500 credits.*\$10\.00.*VAT.*\$1\.90.*Total\$11\.90/);
  });

  it('L241: does not buy what costs more by the click, shows the new price and asks again', async () => {
    const mock = await mockWith();
    show(mock);
    const sent = mock.hold('POST *purchase');
    await userEvent.click(await button('Buy 500 credits for $10'));
    await sent.arrived();
    const dearer = (defaultCatalog.creditPacks ?? []).map((pack) =>
      pack.id === 'pack-500' ? { ...pack, price: { ...pack.price, amount: '12' } } : pack,
    );
    await putCatalog(mock, { ...defaultCatalog, creditPacks: dearer });
    sent.release();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Nothing was boughtThe price has gone up since it was shown.',
    );
    expect(await available(mock)).toBe('380');
    await userEvent.click(await button('Buy 500 credits for $12'));
    await screen.findByText('500 credits added');
    expect(dialog()).toHaveTextContent('$12 paid.');
    expect(keysOf(mock).size).toBe(2);
  });

  it('L236: shows no sums where no tax is charged', async () => {
    show(await mockWith());
    await button('Buy 500 credits for $10');
    expect(dialog()).not.toHaveTextContent(/Before tax|Total/);
  });

  it('C6: says pending and adds nothing to Available while a payment waits for its confirmation', async () => {
    const mock = await mockWith('needs_action');
    show(mock);
    await userEvent.click(await button('Buy 500 credits for $10'));
    const confirm = await screen.findByRole('link', { name: 'Confirm payment' });
    expect(confirm).toHaveAttribute('href', expect.stringMatching(/^http/));
    expect(dialog()).toHaveTextContent('cannot spend any of it before');
    expect(dialog()).toHaveTextContent('Available now380 credits');
    expect(await available(mock)).toBe('380');
  });

  it('C6: says why a payment failed, and tries again as a new purchase', async () => {
    const mock = await mockWith('declines');
    show(mock);
    await userEvent.click(await button('Buy 500 credits for $10'));
    expect(await screen.findByRole('alert')).toHaveTextContent('The payment failed');
    expect(dialog()).toHaveTextContent('Nothing was added.');
    await mock.addPaymentMethod('succeeds');
    await userEvent.click(await button('Try again: 500 credits for $10'));
    await screen.findByText('500 credits added');
    expect(keysOf(mock).size).toBe(2);
    expect(await available(mock)).toBe('880');
  });

  it('C6: leads to the payment page where there is no payment method, and sends no purchase', async () => {
    const mock = await mockWith('none');
    const onOpenPaymentPage = vi.fn();
    show(mock, { onOpenPaymentPage });
    await userEvent.click(await button('Add payment method'));
    await waitFor(() => expect(onOpenPaymentPage).toHaveBeenCalledWith(expect.stringMatching(/^http/)));
    expect(screen.queryByRole('button', { name: /^Buy/ })).toBeNull();
    expect(mock.requests('POST *purchase')).toHaveLength(0);
  });

  it('B8: says in place that the page to change the payment method could not be opened, and tries again', async () => {
    const mock = await mockWith();
    const mend = mock.fault({ on: 'POST *session', kind: 'problem' });
    const onOpenPaymentPage = vi.fn();
    show(mock, { onOpenPaymentPage });
    await userEvent.click(await button('Change payment method'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The payment page could not be opened.');
    expect(onOpenPaymentPage).not.toHaveBeenCalled();
    mend();
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(onOpenPaymentPage).toHaveBeenCalledWith(expect.stringMatching(/^http/)));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('gives the focus to its title when it opens, not to what closes it', async () => {
    show(await mockWith());
    await button('Buy 500 credits for $10');
    expect(within(dialog()).getByRole('heading', { name: 'Buy credits' })).toHaveFocus();
  });

  it('C8: tells an owner that the plan sells nothing, and nothing of roles', async () => {
    const { creditPacks: _, ...withoutPacks } = defaultCatalog;
    show(createUsageKitMock({ catalog: withoutPacks, scenario: 'fresh', afterEach: onTestFinished }));
    await screen.findByText('This plan offers nothing to buy at the moment.');
    expect(dialog()).not.toHaveTextContent(/role|owner/);
  });

  it('A6: offers nothing to a member who may not buy', async () => {
    show(await mockWith(), { role: 'member' });
    await screen.findByText('Your role does not include purchases');
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('tells a buyer whose token is meanwhile of another account what to do, and nothing of a role', async () => {
    const mock = await mockWith();
    show(mock);
    mock.fault({ on: 'POST *purchase', code: 'other_account' });
    await userEvent.click(await button('Buy 500 credits for $10'));
    await screen.findByText('Reload the page, or sign in again.');
    expect(dialog()).not.toHaveTextContent(/role|owner/);
  });

  it('C6: opens from CreditBalance where the host has no purchase of its own', async () => {
    const mock = await mockWith();
    renderWithUsageKit(<CreditBalance purchaseDialog={PurchaseDialog} />, { mock });
    await userEvent.click(await button('Buy credits'));
    await userEvent.click(await button('Buy 500 credits for $10'));
    await screen.findByText('500 credits added');
    await userEvent.click(await button('Done'));
    expect(screen.queryByRole('dialog')).toBeNull();
    const balance = document.querySelector('[data-widget="credit-balance"]');
    await waitFor(() => expect(balance).toHaveTextContent('Available880credits'));
  });

  it('C7: a purchase stands in the activity log', async () => {
    const mock = await mockWith();
    renderWithUsageKit(
      <>
        <PurchaseDialog open onClose={() => {}} />
        <ActivityLog />
      </>,
      { mock },
    );
    await userEvent.click(await button('Buy 500 credits for $10'));
    await screen.findByText('500 credits added');
    const log = document.querySelector('[data-widget="activity-log"]');
    await waitFor(() =>
      expect(log?.querySelector('[data-kind="credits_purchased"]')).toHaveTextContent('500'),
    );
  });

  it('axe finds nothing while choosing and after buying', async () => {
    show(await mockWith());
    const buy = await button('Buy 500 credits for $10');
    const violations = async () =>
      (await axe.run(dialog(), { rules: { 'color-contrast': { enabled: false } } })).violations.map(
        ({ id }) => id,
      );
    expect(await violations()).toEqual([]);
    await userEvent.click(buy);
    await screen.findByText('500 credits added');
    expect(await violations()).toEqual([]);
  });
});
