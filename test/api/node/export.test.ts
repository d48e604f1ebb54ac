import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportManifest } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { CommandLine, usagekit } from '../support/command-line.ts';

const key = 'sk_test_of-the-exports';
const folder = mkdtempSync(join(tmpdir(), 'usagekit-export-'));
const database = join(folder, 'usage.sqlite');

beforeAll(async () => {
  const server = await serve({
    port: 0,
    databaseFile: database,
    catalog: smallCatalogConfig,
    secretKeys: [key],
  });
  const send = async (method: string, path: string, body: unknown) => {
    const answered = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    });
    expect(answered.ok).toBe(true);
  };
  await send('PUT', '/v1/accounts/acme', { name: 'Acme' });
  await send('POST', '/v1/tasks', {
    id: 't1',
    accountId: 'acme',
    name: 'One\r\n"two", three',
    status: 'in_progress',
  });
  await send('POST', '/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 3 }] });
  const events = Array.from({ length: 900 }, (_, index) => ({
    id: `é-${index}`,
    accountId: 'acme',
    items: [{ metric: 'exports', quantity: '1' }],
  }));
  await send('POST', '/v1/events', { events });
  await server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...line: string[]) => usagekit(['export', 'acme', '--database', database, ...line]);

describe('usagekit export', () => {
  it('F19: prints the rows of a dataset, each whole, also where a cell has line breaks', async () => {
    const tasks = await run('--what', 'tasks');
    expect(tasks.code).toBe(0);
    expect(tasks.out).toContain('t1,"One\r\n""two"", three",in_progress');
    const events = await run('--what', 'events', '--format', 'jsonl');
    const ids = events.out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { eventId: string | null }).eventId);
    expect(ids).toHaveLength(901);
    expect(ids).toContain('é-899');
    const usage = await run('--what', 'usage');
    expect(usage.out.split('\n').map((line) => line.split(',').slice(1).join(' '))).toContain('exports 900');
  });

  it('F19: writes all of it to a folder, with a manifest that every file agrees with', async () => {
    const target = join(folder, 'taken-out');
    const { code, err } = await run('--what', 'all', '--out', `${target}/`, '--format', 'csv');
    expect(code).toBe(0);
    expect(err).toMatch(/9 files, \d+ rows/);
    const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as ExportManifest;
    expect(readdirSync(target).sort()).toEqual(
      [...manifest.files.map(({ name }) => name), 'manifest.json'].sort(),
    );
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = readFileSync(join(target, name));
      expect([name, content.byteLength]).toEqual([name, bytes]);
      expect([name, createHash('sha256').update(content).digest('hex')]).toEqual([name, sha256]);
    }
    const rows = Object.fromEntries(manifest.files.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ 'account.csv': 1, 'events.csv': 901, 'tasks.csv': 1, 'invoices.csv': 0 });
  });

  it('F19: writes all of it as one archive, to a file or to a pipe', async () => {
    const file = join(folder, 'acme.zip');
    expect((await run('--what', 'all', '--out', file)).code).toBe(0);
    const line = new CommandLine(() => folder);
    const piped = line.run(['export', 'acme', '--what', 'all', '--database', database]);
    const parts: Buffer[] = [];
    piped.child.stdout?.on('data', (part: Buffer) => parts.push(part));
    expect((await piped.ended).code).toBe(0);
    for (const bytes of [readFileSync(file), Buffer.concat(parts)]) {
      const names = Object.keys(unzipSync(new Uint8Array(bytes)));
      expect(names).toContain('events.jsonl');
      expect(names.at(-1)).toBe('manifest.json');
    }
  });

  it('F19: says how it is typed right, and leaves no half file where the account is not there', async () => {
    expect((await run('--what', 'secrets')).err).toContain('is none of account, members, usage');
    expect((await run('--format', 'xml')).err).toContain('neither csv nor jsonl');
    const file = join(folder, 'nobody.csv');
    writeFileSync(file, 'before');
    const nobody = await usagekit(['export', 'nobody', '--database', database, '--out', file]);
    expect(nobody.code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('before');
  });
});
