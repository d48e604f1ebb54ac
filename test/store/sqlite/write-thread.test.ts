import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { AccountChanges } from '../../../server/src/store/sqlite/journal/account-changes.ts';
import { type FoldStep, leftMax } from '../../../server/src/store/sqlite/journal/fold-steps.ts';
import {
  type FoldOutcome,
  type FoldWork,
  packWork,
  unpackWork,
} from '../../../server/src/store/sqlite/journal/fold-work.ts';
import { FoldWriter } from '../../../server/src/store/sqlite/journal/fold-writer.ts';
import { Journal } from '../../../server/src/store/sqlite/journal/journal.ts';
import { appendSql } from '../../../server/src/store/sqlite/journal/journal-codec.ts';
import { begunAgainPages, WriteThread } from '../../../server/src/store/sqlite/journal/write-thread.ts';
import { migrations } from '../../../server/src/store/sqlite/migrations.ts';
import { openDatabase, releaseShared } from '../../../server/src/store/sqlite/open/open-database.ts';
import { sharedLocation } from '../../../server/src/store/sqlite/open/shared-location.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import fc from '../../support/fast-check.ts';
import { longPatience, patience } from '../../support/patience.ts';
import {
  creditsOf,
  nowMs,
  putAccount,
  sampleAccount,
  sampleAnswer,
  sampleCell,
  sampleTask,
  spend,
  today,
} from '../account-samples.ts';
import { pagesOf } from '../suite/harness.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-write-thread-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** The thread starts with the first commit, and folds without a pause. */
const always = { foldIdleMs: 1, foldCharacters: 1, writeThreadCharacters: 1 };
const credits = 10n ** 12n;
const price = 1_000_000n;
const accountIds = ['a', 'b', 'c', 'd', 'e'];

/** Spends from every account in rounds, until the thread has folded so many slices; returns the number of debits of each account. */
async function spendWhileThreadFolds(store: Store, slices: number, look: (debits: number) => Promise<void>) {
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const before = slicesOf(store);
  let debits = 0;
  while (slicesOf(store) - before < slices) {
    const round = debits;
    const batch = Array.from({ length: 8 }, (_, index) =>
      accountIds.map((accountId) => commit.submit(spend({ accountId, key: `k-${round + index}` }))),
    );
    await Promise.all(batch.flat());
    debits += batch.length;
    await look(debits);
  }
  return debits;
}

function slicesOf(store: Store): number {
  return store.stats().fold_slices_of_thread_total ?? 0;
}

async function expectDebits(store: Store, accountId: string, debits: number): Promise<void> {
  const spent = BigInt(debits) * price;
  expect(creditsOf(await store.readAccount(accountId))).toBe(credits - spent);
  const entries = (await pagesOf((page) => store.listEntries(accountId, page), 500)).flat();
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => debits - index));
  const cells = await store.readCells({
    accountId,
    metric: 'credits',
    dimension: 'model',
    fromDay: today,
    toDay: today + 1,
  });
  expect(cells.map(({ quantity }) => quantity)).toEqual([spent]);
}

it('F21, I9, I22: folds on a thread of its own under load, while every read and every copy has all that was answered', async () => {
  const file = join(folder, 'usage.db');
  const store = createSqliteStore({ file, ...always });
  for (const id of accountIds) await putAccount(store, sampleAccount(id, credits));
  let copied = 0;
  const debits = await spendWhileThreadFolds(store, 120, async (done) => {
    expect((await store.listEntries('a', { limit: 1 })).items[0]?.seq).toBe(done);
    const listed = await store.listAccounts({ limit: 9 });
    expect(listed.items.map(creditsOf)).toEqual(accountIds.map(() => credits - BigInt(done) * price));
    if (slicesOf(store) < 40 || copied > 0) return;
    await store.copyTo?.(join(folder, 'copy.db'));
    copied = done;
  });
  for (const id of accountIds) await expectDebits(store, id, debits);
  await store.close();

  const again = createSqliteStore({ file });
  for (const id of accountIds) await expectDebits(again, id, debits);
  const commit = createGroupCommit({ store: again, schedule: setImmediate });
  expect(await commit.submit(spend({ accountId: 'a', key: 'k-0' }))).toBe('replayed');
  await again.close();
  const copy = createSqliteStore({ file: join(folder, 'copy.db') });
  for (const id of accountIds) await expectDebits(copy, id, copied);
  await copy.close();
}, 120_000);

it('I23: keeps a file for one store while a thread of it folds, also under another name', async () => {
  const file = join(folder, 'usage.db');
  const store = createSqliteStore({ file, ...always });
  onTestFinished(() => store.close());
  for (const id of accountIds) await putAccount(store, sampleAccount(id, credits));
  await spendWhileThreadFolds(store, 1, async () => {});
  for (const name of [file, join(folder, '.', 'usage.db')])
    expect(() => createSqliteStore({ file: name })).toThrow(
      expect.objectContaining({ code: 'held_by_another' }),
    );
  // Neither does SQLite let in a program that knows nothing of us.
  const program = `
    const database = new (require('node:sqlite').DatabaseSync)(process.argv[1], { timeout: 0 });
    database.prepare('SELECT count(*) FROM accounts').get();`;
  const other = spawnSync(process.execPath, ['--eval', program, file], { encoding: 'utf8' });
  expect(other.stderr).toContain('database is locked');
});

it('F2, I25: opens the file again where the thread could not append a row, and has every answer, once', async () => {
  const file = join(folder, 'usage.db');
  const store = createSqliteStore({ file, ...always });
  onTestFinished(() => store.close());
  for (const id of accountIds) await putAccount(store, sampleAccount(id, credits));
  let debits = await spendWhileThreadFolds(store, 1, async () => {});
  // While the log is put into the file a commit would go through the store's own connection.
  vi.spyOn(WriteThread.prototype, 'isCopyingLog', 'get').mockReturnValue(false);
  const told: unknown[] = [];
  store.subscribe((changed) => told.push(changed));
  for (const time of ['once', 'twice']) {
    // Takes the place of a row that the thread is going to append.
    const other = new DatabaseSync(sharedLocation(file), { timeout: 10_000 });
    other.exec(`INSERT INTO journal (id, body, answer_bodies) SELECT max(id) + 1, '[5,[]]', '' FROM journal`);
    other.close();
    const commit = createGroupCommit({ store, schedule: setImmediate });
    const late = accountIds.map((accountId) => commit.submit(spend({ accountId, key: `late-${time}` })));
    for (const outcome of await Promise.allSettled(late))
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });
    // Nothing of what was lost shows, and the same keys are spent now.
    await expect.poll(() => told.filter((each) => each === 'all').length, patience).toBe(1);
    told.length = 0;
    for (const id of accountIds) await expectDebits(store, id, debits);
    const again = accountIds.map((accountId) => commit.submit(spend({ accountId, key: `late-${time}` })));
    expect(await Promise.all(again)).toEqual(accountIds.map(() => 'spent'));
    debits += 1;
    for (const id of accountIds) await expectDebits(store, id, debits);
    // The thread appends and folds again.
    const round = debits;
    for (let more = 0; slicesOf(store) < 3; more++) {
      const keys = accountIds.map((accountId) => spend({ accountId, key: `more-${round}-${more}` }));
      await Promise.all(keys.map((command) => commit.submit(command)));
      debits += 1;
    }
  }
  for (const id of accountIds) await expectDebits(store, id, debits);
});

it('F21: tells that a row is on the disk before it goes on to fold, so that no answer waits for the fold', async () => {
  const file = join(folder, 'usage.db');
  const database = openDatabase(file, { isShared: true });
  onTestFinished(() => {
    database.close();
    releaseShared(file);
  });
  const thread = new WriteThread(file, () => undefined);
  onTestFinished(() => thread.stop());
  await vi.waitFor(() => expect(thread.isReady).toBe(true), patience);
  const told: string[] = [];
  const answers = Array.from({ length: 500 }, (_, index) => sampleAnswer('a', `k-${index}`));
  await Promise.all([
    thread.append({ id: 1, body: '[]', answerBodies: '[]' }).then(() => told.push('appended')),
    thread.fold({ kind: 'answers', answers }, false).then(() => told.push('folded')),
    thread.copyLog().then(() => told.push('copied')),
  ]);
  expect(told).toEqual(['appended', 'folded', 'copied']);
  expect(database.prepare('SELECT count(*) AS count FROM journal').get()).toEqual({ count: 1 });
});

it('F21: lets the log begin at its start again though a caller commits all the while', async () => {
  const file = join(folder, 'usage.db');
  const database = openDatabase(file, { isShared: true });
  onTestFinished(() => {
    database.close();
    releaseShared(file);
  });
  const thread = new WriteThread(file, () => undefined);
  onTestFinished(() => thread.stop());
  await vi.waitFor(() => expect(thread.isReady).toBe(true), patience);
  // The thread puts the log into the file.
  database.exec('PRAGMA wal_autocheckpoint = 0');
  const append = database.prepare(appendSql);
  let id = 0;
  const commit = () => append.run(++id, 'x'.repeat(80_000), '');
  // Each takes ten pages and more.
  while (id < begunAgainPages / 10) commit();
  const began = timesBegun(file);
  let isCopied = false;
  const copied = thread.copyLog().then(() => {
    isCopied = true;
  });
  while (!isCopied) {
    if (!thread.isWriting) commit();
    await nextTurn();
  }
  await copied;
  commit();
  expect(timesBegun(file)).toBeGreaterThan(began);
});

/** How often the log began at its start: https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
function timesBegun(file: string): number {
  return readFileSync(`${file}-wal`).readUInt32BE(12);
}

it('I14: writes answers to their table as they come under load, while all else waits to be folded, and gives them again', async () => {
  const store = createSqliteStore({
    file: join(folder, 'usage.db'),
    writeThreadCharacters: 1,
    // While the test runs nothing else is folded.
    foldIdleMs: 3_600_000,
  });
  onTestFinished(() => store.close());
  for (const id of accountIds) await putAccount(store, sampleAccount(id, credits));
  const fold = vi.spyOn(WriteThread.prototype, 'fold');
  const debits = await spendWhileThreadFolds(store, 3, async () => {});
  expect(new Set(fold.mock.calls.map(([work]) => work.kind))).toEqual(new Set(['answers']));
  const commit = createGroupCommit({ store, schedule: setImmediate });
  for (const key of ['k-0', `k-${debits - 1}`])
    expect(await commit.submit(spend({ accountId: 'a', key }))).toBe('replayed');
  for (const id of accountIds) await expectDebits(store, id, debits);
});

it('goes on without a thread where none can be started', async () => {
  const ended = Promise.withResolvers<void>();
  const thread = new WriteThread(join(folder, 'missing', 'usage.db'), ended.resolve);
  await ended.promise;
  expect(thread.isReady).toBe(false);
  expect(thread.hasEnded).toBe(true);
  expect(thread.isWriting).toBe(false);
  thread.waitNow();
  await thread.stop();
});

it('I22: folds each change once, whether the thread writes a step, fails, or ends after it has written', async () => {
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('commit' as const),
        cells: fc.constantFrom(1, 4, leftMax + 1),
        task: fc.nat(3),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('step' as const),
        ends: fc.constantFrom('written', 'failed', 'written and unknown'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('end and start again' as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const database = new DatabaseSync(':memory:');
      for (const migration of migrations) database.exec(migration);
      const expected = { cells: new Map<string, bigint>(), tasks: new Map<string, string>() };
      let run: { journal: Journal; steps: Generator<FoldStep> | undefined } = start(database);
      let commits = 0;
      const commit = (cells: number, task: number) => {
        commits += 1;
        const changes = new AccountChanges('a');
        for (let index = 0; index < cells; index++) {
          const cell = { metric: `metric-${index}`, dimension: 'agent', value: `v-${index}`, quantity: 1n };
          const ofPart = index % 2 === 0 ? {} : { hour: index % 24, memberId: 'ann' };
          changes.cells.add({ ...sampleCell('a', cell), ...ofPart });
          expected.cells.set(cell.value, (expected.cells.get(cell.value) ?? 0n) + 1n);
        }
        const agentId = `agent-${commits}`;
        changes.tasks = new Map([[`t-${task}`, sampleTask('a', `t-${task}`, { dimensions: { agentId } })]]);
        changes.usage.push({ atMs: nowMs, id: `u-${commits}`, body: '[1]', entrySeq: null, entry: null });
        expected.tasks.set(`t-${task}`, agentId);
        run.journal.commit(new Map([['a', changes]]));
      };
      for (const each of steps) {
        if (each.do === 'commit') commit(each.cells, each.task);
        else if (each.do === 'end and start again') run = start(database);
        else {
          run.steps ??= run.journal.foldSteps();
          const next = run.steps.next();
          if (next.done === true) run.steps = undefined;
          else {
            const thread = threadThat(each.ends, database);
            const folded = run.journal.runApart(next.value, thread).catch(() => {
              run.steps = undefined;
            });
            // While the step is under way, the same account and the same task change.
            commit(1, 0);
            thread.go();
            await folded;
          }
        }
        for (const [id, agentId] of expected.tasks)
          expect(agentOf(run.journal, database, id), `${each.do} ${id}`).toBe(agentId);
      }
      for (const _slice of run.journal.foldInSlices());
      for (const _slice of run.journal.foldInSlices());
      const rows = database.prepare('SELECT value, quantity FROM cells').all();
      const usage = database.prepare('SELECT count(*) AS count FROM usage').get();
      const tasks = database.prepare('SELECT id, agent_id FROM tasks').all();
      database.close();
      expect(new Map(rows.map(({ value, quantity }) => [value, BigInt(Number(quantity))]))).toEqual(
        expected.cells,
      );
      expect(usage).toEqual({ count: commits });
      expect(new Map(tasks.map((row) => [row.id, row.agent_id]))).toEqual(expected.tasks);
    }),
    { numRuns: 40 },
  );
});

function start(database: DatabaseSync): { journal: Journal; steps: undefined } {
  const journal = new Journal(database);
  for (const _slice of journal.recoverInSlices());
  return { journal, steps: undefined };
}

/** In place of the thread: does what it is asked to once `go` is called. */
function threadThat(ends: string, database: DatabaseSync) {
  const writer = new FoldWriter(database);
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    go: resolve,
    async fold(work: FoldWork): Promise<FoldOutcome> {
      // As it arrives on another thread.
      const sent = unpackWork(structuredClone(packWork(work)));
      expect(sent).toEqual(work);
      await promise;
      if (ends === 'failed') throw new Error('The disk is full.');
      const outcome = writer.write(sent);
      if (ends !== 'written') throw new Error('The thread has ended.');
      return outcome;
    },
  };
}

/** The agent of the task as a read by its id finds it. */
function agentOf(journal: Journal, database: DatabaseSync, id: string): unknown {
  const waiting = journal.unfolded.tasks.get('a', id);
  if (waiting !== undefined) return waiting.dimensions.agentId;
  return database.prepare('SELECT agent_id FROM tasks WHERE id = ?').get(id)?.agent_id;
}

it('F22: is stopped while it starts or has just answered, and keeps its process until it has', async () => {
  const file = join(folder, 'usage.db');
  await createSqliteStore({ file }).close();
  const module = new URL('../../../server/src/store/sqlite/journal/write-thread.ts', import.meta.url).href;
  const program = `
    const { WriteThread } = await import(${JSON.stringify(module)});
    const starting = new WriteThread(process.argv[1], () => {});
    await starting.stop();
    const ready = new WriteThread(process.argv[1], () => {});
    while (ready.isStarting) await new Promise((resolve) => setTimeout(resolve, 1));
    await Promise.all([ready.copyLog(), ready.stop()]);
    process.stdout.write('stopped');`;
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    ['--conditions=source', '--input-type=module', '--eval', program, file],
    { encoding: 'utf8', timeout: longPatience.timeout },
  );
  expect([stdout, status, stderr]).toEqual(['stopped', 0, '']);
});
