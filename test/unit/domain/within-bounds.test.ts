import {
  type Decision,
  type DecisionContext,
  decideAdjustment,
  decideCreateTask,
  decideEvent,
  decideGrant,
  decideHold,
  decideOrder,
  decideSettle,
  decideUse,
  type EventCommand,
  parseAmount,
  withinBounds,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../support/small-catalog.ts';
import { AccountFixture } from './account-fixture.ts';

const largest = '1000000000';
const many = (count: number, item: EventCommand['items'][number]) =>
  Array.from({ length: count }, () => item);
const hour = 3_600_000;

/** Carries one decision out again and again until it is refused, and tells how often it was taken. */
function timesTaken(
  account: AccountFixture,
  decide: (context: DecisionContext) => Decision<unknown>,
  code = 'amount_out_of_range',
): number {
  account.settleDue();
  for (let taken = 0; taken < 2_000; taken++) {
    const before = account.state;
    try {
      account.decide((context) => withinBounds(context, decide(context)));
    } catch (error) {
      expect(error).toMatchObject({ code });
      expect(account.state).toBe(before);
      return taken;
    }
  }
  throw new Error('It was never refused');
}

const event =
  (items: EventCommand['items'], more: Partial<EventCommand> = {}) =>
  (context: DecisionContext) =>
    decideEvent(context, { atMs: context.nowMs, items, dimensions: {}, backfill: false, ...more });

let grants = 0;
const give = (amount: bigint) => (context: DecisionContext) =>
  decideGrant(context, {
    id: `g-${grants++}`,
    source: 'promotional',
    label: 'Gift',
    unit: 'credits',
    amount,
    priority: 1,
    scope: {},
    expiresAtMs: null,
  });

describe('what an account adds up', () => {
  // 20 times 50,000 million are 1e12.
  it('F21, L5, L401: backfill of one metric, of all time', () => {
    const account = new AccountFixture();
    const backfill = event(many(50, { metric: 'emails', quantity: largest }), { backfill: true });
    expect(timesTaken(account, backfill)).toBe(20);
    account.nowMs += 90 * 24 * hour;
    expect(timesTaken(account, backfill)).toBe(0);
  });

  it('F21, L401: changes of a gauge in a cycle, up and down alike', () => {
    const account = new AccountFixture();
    const upAndDown = event([
      ...many(25, { metric: 'storage', quantity: largest, op: 'add' }),
      ...many(25, { metric: 'storage', quantity: `-${largest}`, op: 'add' }),
    ]);
    expect(timesTaken(account, upAndDown)).toBe(20);
    account.nowMs += 31 * 24 * hour;
    expect(timesTaken(account, upAndDown)).toBe(20);
  });

  it('L5: what is counted, by events, by uses, by settlements and by holds', () => {
    const items = many(50, { metric: 'exports', quantity: largest });
    expect(timesTaken(new AccountFixture(), event(items))).toBe(20);
    const uses = items as { metric: string; quantity: string }[];
    expect(
      timesTaken(new AccountFixture(), (context) => decideUse(context, { items: uses, dimensions: {} })),
    ).toBe(20);
    let id = 0;
    const hold = (context: DecisionContext) =>
      decideHold(context, {
        id: `hold-${id++}`,
        items: uses,
        dimensions: {},
        expiresAtMs: context.nowMs + hour,
      });
    expect(timesTaken(new AccountFixture(), hold)).toBe(20);
    const settled = new AccountFixture();
    const opened = settled.decide((context) =>
      decideHold(context, { id: 'h', items: [], dimensions: {}, expiresAtMs: context.nowMs + hour }),
    );
    expect(opened.outcome).toBe('held');
    expect(
      timesTaken(settled, (context) => decideSettle(context, { holdId: 'h', items: uses, final: false })),
    ).toBe(20);
  });

  const dear = compiled({
    ...smallCatalogConfig,
    metricRates: [{ metric: 'exports', prices: [{ amount: '500' }] }],
    creditPacks: [
      {
        id: 'huge',
        label: 'Huge',
        credits: largest,
        bonus: largest,
        price: { amount: '5', currency: 'USD' },
      },
    ],
  });

  it('L5: one charge, what is charged in a cycle, and what is owed', () => {
    const once = new AccountFixture({}, { catalog: dear });
    expect(timesTaken(once, event(many(3, { metric: 'exports', quantity: largest })))).toBe(0);
    // 500 thousand million each: two of them in the cycle, and what they owe.
    expect(timesTaken(once, event([{ metric: 'exports', quantity: largest }]))).toBe(2);
    once.nowMs += 31 * 24 * hour;
    expect(timesTaken(once, event([{ metric: 'exports', quantity: largest }]))).toBe(0);
  });

  it('L401: what late events charge', () => {
    const account = new AccountFixture({}, { catalog: dear, now: '2026-06-20T00:00:00.000Z' });
    account.nowMs += 31 * 24 * hour;
    account.settleDue();
    const late = event([{ metric: 'exports', quantity: largest }], { atMs: account.nowMs - 5 * 24 * hour });
    const pays = (context: DecisionContext) => {
      const decision = late(context);
      return { ...decision, state: { ...decision.state, wallet: context.state.wallet } };
    };
    account.assertNoDrift = () => {};
    expect(timesTaken(account, pays)).toBe(2);
  });

  it('L5: balances and debts, by grants and by adjustments, with no more of them live than of other grants', () => {
    expect(timesTaken(new AccountFixture(), give(parseAmount(largest) * 10n))).toBe(99);
    const adjust = (amount: string) => (context: DecisionContext) =>
      decideAdjustment(context, { amount: parseAmount(amount), unit: 'credits', reason: 'A test' });
    expect(timesTaken(new AccountFixture(), adjust(largest), 'count_limit_reached')).toBe(499);
    expect(timesTaken(new AccountFixture(), adjust(`-${largest}`))).toBe(1_000);
  });

  it('L5: a pack that an account could not hold is not sold, since nothing refuses what is paid', () => {
    const account = new AccountFixture({}, { catalog: dear });
    const paymentMethod = {
      id: 'c',
      kind: 'card',
      brand: 'Visa',
      lastFour: '4242',
      confirmed: true,
    } as const;
    account.state = { ...account.state, profile: { ...account.state.profile, paymentMethod } };
    const order = (context: DecisionContext) =>
      decideOrder(context, { purchaseId: 'p', packId: 'huge', memberId: null });
    expect(account.decide(order).status).toBe('ordered');
    account.decide(give(parseAmount(largest) * 999n));
    expect(() => account.decide(order)).toThrow(expect.objectContaining({ code: 'amount_out_of_range' }));
  });

  it('L5: the estimate of a task', () => {
    const account = new AccountFixture({}, { catalog: dear });
    let id = 0;
    const create = (context: DecisionContext) =>
      decideCreateTask(context, {
        id: `t-${id++}`,
        name: 'T',
        dimensions: {},
        status: 'pending',
        estimate: [
          { metric: 'exports', quantity: largest },
          { metric: 'exports', quantity: largest },
          { metric: 'exports', quantity: largest },
        ],
        holdExpiresAtMs: context.nowMs + hour,
      });
    expect(timesTaken(account, create)).toBe(0);
  });

  it('L5: what lies beyond already, by what fell due, may only come nearer', () => {
    const account = new AccountFixture();
    account.decide(give(parseAmount(largest) * 1_100n));
    expect(
      account.decide((context) =>
        withinBounds(context, decideUse(context, { items: [{ model: 'swift-1' }], dimensions: {} })),
      ).outcome,
    ).toBe('allowed');
  });
});
