import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createApp } from '@usagekit/server/app';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { WriteThread } from '../../../server/src/store/sqlite/journal/write-thread.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { assertReconciled } from '../../support/assert-reconciled.ts';
import {
  catalog,
  eraseMember,
  figuresOf,
  fillAccount,
  secretKey,
  senderTo,
  startMs,
  traces,
} from './filled-account.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-overwrite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'usagekit.sqlite');
const bytes = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
const found = () => traces.filter((trace) => bytes().includes(trace));

/** Leaves names in pages that are free now and in the unused space of others, as versions before left them. */
async function deleteNamesOfBefore(): Promise<void> {
  await createSqliteStore({ file }).close();
  const database = new DatabaseSync(file);
  const put = database.prepare('INSERT INTO activity (account_id, at_ms, id, body) VALUES (?, ?, ?, ?)');
  database.exec('BEGIN');
  for (let index = 0; index < 20_000; index++)
    put.run('acme', index, `a-${index}`, `${traces.join(' ')} ${'x'.repeat(400)}`);
  database.exec(`COMMIT; DELETE FROM activity; PRAGMA wal_checkpoint(TRUNCATE);`);
  database.close();
}

it('F19, F24, I23, I28: a name is in no byte of a file that a version before wrote, and others read and write while it is overwritten', async () => {
  await deleteNamesOfBefore();
  expect(found()).toEqual(traces);
  const store = createSqliteStore({ file });
  onTestFinished(() => store.close());
  let ids = 0;
  const app = createApp({
    store,
    clock: { nowMs: () => startMs },
    newId: () => `id-${(ids++).toString().padStart(8, '0')}`,
    catalog,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
  });
  const send = senderTo((request) => app.fetch(request));
  await fillAccount(send, 'acme');
  const before = await figuresOf(send, 'acme');

  let slices = 0;
  const { overwrite } = WriteThread.prototype;
  vi.spyOn(WriteThread.prototype, 'overwrite').mockImplementation(function (this: WriteThread, ...given) {
    slices += 1;
    return overwrite.apply(this, given);
  });
  const erasing = eraseMember(send, 'acme');
  let isDone = false;
  void erasing.then(() => {
    isDone = true;
  });
  /** After how many slices a write was answered. */
  const answeredAfter = new Set<number>();
  while (!isDone) {
    if (slices > 0) {
      const { status } = await send('PUT', '/v1/accounts/other', { name: `Other ${answeredAfter.size}` });
      expect([200, 201]).toContain(status);
      expect((await send('GET', '/v1/accounts/acme')).status).toBe(200);
      answeredAfter.add(slices);
    }
    await nextTurn();
  }
  const { body: proof } = await erasing;
  expect([proof.status, proof.traces]).toEqual(['done', 'none']);
  expect(answeredAfter.size).toBeGreaterThan(1);
  // The bytes were written by a descriptor of the process; to close it would have let go of SQLite's lock, as reading the file here does.
  const look = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}).exec('SELECT 1 FROM accounts')`;
  const { stderr } = spawnSync(process.execPath, ['-e', look], { encoding: 'utf8' });
  expect(stderr).toContain('database is locked');
  expect(found()).toEqual([]);
  expect(await figuresOf(send, 'acme')).toEqual(before);
  await app.close();
  await assertReconciled(store);
});
