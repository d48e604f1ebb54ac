import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullJournalCharacters } from '../../../server/src/store/sqlite/journal/fold-schedule.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { accountInJournal, makeKilledFile } from '../start/killed-file.ts';
import { type ServedStart, startServing } from '../start/served-start.ts';

/*
 * How soon a server listens and answers on a file that was killed with as long a journal as there can be:
 * `npx node --conditions=source test/bench/drills/recovery.ts`. An empty file tells what starting Node takes.
 */

const folder = mkdtempSync(join(tmpdir(), 'usagekit-drill-'));

const killed = join(folder, 'killed.db');
const debits = await makeKilledFile(join(folder, 'used.db'), killed, fullJournalCharacters);
console.log(`${debits} debits, ${fullJournalCharacters} characters of journal`);
report('empty', await startServing(join(folder, 'empty.db'), accountInJournal));
report('killed', await startServing(killed, accountInJournal));
await foldWhatIsLeft(killed);
rmSync(folder, { recursive: true, force: true });
process.exit(0);

/** How much of the deciding thread it takes to fold what a crash left, while nobody asks for anything. */
async function foldWhatIsLeft(file: string): Promise<void> {
  const begun = process.threadCpuUsage();
  const startedAtMs = performance.now();
  const store = createSqliteStore({ file });
  await store.readAccount(accountInJournal);
  const read = process.threadCpuUsage(begun);
  const readMs = performance.now() - startedAtMs;
  while (store.stats().journal_accounts !== 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const all = process.threadCpuUsage(begun);
  const stats = store.stats();
  const seconds = ({ user, system }: NodeJS.CpuUsage) => ((user + system) / 1e6).toFixed(2);
  console.log(
    `read in ${(readMs / 1_000).toFixed(2)} s (${seconds(read)} s of the deciding thread), folded after ${((performance.now() - startedAtMs) / 1_000).toFixed(2)} s (${seconds(all)} s of that thread): ${stats.fold_slices_of_thread_total} of ${stats.fold_slices_total} slices by the writing thread, the longest ${((stats.fold_slice_seconds_max ?? 0) * 1_000).toFixed(0)} ms`,
  );
  await store.close();
}

function report(what: string, { listensMs, answersMs }: ServedStart): void {
  console.log(
    `${what}: listens after ${listensMs.toFixed(0)} ms, answers of an account after ${answersMs.toFixed(0)} ms`,
  );
}
