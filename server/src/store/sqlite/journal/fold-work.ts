import type { AddedCell } from '../../../domain/usage/state.ts';
import type { EncodedAccount } from '../../codec/account-codec.ts';
import type { KeptAnswer } from '../../store.ts';
import type { Facts } from './account-changes.ts';
import type { CellMark } from './unfolded-account.ts';

/** What an account's tables lack, without methods, so that it can be sent to another thread. */
export interface FoldedAccount {
  readonly accountId: string;
  readonly version: number;
  readonly encoded: EncodedAccount | undefined;
  readonly facts: Facts;
  readonly cells: readonly AddedCell[];
  /** The last journal row with changes of the account. */
  readonly journalId: number;
}

/** One transaction of a fold. */
export type FoldWork =
  | { readonly kind: 'accounts'; readonly accounts: readonly FoldedAccount[] }
  | { readonly kind: 'facts'; readonly accountId: string; readonly facts: Facts }
  | {
      readonly kind: 'cells';
      readonly accountId: string;
      readonly cells: readonly AddedCell[];
      readonly mark: CellMark;
    }
  | { readonly kind: 'answers'; readonly answers: readonly KeptAnswer[] }
  /** Deletes the first journal rows before that one. */
  | { readonly kind: 'rows'; readonly beforeId: number };

/**
 * `more`: rows are left to delete. `faulty`: the tables cannot take a row of it, and nothing was written; the row is set aside when the
 * whole account is folded.
 */
export type FoldOutcome = 'done' | 'more' | 'faulty';
