import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsumeAnswer, Credits } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const key = 'sk_test_for-several-servers-on-one-database';
let postgres: PostgresServer;
let here: RunningServer;
let there: RunningServer;
const consoleFolder = mkdtempSync(join(tmpdir(), 'usagekit-console-'));
writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>Console</title>');

beforeAll(async () => {
  postgres = await startPostgres();
  const databaseUrl = await postgres.freshUrl();
  here = await serve({ port: 0, databaseUrl, catalog: smallCatalogConfig, secretKeys: [key], consoleFolder });
  there = await serve({ port: 0, databaseUrl, secretKeys: [key], consoleFolder });
}, 60_000);
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await postgres.stop();
  rmSync(consoleFolder, { recursive: true, force: true });
});

async function send<Body>(
  { url }: RunningServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

const consume = (server: RunningServer, idempotencyKey: string) =>
  send<ConsumeAnswer>(
    server,
    'POST',
    '/v1/consume',
    { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] },
    { 'idempotency-key': idempotencyKey },
  );

describe('several servers on one PostgreSQL', { timeout: 240_000 }, () => {
  it('F14: need one setting, and share catalog, accounts and the secret of tokens', async () => {
    await send(here, 'PUT', '/v1/accounts/acme', {});
    await send(here, 'PUT', '/v1/accounts/acme/members/mia', { role: 'owner' });
    const { body } = await send<{ token: string }>(here, 'POST', '/v1/tokens', {
      accountId: 'acme',
      memberId: 'mia',
    });
    const seen = await send<{ plans: { id: string }[] }>(there, 'GET', '/v1/catalog', undefined, {
      authorization: `Bearer ${body.token}`,
    });
    expect(seen.body.plans.map(({ id }) => id)).toEqual(['free', 'pro']);
  });

  it('F1: admit exactly what there are credits for, and give the same answer for one key whoever is asked', async () => {
    const asked = Array.from({ length: 120 }, (_, index) =>
      consume(index % 2 === 0 ? here : there, `k-${index}`),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(70);
    const admitted = answers.findIndex(({ status }) => status === 200);
    for (const server of [here, there]) {
      const replayed = await consume(server, `k-${admitted}`);
      expect(replayed.headers.get('idempotent-replayed')).toBe('true');
      expect(replayed.body).toEqual(answers[admitted]?.body);
      expect((await send<Credits>(server, 'GET', '/v1/accounts/acme/credits')).body.available).toBe('0');
    }
  });

  it('F1: decide the next use by the catalog that another of them has put', async () => {
    await send(here, 'PUT', '/v1/accounts/priced', {});
    const use = (server: RunningServer) =>
      send<ConsumeAnswer>(
        server,
        'POST',
        '/v1/consume',
        { accountId: 'priced', items: [{ tool: 'search', calls: 1 }] },
        { 'idempotency-key': crypto.randomUUID() },
      );
    // Often enough that the account is known there and uses are decided ahead.
    for (let count = 0; count < 9; count++) await use(there);
    for (let price = 3; price < 8; price++) {
      const [search] = smallCatalogConfig.tools ?? [];
      const tools = search === undefined ? [] : [{ ...search, prices: [{ amount: String(price) }] }];
      await send(here, 'PUT', '/v1/catalog', { ...smallCatalogConfig, tools });
      const [first, ...others] = await Promise.all([use(there), use(there), use(here)]);
      expect([first, ...others].map(({ body }) => body.cost.amount)).toEqual(Array(3).fill(String(price)));
    }
    await send(here, 'PUT', '/v1/catalog', smallCatalogConfig);
  });

  it('F21: end what a key has open at one of them within a second after it was revoked at another', async () => {
    const { body: made } = await send<{ id: string; secret: string }>(here, 'POST', '/v1/keys', {
      kind: 'extension',
      accountId: 'acme',
      memberId: 'mia',
    });
    const asExtension = { headers: { authorization: `Bearer ${made.secret}` } };
    const response = await fetch(`${there.url}/v1/accounts/acme/stream`, asExtension);
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    await reader.read();
    expect((await fetch(`${there.url}/v1/whoami`, asExtension)).status).toBe(200);
    const revokedAtMs = performance.now();
    await fetch(`${here.url}/v1/keys/${made.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    while (!(await reader.read()).done);
    expect(performance.now() - revokedAtMs).toBeLessThan(1_000);
    expect((await fetch(`${there.url}/v1/whoami`, asExtension)).status).toBe(401);
  });

  it('F5: tell a stream at one of them what changed at the other', async () => {
    const { body } = await send<{ token: string }>(there, 'POST', '/v1/tokens', {
      accountId: 'acme',
      memberId: 'mia',
    });
    const response = await fetch(`${there.url}/v1/accounts/acme/stream`, {
      headers: { authorization: `Bearer ${body.token}` },
    });
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    const decoder = new TextDecoder();
    let text = '';
    const until = async (pattern: RegExp) => {
      while (!pattern.test(text)) {
        const part = await reader.read();
        if (part.done) throw new Error(`The stream ended with ${text}`);
        text += decoder.decode(part.value, { stream: true });
      }
    };
    await until(/"hello"/);
    await send(here, 'POST', '/v1/accounts/acme/grants', { amount: '7' }, { 'idempotency-key': 'gift' });
    await until(/"change".*"available":"7"/);
    await reader.cancel();
  });

  it('F28: know an operator who signed in at another, and no longer once they signed out at any of them', async () => {
    const ask = (server: RunningServer, path: string, init: RequestInit = {}) =>
      fetch(`${server.url}/console${path}`, {
        ...init,
        headers: { origin: server.url, 'sec-fetch-site': 'same-origin', ...init.headers },
      });
    const signedIn = await ask(here, '/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    const headers = { cookie: signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    const listedThere = async () => (await ask(there, '/api/v1/accounts', { headers })).status;
    expect(await Promise.all([listedThere(), listedThere()])).toEqual([200, 200]);
    expect(await (await ask(there, '/session', { headers })).json()).toEqual(await signedIn.json());
    expect((await ask(here, '/session', { method: 'DELETE', headers })).status).toBe(204);
    expect((await ask(here, '/api/v1/accounts', { headers })).status).toBe(401);
    await expect.poll(listedThere, { timeout: 40_000, interval: 500 }).toBe(401);
  });
});
