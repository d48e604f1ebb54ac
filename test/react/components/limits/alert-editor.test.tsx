import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import { UsagePanel } from '@usagekit/react/usage-panel/no-charts';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import automation from '../../../../server/src/catalogs/automation.ts';

/** The automation platform on its paid plan, which includes 1,000 job runs. */
const mockOf = () =>
  createUsageKitMock({
    catalog: { ...automation, defaultPlanId: automation.plans.find(({ kind }) => kind === 'paid')?.id ?? '' },
    scenario: 'fresh',
    afterEach: onTestFinished,
  });
const show = (mock: UsageKitMock, role: MockViewer = 'owner') =>
  renderWithUsageKit(<UsagePanel />, { mock, role });
const subscriptionOf = (mock: UsageKitMock) =>
  mock.client().withSession(mock.session()).subscription(mock.account().id);
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const dialog = () => screen.getByRole('dialog');
const field = (name: string) => within(dialog()).findByRole('textbox', { name });
async function ready(name: string) {
  const found = await button(name);
  await waitFor(() => expect(found).not.toHaveAttribute('aria-disabled'));
  return found;
}

afterEach(cleanupUsageKit);

describe('AlertEditor', () => {
  it('D6: sets the amounts of a metric from the bell of its meter, by keyboard alone, and tells which were sent', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    show(mock);
    (await button('Alerts for Job runs')).focus();
    await userEvent.keyboard('{Enter}');
    expect(dialog()).toHaveTextContent(/40 .* used so far in this cycle/);
    const at = await field('Tell us at');
    // Four fifths of what is included are offered where there is no alert yet.
    expect(at).not.toHaveValue('');
    await userEvent.clear(at);
    await userEvent.type(at, '30');
    (await button('Add another')).focus();
    await userEvent.keyboard('{Enter}');
    expect(dialog().contains(document.activeElement)).toBe(true);
    await userEvent.type(await field('Tell us at'), '50');
    expect(mock.requests('PUT *alerts*')).toEqual([]);
    (await ready('Save alerts')).focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByText('The alerts are saved');
    await userEvent.keyboard('{Enter}');
    expect(await button('Alerts for Job runs')).toHaveFocus();
    expect((await subscriptionOf(mock)).alerts).toEqual([
      expect.objectContaining({
        metric: 'job_runs',
        // What is reached already when it is set was told at once.
        amounts: [
          { amount: '30', told: true },
          { amount: '50', told: false },
        ],
      }),
    ]);
    await userEvent.click(await button('Alerts for Job runs'));
    await within(dialog()).findByText('Sent in this cycle');
    await userEvent.click(await button(/^Remove the alert at 30 /));
    expect(dialog().contains(document.activeElement)).toBe(true);
    await userEvent.click(await button(/^Remove the alert at 50 /));
    await userEvent.click(await ready('Save alerts'));
    await screen.findByText('No alerts any more');
    expect((await subscriptionOf(mock)).alerts).toEqual([]);
  });

  it('D6: changes the address that gets the mail, and takes one bare address only', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    show(mock);
    await userEvent.click(await button('Alerts for Job runs'));
    await within(dialog()).findByText(/Not mailed to anybody/);
    await userEvent.click(await button('Change address'));
    const address = await field('Mail alerts to');
    await userEvent.type(address, 'nobody');
    expect(address).toBeInvalid();
    expect(screen.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
    await userEvent.type(address, '@example.com');
    await userEvent.click(await ready('Save address'));
    await screen.findByText('The address is saved');
    expect(await subscriptionOf(mock)).toMatchObject({ alertEmail: 'nobody@example.com' });
    await userEvent.click(await button('Done'));
    await userEvent.click(await button('Alerts for Job runs'));
    await within(dialog()).findByText(/Mailed to nobody@example.com/);
  });

  it('D6: tells when the alerts cannot be loaded, and loads them when asked again', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    show(mock);
    const bell = await button('Alerts for Job runs');
    const mend = mock.fault({ on: 'GET *subscription', kind: 'problem' });
    await userEvent.click(bell);
    await within(dialog()).findByText('The alerts could not be loaded');
    mend();
    await userEvent.click(await button('Check again'));
    await field('Tell us at');
  });

  it('D6: is not offered to those who may not set alerts', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    const { container } = show(mock, 'member');
    await waitFor(() => expect(container).toHaveTextContent('Job runs'));
    expect(screen.queryByRole('button', { name: /Alerts for/ })).toBeNull();
  });
});
