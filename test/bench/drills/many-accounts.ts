import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { makeIdleAccounts } from '../support/idle-accounts.ts';

/*
 * How a SQLite file with many idle accounts starts and ticks: `npx node --conditions=source test/bench/drills/many-accounts.ts 1000000`.
 * The accounts are rows made by SQL out of one, so that making them takes seconds.
 */

const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'usagekit-drill-'));
const file = join(folder, 'usage.db');
process.once('exit', () => {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
});

await makeIdleAccounts(file, count);

const startedAt = performance.now();
const store = createSqliteStore({ file });
const app = createApp({
  store,
  clock: { nowMs: () => Date.now() },
  newId: () => crypto.randomUUID(),
  catalog: smallCatalogConfig,
});
await app.ready();
report('start', performance.now() - startedAt);
const durations: number[] = [];
for (let turn = 0; turn < 50; turn++) {
  const begun = performance.now();
  await app.commitDue();
  durations.push(performance.now() - begun);
}
durations.sort((a, b) => a - b);
report('look for what is due, median', durations[25] ?? 0);
report('look for what is due, longest', durations.at(-1) ?? 0);
await tick('first tick');
// After an update all that is stored is read once, some slices with each tick.
let longestMs = 0;
for (let isLeft = true; isLeft; ) {
  const begun = performance.now();
  isLeft = await store.sweepStored();
  longestMs = Math.max(longestMs, performance.now() - begun);
}
report('slice of the sweep after an update, longest', longestMs);
for (const which of ['tick', 'next tick']) await tick(which);
console.log(`resident: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
await app.close();
await store.close();

async function tick(which: string): Promise<void> {
  const begun = performance.now();
  await app.tick();
  report(which, performance.now() - begun);
}

function report(what: string, ms: number): void {
  console.log(`${count} idle accounts, ${what}: ${ms.toFixed(1)} ms`);
}
