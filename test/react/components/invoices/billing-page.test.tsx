import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BillingPage } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { catalogTemplates } from '@usagekit/server/catalogs';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import agents from '../../../../server/src/catalogs/agents.ts';

const show = (ui = <BillingPage />) =>
  renderWithUsageKit(ui, { mock: createUsageKitMock({ afterEach: onTestFinished }), role: 'owner' });
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-widget="billing-page"] [data-widget]')].map(
    ({ dataset }) => dataset.widget,
  );
/** Goes to an address within the page, as a link or a typed address does. */
const goTo = (fragment: string) =>
  act(async () => {
    location.hash = fragment;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });

afterEach(() => {
  cleanupUsageKit();
  history.replaceState(null, '', '#');
});

describe('BillingPage', () => {
  it('B2: shows each section at an address of its own', async () => {
    show();
    const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
    expect(links.slice(0, 5)).toEqual([
      ['Overview', '#billing-overview'],
      ['Balance', '#billing-credits'],
      ['Invoices', '#billing-invoices'],
      ['Payment', '#billing-payment'],
      ['Plans', '#billing-plans'],
    ]);
    await waitFor(() => expect(shown()).toEqual(['plan-card', 'upcoming-invoice']));
    for (const [section, widgets] of [
      ['credits', ['credit-balance', 'auto-top-up', 'activity-log']],
      ['invoices', ['invoices']],
      ['payment', ['payment-method', 'charges']],
      ['plans', ['plan-comparison']],
    ] as const) {
      await goTo(`#billing-${section}`);
      await waitFor(() => expect(shown()).toEqual(widgets));
      expect(screen.getByRole('link', { current: 'page' })).toHaveAttribute('href', `#billing-${section}`);
    }
  });

  it('C8: offers auto top-up where the plan sells credits, and not where nothing could be bought', async () => {
    const catalog = { ...catalogTemplates.automation, defaultPlanId: 'developer' };
    const mock = createUsageKitMock({ catalog, scenario: 'fresh', afterEach: onTestFinished });
    renderWithUsageKit(<BillingPage section="credits" />, { mock, role: 'owner' });
    await waitFor(() => expect(shown()).toEqual(['credit-balance', 'activity-log']));
  });

  it('A1: leads from the plan to the plans that it can be changed to', async () => {
    const onSection = vi.fn();
    show(<BillingPage onSection={onSection} section="overview" />);
    await userEvent.click(await screen.findByRole('button', { name: 'Upgrade' }));
    expect(onSection).toHaveBeenCalledWith('plans');
    await userEvent.click(screen.getByRole('link', { name: 'Invoices' }));
    expect(onSection).toHaveBeenLastCalledWith('invoices');
  });

  it('A1: shows each limit of the plan, seats, add-ons, dedicated IPs and additional use, where the plan has them', async () => {
    const team = agents.plans.find(({ id }) => id === 'team');
    const mock = createUsageKitMock({
      catalog: {
        ...agents,
        plans: agents.plans.map((plan) =>
          plan === team ? { ...plan, seats: { seat: { ...plan.seats?.seat, included: 6 } } } : plan,
        ),
        defaultPlanId: 'team',
      },
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    renderWithUsageKit(<BillingPage />, { mock, role: 'owner' });
    await waitFor(() =>
      expect(shown()).toEqual([
        'plan-card',
        'upcoming-invoice',
        'plan-limits',
        'seats',
        'add-ons',
        'dedicated-ips',
        'additional-use',
      ]),
    );
  });

  it('B8: tells payments in the time zone in which invoices tell their dates, which is the account’s', async () => {
    const mock = createUsageKitMock({
      catalog: catalogTemplates.crm,
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    await mock.ready;
    await mock.addPaymentMethod('succeeds');
    await mock.backend.putAccount('acme', { planId: 'growth', timeZone: 'Asia/Tokyo' });
    // A new time zone holds from the next period on.
    await mock.clock.advance('40d');
    renderWithUsageKit(<BillingPage section="payment" />, {
      mock,
      role: 'owner',
      provider: { timeZone: undefined },
    });
    const hour = new Intl.DateTimeFormat('en', {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'Asia/Tokyo',
    });
    await waitFor(() => {
      const time = document.querySelector<HTMLTimeElement>('[data-widget="charges"] time');
      expect(time).toHaveTextContent(hour.format(new Date(time?.dateTime ?? 0)));
    });
  });

  it('B2: takes the addresses of a host that has a router', async () => {
    show(<BillingPage section="payment" hrefOf={(section) => `/billing/${section}`} />);
    expect(screen.getByRole('link', { name: 'Plans' })).toHaveAttribute('href', '/billing/plans');
    await waitFor(() =>
      expect(document.querySelector('[data-widget="charges"]')).toHaveTextContent('No payments yet'),
    );
    expect(shown()).toEqual(['payment-method', 'charges']);
  });
});
