import { createSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { ConfigError, settings } from './config.ts';

/** Where data is kept: in PostgreSQL where an address is given, or else in one SQLite file. */
export interface StoreLocation {
  /** `usagekit.sqlite` in the present folder by default; made where there is none. */
  readonly databaseFile?: string;
  readonly databaseUrl?: string | null;
  /** An open store instead of both; it is closed with the server. */
  readonly store?: Store;
}

/** Opens the store that the settings name. @throws StoreOpenError where it cannot be used. */
export async function openStore({ store, databaseUrl, databaseFile }: StoreLocation): Promise<Store> {
  if (store !== undefined) return store;
  if (databaseUrl)
    throw new ConfigError(settings.databaseUrl.variable, 'this version keeps its data in a SQLite file only');
  return createSqliteStore({ file: databaseFile ?? 'usagekit.sqlite' });
}
