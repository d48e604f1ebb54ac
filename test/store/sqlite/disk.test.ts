import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import { patience } from '../../support/patience.ts';
import { creditsOf, putAccount, sampleAccount, spend } from '../account-samples.ts';

// What SQLite would wait for itself, the store waits for apart from the thread that decides, or on it where a command is alone.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-disk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A disk whose flushes end when they are told to. */
function heldDisk() {
  const flushes: PromiseWithResolvers<void>[] = [];
  return {
    flushes,
    isHeld: false,
    sync(): Promise<void> {
      if (!this.isHeld) return Promise.resolve();
      const flush = Promise.withResolvers<void>();
      flushes.push(flush);
      return flush.promise;
    },
  };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

it('F2, I25: answers a write when the disk has it and not before, and tells of it only then', async () => {
  const disk = heldDisk();
  const store = createSqliteStore({ file: join(folder, 'usage.db'), disk });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('a', 5_000_000n));
  const told: unknown[] = [];
  store.subscribe((changed) => told.push(changed));
  disk.isHeld = true;
  let answered = 0;
  const writes = ['k1', 'k2', 'k3'].map((key) => {
    const { needs, decide } = spend({ accountId: 'a', key });
    return store.write(needs, decide).then((result) => {
      answered += 1;
      return result;
    });
  });
  await turns();
  expect(answered).toBe(0);
  expect(told).toEqual([]);
  // The first one's flush may have begun before the others were written; these share the next one.
  expect(disk.flushes).toHaveLength(1);
  disk.flushes[0]?.resolve();
  await turns();
  expect(answered).toBe(1);
  expect(disk.flushes).toHaveLength(2);
  disk.flushes[1]?.resolve();
  expect(await Promise.all(writes)).toEqual(['spent', 'spent', 'spent']);
  expect(told).toHaveLength(3);
  disk.isHeld = false;
});

it('F2, I25: answers a change of a webhook endpoint when the disk has it and not before', async () => {
  const disk = heldDisk();
  const store = createSqliteStore({ file: join(folder, 'usage.db'), disk });
  onTestFinished(() => store.close());
  const endpoint = {
    id: 'w-1',
    url: 'https://host.test/hook',
    types: null,
    label: '',
    secrets: [],
    createdAtMs: 0,
  };
  disk.isHeld = true;
  let answered = 0;
  const changes = [() => store.putWebhookEndpoint(endpoint), () => store.deleteWebhookEndpoint('w-1')];
  for (const [index, change] of changes.entries()) {
    const changed = change().then(() => {
      answered += 1;
    });
    await turns();
    expect(answered).toBe(index);
    disk.flushes[index]?.resolve();
    await changed;
  }
  expect(disk.flushes).toHaveLength(2);
  disk.isHeld = false;
});

it('F2, I25: serves nothing once the disk failed, so that no later answer stands on what may be lost, until the file was opened again', async () => {
  const disk = heldDisk();
  const file = join(folder, 'usage.db');
  const store = createSqliteStore({ file, disk });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('a', 5_000_000n));
  const told: unknown[] = [];
  store.subscribe((changed) => told.push(changed));
  disk.isHeld = true;
  const first = spend({ accountId: 'a', key: 'k1' });
  const second = spend({ accountId: 'a', key: 'k2' });
  const writes = [store.write(first.needs, first.decide), store.write(second.needs, second.decide)];
  await turns();
  disk.flushes[0]?.reject(new Error('EIO'));
  for (const write of await Promise.allSettled(writes))
    expect(write).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });
  // The same key would be answered from memory otherwise, without being on the disk.
  await expect(store.write(first.needs, first.decide)).rejects.toThrow(/disk did not take a commit/);
  await expect(store.readAccount('a')).rejects.toBeInstanceOf(StoreUnavailableError);
  await expect(store.probe()).rejects.toBeInstanceOf(StoreUnavailableError);
  // It is opened again only where the disk takes what there is.
  await expect.poll(() => disk.flushes.length, patience).toBe(2);
  await expect(store.readAccount('a')).rejects.toBeInstanceOf(StoreUnavailableError);
  expect(told).toEqual([]);
  disk.flushes[1]?.reject(new Error('EIO'));
  await expect.poll(() => disk.flushes.length, patience).toBe(3);
  disk.isHeld = false;
  disk.flushes[2]?.resolve();
  await expect.poll(() => told, patience).toEqual(['all']);
  const results = [];
  for (const { needs, decide } of [first, second]) results.push(await store.write(needs, decide));
  expect(results.every((result) => result === 'spent' || result === 'replayed')).toBe(true);
  expect(creditsOf(await store.readAccount('a'))).toBe(3_000_000n);
});

it('F2, I25: puts the log into the file after a failed flush, since the system may have dropped what it took, and answers then', async () => {
  const disk = heldDisk();
  const file = join(folder, 'usage.db');
  const store = createSqliteStore({ file, disk, foldIdleMs: 1e9 });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('a', 5_000_000n));
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  disk.isHeld = true;
  const lost = spend({ accountId: 'a', key: 'k1' });
  const write = store.write(lost.needs, lost.decide);
  await turns();
  disk.isHeld = false;
  disk.flushes[0]?.reject(new Error('EIO'));
  await expect(write).rejects.toBeInstanceOf(StoreUnavailableError);
  await expect
    .poll(
      () =>
        store.readAccount('a').then(
          () => true,
          () => false,
        ),
      patience,
    )
    .toBe(true);
  // Without its log the file has what was answered.
  const copy = join(folder, 'copy.db');
  copyFileSync(file, copy);
  const written = createSqliteStore({ file: copy });
  onTestFinished(() => written.close());
  expect(creditsOf(await written.readAccount('a'))).toBeGreaterThanOrEqual(4_000_000n);
});

/** A disk that is quick, whatever else the machine does, and says how it was waited for. */
function quickDisk() {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const waited: ('apart' | 'here')[] = [];
  return {
    waited,
    fails: false,
    async sync(): Promise<void> {
      waited.push('apart');
    },
    syncNow(): void {
      waited.push('here');
      if (this.fails) throw new Error('EIO');
    },
  };
}

it('F2, I25: waits for a quick disk on the deciding thread where a command is alone, and apart where several share a flush', async () => {
  const disk = quickDisk();
  const store = createSqliteStore({ file: join(folder, 'usage.db'), disk });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('a', 5_000_000n));
  disk.waited.length = 0;
  const alone = spend({ accountId: 'a', key: 'k1' });
  expect(await store.write(alone.needs, alone.decide)).toBe('spent');
  expect(disk.waited).toEqual(['here']);
  const commit = createGroupCommit({ store, schedule: setImmediate });
  await Promise.all(
    ['k2', 'k3'].map((key) =>
      commit.submit({ ...spend({ accountId: 'a', key }), priority: 'gate', rows: 2 }),
    ),
  );
  expect(disk.waited).toEqual(['here', 'apart']);
});

it('F2, I25: serves nothing once a flush on the deciding thread failed, until the file was opened again', async () => {
  const disk = quickDisk();
  const store = createSqliteStore({ file: join(folder, 'usage.db'), disk });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('a', 5_000_000n));
  disk.fails = true;
  const { needs, decide } = spend({ accountId: 'a', key: 'k1' });
  await expect(store.write(needs, decide)).rejects.toBeInstanceOf(StoreUnavailableError);
  expect(disk.waited.at(-1)).toBe('here');
  await expect(store.readAccount('a')).rejects.toBeInstanceOf(StoreUnavailableError);
  disk.fails = false;
  await expect.poll(() => store.write(needs, decide).catch(String), patience).toMatch(/^(spent|replayed)$/);
  expect(creditsOf(await store.readAccount('a'))).toBe(4_000_000n);
});
