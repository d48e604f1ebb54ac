import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportManifest } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import { unzipSync } from 'fflate';
import { asyncBufferFromFile, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { ParquetWriter } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeParquet } from '../../../server/src/node/exports/write-parquet.ts';
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

  it('F19: writes Parquet with instants, exact amounts, and each row as JSON Lines have it', async () => {
    const to = join(folder, 'parquet/');
    const exported = await run('--what', 'all', '--format', 'parquet', '--out', to);
    expect([exported.code, exported.err]).toEqual([0, expect.stringContaining('9 files')]);
    const manifest: ExportManifest = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8'));
    for (const dataset of ['events', 'ledger', 'usage'] as const) {
      const lines = await run('--what', dataset, '--format', 'jsonl');
      const expected = lines.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const file = await asyncBufferFromFile(join(to, `${dataset}.parquet`));
      const rows = await parquetReadObjects({ file });
      expect(rows.map(({ row }) => row)).toEqual(expected);
      expect(manifest.files.find(({ name }) => name === `${dataset}.parquet`)?.rows).toBe(expected.length);
      for (const [index, { at, charge, amount, balance_after: balance }] of rows.entries()) {
        const row = expected[index];
        if (at !== undefined) expect(at).toEqual(new Date(row.at));
        if (charge !== undefined) expect(charge).toBe(Number(row.charge));
        if (amount !== undefined)
          expect([amount, balance]).toEqual([Number(row.amount), Number(row.balanceAfter)]);
      }
    }
  });

  it('F19: writes amounts to Parquet that a float does not hold, in groups of rows as they are read', async () => {
    let pages = 0;
    async function* rows() {
      for (; pages < 30; pages += 1)
        yield Array.from({ length: 500 }, (_, index) => [`${pages}-${index}`, '900719925474.099301', null]);
    }
    const body = writeParquet(
      [
        { name: 'id', kind: 'text' },
        { name: 'amount', kind: 'amount' },
        { name: 'at', kind: 'instant' },
      ],
      rows(),
    );
    const writtenHere = vi.spyOn(ParquetWriter.prototype, 'write');
    const reader = body.getReader();
    const chunks: Uint8Array[] = [];
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      // What comes out was made of the rows that were read for it, and no others were.
      expect(pages).toBeLessThanOrEqual(chunks.length * 10);
    }
    // Another thread writes a group, which takes long.
    expect(writtenHere).not.toHaveBeenCalled();
    writtenHere.mockRestore();
    const bytes = Buffer.concat(chunks);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const metadata = parquetMetadata(file);
    expect([metadata.num_rows, metadata.row_groups.length]).toEqual([15_000n, 3]);
    const amount = metadata.schema.find(({ name }) => name === 'amount');
    expect(amount).toMatchObject({ converted_type: 'DECIMAL', precision: 38, scale: 6 });
    const unscaled = Buffer.alloc(16);
    unscaled.writeBigInt64BE(900_719_925_474_099_301n, 8);
    expect(bytes.includes(unscaled)).toBe(true);
  });

  it('F19: reads no more rows for Parquet once its reader has left', async () => {
    let pages = 0;
    let isEnded = false;
    async function* rows() {
      try {
        for (; pages < 1_000; pages += 1)
          yield Array.from({ length: 500 }, (_, index) => [`${pages}-${index}`]);
      } finally {
        isEnded = true;
      }
    }
    const reader = writeParquet([{ name: 'id', kind: 'text' }], rows()).getReader();
    await reader.read();
    await reader.cancel();
    expect(isEnded).toBe(true);
    expect(pages).toBeLessThan(20);
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
    for (const name of readdirSync(target))
      expect([name, statSync(join(target, name)).mode & 0o077]).toEqual([name, 0]);
    const rows = Object.fromEntries(manifest.files.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ 'account.csv': 1, 'events.csv': 901, 'tasks.csv': 1, 'invoices.csv': 0 });
  });

  it('F19: writes all of it as one archive, to a file or to a pipe', async () => {
    const file = join(folder, 'acme.zip');
    expect((await run('--what', 'all', '--out', file)).code).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
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

  it('F20: ends well where its reader has seen enough of very much', async () => {
    const commands = new CommandLine(() => folder);
    const { child, ended } = commands.run(['export', 'acme', '--what', 'usage', '--database', database]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, err } = await ended;
    expect([code, err]).toEqual([0, '']);
  });

  it('F19: says how it is typed right, and leaves no half file where the account is not there', async () => {
    expect((await run('--what', 'secrets')).err).toContain('is none of account, members, usage');
    expect((await run('--format', 'xml')).err).toContain('none of csv, jsonl, parquet');
    const file = join(folder, 'nobody.csv');
    writeFileSync(file, 'before');
    const nobody = await usagekit(['export', 'nobody', '--database', database, '--out', file]);
    expect(nobody.code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('before');
  });
});
