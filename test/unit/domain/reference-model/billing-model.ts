/** What a plan of the model charges, in millionths. */
export interface ModelPlan {
  readonly id: string;
  readonly rank: number;
  /** By interval of so many months. */
  readonly prices: Readonly<Record<1 | 12, bigint>>;
  /** For one seat, by interval. */
  readonly seatPrices: Readonly<Record<1 | 12, bigint>>;
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

interface ModelUse {
  readonly id: string;
  readonly quantity: bigint;
}

/** A stretch of one cycle on one plan. */
interface ModelPart {
  readonly cycle: number;
  readonly startsAtMs: number;
  readonly plan: ModelPlan;
  readonly uses: ModelUse[];
}

/**
 * A subscription as a bookkeeper would compute it, with wall clocks from `Intl` and fractions: nothing of the domain is in it.
 * It knows one metric, seats, fees ahead, upgrades at once and downgrades with the period, over any number of years. It keeps
 * every use where its time lies, and sums them up from the first to the last whenever it is asked: so it knows no late use.
 */
export class BillingModel {
  /** Fees ahead, what changes charge of them, and what they give back. */
  fees = 0n;
  plan: ModelPlan;
  seats = { now: 0n, next: 0n };
  readonly #settings: ModelSettings;
  readonly #anchorWall: number;
  readonly #parts: ModelPart[];
  #cycle = 0;
  #periodStartsAtCycle = 0;
  #scheduled: ModelPlan | null = null;

  constructor(settings: ModelSettings, plan: ModelPlan) {
    this.#settings = settings;
    this.plan = plan;
    const { startsAtMs, timeZone, anchor, months } = settings;
    const wall = wallOf(startsAtMs, timeZone);
    const date = new Date(wall);
    this.#anchorWall =
      anchor === 'subscription' ? wall : Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    this.#parts = [{ cycle: 0, startsAtMs, plan, uses: [] }];
    this.fees += this.#share(plan.prices[months], startsAtMs);
  }

  get cycleEndsAtMs(): number {
    return this.#cycleStart(this.#cycle + 1);
  }

  /** Takes the subscription over every boundary up to the instant, itself included. */
  moveTo(nowMs: number): void {
    const { months } = this.#settings;
    while (this.cycleEndsAtMs <= nowMs) {
      const startsAtMs = this.cycleEndsAtMs;
      this.#cycle += 1;
      if (this.#cycle >= this.#periodStartsAtCycle + months) {
        this.plan = this.#scheduled ?? this.plan;
        this.#scheduled = null;
        this.seats.now = this.seats.next;
        this.#periodStartsAtCycle = this.#cycle;
        this.fees += this.#rounded(this.plan.prices[months], 1n);
        this.fees += this.#rounded(this.plan.seatPrices[months] * this.seats.now, 1n);
      }
      this.#parts.push({ cycle: this.#cycle, startsAtMs, plan: this.plan, uses: [] });
    }
  }

  /** What was used before the subscription began counts in its first cycle. */
  use(id: string, quantity: bigint, atMs: number): void {
    const part = this.#parts.findLast(({ startsAtMs }) => startsAtMs <= atMs) ?? this.#parts[0];
    part?.uses.push({ id, quantity });
  }

  void(id: string): void {
    for (const { uses } of this.#parts) {
      const index = uses.findIndex((use) => use.id === id);
      if (index >= 0) uses.splice(index, 1);
    }
  }

  change(plan: ModelPlan, nowMs: number): void {
    if (plan.rank < this.plan.rank) this.#scheduled = plan;
    else this.changeAtOnce(plan, nowMs);
  }

  changeAtOnce(plan: ModelPlan, nowMs: number): void {
    const { months } = this.#settings;
    this.fees += this.#share(plan.prices[months], nowMs) - this.#share(this.plan.prices[months], nowMs);
    const seat = { had: this.plan.seatPrices[months], has: plan.seatPrices[months] };
    // Seats at the same price before and after are neither given back nor charged.
    this.fees +=
      this.#share(seat.has * this.seats.now, nowMs) - this.#share(seat.had * this.seats.now, nowMs);
    this.plan = plan;
    this.#scheduled = null;
    this.#parts.push({ cycle: this.#cycle, startsAtMs: nowMs, plan, uses: [] });
  }

  /** More at once, fewer with the next period; what was paid in the period can be had again in it. */
  setSeats(quantity: bigint, nowMs: number): void {
    const more = quantity - this.seats.now;
    this.seats.next = quantity;
    if (more <= 0n) return;
    this.seats.now = quantity;
    this.fees += this.#share(this.plan.seatPrices[this.#settings.months] * more, nowMs);
  }

  /** What was used beyond allowances: on lines, and what the part that has not ended is going to bill. */
  usage(): { readonly overage: bigint; readonly units: bigint; readonly waiting: bigint } {
    let [overage, units, waiting] = [0n, 0n, 0n];
    let [cycle, used, billed] = [-1, 0n, 0n];
    for (const part of this.#parts) {
      if (part.cycle !== cycle) [cycle, used, billed] = [part.cycle, 0n, 0n];
      const over = (amount: bigint) =>
        amount > part.plan.included + billed ? amount - part.plan.included - billed : 0n;
      const before = over(used);
      for (const { quantity } of part.uses) used += quantity;
      const beyond = over(used) - before;
      billed += beyond;
      if (part === this.#parts.at(-1)) waiting = beyond;
      else {
        units += beyond;
        overage += this.#rounded(beyond * part.plan.rate, 1_000_000n);
      }
    }
    return { overage, units, waiting };
  }

  #cycleStart(index: number): number {
    const { anchor, startsAtMs } = this.#settings;
    // Also where it begins in the second of two hours of one wall clock; later boundaries take the first.
    if (index === 0 && anchor === 'subscription') return startsAtMs;
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
