import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { measureTaskList } from './task-list.ts';

export const bench: Bench = {
  name: 'task-list-on-postgres',
  description: 'pages of tasks out of 100,000 against pages out of 100, newest first and filtered',
  target: 0.8,
  measure: () =>
    withPostgres((server) =>
      measureTaskList(async () => createPostgresStore({ url: await server.freshUrl() })),
    ),
};
