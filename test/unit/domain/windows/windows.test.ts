import {
  decideEvent,
  decideHold,
  decideRelease,
  decideSettle,
  formatAmount,
  rollingParts,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { at } from '../account-fixture.ts';
import {
  accountWith,
  hold,
  items,
  kinds,
  member,
  minuteMs,
  onExports,
  one,
  report,
  standings,
  use,
} from './windows-fixture.ts';

describe('what a window admits', () => {
  it('F23, L300: what ends at exactly its limit, and not a millionth more, by uses and by holds', () => {
    fc.assert(
      fc.property(kinds, fc.bigInt({ min: 2n, max: 10n ** 13n }), fc.boolean(), (kind, limit, held) => {
        const account = accountWith([onExports({ ...kind, limit: formatAmount(limit) })]);
        const half = limit / 2n;
        expect(use(account, half)).toBeNull();
        expect(held ? hold(account, 'rest', limit - half) : use(account, limit - half)).toBe(
          held ? 'held' : null,
        );
        expect(use(account, 1n)?.reason).toBe('window_limit_reached');
        expect(hold(account, 'more', 1n)).toBe('refused');
        expect(use(account, 0n)).toBeNull();
      }),
    );
  });

  it('F23, L300: what a hold sets aside counts until it ends, also what it would be charged', () => {
    const account = accountWith([onExports({ metric: 'credits', limit: '20' })]);
    const search = (calls: number) => account.use([{ tool: 'search', calls }]).outcome;
    const expiresAtMs = account.nowMs + minuteMs;
    const held = { id: 'h', items: [{ tool: 'search', calls: 6 }], dimensions: {}, expiresAtMs };
    account.decide((context) => decideHold(context, held));
    expect(search(5)).toBe('refused');
    expect(search(4)).toBe('allowed');
    account.decide((context) => decideRelease(context, 'h'));
    expect(search(6)).toBe('allowed');
    expect(search(1)).toBe('refused');
  });

  it('F23, L300: several windows hold at once, each with its own reset', () => {
    const account = accountWith([
      onExports({ id: 'session', kind: 'first_use', minutes: 300, limit: '5' }),
      onExports({ id: 'week', kind: 'week', limit: '8' }),
    ]);
    expect(use(account, 5n * one)).toBeNull();
    expect(use(account, one)?.window?.id).toBe('session');
    expect(standings(account)).toEqual([
      { id: 'session', counted: 5n * one, resetsAt: '2026-06-10T14:00:00.000Z' },
      { id: 'week', counted: 5n * one, resetsAt: '2026-06-15T00:00:00.000Z' },
    ]);
    account.moveTo('2026-06-10T14:00:00Z');
    expect(use(account, 3n * one)).toBeNull();
    expect(use(account, one)?.window?.id).toBe('week');
  });

  it('F23, L300: a window of credits counts charges, and nothing that costs nothing', () => {
    const account = accountWith([onExports({ metric: 'credits', limit: '4' })]);
    expect(use(account, 900n * one)).toBeNull();
    expect(account.use([{ tool: 'search', calls: 2 }]).outcome).toBe('allowed');
    const refused = account.use([{ tool: 'search', calls: 1 }]);
    expect(refused.outcome === 'refused' && refused.refusal).toMatchObject({
      reason: 'window_limit_reached',
      metric: 'credits',
      limit: 4n * one,
      used: 4n * one,
      requested: 2n * one,
    });
  });
});

describe('days and weeks', () => {
  it("F23, F13, L300: a day is that of the account's zone, also where it has 25 hours", () => {
    const account = accountWith([onExports({})], {
      now: '2026-10-24T22:30:00Z',
      timeZone: 'Europe/Berlin',
    });
    expect(use(account, 10n * one)).toBeNull();
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-10-25T23:00:00Z'));
    account.nowMs = at('2026-10-25T22:59:59.999Z');
    expect(use(account, 1n)?.reason).toBe('window_limit_reached');
    account.nowMs += 1;
    expect(use(account, 10n * one)).toBeNull();
  });

  it('F23, L300: a week begins on Monday', () => {
    const account = accountWith([onExports({ kind: 'week' })], { now: '2026-06-14T23:59:59Z' });
    expect(use(account, 10n * one)).toBeNull();
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-06-15T00:00:00Z'));
    account.moveTo('2026-06-15T00:00:00Z');
    expect(use(account, 10n * one)).toBeNull();
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-06-22T00:00:00Z'));
  });

  it('F23, L304: a day that has begun ends when it said, though the zone changes', () => {
    const account = accountWith([onExports({})], { now: '2026-06-10T23:00:00Z' });
    expect(use(account, 10n * one)).toBeNull();
    const { profile } = account.state;
    account.state = { ...account.state, profile: { ...profile, timeZone: 'Pacific/Auckland' } };
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-06-11T00:00:00Z'));
    account.nowMs = at('2026-06-11T00:00:00Z');
    expect(use(account, 10n * one)).toBeNull();
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-06-11T12:00:00Z'));
  });
});

describe('from first use', () => {
  const session = onExports({ kind: 'first_use', minutes: 300 });

  it('F23, L301: it begins with the first use that counts, and the next with the first after its end', () => {
    const account = accountWith([session]);
    expect(standings(account)).toEqual([{ id: 'window', counted: 0n, resetsAt: null }]);
    use(account, 0n);
    hold(account, 'h', one);
    account.decide((context) => decideRelease(context, 'h'));
    expect(standings(account)[0]?.resetsAt).toBeNull();
    account.moveTo('2026-06-10T09:07:00Z');
    use(account, 10n * one);
    account.moveTo('2026-06-10T14:06:59.999Z');
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-06-10T14:07:00Z'));
    account.moveTo('2026-06-10T16:00:00Z');
    expect(use(account, 10n * one)).toBeNull();
    expect(use(account, 1n)?.resetsAtMs).toBe(at('2026-06-10T21:00:00Z'));
  });

  it('F23, L301, L305: facts count alike in whichever order they come, while their window runs', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 240 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(hours, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (minutes, order) => {
        const reported = (inOrder: readonly number[]) => {
          const account = accountWith([session], { now: '2026-06-10T13:30:00Z' });
          for (const minute of inOrder) report(account, at('2026-06-10T09:00:00Z') + minute * minuteMs, one);
          return standings(account);
        };
        const shuffled = minutes
          .map((minute, index) => ({ minute, place: order[index] ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ minute }) => minute);
        const inTime = reported([...minutes].sort((a, b) => a - b));
        expect(reported(shuffled)).toEqual(inTime);
        // 4 hours 30 minutes after the first instant, every window of 5 hours still runs.
        expect(inTime[0]?.counted).toBe(BigInt(minutes.length) * one);
      }),
    );
  });

  it('F23, L301: a fact of the window before is no part of the present one', () => {
    const account = accountWith([session]);
    use(account, one);
    account.moveTo('2026-06-10T14:30:00Z');
    use(account, one);
    report(account, at('2026-06-10T13:00:00Z'), 5n * one);
    expect(standings(account)).toEqual([
      { id: 'window', counted: one, resetsAt: '2026-06-10T19:30:00.000Z' },
    ]);
  });
});

describe('rolling', () => {
  const lengthMinutes = 300;
  const partMs = (lengthMinutes * minuteMs) / rollingParts;
  const rolling = onExports({ kind: 'rolling', minutes: lengthMinutes });

  /** Uses at instants that rise, each of so much. */
  const uses = fc.array(
    fc.record({
      afterMs: fc.oneof(
        fc.integer({ min: 0, max: 100 * minuteMs }),
        fc.constantFrom(0, 1, partMs, partMs - 1),
      ),
      amount: fc.bigInt({ min: 1n, max: 6n * one }),
    }),
    { minLength: 5, maxLength: 60 },
  );

  it('F23, L302: no span as long as the window ever holds more than the limit, and what a sixtieth less of waiting lets pass is never refused', () => {
    fc.assert(
      fc.property(uses, (steps) => {
        const account = accountWith([rolling]);
        const admitted: { atMs: number; amount: bigint }[] = [];
        const within = (spanMs: number) =>
          admitted
            .filter(({ atMs }) => account.nowMs - atMs < spanMs)
            .reduce((sum, { amount }) => sum + amount, 0n);
        for (const { afterMs, amount } of steps) {
          account.nowMs += afterMs;
          const passed = use(account, amount) === null;
          const lengthMs = lengthMinutes * minuteMs;
          if (within(lengthMs + partMs) + amount <= 10n * one) expect(passed).toBe(true);
          if (within(lengthMs) + amount > 10n * one) expect(passed).toBe(false);
          if (passed) admitted.push({ atMs: account.nowMs, amount });
        }
      }),
    );
  });

  it('F23, L306: a refusal tells when the same use passes, to the millisecond', () => {
    fc.assert(
      fc.property(uses, (steps) => {
        const account = accountWith([rolling]);
        for (const { afterMs, amount } of steps) {
          account.nowMs += afterMs;
          const refusal = use(account, amount);
          if (refusal === null || refusal.resetsAtMs === null) continue;
          const before = accountWith([rolling]);
          before.state = account.state;
          before.nowMs = refusal.resetsAtMs - 1;
          expect(use(before, amount)).not.toBeNull();
          before.state = account.state;
          before.nowMs = refusal.resetsAtMs;
          expect(use(before, amount)).toBeNull();
        }
      }),
    );
  });

  it('F21, F23: however much is used, what is kept stays within the parts of one window', () => {
    const account = accountWith([{ ...rolling, limit: '1000000' }]);
    for (let minute = 0; minute < 2_000; minute++) {
      account.nowMs += minuteMs;
      use(account, one);
    }
    const [parts] = Object.values(account.state.usage.windows);
    expect(parts?.length).toBeLessThanOrEqual(rollingParts + 1);
  });
});

describe("a member's own windows", () => {
  const own = onExports({ id: 'mine', of: 'member' });
  it("F23, L303: they count the member's use alone, by uses, holds, settlements and events", () => {
    const account = accountWith([own]);
    account.member = member('ada');
    const asAda = { memberId: 'ada' };
    expect(use(account, 4n * one, asAda)).toBeNull();
    const expiresAtMs = account.nowMs + minuteMs;
    const held = { id: 'h', items: items(3n * one), dimensions: asAda, expiresAtMs };
    account.decide((context) => decideHold(context, held));
    expect(use(account, 4n * one, asAda)?.reason).toBe('window_limit_reached');
    account.decide((context) => decideSettle(context, { holdId: 'h', items: items(2n * one), final: true }));
    account.decide((context) =>
      decideEvent(context, {
        atMs: account.nowMs,
        items: items(3n * one),
        dimensions: asAda,
        backfill: false,
      }),
    );
    expect(standings(account)).toEqual([
      { id: 'mine', counted: 9n * one, resetsAt: '2026-06-11T00:00:00.000Z' },
    ]);
    expect(use(account, one + 1n, asAda)).toMatchObject({ window: { of: 'member' }, used: 9n * one });
    account.member = member('bo');
    expect(use(account, 10n * one, { memberId: 'bo' })).toBeNull();
    account.member = undefined;
    expect(use(account, 1_000n * one)).toBeNull();
  });
});
