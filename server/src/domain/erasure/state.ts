/** What is erased: an account with all its members, or one member of it. */
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
  /** Of an account: what the pseudonyms of its members are made with. */
  readonly seed: string;
  /** Of an account: whether the buyer's name and address leave its invoices too. */
  readonly withInvoices: boolean;
}

/** What an erasure did to the rows of one noun. */
export interface ErasedRows {
  readonly noun: string;
  /** Rows in which something gave way to a pseudonym. */
  readonly replaced: number;
  /** Rows that are gone. */
  readonly removed: number;
  /** Documents that keep the name, since the law wants them kept. */
  readonly kept: number;
}
