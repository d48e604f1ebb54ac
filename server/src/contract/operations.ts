/** One balance of an account that is not the sum of its entries. */
export interface Drift {
  /** What drifted: `grant <id>`, `debt <unit>`, `available <unit>`, `held <unit>`, `entry <id>` or `sequence`. */
  subject: string;
  /** What the entries say, in millionths of the unit. */
  expected: string;
  /** What the account says, in millionths of the unit. */
  found: string;
}

/** An account whose balances were recomputed from its whole ledger. */
export interface ReconciledAccount {
  accountId: string;
  /** Empty where every balance is the sum of its entries. */
  drifts: Drift[];
  /** Why the account or its ledger cannot be read; null where it can. */
  unreadable: string | null;
}
