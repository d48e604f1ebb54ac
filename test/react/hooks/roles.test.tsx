import { render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider, useUsage } from '@usagekit/react';
import { createUsageKitMock, type MockViewer } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Balance, SummaryCredits } from './figures.tsx';

function Usage() {
  const { status, data } = useUsage();
  return <output aria-label="usage">{`${status} ${JSON.stringify(data ?? null)}`}</output>;
}

function show(role: MockViewer) {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  render(
    <UsageKitProvider client={mock.client()} session={mock.session({ role })}>
      <Balance />
      <SummaryCredits />
      <Usage />
    </UsageKitProvider>,
  );
  return mock;
}

describe('a hook', () => {
  it('B12: gives a viewer no balance, and no units in the meters', async () => {
    show('viewer');
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('not_permitted -'));
    await waitFor(() => expect(screen.getByLabelText('usage')).toHaveTextContent('"used":null'));
    expect(screen.getByLabelText('usage')).not.toHaveTextContent(/"used":"/);
  });

  it('B5: gives a member the balance', async () => {
    show('member');
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('ready 380'));
  });

  it('C12: gives a visitor nothing but that it is not permitted', async () => {
    show('visitor');
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('not_permitted -'));
    await waitFor(() => expect(screen.getByLabelText('summary')).toHaveTextContent('not_permitted -'));
    await waitFor(() => expect(screen.getByLabelText('usage')).toHaveTextContent('not_permitted null'));
    expect(document.body).not.toHaveTextContent(/380|credit/);
  });
});
