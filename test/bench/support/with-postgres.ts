import { Client } from 'pg';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

/** More than the longest of these benches writes into PostgreSQL's log. */
const logBytes = 640 * 2 ** 20;
const rowBytes = 1_024;

/** Runs with a durable PostgreSQL whose log is that of one that has run for a while. It is gone afterwards. */
export async function withPostgres<Result>(
  run: (server: PostgresServer) => Promise<Result>,
): Promise<Result> {
  const server = await startPostgres({ durable: true });
  try {
    await fillLog(await server.freshDatabaseUrl());
    return await run(server);
  } finally {
    await server.stop();
  }
}

/**
 * A young server makes a new file for every 16 MB of its log, and commits wait for it; after a checkpoint it writes over those that it
 * has, as it does for the rest of its life.
 */
async function fillLog(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `CREATE TABLE filling AS SELECT repeat('x', ${rowBytes}) FROM generate_series(1, ${logBytes / rowBytes})`,
    );
    await client.query('DROP TABLE filling');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
