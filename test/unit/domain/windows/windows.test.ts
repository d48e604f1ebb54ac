import type { CatalogConfig, PlanWindowConfig } from '@usagekit/server/contract';
import {
  compileCatalog,
  decideEvent,
  decideHold,
  decideRelease,
  decideSettle,
  decideVoid,
  formatAmount,
  type MemberRecord,
  planOf,
  type RefusalFigures,
  rollingParts,
  type UsageRecord,
  windowStandingsOf,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { memberRecord } from '../../../support/member-record.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const minuteMs = 60_000;
const one = 1_000_000n;

/** A window on exports, which nothing else limits. */
const onExports = (window: Partial<PlanWindowConfig>): PlanWindowConfig => ({
  id: 'window',
  label: 'Window',
  metric: 'exports',
  kind: 'day',
  limit: '10',
  ...window,
});

function catalogWith(...windows: PlanWindowConfig[]): CatalogConfig {
  const plans = smallCatalogConfig.plans.map((plan) => (plan.id === 'free' ? { ...plan, windows } : plan));
  return { ...smallCatalogConfig, plans };
}

function accountWith(windows: PlanWindowConfig[], { now = '2026-06-10T09:00:00Z', timeZone = 'UTC' } = {}) {
  return new AccountFixture({ timeZone }, { now, catalog: compiled(catalogWith(...windows)) });
}

const items = (quantity: bigint) => [{ metric: 'exports', quantity: formatAmount(quantity) }];

/** Uses so much, and tells what refused it. */
function use(account: AccountFixture, quantity: bigint, dimensions = {}): RefusalFigures | null {
  const outcome = account.use(items(quantity), dimensions);
  return outcome.outcome === 'refused' ? outcome.refusal : null;
}

function hold(account: AccountFixture, id: string, quantity: bigint): string {
  const expiresAtMs = account.nowMs + 600 * minuteMs;
  const command = { id, items: items(quantity), dimensions: {}, expiresAtMs };
  return account.decide((context) => decideHold(context, command)).outcome;
}

function report(account: AccountFixture, atMs: number, quantity: bigint, backfill = false): void {
  const event = { atMs, items: items(quantity), dimensions: {}, backfill };
  account.decide((context) => decideEvent(context, event));
}

/** Counted in each window now, held or used, and when each gives back. */
const member = (id: string): MemberRecord => memberRecord({ id });

function standings({ state, catalog, nowMs, member }: AccountFixture) {
  return windowStandingsOf({ state, member, nowMs }, planOf(state, catalog).windows).map(
    ({ window, used, held, resetsAtMs }) => ({
      id: window.id,
      counted: used + held,
      resetsAt: resetsAtMs === null ? null : new Date(resetsAtMs).toISOString(),
    }),
  );
}

const kinds = fc.constantFrom<Partial<PlanWindowConfig>>(
  { kind: 'day' },
  { kind: 'week' },
  { kind: 'first_use', minutes: 300 },
  { kind: 'rolling', minutes: 300 },
);

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

describe('the cycle and the plan', () => {
  it('F23, L304: a window goes on over the end of a cycle', () => {
    const account = accountWith([onExports({ kind: 'week' })], { now: '2026-05-10T09:00:00Z' });
    account.moveTo('2026-06-10T08:59:00Z');
    use(account, 10n * one);
    account.moveTo('2026-06-10T09:00:00Z');
    expect(account.state.usage.counters).toEqual({});
    expect(use(account, 1n)?.reason).toBe('window_limit_reached');
  });

  it('F23, L304: another plan limits what the same window has counted, and a window of its own from nothing', () => {
    const config = catalogWith(onExports({ id: 'session', kind: 'first_use', minutes: 300 }));
    config.plans = config.plans.map((plan) =>
      plan.id === 'pro'
        ? {
            ...plan,
            windows: [
              onExports({ id: 'five-hours', kind: 'first_use', minutes: 300, limit: '12' }),
              onExports({ id: 'hour', kind: 'first_use', minutes: 60, limit: '5' }),
            ],
          }
        : plan,
    );
    const account = new AccountFixture({}, { now: '2026-06-10T09:00:00Z', catalog: compiled(config) });
    use(account, 9n * one);
    account.state = { ...account.state, profile: { ...account.state.profile, planId: 'pro' } };
    expect(use(account, 4n * one)).toMatchObject({ window: { id: 'five-hours' }, used: 9n * one });
    expect(use(account, 3n * one)).toBeNull();
    account.state = { ...account.state, profile: { ...account.state.profile, planId: 'free' } };
    expect(use(account, 1n)).toMatchObject({ window: { id: 'session' }, used: 12n * one });
  });
});

describe('what a refusal tells', () => {
  it('F23, L306: of several windows that refuse, the one that lets the use through last', () => {
    const account = accountWith([
      onExports({ id: 'day', limit: '5' }),
      onExports({ id: 'week', kind: 'week', limit: '5' }),
      onExports({ id: 'hour', kind: 'first_use', minutes: 60, limit: '5' }),
    ]);
    use(account, 5n * one);
    expect(use(account, one)).toMatchObject({
      window: { id: 'week' },
      limit: 5n * one,
      used: 5n * one,
      requested: one,
      resetsAtMs: at('2026-06-15T00:00:00Z'),
      retryAfterSeconds: null,
    });
  });

  it('F23, L306: no instant where the use alone is beyond the limit, and Retry-After where minutes help', () => {
    const account = accountWith([onExports({ kind: 'first_use', minutes: 5 })]);
    expect(use(account, 11n * one)).toMatchObject({ resetsAtMs: null, retryAfterSeconds: null });
    use(account, 10n * one);
    account.nowMs += 60_500;
    expect(use(account, one)).toMatchObject({ retryAfterSeconds: 240, purchasable: false });
  });

  it('F23, L306: a purchase helps where the windows of a higher plan let the use through', () => {
    const withPro = (limit: string) => {
      const config = catalogWith(onExports({}));
      config.plans = config.plans.map((plan) =>
        plan.id === 'pro' ? { ...plan, windows: [onExports({ limit })] } : plan,
      );
      const account = new AccountFixture({}, { now: '2026-06-10T09:00:00Z', catalog: compiled(config) });
      use(account, 10n * one);
      return use(account, one)?.purchasable;
    };
    expect(withPro('11')).toBe(true);
    expect(withPro('10.5')).toBe(false);
  });

  it('L45: the limits of the cycle are told before those of windows, and credits after', () => {
    const account = accountWith([
      onExports({ id: 'mails', metric: 'emails', limit: '3' }),
      onExports({ id: 'spend', metric: 'credits', limit: '90' }),
    ]);
    const reason = (asked: Parameters<typeof account.use>[0]) => {
      const outcome = account.use(asked);
      return outcome.outcome === 'refused' ? outcome.refusal.reason : outcome.outcome;
    };
    expect(reason([{ metric: 'emails', quantity: '11' }])).toBe('plan_limit_reached');
    expect(reason([{ metric: 'emails', quantity: '4' }])).toBe('window_limit_reached');
    expect(reason([{ tool: 'search', calls: 51 }])).toBe('window_limit_reached');
    expect(reason([{ tool: 'search', calls: 45 }])).toBe('allowed');
  });
});

describe('in the catalog', () => {
  const pointersOf = (...windows: PlanWindowConfig[]): string[] => {
    const result = compileCatalog(catalogWith(...windows));
    return result.outcome === 'refused' ? result.mistakes.map(({ pointer }) => pointer) : [];
  };

  it('L13, F23: every mistake of a window is told with its place', () => {
    const place = '/plans/0/windows/0';
    expect(pointersOf(onExports({}))).toEqual([]);
    expect(pointersOf(onExports({ metric: 'credits' }))).toEqual([]);
    expect(pointersOf(onExports({ metric: 'storage' }))).toEqual([`${place}/metric`]);
    expect(pointersOf(onExports({ metric: 'nothing' }))).toEqual([`${place}/metric`]);
    expect(pointersOf(onExports({ minutes: 5 }))).toEqual([`${place}/minutes`]);
    expect(pointersOf(onExports({ kind: 'rolling' }))).toEqual([`${place}/minutes`]);
    expect(pointersOf(onExports({ kind: 'first_use', minutes: 44_641 }))).toEqual([`${place}/minutes`]);
    expect(pointersOf(onExports({ limit: '0' }))).toEqual([`${place}/limit`]);
    expect(pointersOf(onExports({ kind: 'month' as 'day' }))).toContain(`${place}/kind`);
    expect(pointersOf(onExports({}), onExports({}))).toEqual(['/plans/0/windows/1/id', '/plans/0/windows/1']);
    expect(pointersOf(onExports({}), onExports({ id: 'mine', of: 'member' }))).toEqual([]);
    const many = Array.from({ length: 21 }, (_, index) =>
      onExports({ id: `w${index}`, kind: 'rolling', minutes: index + 1 }),
    );
    expect(pointersOf(...many)).toEqual(['/plans/0/windows']);
  });
});
