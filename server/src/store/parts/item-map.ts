interface Place<Value> {
  readonly accountId: string;
  value: Value;
}

/** The places of an id that several accounts have, by account. */
type Shared<Value> = Map<string, Place<Value>>;

/**
 * Values by account and id. They are found by their id first, since ids of different accounts are seldom the same and
 * making one text of the two for each look-up costs more than the look-up. Ids that many accounts have, such as a member
 * `owner`, are told apart by a map of their own.
 */
export class ItemMap<Value> {
  /** None until something is set: a batch has a map for each kind of thing, and uses two or three. */
  #places: Map<string, Place<Value> | Shared<Value>> | undefined = undefined;

  get(accountId: string, id: string): Value | undefined {
    return this.find(accountId, id)?.value;
  }

  /** The place of the value, which tells a value that is undefined from none. */
  find(accountId: string, id: string): { readonly value: Value } | undefined {
    const found = this.#places?.get(id);
    if (found instanceof Map) return found.get(accountId);
    return found?.accountId === accountId ? found : undefined;
  }

  set(accountId: string, id: string, value: Value): void {
    this.#places ??= new Map();
    const found = this.#places.get(id);
    if (found === undefined) this.#places.set(id, { accountId, value });
    else if (found instanceof Map) found.set(accountId, { accountId, value });
    else if (found.accountId === accountId) found.value = value;
    else {
      const shared: Shared<Value> = new Map([[found.accountId, found]]);
      this.#places.set(id, shared.set(accountId, { accountId, value }));
    }
  }

  delete(accountId: string, id: string): void {
    const found = this.#places?.get(id);
    if (found instanceof Map) {
      found.delete(accountId);
      if (found.size === 0) this.#places?.delete(id);
    } else if (found?.accountId === accountId) this.#places?.delete(id);
  }

  /** Deletes the value, unless another was set in its place. */
  drop(accountId: string, id: string, value: Value): void {
    if (this.get(accountId, id) === value) this.delete(accountId, id);
  }

  values(): Value[] {
    const values: Value[] = [];
    for (const found of this.#places?.values() ?? []) {
      if (found instanceof Map) for (const { value } of found.values()) values.push(value);
      else values.push(found.value);
    }
    return values;
  }
}
