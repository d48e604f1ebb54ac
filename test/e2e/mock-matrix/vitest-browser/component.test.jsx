import { CreditBalance } from '@usagekit/react/credit-balance';
import { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { expect, it, vi } from 'vitest';

it('shows a widget, and what changes', async () => {
  const mock = createUsageKitMock({ scenario: 'lowCredits' });
  const { container } = renderWithUsageKit(<CreditBalance />, { mock });
  await vi.waitFor(() => expect(container.textContent).toContain('100'), 10_000);
  await vi.waitFor(() => expect(mock.openStreams()).toBe(1), 10_000);
  await mock.account().spend(37);
  await vi.waitFor(() => expect(container.textContent).toContain('63'), 10_000);
});
