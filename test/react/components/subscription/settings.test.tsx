import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AdditionalUse, AddOns, DedicatedIps, Seats } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import type { Subscription, SubscriptionChange, SubscriptionCommand } from '@usagekit/server/contract';
import type { ReactElement } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import agents from '../../../../server/src/catalogs/agents.ts';

const seatsIncluded = 6;

/** The platform for agents, on whose largest plan the mock's members have a seat each. */
const mockOf = () =>
  createUsageKitMock({
    catalog: {
      ...agents,
      plans: agents.plans.map((plan) =>
        plan.id === 'team' && plan.seats?.seat
          ? { ...plan, seats: { seat: { ...plan.seats.seat, included: seatsIncluded } } }
          : plan,
      ),
      defaultPlanId: 'team',
    },
    scenario: 'fresh',
    afterEach: onTestFinished,
  });

/** The same, where nobody buys anything without a payment method. */
const collecting = () =>
  createUsageKitMock({
    catalog: { ...agents, defaultPlanId: 'team', billing: { paymentTermDays: 14 } },
    scenario: 'fresh',
    afterEach: onTestFinished,
  });

const clientOf = (mock: UsageKitMock) => mock.client().withSession(mock.session());
const subscriptionOf = (mock: UsageKitMock): Promise<Subscription> =>
  clientOf(mock).subscription(mock.account().id);
const previewOf = (mock: UsageKitMock, body: SubscriptionCommand): Promise<SubscriptionChange> =>
  clientOf(mock).request({
    method: 'POST',
    path: `/v1/accounts/${mock.account().id}/subscription/preview`,
    body,
  });
const show = (element: ReactElement, mock: UsageKitMock, role: MockViewer = 'owner') =>
  renderWithUsageKit(element, { mock, role });

const button = (name: string | RegExp) => screen.findByRole('button', { name });
/** A button once what it does was looked at and it can be pressed. */
async function ready(name: string | RegExp) {
  const found = await button(name);
  await waitFor(() => expect(found).not.toHaveAttribute('aria-disabled'));
  return found;
}
const dialog = () => screen.getByRole('dialog');
const rowOf = (name: string) => screen.getByText(name).closest('.uk-setting') as HTMLElement;

afterEach(cleanupUsageKit);

describe('Seats', () => {
  it('A1, A5: shows the exact price of more seats before they are bought, and buys them once', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.clock.advance({ days: 10 });
    const preview = await previewOf(mock, { kind: 'seats', seatType: 'seat', quantity: 4 });
    show(<Seats />, mock);
    await userEvent.click(await button('Change Seats'));
    for (let clicks = 0; clicks < 4; clicks += 1) {
      await userEvent.click(await button('One more'));
    }
    const amount = Number(preview.dueNow.amount);
    const confirm = await ready(new RegExp(`^Buy 4 more, \\$${amount} by invoice`));
    expect(dialog()).toHaveTextContent(`Invoiced now$${amount.toFixed(2)}`);
    expect(dialog()).toHaveTextContent('Takes effect at once.');
    expect(mock.requests('PUT *seats*')).toEqual([]);
    act(() => {
      confirm.click();
      confirm.click();
    });
    await screen.findByText('4 bought', { selector: '.uk-strong' });
    expect(dialog().contains(document.activeElement)).toBe(true);
    await userEvent.click(await button('Done'));
    expect(mock.requests('PUT *seats*')).toHaveLength(1);
    expect((await subscriptionOf(mock)).seats[0]).toMatchObject({ bought: 4 });
    expect(await button('Change Seats')).toHaveFocus();
  });

  it('A7: says that fewer seats lower the next charge, and on which day', async () => {
    const mock = mockOf();
    await clientOf(mock).request({
      method: 'PUT',
      path: `/v1/accounts/${mock.account().id}/seats/seat`,
      body: { quantity: 5 },
    });
    show(<Seats />, mock);
    await userEvent.click(await button('Change Seats'));
    await userEvent.click(await button('One fewer'));
    const confirm = await ready('Set to 4');
    expect(dialog()).toHaveTextContent(/Takes effect on .*\. Until then everything stays as it is\./);
    expect(dialog()).toHaveTextContent('Nothing is due now.');
    await userEvent.click(confirm);
    await screen.findByText(/^4 bought from /, { selector: '.uk-strong' });
    expect((await subscriptionOf(mock)).seats[0]).toMatchObject({ bought: 5, boughtNext: 4 });
  });

  it('E9: lets nobody go below the seats that are taken, and says what can be bought', async () => {
    const mock = mockOf();
    await mock.ready;
    await clientOf(mock).request({
      method: 'PUT',
      path: `/v1/accounts/${mock.account().id}/seats/seat`,
      body: { quantity: 4 },
    });
    for (const id of ['seventh', 'eighth']) await mock.backend.putMember(mock.account().id, id, {});
    show(<Seats />, mock);
    await userEvent.click(await button('Change Seats'));
    const field = screen.getByRole('textbox', { name: 'Seats bought beyond those included' });
    await userEvent.clear(field);
    await userEvent.type(field, '1');
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(`A whole number from 2 to ${100 - seatsIncluded}`);
    const confirm = screen.getByRole('button', { name: 'Save' });
    expect(confirm).toHaveAttribute('aria-disabled', 'true');
  });

  it('A6: gives a member no price and no button', async () => {
    const { container } = show(<Seats />, mockOf(), 'viewer');
    await waitFor(() => expect(container).toHaveTextContent(/owner or admin/));
    expect(screen.queryByRole('button', { name: /Change/ })).toBeNull();
    expect(container).not.toHaveTextContent('$');
  });
});

describe('AddOns', () => {
  it('A3: adds a pack by number after showing what it costs, and says what each brings', async () => {
    const mock = mockOf();
    show(<AddOns />, mock);
    await userEvent.click(await button('Add Task pack'));
    expect(rowOf('Task pack')).toHaveTextContent('100 tasks more each · $15 each a month');
    await userEvent.click(await button('One more'));
    await userEvent.click(await ready('Set to 2, $30 by invoice'));
    await screen.findByText('Task pack: 2');
    await userEvent.click(await button('Done'));
    await waitFor(() => expect(rowOf('Task pack')).toHaveTextContent('You have 2'));
    expect(await button('Change Task pack')).toHaveFocus();
  });

  it('A3: switches a capability on, and takes it off with the end of the period', async () => {
    const mock = mockOf();
    show(<AddOns />, mock);
    await userEvent.click(await button('Add Advanced CAPTCHA'));
    await userEvent.click(await button('Add Advanced CAPTCHA, $25 by invoice'));
    await screen.findByText('Advanced CAPTCHA: 1');
    await userEvent.click(await button('Done'));
    await userEvent.click(await button('Remove Advanced CAPTCHA'));
    const confirm = within(await screen.findByRole('dialog')).findByRole('button', {
      name: 'Remove Advanced CAPTCHA',
    });
    await userEvent.click(await confirm);
    await screen.findByText(/^Advanced CAPTCHA: 0 from /);
    await userEvent.click(await button('Done'));
    await waitFor(() => expect(rowOf('Advanced CAPTCHA')).toHaveTextContent(/Ends on .*On/));
  });
});

describe('DedicatedIps', () => {
  it('A4: buys addresses, assigns one to an agent, refuses to lower the number below it, and releases it', async () => {
    const mock = mockOf();
    show(<DedicatedIps agents={[{ id: 'sage', label: 'Sage' }, { id: 'iris' }]} />, mock);
    await userEvent.click(await button('Change number'));
    await userEvent.click(await ready(/^Buy 1 more, \$4/));
    await screen.findByText('1 dedicated IPs');
    await userEvent.click(await button('Done'));
    await userEvent.click(await button('Assign ip-1'));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Agent' }), 'sage');
    const confirm = await within(dialog()).findByRole('button', { name: 'Assign ip-1' });
    await waitFor(() => expect(confirm).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(confirm);
    await screen.findByText('ip-1 is assigned to Sage');
    await userEvent.click(await button('Done'));
    expect(rowOf('ip-1')).toHaveTextContent('Assigned to Sage');
    expect(screen.queryByRole('button', { name: 'Remove ip-1' })).toBeNull();
    await userEvent.click(await button('Change number'));
    const field = screen.getByRole('textbox', { name: 'Dedicated IPs' });
    await userEvent.clear(field);
    await userEvent.type(field, '0');
    expect(field).toHaveAccessibleDescription('A whole number from 1 to 20');
    await userEvent.click(await button('Not now'));
    await userEvent.click(await button('Release ip-1'));
    await userEvent.click(await within(dialog()).findByRole('button', { name: 'Release ip-1' }));
    await screen.findByText('ip-1 is released');
    expect((await subscriptionOf(mock)).dedicatedIps?.items[0]?.agentId).toBeNull();
  });

  it('A4: says in the dialog why the server refuses, and lets another choice be made', async () => {
    const mock = mockOf();
    await clientOf(mock).request({
      method: 'PUT',
      path: `/v1/accounts/${mock.account().id}/dedicated-ips`,
      body: { quantity: 2 },
    });
    await clientOf(mock).request({
      method: 'PUT',
      path: `/v1/accounts/${mock.account().id}/dedicated-ips/ip-1`,
      body: { agentId: 'sage' },
    });
    show(<DedicatedIps />, mock);
    await userEvent.click(await button('Assign ip-2'));
    const field = screen.getByRole('textbox', { name: 'Agent' });
    await userEvent.type(field, 'sage');
    await within(dialog()).findByRole('alert');
    expect(dialog()).toHaveTextContent('Nothing was changed');
    expect(field).toHaveFocus();
    await userEvent.clear(field);
    await userEvent.type(field, 'iris');
    await waitFor(() =>
      expect(within(dialog()).getByRole('button', { name: 'Assign ip-2' })).not.toHaveAttribute(
        'aria-disabled',
      ),
    );
  });
});

describe('The page of the payment method', () => {
  const begins = {
    Seats: { widget: <Seats />, open: 'Change Seats', more: 3, confirm: /^Buy 3 more/ },
    'a pack by number': { widget: <AddOns />, open: 'Add Task pack', more: 2, confirm: /^Set to 3\b/ },
    'a capability': {
      widget: <AddOns />,
      open: 'Add Advanced CAPTCHA',
      more: 0,
      confirm: /^Add Advanced CAPTCHA/,
    },
    addresses: { widget: <DedicatedIps />, open: 'Change number', more: 1, confirm: /^Buy 2 more/ },
  };

  it.each(Object.keys(begins) as (keyof typeof begins)[])(
    'L235: leads back to the open dialog of %s with the same quantity',
    async (what) => {
      const { widget, open, more, confirm } = begins[what];
      const mock = collecting();
      await mock.ready;
      const page = show(widget, mock);
      await userEvent.click(await button(open));
      for (let clicks = 0; clicks < more; clicks += 1) await userEvent.click(await button('One more'));
      await userEvent.click(await button('Add payment method'));
      await waitFor(() => expect(mock.requests('POST *payment-method/session')).toHaveLength(1));
      page.unmount();
      await mock.addPaymentMethod();
      const back = show(widget, mock);
      await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeNull());
      await waitFor(() => within(dialog()).getByRole('button', { name: confirm }));
      await userEvent.click(await button('Not now'));
      // Once only: the dialog is not open at the next look at the page.
      back.unmount();
      show(widget, mock);
      await button(open);
      expect(screen.queryByRole('dialog')).toBeNull();
    },
  );
});

describe('AdditionalUse', () => {
  it('A2: allows so many more, or any number, or none, and says that the setting stays', async () => {
    const mock = mockOf();
    show(<AdditionalUse />, mock);
    await button('Change additional use of Tasks');
    expect(rowOf('Tasks')).toHaveTextContent('Work stops when the allowance is used up.Off');
    await userEvent.click(await button('Change additional use of Tasks'));
    await userEvent.click(await button('Up to a number'));
    const field = screen.getByRole('textbox', { name: 'At most' });
    await userEvent.clear(field);
    await userEvent.type(field, '250');
    expect(dialog()).toHaveTextContent('The setting stays for later cycles until you change it.');
    await userEvent.click(await ready('Allow 250 tasks'));
    await screen.findByText('Additional use is set');
    await userEvent.click(await button('Done'));
    await waitFor(() => expect(rowOf('Tasks')).toHaveTextContent('Up to 250'));
    expect((await subscriptionOf(mock)).additionalUse[0]).toMatchObject({ mode: 'capped', cap: '250' });
  });

  it('A2: can be worked with the keyboard alone', async () => {
    const mock = mockOf();
    show(<AdditionalUse />, mock);
    (await button('Change additional use of Tasks')).focus();
    await userEvent.keyboard('{Enter}');
    const unlimited = await button('Unlimited');
    while (document.activeElement !== unlimited) await userEvent.tab();
    await userEvent.keyboard(' ');
    const confirm = await ready('Allow without a limit');
    while (document.activeElement !== confirm) await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await screen.findByText('Additional use is set');
    await userEvent.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(await button('Change additional use of Tasks')).toHaveFocus();
  });
});
