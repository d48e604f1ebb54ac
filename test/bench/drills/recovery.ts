import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { putAccount, sampleAccount, spend } from '../../store/account-samples.ts';

/*
 * How soon a server listens and answers on a file that was killed with as long a journal as there can be:
 * `npx node --conditions=source test/bench/drills/recovery.ts`. An empty file tells what starting Node takes.
 */

const charactersMax = 36_000_000;
const key = 'sk_test_only-for-this-drill';
const folder = mkdtempSync(join(tmpdir(), 'usagekit-drill-'));

const killed = join(folder, 'killed.db');
await leaveJournal(killed);
report('empty', await startOn(join(folder, 'empty.db')));
report('killed', await startOn(killed));
await foldWhatIsLeft(killed);
rmSync(folder, { recursive: true, force: true });
process.exit(0);

/** How much of the deciding thread it takes to fold what a crash left, while nobody asks for anything. */
async function foldWhatIsLeft(file: string): Promise<void> {
  const begun = process.threadCpuUsage();
  const startedAtMs = performance.now();
  const store = createSqliteStore({ file });
  await store.readAccount('a-1');
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

/** A copy of a file whose process is still there is what a kill leaves. */
async function leaveJournal(copy: string): Promise<void> {
  const file = join(folder, 'used.db');
  const store = createSqliteStore({ file, foldIdleMs: 1e9, foldCharacters: 1e12, foldCharactersMax: 1e12 });
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const accounts = Array.from({ length: 1_000 }, (_, index) => `a-${index}`);
  for (const id of accounts) await putAccount(store, sampleAccount(id, 10n ** 12n));
  let debits = 0;
  const spendOne = () =>
    commit.submit(spend({ accountId: accounts[debits % 1_000] ?? '', key: `k-${debits++}` }));
  while ((store.stats().journal_characters ?? 0) < charactersMax)
    await Promise.all(Array.from({ length: 256 }, spendOne));
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  console.log(`${debits} debits, ${store.stats().journal_characters} characters of journal`);
}

async function startOn(file: string): Promise<{ listensMs: number; answersMs: number }> {
  const bin = fileURLToPath(new URL('../../../server/bin/usagekit.js', import.meta.url));
  const line = ['serve', '--port', '0', '--metrics-port', 'none', '--database', file, '--secret-key', key];
  const begun = performance.now();
  const child = spawn(process.execPath, ['--conditions=source', bin, ...line], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  while (!out.includes(', its data')) out += String((await once(child.stdout, 'data'))[0]);
  const listensMs = performance.now() - begun;
  await fetch(`${/http:\/\/[^,\s]+/.exec(out)?.[0]}/v1/accounts/a-1/credits`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const answersMs = performance.now() - begun;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { listensMs, answersMs };
}

function report(what: string, { listensMs, answersMs }: { listensMs: number; answersMs: number }): void {
  console.log(
    `${what}: listens after ${listensMs.toFixed(0)} ms, answers of an account after ${answersMs.toFixed(0)} ms`,
  );
}
