import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve as serveHono } from '@hono/node-server';
import {
  createUsageKitHandler,
  type Identity,
  toHono,
  toNextRoute,
  type UsageKitHandler,
} from '@usagekit/server/client/handlers';
import { toExpress, toFastify, toNodeListener } from '@usagekit/server/client/handlers/node';
import { apiBounds, type Credits, type Summary, type Token } from '@usagekit/server/contract';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, secretKey, type TestServer } from '../support/test-server.ts';

/** Who a request's cookie signs in. */
const users: Record<string, Identity> = {
  owner: { accountId: 'acme', memberId: 'ann', role: 'owner' },
  viewer: { accountId: 'acme', memberId: 'vic', role: 'viewer' },
  visitor: { accountId: 'acme' },
};
/** The same member on pages in two languages. */
const german: Record<string, Identity> = { german: { accountId: 'acme', memberId: 'ann', language: 'de' } };

let server: TestServer;
let handler: UsageKitHandler;
let reachable: boolean;
const asked: Request[] = [];
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  server = createTestServer();
  reachable = true;
  asked.length = 0;
  await server.account('acme', { planId: 'pro' });
  await server.member('acme', 'ann', { role: 'owner' });
  await server.member('acme', 'vic', { role: 'viewer' });
  handler = createUsageKitHandler({
    url: 'http://usage.test',
    key: secretKey,
    retriesMax: 0,
    nowMs: server.clock.nowMs,
    fetch: async (input, init) => {
      if (!reachable) throw new TypeError('connection refused');
      const request = new Request(input, init);
      asked.push(request.clone());
      return server.app.fetch(request);
    },
    identify: (request) => ({ ...users, ...german })[request.headers.get('Cookie') ?? ''] ?? null,
  });
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function requestOf(path: string, { as = 'owner', ...init }: RequestInit & { as?: string } = {}): Request {
  const headers = new Headers(init.headers);
  headers.set('Cookie', as);
  return new Request(`https://host.example${path}`, { ...init, headers });
}

describe('F30: the routes that the kit needs of a host', () => {
  it('give a token of the signed-in member, and of a visitor', async () => {
    for (const as of Object.keys(users)) {
      const response = await handler(requestOf('/api/usagekit/token', { as, method: 'POST' }));
      expect(response.status).toBe(201);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      const { token } = (await response.json()) as Token;
      const credits = await server.get('/v1/accounts/acme/credits', token);
      expect(credits.status).toBe(as === 'owner' ? 200 : as === 'viewer' ? 403 : 503);
    }
  });

  it('show each page the names of the catalog in its own language', async () => {
    await server.put('/v1/catalog', { ...smallCatalogConfig, translations: { de: { Pro: 'Profi' } } });
    const planOf = async (as: string) => {
      const response = await handler(requestOf('/api/usagekit/v1/accounts/acme/summary', { as }));
      return ((await response.json()) as Summary).planName;
    };
    expect([await planOf('owner'), await planOf('german'), await planOf('owner')]).toEqual([
      'Pro',
      'Profi',
      'Pro',
    ]);
  });

  it('B7: pass on every header that the server reads of a member, and give its answer to each', async () => {
    const traced = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const sent = {
      accept: 'application/pdf',
      'accept-language': 'de-DE,de;q=0.9',
      'if-none-match': '"none"',
      traceparent: traced,
      'x-request-id': 'page-1',
    };
    const pdf = await handler(requestOf('/api/usagekit/v1/accounts/acme/invoices/i/pdf', { headers: sent }));
    expect(Object.fromEntries(asked.at(-1)?.headers ?? [])).toMatchObject(sent);
    expect(pdf.headers.get('x-request-id')).toBe('page-1');
    const summary = '/api/usagekit/v1/accounts/acme/summary';
    const { headers } = await handler(requestOf(summary));
    const again = await handler(
      requestOf(summary, { headers: { 'if-none-match': headers.get('etag') ?? '' } }),
    );
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([
      304,
      '',
      headers.get('etag'),
    ]);
  });

  it('pass a request on as the signed-in member, whose token is asked for once', async () => {
    const first = await handler(requestOf('/api/usagekit/v1/accounts/acme/credits'));
    const second = await handler(requestOf('/api/usagekit/v1/accounts/acme/credits?x=1'));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await first.json()) as Credits).toMatchObject({ available: '1000' });
    expect(asked.filter(({ url }) => url.endsWith('/v1/tokens'))).toHaveLength(1);
    expect(asked.at(-1)?.headers.get('Cookie')).toBeNull();
    expect(asked.at(-1)?.headers.get('Authorization')).not.toContain(secretKey);
  });

  it('let a member read nothing of another account', async () => {
    await server.account('other');
    const refused = await handler(requestOf('/api/usagekit/v1/accounts/other/credits'));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'other_account' });
  });

  it('refuse where nobody is signed in, other addresses, and other methods for a token', async () => {
    const statusOf = async (path: string, init?: Parameters<typeof requestOf>[1]) =>
      (await handler(requestOf(path, init))).status;
    expect(await statusOf('/api/usagekit/token', { as: '', method: 'POST' })).toBe(401);
    expect(await statusOf('/api/usagekit/v1/accounts/acme/credits', { as: '' })).toBe(401);
    expect(await statusOf('/api/usagekit/token')).toBe(405);
    expect(await statusOf('/api/usagekit/healthz')).toBe(404);
    expect(await statusOf('/api/usagekitten/v1/whoami')).toBe(404);
    expect(await statusOf('/elsewhere/api/usagekit/v1/whoami')).toBe(404);
  });

  it('refuse what another site asks, by what the browser says and else by the origin', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await handler(requestOf('/api/usagekit/token', { method: 'POST', headers }))).status;
    expect(await ask({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await ask({ 'Sec-Fetch-Site': 'same-site' })).toBe(403);
    expect(await ask({ 'Sec-Fetch-Site': 'same-origin' })).toBe(201);
    expect(await ask({ Origin: 'https://evil.example' })).toBe(403);
    expect(await ask({ Origin: 'null' })).toBe(403);
    expect(await ask({ Origin: 'https://host.example' })).toBe(201);
  });

  it('say in neutral words that the server cannot be reached', async () => {
    await handler(requestOf('/api/usagekit/v1/accounts/acme/credits'));
    reachable = false;
    const response = await handler(requestOf('/api/usagekit/v1/accounts/acme/credits'));
    expect(response.status).toBe(502);
    expect(await response.text()).not.toMatch(/credit|usage\.test/);
  });

  it('tell the host why a request could not be answered, and the browser nothing of it', async () => {
    const options = {
      url: 'http://usage.test',
      key: secretKey,
      retriesMax: 0,
      nowMs: server.clock.nowMs,
      fetch: async (input: string | URL | Request, init?: RequestInit) => {
        if (!reachable) throw new TypeError('connection refused');
        return server.app.fetch(new Request(input, init));
      },
    };
    const told: unknown[] = [];
    const asks = async (identify: () => Identity) => {
      const telling = createUsageKitHandler({ ...options, identify, onError: (error) => told.push(error) });
      const response = await telling(requestOf('/api/usagekit/v1/accounts/nobody/credits'));
      return { status: response.status, text: await response.text() };
    };
    const neutral = expect.not.stringMatching(/account|nobody|session/i);
    const stranger = () => ({ accountId: 'nobody', memberId: 'ann' });
    expect(await asks(stranger)).toEqual({ status: 500, text: neutral });
    expect(told.at(-1)).toMatchObject({ code: 'account_not_found' });
    expect(
      await asks(() => {
        throw new TypeError('no session');
      }),
    ).toEqual({ status: 500, text: neutral });
    expect(told.at(-1)).toMatchObject({ message: 'no session' });
    reachable = false;
    expect(await asks(stranger)).toEqual({ status: 502, text: neutral });
    expect(told).toHaveLength(3);
    reachable = true;
    const silent = createUsageKitHandler({ ...options, identify: stranger });
    await expect(silent(requestOf('/api/usagekit/token', { method: 'POST' }))).rejects.toMatchObject({
      code: 'account_not_found',
    });
  });

  it('ask for a new token where the server no longer takes the one that was kept', async () => {
    const send = () =>
      handler(
        requestOf('/api/usagekit/v1/check', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ accountId: 'acme', memberId: 'ann', items: [{ model: 'swift-1' }] }),
        }),
      );
    expect((await send()).status).toBe(200);
    // Another database with the same people, as after a fresh start in development.
    server = createTestServer({ tokenSecret: 'another secret of the tokens, long enough' });
    await server.account('acme', { planId: 'pro' });
    await server.member('acme', 'ann', { role: 'owner' });
    const again = await send();
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ allowed: true });
  });

  it('keep errors of the server as they are', async () => {
    const response = await handler(
      requestOf('/api/usagekit/v1/accounts/acme/auto-top-up', {
        method: 'PUT',
        body: '{}',
        headers: { 'Content-Type': 'application/json' },
      }),
    );
    expect(response.status).toBe(400);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  });
});

describe('F30: the gate of a host’s route', () => {
  it('lets a use through and charges it once under the request’s own key', async () => {
    const ask = () =>
      handler.gate(requestOf('/api/ask', { method: 'POST', headers: { 'Idempotency-Key': 'k1' } }), {
        items: [{ model: 'swift-1' }],
      });
    const [first, second] = [await ask(), await ask()];
    expect(first).toMatchObject({
      allowed: true,
      identity: { memberId: 'ann' },
      run: { cost: { amount: '1' } },
    });
    expect(second).toMatchObject({ allowed: true });
    const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
    expect(body.available).toBe('999');
  });

  it('answers with what its reader may know: figures for the owner, words for a viewer, nothing for a visitor', async () => {
    const refused = async (as: string) => {
      const gate = await handler.gate(requestOf('/api/ask', { as }), {
        items: [{ metric: 'emails', quantity: '5000' }],
      });
      if (gate.allowed) throw new Error('allowed');
      return { status: gate.response.status, text: await gate.response.text() };
    };
    expect((await refused('owner')).text).toContain('"requested"');
    expect((await refused('viewer')).text).not.toContain('"requested"');
    expect(await refused('visitor')).toMatchObject({
      status: 503,
      text: expect.not.stringMatching(/emails|limit/),
    });
  });
});

/** Each framework, with its usual body parser, mounted as its documentation shows. */
const frameworks: Record<string, () => Promise<string>> = {
  async 'node:http'() {
    return listen(toNodeListener(handler) as RequestListener);
  },
  async Express() {
    const app = express();
    app.use(express.json());
    app.use('/api/usagekit', toExpress(handler) as express.RequestHandler);
    return listen(app);
  },
  async Fastify() {
    const app = fastify();
    await app.register(toFastify(handler) as Parameters<typeof app.register>[0], { prefix: '/api/usagekit' });
    ends.push(() => {
      app.server.closeAllConnections();
      return app.close();
    });
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  async Hono() {
    const app = new Hono();
    app.all('/api/usagekit/*', toHono(handler));
    const listening = await new Promise<Server>((resolve) => {
      const started = serveHono({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
        resolve(started as Server),
      );
    });
    return addressOf(listening);
  },
  async Next() {
    const routes = toNextRoute(handler);
    return listen(
      toNodeListener((request) => routes[request.method as keyof typeof routes](request)) as RequestListener,
    );
  },
};

async function listen(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return addressOf(listening);
}

function addressOf(listening: Server): string {
  ends.push(async () => {
    listening.closeAllConnections();
    listening.close();
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

/** Fastify has a limit of its own, which its host sets. */
const { Fastify: _withOwnLimit, ...withoutLimit } = frameworks;

it.each(Object.entries(withoutLimit))(
  'F21: a body larger than the server takes is refused without being kept, and its client can read that: %s',
  async (_, start) => {
    const url = await start();
    const large = 'x'.repeat(3 * apiBounds.bodyBytesMax);
    for (const body of [large, new Blob([large]).stream()]) {
      const answer = await fetch(`${url}/api/usagekit/v1/consume`, {
        method: 'POST',
        headers: { Cookie: 'owner', 'Content-Type': 'application/octet-stream' },
        body,
        duplex: 'half',
      } as RequestInit);
      expect([answer.status, await answer.json()]).toEqual([
        413,
        expect.objectContaining({ code: 'body_too_large' }),
      ]);
    }
    expect(asked.map((request) => request.url)).not.toContain('http://usage.test/v1/consume');
  },
);

describe.each(Object.entries(frameworks))('F30: in %s', (_, start) => {
  it('a change with a body reaches the server whole, and its answer the page', async () => {
    const url = await start();
    const response = await fetch(`${url}/api/usagekit/v1/check`, {
      method: 'POST',
      headers: { Cookie: 'owner', 'Content-Type': 'application/json' },
      body: JSON.stringify({ accountId: 'acme', memberId: 'ann', items: [{ model: 'swift-1' }] }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ allowed: true });
  });

  it('a stream reaches the page piece by piece, may not be gathered, and ends at the server when the page goes', async () => {
    const url = await start();
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/usagekit/v1/accounts/acme/stream`, {
      headers: { Cookie: 'owner', Accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    expect(response.headers.get('Cache-Control')).toContain('no-transform');
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    const first = await reader.read();
    expect(new TextDecoder().decode(first.value)).toMatch(/^data: /);
    leaving.abort();
    await expect(reader.read()).rejects.toThrow();
  });
});
