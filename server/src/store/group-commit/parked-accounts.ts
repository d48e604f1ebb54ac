import { AccountsBusyError, StoreUnavailableError } from '../store-errors.ts';

/** Commands that wait for an account locked by another process. */
interface Parked<Item> {
  readonly sinceMs: number;
  items: Item[];
}

/** A held account is tried again after this time, */
const retryMs = 100;
/** and given up after this one. */
const patienceMs = 10_000;
/** So many go together once the account is free. */
const sizeMax = 64;

export interface ParkedAccountsOptions<Item> {
  /** Writes a batch of one account's items and answers them. @throws AccountsBusyError where the account is still held. */
  readonly write: (items: readonly Item[]) => Promise<void>;
  readonly fail: (items: readonly Item[], error: StoreUnavailableError) => void;
}

/**
 * Commands of accounts that are locked elsewhere. They wait here, so that batches without them go on, and are tried apart
 * from the others until the account is free.
 */
export class ParkedAccounts<Item> {
  readonly #options: ParkedAccountsOptions<Item>;
  readonly #accounts = new Map<string, Parked<Item>>();
  #count = 0;

  constructor(options: ParkedAccountsOptions<Item>) {
    this.#options = options;
  }

  /** Items that wait. */
  get count(): number {
    return this.#count;
  }

  /** The first of the accounts that is held, or nothing. */
  heldOf(accountIds: readonly string[]): string | undefined {
    return this.#accounts.size === 0 ? undefined : accountIds.find((id) => this.#accounts.has(id));
  }

  /** Lets the items wait for the account, in the order in which they come. */
  add(accountId: string, items: readonly Item[]): void {
    const parked = this.#accounts.get(accountId);
    this.#count += items.length;
    if (parked !== undefined) {
      parked.items.push(...items);
      return;
    }
    this.#accounts.set(accountId, { sinceMs: performance.now(), items: [...items] });
    this.#retryLater(accountId);
  }

  #retryLater(accountId: string): void {
    setTimeout(() => void this.#retry(accountId), retryMs);
  }

  async #retry(accountId: string): Promise<void> {
    const parked = this.#accounts.get(accountId);
    if (parked === undefined) return;
    while (parked.items.length > 0) {
      const items = parked.items.splice(0, sizeMax);
      try {
        await this.#options.write(items);
        this.#count -= items.length;
      } catch (error) {
        if (!(error instanceof AccountsBusyError)) throw error;
        parked.items.unshift(...items);
        if (performance.now() - parked.sinceMs < patienceMs) return this.#retryLater(accountId);
        this.#count -= parked.items.length;
        this.#options.fail(
          parked.items,
          new StoreUnavailableError(`The account '${accountId}' is locked elsewhere.`, { cause: error }),
        );
        parked.items = [];
      }
    }
    this.#accounts.delete(accountId);
  }
}
