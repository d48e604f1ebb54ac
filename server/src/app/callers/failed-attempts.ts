import type { Clock } from '../app-options.ts';
import { BoundedCache } from './bounded-cache.ts';

/** So many credentials may be wrong in a row before an address has to wait. */
export const attemptsInARow = 20;
/** And so many more a minute. */
export const attemptsPerMinute = 60;
/** Addresses that are remembered. */
const addressesMax = 10_000;

interface Bucket {
  left: number;
  atMs: number;
}

/**
 * Bounds how many keys an address may try. Keys that were let in before, and tokens, which are signed, are not held up by it:
 * somebody who guesses behind the same address delays nobody but newcomers.
 */
export class FailedAttempts {
  readonly #clock: Clock;
  readonly #buckets = new BoundedCache<Bucket>(addressesMax);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mayTry(address: string): boolean {
    return this.#bucketOf(address).left >= 1;
  }

  failed(address: string): void {
    const bucket = this.#bucketOf(address);
    bucket.left = Math.max(0, bucket.left - 1);
    this.#buckets.set(address, bucket);
  }

  #bucketOf(address: string): Bucket {
    const nowMs = this.#clock.nowMs();
    const bucket = this.#buckets.get(address) ?? { left: attemptsInARow, atMs: nowMs };
    const gained = (Math.max(0, nowMs - bucket.atMs) / 60_000) * attemptsPerMinute;
    bucket.left = Math.min(attemptsInARow, bucket.left + gained);
    bucket.atMs = nowMs;
    return bucket;
  }
}
