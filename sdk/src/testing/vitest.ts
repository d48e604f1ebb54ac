import { afterEach, expect } from 'vitest';
import { checkMocks } from './checks/checks.ts';
import { type ExpectedUse, usageKitMatchers } from './matchers/matchers.ts';
import { cleanupUsageKit } from './render/cleanup.ts';
import { usageKitSerializer } from './render/stable-markup.ts';

/**
 * For Vitest's `setupFiles`, with or without its globals: the matchers with their types, the check of every ledger, the clean-up
 * of rendered UI after each test, and snapshots without running ids.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({ test: { setupFiles: ['@usagekit/react/testing/vitest'] } });
 */
expect.extend(usageKitMatchers);
expect.addSnapshotSerializer(usageKitSerializer);
afterEach(cleanupUsageKit);
afterEach(checkMocks);

declare module 'vitest' {
  // The parameters are Vitest's own: an interface is merged with one of the same alone.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Whether the mock let such a use through: consumed, reported, or charged by a settled hold or a task. */
    toHaveConsumed(this: Matchers<R, T>, expected: ExpectedUse): R;
    /** Whether so many credits of an account, the scenario's by default, are available. */
    toHaveAvailable(credits: number | string, accountId?: string): Promise<void>;
  }
}
