import type { AccountState } from '../../../domain/state.ts';
import type { AddedCell } from '../../../domain/usage/state.ts';

/** An account as the database has it. */
export interface KnownAccount {
  /** Tells this writing of the account from every other, by whichever process: the text of a 64-bit integer. */
  readonly stamp: string;
  readonly state: AccountState;
  /** Additions to its cells that are not in their table yet. */
  readonly pendingCells: readonly AddedCell[];
  /**
   * Increases whenever the account is read from the database. Every change of an account's holds, tasks, members and purchases
   * gives the account another stamp, so known items stay valid as long as the account itself stays known.
   */
  readonly reading: number;
}
