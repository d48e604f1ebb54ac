import type { AccountState } from '../../domain/state.ts';
import type { UnpricedItem } from '../../domain/unpriced/state.ts';
import { nameOf } from '../../domain/unpriced/unpriced.ts';
import type { Services } from '../services.ts';
import { priceUnpriced } from './price-unpriced.ts';

/** Accounts with unpriced uses that this process remembers; the others get their prices when they are next looked at. */
const accountsKeptMax = 10_000;
/** Names that were told in the log. */
const namesToldMax = 1_000;

/** Tells of uses without a price, and sees to it that they get theirs soon after the catalog has it. */
export class UnpricedWatch {
  readonly #services: () => Services;
  readonly #accounts = new Set<string>();
  readonly #told = new Set<string>();
  #sweptVersion = 0;

  constructor(services: () => Services) {
    this.#services = services;
  }

  /** The account after a command, and the uses that the command recorded without a price. */
  saw({ profile, unpriced }: AccountState, recorded: readonly UnpricedItem[]): void {
    if (unpriced === null) {
      if (this.#accounts.size > 0) this.#accounts.delete(profile.id);
      return;
    }
    if (this.#accounts.size < accountsKeptMax) this.#accounts.add(profile.id);
    for (const item of recorded) this.#tell(profile.id, item);
  }

  /** Gives what has got a price its price. */
  price(accountId: string): Promise<void> {
    return priceUnpriced(this.#services(), accountId);
  }

  /** Prices what has a price now, once for each version of the catalog. */
  async sweep(): Promise<void> {
    const services = this.#services();
    const { catalogs, log } = services;
    if (!catalogs.hasOne || catalogs.latest.version === this.#sweptVersion) return;
    this.#sweptVersion = catalogs.latest.version;
    for (const accountId of [...this.#accounts]) {
      try {
        await priceUnpriced(services, accountId);
      } catch (error) {
        log.error({ err: error, accountId }, 'Unpriced uses of an account could not be priced');
      }
    }
  }

  /** Each name once, since a model that is missing comes with every request. */
  #tell(accountId: string, item: UnpricedItem): void {
    const { metrics, log } = this.#services();
    const { kind, name } = nameOf(item);
    metrics.unpriced(kind);
    const key = `${kind} ${name}`;
    if (this.#told.has(key) || this.#told.size >= namesToldMax) return;
    this.#told.add(key);
    log.warn({ accountId, kind, name }, 'A use has no price in the catalog and is kept until it has one');
  }
}
