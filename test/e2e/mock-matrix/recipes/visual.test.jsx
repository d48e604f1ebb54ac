import { CreditBalance } from '@usagekit/react/credit-balance';
import { createUsageKitMock, renderWithUsageKit, stableMarkup } from '@usagekit/react/testing';
import { expect, it, vi } from 'vitest';

it.each(['lowCredits', 'outOfCredits', 'rtlNames'])('draws %s as it did before', async (scenario) => {
  const mock = createUsageKitMock({ scenario });
  const { container } = renderWithUsageKit(<CreditBalance />, { mock });
  await vi.waitFor(
    () => expect(container.querySelector('[data-widget]:not([data-state="loading"])')).not.toBeNull(),
    10_000,
  );
  expect(stableMarkup(container)).toMatchSnapshot();
});
