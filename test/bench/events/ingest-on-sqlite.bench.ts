import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../../../server/src/store/sqlite/migrations.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { type BareRows, bareContentHash, measureIngest } from './ingest.ts';

export const bench: Bench = {
  name: 'ingest-on-sqlite',
  description:
    'events in requests of 1,000, priced, counted and rolled up, against bare inserts of rows into the same tables',
  target: 0.4,
  measure: () =>
    withFolder((folder) =>
      measureIngest(
        createSqliteStore({ file: join(folder, 'app.db') }),
        openBareRows(join(folder, 'bare.db')),
      ),
    ),
};

function openBareRows(file: string): BareRows {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  for (const step of migrations) database.exec(step);
  const addRecord = database.prepare('INSERT INTO usage VALUES (?, ?, ?, ?)');
  const addId = database.prepare('INSERT INTO event_ids VALUES (?, ?, ?)');
  return {
    async insert(events) {
      database.exec('BEGIN IMMEDIATE');
      for (const { accountId, atMs, id, body } of events) {
        addRecord.run(accountId, atMs, id, body);
        addId.run(accountId, id, bareContentHash);
      }
      database.exec('COMMIT');
    },
    close: async () => database.close(),
  };
}
