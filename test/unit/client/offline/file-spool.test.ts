import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Spool, SpoolEntry } from '@usagekit/server/client';
import { openFileSpool, SpoolOpenError } from '@usagekit/server/client/spool';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let directory: string;
const open: Spool[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usagekit-spool-'));
});
afterEach(async () => {
  for (const spool of open.splice(0)) await spool.close();
  rmSync(directory, { recursive: true });
});

async function openSpool(bytesMax?: number): Promise<Spool> {
  const spool = await openFileSpool({ directory, ...(bytesMax === undefined ? {} : { bytesMax }) });
  open.push(spool);
  return spool;
}

const entryOf = (key: string): Omit<SpoolEntry, 'number'> => ({
  key: 'POST /v1/consume',
  sent: { body: { accountId: 'acme', items: [] } },
  idempotencyKey: key,
  at: '2026-06-10T12:00:00.000Z',
});
const keysOf = (spool: Spool) => Array.from(spool.pending(), ({ idempotencyKey }) => idempotencyKey);
const file = () => join(directory, 'spool.jsonl');

describe('F15: the spool on disk', () => {
  it('keeps entries in their order over a restart, without those that were removed', async () => {
    const first = await openSpool();
    const entries = await Promise.all(['a', 'b', 'c', 'd'].map((key) => first.append(entryOf(key))));
    const [, second] = entries;
    if (second !== undefined) await first.remove(second);
    await first.close();
    open.length = 0;
    expect(keysOf(await openSpool())).toEqual(['a', 'c', 'd']);
  });

  it('drops a line that a crash cut off, and takes what comes after it', async () => {
    const first = await openSpool();
    await first.append(entryOf('a'));
    await first.close();
    open.length = 0;
    appendFileSync(file(), '{"format":1,"entry":{"number":2,"key":"POST /v1/con');
    const second = await openSpool();
    await second.append(entryOf('b'));
    expect(keysOf(second)).toEqual(['a', 'b']);
    await second.close();
    open.length = 0;
    expect(keysOf(await openSpool())).toEqual(['a', 'b']);
  });

  it('refuses a file that is no spool, and leaves it as it is', async () => {
    writeFileSync(file(), 'something else\n');
    await expect(openSpool()).rejects.toThrow(SpoolOpenError);
    expect(readFileSync(file(), 'utf8')).toBe('something else\n');
  });

  it('belongs to one process: a second opening is refused, a lock that was left is taken over', async () => {
    await openSpool();
    await expect(openSpool()).rejects.toThrow(/open in this process already/);
    for (const spool of open.splice(0)) await spool.close();
    writeFileSync(join(directory, 'lock'), '1');
    await expect(openSpool()).rejects.toThrow(/belongs to the process 1/);
    writeFileSync(join(directory, 'lock'), '999999999');
    expect(keysOf(await openSpool())).toEqual([]);
  });

  it('does not grow with what has been sent', async () => {
    const spool = await openSpool();
    for (let round = 0; round < 50; round += 1)
      await spool.remove(await spool.append(entryOf(`key-${round}`)));
    expect(readFileSync(file(), 'utf8')).toBe('');
    expect(spool.pendingBytes).toBe(0);
  });

  it('keeps all that it has promised when its process is killed in the middle of writing', async () => {
    const writer = fileURLToPath(new URL('./spool-writer.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=source', writer, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8');
    for await (const piece of child.stdout) {
      told += piece;
      if (told.split('\n').length > 200) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const promised = told.split('\n').slice(0, -1);
    const kept = new Set(keysOf(await openSpool()));
    expect(promised.length).toBeGreaterThan(100);
    expect(promised.filter((key) => !kept.has(key))).toEqual([]);
  });
});
