import { screen, waitFor } from '@testing-library/react';
import { ActivityLog, Charges, CreditBalance, TaskTable, UsagePanel } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { afterEach, expect, it, onTestFinished } from 'vitest';

afterEach(cleanupUsageKit);

it('F10: tells every time of a page in the account’s zone where the provider names none', async () => {
  const mock = createUsageKitMock({
    scenario: 'healthy',
    account: { timeZone: 'Asia/Tokyo' },
    afterEach: onTestFinished,
  });
  await mock
    .account()
    .runTask('Summarize six papers', { items: [{ tool: 'search', calls: 2 }], agentId: 'sage' });
  const now = mock.clock.now();
  const inTokyo = new Intl.DateTimeFormat('en', {
    timeZone: 'Asia/Tokyo',
    hour: 'numeric',
    minute: '2-digit',
  }).format(now);
  const inUtc = new Intl.DateTimeFormat('en', { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(
    now,
  );
  expect(inTokyo).not.toBe(inUtc);
  const { container } = renderWithUsageKit(
    <>
      <UsagePanel />
      <CreditBalance />
      <TaskTable />
      <ActivityLog />
      <Charges />
    </>,
    { mock, role: 'owner', provider: { timeZone: undefined } },
  );
  const widget = (name: string) => container.querySelector(`[data-widget='${name}']`);
  await waitFor(() => {
    expect(widget('usage-panel')).toHaveTextContent('Asia/Tokyo');
    expect(widget('credit-balance')).toHaveTextContent(inTokyo);
    expect(widget('task-table')).toHaveTextContent(inTokyo);
  });
  await screen.findByRole('region', { name: 'Activity' });
  await waitFor(() => expect(container.querySelector('[aria-busy]')).toBeNull());
  expect(container).not.toHaveTextContent(inUtc);
});
