import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PlanComparison } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import type {
  CatalogConfig,
  Charge,
  Page,
  Subscription,
  SubscriptionChange,
} from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';

/** Plans with a small and a large price; the mock's account has `pro`. */
const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  anchor: 'subscription_start',
  comparison: [{ id: 'support', label: 'Support' }],
  links: { billing: 'https://app.example.com/billing' },
  defaultPlanId: 'pro',
  plans: [
    ...plansCatalogConfig.plans,
    paidPlan('metered', 5, {
      price: { month: usd('95') },
      facts: { support: 'E-mail' },
      limits: [
        {
          metric: 'runs',
          included: '500',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.05' },
        },
      ],
    }),
  ],
};

const account = (mock: UsageKitMock) => mock.account();
const mockOf = () => createUsageKitMock({ catalog, scenario: 'fresh', afterEach: onTestFinished });

/** An account on Free whose invoices are collected. */
const collecting = (billing: CatalogConfig['billing'] = {}) =>
  createUsageKitMock({
    catalog: { ...catalog, defaultPlanId: 'free', billing: { paymentTermDays: 7, ...billing } },
    scenario: 'fresh',
    afterEach: onTestFinished,
  });

/** A call of the product team's backend for the account. */
async function asTeam<Answer>(mock: UsageKitMock, method: string, path: string, body?: object) {
  const response = await mock.fetch(`https://usage.test/v1/accounts/${account(mock).id}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${mock.secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': path,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as Answer;
}

function show(mock: UsageKitMock, role: MockViewer = 'owner') {
  return renderWithUsageKit(<PlanComparison />, { mock, role });
}

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const option = (name: string) =>
  screen.getByRole('heading', { name, level: 3 }).closest('.uk-plan-option') as HTMLElement;
const dialog = () => screen.getByRole('dialog');
const changesOf = (mock: UsageKitMock) => mock.requests('POST *subscription/change');

async function subscriptionOf(mock: UsageKitMock): Promise<Subscription> {
  return mock.client().withSession(mock.session()).subscription(account(mock).id);
}

async function previewOf(mock: UsageKitMock, planId: string): Promise<SubscriptionChange> {
  return mock
    .client()
    .withSession(mock.session())
    .request({
      method: 'POST',
      path: `/v1/accounts/${account(mock).id}/subscription/preview`,
      body: { kind: 'change_plan', planId },
    });
}

afterEach(() => {
  cleanupUsageKit();
  sessionStorage.clear();
});

describe('PlanComparison', () => {
  it('B1: shows the plans side by side with what is not metered, and leads an enterprise to sales', async () => {
    show(mockOf());
    await button('Choose max');
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'Free',
      'basic',
      'pro',
      'max',
      'Enterprise',
      'metered',
    ]);
    expect(within(option('metered')).getByText('Support').nextSibling).toHaveTextContent('E-mail');
    expect(within(option('pro')).getByText('Your plan')).toBeInTheDocument();
    expect(screen.getAllByText('Your plan')).toHaveLength(1);
    const sales = within(option('Enterprise')).getByRole('link', { name: 'Contact sales' });
    expect(sales).toHaveAttribute('href', 'mailto:sales@example.com');
    expect(within(option('Enterprise')).queryByRole('button')).toBeNull();
  });

  it('D3: shows what units beyond the included ones cost', async () => {
    show(mockOf());
    await button('Choose metered');
    expect(option('metered')).toHaveTextContent('Runs: 500, then $0.05 per run');
    expect(option('pro')).not.toHaveTextContent('then');
  });

  it('D10: says of the free plan that it needs no payment method and charges nothing beyond its limits', async () => {
    show(mockOf());
    await button('Choose max');
    expect(option('Free')).toHaveTextContent('No payment method needed.');
    expect(option('pro')).not.toHaveTextContent('No payment method needed.');
  });

  it('B1: switches between monthly and yearly prices, and says which plan has one only', async () => {
    show(mockOf());
    await button('Choose max');
    expect(option('pro')).toHaveTextContent('$60 a month');
    await userEvent.click(screen.getByRole('button', { name: 'Yearly' }));
    expect(option('pro')).toHaveTextContent('$600 a year');
    expect(option('max')).toHaveTextContent('$90 a monthBilled monthly only');
    expect(within(option('pro')).getByRole('button', { name: 'Pay yearly' })).toBeInTheDocument();
  });

  it('L241: does not make an upgrade that costs more by the click, shows the new sum and asks again', async () => {
    const mock = mockOf();
    show(mock);
    await userEvent.click(await button('Choose max'));
    const pay = await button(/and pay|by invoice/);
    const before = await previewOf(mock, 'max');
    const plans = catalog.plans.map((plan) =>
      plan.id === 'max' ? { ...plan, price: { month: usd('99') } } : plan,
    );
    const response = await mock.fetch('https://usage.test/v1/catalog', {
      method: 'PUT',
      headers: { authorization: `Bearer ${mock.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...catalog, plans }),
    });
    expect(response.status).toBe(200);
    const after = await previewOf(mock, 'max');
    expect(Number(after.dueNow.amount)).toBeGreaterThan(Number(before.dueNow.amount));
    await userEvent.click(pay);
    expect(await within(dialog()).findByRole('alert')).toHaveTextContent(
      'Nothing was changedThe amount has gone up.',
    );
    expect((await subscriptionOf(mock)).planId).toBe('pro');
    await userEvent.click(await button(new RegExp(`\\$${after.dueNow.amount.replace('.', '\\.')}`)));
    await waitFor(async () => expect((await subscriptionOf(mock)).planId).toBe('max'));
    expect(within(dialog()).queryByRole('alert')).toBeNull();
    expect(new Set(changesOf(mock).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  it('B9: shows what an upgrade costs and when before it is made, and makes it at once', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.clock.advance({ days: 6 });
    const preview = await previewOf(mock, 'max');
    expect(Number(preview.dueNow.amount)).toBeGreaterThan(0);
    show(mock);
    await userEvent.click(await button('Choose max'));
    const confirm = await button(/^Change to max, \$\d+ by invoice$/);
    expect(dialog()).toHaveTextContent('Takes effect at once.');
    expect(dialog()).toHaveTextContent(`Invoiced now$${Number(preview.dueNow.amount).toFixed(2)}`);
    expect(dialog()).toHaveTextContent('Next charge: $90.00 on');
    expect(changesOf(mock)).toEqual([]);
    expect((await subscriptionOf(mock)).planId).toBe('pro');
    await userEvent.click(confirm);
    await screen.findByText('The plan is max now');
    expect((await subscriptionOf(mock)).planId).toBe('max');
    await userEvent.click(await button('Done'));
    expect(within(option('max')).getByText('Your plan')).toBeInTheDocument();
  });

  it('F2: makes one change under one key, however often the button is clicked', async () => {
    const mock = mockOf();
    show(mock);
    await userEvent.click(await button('Choose max'));
    const confirm = await button(/^Change to max/);
    act(() => {
      confirm.click();
      confirm.click();
    });
    act(() => confirm.click());
    await screen.findByText('The plan is max now');
    expect(changesOf(mock)).toHaveLength(1);
  });

  it('F2: finds out with the same key whether a change that got no answer was made', async () => {
    const mock = mockOf();
    const mend = mock.fault({ on: 'POST *subscription/change', kind: 'truncated_json' });
    show(mock);
    await userEvent.click(await button('Choose max'));
    await userEvent.click(await button(/^Change to max/));
    const check = await button('Check again');
    expect(dialog()).toHaveTextContent('It is not known yet whether the change was made');
    mend();
    await userEvent.click(check);
    await screen.findByText('The plan is max now');
    expect(new Set(changesOf(mock).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it('B9: schedules a downgrade for the end of the period, and A5: takes it back', async () => {
    const mock = mockOf();
    show(mock);
    await userEvent.click(await button('Choose basic'));
    const confirm = await button('Change to basic');
    expect(dialog()).toHaveTextContent(/Takes effect on .*\. Until then everything stays as it is\./);
    expect(dialog()).toHaveTextContent('Nothing is due now.');
    await userEvent.click(confirm);
    await screen.findByText(/^The plan changes to basic on /);
    expect((await subscriptionOf(mock)).scheduled).toMatchObject({ kind: 'change', planId: 'basic' });
    await userEvent.click(await button('Done'));
    expect(option('basic')).toHaveTextContent(/From /);
    await userEvent.click(await button('Keep pro'));
    await userEvent.click(await button('Resume plan'));
    await screen.findByText('The plan goes on');
    expect((await subscriptionOf(mock)).scheduled).toBeNull();
  });

  it('A5, A6: offers no cancellation to a kind of account that does not cancel by itself', async () => {
    const mock = createUsageKitMock({
      catalog: { ...catalog, cancelling: { rule: 'boundary', accountKinds: ['person'] } },
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    show(mock);
    await screen.findByText('Your plan');
    expect(screen.queryByRole('button', { name: 'Cancel plan' })).toBeNull();
  });

  it('A5: cancels with the end of the period, and says on which day', async () => {
    const mock = createUsageKitMock({
      catalog: { ...catalog, cancelling: { rule: 'boundary' } },
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    show(mock);
    await userEvent.click(await button('Cancel plan'));
    await userEvent.click(await button(/^Cancel on /));
    await screen.findByText(/^The plan ends on /);
    expect((await subscriptionOf(mock)).scheduled?.kind).toBe('cancel');
    await userEvent.click(await button('Done'));
    expect(option('pro')).toHaveTextContent(/Ends on /);
  });

  it('says in the server’s words why a change is refused', async () => {
    const mock = mockOf();
    show(mock);
    await userEvent.click(await button('Choose max'));
    const confirm = await button(/^Change to max/);
    await mock
      .client()
      .withSession(mock.session())
      .request({
        method: 'POST',
        path: `/v1/accounts/${account(mock).id}/subscription/change`,
        body: { planId: 'max' },
        idempotencyKey: 'another-tab',
      });
    await userEvent.click(confirm);
    await waitFor(() => expect(dialog()).toHaveTextContent('The account has the plan max already.'));
    expect(dialog()).toHaveTextContent('Nothing was changed');
  });

  it('B9: leaves the old plan where the payment is declined, and says so in the bank’s words', async () => {
    const mock = collecting();
    await mock.ready;
    await mock.addPaymentMethod('declines');
    show(mock);
    await userEvent.click(await button('Choose pro'));
    await userEvent.click(await button(/^Change to pro and pay \$/));
    await waitFor(() => expect(dialog()).toHaveTextContent('Nothing was changed'));
    expect(dialog()).toHaveTextContent(/declined/i);
    expect((await subscriptionOf(mock)).planId).toBe('free');
  });

  it('L104, L204: says on the button what is charged, with the tax and the balance that come to it', async () => {
    const mock = collecting({ taxes: [{ label: 'VAT', percent: '19' }] });
    await mock.ready;
    await mock.addPaymentMethod();
    // 14.28 with the tax, in the account's favour.
    await asTeam(mock, 'POST', 'invoice-lines', { subject: 'Welcome', amount: '-12', when: 'now' });
    show(mock);
    await userEvent.click(await button('Choose pro'));
    const confirm = await button('Change to pro and pay $57.12');
    expect(dialog()).toHaveTextContent('Before tax$60.00VAT$11.40Balance−$14.28Due now$57.12');
    expect(dialog()).toHaveTextContent(/Next charge: \$71\.40 on .*\. That includes VAT \$11\.40\./);
    await userEvent.click(confirm);
    await screen.findByText('The plan is pro now');
    const charges = await asTeam<Page<Charge>>(mock, 'GET', 'charges');
    expect(charges.items.map(({ amount }) => amount.amount)).toEqual(['57.12']);
  });

  it('L104, L235: shows the sum with tax and leads to a payment method where there is none, and goes on once there is one', async () => {
    const mock = collecting({ taxes: [{ label: 'VAT', percent: '19' }] });
    show(mock);
    await userEvent.click(await button('Choose pro'));
    await button('Add payment method');
    expect(dialog()).toHaveTextContent('Before tax$60.00VAT$11.40Due now$71.40');
    expect(dialog()).not.toHaveTextContent('Nothing was changed');
    expect(within(dialog()).queryByRole('button', { name: /^Change to|Save/ })).toBeNull();
    expect((await subscriptionOf(mock)).planId).toBe('free');
    // On the payment page, in another tab.
    await mock.addPaymentMethod();
    act(() => void window.dispatchEvent(new Event('focus')));
    await userEvent.click(await button('Change to pro and pay $71.40'));
    await screen.findByText('The plan is pro now');
  });

  it('L235: is open again at the same change for whoever comes back from the page of the payment method', async () => {
    const mock = collecting();
    const page = show(mock);
    await userEvent.click(await button('Choose pro'));
    await userEvent.click(await button('Add payment method'));
    await waitFor(() => expect(mock.requests('POST *payment-method/session')).toHaveLength(1));
    page.unmount();
    await mock.addPaymentMethod();
    show(mock);
    await userEvent.click(await button('Change to pro and pay $60'));
    await screen.findByText('The plan is pro now');
  });

  it('B9: waits for a payment that has to be confirmed, and never says that the plan has changed before', async () => {
    const mock = collecting();
    await mock.ready;
    await mock.addPaymentMethod('needs_action');
    show(mock);
    await userEvent.click(await button('Choose pro'));
    await userEvent.click(await button(/^Change to pro and pay \$/));
    const confirm = await screen.findByRole('link', { name: 'Confirm payment' });
    expect(confirm).toHaveAttribute('href', expect.stringMatching(/^http/));
    expect(dialog()).toHaveTextContent('Until then everything stays as it is.');
    expect((await subscriptionOf(mock)).planId).toBe('free');
  });

  it('B9: leads whoever comes back while a payment waits to that payment, and changes nothing before it', async () => {
    const mock = collecting();
    await mock.ready;
    await mock.addPaymentMethod('needs_action');
    const page = show(mock);
    await userEvent.click(await button('Choose pro'));
    await userEvent.click(await button(/^Change to pro and pay \$/));
    const href = (await screen.findByRole('link', { name: 'Confirm payment' })).getAttribute('href');
    page.unmount();
    show(mock);
    await userEvent.click(await button('Choose metered'));
    await userEvent.click(await button(/^Change to metered and pay \$/));
    expect(await screen.findByRole('link', { name: 'Confirm payment' })).toHaveAttribute('href', href);
    expect(dialog()).toHaveTextContent('Another change waits for its payment.');
    const charges = await asTeam<Page<Charge>>(mock, 'GET', 'charges');
    expect(charges.items).toHaveLength(1);
  });

  it('L245, B9: withdraws a change that waits for its payment, and says that nothing was changed', async () => {
    const mock = collecting();
    await mock.ready;
    await mock.addPaymentMethod('needs_action');
    show(mock);
    await userEvent.click(await button('Choose pro'));
    await userEvent.click(await button(/^Change to pro and pay \$/));
    await userEvent.click(await button('Withdraw the change'));
    await waitFor(() => expect(dialog()).toHaveTextContent('Nothing was changed'));
    expect(dialog()).toHaveTextContent('The change was withdrawn.');
    expect((await subscriptionOf(mock)).planId).toBe('free');
    const { items } = await asTeam<Page<Charge>>(mock, 'GET', 'charges');
    expect(items.map(({ status }) => status)).toEqual(['failed']);
  });

  it('L245, B9: withdraws another change that waits, and goes on with what was chosen', async () => {
    const mock = collecting();
    await mock.ready;
    await mock.addPaymentMethod('needs_action');
    const page = show(mock);
    await userEvent.click(await button('Choose pro'));
    await userEvent.click(await button(/^Change to pro and pay \$/));
    await screen.findByRole('link', { name: 'Confirm payment' });
    page.unmount();
    show(mock);
    await userEvent.click(await button('Choose metered'));
    await userEvent.click(await button(/^Change to metered and pay \$/));
    await userEvent.click(await button('Withdraw the change'));
    await userEvent.click(await button(/^Change to metered and pay \$/));
    expect(await button('Withdraw the change')).toBeVisible();
    const { items } = await asTeam<Page<Charge>>(mock, 'GET', 'charges');
    // Both were made at one instant, since the mock's clock stands still.
    expect(items.map(({ status }) => status).sort()).toEqual(['failed', 'needs_action']);
  });

  it('A6: gives a viewer no prices and no buttons, and says who can change the plan', async () => {
    const { container } = show(mockOf(), 'viewer');
    await waitFor(() => expect(container).toHaveTextContent(/owner or admin/));
    expect(screen.queryByRole('button', { name: /Choose|Cancel/ })).toBeNull();
    expect(container).not.toHaveTextContent('$');
  });
});
