/** What a plan of the model charges, in millionths. */
export interface ModelPlan {
  readonly id: string;
  readonly rank: number;
  /** By interval of so many months. */
  readonly prices: Readonly<Record<1 | 12, bigint>>;
  readonly included: bigint;
  /** For one unit beyond. */
  readonly rate: bigint;
}

export interface ModelSettings {
  readonly timeZone: string;
  /** Millionths in the currency's smallest part. */
  readonly part: bigint;
  readonly byDays: boolean;
  readonly anchor: 'subscription' | 'first_of_month';
  readonly months: 1 | 12;
  readonly startsAtMs: number;
}

/**
 * A subscription as a bookkeeper would reckon it, with wall clocks from `Intl` and fractions: nothing of the domain is in it.
 * It knows one metric, fees ahead, upgrades at once and downgrades with the period, over any number of years.
 */
export class BillingModel {
  fees = 0n;
  overage = 0n;
  proration = 0n;
  /** Units beyond the allowance: all of them, and those that came to less than the smallest part. */
  units = 0n;
  plan: ModelPlan;
  readonly #settings: ModelSettings;
  readonly #anchorWall: number;
  #cycle = 0;
  #periodStartsAtCycle = 0;
  #scheduled: ModelPlan | null = null;
  #used = 0n;
  #beyond = 0n;

  constructor(settings: ModelSettings, plan: ModelPlan) {
    this.#settings = settings;
    this.plan = plan;
    const wall = wallOf(settings.startsAtMs, settings.timeZone);
    const date = new Date(wall);
    this.#anchorWall =
      settings.anchor === 'subscription' ? wall : Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    this.fees += this.#share(plan.prices[settings.months], settings.startsAtMs);
  }

  get cycleEndsAtMs(): number {
    return this.#cycleStart(this.#cycle + 1);
  }

  /** Takes the subscription over every boundary up to the instant, itself included. */
  moveTo(nowMs: number): void {
    while (this.cycleEndsAtMs <= nowMs) {
      this.#bill();
      this.#cycle += 1;
      this.#used = 0n;
      if (this.#cycle < this.#periodStartsAtCycle + this.#settings.months) continue;
      this.plan = this.#scheduled ?? this.plan;
      this.#scheduled = null;
      this.#periodStartsAtCycle = this.#cycle;
      this.fees += this.#rounded(this.plan.prices[this.#settings.months], 1n);
    }
  }

  use(quantity: bigint): void {
    const over = (used: bigint) => (used > this.plan.included ? used - this.plan.included : 0n);
    this.#beyond += over(this.#used + quantity) - over(this.#used);
    this.#used += quantity;
  }

  change(plan: ModelPlan, nowMs: number): void {
    if (plan.rank < this.plan.rank) {
      this.#scheduled = plan;
      return;
    }
    this.changeAtOnce(plan, nowMs);
  }

  changeAtOnce(plan: ModelPlan, nowMs: number): void {
    this.#bill();
    const { months } = this.#settings;
    this.proration += this.#share(plan.prices[months], nowMs) - this.#share(this.plan.prices[months], nowMs);
    this.plan = plan;
    this.#scheduled = null;
  }

  /** What was used beyond and is on no invoice yet. */
  get waiting(): bigint {
    return this.#beyond;
  }

  #bill(): void {
    this.units += this.#beyond;
    this.overage += this.#rounded(this.#beyond * this.plan.rate, 1_000_000n);
    this.#beyond = 0n;
  }

  #cycleStart(index: number): number {
    const date = new Date(this.#anchorWall);
    const month = date.getUTCMonth() + index;
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
    const day = Math.min(date.getUTCDate(), lastDay);
    const timeOfDay =
      this.#anchorWall - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
    return instantOf(Date.UTC(date.getUTCFullYear(), month, day) + timeOfDay, this.#settings.timeZone);
  }

  /** The part of a price for what is left of the period. */
  #share(price: bigint, nowMs: number): bigint {
    const from = this.#cycleStart(this.#periodStartsAtCycle);
    const to = this.#cycleStart(this.#periodStartsAtCycle + this.#settings.months);
    const span = (untilMs: number) =>
      BigInt(this.#settings.byDays ? this.#days(from, untilMs) : untilMs - from);
    return this.#rounded(price * (span(to) - span(nowMs)), span(to));
  }

  /** Days that are over, each at the wall time at which the first began. */
  #days(fromMs: number, untilMs: number): number {
    const { timeZone } = this.#settings;
    const wall = wallOf(fromMs, timeZone);
    let days = Math.floor((untilMs - fromMs) / 86_400_000) + 1;
    while (instantOf(wall + days * 86_400_000, timeZone) > untilMs) days -= 1;
    return days;
  }

  /** Half a part goes away from zero; nothing here is negative. */
  #rounded(dividend: bigint, divisor: bigint): bigint {
    const { part } = this.#settings;
    return ((2n * dividend + divisor * part) / (2n * divisor * part)) * part;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock at an instant, as if its digits were UTC. */
function wallOf(atMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((atMs % 1_000) + 1_000) % 1_000);
}

/** The first instant with that wall clock; of one that the zone skips, as much later as was skipped. */
function instantOf(wall: number, timeZone: string): number {
  const offsetAt = (atMs: number) => wallOf(atMs, timeZone) - atMs;
  const before = wall - offsetAt(wall - 86_400_000);
  const after = wall - offsetAt(wall + 86_400_000);
  for (const candidate of [Math.min(before, after), Math.max(before, after)])
    if (wallOf(candidate, timeZone) === wall) return candidate;
  return before;
}
