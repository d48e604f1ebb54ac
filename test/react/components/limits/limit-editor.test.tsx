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

/** The automation platform on its paid plan, on which use beyond the allowance is charged. */
const mockOf = () =>
  createUsageKitMock({
    catalog: { ...automation, defaultPlanId: automation.plans.find(({ kind }) => kind === 'paid')?.id ?? '' },
    scenario: 'fresh',
    afterEach: onTestFinished,
  });
const show = (mock: UsageKitMock, role: MockViewer = 'owner') =>
  renderWithUsageKit(<UsagePanel />, { mock, role });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const dialog = () => screen.getByRole('dialog');
async function ready(name: string) {
  const found = await button(name);
  await waitFor(() => expect(found).not.toHaveAttribute('aria-disabled'));
  return found;
}

afterEach(cleanupUsageKit);

describe('LimitEditor', () => {
  it('D5: sets a hard limit from the gear of a meter, after saying what it stops, and removes it', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    show(mock);
    const gear = await button('Limit of Job runs');
    await userEvent.click(gear);
    expect(dialog()).toHaveTextContent(/40 .* used so far in this cycle/);
    const field = within(dialog()).getByRole('textbox', { name: 'Stop at' });
    await userEvent.type(field, '40');
    await waitFor(() =>
      expect(dialog()).toHaveTextContent('Blocks at once, since more is used already: Job runs.'),
    );
    expect(dialog()).toHaveTextContent('Nothing is due now.');
    expect(mock.requests('PUT *limits*')).toEqual([]);
    await userEvent.click(await ready('Stop at 40 runs'));
    await screen.findByText(/^Stops at 40 /);
    await userEvent.keyboard('{Enter}');
    expect(await button('Limit of Job runs')).toHaveFocus();
    await waitFor(() => expect(screen.getByText(/your own limit/)).toBeInTheDocument());
    await expect(mock.account().consume('job_runs', 1)).rejects.toMatchObject({ status: 429 });
    await userEvent.click(await button('Limit of Job runs'));
    await userEvent.click(await button('No limit of our own'));
    await userEvent.click(await ready('Remove the limit'));
    await screen.findByText('The limit is removed');
    await mock.account().consume('job_runs', 1);
  });

  it('D5: is not offered to those who may not set it', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    const { container } = show(mock, 'member');
    await waitFor(() => expect(container).toHaveTextContent('Job runs'));
    expect(screen.queryByRole('button', { name: /Limit of/ })).toBeNull();
  });
});
