/** Things remembered at most; beyond that the one that failed longest ago is tried again at once. */
const keptMaxDefault = 10_000;

export interface LaterTriesOptions {
  /** How long a thing that failed is left alone. */
  readonly delayMs: number;
  readonly keptMax?: number;
}

/**
 * Remembers when each thing that failed is tried again. A thing whose time has come is forgotten, whether or not it is ever looked at
 * again, so the memory that it takes is bounded by what failed within one delay.
 */
export class LaterTries {
  readonly #delayMs: number;
  readonly #keptMax: number;
  /** In the order in which they failed, which is the order of their times too. */
  readonly #retryAtMs = new Map<string, number>();

  constructor({ delayMs, keptMax = keptMaxDefault }: LaterTriesOptions) {
    this.#delayMs = delayMs;
    this.#keptMax = keptMax;
  }

  get size(): number {
    return this.#retryAtMs.size;
  }

  /** Whether the thing failed and its time has not come yet. */
  isWaiting(key: string, nowMs: number): boolean {
    this.#forgetPast(nowMs);
    return (this.#retryAtMs.get(key) ?? Number.NEGATIVE_INFINITY) > nowMs;
  }

  failed(key: string, nowMs: number): void {
    this.#retryAtMs.delete(key);
    this.#retryAtMs.set(key, nowMs + this.#delayMs);
    this.#forgetPast(nowMs);
  }

  succeeded(key: string): void {
    this.#retryAtMs.delete(key);
  }

  #forgetPast(nowMs: number): void {
    for (const [key, retryAtMs] of this.#retryAtMs) {
      if (retryAtMs > nowMs && this.#retryAtMs.size <= this.#keptMax) return;
      this.#retryAtMs.delete(key);
    }
  }
}
