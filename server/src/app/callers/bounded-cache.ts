/** Keeps the latest entries, at most so many: the oldest leaves when another comes. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #sizeMax: number;

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#sizeMax) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Drops every entry that the test picks. */
  deleteWhere(picks: (value: Value) => boolean): void {
    for (const [key, value] of this.#entries) if (picks(value)) this.#entries.delete(key);
  }
}
