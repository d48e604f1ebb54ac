import type { Pool } from 'pg';
import { ChangeListeners } from '../parts/change-listeners.ts';
import type { UpgradeListener } from '../sql/migration-steps.ts';
import type { ChangedAccounts, Store } from '../store.ts';
import { ReadOnlyError } from '../store-errors.ts';
import { StoreOpenError } from '../store-open-error.ts';
import { accountCalls } from './calls/account-calls.ts';
import { installationCalls } from './calls/installation-calls.ts';
import { upkeepCalls } from './calls/upkeep-calls.ts';
import { ChangeChannel, everyKey, type Told } from './changes/change-channel.ts';
import { StandbyWatch } from './changes/standby-watch.ts';
import { BatchWriter, DecisionError } from './commit/batch-writer.ts';
import { CommitLine } from './commit/commit-line.ts';
import { createStamps } from './commit/stamps.ts';
import { placeOf } from './open/connection.ts';
import { OpenConnections } from './open/open-connections.ts';
import { openPool } from './open/open-pool.ts';
import { failed } from './open/postgres-error.ts';
import { InstallationTables } from './rows/installation-tables.ts';
import { TableReads } from './rows/table-reads.ts';

export interface PostgresStoreOptions {
  /** Whether tables of an older version may be brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  /** Hears of each step of that. */
  readonly upgrading?: UpgradeListener;
  /** Whether tables are made where there are none. True by default. */
  readonly mayCreate?: boolean;
  /** Whether anything is written at all; a hot standby takes nothing. True by default. */
  readonly mayWrite?: boolean;
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /**
   * The schema that has the tables; it is made, and what an earlier version made elsewhere is moved to it. The first of the
   * `search_path` by default where the address sets one in its `options`, or else `usagekit`.
   */
  readonly schema?: string;
  /** Connections of this process, in addition to one that commits and one that hears of changes; 10 by default. */
  readonly connectionsMax?: number;
  /** Accounts whose state is kept in memory after use; at least so many, at most twice. 10,000 by default. */
  readonly accountsCached?: number;
}

/**
 * A store in a PostgreSQL database (15 or later), for one server process or several. A write is durable when it
 * resolves, as far as the database's `synchronous_commit` says so. When the connection breaks during a commit the
 * outcome is unknown to the caller; the same call with the same idempotency key finds out.
 * @throws StoreOpenError when it cannot be reached, or its tables are of a newer version.
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const place = placeOf(options.url, options.schema);
  const { mayWrite = true } = options;
  const pool = await openPool(place, options.connectionsMax ?? 10, {
    mayUpgrade: options.mayUpgrade ?? true,
    upgrading: options.upgrading,
    mayCreate: options.mayCreate ?? true,
    mayWrite,
  });
  // An idle connection that breaks leaves the pool by itself; without a listener it would end the process.
  pool.on('error', () => undefined);
  const listeners = new ChangeListeners<ChangedAccounts>();
  const revocations = new ChangeListeners<string | null>();
  const line = new CommitLine(place);
  const hear = ({ changed, revoked }: Told) => {
    for (const keyId of revoked) revocations.tell(keyId === everyKey ? null : keyId);
    if (changed === 'all') {
      writer.forgetAll();
      revocations.tell(null);
    } else writer.forget(changed);
    if (changed.length > 0) listeners.tell(changed);
  };
  const channel =
    !mayWrite && (await isStandby(pool)) ? new StandbyWatch(pool, hear) : new ChangeChannel(place, hear);
  const nextStamp = mayWrite ? await createStamps(pool) : noStamp;
  const writer = new BatchWriter({
    pool,
    line,
    nextStamp,
    accountsCached: options.accountsCached ?? 10_000,
    committed(accountIds) {
      if (accountIds.length > 0) listeners.tell(accountIds);
      channel.tell(accountIds);
    },
  });
  try {
    // Both are opened here, so that the first requests of a process are as fast as later ones.
    await Promise.all([channel.open(), mayWrite ? line.open() : undefined]);
  } catch (cause) {
    await Promise.all([line.close(), pool.end()]);
    throw new StoreOpenError('cannot_open', 'The PostgreSQL database does not let its changes be heard.', {
      cause,
    });
  }
  const connections = new OpenConnections(pool, line, channel);
  const reads = new TableReads(pool, mayWrite);
  const tables = new InstallationTables(pool);
  return {
    ...accountCalls(connections, reads),
    ...installationCalls(connections, tables, revocations),
    ...upkeepCalls({ connections, reads, tables, writer, nextStamp, listeners }),

    // One is decided while the one before is written.
    writesUnderWayMax: 2,

    async write(needs, decide) {
      connections.assertOpen();
      try {
        return await writer.write(needs, decide);
      } catch (error) {
        throw error instanceof DecisionError ? error.cause : failed(error);
      }
    },

    subscribe: (listener) => listeners.add(listener),
    subscribeToRevocations: (listener) => revocations.add(listener),
    close: () => connections.close(),
  };
}

async function isStandby(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  return rows[0]?.standby === true;
}

/** Every write has a stamp. */
function noStamp(): never {
  throw new ReadOnlyError('The database was opened to be read.');
}
