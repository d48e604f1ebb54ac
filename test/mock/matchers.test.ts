import {
  createUsageKitMock,
  type ExpectedUse,
  type UsageKitMock,
  usageKitMatchers,
} from '@usagekit/react/testing';
import { headers, paths } from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished } from 'vitest';

declare module 'vitest' {
  // The parameters are Vitest's own, since declarations of one interface have to agree in them.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toHaveConsumed(expected: ExpectedUse): R;
    toHaveAvailable(credits: number | string, accountId?: string): Promise<void>;
  }
}

expect.extend(usageKitMatchers);

/** What a host's backend does when it runs something. */
async function runSearch(mock: UsageKitMock, calls: number, key: string) {
  await mock.fetch(`https://usage.test${paths.consume}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${mock.secretKey}`,
      'Content-Type': 'application/json',
      [headers.idempotencyKey]: key,
    },
    body: JSON.stringify({ accountId: 'acme', memberId: 'member', items: [{ tool: 'search', calls }] }),
  });
}

describe('the matchers of the mock', () => {
  it('tell what was consumed, counting a repeated key once', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await runSearch(mock, 4, 'key-1');
    await runSearch(mock, 4, 'key-1');
    expect(mock).toHaveConsumed({ tool: 'search', amount: 4, memberId: 'member', times: 1 });
    expect(mock).toHaveConsumed({ idempotencyKey: 'key-1' });
    expect(mock).not.toHaveConsumed({ tool: 'search', amount: 5 });
    expect(mock).not.toHaveConsumed({ metric: 'emails' });
    expect(() => expect(mock).toHaveConsumed({ metric: 'emails' })).toThrow('"search"');
    await expect(mock).toHaveAvailable(378);
  });

  it('do not count what was refused', async () => {
    const mock = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
    await runSearch(mock, 4, 'key-1');
    expect(mock).not.toHaveConsumed({ tool: 'search' });
    await expect(mock).toHaveAvailable(0);
  });
});
