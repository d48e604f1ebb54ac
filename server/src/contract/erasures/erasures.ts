import type { Instant } from '../values/amount.ts';

/** Body of `POST /v1/accounts/{id}/erase`. */
export interface AccountErasureRequest {
  /**
   * `keep`, by default: invoices that were issued stay as they are, with the buyer's name and address, and say so. `erase` where the
   * law lets them go.
   */
  invoices?: 'keep' | 'erase';
}

/** Body of `POST /v1/accounts/{id}/members/{memberId}/erase`. */
export interface MemberErasureRequest {
  /**
   * Other names and addresses of the person, at most 20 of 3 characters and more: they give way wherever a text of the account
   * has them as whole words, as the member's id and name do.
   */
  texts?: string[];
}

/** The effect of an erasure on one kind of data. */
export interface ErasedThings {
  /** Such as `entries`, `tasks` or `keys`. */
  noun: string;
  /** Things in which a pseudonym stands now. */
  replaced: number;
  /** Things that are gone. */
  removed: number;
  /** Things that may name the person still: invoices that were to be kept, and what cannot be read. */
  kept: number;
}

/** The proof of an erasure. Nothing in it says whom it erased. */
export interface Erasure {
  id: string;
  subject: 'account' | 'member';
  status: 'under_way' | 'done';
  /** The account; its pseudonym where it was erased as a whole. */
  accountId: string;
  /** The member's pseudonym; null where the account was erased. */
  memberId: string | null;
  requestedAt: Instant;
  doneAt: Instant | null;
  things: ErasedThings[];
  /**
   * Whether erased bytes may remain in unused parts of the database's files: `none` if they were overwritten, `unused_space` if the
   * database overwrites them in time. Null while the erasure is running.
   */
  traces: 'none' | 'unused_space' | null;
}
