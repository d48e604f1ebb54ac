import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry, Page, Problem } from '@usagekit/server/contract';
import { type RunningServer, type ServeOptions, serve } from '@usagekit/server/node';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { CommandLine } from '../support/command-line.ts';

const key = 'sk_test_for-these-tests-only';
const folder = mkdtempSync(join(tmpdir(), 'usagekit-console-'));
const consoleFolder = join(folder, 'console');
mkdirSync(join(consoleFolder, 'assets'), { recursive: true });
writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>Console</title>');
writeFileSync(join(consoleFolder, 'assets/index-1.js'), 'void 0;');

let started = 0;
const running: RunningServer[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(options: Partial<ServeOptions> = {}): Promise<RunningServer> {
  started += 1;
  const server = await serve({
    port: 0,
    databaseFile: join(folder, `${started}.sqlite`),
    catalog: smallCatalogConfig,
    secretKeys: [key],
    consoleFolder,
    ...options,
  });
  running.push(server);
  return server;
}

/** Asks as the console's own page does. */
function ask(server: RunningServer, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/console${path}`, {
    ...init,
    headers: { origin: server.url, 'sec-fetch-site': 'same-origin', ...init.headers },
  });
}

function signIn(server: RunningServer, text = key, headers: Record<string, string> = {}): Promise<Response> {
  return ask(server, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key: text }),
  });
}

/** The cookie as a browser sends it back. */
function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function signedIn(server: RunningServer) {
  const answered = await signIn(server);
  expect(answered.status).toBe(200);
  const cookie = cookieOf(answered);
  const as = (path: string, init: RequestInit = {}) =>
    ask(server, path, { ...init, headers: { cookie, ...init.headers } });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    as(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
      body: JSON.stringify(body),
    });
  return { cookie, as, post };
}

async function put(server: RunningServer, path: string, body: unknown): Promise<void> {
  const answered = await fetch(`${server.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answered.ok).toBe(true);
}

describe('the console', () => {
  it('F28: is not there unless it is asked for, and never on the port of the metrics', async () => {
    const without = await start({ consoleFolder: null });
    expect(without.consoleUrl).toBeNull();
    expect((await fetch(`${without.url}/console/`)).status).toBe(404);
    expect((await signIn(without)).status).toBe(404);
    const server = await start({ metricsPort: 0 });
    expect((await fetch(`${server.url}/console/`)).status).toBe(200);
    const metrics = new URL(server.metricsUrl ?? '').origin;
    expect((await fetch(`${metrics}/console/`)).status).toBe(404);
  });

  it('F28: answers nothing but its own files until a key has signed in', async () => {
    const server = await start();
    for (const path of ['/session', '/api/v1/accounts', '/as/acme/ana/v1/accounts/acme/summary']) {
      const answered = await ask(server, path);
      expect([path, answered.status]).toEqual([path, 401]);
    }
    expect((await ask(server, '/')).headers.get('content-security-policy')).toContain("default-src 'none'");
    // Any address is the app's, and only files that were built are assets.
    expect(await (await ask(server, '/accounts/acme.com')).text()).toContain('<title>Console</title>');
    expect((await ask(server, '/assets/index-1.js')).headers.get('cache-control')).toContain('immutable');
    expect((await ask(server, '/assets/other.js')).status).toBe(404);
  });

  it('F28: gives a cookie that no script reads and no other site sends, without the key in it', async () => {
    const server = await start();
    const answered = await signIn(server);
    const [cookie = ''] = answered.headers.getSetCookie();
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/console', 'Max-Age=3600'])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Secure');
    const text = await answered.text();
    for (const told of [cookie, text]) expect(told).not.toContain(key);
    expect(JSON.parse(text)).toMatchObject({ key: 'sk_test_for-', mode: 'test' });
    const secure = await start({ publicUrl: 'https://usage.example.com' });
    const [secureCookie = ''] = (
      await signIn(secure, key, { origin: 'https://usage.example.com' })
    ).headers.getSetCookie();
    expect(secureCookie).toMatch(/^__Secure-usagekit_console=.*; Secure$/);
  });

  it('F28: lets a test key into test mode only, and no key that is not known', async () => {
    const server = await start();
    const reasons = [];
    for (const text of ['sk_live_something', 'sk_test_unknown', 'uke_extension', '']) {
      const answered = await signIn(server, text);
      reasons.push([answered.status, ((await answered.json()) as Problem).code]);
      expect(answered.headers.getSetCookie()).toEqual([]);
    }
    expect(reasons).toEqual(Array(4).fill([401, 'invalid_credentials']));
  });

  it('F28: bounds attempts to sign in by address, those that come together too', async () => {
    const server = await start();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => signIn(server, `sk_test_guess-${index}`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(11);
    expect(statuses).toContain(429);
    expect((await signIn(server)).headers.get('retry-after')).toBe('60');
  });

  it('F28: keeps no more of a body than a key needs, or the API takes, whether its length was told or not', async () => {
    const server = await start();
    const { as } = await signedIn(server);
    const large = 'x'.repeat(3_000_000);
    for (const body of [large, new Blob([large]).stream()]) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, duplex: 'half' };
      expect((await ask(server, '/session', { ...init, body } as RequestInit)).status).toBe(400);
    }
    for (const body of [large, new Blob([large]).stream()]) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, duplex: 'half' };
      expect((await as('/api/v1/accounts/acme/grants', { ...init, body } as RequestInit)).status).toBe(413);
    }
  });

  it('F28: refuses what another origin asks in the name of who is signed in', async () => {
    const server = await start();
    await put(server, '/v1/accounts/acme', {});
    const { as, post } = await signedIn(server);
    const grant = { amount: '5', reason: 'thanks' };
    const attempts: [string, Record<string, string>][] = [
      ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
      ['another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
      ['no origin at all', { origin: 'null' }],
      ['an old browser', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
    ];
    for (const [name, headers] of attempts) {
      const answered = await post('/api/v1/accounts/acme/grants', grant, headers);
      expect([name, answered.status]).toEqual([name, 403]);
      expect(answered.headers.get('access-control-allow-origin')).toBeNull();
    }
    const read = await as('/api/v1/accounts', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(read.status).toBe(403);
    expect((await as('/api/v1/accounts', { method: 'OPTIONS' })).status).toBe(403);
    expect((await post('/api/v1/accounts/acme/grants', grant)).status).toBe(201);
  });

  it('F28: asks for nothing that answers with a secret, however the address is written', async () => {
    const server = await start();
    const { as, post } = await signedIn(server);
    for (const path of ['backup', 'keys', '%62ackup', './backup', 'openapi.json/../backup'])
      expect([path, (await as(`/api/v1/${path}`)).status]).toEqual([path, 403]);
    for (const path of ['keys', 'tokens', 'webhook-endpoints/e1/rotate-secret', 'token-secret/rotate'])
      expect([path, (await post(`/api/v1/${path}`, { kind: 'secret' })).status]).toEqual([path, 403]);
  });

  it('F28: shows an account as its member has it, and does nothing in the name of the member', async () => {
    const server = await start();
    await put(server, '/v1/accounts/acme', {});
    await put(server, '/v1/accounts/acme/members/ana', { role: 'viewer' });
    await put(server, '/v1/accounts/acme/members/bo', { role: 'owner' });
    const { as, post } = await signedIn(server);
    const whoami = (member: string) =>
      as(`/as/acme/${member}/v1/whoami`).then((answered) => answered.json() as Promise<{ role: string }>);
    expect([(await whoami('ana')).role, (await whoami('bo')).role]).toEqual(['viewer', 'owner']);
    // A member's token reads its own account alone.
    expect((await as('/as/acme/ana/v1/accounts/other/summary')).status).toBe(403);
    expect((await as('/as/acme/nobody/v1/whoami')).status).toBe(404);
    const change = await post('/as/acme/bo/v1/accounts/acme/subscription/cancel', {});
    expect(change.status).toBe(403);
    const checked = await post('/as/acme/bo/v1/check', {
      accountId: 'acme',
      items: [{ metric: 'emails', quantity: '1' }],
    });
    expect(checked.status).toBe(200);
  });

  it('F28: keeps signing in, looking, changes and signing out in the audit, under the key and the session', async () => {
    const server = await start();
    await put(server, '/v1/accounts/acme', {});
    await put(server, '/v1/accounts/acme/members/ana', {});
    const { as, post } = await signedIn(server);
    const looks = ['whoami', 'accounts/acme/summary', 'accounts/acme/usage'];
    await Promise.all(looks.map((path) => as(`/as/acme/ana/v1/${path}`)));
    await post('/api/v1/accounts/acme/grants', { amount: '5', reason: 'thanks' });
    expect((await as('/session', { method: 'DELETE' })).status).toBe(204);
    const { items } = (await (
      await fetch(`${server.url}/v1/audit`, { headers: { authorization: `Bearer ${key}` } })
    ).json()) as Page<AuditEntry>;
    const told = items
      .filter(({ actor }) => actor.name === 'sk_test_for-')
      .map(({ action, accountId }) => [action, accountId]);
    expect(told).toEqual([
      ['console sign-out', null],
      ['POST /v1/accounts/:accountId/grants', 'acme'],
      ['console view', 'acme'],
      ['console sign-in', null],
    ]);
    expect(items.find(({ action }) => action.endsWith('/grants'))?.requestId).toMatch(
      /^console-[0-9a-f]{12}-\d+$/,
    );
    expect(items.every(({ address, action }) => !action.startsWith('console') || address !== null)).toBe(
      true,
    );
  });

  it('F28: ends a session at once when it signs out, with the streams that it has open', async () => {
    const server = await start();
    await put(server, '/v1/accounts/acme', {});
    await put(server, '/v1/accounts/acme/members/ana', {});
    const { as } = await signedIn(server);
    const stream = await as('/as/acme/ana/v1/accounts/acme/stream', {
      headers: { accept: 'text/event-stream' },
    });
    expect(stream.status).toBe(200);
    const whole = stream.text();
    await as('/session', { method: 'DELETE' });
    expect(await whole).toContain('data:');
    expect((await as('/api/v1/accounts')).status).toBe(401);
  });

  it('F28: ends a session when its hour is over, and opens nothing with a key that was revoked', async () => {
    let nowMs = Date.parse('2026-06-10T12:00:00.000Z');
    const server = await start({ clock: { nowMs: () => nowMs } });
    const secret = await server.app.createSecretKey('operator');
    const cookie = cookieOf(await signIn(server, secret));
    const list = () => ask(server, '/api/v1/accounts', { headers: { cookie } });
    expect((await list()).status).toBe(200);
    nowMs += 59 * 60_000;
    expect((await list()).status).toBe(200);
    nowMs += 60_000;
    expect((await list()).status).toBe(401);

    const again = cookieOf(await signIn(server, secret));
    const keys = (await (
      await fetch(`${server.url}/v1/keys`, { headers: { authorization: `Bearer ${key}` } })
    ).json()) as Page<{ id: string }>;
    await fetch(`${server.url}/v1/keys/${keys.items[0]?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    expect((await ask(server, '/api/v1/accounts', { headers: { cookie: again } })).status).toBe(401);
  });
});

describe('the cookie of the console', () => {
  it('F28: opens the session again after a restart, and nothing where it was changed or sealed elsewhere', async () => {
    const databaseFile = join(folder, 'restarted.sqlite');
    const first = await start({ databaseFile });
    const cookie = cookieOf(await signIn(first));
    const ended = cookieOf(await signIn(first));
    await ask(first, '/session', { method: 'DELETE', headers: { cookie: ended } });
    await running.pop()?.close();

    const again = await start({ databaseFile });
    const status = async (text: string) =>
      (await ask(again, '/api/v1/accounts', { headers: { cookie: text } })).status;
    expect([await status(cookie), await status(ended)]).toEqual([200, 401]);
    const middle = Math.floor(cookie.length / 2);
    const changed = `${cookie.slice(0, middle)}${cookie[middle] === 'A' ? 'B' : 'A'}${cookie.slice(middle + 1)}`;
    const elsewhere = cookieOf(await signIn(await start()));
    const short = `${cookie.slice(0, cookie.indexOf('=') + 61)}`;
    for (const text of [changed, elsewhere, short]) expect(await status(text)).toBe(401);
  });
});

describe('usagekit serve', () => {
  it('F28: has the console in test mode, and in live mode only where it is asked for', async () => {
    const line = new CommandLine(() => folder);
    const serveLine = ['serve', '--port', '0', '--metrics-port', 'none', '--log-level', 'error'];
    const serveWith = (database: string, flags: string[], environment: Record<string, string> = {}) =>
      line.run([...serveLine, '--database', database, ...flags], {
        USAGEKIT_CONSOLE_FOLDER: consoleFolder,
        ...environment,
      });
    try {
      const test = serveWith('test.sqlite', []);
      const live = serveWith('live.sqlite', ['--mode', 'live']);
      const asked = serveWith('asked.sqlite', ['--mode', 'live', '--console', 'on']);
      const off = serveWith('off.sqlite', ['--console', 'off']);
      // A project that has installed the package with the console, where npm linked the command of another package.
      const installed = join(folder, 'node_modules/usagekit');
      cpSync(consoleFolder, join(installed, 'dist/console'), { recursive: true });
      writeFileSync(join(installed, 'package.json'), '{"name":"usagekit"}');
      const linked = line.run([...serveLine, '--database', 'linked.sqlite']);
      const bare = serveWith('bare.sqlite', ['--console', 'on'], { USAGEKIT_CONSOLE_FOLDER: '' });
      expect(await test.out(/console is at/)).toMatch(
        /The console is at http:\S+\/console\/; a secret key signs in/,
      );
      expect(await asked.out(/console is at/)).toContain('/console/');
      expect(await linked.out(/console is at/)).toContain('/console/');
      for (const without of [live, off]) {
        const said = await without.out(/listens on/);
        const [, url] = /listens on (http:[^,]+),/.exec(said) ?? [];
        expect((await fetch(`${url}/console/`)).status).toBe(404);
      }
      const ended = await bare.ended;
      expect([ended.code, ended.err]).toEqual([1, expect.stringContaining('npx usagekit serve')]);
    } finally {
      line.killAll();
    }
  }, 60_000);
});
