/** The target of an erasure: an account with all its members, or one member. */
export type ErasureSubject = 'account' | 'member';

/**
 * An erasure that is under way. It stands in the account's own state, so that every decision knows of it, and is dropped with the
 * last row: nothing remembers afterwards whom a pseudonym stands for.
 */
export interface Erasing {
  readonly erasureId: string;
  readonly subject: ErasureSubject;
  /** Id of the account or the member, as it was. */
  readonly id: string;
  readonly pseudonym: string;
  /** Names, addresses and ids that give way to the pseudonym wherever a text names them. */
  readonly texts: readonly string[];
  /** For an account: the secret from which the pseudonyms of its members derive. */
  readonly seed: string;
  /** For an account: whether the buyer's name and address are removed from its invoices too. */
  readonly withInvoices: boolean;
}

/** The effect of an erasure on the rows of one noun. */
export interface ErasedRows {
  readonly noun: string;
  /** Rows in which something gave way to a pseudonym. */
  readonly replaced: number;
  /** Rows that are gone. */
  readonly removed: number;
  /** Documents that keep the name, since the law wants them kept. */
  readonly kept: number;
}
