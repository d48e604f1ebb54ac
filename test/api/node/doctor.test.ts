import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DoctorFinding, DoctorReport } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../../server/src/node/create-log.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { usagekit } from '../support/command-line.ts';

const key = 'sk_test_for-these-tests-only';
const environment = { USAGEKIT_SECRET_KEY: key };
let folder: string;
let file: string;
let running: RunningServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-doctor-'));
  file = join(folder, 'live.sqlite');
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function started(options: Parameters<typeof serve>[0] = {}): Promise<RunningServer> {
  running = await serve({ databaseFile: file, port: 0, secretKeys: [key], ...options });
  return running;
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${running?.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'idempotency-key': crypto.randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const bad = ({ findings }: DoctorReport) => findings.filter(({ level }) => level !== 'ok');

async function examined(...line: string[]): Promise<{ code: number; report: DoctorReport }> {
  const { code, out } = await usagekit(['doctor', '--json', ...line], environment);
  return { code, report: JSON.parse(out) as DoctorReport };
}

it('F20: the doctor looks at everything and finds nothing wrong with a server that is well', async () => {
  const { url } = await started({ catalog: smallCatalogConfig });
  await send('PUT', '/v1/accounts/acme', {});
  const { code, report } = await examined('--server', url);
  expect([code, bad(report)]).toEqual([0, []]);
  expect(report.findings.map(({ check }) => check)).toEqual([
    'set_aside',
    'rows',
    'due',
    'clock',
    'catalog',
    'audit',
    'retention',
    'formats',
    'durability',
    'permissions',
    'journal',
    'accounts',
  ]);
});

it('F20: the doctor tells what is set aside, accounts that cannot be read or have drifted, and files that others can read', async () => {
  await started({ catalog: smallCatalogConfig });
  for (const id of ['acme', 'beta', 'gamma']) await send('PUT', `/v1/accounts/${id}`, {});
  await running?.close();
  running = undefined;
  const database = new DatabaseSync(file);
  database.exec(`
    UPDATE accounts SET wallet = 'no wallet' WHERE account_id = 'beta';
    DELETE FROM entries WHERE account_id = 'gamma';
    INSERT INTO set_aside (account_id, noun, reason, body, set_aside_at_ms) VALUES ('acme', 'rollup cell', 'too large', '{}', 0)`);
  database.close();
  chmodSync(file, 0o644);
  const { code, report } = await examined('--database', file);
  const found = (check: DoctorFinding['check']) => bad(report).filter((finding) => finding.check === check);
  expect(code).toBe(1);
  expect(found('set_aside')).toMatchObject([{ level: 'error', detail: expect.stringContaining('acme') }]);
  expect(found('accounts').map(({ detail }) => detail.split(/[ :]/)[0])).toEqual(
    expect.arrayContaining(['beta', 'gamma']),
  );
  expect(found('permissions')[0]).toMatchObject({
    level: 'warning',
    detail: expect.stringContaining(`chmod 600 ${file}`),
  });
});

it('F20: a server that is only read answers, refuses every write and says so, and changes nothing', async () => {
  await started({ catalog: smallCatalogConfig });
  await send('PUT', '/v1/accounts/acme', {});
  await send('PUT', '/v1/accounts/acme/members/mia', {});
  const token = (await (await send('POST', '/v1/tokens', { accountId: 'acme', memberId: 'mia' })).json()) as {
    token: string;
  };
  await running?.close();
  await started({ readOnly: true });
  expect((await send('GET', '/readyz')).status).toBe(200);
  expect(await (await send('GET', '/v1/accounts/acme/credits')).json()).toMatchObject({ available: '100' });
  expect((await send('POST', '/v1/check', { accountId: 'acme', items: [{ model: 'swift-1' }] })).status).toBe(
    200,
  );
  const refused = await Promise.all([
    send('POST', '/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] }),
    send('POST', '/v1/accounts/acme/grants', { amount: '5' }),
    send('PUT', '/v1/accounts/other', {}),
    send('PUT', '/v1/catalog', smallCatalogConfig),
    send('POST', '/v1/keys', { kind: 'secret' }),
    send('POST', '/v1/events', { events: [{ id: 'e', accountId: 'acme', items: [{ model: 'swift-1' }] }] }),
  ]);
  for (const response of refused)
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'read_only' }),
    ]);
  const asMember = await fetch(`${running?.url}/v1/whoami`, {
    headers: { authorization: `Bearer ${token.token}` },
  });
  expect(asMember.status).toBe(200);
  await running?.app.tick();
});

it('F20: a server that is only read makes no database and brings none up to date', async () => {
  await expect(started({ readOnly: true })).rejects.toThrow(/is not there/);
  await createSqliteStore({ file }).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 3');
  database.close();
  await expect(started({ readOnly: true })).rejects.toThrow(
    /older version of UsageKit; start the server once without --read-only/,
  );
  const after = new DatabaseSync(file);
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
  after.close();
});

it('F22: where the port of the metrics is taken, the server serves with them on another port, or says which one to name', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const { metricsUrl } = await started({
    metricsPort: port,
    metricsPortMayMove: true,
    log: createLog('error'),
  });
  expect(metricsUrl).not.toContain(`:${port}/`);
  expect((await fetch(metricsUrl ?? '')).status).toBe(200);
  await running?.close();
  running = undefined;
  await expect(started({ metricsPort: port })).rejects.toThrow(
    `metricsPort: port ${port} on 127.0.0.1 is taken; name another one, or none`,
  );
  other.close();
});
