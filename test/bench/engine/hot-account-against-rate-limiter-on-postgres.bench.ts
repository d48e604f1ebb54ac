import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { measureAgainstRateLimiter } from './against-rate-limiter.ts';
import { openRateLimiterOnPostgres } from './rate-limiter.ts';

export const bench: Bench = {
  name: 'hot-account-against-rate-limiter-on-postgres',
  description:
    'consumes of one account in process, 64 under way, against rate-limiter-flexible on one key with 10 connections, on one PostgreSQL that fsyncs each commit',
  target: 5,
  measure: () =>
    withPostgres(async (server) =>
      measureAgainstRateLimiter({
        store: await createPostgresStore({ url: await server.freshUrl() }),
        limiter: await openRateLimiterOnPostgres(await server.freshUrl()),
        accounts: 1,
        operations: { ours: 6_400, theirs: 3_200 },
      }),
    ),
};
