import { Client } from 'pg';
import type { Bench } from './bench.ts';
import { measureSingleCaller } from './single-caller.ts';
import { withPostgres } from './with-postgres.ts';

export const bench: Bench = {
  name: 'single-caller-on-postgres',
  description:
    'consumes over HTTP of one caller, one after another, against bare inserts of one row with a commit each',
  target: 0.5,
  measure: () =>
    withPostgres(async (server) => {
      const client = new Client({ connectionString: await server.freshUrl() });
      await client.connect();
      await client.query(
        'CREATE TABLE debits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)',
      );
      const add = { name: 'add', text: 'INSERT INTO debits (body) VALUES ($1)', values: ['x'.repeat(500)] };
      try {
        return await measureSingleCaller(await server.freshUrl(), async (commits) => {
          const startedAt = performance.now();
          for (let done = 0; done < commits; done++) await client.query(add);
          return (commits * 1_000) / (performance.now() - startedAt);
        });
      } finally {
        await client.end();
      }
    }),
};
