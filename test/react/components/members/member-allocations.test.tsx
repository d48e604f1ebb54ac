import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemberAllocations } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import type { Member } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { plansCatalogConfig } from '../../../support/plans-catalog.ts';

const mockOf = () =>
  createUsageKitMock({
    catalog: { ...plansCatalogConfig, defaultPlanId: 'pro' },
    scenario: 'fresh',
    afterEach: onTestFinished,
  });

const show = (mock: UsageKitMock, role: MockViewer = 'owner') =>
  renderWithUsageKit(<MemberAllocations />, { mock, role });

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const rowOf = (name: string) =>
  screen.getByText(name, { selector: '.uk-setting-name' }).closest('li') as HTMLElement;
const dialog = () => screen.getByRole('dialog');
const field = () => screen.getByRole('textbox', { name: 'Share in each cycle' });

async function allocationsOf(mock: UsageKitMock, memberId: string) {
  const path = `/v1/accounts/${mock.account().id}/members/${memberId}`;
  const member: Member = await mock.client().withSession(mock.session()).request({ path });
  return member.allocations;
}

async function setShare(name: string, share: string) {
  await userEvent.click(await button(`Set the share of ${name}`));
  await userEvent.clear(field());
  await userEvent.type(field(), share);
}

afterEach(cleanupUsageKit);

describe('MemberAllocations', () => {
  it('E12: sets, raises and clears a share, and the focus goes back to where it came from', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('runs', 30, { memberId: 'member' });
    show(mock);
    await button('Set the share of Member');
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('30 runs · Shared'));
    await userEvent.click(await button('Set the share of Member'));
    // Nothing is typed yet, so nothing is named.
    expect(within(dialog()).getByRole('button', { name: 'Set share' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await userEvent.click(within(dialog()).getByRole('button', { name: 'Close' }));
    await setShare('Member', '100');
    expect(dialog()).toHaveTextContent('Takes effect at once. A share costs nothing.');
    expect(await allocationsOf(mock, 'member')).toEqual({});
    await userEvent.click(await button('Set to 100 runs'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await button('Set the share of Member')).toHaveFocus();
    expect(rowOf('Member')).toHaveTextContent('30 of 100 runs');
    expect(await allocationsOf(mock, 'member')).toEqual({ runs: '100' });
    await setShare('Member', '250');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('30 of 250 runs'));
    await userEvent.click(await button('Set the share of Member'));
    await userEvent.click(within(dialog()).getByRole('button', { name: 'Clear share' }));
    expect(dialog().contains(document.activeElement)).toBe(true);
    expect(dialog()).toHaveTextContent('They use what all share again.');
    await userEvent.click(within(dialog()).getByRole('button', { name: 'Clear share' }));
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('30 runs · Shared'));
    expect(await allocationsOf(mock, 'member')).toEqual({});
  });

  it('E11, E12: shows each member’s part of everyone’s use and its course, and raises a share that is used up where it stands', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('runs', 30, { memberId: 'member' });
    await mock.clock.advance({ days: 2 });
    await mock.account().consume('runs', 70, { memberId: 'member' });
    await mock.account().consume('runs', 100);
    show(mock);
    await button('Set the share of Member');
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('50% of everyone’s use'));
    expect(
      within(rowOf('Member')).getByRole('img', { name: 'Use of Member on each of 3 days' }),
    ).toBeVisible();
    await setShare('Member', '100');
    await userEvent.click(await button('Set to 100 runs'));
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('Used up'));
    await userEvent.click(await button('Raise the share of Member'));
    await userEvent.clear(field());
    await userEvent.type(field(), '400');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('100 of 400 runs'));
    expect(await allocationsOf(mock, 'member')).toEqual({ runs: '400' });
  });

  it('E12: says whom a share stops at once, before it is set, and the gate then stops them', async () => {
    const mock = mockOf();
    await mock.ready;
    await mock.account().consume('runs', 30, { memberId: 'member' });
    show(mock);
    await button('Set the share of Member');
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('30 runs'));
    await setShare('Member', '30');
    expect(dialog()).toHaveTextContent('Stops at once, since as much is used already: Member.');
    await userEvent.click(await button('Set to 30 runs'));
    await waitFor(() => expect(rowOf('Member')).toHaveTextContent('Used up'));
    await expect(mock.account().consume('runs', 1, { memberId: 'member' })).rejects.toMatchObject({
      status: 429,
    });
    await mock.account().consume('runs', 1, { memberId: 'admin' });
  });

  it('E12: sets the shares of several at once, keeps their other shares, and names those that failed', async () => {
    const mock = mockOf();
    await mock.ready;
    show(mock);
    await button('Set the share of Member');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select Member' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select Viewer' }));
    expect(screen.getByText('2 selected')).toBeInTheDocument();
    await userEvent.click(await button('Set share'));
    await userEvent.type(field(), '75');
    const mend = mock.fault({ on: 'PUT *members/viewer', kind: 'problem', status: 403, code: 'forbidden' });
    await userEvent.click(await button('Set to 75 runs'));
    expect(await screen.findByRole('alert')).toHaveTextContent('Not saved: Viewer. Try again.');
    mend();
    await userEvent.click(await button('Set to 75 runs'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await button('Set share')).toHaveFocus();
    expect(await allocationsOf(mock, 'viewer')).toEqual({ runs: '75' });
    expect(await allocationsOf(mock, 'member')).toEqual({ runs: '75' });
  });

  it('E12: is not for members, and the server gives them nothing of it', async () => {
    const mock = mockOf();
    const { container } = show(mock, 'member');
    await waitFor(() => expect(container).toHaveTextContent(/Your role does not include/));
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(container).not.toHaveTextContent('Viewer');
  });
});
