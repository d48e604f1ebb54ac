import { Client } from 'pg';
import { migrations } from '../../../server/src/store/postgres/migrations.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { type BareRows, bareContentHash, measureIngest } from './ingest.ts';

export const bench: Bench = {
  name: 'ingest-on-postgres',
  description:
    'events in requests of 1,000, priced, counted and rolled up, against bare inserts of rows into the same tables',
  target: 0.4,
  measure: () =>
    withPostgres(async (server) =>
      measureIngest(
        await createPostgresStore({ url: await server.freshUrl() }),
        await openBareRows(await server.freshUrl()),
      ),
    ),
};

/** A thousand rows a statement and one round trip a transaction: the quickest of the ways that were tried. */
async function openBareRows(url: string): Promise<BareRows> {
  const client = new Client({ connectionString: url, pipeline: true });
  await client.connect();
  for (const step of migrations) await client.query(step);
  return {
    async insert(events) {
      const accountIds = events.map(({ accountId }) => accountId);
      const ids = events.map(({ id }) => id);
      await Promise.all([
        client.query('BEGIN'),
        client.query({
          name: 'records',
          text: `
            INSERT INTO usage (account_id, at_ms, id, body)
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[])`,
          values: [accountIds, events.map(({ atMs }) => atMs), ids, events.map(({ body }) => body)],
        }),
        client.query({
          name: 'ids',
          text: `
            INSERT INTO event_ids (account_id, id, content_hash)
            SELECT account_id, id, $3 FROM unnest($1::text[], $2::text[]) AS event (account_id, id)`,
          values: [accountIds, ids, bareContentHash],
        }),
        client.query('COMMIT'),
      ]);
    },
    close: () => client.end(),
  };
}
