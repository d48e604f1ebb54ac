import { existsSync } from 'node:fs';
import type { UpgradeListener } from '../../store/sql/migration-steps.ts';
import { createSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import { StoreOpenError } from '../../store/store-open-error.ts';
import { memoryMegabytesDefault, shareMemoryOnPostgres, shareMemoryOnSqlite } from './share-memory.ts';

export const databaseFileDefault = 'usagekit.sqlite';
export const databaseConnectionsDefault = 12;
/** One connection commits and one hears of changes; the others read. */
const connectionsOfTheirOwn = 2;

/** Where data is kept: in PostgreSQL where an address is given, or else in one SQLite file. */
export interface StoreLocation {
  /** `usagekit.sqlite` in the present folder by default; made where there is none. */
  readonly databaseFile?: string;
  /** PostgreSQL instead of the file; null or absent for the file. */
  readonly databaseUrl?: string | null;
  /** The schema in PostgreSQL that has the tables; `usagekit` by default, or the `search_path` that the address sets. */
  readonly databaseSchema?: string | null;
  /** Maximum number of connections to PostgreSQL, at least 3; 12 by default. */
  readonly databaseConnections?: number;
  /**
   * Megabytes that the process takes at most, about, by which accounts, journal and pages of the file are bounded; 900 by default. It holds for a
   * process whose V8 was told `heapGrowingPercent`, as `usagekit serve` tells it.
   */
  readonly memoryMegabytes?: number;
  /** Whether tables of an older version may be brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  /** Hears of each step of that. */
  readonly upgrading?: UpgradeListener;
  /** Whether tables are made in PostgreSQL where there are none. True by default. */
  readonly mayCreate?: boolean;
  /** Whether anything is written at all. True by default; a hot standby of PostgreSQL takes nothing. */
  readonly mayWrite?: boolean;
  /** An open store instead of both; it is closed with the server. */
  readonly store?: Store;
}

/** Opens the store that the settings name. @throws StoreOpenError where it cannot be used. */
export async function openStore(location: StoreLocation): Promise<Store> {
  const { store, databaseUrl, databaseFile, databaseSchema, databaseConnections } = location;
  const { mayUpgrade = true, mayCreate = true, mayWrite = true, upgrading } = location;
  const { memoryMegabytes = memoryMegabytesDefault } = location;
  if (store !== undefined) return store;
  if (databaseUrl) {
    // The driver is loaded by those alone who use it.
    const { createPostgresStore } = await import('../../store/postgres/postgres-store.ts');
    return createPostgresStore({
      mayUpgrade,
      ...(upgrading && { upgrading }),
      mayCreate,
      mayWrite,
      url: databaseUrl,
      connectionsMax: (databaseConnections ?? databaseConnectionsDefault) - connectionsOfTheirOwn,
      ...(databaseSchema ? { schema: databaseSchema } : {}),
      ...shareMemoryOnPostgres(memoryMegabytes),
    });
  }
  return createSqliteStore({
    mayUpgrade,
    ...(upgrading && { upgrading }),
    file: databaseFile ?? databaseFileDefault,
    ...shareMemoryOnSqlite(memoryMegabytes),
  });
}

/**
 * The same for commands that work on an existing database: a missing file is a mistake and is not created.
 * @throws StoreOpenError
 */
export async function openExistingStore(location: StoreLocation): Promise<Store> {
  const { databaseUrl, databaseFile = databaseFileDefault } = location;
  if (!databaseUrl && !existsSync(databaseFile)) {
    throw new StoreOpenError(
      'cannot_open',
      `${databaseFile} is not there; usagekit serve makes a database, --database names another.`,
    );
  }
  return openStore({ ...location, mayCreate: false });
}
