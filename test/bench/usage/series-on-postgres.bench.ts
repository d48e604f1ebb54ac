import { Client } from 'pg';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { measureSeries, type PastEvents } from './series.ts';

export const bench: Bench = {
  name: 'series-on-postgres',
  description:
    'every view of a page of usage over six months with 100,000 events behind it, against 10,000,000: in how much of the time of the many the few are read, for the slowest',
  // At most twice the time is at least half the rate.
  target: 0.5,
  measure: () =>
    withPostgres((server) =>
      measureSeries(async () => {
        const url = await server.freshUrl();
        return { openStore: () => createPostgresStore({ url }), fill: (events) => fill(url, events) };
      }),
    ),
};

async function fill(url: string, events: PastEvents): Promise<void> {
  const { accountId, firstDay, days, perDay, stepMs, body, metric, agents, quantityPerAgent } = events;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('SET synchronous_commit = off');
  await client.query(
    `INSERT INTO usage (account_id, at_ms, id, body)
     SELECT $1, day * 86400000 + index * $6::bigint, 'event-' || lpad(((day - $2) * $4 + index)::text, 12, '0'), $5
     FROM generate_series($2::bigint, $2::bigint + $3 - 1) AS day, generate_series(0, $4::bigint - 1) AS index`,
    [accountId, firstDay, days, perDay, body, stepMs],
  );
  await client.query(
    `INSERT INTO cells (account_id, metric, dimension, day, value, quantity)
     SELECT $1, $2, '', day, '', $5::bigint * $6 FROM generate_series($3::integer, $3::integer + $4 - 1) AS day
     UNION ALL
     SELECT $1, $2, 'agent', day, 'agent-' || agent, $6
     FROM generate_series($3::integer, $3::integer + $4 - 1) AS day, generate_series(0, $5::integer - 1) AS agent`,
    [accountId, metric, firstDay, days, agents, quantityPerAgent],
  );
  await client.query(
    `INSERT INTO cells (account_id, metric, dimension, day, value, quantity)
     SELECT $1, $2, 'hour', day, (hour - 1)::text, quantity
     FROM generate_series($3::integer, $3::integer + $4 - 1) AS day,
       unnest($5::bigint[]) WITH ORDINALITY AS hours (quantity, hour)`,
    [accountId, metric, firstDay, days, events.quantityByHour],
  );
  await client.query(
    `INSERT INTO day_parts (account_id, part, day, body)
     SELECT $1, part, day, body FROM unnest($2::text[], $3::text[]) AS parts (part, body),
       generate_series($4::integer, $4::integer + $5 - 1) AS day`,
    [
      accountId,
      events.dayParts.map(({ part }) => part),
      events.dayParts.map(({ body: sums }) => sums),
      firstDay,
      days,
    ],
  );
  // What the database would do in the background after so many inserts is done before time is taken.
  await client.query('VACUUM (ANALYZE) usage');
  await client.query('VACUUM (ANALYZE) cells');
  await client.query('VACUUM (ANALYZE) day_parts');
  await client.end();
}
