import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { measureSeries, type PastEvents } from './series.ts';

const msPerDay = 86_400_000;

export const bench: Bench = {
  name: 'series-on-sqlite',
  description:
    'every view of a page of usage over six months with 100,000 events behind it, against 10,000,000: in how much of the time of the many the few are read, for the slowest',
  // At most twice the time is at least half the rate.
  target: 0.5,
  measure: () =>
    withFolder((folder) =>
      measureSeries(async (name) => {
        const file = join(folder, `${name}.db`);
        return {
          openStore: async () => createSqliteStore({ file }),
          fill: async (events) => fill(file, events),
        };
      }),
    ),
};

function fill(file: string, events: PastEvents): void {
  const { accountId, firstDay, days, perDay, stepMs, body, metric, agents, quantityPerAgent } = events;
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  const addRecord = database.prepare('INSERT INTO usage VALUES (?, ?, ?, ?)');
  const addPart = database.prepare('INSERT INTO day_parts VALUES (?, ?, ?, ?)');
  const addCell = database.prepare('INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)');
  for (let day = firstDay; day < firstDay + days; day++) {
    database.exec('BEGIN');
    for (let index = 0; index < perDay; index++) {
      const id = `event-${String((day - firstDay) * perDay + index).padStart(12, '0')}`;
      addRecord.run(accountId, day * msPerDay + index * stepMs, id, body);
    }
    addCell.run(day, accountId, metric, '', '', quantityPerAgent * BigInt(agents));
    for (const [hour, quantity] of events.quantityByHour.entries())
      addCell.run(day, accountId, metric, 'hour', String(hour), quantity);
    for (const { part, body: sums } of events.dayParts) addPart.run(day, accountId, part, sums);
    for (let agent = 0; agent < agents; agent++)
      addCell.run(day, accountId, metric, 'agent', `agent-${agent}`, quantityPerAgent);
    database.exec('COMMIT');
  }
  database.close();
}
