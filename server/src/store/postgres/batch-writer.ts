import { DatabaseError, type Pool, type QueryConfig } from 'pg';
import { assertWritable } from '../assert-writable.ts';
import { ItemMap } from '../item-map.ts';
import { LoadedRows } from '../loaded-rows.ts';
import { RecentCache } from '../recent-cache.ts';
import {
  type AccountItem,
  type Decided,
  type Loaded,
  type Needs,
  StoredFormatError,
  type Writes,
} from '../store.ts';
import { allSettledOrThrow } from './all-settled.ts';
import type { CommitLine } from './commit-line.ts';
import type { KnownAccount } from './known-account.ts';
import { beginAndLoad } from './load-rows.ts';
import { writeStatements } from './write-statements.ts';

export interface BatchWriterOptions {
  readonly pool: Pool;
  readonly line: CommitLine;
  /** A stamp that no other call, in any process, ever gets. */
  readonly nextStamp: () => string;
  readonly accountsCached: number;
  /** Hears which accounts were changed by a committed write. */
  readonly committed: (accountIds: readonly string[]) => void;
}

/** A locked write is begun anew so often after a deadlock, a serialization failure or the loss of its connection. */
const attemptsMax = 10;

/** Deadlock and serialization failure. */
const retriedCodes: ReadonlySet<string | undefined> = new Set(['40P01', '40001']);

/** After a batch that could not go ahead, so many go the safe way before the next one tries. */
const patienceBatches = 8;

/**
 * Writes batches in one of two ways.
 *
 * **Ahead**, where every account is known here: the batch is decided at once, on the states that the batches before it
 * left, even where those are still on their way, and sent behind them. It is one round trip, and the process decides
 * while the database writes. What it was decided on is proved by the transaction itself: each account must bear the
 * stamp that it was known by, the catalog's latest version must be the one that was known, and no idempotency key or event id may
 * be there yet. So only a batch that writes all of
 * what it asked about goes ahead; a refusal, a repeated key or a thing not asked for before goes the other way.
 *
 * **Locked**: two round trips, one that locks and loads, one that writes. A batch that went ahead and was overtaken, by
 * another process or by a failure before it, is decided again so.
 */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  /** The latest states, also those that are still on their way; of those that failed nothing is kept. */
  readonly #accounts: RecentCache<KnownAccount>;
  #patience = 0;
  /** As the last locked write found it. What is decided on it ahead fails where there is another by then. */
  #catalogVersion: number | undefined;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
    this.#accounts = new RecentCache(options.accountsCached);
  }

  /**
   * As `Store.write`, but for the errors: what `decide` throws comes as the cause of a DecisionError, and errors of the
   * database as they are.
   */
  async write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    const ahead = this.#decideAhead(needs, decide);
    if (ahead !== undefined && (await this.#commitAhead(ahead))) return ahead.result;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#writeLocked(needs, decide);
      } catch (error) {
        if (attempt === attemptsMax || !isRetried(error))
          throw error instanceof NotBegunError ? error.cause : error;
      }
    }
  }

  /** Another process changed the accounts: what is known of them is of no use. */
  forget(accountIds: Iterable<string>): void {
    for (const id of accountIds) this.#accounts.delete(id);
  }

  /** As `forget`, of every account. */
  forgetAll(): void {
    this.#accounts.clear();
  }

  #decideAhead<Result>(
    needs: Needs,
    decide: (loaded: Loaded) => Decided<Result>,
  ): AheadBatch<Result> | undefined {
    if (this.#patience > 0) {
      this.#patience -= 1;
      return undefined;
    }
    const known = this.#knownOf(needs);
    const catalogVersion = this.#catalogVersion;
    if (known === undefined || catalogVersion === undefined || !this.#options.line.isOpen) return undefined;
    const decided = decideOrNothing(rowsOf(needs, known, catalogVersion), decide);
    if (decided === undefined || !writesAllOf(needs, decided.writes)) {
      this.#patience = patienceBatches;
      return undefined;
    }
    const { writes, result } = decided;
    const { statements, accounts } = writeStatements(writes, known, {
      stamp: this.#options.nextStamp(),
      catalogVersion,
    });
    return { statements, accounts, changed: changedAccounts(writes), result };
  }

  /** Undefined where something has to be asked for. */
  #knownOf(needs: Needs): ReadonlyMap<string, KnownAccount> | undefined {
    const { members, tasks, holds, purchases } = needs;
    if ([members, tasks, holds, purchases].some((items) => items !== undefined && items.length > 0))
      return undefined;
    const known = new Map<string, KnownAccount>();
    for (const id of needs.accountIds) {
      const account = this.#accounts.get(id);
      if (account === undefined) return undefined;
      known.set(id, account);
    }
    return known;
  }

  /**
   * False where the batch has to be decided again: it wrote nothing, or the connection broke and nobody knows. Then too
   * it is safe to decide again: what is still under way there holds the locks or fails by its stamps, and what was
   * committed is found by its keys.
   */
  async #commitAhead({ statements, accounts, changed }: AheadBatch<unknown>): Promise<boolean> {
    this.#remember(accounts);
    try {
      await this.#options.line.commit(statements);
    } catch {
      // What was decided on these states in the meantime fails by their stamps.
      this.forget(accounts.keys());
      this.#patience = patienceBatches;
      return false;
    }
    this.#options.committed(changed);
    return true;
  }

  async #writeLocked<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    const client = await this.#options.pool.connect();
    let isAtRest = false;
    try {
      const loaded = await beginAndLoad(client, needs, this.#takeKnown(needs)).catch((cause) => {
        throw isLostConnection(cause) ? new NotBegunError('The connection was lost.', { cause }) : cause;
      });
      this.#catalogVersion = loaded.rows.catalogVersion;
      const { writes, result } = decideOn(loaded.rows, decide);
      const changed = changedAccounts(writes);
      if (changed.length === 0) {
        await client.query('ROLLBACK');
        this.#remember(loaded.accounts);
      } else {
        const { statements, accounts } = writeStatements(writes, loaded.accounts, {
          stamp: this.#options.nextStamp(),
        });
        await allSettledOrThrow([...statements.map((each) => client.query(each)), client.query('COMMIT')]);
        this.#remember(loaded.accounts);
        this.#remember(accounts);
        this.#options.committed(changed);
      }
      isAtRest = true;
      return result;
    } finally {
      // What failed is rolled back; a connection that cannot do that is given up.
      if (!isAtRest)
        isAtRest = await client.query('ROLLBACK').then(
          () => true,
          () => false,
        );
      client.release(!isAtRest);
    }
  }

  /** What is known of the accounts. Until they are remembered again nothing goes ahead with them. */
  #takeKnown({ accountIds }: Needs): ReadonlyMap<string, KnownAccount> {
    const known = new Map<string, KnownAccount>();
    for (const id of accountIds) {
      const account = this.#accounts.get(id);
      if (account !== undefined) known.set(id, account);
    }
    this.forget(accountIds);
    return known;
  }

  #remember(accounts: ReadonlyMap<string, KnownAccount>): void {
    for (const [id, account] of accounts) this.#accounts.put(id, account);
  }
}

interface AheadBatch<Result> {
  readonly statements: readonly QueryConfig[];
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  readonly changed: readonly string[];
  readonly result: Result;
}

/** The connection broke before anything was written on it. */
class NotBegunError extends Error {
  override readonly name = 'NotBegunError';
}

/** Nothing was written, and the next attempt may pass. */
function isRetried(error: unknown): boolean {
  return error instanceof NotBegunError || (error instanceof DatabaseError && retriedCodes.has(error.code));
}

function isLostConnection(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return !(error instanceof StoredFormatError);
  // Shutdown by an administrator or a crash, and the class of connection exceptions.
  return error.code?.startsWith('57P') === true || error.code?.startsWith('08') === true;
}

/** Carries what a decision threw past the handling of the database's errors. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
}

function decideOn<Result>(rows: LoadedRows, decide: (loaded: Loaded) => Decided<Result>): Decided<Result> {
  try {
    const decided = decide(rows);
    assertWritable(decided.writes, rows);
    return decided;
  } catch (cause) {
    throw new DecisionError('The decision failed.', { cause });
  }
}

/** Nothing where the decision fails: it may have failed for a state that is no longer true. */
function decideOrNothing<Result>(
  rows: LoadedRows,
  decide: (loaded: Loaded) => Decided<Result>,
): Decided<Result> | undefined {
  try {
    return decideOn(rows, decide);
  } catch {
    return undefined;
  }
}

/** As if keys and event ids had been looked for and not found. */
function rowsOf(needs: Needs, known: ReadonlyMap<string, KnownAccount>, catalogVersion: number): LoadedRows {
  const rows = new LoadedRows(catalogVersion);
  for (const [id, { state }] of known) rows.accounts.set(id, state);
  for (const { accountId, key } of needs.answers ?? []) rows.answers.set(accountId, key, undefined);
  for (const { accountId, id } of needs.eventIds ?? []) rows.events.set(accountId, id, undefined);
  return rows;
}

/** Whether the transaction proves all that was taken for granted, which it does by writing it. */
function writesAllOf(needs: Needs, writes: Writes): boolean {
  const accounts = new Set(writes.accounts?.map((state) => state.profile.id));
  if (accounts.size === 0 || needs.accountIds.some((id) => !accounts.has(id))) return false;
  const keys = (writes.answers ?? []).map(({ accountId, key }) => ({ accountId, id: key }));
  const keysAsked = (needs.answers ?? []).map(({ accountId, key }) => ({ accountId, id: key }));
  return areAllIn(keysAsked, keys) && areAllIn(needs.eventIds ?? [], writes.eventIds ?? []);
}

function areAllIn(asked: readonly AccountItem[], written: readonly AccountItem[]): boolean {
  if (asked.length === 0) return true;
  const found = new ItemMap<true>();
  for (const { accountId, id } of written) found.set(accountId, id, true);
  return asked.every(({ accountId, id }) => found.get(accountId, id) === true);
}

/** Entries and cells come only with the account or a usage record of theirs. */
function changedAccounts({ entries: _, cells: _c, accounts, ...others }: Writes): string[] {
  const ids = new Set(accounts?.map((state) => state.profile.id));
  for (const items of Object.values(others) as (readonly { readonly accountId: string }[])[]) {
    for (const { accountId } of items) ids.add(accountId);
  }
  return [...ids];
}
