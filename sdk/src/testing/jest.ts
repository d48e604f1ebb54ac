import { checkMocks } from './checks/checks.ts';
import { type UsageKitMatchers, usageKitMatchers } from './matchers/matchers.ts';
import { cleanupUsageKit } from './render/cleanup.ts';
import { usageKitSerializer } from './render/stable-markup.ts';

export type { UsageKitMatchers } from './matchers/matchers.ts';

interface JestHooks {
  expect?: {
    extend(matchers: typeof usageKitMatchers): void;
    addSnapshotSerializer(serializer: typeof usageKitSerializer): void;
  };
  afterEach?: (run: () => void | Promise<void>) => void;
}

/**
 * For Jest's `setupFilesAfterEnv`: the matchers, the check of every ledger, the clean-up of rendered UI after each test, and
 * snapshots without running ids.
 *
 * @example
 * // jest.config.js
 * module.exports = { setupFilesAfterEnv: ['@usagekit/react/testing/jest'] };
 */
const { expect, afterEach } = globalThis as JestHooks;
if (expect === undefined || afterEach === undefined) {
  throw new Error(
    '@usagekit/react/testing/jest found no expect and afterEach: name it in setupFilesAfterEnv, with injectGlobals as it is by default.',
  );
}
expect.extend(usageKitMatchers);
expect.addSnapshotSerializer(usageKitSerializer);
afterEach(cleanupUsageKit);
afterEach(checkMocks);

declare global {
  namespace jest {
    // The parameters are those of @types/jest, since declarations of one interface have to agree in them.
    // biome-ignore lint/complexity/noBannedTypes: see above
    interface Matchers<R, T = {}> extends UsageKitMatchers<R, Promise<void>> {}
  }
}
