import { DatabaseError, type Pool } from 'pg';
import type { CatalogConfig } from '../../contract/catalog.ts';
import type {
  AccountState,
  ActivityRecord,
  HoldRecord,
  LedgerRecord,
  MemberRecord,
  PurchaseRecord,
  TaskRecord,
  UsageCell,
  UsageRecord,
} from '../../domain/state.ts';
import { ChangeListeners } from '../change-listeners.ts';
import { StoredFormatError } from '../codec/stored-json.ts';
import { RecentCache } from '../recent-cache.ts';
import {
  type CatalogRecord,
  type CellQuery,
  type ClockRecord,
  type Decided,
  InvalidCursorError,
  type KeyRecord,
  type Loaded,
  type Needs,
  type PageRequest,
  type Store,
  type StorePage,
  StoreUnavailableError,
  type TaskFilter,
  type UsageQuery,
  type Writes,
} from '../store.ts';
import { ChangeChannel } from './change-channel.ts';
import { InstallationTables } from './installation-tables.ts';
import { allSettledOrThrow, beginAndLoad, type LoadedBatch, type RevisedAccount } from './load-rows.ts';
import { openPool } from './open-pool.ts';
import { TableReads } from './table-reads.ts';
import { nextRevision, writeAndCommit } from './write-rows.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections of this process, beside the one that hears of changes; 10 by default. */
  readonly connectionsMax?: number;
  /** Accounts whose state is kept in memory after use; at least so many, at most twice. 10,000 by default. */
  readonly accountsCached?: number;
}

/** A write is begun anew so often after a deadlock or a serialization failure. */
const attemptsMax = 10;

/** Deadlock and serialization failure: nothing was written, and the next attempt may pass. */
const retriedCodes: ReadonlySet<string | undefined> = new Set(['40P01', '40001']);

/**
 * A store in a PostgreSQL database (15 or later), for one server process or several. A write is durable when it
 * resolves, as far as the database's `synchronous_commit` says so. When the connection breaks during a commit the
 * outcome is unknown to the caller; the same call with the same idempotency key finds out.
 * @throws StoreOpenError when it cannot be reached, or its tables are of a newer version.
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const pool = await openPool(options.url, options.connectionsMax ?? 10);
  // An idle connection that breaks leaves the pool by itself; without a listener it would end the process.
  pool.on('error', () => undefined);
  const listeners = new ChangeListeners();
  const channel = new ChangeChannel(options.url, listeners);
  await channel.open();
  return new PostgresStore(pool, listeners, channel, options.accountsCached ?? 10_000);
}

class PostgresStore implements Store {
  readonly #pool: Pool;
  readonly #reads: TableReads;
  readonly #installation: InstallationTables;
  readonly #listeners: ChangeListeners;
  readonly #channel: ChangeChannel;
  readonly #accounts: RecentCache<RevisedAccount>;
  #isClosed = false;

  constructor(pool: Pool, listeners: ChangeListeners, channel: ChangeChannel, accountsCached: number) {
    this.#pool = pool;
    this.#reads = new TableReads(pool);
    this.#installation = new InstallationTables(pool);
    this.#listeners = listeners;
    this.#channel = channel;
    this.#accounts = new RecentCache(accountsCached);
  }

  async write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attemptWrite(needs, decide);
      } catch (error) {
        if (error instanceof DecisionError) throw error.cause;
        if (attempt < attemptsMax && error instanceof DatabaseError && retriedCodes.has(error.code)) continue;
        throw unavailable(error);
      }
    }
  }

  async #attemptWrite<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    this.#assertOpen();
    const client = await this.#pool.connect();
    let isAtRest = false;
    try {
      const loaded = await beginAndLoad(client, needs, this.#accounts);
      const { writes, result } = decideOn(loaded, decide);
      const changed = changedAccounts(writes);
      if (changed.length === 0) await client.query('ROLLBACK');
      else await writeAndCommit(client, writes, loaded);
      isAtRest = true;
      this.#remember(writes, loaded);
      if (changed.length > 0) this.#channel.tell(changed);
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

  #remember(writes: Writes, loaded: LoadedBatch): void {
    for (const [id, revision] of loaded.revisions) {
      const state = loaded.rows.account(id);
      if (state !== undefined) this.#accounts.put(id, { revision, state });
    }
    for (const state of writes.accounts ?? []) {
      this.#accounts.put(state.profile.id, { revision: nextRevision(state.profile.id, loaded), state });
    }
  }

  readAccount(accountId: string): Promise<AccountState | undefined> {
    return this.#read(() => this.#reads.account(accountId));
  }

  listAccounts(page: PageRequest): Promise<StorePage<AccountState>> {
    return this.#read(() => this.#reads.accounts(page));
  }

  readMember(accountId: string, memberId: string): Promise<MemberRecord | undefined> {
    return this.#read(() => this.#reads.member(accountId, memberId));
  }

  listMembers(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>> {
    return this.#read(() => this.#reads.members(accountId, page));
  }

  listEntries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>> {
    return this.#read(() => this.#reads.entries(accountId, page));
  }

  readEntry(accountId: string, entryId: string): Promise<LedgerRecord | undefined> {
    return this.#read(() => this.#reads.entry(accountId, entryId));
  }

  listTasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>> {
    return this.#read(() => this.#reads.tasks(filter, page));
  }

  readTask(accountId: string, taskId: string): Promise<TaskRecord | undefined> {
    return this.#read(() => this.#reads.task(accountId, taskId));
  }

  listHolds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>> {
    return this.#read(() => this.#reads.holds(accountId, page));
  }

  readHold(accountId: string, holdId: string): Promise<HoldRecord | undefined> {
    return this.#read(() => this.#reads.hold(accountId, holdId));
  }

  readPurchase(accountId: string, purchaseId: string): Promise<PurchaseRecord | undefined> {
    return this.#read(() => this.#reads.purchase(accountId, purchaseId));
  }

  listOrderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>> {
    return this.#read(() => this.#reads.orderedPurchases(page));
  }

  listActivity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>> {
    return this.#read(() => this.#reads.activity(accountId, page));
  }

  readCells(query: CellQuery): Promise<readonly UsageCell[]> {
    return this.#read(() => this.#reads.cells(query));
  }

  listUsage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>> {
    return this.#read(() => this.#reads.usage(query, page));
  }

  readUsage(accountId: string, usageId: string): Promise<UsageRecord | undefined> {
    return this.#read(() => this.#reads.usageRecord(accountId, usageId));
  }

  putKey(key: KeyRecord): Promise<void> {
    return this.#read(() => this.#installation.putKey(key));
  }

  findKeyByHash(secretHash: string): Promise<KeyRecord | undefined> {
    return this.#read(() => this.#installation.keyByHash(secretHash));
  }

  readKey(keyId: string): Promise<KeyRecord | undefined> {
    return this.#read(() => this.#installation.key(keyId));
  }

  listKeys(page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#read(() => this.#installation.keys(page));
  }

  deleteKey(keyId: string): Promise<boolean> {
    return this.#read(() => this.#installation.deleteKey(keyId));
  }

  putCatalog(config: CatalogConfig, nowMs: number): Promise<CatalogRecord> {
    return this.#read(() => this.#installation.putCatalog(config, nowMs));
  }

  readCatalog(version?: number): Promise<CatalogRecord | undefined> {
    return this.#read(() => this.#installation.catalog(version));
  }

  putClock(clock: ClockRecord): Promise<void> {
    return this.#read(() => this.#installation.putClock(clock));
  }

  readClock(clockId: string): Promise<ClockRecord | undefined> {
    return this.#read(() => this.#installation.clock(clockId));
  }

  readSecret(name: string, create: () => string): Promise<string> {
    return this.#read(() => this.#installation.secret(name, create));
  }

  forgetAnswers(beforeMs: number, limit: number): Promise<number> {
    return this.#read(async () => {
      const { rowCount } = await this.#pool.query(
        `WITH oldest AS (
           SELECT account_id, key FROM answers WHERE recorded_at_ms < $1 ORDER BY recorded_at_ms, account_id, key LIMIT $2
         )
         DELETE FROM answers USING oldest
         WHERE answers.account_id = oldest.account_id AND answers.key = oldest.key`,
        [beforeMs, limit],
      );
      return rowCount ?? 0;
    });
  }

  subscribe(listener: (accountIds: readonly string[]) => void): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await allSettledOrThrow([this.#channel.close(), this.#pool.end()]);
  }

  async #read<Value>(read: () => Promise<Value>): Promise<Value> {
    this.#assertOpen();
    try {
      return await read();
    } catch (error) {
      throw unavailable(error);
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new StoreUnavailableError('The store is closed.');
  }
}

/** Carries what a decision threw past the handling of the database's errors. */
class DecisionError extends Error {
  override readonly name = 'DecisionError';
}

function decideOn<Result>(
  { rows }: LoadedBatch,
  decide: (loaded: Loaded) => Decided<Result>,
): Decided<Result> {
  try {
    const decided = decide(rows);
    rows.assertLocked(decided.writes.accounts);
    return decided;
  } catch (cause) {
    throw new DecisionError('The decision failed.', { cause });
  }
}

function changedAccounts(writes: Writes): string[] {
  const ids = new Set<string>();
  for (const state of writes.accounts ?? []) ids.add(state.profile.id);
  for (const list of Object.values({ ...writes, accounts: [] }) as (
    | readonly { accountId: string }[]
    | undefined
  )[]) {
    for (const { accountId } of list ?? []) ids.add(accountId);
  }
  return [...ids];
}

function unavailable(error: unknown): unknown {
  if (
    error instanceof StoreUnavailableError ||
    error instanceof InvalidCursorError ||
    error instanceof StoredFormatError
  ) {
    return error;
  }
  return new StoreUnavailableError('The database could not be read or written.', { cause: error });
}
