import { assertWritable } from '../parts/assert-writable.ts';
import { ChangeListeners } from '../parts/change-listeners.ts';
import type { UpgradeListener } from '../sql/migration-steps.ts';
import type { ChangedAccounts, Store } from '../store.ts';
import { accountCalls } from './calls/account-calls.ts';
import { installationCalls } from './calls/installation-calls.ts';
import { upkeepCalls } from './calls/upkeep-calls.ts';
import { changesByAccount } from './journal/account-changes.ts';
import { openDatabase, releaseShared } from './open/open-database.ts';
import { type OpenedAfter, OpenFile, type OpenFileOptions } from './open/open-file.ts';
import { type OpenedStore, reopenedStore } from './open/reopened-store.ts';
import { canBeShared } from './open/shared-location.ts';
import { CurrentRows } from './rows/current-rows.ts';
import { FoldedReads } from './rows/folded-reads.ts';
import { InstallationTables } from './rows/installation-tables.ts';

export interface SqliteStoreOptions extends OpenFileOptions {
  /** Path of the database file; it is made if it does not exist. The `-wal` file with the same name belongs to it. */
  readonly file: string;
  /** Whether tables of an older version may be brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  /** Hears of each step of that. */
  readonly upgrading?: UpgradeListener;
  /** Accounts whose state is kept in memory after use; at least so many, at most twice, and fewer of those with many grants. 10,000 by default. */
  readonly accountsCached?: number;
}

/**
 * A store in one file, for one server process. A write is durable when it resolves: it was fsynced.
 * @throws StoreOpenError when the file is no database of this version's, or another process holds it.
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  const listeners = new ChangeListeners<ChangedAccounts>();
  const revocations = new ChangeListeners<string | null>();
  return reopenedStore({
    open: (lost, after) => openStore(options, { listeners, revocations }, { lost, after }),
    reopened() {
      listeners.tell('all');
      revocations.tell(null);
    },
  });
}

interface Listeners {
  readonly listeners: ChangeListeners<ChangedAccounts>;
  readonly revocations: ChangeListeners<string | null>;
}

function openStore(options: SqliteStoreOptions, listeners: Listeners, opened: OpenedAfter): OpenedStore {
  const { mayUpgrade = true, upgrading, file } = options;
  const database = openDatabase(file, {
    mayUpgrade,
    isShared: canBeShared(file),
    ...(upgrading && { upgrading }),
  });
  try {
    return storeOn(new OpenFile(database, options, opened), listeners, options);
  } catch (error) {
    // Where the disk is full, it may be opened and not be used.
    database.close();
    releaseShared(options.file);
    throw error;
  }
}

function storeOn(
  file: OpenFile,
  { listeners, revocations }: Listeners,
  { accountsCached = 10_000 }: SqliteStoreOptions,
): OpenedStore {
  const reads = new FoldedReads(file.database);
  const rows = new CurrentRows(file.journal, reads, accountsCached);
  const tables = new InstallationTables(file.database);
  const copying = new Set<Promise<unknown>>();
  const changed = (accountIds: readonly string[]) => listeners.tell(accountIds);
  const store: Store = {
    ...accountCalls(file, rows, reads),
    ...installationCalls(file, tables, revocations),
    ...upkeepCalls({ file, rows, tables, copying, changed }),

    // One is decided while the disk takes the one before.
    writesUnderWayMax: 2,

    async write(needs, decide) {
      if (!file.isRecovered) await file.recovery;
      while (file.mustWait) await file.readyToCommit();
      const loaded = file.attempt(() => rows.load(needs, tables.catalogVersion));
      const { writes, result } = decide(loaded);
      assertWritable(writes, loaded);
      const changes = changesByAccount(writes, loaded);
      if (changes.size === 0) return result;
      const durable = file.append(changes, needs);
      rows.keep(writes.accounts ?? []);
      await durable;
      listeners.tell([...changes.keys()]);
      return result;
    },

    subscribe: (listener) => listeners.add(listener),
    subscribeToRevocations: (listener) => revocations.add(listener),
    close: () => file.close(copying),
  };
  return { store, proved: () => file.proved() };
}
