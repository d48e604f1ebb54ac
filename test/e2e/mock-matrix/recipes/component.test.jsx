import { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { expect, it, vi } from 'vitest';
import { Credits } from './credits.jsx';

it('shows what is left, and follows each use', async () => {
  const mock = createUsageKitMock({ scenario: 'lowCredits' });
  const { container } = renderWithUsageKit(<Credits />, { mock, role: 'owner' });
  await vi.waitFor(() => expect(container.textContent).toBe('100 credits'));
  await vi.waitFor(() => expect(mock.openStreams()).toBe(1));
  await mock.account().spend(30);
  expect(container.textContent).toBe('70 credits');
  await expect(mock).toHaveAvailable(70);
});
