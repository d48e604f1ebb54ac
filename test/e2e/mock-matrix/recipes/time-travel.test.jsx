import { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { expect, it, vi } from 'vitest';
import { Credits } from './credits.jsx';

it('gets new credits when the cycle begins', async () => {
  const mock = createUsageKitMock({ scenario: 'resetInSeconds' });
  const { container } = renderWithUsageKit(<Credits />, { mock });
  await vi.waitFor(() => expect(container.textContent).toBe('100 credits'));
  await mock.clock.advance('11s');
  await vi.waitFor(() => expect(container.textContent).toBe('1100 credits'), 5_000);
});
