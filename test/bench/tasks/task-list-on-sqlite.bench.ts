import { join } from 'node:path';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { measureTaskList } from './task-list.ts';

export const bench: Bench = {
  name: 'task-list-on-sqlite',
  description: 'pages of tasks out of 100,000 against pages out of 100, newest first and filtered',
  target: 0.8,
  measure: () =>
    withFolder((folder) =>
      measureTaskList(async (name) => createSqliteStore({ file: join(folder, `${name}.db`) })),
    ),
};
