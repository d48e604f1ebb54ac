import type { AccountState, UsageCell } from '../../../domain/state.ts';

/** An account as the database has it. */
export interface KnownAccount {
  /** Tells this writing of the account from every other, by whichever process: the text of a 64-bit integer. */
  readonly stamp: string;
  readonly state: AccountState;
  /** What was added to its cells and is not in their table yet. */
  readonly pendingCells: readonly UsageCell[];
  /**
   * Grows whenever the account is read from the database. Every change of an account's holds, tasks, members and purchases
   * gives it another stamp; so what is known of them stays true for as long as the account itself stays known.
   */
  readonly reading: number;
}
