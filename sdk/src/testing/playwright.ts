import { checkMocks } from './checks/checks.ts';
import { createUsageKitMock } from './mock/create-usagekit-mock.ts';
import type { MountOptions } from './mock/mounted.ts';
import type { MockOptions, UsageKitMock } from './mock/usagekit-mock.ts';
import { type PlaywrightPage, route } from './node/route.ts';

export { type ExpectedUse, usageKitMatchers } from './matchers/matchers.ts';
export { type Listening, type ListenOptions, listen } from './node/listen.ts';
export { type PlaywrightPage, route } from './node/route.ts';

/** What the fixture is made with. */
export interface FixtureOptions extends MockOptions, MountOptions {
  /** Where the page's client asks. */
  baseUrl: string;
}

/** What a test gets, for `base.extend<UsageKitFixtures>`. */
export interface UsageKitFixtures {
  /** The server that the page asks, a fresh one for each test. */
  usageKit: UsageKitMock;
}

/**
 * Fixtures for Playwright's `test.extend`: `usageKit`, a mock that answers what the test's page asks, and whose ledger is checked
 * after the test.
 *
 * In TypeScript Playwright wants their types named: `base.extend<UsageKitFixtures>(...)`.
 *
 * @example
 * const test = base.extend<UsageKitFixtures>(usageKitFixtures({ baseUrl: 'https://usage.test', scenario: 'nearLimit' }));
 * const expect = baseExpect.extend(usageKitMatchers);
 * test('warns', async ({ page, usageKit }) => { await page.goto('/'); await usageKit.account().spend(30); });
 */
export function usageKitFixtures({ baseUrl, as, accountId, ...options }: FixtureOptions): {
  usageKit: (given: { page: PlaywrightPage }, use: (mock: UsageKitMock) => Promise<void>) => Promise<void>;
} {
  const mount = { ...(as !== undefined && { as }), ...(accountId !== undefined && { accountId }) };
  return {
    usageKit: async ({ page }, use) => {
      const mock = createUsageKitMock(options);
      await route(page, mock, baseUrl, mount);
      try {
        await use(mock);
        await checkMocks();
      } finally {
        await mock.close();
      }
    },
  };
}
