import {
  availableOf,
  decideHold,
  decideRelease,
  decideSettle,
  formatAmount,
  heldOf,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { AccountFixture, at } from '../account-fixture.ts';

const searches = (calls: number) => [{ tool: 'search', calls }];

function hold(
  account: AccountFixture,
  calls: number,
  { id = 'h1', expiresAt = '2026-06-02T00:00:00.000Z' } = {},
) {
  return account.decide((context) =>
    decideHold(context, {
      id,
      items: searches(calls),
      dimensions: { taskId: 't1' },
      expiresAtMs: at(expiresAt),
    }),
  );
}

const settle = (account: AccountFixture, calls: number, final = true) =>
  account.decide((context) => decideSettle(context, { holdId: 'h1', items: searches(calls), final }));

const balance = (account: AccountFixture) => ({
  available: formatAmount(availableOf(account.state.wallet, 'credits')),
  held: formatAmount(heldOf(account.state.wallet, 'credits')),
});

describe('holds', () => {
  it('F3: sets credits aside, so that nobody else can spend them', () => {
    const account = new AccountFixture();
    hold(account, 30);
    expect(balance(account)).toEqual({ available: '40', held: '60' });
    expect(account.use(searches(21)).outcome).toBe('refused');
  });

  it('F3: refuses to hold what is not there', () => {
    const account = new AccountFixture();
    expect(hold(account, 51).outcome).toBe('refused');
    expect(balance(account)).toEqual({ available: '100', held: '0' });
  });

  it.each([
    ['less', 10, { available: '80', held: '0' }],
    ['equal', 30, { available: '40', held: '0' }],
    ['more', 40, { available: '20', held: '0' }],
    ['more than there is', 60, { available: '-20', held: '0' }],
  ])('F3: settles %s than was held', (_, calls, expected) => {
    const account = new AccountFixture();
    hold(account, 30);
    const settled = settle(account, calls);
    expect(balance(account)).toEqual(expected);
    expect(settled.hold).toMatchObject({ status: 'settled', remaining: 0n });
  });

  it('F3: settles in parts and gives the rest back with the last', () => {
    const account = new AccountFixture();
    hold(account, 30);
    settle(account, 10, false);
    expect(balance(account)).toEqual({ available: '40', held: '40' });
    const last = settle(account, 5);
    expect(balance(account)).toEqual({ available: '70', held: '0' });
    expect(formatAmount(last.hold.settled)).toBe('30');
  });

  it('F3: releases everything', () => {
    const account = new AccountFixture();
    hold(account, 30);
    account.decide((context) => decideRelease(context, 'h1'));
    expect(balance(account)).toEqual({ available: '100', held: '0' });
  });

  it('F3: ends by time, and a settlement after that finds it closed', () => {
    const account = new AccountFixture();
    hold(account, 30);
    account.moveTo('2026-06-02T00:00:00.000Z');
    expect(balance(account)).toEqual({ available: '100', held: '0' });
    expect(() => settle(account, 1)).toThrow(expect.objectContaining({ code: 'hold_not_open' }));
  });

  it('F3: is settled at the last millisecond before it expires', () => {
    const account = new AccountFixture();
    hold(account, 30);
    account.moveTo('2026-06-01T23:59:59.999Z');
    expect(settle(account, 1).hold.status).toBe('settled');
  });

  it('F3: tells its whole story in the ledger', () => {
    const account = new AccountFixture();
    hold(account, 30);
    settle(account, 10);
    expect(
      account.ledger.map((entry) => [
        entry.kind,
        formatAmount(entry.amount),
        formatAmount(entry.balanceAfter),
      ]),
    ).toEqual([
      ['grant', '100', '100'],
      ['hold', '-60', '40'],
      ['release', '60', '100'],
      ['debit', '-20', '80'],
    ]);
    expect(account.ledger.slice(1, 3).every((entry) => entry.holdId === 'h1' && entry.taskId === 't1')).toBe(
      true,
    );
  });

  it('keeps held credits usable over the end of their grant, and ends what comes back', () => {
    const account = new AccountFixture();
    hold(account, 30, { expiresAt: '2026-07-01T00:00:00.000Z' });
    account.moveTo('2026-06-30T23:00:00.000Z');
    hold(account, 20, { id: 'over', expiresAt: '2026-07-10T00:00:00.000Z' });
    account.moveTo('2026-07-05T00:00:00.000Z');
    expect(balance(account)).toEqual({ available: '100', held: '40' });
    account.decide((context) => decideSettle(context, { holdId: 'over', items: searches(10), final: true }));
    expect(balance(account)).toEqual({ available: '100', held: '0' });
  });

  it('counts as used against limits until it ends', () => {
    const account = new AccountFixture();
    account.decide((context) =>
      decideHold(context, {
        id: 'h2',
        items: [{ metric: 'emails', quantity: '8' }],
        dimensions: {},
        expiresAtMs: at('2026-06-02T00:00:00.000Z'),
      }),
    );
    expect(account.use([{ metric: 'emails', quantity: '3' }]).outcome).toBe('refused');
    expect(account.use([{ metric: 'emails', quantity: '2' }]).outcome).toBe('allowed');
  });

  it('lets the next grant pay what is owed', () => {
    const account = new AccountFixture();
    hold(account, 30);
    settle(account, 60);
    account.grant('50');
    expect(balance(account)).toEqual({ available: '30', held: '0' });
    expect(account.ledger.slice(-2).map((entry) => [entry.kind, formatAmount(entry.amount)])).toEqual([
      ['grant', '50'],
      ['debt_payment', '0'],
    ]);
  });
});
