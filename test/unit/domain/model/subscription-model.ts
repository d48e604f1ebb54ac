import type { BillingInterval, CatalogConfig } from '@usagekit/server/contract';

const dollars = (amount: number) => ({ amount: String(amount), currency: 'USD' });
const both = (month: number) => ({ month: dollars(month), year: dollars(month * 10) });
const rank = { free: 0, solo: 1, team: 2 } as const;
export type PlanId = keyof typeof rank;
const planIds = Object.keys(rank) as PlanId[];

interface PlainPlan {
  month: number;
  credits: number;
  runs: number;
  /** Dollars for a run beyond the allowance. */
  rate: number;
}

const plans: Record<PlanId, PlainPlan> = {
  free: { month: 0, credits: 10, runs: 10, rate: 0 },
  solo: { month: 31, credits: 100, runs: 100, rate: 0.5 },
  team: { month: 70, credits: 250, runs: 300, rate: 0.25 },
};
const seatMonth = 6;
const packMonth = 5;
const ipMonth = 3;
const packRuns = 50;

/** The catalog that the model is written for: prices that do not divide by days, and everything that an account can set. */
export const subscriptionCatalogConfig: CatalogConfig = {
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  anchor: 'subscription_start',
  proration: 'days',
  metrics: [{ id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } }],
  seatTypes: [{ id: 'seat', label: 'Seats', roles: ['owner', 'admin', 'member'] }],
  plans: planIds.map((id) => ({
    id,
    name: id,
    rank: rank[id],
    kind: id === 'free' ? ('free' as const) : ('paid' as const),
    monthlyCredits: String(plans[id].credits),
    ...(id !== 'free' && {
      price: both(plans[id].month),
      seats: { seat: { included: 2, max: 30, price: both(seatMonth) } },
      dedicatedIps: { price: both(ipMonth), max: 9 },
    }),
    limits: [
      id === 'free'
        ? { metric: 'runs', included: '10', policy: 'hard' as const }
        : {
            metric: 'runs',
            included: String(plans[id].runs),
            policy: 'overage' as const,
            beyond: 'invoice' as const,
            overageRate: { amount: String(plans[id].rate) },
            additionalUse: { default: 'unlimited' as const },
          },
    ],
  })),
  addOns: [
    {
      id: 'pack',
      label: 'Pack',
      price: both(packMonth),
      quantityMax: 8,
      allowance: { metric: 'runs', quantity: String(packRuns) },
      plans: ['solo', 'team'],
    },
  ],
  defaultPlanId: 'free',
  cancelling: { rule: 'boundary', planAfter: 'free' },
  upgrade: { period: 'keep', counters: 'keep', credits: 'difference' },
};

export type PlainCommand =
  | { kind: 'change_plan'; planId: PlanId; interval?: BillingInterval }
  | { kind: 'cancel' }
  | { kind: 'resume' }
  | { kind: 'seats'; seatType: 'seat'; quantity: number }
  | { kind: 'add_on'; addOnId: 'pack'; quantity: number }
  | { kind: 'dedicated_ips'; quantity: number }
  | { kind: 'alerts'; metric: 'runs'; amounts: string[] }
  | { kind: 'own_limit'; metric: 'runs'; limit: string | null }
  | { kind: 'additional_use'; metric: 'runs'; mode: 'off' | 'capped' | 'unlimited'; cap?: string };

interface Bought {
  now: number;
  next: number;
}

/** What is due at an instant, in cents. */
export interface Due {
  atMs: number;
  cents: number;
}

interface Recurring {
  /** Lines with the same name are the same thing at the same price. */
  name: string;
  quantity: number;
  cents: number;
}

/**
 * One account's subscription, written as plainly as it can be: no shared code with the domain, months by `Date`, days by
 * division. In UTC.
 */
export class SubscriptionModel {
  planId: PlanId = 'free';
  interval: BillingInterval = 'month';
  scheduled: { kind: 'change' | 'cancel'; planId: PlanId; interval: BillingInterval } | null = null;
  seats: Bought = { now: 0, next: 0 };
  packs: Bought = { now: 0, next: 0 };
  ips: Bought = { now: 0, next: 0 };
  #alerts: number[] = [];
  /** Amounts that were told in this cycle, also those that were taken away since. */
  #toldNow = new Set<number>();
  /** Notices of alerts so far. */
  told = 0;
  ownLimit: number | null = null;
  additional: { mode: 'off' | 'capped' | 'unlimited'; cap: number } = { mode: 'unlimited', cap: 0 };
  credits = plans.free.credits;
  used = 0;
  readonly due: Due[] = [];
  periodStartMs: number;
  #anchorMs: number;
  #cycle = 0;
  #periodStartCycle = 0;
  #periodEndCycle = 1;
  #beyond = 0;
  /** Runs of this cycle that a change of plan has billed: they leave the next allowance whole. */
  #paid = 0;

  constructor(startMs: number) {
    this.#anchorMs = startMs;
    this.periodStartMs = startMs;
  }

  get periodEndMs(): number {
    return monthsAfter(this.#anchorMs, this.#periodEndCycle);
  }

  get cycleStartMs(): number {
    return monthsAfter(this.#anchorMs, this.#cycle);
  }

  advance(nowMs: number): void {
    for (;;) {
      const atMs = monthsAfter(this.#anchorMs, this.#cycle + 1);
      if (atMs > nowMs) return;
      this.#billUse(atMs);
      this.#cycle += 1;
      this.used = 0;
      this.#paid = 0;
      this.#toldNow.clear();
      if (this.#cycle >= this.#periodEndCycle) {
        this.seats.now = this.seats.next;
        this.packs.now = this.packs.next;
        this.ips.now = this.ips.next;
        if (this.scheduled) this.#move(this.scheduled.planId, this.scheduled.interval);
        this.#beginPeriod(atMs);
        for (const line of this.#recurring()) this.#bill(atMs, line.cents * line.quantity);
      }
      this.credits = plans[this.planId].credits;
    }
  }

  /** Whether the use is let through. */
  use(quantity: number): boolean {
    const after = this.used + quantity;
    const included = this.#included();
    if (this.ownLimit !== null && after > this.ownLimit) return false;
    if (this.planId === 'free') {
      if (after > included) return false;
    } else {
      const { mode, cap } = this.additional;
      const left = Math.max(0, cap - this.#paid);
      const allowed = mode === 'unlimited' ? Number.POSITIVE_INFINITY : mode === 'off' ? 0 : left;
      if (after - included > allowed) return false;
      this.#beyond += Math.max(0, after - included) - Math.max(0, this.used - included);
    }
    this.used = after;
    this.#tell();
    return true;
  }

  /** Carries the command out; false where it is refused. */
  command(command: PlainCommand, nowMs: number): boolean {
    switch (command.kind) {
      case 'change_plan':
        return this.#changePlan(command.planId, command.interval, nowMs);
      case 'cancel':
        if (this.scheduled?.kind === 'cancel') return false;
        this.scheduled = { kind: 'cancel', planId: 'free', interval: 'month' };
        return true;
      case 'resume':
        if (this.scheduled === null) return false;
        this.scheduled = null;
        return true;
      case 'seats':
        return this.#buy(this.seats, command.quantity, seatMonth, nowMs);
      case 'add_on':
        return this.#buy(this.packs, command.quantity, packMonth, nowMs);
      case 'dedicated_ips':
        return this.#buy(this.ips, command.quantity, ipMonth, nowMs);
      case 'alerts':
        this.#alerts = command.amounts.map(Number);
        this.#tell();
        return true;
      case 'own_limit':
        this.ownLimit = command.limit === null ? null : Number(command.limit);
        return true;
      case 'additional_use':
        if (this.planId === 'free') return false;
        this.additional = { mode: command.mode, cap: Number(command.cap ?? 0) };
        return true;
    }
  }

  /** Amounts that are reached together make one notice. */
  #tell(): void {
    const reached = this.#alerts.filter((amount) => this.used >= amount && !this.#toldNow.has(amount));
    for (const amount of reached) this.#toldNow.add(amount);
    if (reached.length > 0) this.told += 1;
  }

  #changePlan(planId: PlanId, wanted: BillingInterval | undefined, nowMs: number): boolean {
    if (planId === 'free' && wanted === 'year') return false;
    const interval = planId === 'free' ? 'month' : (wanted ?? this.interval);
    if (planId === this.planId && interval === this.interval) {
      const wasScheduled = this.scheduled !== null;
      this.scheduled = null;
      return wasScheduled;
    }
    const isNow =
      this.planId === 'free' ||
      rank[planId] > rank[this.planId] ||
      (planId === this.planId && interval === 'year');
    if (!isNow) {
      this.scheduled = { kind: 'change', planId, interval };
      return true;
    }
    this.#paid += this.#beyond;
    this.#billUse(nowMs);
    const before = this.#recurring();
    const more = plans[planId].credits - plans[this.planId].credits;
    if (interval === this.interval) {
      const rest = this.#rest(nowMs);
      this.#move(planId, interval);
      const after = this.#recurring();
      for (const line of before)
        if (!after.some(({ name }) => name === line.name)) this.#part(nowMs, line, -1, rest);
      for (const line of after)
        if (!before.some(({ name }) => name === line.name)) this.#part(nowMs, line, 1, rest);
      this.credits += Math.max(0, more);
      return true;
    }
    const rest = this.#rest(nowMs);
    for (const line of before) this.#part(nowMs, line, -1, rest);
    this.#move(planId, interval);
    this.#anchorMs = nowMs;
    this.#cycle = 0;
    this.#beginPeriod(nowMs);
    for (const line of this.#recurring()) this.#bill(nowMs, line.cents * line.quantity);
    this.credits = plans[planId].credits;
    // The counters go on in a cycle of its own, in which each amount is told again.
    this.#toldNow.clear();
    this.#tell();
    return true;
  }

  #buy(bought: Bought, quantity: number, month: number, nowMs: number): boolean {
    if (this.planId === 'free') return false;
    const more = quantity - bought.now;
    bought.next = quantity;
    if (more <= 0) return true;
    bought.now = quantity;
    this.#part(nowMs, { name: '', quantity: more, cents: this.#cents(month) }, 1, this.#rest(nowMs));
    return true;
  }

  #move(planId: PlanId, interval: BillingInterval): void {
    this.planId = planId;
    this.interval = interval;
    this.scheduled = null;
    if (planId !== 'free') return;
    this.seats = { now: 0, next: 0 };
    this.packs = { now: 0, next: 0 };
    this.ips = { now: 0, next: 0 };
  }

  #beginPeriod(atMs: number): void {
    this.periodStartMs = atMs;
    this.#periodStartCycle = this.#cycle;
    this.#periodEndCycle = this.#cycle + (this.interval === 'year' ? 12 : 1);
  }

  #included(): number {
    return plans[this.planId].runs + this.packs.now * packRuns + this.#paid;
  }

  #cents(month: number): number {
    return month * 100 * (this.interval === 'year' ? 10 : 1);
  }

  #recurring(): Recurring[] {
    if (this.planId === 'free') return [];
    const lines = [
      { name: this.planId, quantity: 1, cents: this.#cents(plans[this.planId].month) },
      { name: 'seats', quantity: this.seats.now, cents: this.#cents(seatMonth) },
      { name: 'packs', quantity: this.packs.now, cents: this.#cents(packMonth) },
      { name: 'ips', quantity: this.ips.now, cents: this.#cents(ipMonth) },
    ];
    return lines.filter(({ quantity }) => quantity > 0);
  }

  /** The days that are left of the period, the present one too, and all of its days. */
  #rest(nowMs: number): { left: number; whole: number } {
    const startMs = monthsAfter(this.#anchorMs, this.#periodStartCycle);
    const dayMs = 86_400_000;
    const whole = Math.floor((this.periodEndMs - startMs) / dayMs);
    return { left: whole - Math.floor((nowMs - startMs) / dayMs), whole };
  }

  #part(
    nowMs: number,
    { quantity, cents }: Recurring,
    sign: 1 | -1,
    { left, whole }: { left: number; whole: number },
  ): void {
    // Halves away from zero; whole numbers far below where a double would round.
    this.#bill(nowMs, sign * Math.floor((2 * cents * quantity * left + whole) / (2 * whole)));
  }

  #billUse(atMs: number): void {
    this.#bill(atMs, Math.round(this.#beyond * plans[this.planId].rate * 100));
    this.#beyond = 0;
  }

  #bill(atMs: number, cents: number): void {
    if (cents !== 0) this.due.push({ atMs, cents });
  }
}

/** The same day of a later month, or its last one. */
function monthsAfter(anchorMs: number, months: number): number {
  const anchor = new Date(anchorMs);
  const first = new Date(Date.UTC(anchor.getUTCFullYear(), anchor.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const timeOfDayMs = anchorMs - Date.UTC(anchor.getUTCFullYear(), anchor.getUTCMonth(), anchor.getUTCDate());
  return (
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(anchor.getUTCDate(), lastDay)) +
    timeOfDayMs
  );
}
