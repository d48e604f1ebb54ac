import { act, render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider, useCreditBalance } from '@usagekit/react';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Balance } from './figures.tsx';

function RefreshButton() {
  const { refresh } = useCreditBalance();
  return (
    <button type="button" onClick={() => void refresh()}>
      Refresh
    </button>
  );
}

function show(mock: UsageKitMock) {
  render(
    <UsageKitProvider client={mock.client()} session={mock.session()}>
      <Balance />
      <RefreshButton />
    </UsageKitProvider>,
  );
}

const balance = () => screen.getByLabelText('balance');
const refresh = () => act(() => screen.getByRole('button', { name: 'Refresh' }).click());

describe('a refresh that fails', () => {
  it.each(['offline', 'html_500', 'truncated_json', 'problem'] as const)(
    'by %s keeps the last figures and marks them stale',
    async (kind) => {
      const mock = createUsageKitMock({ afterEach: onTestFinished });
      show(mock);
      await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
      mock.fault({ on: 'GET *credits', kind });
      refresh();
      await waitFor(() => expect(balance()).toHaveTextContent('stale 380'));
    },
  );

  it('is made good by the next one', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    const mend = mock.fault({ on: 'GET *credits', kind: 'html_500' });
    refresh();
    await waitFor(() => expect(balance()).toHaveTextContent('stale 380'));
    mend();
    refresh();
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
  });

  it('is an error where there is nothing older, and a retry makes it good', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const mend = mock.fault({ on: 'GET *credits', kind: 'html_500' });
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('error -'));
    mend();
    refresh();
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
  });

  it('takes the figures away where the role may no longer see them', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    await mock.backend.putMember('acme', 'owner', { role: 'viewer' });
    refresh();
    await waitFor(() => expect(balance()).toHaveTextContent('not_permitted -'));
  });
});
