import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ActivityLog, AutoTopUp } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  defaultCatalog,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import axe from 'axe-core';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

type Card = Parameters<UsageKitMock['addPaymentMethod']>[0] | 'none';

async function mockWith(card: Card = 'succeeds') {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  if (card !== 'none') await mock.addPaymentMethod(card);
  return mock;
}

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const dialog = () => screen.getByRole('dialog');
const widget = () => document.querySelector<HTMLElement>('[data-widget="auto-top-up"]');
const whenWidgetIs = (state: string) => waitFor(() => expect(widget()?.dataset.state).toBe(state));

async function openForm(mock: UsageKitMock, role: MockViewer = 'owner', onOpenPaymentPage?: () => void) {
  const rendered = renderWithUsageKit(<AutoTopUp onOpenPaymentPage={onOpenPaymentPage} />, { mock, role });
  await userEvent.click(await button('Set up'));
  return rendered;
}

async function enter(label: string, text: string) {
  const field = within(dialog()).getByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

async function switchOn(threshold: string) {
  await userEvent.click(await screen.findByRole('switch', { name: 'Top up automatically' }));
  await enter('When the balance falls below', threshold);
}

afterEach(cleanupUsageKit);

describe('AutoTopUp', () => {
  it('C8: is one readable line, off or what it buys when', async () => {
    const mock = await mockWith();
    await openForm(mock);
    expect(widget()).toHaveTextContent('Off');
    await switchOn('50');
    await userEvent.click(await button('Save and allow charges of $10'));
    await whenWidgetIs('ready');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(widget()).toHaveTextContent('Adds 500 credits for $10 when the balance falls below 50');
    expect(widget()).toHaveTextContent('Not topped up this cycle');
  });

  it('C8: tells an owner that the plan sells nothing, and nothing of roles', async () => {
    const { creditPacks: _, ...withoutPacks } = defaultCatalog;
    await openForm(
      createUsageKitMock({ catalog: withoutPacks, scenario: 'fresh', afterEach: onTestFinished }),
    );
    await screen.findByText('This plan offers nothing to buy at the moment.');
    expect(dialog()).not.toHaveTextContent(/role|owner/);
  });

  it('L241: is not turned on where a charge costs more by the click, and says the new price', async () => {
    const mock = await mockWith();
    await openForm(mock);
    await switchOn('50');
    const sent = mock.hold('PUT *auto-top-up');
    await userEvent.click(await button('Save and allow charges of $10'));
    await sent.arrived();
    const creditPacks = (defaultCatalog.creditPacks ?? []).map((pack) => ({
      ...pack,
      price: { ...pack.price, amount: '12' },
    }));
    const put = await mock.fetch('https://usage.test/v1/catalog', {
      method: 'PUT',
      headers: { authorization: `Bearer ${mock.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...defaultCatalog, creditPacks }),
    });
    expect(put.status).toBe(200);
    sent.release();
    expect(await screen.findByRole('alert')).toHaveTextContent('the price has gone up');
    await userEvent.click(await button('Save and allow charges of $12'));
    await whenWidgetIs('ready');
  });

  it('C8: says before saving that charges happen unasked, of what size, and how much at most', async () => {
    await openForm(await mockWith());
    await switchOn('50');
    const warning = () => within(dialog()).getByRole('status');
    expect(warning()).toHaveTextContent('$10 will be charged to Visa ending in 4242 without asking');
    expect(warning()).toHaveTextContent('Each time the balance falls below 50 credits.');
    expect(warning()).toHaveTextContent('There is no limit to the charges of a cycle.');
    await userEvent.click(within(dialog()).getByRole('checkbox', { name: 'Limit the charges of a cycle' }));
    await enter('At most', '4');
    expect(warning()).toHaveTextContent('No more than $40 a cycle.');
    await userEvent.click(within(dialog()).getByRole('radio', { name: /5,000 credits/ }));
    expect(warning()).toHaveTextContent('$80 will be charged');
    expect(warning()).toHaveTextContent('No more than $320 a cycle.');
    await enter('When the balance falls below', '400');
    expect(warning()).toHaveTextContent('The balance is 380 credits, so the first charge follows at once.');
    await button('Save and allow charges of $80');
  });

  it('C8: shows how often and how much it bought this cycle, and its cap', async () => {
    const mock = await mockWith();
    await openForm(mock);
    await switchOn('100');
    await userEvent.click(within(dialog()).getByRole('checkbox', { name: 'Limit the charges of a cycle' }));
    await enter('At most', '1');
    await userEvent.click(await button('Save and allow charges of $10'));
    await whenWidgetIs('ready');
    await mock.account().spendDownTo(90);
    await whenWidgetIs('capped');
    expect(widget()).toHaveTextContent('Topped up once this cycle, 500 credits · at most once a cycle');
    expect((await mock.account().credits()).available).toBe('590');
  });

  it('C8: shows a failed charge and when it is tried again', async () => {
    const mock = await mockWith('declines');
    await openForm(mock);
    await switchOn('100');
    await userEvent.click(await button('Save and allow charges of $10'));
    await whenWidgetIs('ready');
    await mock.account().spendDownTo(90);
    await whenWidgetIs('failed');
    expect(widget()).toHaveTextContent('Payment failed');
    expect(widget()).toHaveTextContent(/The last charge failed: .+ It is tried again on Nov \d+/);
  });

  it('C8: leads to the purchase while it buys nothing by itself, and not before', async () => {
    const mock = await mockWith('declines');
    const onBuyCredits = vi.fn();
    renderWithUsageKit(<AutoTopUp onBuyCredits={onBuyCredits} />, { mock });
    await userEvent.click(await button('Set up'));
    await switchOn('100');
    await userEvent.click(await button('Save and allow charges of $10'));
    await whenWidgetIs('ready');
    expect(screen.queryByRole('button', { name: 'Buy credits' })).toBeNull();
    await mock.account().spendDownTo(90);
    await userEvent.click(await button('Buy credits'));
    expect(onBuyCredits).toHaveBeenCalledOnce();
  });

  it('C8: cannot be switched on without a payment method, and leads to the page for one', async () => {
    const mock = await mockWith('none');
    const onOpenPaymentPage = vi.fn();
    await openForm(mock, 'owner', onOpenPaymentPage);
    await switchOn('50');
    await userEvent.click(await button(/^Save/));
    expect(mock.requests('PUT *auto-top-up')).toHaveLength(0);
    await userEvent.click(await button('Add payment method'));
    await waitFor(() => expect(onOpenPaymentPage).toHaveBeenCalledWith(expect.stringMatching(/^http/)));
  });

  it('B8: says in its form that the page to change the payment method could not be opened', async () => {
    const mock = await mockWith();
    mock.fault({ on: 'POST *session', kind: 'problem' });
    await openForm(mock);
    await switchOn('50');
    await userEvent.click(await button('Change payment method'));
    expect(await within(dialog()).findByRole('alert')).toHaveTextContent(
      'The payment page could not be opened.',
    );
  });

  it('C8: does not send what is no threshold', async () => {
    const mock = await mockWith();
    await openForm(mock);
    await switchOn('0');
    expect(dialog()).toHaveTextContent('Enter an amount above 0, such as 1,000 or 12.5.');
    await userEvent.click(await button(/^Save/));
    expect(mock.requests('PUT *auto-top-up')).toHaveLength(0);
  });

  it('C8: says that a charge cannot reach a threshold, as the server would', async () => {
    const mock = await mockWith();
    await openForm(mock);
    await switchOn('501');
    expect(dialog()).toHaveTextContent(
      'One charge adds 500 credits. Enter no more, or choose a larger pack.',
    );
    await userEvent.click(await button(/^Save/));
    expect(mock.requests('PUT *auto-top-up')).toHaveLength(0);
  });

  it('C7: a change of auto top-up stands in the activity log', async () => {
    const mock = await mockWith();
    renderWithUsageKit(
      <>
        <AutoTopUp />
        <ActivityLog />
      </>,
      { mock },
    );
    await userEvent.click(await button('Set up'));
    await switchOn('50');
    await userEvent.click(await button('Save and allow charges of $10'));
    await whenWidgetIs('ready');
    await waitFor(() =>
      expect(document.querySelector('[data-kind="auto_top_up_changed"]')).toHaveTextContent(
        'below 50 credits',
      ),
    );
  });

  it('axe finds nothing in the line nor in its form', async () => {
    await openForm(await mockWith());
    await switchOn('50');
    const { violations } = await axe.run(document.body, {
      rules: {
        'color-contrast': { enabled: false },
        region: { enabled: false },
        'page-has-heading-one': { enabled: false },
        'landmark-one-main': { enabled: false },
      },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
