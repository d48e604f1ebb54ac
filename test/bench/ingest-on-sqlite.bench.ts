import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { paths, type UsageEvent } from '@usagekit/server/contract';
import { migrations } from '../../server/src/store/sqlite/migrations.ts';
import { alternate } from './alternate.ts';
import type { Bench } from './bench.ts';
import { BenchApp } from './bench-app.ts';
import { nowMs } from './engine.ts';
import { withFolder } from './with-folder.ts';

const eventsPerBatch = 1_000;
const batchesPerRound = 20;
const agents = ['writer', 'researcher', 'reviewer'];

export const bench: Bench = {
  name: 'ingest-on-sqlite',
  description:
    'events in requests of 1,000, priced, counted and rolled up, against bare inserts of rows into the same tables',
  target: 0.4,
  measure: () =>
    withFolder(async (folder) => {
      const app = new BenchApp(join(folder, 'app.db'), nowMs);
      await app.send('PUT', paths.account('acme'), {});
      const raw = new RawRows(join(folder, 'raw.db'));
      let batch = 0;
      const ingest = async () => {
        const startedAt = performance.now();
        for (let round = 0; round < batchesPerRound; round++)
          await app.send('POST', paths.events, { events: eventsOf(batch++) });
        // A read brings every table up to date, so that nothing is left undone outside of the time that is taken.
        await app.store.listUsage({ accountId: 'acme', fromMs: 0, toMs: 1 }, { limit: 1 });
        return rate(startedAt);
      };
      const insert = async () => {
        const startedAt = performance.now();
        for (let round = 0; round < batchesPerRound; round++) raw.insert(eventsOf(batch++));
        return rate(startedAt);
      };
      const { ratio, ours, theirs } = await alternate(7, ingest, insert);
      await app.close();
      raw.close();
      return { ratio, figures: { 'events a second': ours, 'rows of events inserted a second': theirs } };
    }),
};

function rate(startedAt: number): number {
  return (batchesPerRound * eventsPerBatch * 1_000) / (performance.now() - startedAt);
}

function eventsOf(batch: number): UsageEvent[] {
  return Array.from({ length: eventsPerBatch }, (_, index) => ({
    id: `event-${String(batch * eventsPerBatch + index).padStart(12, '0')}`,
    accountId: 'acme',
    at: new Date(nowMs - 60_000 + index).toISOString(),
    items: [{ metric: 'emails', quantity: '2' }],
    agentId: agents[index % agents.length] ?? '',
  }));
}

/** Each event as the rows that it has in the end: its record and its id, a thousand a transaction, fsynced. */
class RawRows {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;',
    );
    for (const step of migrations) this.#database.exec(step);
  }

  insert(events: readonly UsageEvent[]): void {
    const addRecord = this.#database.prepare('INSERT INTO usage VALUES (?, ?, ?, ?)');
    const addId = this.#database.prepare('INSERT INTO event_ids VALUES (?, ?, ?)');
    this.#database.exec('BEGIN IMMEDIATE');
    for (const event of events) {
      const body = JSON.stringify(event);
      addRecord.run(event.accountId, Date.parse(event.at ?? ''), event.id, body);
      addId.run(event.accountId, event.id, '00000000000000000000000000000000');
    }
    this.#database.exec('COMMIT');
  }

  close(): void {
    this.#database.close();
  }
}
