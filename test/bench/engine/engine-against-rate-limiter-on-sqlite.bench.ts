import { join } from 'node:path';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { measureAgainstRateLimiter } from './against-rate-limiter.ts';
import { openRateLimiterOnSqlite } from './rate-limiter.ts';

export const bench: Bench = {
  name: 'engine-against-rate-limiter-on-sqlite',
  description:
    'consumes in process, 64 under way over 1,000 accounts, against rate-limiter-flexible, each answer of both fsynced before (WAL, synchronous=FULL)',
  target: 5,
  measure: () =>
    withFolder(async (folder) =>
      measureAgainstRateLimiter({
        store: createSqliteStore({ file: join(folder, 'engine.db') }),
        limiter: await openRateLimiterOnSqlite(join(folder, 'limiter.db')),
        accounts: 1_000,
        operations: { ours: 25_600, theirs: 3_200 },
        putsOff: true,
      }),
    ),
};
