import {
  add,
  countsOf,
  fits,
  least,
  lineKinds,
  type ModelGrant,
  type ModelItem,
  most,
  one,
  type Payable,
  type Priced,
  prices,
  totalOf,
} from './model-use.ts';
import { ModelWallet } from './model-wallet.ts';
import { ModelWindow } from './model-window.ts';

interface ModelHold {
  readonly id: string;
  readonly legs: Map<string, bigint>;
  readonly counts: Map<string, bigint>;
  readonly memberId: string | undefined;
  readonly expiresAtMs: number;
  readonly searchPrice: bigint;
}

/** When a use is priced, and without which hold. */
interface Standpoint {
  /** Without its own counts, and by the price that it keeps. */
  readonly except?: ModelHold;
  readonly atMs?: number;
  /** A hold is rounded up and leaves nothing. */
  readonly isHold?: boolean;
}

export interface ModelAnswer {
  readonly outcome: string;
  readonly charge?: bigint;
  readonly legs?: Readonly<Record<string, bigint>>;
}

interface ModelEvent {
  readonly id: string;
  readonly atMs: number;
  readonly items: readonly ModelItem[];
  readonly legs: ReadonlyMap<string, bigint>;
  readonly owed: bigint;
  readonly charge: bigint;
  readonly rest: bigint;
  /** How many payments of debts came before it. */
  readonly paymentsBefore: number;
  isVoid: boolean;
}

export interface ModelEventChange {
  readonly op: 'add' | 'set';
  readonly quantity: bigint;
}

const callsIncluded = 10n * one;

/** Refused beyond so many tenths of a unit: 100% of 10, 110% of 10, 100% of 5. */
const refusesAtTenths: Record<string, bigint> = { emails: 100n, workflows: 110n, storage: 50n };

const monthlyCredits = 100n * one;

const holdLifetimeMs = 2 * 86_400_000;

const eventAgeMs = 35 * 86_400_000;

/**
 * The law written a second time, as plainly as can be: mutable records, no sharing, no speed, in whole millionths. It knows the
 * prices and limits of `referenceCatalog` by heart, and shares no code with the domain.
 */
export class ReferenceModel {
  readonly wallet = new ModelWallet();
  nowMs: number;
  cycleStartsAtMs: number;
  holds: ModelHold[] = [];
  /** Halves of a millionth that were used and are not charged yet: no price here is finer. */
  carry = 0n;
  /** Credits a search; a hold keeps the one that it was made with. The last one stands once the catalog has none. */
  searchPrice = 2n;
  isSearchSold = true;
  spent = 0n;
  /** By the start of each cycle that the account has been in. */
  readonly cycles = new Map<number, Map<string, bigint>>();
  byMember = new Map<string, bigint>();
  /** Every report of storage, in the order of arrival. */
  readonly storageReports: {
    readonly atMs: number;
    readonly op: 'add' | 'set';
    readonly quantity: bigint;
  }[] = [];
  /** Events that can be taken back: those that reported no storage. */
  readonly events: ModelEvent[] = [];
  readonly windows = [
    new ModelWindow('session', 'runs', { of: 'account', limit: 5n * one, length: ['first_use', 300] }),
    new ModelWindow('day', 'runs', { of: 'account', limit: 7n * one, length: ['day'] }),
    new ModelWindow('lately', 'runs', { of: 'account', limit: 6n * one, length: ['rolling', 600] }),
    new ModelWindow('spend', 'credits', { of: 'account', limit: 90n * one, length: ['rolling', 1_440] }),
    new ModelWindow('mine', 'runs', { of: 'ada', limit: 3n * one, length: ['first_use', 300] }),
    new ModelWindow('my-week', 'credits', { of: 'ada', limit: 30n * one, length: ['week'] }),
  ];
  /** What the account allows itself of exports, and the member `ada` of workflows. */
  readonly ownLimit: bigint;
  readonly allocation: bigint;

  constructor(nowMs: number, ownLimit: bigint, allocation: bigint) {
    this.nowMs = nowMs;
    this.cycleStartsAtMs = nowMs;
    this.ownLimit = ownLimit;
    this.allocation = allocation;
    this.beginCycle(nowMs);
  }

  get counters(): Map<string, bigint> {
    return this.countersAt(this.nowMs);
  }

  /** What was used in the cycles that events of the last 35 days can belong to, latest first. */
  earlierCycles(): [startsAtMs: number, counters: Map<string, bigint>][] {
    return [...this.cycles]
      .filter(([startsAtMs]) => startsAtMs < this.cycleStartsAtMs)
      .filter(([startsAtMs]) => nextMonth(startsAtMs) > this.cycleStartsAtMs - eventAgeMs)
      .reverse();
  }

  grant(id: string, amount: bigint, options: Pick<ModelGrant, 'priority' | 'kinds' | 'expiresAtMs'>): void {
    const paid = this.wallet.payDebt(id, amount);
    this.wallet.keep({ ...options, id, createdAtMs: this.nowMs, remaining: amount - paid, held: 0n });
    this.wallet.drop();
  }

  /** Another price of a search; null takes it out of the catalog: nobody can ask for it, and what happened costs what it did. */
  price(ofSearch: bigint | null): void {
    this.searchPrice = ofSearch ?? this.searchPrice;
    this.isSearchSold = ofSearch !== null;
  }

  use(items: readonly ModelItem[], memberId: string | undefined): ModelAnswer {
    if (this.isUnknown(items)) return { outcome: 'unknown_tool' };
    const refused = this.refusal(items, memberId);
    if (refused !== null) return { outcome: refused };
    const { payables, rest } = this.priced(items);
    if (!this.wallet.canPay(payables)) return { outcome: 'insufficient_credits' };
    const charge = totalOf(payables);
    const legs = new Map<string, bigint>();
    this.wallet.pay(payables, (grant, part) => {
      grant.remaining -= part;
      add(legs, grant.id, part);
    });
    this.carry += rest;
    this.record(items, charge, { memberId });
    return this.answer('allowed', charge, legs);
  }

  hold(id: string, items: readonly ModelItem[], memberId: string | undefined): ModelAnswer {
    if (this.isUnknown(items)) return { outcome: 'unknown_tool' };
    const refused = this.refusal(items, memberId, { isHold: true });
    if (refused !== null) return { outcome: refused };
    const { payables } = this.priced(items, { isHold: true });
    if (!this.wallet.canPay(payables)) return { outcome: 'insufficient_credits' };
    const charge = totalOf(payables);
    const hold: ModelHold = {
      id,
      legs: new Map(),
      counts: new Map([...countsOf(items), ['credits', charge]]),
      memberId,
      expiresAtMs: this.nowMs + holdLifetimeMs,
      searchPrice: this.searchPrice,
    };
    this.wallet.pay(payables, (grant, part) => {
      grant.remaining -= part;
      grant.held += part;
      add(hold.legs, grant.id, part);
    });
    this.holds.push(hold);
    return this.answer('held', charge, hold.legs);
  }

  settle(id: string, items: readonly ModelItem[], final: boolean): ModelAnswer {
    const hold = this.holds.find((open) => open.id === id);
    if (hold === undefined) return { outcome: 'hold_not_open' };
    const { payables, rest } = this.priced(items, { except: hold });
    const charge = totalOf(payables);
    this.carry += rest;
    const legs = new Map<string, bigint>();
    for (const payable of payables) {
      for (const grant of this.wallet.inBurnOrder()) {
        const part = fits(grant, payable) ? least(hold.legs.get(grant.id) ?? 0n, payable.amount) : 0n;
        grant.held -= part;
        payable.amount -= part;
        add(hold.legs, grant.id, -part);
        add(legs, grant.id, part);
      }
    }
    if (final) {
      // What comes back can be spent by the rest of the charge, except what belongs to grants that have ended.
      this.endHold(hold);
    }
    this.wallet.pay(payables, (grant, part) => {
      grant.remaining -= part;
      add(legs, grant.id, part);
    });
    this.wallet.debt += totalOf(payables);
    for (const [metric, count] of [...countsOf(items), ['credits', charge] as const])
      hold.counts.set(metric, most((hold.counts.get(metric) ?? 0n) - count, 0n));
    this.record(items, charge, { memberId: hold.memberId });
    return this.answer('settled', charge, legs);
  }

  release(id: string): ModelAnswer {
    const hold = this.holds.find((open) => open.id === id);
    if (hold === undefined) return { outcome: 'hold_not_open' };
    this.endHold(hold);
    return { outcome: 'released' };
  }

  /** Gives or, negative, takes back by hand. Only grants for any use pay what is taken. */
  adjust(id: string, amount: bigint): ModelAnswer {
    if (amount > 0n) this.grant(`${id}~adjustment`, amount, { priority: 20, kinds: null, expiresAtMs: null });
    else {
      const payables = [{ kind: 'metric', amount: -amount }];
      this.wallet.pay(payables, (grant, part) => {
        grant.remaining -= part;
      });
      this.wallet.debt += totalOf(payables);
      this.wallet.drop();
    }
    return { outcome: 'adjusted' };
  }

  event(id: string, atMs: number, items: readonly ModelItem[], change: ModelEventChange | null): ModelAnswer {
    const { payables, rest } = this.priced(items, { atMs });
    const charge = totalOf(payables);
    this.carry += rest;
    const legs = new Map<string, bigint>();
    this.wallet.pay(payables, (grant, part) => {
      grant.remaining -= part;
      add(legs, grant.id, part);
    });
    const owed = totalOf(payables);
    this.wallet.debt += owed;
    this.record(items, charge, { atMs });
    if (change === null && !countsOf(items).has('storage'))
      this.events.push({
        id,
        atMs,
        items,
        legs: new Map(legs),
        owed,
        charge,
        rest,
        paymentsBefore: this.wallet.payments.length,
        isVoid: false,
      });
    if (change !== null) this.storageReports.push({ ...change, atMs });
    return this.answer('recorded', charge, legs);
  }

  /** History only: nothing counts, and the charge that its lines tell is nobody's. */
  backfill(items: readonly ModelItem[]): ModelAnswer {
    const charge = items
      .filter(({ kind }) => lineKinds[kind] !== undefined)
      .reduce((sum, item) => sum + toNearest(this.halvesOf(item)), 0n);
    return { outcome: 'recorded', charge, legs: {} };
  }

  /** Does one by one what falls due: holds before grants, grants before the cycle. */
  moveTo(atMs: number): void {
    for (;;) {
      const due: { atMs: number; order: number; act: () => void }[] = [];
      for (const hold of this.holds)
        due.push({ atMs: hold.expiresAtMs, order: 0, act: () => this.endHold(hold, hold.expiresAtMs) });
      for (const grant of this.wallet.grants)
        if (grant.expiresAtMs !== null && grant.remaining > 0n)
          due.push({ atMs: grant.expiresAtMs, order: 1, act: () => (grant.remaining = 0n) });
      const cycleEndsAtMs = nextMonth(this.cycleStartsAtMs);
      due.push({ atMs: cycleEndsAtMs, order: 2, act: () => this.beginCycle(cycleEndsAtMs) });
      due.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
      const [next] = due;
      if (next === undefined || next.atMs > atMs) break;
      next.act();
      this.wallet.drop();
    }
    this.nowMs = atMs;
  }

  /** Takes an event back: its counts, and its credits to where they came from. */
  voidEvent(event: ModelEvent): ModelAnswer {
    if (event.isVoid) return { outcome: 'conflict' };
    event.isVoid = true;
    for (const [metric, count] of countsOf(event.items)) add(this.countersAt(event.atMs), metric, -count);
    this.carry -= event.rest;
    for (const window of this.windows) {
      const amount = window.counts === 'runs' ? (countsOf(event.items).get('runs') ?? 0n) : event.charge;
      if (!window.ofMember && amount > 0n) window.uncount(event.atMs, amount);
    }
    const back = new Map(event.legs);
    const forgiven = least(event.owed, this.wallet.debt);
    this.wallet.debt -= forgiven;
    let rest = event.owed - forgiven;
    for (const payment of this.wallet.payments.slice(event.paymentsBefore).reverse()) {
      const part = least(payment.amount, rest);
      payment.amount -= part;
      rest -= part;
      add(back, payment.grantId, part);
    }
    for (const [id, amount] of back) {
      const known = this.wallet.known.get(id);
      if (known === undefined || (known.expiresAtMs !== null && known.expiresAtMs <= this.nowMs)) continue;
      const live = this.wallet.grants.find((grant) => grant.id === id);
      if (live === undefined) this.wallet.grants.push({ ...known, remaining: amount, held: 0n });
      else live.remaining += amount;
    }
    this.wallet.drop();
    return { outcome: 'taken_back' };
  }

  private beginCycle(atMs: number): void {
    this.cycleStartsAtMs = atMs;
    this.cycles.set(atMs, new Map());
    this.byMember = new Map();
    this.spent = 0n;
    const id = `plan~${atMs}`;
    const paid = this.wallet.payDebt(id, monthlyCredits);
    this.wallet.keep({
      id,
      priority: 10,
      kinds: null,
      expiresAtMs: nextMonth(atMs),
      createdAtMs: atMs,
      remaining: monthlyCredits - paid,
      held: 0n,
    });
    this.wallet.drop();
  }

  private endHold(hold: ModelHold, atMs = this.nowMs): void {
    for (const grant of this.wallet.inBurnOrder()) {
      const part = hold.legs.get(grant.id) ?? 0n;
      grant.held -= part;
      // The hold ends before a grant that ends at the same instant, so that its credits can still pay what is owed.
      const endsAtMs = grant.expiresAtMs ?? Number.MAX_SAFE_INTEGER;
      const goesOn = atMs === hold.expiresAtMs ? endsAtMs >= atMs : endsAtMs > atMs;
      if (!goesOn) continue;
      const paid = this.wallet.payDebt(grant.id, part);
      grant.remaining += part - paid;
    }
    this.holds = this.holds.filter((open) => open !== hold);
    this.wallet.drop();
  }

  private isUnknown(items: readonly ModelItem[]): boolean {
    return !this.isSearchSold && items.some(({ kind }) => kind === 'search' || kind === 'premium');
  }

  private refusal(
    items: readonly ModelItem[],
    memberId: string | undefined,
    standpoint?: Standpoint,
  ): string | null {
    const counts = countsOf(items);
    const asked = (metric: string) => counts.get(metric) ?? 0n;
    const workflows = asked('workflows');
    if (memberId !== undefined && workflows > 0n) {
      const held = this.heldOf('workflows', (hold) => hold.memberId === memberId);
      if ((this.byMember.get('workflows') ?? 0n) + held + workflows > this.allocation)
        return 'allocation_exhausted';
    }
    if (asked('exports') > 0n && this.usedOf('exports') + asked('exports') > this.ownLimit)
      return 'account_limit_reached';
    for (const [metric, tenths] of Object.entries(refusesAtTenths))
      if (asked(metric) > 0n && (this.usedOf(metric) + asked(metric)) * 10n > tenths * one)
        return 'plan_limit_reached';
    for (const window of this.windows) {
      const amount =
        window.counts === 'runs' ? asked('runs') : totalOf(this.priced(items, standpoint).payables);
      if (amount === 0n || (window.ofMember && memberId === undefined)) continue;
      if (this.usedInWindow(window) + amount > window.limit) return 'window_limit_reached';
    }
    return null;
  }

  /** What a window counts now, what open holds set aside among it. */
  usedInWindow(window: ModelWindow): bigint {
    const held = this.heldOf(window.counts, (hold) => !window.ofMember || hold.memberId === 'ada');
    return window.usedAt(this.nowMs) + held;
  }

  private usedOf(metric: string, { except, atMs = this.nowMs }: Standpoint = {}): bigint {
    const held = this.heldOf(metric, (hold) => hold !== except);
    if (metric === 'storage') return this.storage() + held;
    const used = this.countersAt(atMs).get(metric) ?? 0n;
    return atMs < this.cycleStartsAtMs && this.cycles.size > 1 ? used : used + held;
  }

  /** All reports one after another as they happened, whenever they came. */
  storage(): bigint {
    const inTime = this.storageReports.toSorted((a, b) => a.atMs - b.atMs);
    return inTime.reduce(
      (value, { op, quantity }) => most(op === 'set' ? quantity : value + quantity, 0n),
      0n,
    );
  }

  /** The counters of the cycle that an instant lies in; of the first where it lies before that. */
  private countersAt(atMs: number): Map<string, bigint> {
    const [[, first] = [0, new Map<string, bigint>()], ...later] = this.cycles;
    return later.reduce((found, [startsAtMs, counters]) => (startsAtMs <= atMs ? counters : found), first);
  }

  private heldOf(metric: string, which: (hold: ModelHold) => boolean): bigint {
    return this.holds.filter(which).reduce((sum, hold) => sum + (hold.counts.get(metric) ?? 0n), 0n);
  }

  /** The charges in the order of the items, and after them the calls beyond the allowance. */
  private priced(items: readonly ModelItem[], standpoint?: Standpoint): Priced {
    const payables: Payable[] = [];
    let left = this.carry;
    for (const item of items) {
      const lineKind = lineKinds[item.kind];
      if (lineKind === undefined) continue;
      const halves = this.halvesOf(item, standpoint);
      if (standpoint?.isHold) payables.push({ kind: lineKind, amount: (halves + 1n) / 2n });
      else {
        left += halves;
        const amount = left < 0n ? 0n : left / 2n;
        payables.push({ kind: lineKind, amount });
        left -= amount * 2n;
      }
    }
    const calls = countsOf(items).get('calls') ?? 0n;
    const beyond = most(calls - most(callsIncluded - this.usedOf('calls', standpoint), 0n), 0n);
    // What was taken back and charged all the same lessens this too.
    const due = beyond * 4n + (standpoint?.isHold ? 0n : left);
    const overage = standpoint?.isHold || beyond > 0n ? most(due, 0n) / 2n : 0n;
    left += beyond * 4n - overage * 2n;
    payables.push({ kind: 'metric', amount: overage });
    return { payables: payables.filter(({ amount }) => amount > 0n), rest: left - this.carry };
  }

  /** The price of an item in halves of a millionth. */
  private halvesOf({ kind, quantity }: ModelItem, standpoint?: Standpoint): bigint {
    return kind === 'traces' ? quantity : this.priceOf(kind, standpoint) * quantity * 2n;
  }

  private priceOf(kind: string, { except }: Standpoint = {}): bigint {
    if (kind === 'search') return except?.searchPrice ?? this.searchPrice;
    return prices[kind] ?? 0n;
  }

  private record(
    items: readonly ModelItem[],
    charge: bigint,
    { memberId, atMs = this.nowMs }: { memberId?: string | undefined; atMs?: number },
  ): void {
    for (const window of this.windows) {
      if (window.ofMember && memberId === undefined) continue;
      const amount = window.counts === 'runs' ? (countsOf(items).get('runs') ?? 0n) : charge;
      window.count(atMs, this.nowMs, amount);
    }
    for (const [metric, count] of countsOf(items)) {
      if (metric === 'storage') this.storageReports.push({ op: 'add', quantity: count, atMs });
      else add(this.countersAt(atMs), metric, count);
      if (metric === 'workflows' && memberId !== undefined) add(this.byMember, metric, count);
    }
  }

  private answer(outcome: string, charge: bigint, legs: ReadonlyMap<string, bigint>): ModelAnswer {
    this.wallet.drop();
    return { outcome, charge, legs: Object.fromEntries([...legs].filter(([, amount]) => amount !== 0n)) };
  }
}

/** Whole millionths, a half to the even one. */
function toNearest(halves: bigint): bigint {
  const whole = halves / 2n;
  return halves % 2n === 1n && whole % 2n === 1n ? whole + 1n : whole;
}

function nextMonth(atMs: number): number {
  const date = new Date(atMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
