import type { RefusedRequest } from '../../domain/diagnosis/diagnosis.ts';

/** So many are kept of an account, and of so many accounts: those that were refused last. */
const keptPerAccount = 5;
const accountsMax = 10_000;

/**
 * What the gate refused of late, for diagnoses. It is kept in this process's memory: a refusal changes nothing and is not
 * written, so a restart forgets them and each process knows those that it decided itself.
 */
export class RecentRefusals {
  readonly #byAccount = new Map<string, readonly RefusedRequest[]>();

  record(accountId: string, refused: RefusedRequest): void {
    const before = this.#byAccount.get(accountId) ?? [];
    // An account that is refused again is the latest, and leaves last.
    this.#byAccount.delete(accountId);
    this.#byAccount.set(accountId, [refused, ...before].slice(0, keptPerAccount));
    if (this.#byAccount.size <= accountsMax) return;
    const [oldest] = this.#byAccount.keys();
    if (oldest !== undefined) this.#byAccount.delete(oldest);
  }

  /** Newest first. */
  of(accountId: string): readonly RefusedRequest[] {
    return this.#byAccount.get(accountId) ?? [];
  }
}
