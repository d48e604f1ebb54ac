import { DatabaseError, type Pool, type QueryConfig } from 'pg';
import { accountWeight } from '../../parts/account-weight.ts';
import { assertWritable } from '../../parts/assert-writable.ts';
import { ItemMap } from '../../parts/item-map.ts';
import { LoadedRows, Unreadable } from '../../parts/loaded-rows.ts';
import { RecentCache } from '../../parts/recent-cache.ts';
import type { AccountItem, Decided, KeptAnswer, Loaded, Needs, Writes } from '../../store.ts';
import { AccountsBusyError, isMistake, StoredFormatError } from '../../store-errors.ts';
import { attemptsMax, isBrokenOff, isLocked } from '../open/postgres-error.ts';
import { allSettledOrThrow } from './all-settled.ts';
import type { CommitLine } from './commit-line.ts';
import type { KnownAccount } from './known-account.ts';
import { itemKinds, itemsNeeded, KnownItems, type NeededItem } from './known-items.ts';
import { beginAndLoad, heldAccounts, type LoadedBatch } from './load-rows.ts';
import type { TakenForGranted } from './prove-statement.ts';
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

/** Kept answers that are remembered, at least; at most twice as many. */
export const answersCached = 5_000;

/** After a batch that was overtaken, so many go the safe way before the next one tries. */
const patienceBatches = 8;

/**
 * Writes batches in one of two ways.
 *
 * **Ahead**, where every account is known here: the batch is decided at once, on the states that the batches before it
 * left, even where those are still on their way, and sent behind them. It is one round trip, and the process decides
 * while the database writes. What it was decided on is proved by the transaction itself: each account must bear the
 * stamp that it was known by, the catalog's latest version must be the one that was known, and no idempotency key, event id or
 * new thing may be there yet. What the writes do not prove, as that an account that refused is still as it was known, is
 * asked in the statement of the uses or in statements of its own.
 *
 * **Locked**: two round trips, one that locks and loads, one that writes. A batch that went ahead and was overtaken, by
 * another process or by a failure before it, is decided again so.
 */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  /** The latest states, including writes in flight. States whose write failed are dropped. */
  readonly #accounts: RecentCache<KnownAccount>;
  readonly #items: KnownItems;
  /**
   * Answers that were kept from here lately, by key: a request that is sent again is mostly sent again soon. Of accounts that have the same
   * key the last is known; the others' are looked up.
   */
  readonly #answers = new RecentCache<KnownAnswer>(answersCached);
  /** Answers from before are looked up: they may be forgotten. */
  #answersFromMs = Number.NEGATIVE_INFINITY;
  #patience = 0;
  /** As the last locked write found it. What is decided on it ahead fails where there is another by then. */
  #catalogVersion: number | undefined;
  #readings = 0;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
    this.#accounts = new RecentCache(options.accountsCached, ({ state }) => accountWeight(state));
    this.#items = new KnownItems(options.accountsCached);
  }

  /**
   * Like `Store.write`, except for errors: an error thrown by `decide` is the cause of a DecisionError, and errors of the
   * database are passed on unchanged.
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

  /** How much of what was used lately is kept in memory. */
  get cached(): { readonly accounts: number; readonly items: number; readonly answers: number } {
    return { accounts: this.#accounts.size, items: this.#items.size, answers: this.#answers.size };
  }

  /** Another process changed the accounts, so the known states are stale. */
  forget(accountIds: Iterable<string>): void {
    for (const id of accountIds) this.#accounts.delete(id);
  }

  /** As `forget`, of every account. */
  forgetAll(): void {
    this.#accounts.clear();
  }

  /** Answers that were kept before the instant may be gone from the database. */
  forgetAnswers(beforeMs: number): void {
    this.#answersFromMs = Math.max(this.#answersFromMs, beforeMs);
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
    const { rows, assumed } = this.#rowsOf(needs, known, catalogVersion);
    const decided = decideOrNothing(rows, decide);
    if (decided === undefined) return undefined;
    const { writes, result } = decided;
    const granted = takenForGranted(needs, writes, { known, rows, assumed });
    if (granted === undefined) return undefined;
    const written = writeStatements(writes, known, {
      stamp: this.#options.nextStamp(),
      nextReading: this.#nextReading,
      granted,
    });
    return {
      statements: written.statements,
      accounts: written.accounts,
      changed: changedAccounts(writes),
      writes,
      result,
    };
  }

  #nextReading = (): number => {
    this.#readings += 1;
    return this.#readings;
  };

  /** Undefined where an account is not known. */
  #knownOf(needs: Needs): ReadonlyMap<string, KnownAccount> | undefined {
    const known = new Map<string, KnownAccount>();
    for (const id of needs.accountIds) {
      const account = this.#accounts.get(id);
      if (account === undefined) return undefined;
      known.set(id, account);
    }
    return known;
  }

  /** The known rows. Unknown keys, event ids and items are assumed to be new. */
  #rowsOf(
    needs: Needs,
    known: ReadonlyMap<string, KnownAccount>,
    catalogVersion: number,
  ): { rows: LoadedRows; assumed: NeededItem[] } {
    const rows = new LoadedRows(catalogVersion);
    const assumed: NeededItem[] = [];
    for (const [id, { state }] of known) rows.accounts.set(id, state);
    for (const { accountId, key } of needs.answers ?? [])
      rows.answers.set(accountId, key, this.#answerOf(accountId, key, known));
    for (const { accountId, id } of needs.eventIds ?? []) rows.events.set(accountId, id, undefined);
    for (const needed of itemsNeeded(needs)) {
      const { kind, item } = needed;
      const account = known.get(item.accountId);
      const found = account === undefined ? undefined : this.#items.find(kind, item, account.reading);
      if (found === undefined) assumed.push(needed);
      // The kind determines the type of the value.
      (rows[kind] as ItemMap<unknown>).set(item.accountId, item.id, found?.value);
    }
    return { rows, assumed };
  }

  /**
   * False if the batch has to be decided again: it wrote nothing, or the connection broke and the result is unknown. Deciding
   * again is safe even then: a transaction still running holds the locks or fails by its stamps, and a committed one is found by
   * its keys.
   */
  async #commitAhead({ statements, accounts, changed, writes }: AheadBatch<unknown>): Promise<boolean> {
    this.#remember(accounts, writes);
    try {
      await this.#options.line.commit(statements);
    } catch {
      // Batches decided on these states in the meantime fail by their stamps.
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
      const loaded = await beginAndLoad(client, needs, this.#takeKnown(needs), this.#nextReading).catch(
        (cause) => {
          throw isLostConnection(cause) ? new NotBegunError('The connection was lost.', { cause }) : cause;
        },
      );
      this.#catalogVersion = loaded.rows.catalogVersion;
      const { writes, result } = decideOn(loaded.rows, decide);
      const changed = changedAccounts(writes);
      if (changed.length === 0) {
        await client.query('ROLLBACK');
        this.#remember(loaded.accounts);
        this.#rememberItems(needs, loaded);
      } else {
        const { statements, accounts } = writeStatements(writes, loaded.accounts, {
          stamp: this.#options.nextStamp(),
          nextReading: this.#nextReading,
        });
        await allSettledOrThrow([...statements.map((each) => client.query(each)), client.query('COMMIT')]);
        this.#remember(loaded.accounts);
        this.#rememberItems(needs, loaded);
        this.#remember(accounts, writes);
        this.#options.committed(changed);
      }
      isAtRest = true;
      return result;
    } catch (error) {
      if (!isLocked(error)) throw error;
      await client.query('ROLLBACK');
      isAtRest = true;
      const held = await heldAccounts(client, needs.accountIds);
      // Where they are free by now, the same may be tried again.
      throw held.length > 0 ? new AccountsBusyError(held) : error;
    } finally {
      // A failed transaction is rolled back; a connection that cannot roll back is closed.
      if (!isAtRest)
        isAtRest = await client.query('ROLLBACK').then(
          () => true,
          () => false,
        );
      client.release(!isAtRest);
    }
  }

  /** Forgets the accounts. Until they are known again no batch goes ahead with them. */
  #takeKnown({ accountIds }: Needs): ReadonlyMap<string, KnownAccount> {
    const known = new Map<string, KnownAccount>();
    for (const id of accountIds) {
      const account = this.#accounts.get(id);
      if (account !== undefined) known.set(id, account);
    }
    this.forget(accountIds);
    return known;
  }

  #remember(accounts: ReadonlyMap<string, KnownAccount>, writes: Writes = {}): void {
    for (const [id, account] of accounts) this.#accounts.put(id, account);
    this.#items.putWritten(writes, (accountId) => accounts.get(accountId)?.reading);
    for (const answer of writes.answers ?? []) {
      const reading = accounts.get(answer.accountId)?.reading;
      if (reading !== undefined) this.#answers.put(answer.key, { reading, answer });
    }
  }

  /** An item whose transaction failed is not found, since its account is read again. */
  #answerOf(
    accountId: string,
    key: string,
    known: ReadonlyMap<string, KnownAccount>,
  ): KeptAnswer | undefined {
    const found = this.#answers.get(key);
    if (found?.answer.accountId !== accountId || found.answer.recordedAtMs < this.#answersFromMs)
      return undefined;
    return found.reading === known.get(accountId)?.reading ? found.answer : undefined;
  }

  #rememberItems(needs: Needs, { rows, accounts }: LoadedBatch): void {
    for (const { kind, item } of itemsNeeded(needs)) {
      const reading = accounts.get(item.accountId)?.reading;
      const value = rows[kind].get(item.accountId, item.id);
      if (reading !== undefined && !(value instanceof Unreadable))
        this.#items.put(kind, item, { reading, value });
    }
  }
}

interface KnownAnswer {
  readonly reading: number;
  readonly answer: KeptAnswer;
}

interface AheadBatch<Result> {
  readonly statements: readonly QueryConfig[];
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  readonly changed: readonly string[];
  readonly writes: Writes;
  readonly result: Result;
}

/** The connection broke before anything was written on it. */
class NotBegunError extends Error {
  override readonly name = 'NotBegunError';
}

/** Nothing was written, and the next attempt may pass. */
function isRetried(error: unknown): boolean {
  return error instanceof NotBegunError || isBrokenOff(error);
}

function isLostConnection(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return !(error instanceof StoredFormatError || isMistake(error));
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

/**
 * What the transaction has to prove in addition to its writes. Undefined if an item that was assumed to be new is not written:
 * then a command asked for an item that must be looked up.
 */
function takenForGranted(
  needs: Needs,
  writes: Writes,
  {
    known,
    rows,
    assumed,
  }: { known: ReadonlyMap<string, KnownAccount>; rows: LoadedRows; assumed: readonly NeededItem[] },
): TakenForGranted | undefined {
  for (const kind of itemKinds) {
    const taken = assumed.filter((each) => each.kind === kind).map(({ item }) => item);
    if (notIn(taken, writes[kind] ?? []).length > 0) return undefined;
  }
  const written = new Set(writes.accounts?.map((state) => state.profile.id));
  const accounts = [...known].filter(([id]) => !written.has(id));
  const newKeys = (needs.answers ?? [])
    .filter(({ accountId, key }) => rows.answers.get(accountId, key) === undefined)
    .map(({ accountId, key }) => ({ accountId, id: key }));
  const keysWritten = (writes.answers ?? []).map(({ accountId, key }) => ({ accountId, id: key }));
  return {
    catalogVersion: rows.catalogVersion,
    isUnproved: written.size === 0,
    accounts: accounts.map(([id, { stamp }]) => ({ id, stamp })),
    answers: notIn(newKeys, keysWritten),
    eventIds: notIn(needs.eventIds ?? [], writes.eventIds ?? []),
    absent: assumed,
  };
}

function notIn(asked: readonly AccountItem[], written: readonly AccountItem[]): AccountItem[] {
  if (asked.length === 0) return [];
  const found = new ItemMap<true>();
  for (const { accountId, id } of written) found.set(accountId, id, true);
  return asked.filter(({ accountId, id }) => found.get(accountId, id) === undefined);
}

/** Entries and cells come only with the account or a usage record of theirs. */
function changedAccounts({ entries: _, cells: _c, accounts, ...others }: Writes): string[] {
  const ids = new Set(accounts?.map((state) => state.profile.id));
  for (const items of Object.values(others) as (readonly { readonly accountId: string }[])[]) {
    for (const { accountId } of items) ids.add(accountId);
  }
  return [...ids];
}
