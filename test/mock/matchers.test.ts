import '@usagekit/react/testing/vitest';
import { createUsageKitMock, type ExpectedUse, type UsageKitMock } from '@usagekit/react/testing';
import { headers, paths } from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished } from 'vitest';

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

  it('count settled holds, tasks that were charged and reported events, by who used', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const send = async (method: string, path: string, body: object) => {
      const response = await mock.fetch(`https://usage.test${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${mock.secretKey}`,
          'Content-Type': 'application/json',
          [headers.idempotencyKey]: `key-${path.split('/').join('-')}-${method}`,
        },
        body: JSON.stringify({ accountId: 'acme', ...body }),
      });
      expect(response.status).toBeLessThan(300);
    };
    const items = (calls: number) => [{ tool: 'search', calls }];
    await send('POST', paths.holds, { id: 'hold-1', memberId: 'member', items: items(10) });
    expect(mock).not.toHaveConsumed({ tool: 'search' });
    await send('POST', paths.settleHold('hold-1'), { items: items(6) });
    expect(mock).toHaveConsumed({ tool: 'search', amount: 6, memberId: 'member', times: 1 });
    await send('POST', paths.tasks, { id: 'task-1', name: 'Look', status: 'in_progress' });
    await send('PATCH', paths.task('task-1'), { status: 'completed', items: items(2) });
    expect(mock).toHaveConsumed({ tool: 'search', amount: 2, times: 1 });
    const events = [{ id: 'e-1', accountId: 'acme', memberId: 'owner', items: items(8) }];
    await mock.fetch(paths.events, {
      method: 'POST',
      headers: { Authorization: `Bearer ${mock.secretKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ events }),
    });
    expect(mock).toHaveConsumed({ tool: 'search', amount: 8, memberId: 'owner' });
    expect(mock).toHaveConsumed({ tool: 'search', times: 3 });
    expect(() => expect(mock).toHaveConsumed({ tool: 'search', amount: 9 })).toThrow(
      /0 of 3 are. What was consumed:\n {2}settled by member for acme: \{"tool":"search","calls":6\}.*\n {2}charged by a task.*\n {2}reported by owner/,
    );
  });

  it('tell a mistake in their use', () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    expect(() => expect(mock).toHaveConsumed({ tol: 'search' } as ExpectedUse)).toThrow(
      /'tol' is none.*tool/,
    );
    expect(() => expect({}).toHaveConsumed({})).toThrow(/takes what createUsageKitMock\(\) gave/);
  });

  it('have types, so that a misspelt one does not compile', () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    // @ts-expect-error the matcher is toHaveConsumed
    expect(() => expect(mock).toHaveConsumd({})).toThrow();
    // @ts-expect-error the field is tool
    expect(() => expect(mock).toHaveConsumed({ tol: 'search' })).toThrow();
  });
});
