import {
  availableOf,
  type Catalog,
  decideAdjustment,
  decideAutoTopUp,
  decideChangeAccount,
  decideOrder,
  decidePaymentMethod,
  decidePaymentResult,
  decideUse,
  formatAmount,
  type PurchaseRecord,
  parseAmount,
  withTopUp,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const available = (account: AccountFixture) => formatAmount(availableOf(account.state.wallet, 'credits'));

/** An account that can pay. */
function paying(input = {}, options: { catalog?: Catalog } = {}): AccountFixture {
  const account = new AccountFixture(input, options);
  account.decide((context) =>
    decidePaymentMethod(
      context,
      { id: 'pm', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true },
      'ada',
    ),
  );
  return account;
}

const order = (account: AccountFixture, packId = 'large') =>
  account.decide((context) => decideOrder(context, { purchaseId: 'p1', packId, memberId: 'ada' }));

const pay = (account: AccountFixture, purchase: PurchaseRecord, failure?: string) =>
  account.decide((context) =>
    decidePaymentResult(
      context,
      purchase,
      failure === undefined ? { outcome: 'succeeded' } : { outcome: 'failed', message: failure },
    ),
  );

const settings = {
  enabled: true,
  threshold: parseAmount('50'),
  packId: 'small',
  chargesPerCycleMax: null,
};

function setTopUp(account: AccountFixture, changes = {}) {
  account.decide((context) => decideAutoTopUp(context, { ...settings, ...changes }, 'ada'));
}

/** A catalog whose large pack ends after so many days. */
function endingAfter(free: number): Catalog {
  const creditPacks = smallCatalogConfig.creditPacks?.map((pack) => ({
    ...pack,
    expiresAfterDays: { free },
  }));
  return compiled({ ...smallCatalogConfig, creditPacks: creditPacks ?? [] });
}

/** Takes credits from outside of every gate. */
function adjust(account: AccountFixture, amount: string) {
  account.decide((context) =>
    decideAdjustment(context, { amount: parseAmount(amount), unit: 'credits', reason: 'Correction' }),
  );
}

/** Searches, with the top-up that each use may order. */
function search(account: AccountFixture, calls: number): PurchaseRecord[] {
  const orders: PurchaseRecord[] = [];
  account.decide((context) => {
    const decision = withTopUp(
      context,
      decideUse(context, { items: [{ tool: 'search', calls }], dimensions: {} }),
    );
    orders.push(...decision.facts.purchases);
    return decision;
  });
  return orders;
}

describe('packs', () => {
  it('C6, L67: a pack with its bonus is granted when its payment has succeeded, not before', () => {
    const account = paying();
    const ordered = order(account);
    expect(available(account)).toBe('100');
    expect(pay(account, ordered).status).toBe('succeeded');
    expect(available(account)).toBe('5600');
  });

  it.each([
    ['free', Date.parse('2027-06-01T00:00:00.000Z')],
    ['pro', null],
  ])('C6: what an account on %s bought ends as the catalog says', (planId, expiresAtMs) => {
    const account = paying({ planId });
    pay(account, order(account));
    expect(account.state.wallet.grants.at(-1)).toMatchObject({ source: 'purchase', expiresAtMs });
  });

  it('C6, L351: ends after so many days at the same wall time, over a change of clocks', () => {
    const account = paying({ timeZone: 'Europe/Berlin' }, { catalog: endingAfter(180) });
    pay(account, order(account));
    // 02:00 in summer time, and 180 days later in winter time.
    expect(account.state.wallet.grants.at(-1)?.expiresAtMs).toBe(Date.parse('2026-11-28T01:00:00.000Z'));
  });

  it('C3: an account on the free plan may buy one', () => {
    const account = paying({ planId: 'free' });
    expect(order(account, 'small').status).toBe('ordered');
  });

  it('L67: is granted once although its payment is reported twice', () => {
    const account = paying();
    const done = pay(account, order(account));
    pay(account, done);
    expect(available(account)).toBe('5600');
  });

  it('C7: every purchase, and every one that failed, stands in the activity log', () => {
    const account = paying();
    const ordered = order(account, 'small');
    const kinds: string[] = [];
    account.decide((context) => {
      const decision = decidePaymentResult(context, ordered, { outcome: 'failed', message: 'Card declined' });
      kinds.push(...decision.facts.activity.map((activity) => `${activity.kind}: ${activity.description}`));
      return decision;
    });
    expect(kinds).toEqual(['purchase_failed: Card declined']);
  });

  it('needs a payment method', () => {
    expect(() => order(new AccountFixture())).toThrow(
      expect.objectContaining({ code: 'payment_method_required' }),
    );
  });
});

describe('auto top-up', () => {
  it('C8: orders once when the balance falls below the threshold, however many uses follow', () => {
    const account = paying();
    setTopUp(account);
    expect(search(account, 25)).toEqual([]);
    const orders = Array.from({ length: 20 }, () => search(account, 1)).flat();
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ source: 'top_up', packId: 'small', status: 'ordered' });
  });

  it('C8, L47, L68: orders with a refusal too, which changes nothing else', () => {
    const account = paying();
    account.use([{ tool: 'search', calls: 50 }]);
    account.state = { ...account.state, profile: { ...account.state.profile, autoTopUp: settings } };
    const before = account.state;
    const [ordered] = search(account, 1);
    expect(ordered).toMatchObject({ source: 'top_up', status: 'ordered' });
    const inFlightPurchaseId = ordered?.id;
    expect(account.state).toEqual({ ...before, topUp: { ...before.topUp, inFlightPurchaseId } });
    expect(search(account, 1)).toEqual([]);
  });

  it('C8: orders again at the next crossing, after the first one was paid', () => {
    const account = paying();
    setTopUp(account);
    const [first] = search(account, 26);
    if (first === undefined) throw new Error('not ordered');
    pay(account, first);
    expect(available(account)).toBe('548');
    expect(search(account, 1)).toEqual([]);
    expect(search(account, 249)).toHaveLength(1);
  });

  it('C8: buys no oftener in a cycle than its cap, and goes on in the next', () => {
    const account = paying();
    setTopUp(account, { chargesPerCycleMax: 1 });
    const [first] = search(account, 26);
    if (first === undefined) throw new Error('not ordered');
    pay(account, first);
    expect(search(account, 270)).toEqual([]);
    account.moveTo('2026-07-01T00:00:00.000Z');
    expect(search(account, 40)).toHaveLength(1);
  });

  it('C8: after a failure waits longer each time before it tries again', () => {
    const account = paying();
    setTopUp(account);
    let [ordered] = search(account, 26);
    const waits: number[] = [];
    while (waits.length < 8 && ordered !== undefined) {
      pay(account, ordered, 'Card declined');
      expect(search(account, 1)).toEqual([]);
      const retryAtMs = account.state.topUp.retryAtMs ?? 0;
      waits.push((retryAtMs - account.nowMs) / 60_000);
      account.nowMs = retryAtMs;
      [ordered] = search(account, 1);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440]);
  });

  it('C8, L68: one crossing buys once, however deep below the threshold the charge leaves the balance', () => {
    const account = paying();
    setTopUp(account, { threshold: parseAmount('500') });
    const [first] = search(account, 1);
    if (first === undefined) throw new Error('not ordered');
    adjust(account, '-2000');
    pay(account, first);
    expect([available(account), account.state.topUp.awaitsRise]).toEqual(['-1402', true]);
    expect(search(account, 1)).toEqual([]);
    account.grant('1901');
    expect(search(account, 1)).toEqual([]);
    account.grant('3');
    expect([available(account), account.state.topUp.awaitsRise]).toEqual(['500', true]);
    // At the threshold the balance has risen; the use that falls below it again buys.
    expect(search(account, 1)).toHaveLength(1);
  });

  it('C8, L68: the next cycle’s credits are a rise, also where they were used before anybody looked', () => {
    const account = paying();
    setTopUp(account);
    const [first] = search(account, 26);
    if (first === undefined) throw new Error('not ordered');
    adjust(account, '-600');
    pay(account, first);
    expect(available(account)).toBe('-52');
    account.grant('10');
    expect(search(account, 1)).toEqual([]);
    account.moveTo('2026-07-01T00:00:00.000Z');
    expect([available(account), account.state.topUp.awaitsRise]).toEqual(['58', undefined]);
    expect(search(account, 5)).toHaveLength(1);
  });

  it('C8, L68: a threshold above what one charge buys is refused with both figures', () => {
    const account = paying();
    expect(() => setTopUp(account, { threshold: parseAmount('500.000001') })).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        pointer: '/threshold',
        message: expect.stringMatching(/500\.000001 .* 500 /),
      }),
    );
    // The bonus is bought as well.
    setTopUp(account, { threshold: parseAmount('5500'), packId: 'large' });
    expect(account.state.profile.autoTopUp?.packId).toBe('large');
  });

  it('C8, L68: settings that are saved twice buy once, and turning them off and on is a new crossing', () => {
    const account = paying();
    setTopUp(account);
    const [first] = search(account, 26);
    if (first === undefined) throw new Error('not ordered');
    adjust(account, '-600');
    pay(account, first);
    setTopUp(account);
    expect(search(account, 1)).toEqual([]);
    setTopUp(account, { enabled: false });
    setTopUp(account);
    expect(search(account, 1)).toHaveLength(1);
  });

  it('C8, L350: buys nothing on a plan that sells no packs, as nobody else can', () => {
    const catalog = compiled({
      ...smallCatalogConfig,
      plans: smallCatalogConfig.plans.map((plan) => (plan.id === 'pro' ? { ...plan, packs: false } : plan)),
    });
    const account = paying({}, { catalog });
    setTopUp(account);
    account.decide((context) => decideChangeAccount(context, { planId: 'pro' }));
    expect(search(account, 26)).toEqual([]);
    for (const buy of [() => order(account), () => setTopUp(account)])
      expect(buy).toThrow(expect.objectContaining({ code: 'forbidden' }));
    setTopUp(account, { enabled: false });
    expect(account.state.profile.autoTopUp?.enabled).toBe(false);
  });

  it('C8, L350: can be turned off when its pack has left the catalog', () => {
    const account = paying();
    setTopUp(account);
    const left = compiled({ ...smallCatalogConfig, creditPacks: [] });
    account.decide((context) =>
      decideAutoTopUp({ ...context, catalog: left }, { ...settings, enabled: false }, 'ada'),
    );
    expect(account.state.profile.autoTopUp?.enabled).toBe(false);
  });

  it('C8: cannot be turned on without a confirmed payment method', () => {
    expect(() => setTopUp(new AccountFixture())).toThrow(
      expect.objectContaining({ code: 'payment_method_required' }),
    );
  });
});

describe('adjustments and own keys', () => {
  it('C14, L70: adds and takes back with a reason that the ledger shows', () => {
    const account = new AccountFixture();
    const adjust = (amount: string, reason: string) =>
      account.decide((context) =>
        decideAdjustment(context, { amount: parseAmount(amount), unit: 'credits', reason }),
      );
    adjust('25', 'Outage on 3 June');
    adjust('-10', 'Booked twice');
    expect(available(account)).toBe('115');
    expect(account.ledger.slice(-2).map((entry) => entry.description)).toEqual([
      'Outage on 3 June',
      'Booked twice',
    ]);
    adjust('-200', 'Chargeback');
    expect(available(account)).toBe('-85');
  });
});
