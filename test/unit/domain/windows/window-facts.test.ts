import {
  decideEvent,
  decideVoid,
  planOf,
  type UsageRecord,
  windowStandingsOf,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { type AccountFixture, at } from '../account-fixture.ts';
import {
  accountWith,
  items,
  member,
  minuteMs,
  onExports,
  one,
  report,
  standings,
  use,
} from './windows-fixture.ts';

describe('facts', () => {
  it('F23, L305: one of yesterday does not count today, one of this morning does, and backfill never', () => {
    const account = accountWith([onExports({})]);
    report(account, at('2026-06-09T23:59:59.999Z'), 5n * one);
    report(account, at('2026-06-10T08:00:00Z'), 5n * one, true);
    expect(standings(account)[0]?.counted).toBe(0n);
    report(account, at('2026-06-10T00:00:00Z'), 4n * one);
    report(account, account.nowMs + 300_000, 8n * one);
    expect(standings(account)[0]?.counted).toBe(12n * one);
    expect(use(account, 1n)?.used).toBe(12n * one);
  });

  it('F23, L305: one of an earlier cycle counts in a window that still holds its time', () => {
    const account = accountWith([onExports({ kind: 'rolling', minutes: 2_880 })], {
      now: '2026-05-10T09:00:00Z',
    });
    account.moveTo('2026-06-10T09:30:00Z');
    report(account, at('2026-06-10T08:00:00Z'), 4n * one);
    expect(standings(account)[0]?.counted).toBe(4n * one);
    expect(account.state.earlierCycles[0]?.counters).toEqual({ exports: 4n * one });
  });
});

describe('what is taken back', () => {
  const takeBack = (account: AccountFixture, usage: UsageRecord) =>
    account.decide((context) =>
      decideVoid(context, {
        usage,
        owed: 0n,
        terms: new Map(),
        paidSince: [],
        isUncounted: false,
        task: undefined,
        reason: 'A test',
      }),
    );
  const reported = (account: AccountFixture, atMs: number, quantity: bigint, memberId?: string) =>
    account.decide((context) =>
      decideEvent(context, {
        atMs,
        items: [...items(quantity), { tool: 'search', calls: 1 }],
        dimensions: memberId === undefined ? {} : { memberId },
        backfill: false,
      }),
    ).usage;

  it.each([
    onExports({ kind: 'day' }),
    onExports({ kind: 'week' }),
    onExports({ kind: 'rolling', minutes: 600 }),
    onExports({ kind: 'first_use', minutes: 300 }),
    onExports({ kind: 'day', metric: 'credits' }),
  ])('F23, F24, L305: leaves its window, $kind of $metric, while that holds its time', (window) => {
    const account = accountWith([window]);
    const first = reported(account, account.nowMs, 4n * one);
    account.nowMs += 30 * minuteMs;
    const second = reported(account, account.nowMs, 3n * one);
    const whole = standings(account)[0]?.counted;
    takeBack(account, first);
    const without = window.metric === 'credits' ? first.charge : 4n * one;
    expect(standings(account)[0]?.counted).toBe((whole ?? 0n) - without);
    takeBack(account, second);
    expect(standings(account)[0]?.counted).toBe(0n);
  });

  it('F23, F24, L305: leaves a window of its member’s own, and nobody else’s', () => {
    const account = accountWith([onExports({ of: 'member' })]);
    account.member = member('ada');
    const usage = reported(account, account.nowMs, 4n * one, 'ada');
    account.member = member('bo');
    reported(account, account.nowMs, 2n * one, 'bo');
    takeBack(account, usage);
    expect(standings(account)[0]?.counted).toBe(2n * one);
    account.member = member('ada');
    expect(standings(account)[0]?.counted).toBe(0n);
    account.member = undefined;
  });

  it('F23, F24, L305: of yesterday takes nothing from today, and a window that has begun goes on', () => {
    const account = accountWith([
      onExports({}),
      onExports({ id: 'session', kind: 'first_use', minutes: 300 }),
    ]);
    const late = reported(account, at('2026-06-09T22:00:00Z'), 4n * one);
    const now = reported(account, account.nowMs, 5n * one);
    takeBack(account, late);
    expect(standings(account).map(({ counted }) => counted)).toEqual([5n * one, 5n * one]);
    takeBack(account, now);
    account.nowMs += 60 * minuteMs;
    use(account, one);
    const { state, catalog, nowMs } = account;
    const [, session] = windowStandingsOf(
      { state, member: undefined, nowMs },
      planOf(state, catalog).windows,
    );
    expect([session?.used, session?.resetsAtMs]).toEqual([one, at('2026-06-10T14:00:00Z')]);
  });

  it('F23, F24, L305: a use that lay ahead leaves the window in which it came', () => {
    const account = accountWith([onExports({ kind: 'rolling', minutes: 60 })]);
    const ahead = reported(account, account.nowMs + 200_000, 4n * one);
    expect(standings(account)[0]?.counted).toBe(4n * one);
    takeBack(account, ahead);
    expect(standings(account)[0]?.counted).toBe(0n);
  });
});
