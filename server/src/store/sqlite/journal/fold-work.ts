import type { AddedCell } from '../../../domain/usage/state.ts';
import type { EncodedAccount } from '../../codec/account-codec.ts';
import type { EntryRow, UseRow } from '../../sql/fact-tables.ts';
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
export type FoldOutcome = 'done' | 'more' | 'faulty' | CutShort;

/** The time of the slice was over. */
export interface CutShort {
  /** Accounts, facts or answers that were written, from the first on. */
  readonly written: number;
}

/** How much was written of so many. */
export function writtenOf(outcome: FoldOutcome, count: number): number {
  return typeof outcome === 'object' ? outcome.written : count;
}

/**
 * Work as it is sent to another thread: what there is most of stands in flat lists, since a copied object takes the names of its fields
 * along. It takes less than two thirds of the time.
 */
export type PackedWork =
  | { readonly kind: 'accounts'; readonly flat: readonly unknown[] }
  | { readonly kind: 'answers'; readonly flat: readonly unknown[] }
  | Exclude<FoldWork, { readonly kind: 'accounts' | 'answers' }>;

export function packWork(work: FoldWork): PackedWork {
  const flat: unknown[] = [];
  if (work.kind === 'accounts') {
    for (const account of work.accounts) packAccount(account, flat);
    return { kind: 'accounts', flat };
  }
  if (work.kind !== 'answers') return work;
  for (const { key, accountId, requestHash, status, body, recordedAtMs } of work.answers)
    flat.push(key, accountId, requestHash, status, body, recordedAtMs);
  return { kind: 'answers', flat };
}

export function unpackWork(packed: PackedWork): FoldWork {
  if (packed.kind === 'accounts') {
    const take = taker(packed.flat);
    const accounts: FoldedAccount[] = [];
    while (take.isLeft()) accounts.push(unpackAccount(take));
    return { kind: 'accounts', accounts };
  }
  if (packed.kind !== 'answers') return packed;
  const take = taker(packed.flat);
  const answers: KeptAnswer[] = [];
  while (take.isLeft())
    answers.push({
      key: take.next(),
      accountId: take.next(),
      requestHash: take.next(),
      status: take.next(),
      body: take.next(),
      recordedAtMs: take.next(),
    });
  return { kind: 'answers', answers };
}

function packAccount(account: FoldedAccount, flat: unknown[]): void {
  const { accountId, version, encoded, journalId, cells } = account;
  const { entries, usage, ...others } = account.facts;
  flat.push(accountId, version, encoded, journalId, entries.length);
  for (const { seq, id, body } of entries) flat.push(seq, id, body);
  flat.push(usage.length);
  for (const { atMs, id, body, entrySeq, entry } of usage) flat.push(atMs, id, body, entrySeq, entry);
  flat.push(cells.length);
  for (const { day, metric, dimension, value, quantity, hour, memberId } of cells)
    flat.push(day, metric, dimension, value, quantity, hour, memberId);
  flat.push(Object.values(others).some((facts) => facts.length > 0) ? others : null);
}

function unpackAccount(take: Taker): FoldedAccount {
  const accountId = take.next<string>();
  const version = take.next<number>();
  const encoded = take.next<EncodedAccount | undefined>();
  const journalId = take.next<number>();
  const entries: EntryRow[] = [];
  for (let left = take.next<number>(); left > 0; left--)
    entries.push({ seq: take.next(), id: take.next(), body: take.next() });
  const usage: UseRow[] = [];
  for (let left = take.next<number>(); left > 0; left--)
    usage.push({
      atMs: take.next(),
      id: take.next(),
      body: take.next(),
      entrySeq: take.next(),
      entry: take.next(),
    });
  const cells: AddedCell[] = [];
  for (let left = take.next<number>(); left > 0; left--) cells.push(unpackCell(accountId, take));
  const others = take.next<Omit<Facts, 'entries' | 'usage'> | null>() ?? noOthers;
  return { accountId, version, encoded, facts: { entries, usage, ...others }, cells, journalId };
}

function unpackCell(accountId: string, take: Taker): AddedCell {
  const day = take.next<number>();
  const metric = take.next<string>();
  const dimension = take.next<string>();
  const value = take.next<string>();
  const quantity = take.next<bigint>();
  const hour = take.next<number | undefined>();
  const memberId = take.next<string | undefined>();
  return {
    accountId,
    day,
    metric,
    dimension,
    value,
    quantity,
    ...(hour === undefined ? {} : { hour }),
    ...(memberId === undefined ? {} : { memberId }),
  };
}

const noOthers: Omit<Facts, 'entries' | 'usage'> = {
  activity: [],
  events: [],
  holds: [],
  tasks: [],
  members: [],
  purchases: [],
  invoices: [],
  charges: [],
  notices: [],
};

interface Taker {
  isLeft(): boolean;
  /** The next item of the list, whose type is a promise of `packWork`. */
  next<Value>(): Value;
}

function taker(flat: readonly unknown[]): Taker {
  let index = 0;
  return {
    isLeft: () => index < flat.length,
    next<Value>() {
      index += 1;
      return flat[index - 1] as Value;
    },
  };
}
