import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterSQLite } from 'rate-limiter-flexible';
import { fileSettings } from '../../../server/src/store/sqlite/open/open-database.ts';

/** The npm package rate-limiter-flexible on a store, counting what each account consumes within a day. */
export interface RateLimiter {
  /** Adds one to the account's count. */
  consume(accountId: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A limit that never refuses, and no fallback, blocking or delay: every call goes to the store and comes back with its count. */
const options = { tableName: 'limits', keyPrefix: 'bench', points: 1_000_000_000, duration: 86_400 };

/** On an SQLite file with the settings of our own store: WAL, each commit fsynced, one process. */
export async function openRateLimiterOnSqlite(file: string): Promise<RateLimiter> {
  const database = new DatabaseSync(file);
  database.exec(fileSettings);
  const { promise, onReady } = readiness();
  const storeClient = likeBetterSqlite3(database);
  const limiter = new RateLimiterSQLite({ ...options, storeClient, storeType: 'better-sqlite3' }, onReady);
  await promise;
  return {
    consume: (accountId) => limiter.consume(accountId),
    close: async () => database.close(),
  };
}

/** On PostgreSQL with a pool of so many connections; 10, the driver's default, is what its documentation sets up. */
export async function openRateLimiterOnPostgres(url: string, connectionsMax = 10): Promise<RateLimiter> {
  const pool = new Pool({ connectionString: url, max: connectionsMax });
  const { promise, onReady } = readiness();
  const limiter = new RateLimiterPostgres({ ...options, storeClient: pool }, onReady);
  await promise;
  return {
    consume: (accountId) => limiter.consume(accountId),
    close: () => pool.end(),
  };
}

/** The part of better-sqlite3 that the limiter calls, on Node's own driver, so that both sides stand on the same one. */
function likeBetterSqlite3(database: DatabaseSync) {
  const [begin, commit] = [database.prepare('BEGIN'), database.prepare('COMMIT')];
  return {
    prepare: (sql: string) => database.prepare(sql),
    transaction:
      <Result>(run: () => Result) =>
      (): Result => {
        begin.run();
        const result = run();
        commit.run();
        return result;
      },
  };
}

function readiness() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { promise, onReady: (error?: Error) => (error === undefined ? resolve() : reject(error)) };
}
