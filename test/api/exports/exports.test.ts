import { createHash } from 'node:crypto';
import type { ExportManifest, LedgerEntry, Page, Task } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeArchive } from '../../../server/src/node/exports/write-archive.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const path = (dataset: string, query = '') => `/v1/accounts/acme/export/${dataset}${query}`;

/** An account with some of everything. */
async function usedAccount(store?: Store): Promise<TestServer> {
  const server = createTestServer({ writeArchive, ...(store && { store }) });
  await server.account('acme', { name: '=HYPERLINK("http://evil")' });
  await server.member('acme', 'ana', { name: 'Ana "A", Ltd', role: 'owner' });
  await server.post('/v1/consume', {
    accountId: 'acme',
    memberId: 'ana',
    items: [
      { tool: 'search', calls: 3 },
      { metric: 'emails', quantity: '2' },
    ],
  });
  await server.post('/v1/events', {
    events: [
      { id: '+cmd|calc', accountId: 'acme', items: [{ metric: 'calls', quantity: '4' }], source: '@import' },
    ],
  });
  await server.post('/v1/tasks', {
    id: 't1',
    accountId: 'acme',
    name: 'Line one\nline two',
    status: 'in_progress',
  });
  await server.post('/v1/accounts/acme/grants', { amount: '7.5', reason: '-2+3' });
  return server;
}

function rowsOf(csv: string): string[] {
  return csv
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1);
}

const jsonRows = <Row>(text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

describe('GET /v1/accounts/{id}/export/{dataset}', () => {
  it('F19: gives usage, events, tasks, ledger and invoices as CSV and as JSON Lines', async () => {
    const server = await usedAccount();
    for (const dataset of [
      'account',
      'members',
      'usage',
      'events',
      'tasks',
      'ledger',
      'invoices',
      'charges',
      'activity',
    ]) {
      const csv = await server.get(path(dataset));
      expect([dataset, csv.status, csv.headers.get('content-type')]).toEqual([
        dataset,
        200,
        'text/csv; charset=utf-8',
      ]);
      const jsonl = await server.get(path(dataset, '?format=jsonl'));
      expect(jsonl.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
      const rows = jsonRows(jsonl.text).length;
      // A task's name has a line break in its cell.
      if (dataset !== 'tasks') expect([dataset, rowsOf(csv.text).length - 1]).toEqual([dataset, rows]);
    }
    const usage = await server.get(path('usage'));
    expect(rowsOf(usage.text)).toEqual([
      'day,metric,quantity',
      '2026-06-10,credits,6',
      '2026-06-10,emails,2',
      '2026-06-10,calls,4',
    ]);
    expect((await server.get(path('secrets'))).status).toBe(404);
    expect((await server.get('/v1/accounts/nobody/export/ledger')).status).toBe(404);
  });

  it('F19: tells the ledger and tasks as their lists do, and events with counts, lines and what paid', async () => {
    const server = await usedAccount();
    const listed = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
    const ledger = jsonRows<LedgerEntry>((await server.get(path('ledger', '?format=jsonl'))).text);
    expect(ledger.map(({ id, amount, balanceAfter }) => [id, amount, balanceAfter])).toEqual(
      listed.body.items.map(({ id, amount, balanceAfter }) => [id, amount, balanceAfter]),
    );
    const tasks = await server.get<Page<Task>>('/v1/tasks?accountId=acme');
    expect(jsonRows((await server.get(path('tasks', '?format=jsonl'))).text)).toEqual(tasks.body.items);
    const events = jsonRows<{ charge: string; counts: object[]; lines: object[]; grants: object[] }>(
      (await server.get(path('events', '?format=jsonl'))).text,
    );
    expect(events[0]).toMatchObject({ eventId: '+cmd|calc', charge: '0' });
    expect(events[1]).toMatchObject({
      eventId: null,
      memberId: 'ana',
      charge: '6',
      lines: [{ kind: 'tool', ref: 'search', quantity: '3', amount: '6' }],
      grants: [{ amount: '6' }],
    });
    expect(events[1]?.counts).toContainEqual({ metric: 'emails', quantity: '2' });
  });

  it('F19: disarms every cell that a spreadsheet would run as a formula', async () => {
    const server = await usedAccount();
    const texts = await Promise.all(
      ['account', 'members', 'events', 'ledger', 'activity'].map(
        async (dataset) => (await server.get(path(dataset))).text,
      ),
    );
    // Numbers keep their sign; whatever else begins as a formula does is text.
    for (const text of texts) for (const row of rowsOf(text)) expect(row).not.toMatch(/(^|,)"?[=+@]/);
    expect(texts.join('')).toContain("'=HYPERLINK");
    expect(texts.join('')).toContain("'+cmd|calc");
    expect(texts.join('')).toContain("'-2+3");
  });

  it('F19: holds one page in memory, reads none before it is asked for, and stops where the reader goes away', async () => {
    const store = createMemoryStore();
    let pages = 0;
    const counting = new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        if (name === 'listUsage') pages += 1;
        return value.bind(target);
      },
    });
    const server = createTestServer({ store: counting });
    await server.account('acme');
    for (let batch = 0; batch < 3; batch++)
      await server.post('/v1/events', {
        events: Array.from({ length: 1_000 }, (_, index) => ({
          id: `e-${batch}-${index}`,
          accountId: 'acme',
          items: [{ metric: 'calls', quantity: '1' }],
        })),
      });
    const ask = () =>
      server.app.fetch(
        new Request(`http://usage.test${path('events', '?format=jsonl')}`, {
          headers: { authorization: 'Bearer sk_test_for-these-tests-only' },
        }),
      );
    pages = 0;
    const left = (await ask()).body?.getReader();
    expect(pages).toBe(0);
    const { value } = (await left?.read()) ?? {};
    expect(jsonRows(new TextDecoder().decode(value)).length).toBe(500);
    expect(pages).toBe(1);
    await left?.cancel();
    expect(pages).toBe(1);
    expect(jsonRows(await (await ask()).text()).length).toBe(3_000);
  });

  it('F19: gives only what lies between two instants, half-open', async () => {
    const server = await usedAccount();
    server.clock.advance(86_400_000);
    await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] });
    const day = '2026-06-11T00:00:00.000Z';
    for (const dataset of ['events', 'ledger', 'usage']) {
      const all = jsonRows((await server.get(path(dataset, '?format=jsonl'))).text).length;
      const since = jsonRows((await server.get(path(dataset, `?format=jsonl&from=${day}`))).text).length;
      const before = jsonRows((await server.get(path(dataset, `?format=jsonl&to=${day}`))).text).length;
      expect([dataset, since]).toEqual([dataset, 1]);
      expect([dataset, since + before]).toEqual([dataset, all]);
    }
    expect((await server.get(path('ledger', '?from=yesterday'))).status).toBe(400);
  });

  it('F19: is for the backend alone', async () => {
    const server = await usedAccount();
    const owner = await server.token({ accountId: 'acme', memberId: 'ana' });
    expect((await server.get(path('ledger'), owner)).status).toBe(403);
    expect((await server.get('/v1/accounts/acme/export', owner)).status).toBe(403);
  });
});

describe('GET /v1/accounts/{id}/export', () => {
  it('F19: is one archive of all that is kept, with a manifest that every file agrees with', async () => {
    const server = await usedAccount();
    for (const format of ['jsonl', 'csv']) {
      const answered = await server.app.fetch(
        new Request(`http://usage.test/v1/accounts/acme/export?format=${format}`, {
          headers: { authorization: 'Bearer sk_test_for-these-tests-only' },
        }),
      );
      expect(answered.headers.get('content-type')).toBe('application/zip');
      const files = unzipSync(new Uint8Array(await answered.arrayBuffer()));
      const { 'manifest.json': manifestBytes = new Uint8Array(), ...rest } = files;
      const manifest = JSON.parse(new TextDecoder().decode(manifestBytes)) as ExportManifest;
      expect(manifest).toMatchObject({
        format: 'usagekit-export',
        version: 1,
        accountId: 'acme',
        madeAt: '2026-06-10T12:00:00.000Z',
      });
      expect(manifest.files.map(({ name }) => name)).toEqual(Object.keys(rest));
      for (const { name, bytes, sha256, rows } of manifest.files) {
        const content = rest[name] ?? new Uint8Array();
        expect([name, content.byteLength]).toEqual([name, bytes]);
        expect([name, createHash('sha256').update(content).digest('hex')]).toEqual([name, sha256]);
        const text = new TextDecoder().decode(content);
        if (format === 'jsonl') expect([name, jsonRows(text).length]).toEqual([name, rows]);
        const alone = await server.get(path(name.replace(`.${format}`, ''), `?format=${format}`));
        expect([name, alone.text.replace(/^\uFEFF/, '')]).toEqual([name, text.replace(/^\uFEFF/, '')]);
      }
      expect(manifest.files.find(({ name }) => name.startsWith('events'))?.rows).toBe(2);
    }
  });

  it('F19: is compressed while it is read, breaks where a file breaks, and reads no further once its reader has left', async () => {
    const about = {
      format: 'usagekit-export',
      version: 1,
      accountId: 'acme',
      madeAt: '2026-06-10T12:00:00.000Z',
      serverVersion: '1',
    } as const;
    const encoder = new TextEncoder();
    const line = encoder.encode(`{"metric":"emails","quantity":"1"}\n`.repeat(2_000));
    let pulled = 0;
    let cancelled = 0;
    const big = (pieces: number, breaks = false) => ({
      name: 'events.jsonl',
      rows: () => 0,
      body: new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            pulled += 1;
            if (pulled <= pieces) controller.enqueue(line);
            else if (breaks) controller.error(new Error('The database is gone'));
            else controller.close();
          },
          cancel() {
            cancelled += 1;
          },
        },
        { highWaterMark: 0 },
      ),
    });
    async function* only(file: ReturnType<typeof big>) {
      yield file;
    }
    const whole = new Uint8Array(await new Response(writeArchive(only(big(50)), about)).arrayBuffer());
    expect(whole.byteLength).toBeLessThan((50 * line.byteLength) / 20);
    expect(unzipSync(whole)['events.jsonl']?.byteLength).toBe(50 * line.byteLength);

    pulled = 0;
    const broken = new Response(writeArchive(only(big(3, true)), about)).arrayBuffer();
    await expect(broken).rejects.toThrow('The database is gone');

    pulled = 0;
    const reader = writeArchive(only(big(100_000)), about).getReader();
    await reader.read();
    await reader.cancel();
    await expect.poll(() => cancelled).toBe(1);
    expect(pulled).toBeLessThan(100);
  });

  it('F19: stands in the audit, and says so where a server writes no archives', async () => {
    const server = await usedAccount();
    await (
      await server.app.fetch(
        new Request('http://usage.test/v1/accounts/acme/export', {
          headers: { authorization: 'Bearer sk_test_for-these-tests-only' },
        }),
      )
    ).arrayBuffer();
    const audit = await server.get<Page<{ action: string }>>('/v1/audit');
    expect(audit.body.items.map(({ action }) => action)).toContain('GET /v1/accounts/:accountId/export');
    const without = createTestServer();
    await without.account('acme');
    expect((await without.get('/v1/accounts/acme/export')).status).toBe(409);
  });
});

it('F21: makes an export in slices of the clock, with every row once and in order', async () => {
  const events = Array.from({ length: 40 }, (_, index) => ({
    id: `e-${index}`,
    accountId: 'acme',
    items: [{ metric: 'calls', quantity: '1' }],
  }));
  // A watch that finds the time of a slice over whenever it is looked at, and one that stands still.
  const exportedWith = async (stepMs: number) => {
    let nowMs = 0;
    let turns = 0;
    const server = createTestServer({
      newId: countedIds(),
      stopwatchMs: () => {
        nowMs += stepMs;
        return nowMs;
      },
      afterTurn(flush) {
        turns += 1;
        queueMicrotask(flush);
      },
    });
    await server.account('acme');
    await server.post('/v1/events', { events });
    const before = turns;
    const { text } = await server.get(path('events'));
    return { text, turns: turns - before };
  };
  const [slow, quick] = [await exportedWith(100), await exportedWith(0)];
  expect(rowsOf(slow.text)).toHaveLength(events.length + 1);
  expect(slow.text).toBe(quick.text);
  expect(slow.turns - quick.turns).toBe(events.length - 1);
});

function countedIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `id-${String(count).padStart(6, '0')}`;
  };
}
