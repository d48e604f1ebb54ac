import { Client, Pool } from 'pg';
import { assertKnownFormats, sharedFormats } from '../../codec/formats.ts';
import { numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import { type MigrationStep, missingSteps, type UpgradeListener } from '../../sql/migration-steps.ts';
import { olderVersion, StoreOpenError, unfinishedMove } from '../../store-open-error.ts';
import { pendingCellsFormat } from '../commit/pending-cells.ts';
import { migrations } from '../migrations.ts';
import { assertOwnSession } from './assert-own-session.ts';
import { connectionConfig, type PostgresPlace, prepareConnection, sessionSql } from './connection.ts';
import { moveToSchema, versionIn } from './move-to-schema.ts';

/** Any number; the same for every process, so that only one at a time migrates. */
const migrationLock = 7_261_549_023;

/** In errors; the address may hold a password. */
const databaseName = 'The database';

export interface OpenOptions {
  /** Whether it may be opened although a move into it has not come to its end. */
  readonly isMidMoveAllowed?: boolean;
  /** Whether tables of an older version are brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  readonly upgrading?: UpgradeListener | undefined;
  /** Whether tables are made where there are none. True by default. */
  readonly mayCreate?: boolean;
  /** Whether anything is written at all; a hot standby takes nothing. True by default. */
  readonly mayWrite?: boolean;
}

/**
 * Connects, brings the tables up to date, and returns a pool of connections for the store.
 * @throws StoreOpenError
 */
export async function openPool(
  place: PostgresPlace,
  connectionsMax: number,
  {
    isMidMoveAllowed = false,
    mayUpgrade = true,
    upgrading = undefined,
    mayCreate = true,
    mayWrite = true,
  }: OpenOptions = {},
): Promise<Pool> {
  await prepare(place, (client) =>
    mayWrite
      ? migrate(client, place.schema, { isMidMoveAllowed, mayUpgrade, upgrading, mayCreate })
      : assertReadable(client, place.schema),
  );
  return new Pool({
    ...connectionConfig(place.url),
    max: connectionsMax,
    onConnect: (client) => prepareConnection(client, place),
  });
}

/** Runs what brings the tables up to date, or looks whether they are, on a connection of its own. */
async function prepare({ url }: PostgresPlace, run: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(connectionConfig(url));
  // Without a listener a connection that breaks would end the process; the query under way reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertOwnSession(client, url);
    await run(client);
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

async function migrate(
  client: Client,
  schema: string | null,
  { isMidMoveAllowed, mayUpgrade, upgrading, mayCreate }: Required<Omit<OpenOptions, 'mayWrite'>>,
): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  if (!mayCreate) await assertMade(client, schema);
  if (schema !== null) await moveToSchema(client, schema);
  await client.query(sessionSql(schema));
  await client.query('CREATE TABLE IF NOT EXISTS usagekit_schema (version integer NOT NULL)');
  for (const step of await missingStepsOf(client, mayUpgrade)) {
    const { version, sql } = step;
    if (!step.isFirst) upgrading?.(step);
    await client.query(`BEGIN; ${sql}; INSERT INTO usagekit_schema (version) VALUES (${version}); COMMIT`);
  }
  await assertKnown(client);
  await client.query(
    `INSERT INTO stored_formats (noun, version) SELECT * FROM unnest($1::text[], $2::integer[])
     ON CONFLICT (noun) DO UPDATE SET version = excluded.version`,
    [formats.map(({ noun }) => noun), formats.map(({ version: newest }) => newest)],
  );
  if (!isMidMoveAllowed) await assertMoved(client);
}

/** Whether the tables can be read as they are; nothing is written, so that a hot standby will do. */
async function assertReadable(client: Client, schema: string | null): Promise<void> {
  await assertMade(client, schema);
  await client.query(sessionSql(schema));
  const { rows } = await client.query<{ here: boolean }>(
    "SELECT to_regclass(coalesce($1 || '.', '') || 'usagekit_schema') IS NOT NULL AS here",
    [schema],
  );
  if (rows[0]?.here !== true) throw new StoreOpenError('older_version', olderVersion(databaseName));
  await missingStepsOf(client, false);
  await assertKnown(client);
  await assertMoved(client);
}

async function missingStepsOf(client: Client, mayUpgrade: boolean): Promise<MigrationStep[]> {
  const version = await versionIn(client, 'usagekit_schema');
  return missingSteps(migrations, { name: databaseName, version, mayUpgrade });
}

async function assertMoved(client: Client): Promise<void> {
  const moves = await client.query('SELECT 1 FROM moves');
  if (moves.rowCount !== 0) throw new StoreOpenError('unfinished_move', unfinishedMove(databaseName));
}

async function assertMade(client: Client, schema: string | null): Promise<void> {
  if (!(await isMade(client, schema)))
    throw new StoreOpenError(
      'cannot_open',
      'The PostgreSQL database has no tables of UsageKit; usagekit serve makes them.',
    );
}

/** Whether the tables are there, in the schema or where an earlier version made them. */
async function isMade(client: Client, schema: string | null): Promise<boolean> {
  const { rows } = await client.query<{ made: boolean }>(
    "SELECT to_regclass(coalesce($1 || '.', '') || 'usagekit_schema') IS NOT NULL OR to_regclass('usagekit_schema') IS NOT NULL AS made",
    [schema],
  );
  return rows[0]?.made === true;
}

const formats = [...sharedFormats, pendingCellsFormat];

async function assertKnown(client: Client): Promise<void> {
  const { rows } = await client.query<Row>('SELECT noun, version FROM stored_formats');
  const written = rows.map((row) => ({
    noun: textColumn(row, 'noun'),
    version: numberColumn(row, 'version'),
  }));
  assertKnownFormats(databaseName, written, formats);
}
