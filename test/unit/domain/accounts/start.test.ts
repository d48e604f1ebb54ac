import { apiBounds } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { AccountFixture, at } from '../account-fixture.ts';

const now = '2026-06-01T00:00:00.000Z';
const startedDaysAgo = (days: number) =>
  new AccountFixture({ startedAt: new Date(at(now) - days * 86_400_000).toISOString() }, { now });

it('F21, L403: an account has started ten years ago at most, and no sooner', () => {
  expect(startedDaysAgo(apiBounds.daysAtOnceMax).state.usage.index).toBe(120);
  expect(() => startedDaysAgo(apiBounds.daysAtOnceMax + 1)).toThrow(
    expect.objectContaining({ code: 'invalid_request', pointer: '/startedAt' }),
  );
});
