import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConsumeAnswer,
  type Credits,
  type StreamMessage,
  socketCloseCodes,
  socketProtocol,
  socketTokenPrefix,
} from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startingResponse } from '../../../server/src/node/server/starting-response.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const key = 'sk_test_for-the-tests-of-serve';
let folder: string;
let servers: RunningServer[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-serve-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

const databaseFile = () => join(folder, 'usage.sqlite');

async function start(options: Parameters<typeof serve>[0] = {}): Promise<RunningServer> {
  const server = await serve({
    port: 0,
    databaseFile: databaseFile(),
    catalog: smallCatalogConfig,
    secretKeys: [key],
    ...options,
  });
  servers.push(server);
  return server;
}

it('F21: says while it starts that it does, as a problem like any other', async () => {
  const answered = startingResponse();
  const { headers, status } = answered;
  expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([
    503,
    '1',
    'application/problem+json',
  ]);
  expect(await answered.json()).toMatchObject({
    code: 'unavailable',
    requestId: headers.get('x-request-id'),
  });
});

async function send<Body>(
  { url }: RunningServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Body }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

const consume = (server: RunningServer, idempotencyKey: string) =>
  send<ConsumeAnswer>(
    server,
    'POST',
    '/v1/consume',
    { accountId: 'acme', items: [{ model: 'swift-1' }] },
    { 'idempotency-key': idempotencyKey },
  );

describe('serve', () => {
  it('F14: is one process with one file: what was answered is there after a new start', async () => {
    const first = await start();
    await send(first, 'PUT', '/v1/accounts/acme', {});
    const answered = await consume(first, 'once');
    expect(answered.status).toBe(200);
    await first.close();
    const second = await start();
    const replayed = await consume(second, 'once');
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
    expect(replayed.body).toEqual(answered.body);
    expect((await send<Credits>(second, 'GET', '/v1/accounts/acme/credits')).body.available).toBe('99');
  });

  it('F14: keeps the catalog, keys and the secret that tokens are signed with in the file', async () => {
    const first = await start();
    await send(first, 'PUT', '/v1/accounts/acme', {});
    await send(first, 'PUT', '/v1/accounts/acme/members/mia', { role: 'owner' });
    const { body: made } = await send<{ secret: string }>(first, 'POST', '/v1/keys', { kind: 'secret' });
    const { body: signed } = await send<{ token: string }>(first, 'POST', '/v1/tokens', {
      accountId: 'acme',
      memberId: 'mia',
    });
    await first.close();
    const second = await serve({ port: 0, databaseFile: databaseFile() });
    servers.push(second);
    for (const credentials of [made.secret, signed.token]) {
      const answered = await send<{ plans: { id: string }[] }>(second, 'GET', '/v1/catalog', undefined, {
        authorization: `Bearer ${credentials}`,
      });
      expect(answered.body.plans.map(({ id }) => id)).toEqual(['free', 'pro']);
    }
  });

  it('finishes what it accepted when it is told to stop', async () => {
    const server = await start();
    await send(server, 'PUT', '/v1/accounts/acme', {});
    const asked = Array.from({ length: 40 }, (_, index) => consume(server, `k${index}`));
    // Every request is at the server once one of them has been answered: they came in one burst.
    await Promise.race(asked);
    const [answers] = await Promise.all([Promise.allSettled(asked), server.close()]);
    const admitted = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 200);
    const again = await start();
    const { body } = await send<Credits>(again, 'GET', '/v1/accounts/acme/credits');
    expect(body.available).toBe(String(100 - admitted.length));
  });

  it('tells health, readiness and version without credentials', async () => {
    const server = await start();
    await send(server, 'PUT', '/v1/accounts/acme', {});
    await consume(server, 'k');
    const open = (path: string) => send<string>(server, 'GET', path, undefined, { authorization: '' });
    expect((await open('/healthz')).status).toBe(200);
    expect((await open('/readyz')).body).toEqual({ status: 'ready' });
    expect((await open('/v1/meta')).body).toMatchObject({
      mode: 'test',
      contractHash: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('refuses a body beyond the limit on the wire, and goes on', async () => {
    const server = await start();
    const large = await fetch(`${server.url}/v1/consume`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: `"${'x'.repeat(1_100_000)}"`,
    });
    expect(large.status).toBe(413);
    expect((await send(server, 'GET', '/v1/whoami')).status).toBe(200);
  });
});

describe('what cannot be served', () => {
  it('is told in one line: a file that another server holds', async () => {
    await start();
    await expect(start()).rejects.toThrow(/usage\.sqlite is in use by another process\./);
  });

  it('is told in one line: a file that is no database', async () => {
    writeFileSync(databaseFile(), 'This is a letter and no database. '.repeat(50));
    await expect(start()).rejects.toThrow(/is not a database/);
    expect(readFileSync(databaseFile(), 'utf8')).toContain('This is a letter');
  });

  it('is told with all its mistakes: a catalog, and nothing is written', async () => {
    await expect(
      start({
        catalog: {
          ...smallCatalogConfig,
          defaultPlanId: 'gold',
          models: [],
          categories: [{ id: 'c', label: 'C', tier: 'none' }],
        },
      }),
    ).rejects.toThrow(
      /\/defaultPlanId[\s\S]*\/categories\/0\/tier|\/categories\/0\/tier[\s\S]*\/defaultPlanId/,
    );
    const server = await start();
    expect((await send<{ version: number }>(server, 'GET', '/v1/catalog')).body.version).toBe(1);
  });

  it('names the setting of a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(
      `--port: port ${port} on 127.0.0.1 is taken; name another one`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('leaves no new file behind where it failed, and keeps one that was there', async () => {
    const wrong = { catalog: { ...smallCatalogConfig, defaultPlanId: 'gold' } };
    await expect(start(wrong)).rejects.toThrow(/defaultPlanId/);
    expect(readdirSync(folder)).toEqual([]);
    const server = await start();
    await send(server, 'PUT', '/v1/accounts/acme', {});
    await server.close();
    await expect(start(wrong)).rejects.toThrow(/defaultPlanId/);
    expect((await send(await start(), 'GET', '/v1/accounts/acme')).status).toBe(200);
  });
});

describe('the WebSocket', () => {
  async function open(server: RunningServer, token: string) {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/socket`, [
      socketProtocol,
      `${socketTokenPrefix}${token}`,
    ]);
    const messages: StreamMessage[] = [];
    const waiting: ((message: StreamMessage) => void)[] = [];
    socket.addEventListener('message', ({ data }) => {
      const message: StreamMessage = JSON.parse(String(data));
      const next = waiting.shift();
      if (next === undefined) messages.push(message);
      else next(message);
    });
    const closed = new Promise<number>((resolve) =>
      socket.addEventListener('close', ({ code }) => resolve(code)),
    );
    return {
      socket,
      closed,
      next: () =>
        new Promise<StreamMessage>((resolve) => {
          const message = messages.shift();
          if (message === undefined) waiting.push(resolve);
          else resolve(message);
        }),
    };
  }

  async function tokenOf(server: RunningServer): Promise<string> {
    await send(server, 'PUT', '/v1/accounts/acme', {});
    await send(server, 'PUT', '/v1/accounts/acme/members/mia', {});
    const { body } = await send<{ token: string }>(server, 'POST', '/v1/tokens', {
      accountId: 'acme',
      memberId: 'mia',
    });
    return body.token;
  }

  it('F5: tells a debit as the stream does, with its token in the protocol and not in the address', async () => {
    const server = await start();
    const { socket, next, closed } = await open(server, await tokenOf(server));
    expect(await next()).toMatchObject({ type: 'hello', accountId: 'acme' });
    expect(socket.protocol).toBe(socketProtocol);
    await consume(server, 'k');
    expect(await next()).toMatchObject({ type: 'change', credits: { available: '99' } });
    socket.close();
    await closed;
  });

  it('closes with 4401 for a token that is not valid, and with 4403 for one that may not read', async () => {
    const server = await start();
    await tokenOf(server);
    expect(await (await open(server, 'ukt_forged.0000')).closed).toBe(socketCloseCodes.unauthorized);
    const { body } = await send<{ token: string }>(server, 'POST', '/v1/tokens', { accountId: 'acme' });
    expect(await (await open(server, body.token)).closed).toBe(socketCloseCodes.forbidden);
  });

  it('closes when the server stops, so that its client comes back', async () => {
    const server = await start();
    const { next, closed } = await open(server, await tokenOf(server));
    await next();
    await server.close();
    expect([1001, socketCloseCodes.unauthorized]).toContain(await closed);
  });
});
