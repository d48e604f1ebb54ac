import type { AccountState, UsageCell } from '../../domain/state.ts';

/** An account as the database has it. */
export interface KnownAccount {
  /** Tells this writing of the account from every other, by whichever process: the text of a 64-bit integer. */
  readonly stamp: string;
  readonly state: AccountState;
  /** What was added to its cells and is not in their table yet. */
  readonly pendingCells: readonly UsageCell[];
}
