import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { type RunningServer, readConfig, serve } from '@usagekit/server/node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

let folder: string;
let servers: RunningServer[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-safe-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'usage.sqlite');
async function start(options: Parameters<typeof serve>[0]): Promise<RunningServer> {
  const server = await serve({ port: 0, databaseFile: file(), ...options });
  servers.push(server);
  return server;
}
const liveKey = 'sk_live_for-the-tests-of-live-mode';
const asKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

it("keeps a new file and what SQLite makes next to it for the file's owner alone", async () => {
  await start({ catalog: smallCatalogConfig });
  for (const name of [file(), `${file()}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
});

it('takes no test key in live mode, by configuration, by code or out of the database', async () => {
  const flags = { mode: 'live', 'secret-key': 'sk_test_0123456789abcdef' };
  expect(() => readConfig(flags, {})).toThrow(/^--secret-key: a key that begins with sk_test_ does not hold/);
  await expect(start({ mode: 'live', secretKeys: ['sk_test_0123456789abcdef'] })).rejects.toThrow(/sk_test_/);
  const test = await start({ catalog: smallCatalogConfig });
  const made = await test.app.createSecretKey('made in test mode');
  expect((await fetch(`${test.url}/v1/whoami`, asKey(made))).status).toBe(200);
  await test.close();
  const live = await start({ mode: 'live', secretKeys: [liveKey] });
  expect((await fetch(`${live.url}/v1/whoami`, asKey(made))).status).toBe(401);
  expect((await fetch(`${live.url}/v1/whoami`, asKey(liveKey))).status).toBe(200);
});

it('tells the caller of a key of the other mode so', async () => {
  const live = await start({ mode: 'live', secretKeys: [liveKey] });
  const told = async (key: string) => (await fetch(`${live.url}/v1/whoami`, asKey(key))).text();
  expect(await told('sk_test_0123456789abcdef')).toContain('This is a test key, and this server is live');
  expect(await told('sk_live_0123456789abcdef')).toContain('The key is unknown or was revoked');
  await live.close();
  const test = await start({ catalog: smallCatalogConfig });
  const answer = await fetch(`${test.url}/v1/whoami`, asKey('sk_live_0123456789abcdef'));
  expect(await answer.text()).toContain('It is a live key, and this server is in test mode');
});

it('sells nothing of the starter catalog in live mode, and waits for a catalog', async () => {
  const live = await start({ mode: 'live', secretKeys: [liveKey] });
  expect(await (await fetch(`${live.url}/readyz`)).json()).toEqual({ status: 'ready, without a catalog' });
  const asked = await fetch(`${live.url}/v1/catalog`, asKey(liveKey));
  expect([asked.status, await asked.text()]).toEqual([503, expect.stringContaining('PUT /v1/catalog')]);
});

it('S13: is not ready while every write fails, lives on, and is ready again by itself', async () => {
  const key = 'sk_test_for-a-full-disk';
  const server = await start({ catalog: smallCatalogConfig, secretKeys: [key] });
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const consume = () => send('POST', '/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] });
  await send('PUT', '/v1/accounts/acme', {});
  expect([(await consume()).status, (await send('GET', '/readyz')).status]).toEqual([200, 200]);

  // As SQLite fails where a disk is full.
  const run = StatementSync.prototype.run;
  const full = vi.spyOn(StatementSync.prototype, 'run').mockImplementation(() => {
    throw Object.assign(new Error('database or disk is full'), { errcode: 13, errstr: 'full' });
  });
  expect([(await consume()).status, (await consume()).status]).toEqual([503, 503]);
  expect((await send('GET', '/readyz')).status).toBe(503);
  expect((await send('GET', '/healthz')).status).toBe(200);

  full.mockRestore();
  expect(StatementSync.prototype.run).toBe(run);
  expect((await send('GET', '/readyz')).status).toBe(200);
  expect((await consume()).status).toBe(200);
  const credits = await send('GET', '/v1/accounts/acme/credits');
  expect(await credits.json()).toMatchObject({ available: '98' });
});

it('F22: tells its metrics on a port of their own, with how long each route took, and no id', async () => {
  const server = await start({
    catalog: smallCatalogConfig,
    metricsPort: 0,
    secretKeys: ['sk_test_for-the-metrics'],
  });
  const headers = {
    authorization: 'Bearer sk_test_for-the-metrics',
    'content-type': 'application/json',
    'idempotency-key': 'k',
  };
  await fetch(`${server.url}/v1/accounts/acme`, { method: 'PUT', headers, body: '{}' });
  const items = [{ model: 'swift-1' }];
  await fetch(`${server.url}/v1/consume`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ accountId: 'acme', items }),
  });
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  const told = await (await fetch(server.metricsUrl ?? '')).text();
  expect(told).toContain('usagekit_requests_total{method="POST",route="/v1/consume",status="200"} 1');
  expect(told).toContain('usagekit_request_seconds_count{method="POST",route="/v1/consume"} 1');
  expect(told).toMatch(/usagekit_commits_total\{outcome="committed"\} [1-9]/);
  expect(told).toMatch(/usagekit_store_journal_characters \d/);
  expect(told).toContain('usagekit_process_cpu_user_seconds_total');
  expect(told).not.toContain('acme');
});
