import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Bench } from './bench.ts';
import { measureSingleCaller } from './single-caller.ts';
import { withFolder } from './with-folder.ts';

export const bench: Bench = {
  name: 'single-caller-on-sqlite',
  description:
    'consumes over HTTP of one caller, one after another, against bare commits of one row with an fsync each',
  target: 0.5,
  measure: () =>
    withFolder(async (folder) => {
      const database = new DatabaseSync(join(folder, 'bare.db'));
      database.exec(`
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE debits (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
      `);
      const add = database.prepare('INSERT INTO debits (body) VALUES (?)');
      const body = 'x'.repeat(500);
      try {
        return await measureSingleCaller(join(folder, 'server.db'), async (commits) => {
          const startedAt = performance.now();
          for (let done = 0; done < commits; done++) add.run(body);
          return (commits * 1_000) / (performance.now() - startedAt);
        });
      } finally {
        database.close();
      }
    }),
};
