import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findInvariantBreaks } from '../../sdk/src/testing/checks/find-invariant-breaks.ts';

describe('the check of the ledger', () => {
  it('F8: runs by the hook that the test runner gives', async () => {
    const afterEach = vi.fn();
    const mock = createUsageKitMock({ afterEach });
    onTestFinished(() => mock.close());
    await mock.account().spend(3);
    expect(afterEach).toHaveBeenCalledTimes(1);
    await expect(afterEach.mock.calls[0]?.[0]()).resolves.toBeUndefined();
  });

  it('F8: holds over grants, holds, settlements, expiry and a new cycle', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const account = mock.account();
    await account.grant('12.345678', { expiresAt: '2026-12-01T00:00:00.000Z' });
    await account.runTask('Estimate and settle', {
      estimate: [{ tool: 'work', calls: 40 }],
      items: [{ tool: 'work', calls: 25 }],
    });
    await account.runTask('Fail', {
      estimate: [{ tool: 'work', calls: 40 }],
      status: 'failed',
      error: 'No.',
    });
    await account.runTask('Under way', { estimate: [{ tool: 'work', calls: 40 }], status: 'in_progress' });
    await mock.assertInvariants();
    await mock.clock.advance({ days: 40 });
    await account.spend(5);
    await mock.assertInvariants();
  });

  it('F8: runs by itself where the hooks of the test runner are globals', async () => {
    const checks: (() => Promise<void>)[] = [];
    const findBreaks = vi.fn(async () => [] as string[]);
    vi.stubGlobal('afterEach', (check: () => Promise<void>) => checks.push(check));
    vi.resetModules();
    vi.doMock('../../sdk/src/testing/checks/find-invariant-breaks.ts', () => ({
      findInvariantBreaks: findBreaks,
    }));
    onTestFinished(() => {
      vi.doUnmock('../../sdk/src/testing/checks/find-invariant-breaks.ts');
    });
    const fresh = await import('@usagekit/react/testing');
    const mock = fresh.createUsageKitMock();
    onTestFinished(() => mock.close());
    const afterTest = async () => {
      for (const run of checks) await run();
    };
    await mock.account().spend(3);
    await afterTest();
    expect(findBreaks).toHaveBeenCalledTimes(1);
    // A mock that nothing was asked of since is not checked again.
    await afterTest();
    expect(findBreaks).toHaveBeenCalledTimes(1);
    // What was there before a reset is.
    await mock.account().spend(3);
    await mock.reset();
    await afterTest();
    expect(findBreaks).toHaveBeenCalledTimes(2);
    findBreaks.mockResolvedValueOnce(['acme: it does not']);
    await mock.account().spend(3);
    await expect(afterTest()).rejects.toThrow('The ledger of the mock does not add up: acme: it does not');
  });

  it('tells an account whose balance is not the sum of its entries', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.ready;
    const lying = {
      ...mock.backend,
      credits: async (accountId: string) => ({
        ...(await mock.backend.credits(accountId)),
        available: '381',
      }),
    };
    const breaks = await findInvariantBreaks(lying, ['acme']);
    expect(breaks).toHaveLength(2);
    expect(breaks[0]).toContain('acme: the ledger sums to 380000000 millionths and 381000000 are available');
  });
});
