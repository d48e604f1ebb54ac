import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { patience } from '../support/patience.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { reconcile, servedKey, startServed } from './served/served-process.ts';

/** Limits the files of a running process, which then meets what it would on a full disk: https://man7.org/linux/man-pages/man1/prlimit.1.html */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`prlimit: ${stderr}`);
}

const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

const headers = { authorization: `Bearer ${servedKey}`, 'content-type': 'application/json' };
const accounts = Array.from({ length: 8 }, (_, index) => `a-${index}`);
/** No page of the database fits. */
const roomBytes = 4_096;
const granted = 1_000_000;
/** Of a call of the tool. */
const price = 2;

async function startOn(folder: string) {
  const [file, catalogFile] = [join(folder, 'usage.db'), join(folder, 'catalog.json')];
  writeFileSync(catalogFile, JSON.stringify(smallCatalogConfig));
  const server = await startServed(file, catalogFile);
  onTestFinished(() => server.kill());
  const call = async (method: string, path: string, body?: unknown, key: string = crypto.randomUUID()) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...headers, 'idempotency-key': key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  for (const id of accounts) {
    await call('PUT', `/v1/accounts/${id}`, {});
    expect((await call('POST', `/v1/accounts/${id}/grants`, { amount: String(granted) })).status).toBe(201);
  }
  return { server, file, call };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-full-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it.runIf(canLimit)(
  'F21, F22, I2: stops on a full disk as it stops elsewhere, and the next start has every answered consume once',
  async () => {
    const { server, file, call } = await startOn(newFolder());
    let answered = 0;
    let refused = 0;
    const consume = async () => {
      const { status } = await call('POST', '/v1/consume', {
        accountId: 'a-0',
        items: [{ tool: 'search', calls: 1 }],
      });
      if (status === 200) answered += 1;
      else refused += 1;
    };
    const before = Number((await call('GET', '/v1/accounts/a-0/credits')).body.available);
    const round = () => Promise.all(Array.from({ length: 64 }, consume));
    await round();
    limitFiles(server.pid, roomBytes);
    await expect
      .poll(async () => {
        await round();
        return refused;
      }, patience)
      .toBeGreaterThan(64);
    expect(await server.stop()).toBe(0);
    const next = await startServed(file, join(dirname(file), 'catalog.json'));
    onTestFinished(() => next.kill());
    const response = await fetch(`${next.url}/v1/accounts/a-0/credits`, { headers });
    const { available } = (await response.json()) as { available: string };
    expect(Number(available)).toBe(before - answered * price);
    expect(await next.stop()).toBe(0);
    expect(await reconcile(file)).toContain(' 0 balances that drifted');
  },
  60_000,
);

it.runIf(canLimit)(
  'F1, F21, I25: on a full disk reads are answered and writes are not; once there is room it goes on, and every answered consume is there once',
  async () => {
    const { server, file, call } = await startOn(newFolder());
    const before = new Map<string, number>();
    for (const id of accounts)
      before.set(id, Number((await call('GET', `/v1/accounts/${id}/credits`)).body.available));
    const answers = new Map<string, number>();
    let sent = 0;
    const consume = async (key: string) => {
      const accountId = accounts[Number(key.slice(2)) % accounts.length];
      const items = [{ tool: 'search', calls: 1 }];
      const { status } = await call('POST', '/v1/consume', { accountId, items }, key);
      answers.set(key, status);
      return status;
    };
    const round = () => Promise.all(Array.from({ length: 64 }, () => consume(`k-${sent++}`)));
    // Enough for the thread that writes.
    for (let rounds = 0; rounds < 40; rounds++) expect(new Set(await round())).toEqual(new Set([200]));

    limitFiles(server.pid, roomBytes);
    await expect.poll(async () => new Set(await round()), patience).toEqual(new Set([503]));
    await expect.poll(async () => (await call('GET', '/readyz')).status, patience).toBe(503);
    // Where the file was opened again it is read.
    for (const id of accounts)
      await expect
        .poll(async () => (await call('GET', `/v1/accounts/${id}/credits`)).status, patience)
        .toBe(200);
    const reads = ['', '/credits', '/usage', '/ledger', '/members', '/activity'];
    for (const read of reads)
      expect([read, (await call('GET', `/v1/accounts/a-0${read}`)).status]).toEqual([read, 200]);
    expect((await call('GET', '/v1/accounts')).status).toBe(200);
    expect(new Set(await round())).toEqual(new Set([503]));

    limitFiles(server.pid, 'unlimited');
    await expect.poll(async () => (await call('GET', '/readyz')).status, patience).toBe(200);
    // Whoever was not answered asks again with the same key.
    for (const [key, status] of answers) if (status !== 200) expect(await consume(key)).toBe(200);
    for (let rounds = 0; rounds < 10; rounds++) expect(new Set(await round())).toEqual(new Set([200]));
    for (const [place, id] of accounts.entries()) {
      const { body } = await call('GET', `/v1/accounts/${id}/credits`);
      const keys = [...answers.keys()].filter((key) => Number(key.slice(2)) % accounts.length === place);
      expect(Number(body.available)).toBe((before.get(id) ?? 0) - keys.length * price);
    }
    expect(await server.stop()).toBe(0);
    expect(await reconcile(file)).toContain(' 0 balances that drifted');
  },
  60_000,
);
