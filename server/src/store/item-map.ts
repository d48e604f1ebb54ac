interface Item<Value> {
  readonly accountId: string;
  value: Value;
  readonly next: Item<Value> | undefined;
}

/**
 * Values by account and id. They are found by their id first and told apart by account then, since making one text of
 * the two for each look-up costs more than the look-up, and ids of different accounts are seldom the same.
 */
export class ItemMap<Value> {
  readonly #firsts = new Map<string, Item<Value>>();

  get(accountId: string, id: string): Value | undefined {
    return this.find(accountId, id)?.value;
  }

  /** The place of the value, which tells a value that is undefined from none. */
  find(accountId: string, id: string): { readonly value: Value } | undefined {
    return ofAccount(this.#firsts.get(id), accountId);
  }

  set(accountId: string, id: string, value: Value): void {
    const first = this.#firsts.get(id);
    const found = ofAccount(first, accountId);
    if (found === undefined) this.#firsts.set(id, { accountId, value, next: first });
    else found.value = value;
  }

  delete(accountId: string, id: string): void {
    let rest: Item<Value> | undefined;
    for (let item = this.#firsts.get(id); item !== undefined; item = item.next) {
      if (item.accountId !== accountId) rest = { ...item, next: rest };
    }
    if (rest === undefined) this.#firsts.delete(id);
    else this.#firsts.set(id, rest);
  }

  values(): Value[] {
    const values: Value[] = [];
    for (const first of this.#firsts.values()) {
      for (let item: Item<Value> | undefined = first; item !== undefined; item = item.next)
        values.push(item.value);
    }
    return values;
  }
}

function ofAccount<Value>(first: Item<Value> | undefined, accountId: string): Item<Value> | undefined {
  let item = first;
  while (item !== undefined && item.accountId !== accountId) item = item.next;
  return item;
}
