import type { Clock } from '../app-options.ts';
import { BoundedCache } from './bounded-cache.ts';

/** So many credentials may be wrong in a row before an address has to wait. */
export const attemptsInARow = 20;
/** And so many more a minute. */
export const attemptsPerMinute = 60;
/** How many callers' attempts are remembered. */
const attemptersMax = 10_000;

export interface AttemptBudgetOptions {
  readonly inARow?: number;
  readonly perMinute?: number;
}

interface Bucket {
  left: number;
  atMs: number;
}

/**
 * Bounds how often somebody may try something, such as keys by address. Keys that were let in before, and tokens, which are
 * signed, are not held up by it: somebody who guesses behind the same address delays nobody but newcomers.
 */
export class AttemptBudget {
  readonly #clock: Clock;
  readonly #inARow: number;
  readonly #perMinute: number;
  readonly #buckets = new BoundedCache<Bucket>(attemptersMax);

  constructor(clock: Clock, options: AttemptBudgetOptions = {}) {
    this.#clock = clock;
    this.#inARow = options.inARow ?? attemptsInARow;
    this.#perMinute = options.perMinute ?? attemptsPerMinute;
  }

  mayTry(attempter: string): boolean {
    return this.#bucketOf(attempter).left >= 1;
  }

  /** Takes one attempt from the budget. */
  spend(attempter: string): void {
    const bucket = this.#bucketOf(attempter);
    bucket.left = Math.max(0, bucket.left - 1);
    this.#buckets.set(attempter, bucket);
  }

  #bucketOf(attempter: string): Bucket {
    const nowMs = this.#clock.nowMs();
    const bucket = this.#buckets.get(attempter) ?? { left: this.#inARow, atMs: nowMs };
    const gained = (Math.max(0, nowMs - bucket.atMs) / 60_000) * this.#perMinute;
    bucket.left = Math.min(this.#inARow, bucket.left + gained);
    bucket.atMs = nowMs;
    return bucket;
  }
}
