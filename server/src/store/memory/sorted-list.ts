/** Items in a given order, with quick insertion at the end and search by bisection. */
export class SortedList<Item> {
  readonly #compare: (a: Item, b: Item) => number;
  readonly #items: Item[];

  /** Two items that compare equal are the same item. */
  constructor(compare: (a: Item, b: Item) => number, sorted: readonly Item[] = []) {
    this.#compare = compare;
    this.#items = [...sorted];
  }

  copy(): SortedList<Item> {
    return new SortedList(this.#compare, this.#items);
  }

  /** Adds the item, or puts it in the place of its equal. */
  put(item: Item): void {
    const index = this.#firstIndexWhere((other) => this.#compare(other, item) >= 0);
    const isSame = index < this.#items.length && this.#compare(this.#items[index] as Item, item) === 0;
    if (index === this.#items.length) this.#items.push(item);
    else this.#items.splice(index, isSame ? 1 : 0, item);
  }

  delete(item: Item): void {
    const index = this.#firstIndexWhere((other) => this.#compare(other, item) >= 0);
    if (index < this.#items.length && this.#compare(this.#items[index] as Item, item) === 0) {
      this.#items.splice(index, 1);
    }
  }

  /** Items from the first that is not before, in order. `isBefore` must hold for a beginning of the list only. */
  *from(isBefore: (item: Item) => boolean): Generator<Item> {
    for (let index = this.#firstIndexWhere((item) => !isBefore(item)); index < this.#items.length; index++) {
      yield this.#items[index] as Item;
    }
  }

  /** Items from the last that is not after, backwards. `isAfter` must hold for an end of the list only. */
  *backwardsFrom(isAfter: (item: Item) => boolean): Generator<Item> {
    for (let index = this.#firstIndexWhere(isAfter) - 1; index >= 0; index--)
      yield this.#items[index] as Item;
  }

  #firstIndexWhere(matches: (item: Item) => boolean): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (matches(this.#items[middle] as Item)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** By code units, as every store sorts ids. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
