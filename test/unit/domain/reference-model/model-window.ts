import { most } from './model-use.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** One use as a window sees it: when it happened, and of what. */
interface WindowUse {
  readonly atMs: number;
  readonly amount: bigint;
}

/** A limit by a window of time, with every use that it ever saw. */
export class ModelWindow {
  readonly id: string;
  readonly counts: 'runs' | 'credits';
  readonly ofMember: boolean;
  readonly limit: bigint;
  readonly #length: ['day' | 'week'] | ['first_use' | 'rolling', minutes: number];
  readonly #uses: WindowUse[] = [];
  /** Of one from first use: every time that one began, in order. */
  readonly #begun: { atMs: number; used: bigint }[] = [];

  constructor(
    id: string,
    counts: 'runs' | 'credits',
    {
      of,
      limit,
      length,
    }: Pick<ModelWindow, 'limit'> & {
      of: 'account' | 'ada';
      length: ['day' | 'week'] | ['first_use' | 'rolling', minutes: number];
    },
  ) {
    this.id = id;
    this.counts = counts;
    this.ofMember = of === 'ada';
    this.limit = limit;
    this.#length = length;
  }

  count(atMs: number, nowMs: number, amount: bigint): void {
    if (amount === 0n) return;
    this.#uses.push({ atMs, amount });
    const lengthMs = (this.#length[1] ?? 0) * minuteMs;
    const holding = this.#begun.find((window) => window.atMs <= atMs && atMs < window.atMs + lengthMs);
    const later = this.#begun.filter((window) => window.atMs > atMs);
    const [next] = later;
    if (holding !== undefined) holding.used += amount;
    else if (next === undefined) this.#begun.push({ atMs, used: amount });
    else if (later.length === 1 && next.atMs + lengthMs > nowMs && atMs + lengthMs > nowMs) {
      next.atMs = atMs;
      next.used += amount;
    }
  }

  /** A use is taken back: the window that holds its time counts so much less. */
  uncount(atMs: number, amount: bigint): void {
    const at = this.#uses.findIndex((use) => use.atMs === atMs && use.amount === amount);
    if (at !== -1) this.#uses.splice(at, 1);
    const lengthMs = (this.#length[1] ?? 0) * minuteMs;
    const holding = this.#begun.find((window) => window.atMs <= atMs && atMs < window.atMs + lengthMs);
    if (holding !== undefined) holding.used = most(holding.used - amount, 0n);
  }

  usedAt(nowMs: number): bigint {
    const [kind, minutes = 0] = this.#length;
    const lengthMs = minutes * minuteMs;
    const sum = (counts: (use: WindowUse) => boolean) =>
      this.#uses.filter(counts).reduce((total, { amount }) => total + amount, 0n);
    switch (kind) {
      case 'day':
        return sum(({ atMs }) => Math.floor(atMs / dayMs) === Math.floor(nowMs / dayMs));
      case 'week':
        // The first of June 2026, on which histories begin, is a Monday.
        return sum(({ atMs }) => weekOf(atMs) === weekOf(nowMs));
      case 'rolling': {
        const partMs = lengthMs / 60;
        return sum(({ atMs }) => nowMs < (Math.floor(atMs / partMs) + 1) * partMs + lengthMs);
      }
      case 'first_use': {
        const last = this.#begun.at(-1);
        return last !== undefined && nowMs < last.atMs + lengthMs ? last.used : 0n;
      }
    }
  }
}

const weekOf = (atMs: number) => Math.floor((atMs - Date.UTC(2026, 5, 1)) / (7 * dayMs));
