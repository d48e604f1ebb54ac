/**
 * First in, first out: to take some moves no others, so that a long one is worked off in slices without being copied at each. What
 * was taken is dropped together, each time that it is half of all.
 */
export class Fifo<Item> {
  #items: Item[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  push(item: Item): void {
    // A list that is written with its first item has room for one; an empty one that grows has room for seventeen.
    if (this.#items.length === 0) this.#items = [item];
    else this.#items.push(item);
  }

  /** The one that came first, which stays. */
  peek(): Item | undefined {
    return this.#items[this.#first];
  }

  /** Those that came first, at most so many; they stay. */
  oldest(count: number): readonly Item[] {
    return this.#items.slice(this.#first, this.#first + count);
  }

  /** All of them, in order. The list is not to be kept: it may change with the next call. */
  all(): readonly Item[] {
    return this.#first === 0 ? this.#items : this.#items.slice(this.#first);
  }

  /** Takes the first items, at most the given number. */
  drop(count: number): void {
    this.#first = Math.min(this.#first + count, this.#items.length);
    if (this.#first === this.#items.length) this.#items = [];
    else if (this.#first * 2 >= this.#items.length) this.#items = this.#items.slice(this.#first);
    else return;
    this.#first = 0;
  }
}
