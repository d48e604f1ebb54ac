import type { PlanWindowConfig } from '@usagekit/server/contract';
import { compileCatalog } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';
import { accountWith, catalogWith, onExports, one, use } from './windows-fixture.ts';

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
