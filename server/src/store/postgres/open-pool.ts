import { Client, type ClientBase, type ClientConfig, Pool } from 'pg';
import { assertKnownFormats, sharedFormats } from '../codec/formats.ts';
import { StoreOpenError, unfinishedMove } from '../store-open-error.ts';
import { numberColumn, type Row, textColumn } from './columns.ts';
import { embeddedEntryFormat } from './commit/embedded-entry.ts';
import { pendingCellsFormat } from './commit/pending-cells.ts';
import { migrations } from './migrations.ts';

/** Any number; the same for every process, so that only one at a time migrates. */
const migrationLock = 7_261_549_023;

/** What each connection is opened with. Bounds keep a stalled process from holding locks for longer than this. */
export function connectionConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'usagekit',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    pipeline: true,
  };
}

export interface OpenOptions {
  /** Whether it may be opened although a move into it has not come to its end. */
  readonly isMidMoveAllowed?: boolean;
}

/**
 * Connects, brings the tables up to date, and returns a pool of connections for the store.
 * @throws StoreOpenError
 */
export async function openPool(
  url: string,
  connectionsMax: number,
  { isMidMoveAllowed = false }: OpenOptions = {},
): Promise<Pool> {
  await migrate(url, isMidMoveAllowed);
  return new Pool({
    ...connectionConfig(url),
    max: connectionsMax,
    onConnect: prepareConnection,
  });
}

/** A row that is locked elsewhere is waited for so long: whatever is sent behind the statement waits with it. */
const lockPatienceMs = 200;

/** What each connection is told before its first statement. */
export async function prepareConnection(client: ClientBase): Promise<void> {
  // A connection that breaks fails its query; without a listener it would end the process too.
  client.on('error', () => undefined);
  // Every statement of the store goes through an index, and every page of a list is read in the order of one. The
  // planner, which on young tables has no statistics yet, would else keep a plan that reads or sorts them whole.
  await client.query(`
    SET lock_timeout = ${lockPatienceMs};
    SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
    SET enable_sort = off; SET jit = off; SET plan_cache_mode = force_generic_plan`);
}

async function migrate(url: string, isMidMoveAllowed: boolean): Promise<void> {
  const client = new Client(connectionConfig(url));
  // Without a listener a connection that breaks would end the process; the query under way reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query('CREATE TABLE IF NOT EXISTS usagekit_schema (version integer NOT NULL)');
    const { rows } = await client.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM usagekit_schema',
    );
    const version = rows[0]?.version ?? 0;
    if (version > migrations.length) {
      throw new StoreOpenError(
        'newer_version',
        `The database was written by a newer version of UsageKit (format ${version}; this one knows ${migrations.length}). Run that version or newer.`,
      );
    }
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue;
      await client.query(
        `BEGIN; ${migration}; INSERT INTO usagekit_schema (version) VALUES (${index + 1}); COMMIT`,
      );
    }
    await noteFormats(client);
    const moves = await client.query('SELECT 1 FROM moves');
    if (!isMidMoveAllowed && moves.rowCount !== 0)
      throw new StoreOpenError('unfinished_move', unfinishedMove('The database'));
  } catch (error) {
    if (error instanceof StoreOpenError) throw error;
    // The address may hold a password; the error of the driver names host and port.
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new StoreOpenError('cannot_open', `The PostgreSQL database cannot be opened: ${reason}`, {
      cause: error,
    });
  } finally {
    // Ending the session lets go of the lock.
    await client.end().catch(() => undefined);
  }
}

const formats = [...sharedFormats, embeddedEntryFormat, pendingCellsFormat];

async function noteFormats(client: Client): Promise<void> {
  const { rows } = await client.query<Row>('SELECT noun, version FROM stored_formats');
  const written = rows.map((row) => ({
    noun: textColumn(row, 'noun'),
    version: numberColumn(row, 'version'),
  }));
  assertKnownFormats('The database', written, formats);
  await client.query(
    `INSERT INTO stored_formats (noun, version) SELECT * FROM unnest($1::text[], $2::integer[])
     ON CONFLICT (noun) DO UPDATE SET version = excluded.version`,
    [formats.map(({ noun }) => noun), formats.map(({ version }) => version)],
  );
}
