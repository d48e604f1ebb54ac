import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { StoreOpenError } from '../../../server/src/store/store-open-error.ts';
import { patience } from '../../support/patience.ts';
import { creditsOf, debitIdOf, putAccount, sampleAccount, spend, today } from '../account-samples.ts';
import { pagesOf } from '../suite/harness.ts';
import { writerAccounts, writerCommand, writerCommandsOf } from './writer-commands.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-file-'));
  file = join(folder, 'usage.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('F1, I2: keeps every answered debit, and none twice, through SIGKILL in the middle of commits and folds', async () => {
  let sent = 0;
  const kills = [
    { lines: 40 },
    { lines: 400 },
    { lines: 1_500, onceThreadFolds: true },
    { lines: 300 },
    { lines: 900, onceThreadFolds: true },
  ];
  for (const kill of kills) {
    // What the killed process left without an answer is sent again, with some that were answered.
    sent = await spendUntilKilled(Math.max(0, sent - 100), kill);
  }
  // At most so many commands were under way when the process was killed, and may be committed.
  sent += 64;
  const store = createSqliteStore({ file });
  for (const number of answered) {
    const { accountId, id } = entryOf(number);
    expect(await store.readEntry(accountId, id), id).toBeDefined();
  }
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const results = await Promise.all(
    Array.from({ length: sent }, async (_, number) => ({
      number,
      result: await commit.submit(writerCommand(number)),
    })),
  );
  expect(results.filter(({ number, result }) => result !== 'replayed' && answered.has(number))).toEqual([]);
  for (const { profile } of writerAccounts) await expectSpentOnce(profile.id);
  await store.close();

  async function expectSpentOnce(accountId: string): Promise<void> {
    const numbers = writerCommandsOf(accountId, sent);
    const entries = (await pagesOf((page) => store.listEntries(accountId, page), 500)).flat();
    expect(entries.map((entry) => entry.id).sort()).toEqual(
      numbers.map((number) => entryOf(number).id).sort(),
    );
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => entries.length - index));
    const spent = -entries.reduce((sum, entry) => sum + entry.amount, 0n);
    expect(creditsOf(await store.readAccount(accountId))).toBe(10n ** 15n - spent);
    const cells = await store.readCells({
      accountId,
      metric: 'credits',
      dimension: 'model',
      fromDay: today,
      toDay: today + 1,
    });
    expect(cells.map((cell) => cell.quantity)).toEqual([spent]);
  }
}, 120_000);

const answered = new Set<number>();

interface Kill {
  /** Answers before it. */
  readonly lines: number;
  /** Whether those are counted from the first fold by the thread on. */
  readonly onceThreadFolds?: boolean;
}

/** Runs the writer from that command on and kills it after so many answers; returns the number after the last answered one. */
async function spendUntilKilled(first: number, { lines, onceThreadFolds = false }: Kill): Promise<number> {
  const script = fileURLToPath(new URL('./writer.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  let counted = 0;
  let isCounting = !onceThreadFolds;
  let last = first;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'thread') {
      isCounting = true;
      continue;
    }
    answered.add(Number(line));
    last = Math.max(last, Number(line) + 1);
    if (isCounting) counted += 1;
    if (counted === lines) child.kill('SIGKILL');
  }
  expect(await exited).toBe('SIGKILL');
  return last;
}

function entryOf(number: number): { accountId: string; id: string } {
  const [account] = writerCommand(number).needs.answers ?? [];
  return { accountId: account?.accountId ?? '', id: debitIdOf(account?.key ?? '') };
}

it('I20: finds after a crash what was committed and not yet folded', async () => {
  const store = createSqliteStore({ file, foldIdleMs: 60_000 });
  await putAccount(store, sampleAccount('a', 10_000_000n));
  const commit = createGroupCommit({ store, schedule: setImmediate });
  await commit.submit(spend({ accountId: 'a', key: 'k' }));
  // A copy of the files is what a crash at this instant leaves behind.
  const copy = join(folder, 'copy.db');
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  await store.close();
  const recovered = createSqliteStore({ file: copy });
  expect(creditsOf(await recovered.readAccount('a'))).toBe(9_000_000n);
  expect((await recovered.readEntry('a', debitIdOf('k')))?.amount).toBe(-1_000_000n);
  const again = createGroupCommit({ store: recovered, schedule: setImmediate });
  expect(await again.submit(spend({ accountId: 'a', key: 'k' }))).toBe('replayed');
  await recovered.close();
});

it('I9: folds while the load goes on, and reads see every write meanwhile', async () => {
  const store = createSqliteStore({ file, foldIdleMs: 1, foldCharacters: 1, foldCharactersMax: 10_000 });
  for (const id of ['a', 'b', 'c']) await putAccount(store, sampleAccount(id, 10n ** 12n));
  const commit = createGroupCommit({ store, schedule: setImmediate });
  for (let round = 0; round < 30; round++) {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const accountId = ['a', 'b', 'c'][index % 3] ?? 'a';
        return commit.submit(spend({ accountId, key: `k-${round}-${index}` }));
      }),
    );
    expect((await store.listEntries('a', { limit: 1 })).items[0]?.seq).toBe((round + 1) * 10);
    expect(creditsOf((await store.listAccounts({ limit: 9 })).items[2])).toBe(
      10n ** 12n - BigInt(round + 1) * 10_000_000n,
    );
  }
  await store.close();
});

it('F21: lets a fold that began at rest wait for the next rest, so that no caller waits for its slices', async () => {
  const store = createSqliteStore({ file: ':memory:', foldIdleMs: 100 });
  onTestFinished(() => store.close());
  const ids = Array.from({ length: 2_000 }, (_, index) => `a-${index}`);
  await Promise.all(ids.map((id) => putAccount(store, sampleAccount(id, 10n ** 12n))));
  const slices = () => store.stats().fold_slices_total ?? 0;
  await expect.poll(slices, { ...patience, interval: 1 }).toBeGreaterThan(0);
  const begun = slices();
  const commit = createGroupCommit({ store, schedule: setImmediate });
  for (let index = 0; index < 1_000; index++)
    await commit.submit(spend({ accountId: 'a-1', key: `k-${index}` }));
  // The one that a timer had begun before the first of them may be among them.
  expect(slices() - begun).toBeLessThanOrEqual(1);
  const journal = async () => (await store.inspect()).find(({ check }) => check === 'journal');
  await expect.poll(journal, patience).toMatchObject({ detail: '0 characters wait in the journal.' });
});

it('I23: refuses a file that another process or store holds, in one line, and takes it once it is free', async () => {
  const first = createSqliteStore({ file });
  expect(openError(file)).toMatchObject({ code: 'held_by_another' });
  await putAccount(first, sampleAccount('a', 5n));
  await first.close();
  const second = createSqliteStore({ file });
  expect(creditsOf(await second.readAccount('a'))).toBe(5n);
  await second.close();
});

it.each([
  ['text', 'This is a letter to the editor.\n'.repeat(100)],
  ['a few bytes', 'x'],
])('refuses a file that is no database (%s), in one line, and leaves it as it was', (_name, content) => {
  writeFileSync(file, content);
  expect(openError(file)).toMatchObject({ code: 'not_a_database' });
  expect(readFileSync(file, 'utf8')).toBe(content);
});

it('refuses a database of another program', () => {
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY)');
  other.close();
  expect(openError(file)).toMatchObject({ code: 'not_a_database' });
});

it('refuses a database that a newer version wrote', async () => {
  await createSqliteStore({ file }).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 999');
  database.close();
  expect(openError(file)).toMatchObject({ code: 'newer_version' });
});

it('refuses a path in a folder that does not exist', () => {
  expect(openError(join(folder, 'missing', 'usage.db'))).toMatchObject({ code: 'cannot_open' });
});

function openError(path: string): StoreOpenError {
  try {
    createSqliteStore({ file: path });
  } catch (error) {
    const { message } = error as StoreOpenError;
    expect(message).toContain(path);
    expect(message).not.toContain('\n');
    return error as StoreOpenError;
  }
  throw new Error('The store opened.');
}

it('I24: copies the file though the copy begins in the middle of a commit', async () => {
  const opened: DatabaseSync[] = [];
  const exec = DatabaseSync.prototype.exec;
  const spy = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
    opened.push(this);
    return exec.call(this, sql);
  });
  const store = createSqliteStore({ file: join(folder, 'usage.db') });
  onTestFinished(() => store.close());
  spy.mockRestore();
  await putAccount(store, sampleAccount('a'));
  const [database] = opened;
  database?.exec('BEGIN IMMEDIATE');
  const copying = store.copyTo?.(join(folder, 'copy.db'));
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  database?.exec('COMMIT');
  await copying;
  const copy = createSqliteStore({ file: join(folder, 'copy.db') });
  onTestFinished(() => copy.close());
  expect((await copy.readAccount('a'))?.profile.id).toBe('a');
});
