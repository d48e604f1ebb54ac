/** Values used lately, at least `weightMax` of them by weight and at most twice as many; a value weighs 1 unless it is weighed. */
export class RecentCache<Value> {
  readonly #weightMax: number;
  readonly #weigh: (value: Value) => number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #weightOfYoung = 0;

  /** @param weigh Gives the same for a value each time. */
  constructor(weightMax: number, weigh: (value: Value) => number = () => 1) {
    this.#weightMax = weightMax;
    this.#weigh = weigh;
  }

  /** Those that are kept, at most; one that was used again may be counted twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.put(key, old);
    return old;
  }

  delete(key: string): void {
    this.#weightOfYoung -= this.#weightOf(key);
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#weightOfYoung = 0;
    this.#young = new Map();
    this.#old = new Map();
  }

  put(key: string, value: Value): void {
    this.#weightOfYoung += this.#weigh(value) - this.#weightOf(key);
    this.#young.set(key, value);
    if (this.#weightOfYoung >= this.#weightMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weightOfYoung = 0;
    }
  }

  #weightOf(key: string): number {
    const young = this.#young.get(key);
    return young === undefined ? 0 : this.#weigh(young);
  }
}
