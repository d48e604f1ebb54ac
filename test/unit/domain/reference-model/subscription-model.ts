import type { BillingInterval, ContractTerms } from '@usagekit/server/contract';
import {
  type ContractName,
  contracts,
  type PlainTerms,
  type PlanId,
  packRuns,
  plans,
  rank,
  trials,
} from './subscription-catalog.ts';

export type PlainCommand =
  | { kind: 'change_plan'; planId: PlanId; interval?: BillingInterval; trial?: boolean }
  | { kind: 'cancel' }
  | { kind: 'resume' }
  | { kind: 'seats'; seatType: 'seat'; quantity: number }
  | { kind: 'add_on'; addOnId: 'pack'; quantity: number }
  | { kind: 'dedicated_ips'; quantity: number }
  | { kind: 'assign_dedicated_ip'; ipId: string; agentId: string | null }
  | { kind: 'remove_dedicated_ip'; ipId: string }
  | { kind: 'start_trial'; days: number }
  | { kind: 'end_trial'; pays: boolean }
  | { kind: 'contract'; label: ContractName; terms: ContractTerms }
  | { kind: 'end_contract' }
  | { kind: 'alerts'; metric: 'runs'; amounts: string[] }
  | { kind: 'own_limit'; metric: 'runs'; limit: string | null }
  | { kind: 'additional_use'; metric: 'runs'; mode: 'off' | 'capped' | 'unlimited'; cap?: string };

interface Bought {
  now: number;
  next: number;
}

/** A fixed address; a removed one ends with the period. */
export interface PlainIp {
  id: string;
  agentId: string | null;
  isRemoved: boolean;
}

/** What is due at an instant, in cents. */
export interface Due {
  atMs: number;
  cents: number;
}

interface Recurring {
  /** Lines of the same name and price are the same thing. */
  name: string;
  quantity: number;
  cents: number;
}

const dayMs = 86_400_000;

/**
 * One account's subscription, written as plainly as it can be: no shared code with the domain, months by `Date`, days by
 * division. In UTC, and without a payment method.
 */
export class SubscriptionModel {
  planId: PlanId = 'free';
  interval: BillingInterval = 'month';
  status: 'active' | 'trial' | 'trial_over' = 'active';
  trialEndMs: number | null = null;
  contract: ContractName | null = null;
  scheduled: { kind: 'change' | 'cancel'; planId: PlanId; interval: BillingInterval } | null = null;
  seats: Bought = { now: 0, next: 0 };
  packs: Bought = { now: 0, next: 0 };
  ips: PlainIp[] = [];
  #ipsMade = 0;
  #alerts: number[] = [];
  /** Amounts that were told in this cycle, also those that were taken away since. */
  #toldNow = new Set<number>();
  /** Notices of alerts so far. */
  told = 0;
  ownLimit: number | null = null;
  additional: { mode: 'off' | 'capped' | 'unlimited'; cap: number } = { mode: 'unlimited', cap: 0 };
  credits = plans.free.credits;
  /** Whether the plan's credits of this cycle have come. */
  #gotCredits = true;
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

  /** What holds now: the plan's terms, and in their place those of the contract. */
  get terms(): PlainTerms {
    return { ...plans[this.planId], ...(this.contract !== null && contracts[this.contract].plain) };
  }

  advance(nowMs: number): void {
    for (;;) {
      const cycleEndMs = monthsAfter(this.#anchorMs, this.#cycle + 1);
      const trialEndMs = this.status === 'trial' ? (this.trialEndMs ?? cycleEndMs) : Number.POSITIVE_INFINITY;
      if (Math.min(cycleEndMs, trialEndMs) > nowMs) return;
      if (trialEndMs <= cycleEndMs) this.#endTrial(trialEndMs, false);
      else this.#beginCycle(cycleEndMs);
    }
  }

  /** Whether the use is let through. */
  use(quantity: number): boolean {
    if (this.status === 'trial_over') return false;
    const after = this.used + quantity;
    const included = this.terms.runs + this.packs.now * packRuns + this.#paid;
    if (this.ownLimit !== null && after > this.ownLimit) return false;
    if (this.terms.rate === null) {
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
        return this.#changePlan(command, nowMs);
      case 'cancel':
        if (this.scheduled?.kind === 'cancel') return false;
        this.scheduled = { kind: 'cancel', planId: 'free', interval: 'month' };
        return true;
      case 'resume':
        if (this.scheduled === null) return false;
        this.scheduled = null;
        return true;
      case 'seats':
        if (this.terms.seatMonth === null) return false;
        return this.#changing(nowMs, () => this.#buy(this.seats, command.quantity));
      case 'add_on':
        if (this.terms.packMonth === null) return false;
        return this.#changing(nowMs, () => this.#buy(this.packs, command.quantity));
      case 'dedicated_ips':
        return this.#buyIps(command.quantity, nowMs);
      case 'assign_dedicated_ip':
        return this.#assign(command);
      case 'remove_dedicated_ip':
        return this.#removeIp(command.ipId);
      case 'alerts':
        this.#alerts = command.amounts.map(Number);
        this.#tell();
        return true;
      case 'own_limit':
        this.ownLimit = command.limit === null ? null : Number(command.limit);
        return true;
      case 'additional_use':
        if (this.terms.rate === null) return false;
        this.additional = { mode: command.mode, cap: Number(command.cap ?? 0) };
        return true;
      case 'start_trial':
        this.#startTrial(command.days, nowMs);
        return true;
      case 'end_trial':
        if (this.status === 'active') return false;
        if (this.status === 'trial') this.#endTrial(nowMs, command.pays);
        else this.#pay(nowMs);
        return true;
      case 'contract':
        return this.#setContract(command.label, nowMs);
      case 'end_contract':
        return this.#setContract(null, nowMs);
    }
  }

  /** Amounts that are reached together make one notice. */
  #tell(): void {
    const reached = this.#alerts.filter((amount) => this.used >= amount && !this.#toldNow.has(amount));
    for (const amount of reached) this.#toldNow.add(amount);
    if (reached.length > 0) this.told += 1;
  }

  #beginCycle(atMs: number): void {
    this.#billUse(atMs);
    this.#cycle += 1;
    this.used = 0;
    this.#paid = 0;
    this.#toldNow.clear();
    const isPeriodOver = this.#cycle >= this.#periodEndCycle;
    // A trial has a boundary of its own.
    if (isPeriodOver && this.status !== 'trial') this.#doScheduled();
    if (isPeriodOver) {
      this.#beginPeriod(atMs);
      for (const line of this.#recurring()) this.#bill(atMs, line.cents * line.quantity);
    }
    this.#gotCredits = this.status !== 'trial_over';
    this.credits = this.#gotCredits ? this.terms.credits : 0;
  }

  #doScheduled(): void {
    this.seats.now = this.seats.next;
    this.packs.now = this.packs.next;
    this.ips = this.ips.filter(({ isRemoved }) => !isRemoved);
    if (this.scheduled) this.#move(this.scheduled.planId, this.scheduled.interval);
  }

  #changePlan(
    { planId, interval: wanted, trial }: Extract<PlainCommand, { kind: 'change_plan' }>,
    nowMs: number,
  ): boolean {
    if (planId === 'free' && wanted === 'year') return false;
    const interval = planId === 'free' ? 'month' : (wanted ?? this.interval);
    if (this.status !== 'trial_over' && planId === this.planId && interval === this.interval) {
      const wasScheduled = this.scheduled !== null;
      this.scheduled = null;
      return wasScheduled;
    }
    const isUpgrade = rank[planId] > rank[this.planId];
    const isNow =
      this.#recurring().length === 0 || isUpgrade || (planId === this.planId && interval === 'year');
    if (!isNow) {
      this.scheduled = { kind: 'change', planId, interval };
      return true;
    }
    this.#billUse(nowMs);
    const had = this.#gotCredits ? this.terms.credits : 0;
    const comesBack = !this.#gotCredits;
    const restarts = this.status !== 'trial' && planId !== 'free' && interval !== this.interval;
    if (restarts) {
      const rest = this.#rest(nowMs);
      for (const line of this.#recurring()) this.#part(nowMs, { ...line, quantity: -line.quantity }, rest);
      this.#move(planId, interval);
      this.#startTrialOf(planId, trial, nowMs);
      this.#restart(nowMs);
      return true;
    }
    const changesInterval = interval !== this.interval;
    this.#changing(nowMs, () => {
      this.#move(planId, interval);
      this.#startTrialOf(planId, trial, nowMs);
    });
    if (changesInterval) this.#beginPeriod(nowMs);
    if (isUpgrade || comesBack) this.credits += Math.max(0, this.terms.credits - had);
    this.#gotCredits = true;
    return true;
  }

  /** A cycle and a period of their own begin, in which each amount is told again; two at one instant are one to who is told. */
  #restart(nowMs: number): void {
    if (nowMs !== this.cycleStartMs) this.#toldNow.clear();
    this.#anchorMs = nowMs;
    this.#cycle = 0;
    this.#beginPeriod(nowMs);
    for (const line of this.#recurring()) this.#bill(nowMs, line.cents * line.quantity);
    this.credits = this.terms.credits;
    this.#gotCredits = true;
    this.#tell();
  }

  /** Charges and gives back what the change makes of the recurring lines, for the rest of the period. */
  #changing(nowMs: number, change: () => void): true {
    const before = this.#recurring();
    const rest = this.#rest(nowMs);
    change();
    const after = this.#recurring();
    const ofSame = (lines: Recurring[], { name, cents }: Recurring) =>
      lines.find((line) => line.name === name && line.cents === cents)?.quantity ?? 0;
    for (const line of before) {
      const less = Math.min(0, ofSame(after, line) - line.quantity);
      if (less < 0) this.#part(nowMs, { ...line, quantity: less }, rest);
    }
    for (const line of after) {
      const more = Math.max(0, line.quantity - ofSame(before, line));
      if (more > 0) this.#part(nowMs, { ...line, quantity: more }, rest);
    }
    return true;
  }

  #buy(bought: Bought, quantity: number): void {
    bought.now = this.status === 'active' ? Math.max(bought.now, quantity) : quantity;
    bought.next = quantity;
  }

  #buyIps(quantity: number, nowMs: number): boolean {
    if (this.terms.ipMonth === null || quantity > this.terms.ipMax) return false;
    if (quantity < this.ips.filter(({ agentId }) => agentId !== null).length) return false;
    return this.#changing(nowMs, () => {
      const kept = () => this.ips.filter(({ isRemoved }) => !isRemoved).length;
      for (const ip of this.ips.toReversed())
        if (kept() > quantity && ip.agentId === null) ip.isRemoved = true;
      for (const ip of this.ips) if (kept() < quantity) ip.isRemoved = false;
      while (kept() < quantity) {
        this.#ipsMade += 1;
        this.ips.push({ id: `ip-${this.#ipsMade}`, agentId: null, isRemoved: false });
      }
      this.#dropUnpaid();
    });
  }

  #assign({ ipId, agentId }: { ipId: string; agentId: string | null }): boolean {
    const ip = this.ips.find(({ id }) => id === ipId);
    if (ip === undefined) return false;
    if (agentId !== null) {
      if (this.ips.some((other) => other !== ip && other.agentId === agentId)) return false;
      if (ip.isRemoved || (ip.agentId !== null && ip.agentId !== agentId)) return false;
    }
    ip.agentId = agentId;
    return true;
  }

  #removeIp(ipId: string): boolean {
    const ip = this.ips.find(({ id }) => id === ipId);
    if (ip === undefined || ip.agentId !== null) return false;
    ip.isRemoved = true;
    this.#dropUnpaid();
    return true;
  }

  /** Where nothing is charged a removed address ends at once. */
  #dropUnpaid(): void {
    if (this.status !== 'active') this.ips = this.ips.filter(({ isRemoved }) => !isRemoved);
  }

  /** The trial that the plan offers to an account that had none. */
  #startTrialOf(planId: PlanId, wanted: boolean | undefined, nowMs: number): void {
    const trial = trials[planId];
    if (trial === null || wanted === false || this.trialEndMs !== null) return;
    this.status = 'trial';
    this.trialEndMs = nowMs + trial.days * dayMs;
  }

  /** The product team gives one, or other days. */
  #startTrial(days: number, nowMs: number): void {
    if (this.status !== 'trial') {
      this.#billUse(nowMs);
      this.#changing(nowMs, () => {
        this.status = 'trial';
      });
      if (!this.#gotCredits) this.credits += this.terms.credits;
      this.#gotCredits = true;
    }
    this.trialEndMs = nowMs + days * dayMs;
  }

  #endTrial(atMs: number, pays: boolean): void {
    const { interval } = this;
    this.#billUse(atMs);
    this.status = 'active';
    this.#doScheduled();
    if (this.#recurring().length > 0) {
      if (pays) {
        this.#pay(atMs);
        return;
      }
      const planAfter = trials[this.planId]?.planAfter ?? null;
      if (planAfter === null) this.status = 'trial_over';
      else this.#move(planAfter, 'month');
    }
    if (interval !== this.interval) this.#beginPeriod(atMs);
  }

  /** Begins to charge the plan. */
  #pay(nowMs: number): void {
    this.#billUse(nowMs);
    this.status = 'active';
    if (this.#recurring().length > 0) {
      this.#restart(nowMs);
      return;
    }
    if (!this.#gotCredits) this.credits += this.terms.credits;
    this.#gotCredits = true;
  }

  #setContract(contract: ContractName | null, nowMs: number): boolean {
    // A free plan has no price, by contract either.
    if (contract === 'deal' && this.planId === 'free') return false;
    this.#billUse(nowMs);
    const { credits } = this.terms;
    this.#changing(nowMs, () => {
      this.contract = contract;
      this.#keepSold();
    });
    if (this.status !== 'trial_over') this.credits += Math.max(0, this.terms.credits - credits);
    return true;
  }

  #move(planId: PlanId, interval: BillingInterval): void {
    if (planId !== this.planId) this.contract = null;
    this.planId = planId;
    this.interval = interval;
    this.scheduled = null;
    if (this.status === 'trial_over' || planId === 'free') this.status = 'active';
    this.#keepSold();
  }

  /** Ends what is not sold any more. */
  #keepSold(): void {
    const { seatMonth, packMonth, ipMax } = this.terms;
    if (seatMonth === null) this.seats = { now: 0, next: 0 };
    if (packMonth === null) this.packs = { now: 0, next: 0 };
    // Agents keep theirs as long as there are any; among equals the latest go first.
    for (const goes of [(ip: PlainIp) => ip.agentId === null, () => true])
      for (const ip of this.ips.toReversed())
        if (this.ips.length > ipMax && goes(ip)) this.ips = this.ips.filter((other) => other !== ip);
  }

  #beginPeriod(atMs: number): void {
    this.periodStartMs = atMs;
    this.#periodStartCycle = this.#cycle;
    this.#periodEndCycle = this.#cycle + (this.interval === 'year' ? 12 : 1);
  }

  /** What is charged ahead: nothing in a trial, nor in the pause after it. */
  #recurring(): Recurring[] {
    if (this.status !== 'active') return [];
    const { month, seatMonth, packMonth, ipMonth } = this.terms;
    const cents = (price: number | null) => (price ?? 0) * 100 * (this.interval === 'year' ? 10 : 1);
    const lines = [
      { name: this.planId, quantity: 1, cents: cents(month) },
      { name: 'seats', quantity: this.seats.now, cents: cents(seatMonth) },
      { name: 'packs', quantity: this.packs.now, cents: cents(packMonth) },
      { name: 'ips', quantity: this.ips.length, cents: cents(ipMonth) },
    ];
    return lines.filter((line) => line.quantity > 0 && line.cents > 0);
  }

  /** The days that are left of the period, the present one too, and all of its days. */
  #rest(nowMs: number): { left: number; whole: number } {
    const startMs = monthsAfter(this.#anchorMs, this.#periodStartCycle);
    const whole = Math.floor((this.periodEndMs - startMs) / dayMs);
    return { left: whole - Math.floor((nowMs - startMs) / dayMs), whole };
  }

  /** A part of a price; less than nothing is given back. */
  #part(
    nowMs: number,
    { quantity, cents }: Recurring,
    { left, whole }: { left: number; whole: number },
  ): void {
    // Halves away from zero; whole numbers far below where a double would round.
    const sign = Math.sign(quantity);
    this.#bill(nowMs, sign * Math.floor((2 * cents * Math.abs(quantity) * left + whole) / (2 * whole)));
  }

  #billUse(atMs: number): void {
    this.#bill(atMs, Math.round(this.#beyond * (this.terms.rate ?? 0) * 100));
    this.#paid += this.#beyond;
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
