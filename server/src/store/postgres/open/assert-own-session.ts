import { Client } from 'pg';
import { type Row, textColumn } from '../../sql/columns.ts';
import { StoreOpenError } from '../../store-open-error.ts';
import { connectionConfig } from './connection.ts';

/** A pooler that shares sessions mostly hands out the one that was free last; it is asked so often. */
const triesMax = 5;

/**
 * Refuses an address behind which a session may be another one at each transaction, as with PgBouncer's transaction pooling. The
 * store's connections have settings, prepared statements and a LISTEN of their own; without them its bounds and what processes
 * tell each other would be lost without a word.
 * @throws StoreOpenError
 */
export async function assertOwnSession(client: Client, url: string): Promise<void> {
  const { rows } = await client.query<Row>('SELECT pg_backend_pid()::text AS pid');
  // The number that the server gave the connection at its start; a pooler in between makes up its own.
  const { processID } = client as Client & { readonly processID?: number };
  if (textColumn(rows[0] ?? {}, 'pid') === String(processID)) return;
  const other = new Client(connectionConfig(url));
  other.on('error', () => undefined);
  try {
    await other.connect();
    for (let tries = 0; tries < triesMax; tries++) {
      const mark = crypto.randomUUID();
      await client.query(`SET usagekit.session = '${mark}'`);
      if ((await markOf(other)) === mark || (await markOf(client)) !== mark)
        throw new StoreOpenError(
          'cannot_open',
          'The address of the PostgreSQL database is of a pooler that shares sessions between transactions, such as PgBouncer with pool_mode=transaction. Name the database itself, or a pool with pool_mode=session: a server holds few connections (--database-connections).',
        );
    }
  } finally {
    await other.end().catch(() => undefined);
  }
}

async function markOf(client: Client): Promise<unknown> {
  const { rows } = await client.query<Row>("SELECT current_setting('usagekit.session', true) AS mark");
  return rows[0]?.mark;
}
