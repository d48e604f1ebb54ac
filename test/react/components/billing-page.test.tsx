import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BillingPage } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

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

describe('BillingPage', { timeout: 60_000 }, () => {
  it('B2: shows each section at an address of its own', async () => {
    show();
    const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
    expect(links.slice(0, 5)).toEqual([
      ['Overview', '#billing-overview'],
      ['Credits', '#billing-credits'],
      ['Invoices', '#billing-invoices'],
      ['Payment', '#billing-payment'],
      ['Plans', '#billing-plans'],
    ]);
    expect(shown()).toEqual(['plan-card', 'plan-limits', 'upcoming-invoice']);
    for (const [section, widgets] of [
      ['credits', ['credit-balance', 'auto-top-up', 'activity-log']],
      ['invoices', ['invoices']],
      ['payment', ['payment-method', 'charges']],
      ['plans', ['plan-comparison']],
    ] as const) {
      await goTo(`#billing-${section}`);
      expect(shown()).toEqual(widgets);
      expect(screen.getByRole('link', { current: 'page' })).toHaveAttribute('href', `#billing-${section}`);
    }
  });

  it('A1: leads from the plan to the plans that it can be changed to', async () => {
    const onSection = vi.fn();
    show(<BillingPage onSection={onSection} section="overview" />);
    await userEvent.click(await screen.findByRole('button', { name: 'Upgrade' }, { timeout: 20_000 }));
    expect(onSection).toHaveBeenCalledWith('plans');
    await userEvent.click(screen.getByRole('link', { name: 'Invoices' }));
    expect(onSection).toHaveBeenLastCalledWith('invoices');
  });

  it('B2: takes the addresses of a host that has a router', async () => {
    show(<BillingPage section="payment" hrefOf={(section) => `/billing/${section}`} />);
    expect(screen.getByRole('link', { name: 'Plans' })).toHaveAttribute('href', '/billing/plans');
    expect(shown()).toEqual(['payment-method', 'charges']);
    await waitFor(() =>
      expect(document.querySelector('[data-widget="charges"]')).toHaveTextContent('No payments yet'),
    );
  });
});
