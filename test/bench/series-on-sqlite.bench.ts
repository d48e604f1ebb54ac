import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { paths, type UsageSeries } from '@usagekit/server/contract';
import { alternate } from './alternate.ts';
import type { Bench } from './bench.ts';
import { BenchApp } from './bench-app.ts';
import { withFolder } from './with-folder.ts';

const days = 182;
const agents = 40;
const few = 100_000;
const many = 10_000_000;
const msPerDay = 86_400_000;
const todayMs = Date.UTC(2026, 10, 20);
const firstDay = todayMs / msPerDay - days;

export const bench: Bench = {
  name: 'series-on-sqlite',
  description:
    'usage series over six months by day and agent with 100,000 events behind it, against 10,000,000: in how much of the time of the many the few are read',
  // At most twice the time is at least half the rate.
  target: 0.5,
  measure: () =>
    withFolder(async (folder) => {
      const large = await appWith(join(folder, 'large.db'), many);
      const small = await appWith(join(folder, 'small.db'), few);
      const { ratio, ours, theirs } = await alternate(
        9,
        () => readsASecond(large, many),
        () => readsASecond(small, few),
      );
      await Promise.all([large.close(), small.close()]);
      return {
        ratio,
        figures: { 'series a second with 10,000,000 events': ours, 'series a second with 100,000': theirs },
      };
    }),
};

async function appWith(file: string, events: number): Promise<BenchApp> {
  const empty = new BenchApp(file, todayMs);
  await empty.send('PUT', paths.account('acme'), { startedAt: new Date(firstDay * msPerDay).toISOString() });
  await empty.close();
  fill(file, events);
  return new BenchApp(file, todayMs);
}

/** Puts the records and their rollups into the file as six months of events leave them. */
function fill(file: string, events: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  const addRecord = database.prepare('INSERT INTO usage VALUES (?, ?, ?, ?)');
  const addCell = database.prepare('INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)');
  const perDay = Math.floor(events / days);
  for (let day = 0; day < days; day++) {
    database.exec('BEGIN');
    for (let index = 0; index < perDay; index++) {
      const id = `event-${String(day * perDay + index).padStart(12, '0')}`;
      addRecord.run('acme', (firstDay + day) * msPerDay + index, id, '{"agent":"writer","emails":"1"}');
    }
    const perAgent = BigInt(Math.floor(perDay / agents)) * 1_000_000n;
    addCell.run(firstDay + day, 'acme', 'emails', '', '', perAgent * BigInt(agents));
    for (let agent = 0; agent < agents; agent++)
      addCell.run(firstDay + day, 'acme', 'emails', 'agent', `agent-${agent}`, perAgent);
    database.exec('COMMIT');
  }
  database.close();
}

async function readsASecond(app: BenchApp, events: number): Promise<number> {
  const reads = 20;
  const query = new URLSearchParams({
    metric: 'emails',
    groupBy: 'agent',
    from: new Date(firstDay * msPerDay).toISOString(),
    to: new Date(todayMs).toISOString(),
  });
  const expected = String(Math.floor(Math.floor(events / days) / agents) * agents * days);
  const startedAt = performance.now();
  for (let read = 0; read < reads; read++) {
    const series = (await app.send('GET', `${paths.usageSeries('acme')}?${query}`)) as UsageSeries;
    if (series.total !== expected)
      throw new Error(`The series sums to ${series.total} instead of ${expected}`);
  }
  return (reads * 1_000) / (performance.now() - startedAt);
}
