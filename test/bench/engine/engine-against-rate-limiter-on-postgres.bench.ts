import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { measureAgainstRateLimiter } from './against-rate-limiter.ts';
import { openRateLimiterOnPostgres } from './rate-limiter.ts';

export const bench: Bench = {
  name: 'engine-against-rate-limiter-on-postgres',
  description:
    'consumes in process, 64 under way over 1,000 accounts, against rate-limiter-flexible with 10 connections, on one PostgreSQL that fsyncs each commit',
  target: 2,
  measure: () =>
    withPostgres(async (server) =>
      measureAgainstRateLimiter({
        store: await createPostgresStore({ url: await server.freshUrl() }),
        limiter: await openRateLimiterOnPostgres(await server.freshUrl()),
        accounts: 1_000,
        operations: { ours: 6_400, theirs: 6_400 },
      }),
    ),
};
