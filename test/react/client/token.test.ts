import { createClient, type Session, UsageKitError } from '@usagekit/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const startMs = Date.parse('2026-11-20T08:00:00.000Z');

/** A server that knows which tokens are good, and a backend that makes them. */
function createStubServer(lifetimeSeconds = 900) {
  const good = new Set<string>();
  const seen: { url: string; authorization: string | null }[] = [];
  let made = 0;
  return {
    good,
    seen,
    getToken: vi.fn(async (_session: Session | undefined) => {
      made += 1;
      const token = `token-${made}`;
      good.add(token);
      return { token, expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000).toISOString() };
    }),
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const head = new Headers(init?.headers);
      const authorization = head.get('Authorization');
      seen.push({ url: String(input), authorization });
      if (!good.has(authorization?.replace('Bearer ', '') ?? '')) {
        return Response.json(
          {
            type: 'about:blank',
            title: 'Credentials expired',
            status: 401,
            code: 'expired_credentials',
            requestId: 'r1',
          },
          { status: 401 },
        );
      }
      return Response.json({ accountId: 'acme', version: 1 });
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the token of a client', () => {
  it('is asked for once when many calls wait for it', async () => {
    const server = createStubServer();
    const client = createClient({ baseUrl: 'https://usage.test', ...server });
    await Promise.all([client.summary('acme'), client.usage('acme'), client.credits('acme')]);
    expect(server.getToken).toHaveBeenCalledTimes(1);
  });

  it('is renewed once 80% of its life are over, and not before', async () => {
    const server = createStubServer(900);
    const client = createClient({ baseUrl: 'https://usage.test', ...server });
    await client.summary('acme');
    vi.setSystemTime(startMs + 719_000);
    await client.summary('acme');
    expect(server.getToken).toHaveBeenCalledTimes(1);
    vi.setSystemTime(startMs + 720_000);
    await client.summary('acme');
    expect(server.getToken).toHaveBeenCalledTimes(2);
  });

  it('is renewed once when the server says 401, and the call goes through', async () => {
    const server = createStubServer();
    const client = createClient({ baseUrl: 'https://usage.test', ...server });
    await client.summary('acme');
    server.good.clear();
    await expect(client.usage('acme')).resolves.toMatchObject({ accountId: 'acme' });
    expect(server.getToken).toHaveBeenCalledTimes(2);
  });

  it('is not asked for again and again when the server keeps saying 401', async () => {
    const server = createStubServer();
    const getToken = vi.fn(async () => 'never-good');
    const client = createClient({ baseUrl: 'https://usage.test', fetch: server.fetch, getToken });
    await expect(client.usage('acme')).rejects.toMatchObject({ code: 'expired_credentials', status: 401 });
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(server.seen).toHaveLength(2);
  });

  it('is refused once and renewed once when several calls meet the same 401', async () => {
    const server = createStubServer();
    const client = createClient({ baseUrl: 'https://usage.test', ...server });
    await client.summary('acme');
    server.good.clear();
    await Promise.all([client.usage('acme'), client.credits('acme'), client.subscription('acme')]);
    expect(server.getToken).toHaveBeenCalledTimes(2);
  });

  it('is not renewed with every call where the clock of the browser runs ahead', async () => {
    const server = createStubServer();
    const getToken = vi.fn(async () => {
      server.good.add('t');
      return { token: 't', expiresAt: new Date(Date.now() - 3_600_000).toISOString() };
    });
    const client = createClient({ baseUrl: 'https://usage.test', fetch: server.fetch, getToken });
    await client.summary('acme');
    await client.usage('acme');
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('never stands in a URL', async () => {
    const server = createStubServer();
    const client = createClient({ baseUrl: 'https://usage.test/', ...server });
    await client.tasks('acme', { status: 'failed' });
    await client.series('acme', { metric: 'credits', groupBy: 'agent' });
    expect(server.seen.map(({ url }) => url)).toEqual([
      'https://usage.test/v1/tasks?status=failed&accountId=acme',
      'https://usage.test/v1/accounts/acme/usage/series?metric=credits&groupBy=agent',
    ]);
  });

  it('is one for each session, and getToken is told which', async () => {
    const server = createStubServer();
    const client = createClient({ baseUrl: 'https://usage.test', ...server });
    await client.withSession({ accountId: 'acme', memberId: 'ada' }).summary('acme');
    await client.withSession({ accountId: 'globex' }).summary('globex');
    expect(server.getToken.mock.calls).toEqual([
      [{ accountId: 'acme', memberId: 'ada' }],
      [{ accountId: 'globex' }],
    ]);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('is dropped when the client forgets', async () => {
    const server = createStubServer();
    const client = createClient({ baseUrl: 'https://usage.test', ...server });
    await client.summary('acme');
    client.forget();
    await client.summary('acme');
    expect(server.getToken).toHaveBeenCalledTimes(2);
  });

  it('is not sent, nor asked for, where the host has a proxy of its own', async () => {
    const server = createStubServer();
    server.good.add('');
    const client = createClient({ baseUrl: '/api/usagekit', fetch: server.fetch });
    await client.summary('acme');
    expect(server.seen).toEqual([{ url: '/api/usagekit/v1/accounts/acme/summary', authorization: null }]);
  });

  it('that cannot be had is a typed error with its cause', async () => {
    const cause = new Error('signed out');
    const client = createClient({
      baseUrl: 'https://usage.test',
      getToken: () => {
        throw cause;
      },
    });
    const error = await client.summary('acme').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageKitError);
    expect(error).toMatchObject({ code: 'token_unavailable', cause, retryable: true });
    expect(error).not.toHaveProperty('status');
  });

  it('that is not one says what getToken is to return', async () => {
    const client = createClient({ baseUrl: 'https://usage.test', getToken: async () => ({}) as never });
    await expect(client.summary('acme')).rejects.toThrow('POST /v1/tokens');
  });
});

describe('a request', () => {
  it('F5: says nothing of caches, with which browsers would ask for its preflight each time', async () => {
    const inits: (RequestInit | undefined)[] = [];
    const server = createStubServer();
    const client = createClient({
      baseUrl: 'https://usage.test',
      getToken: server.getToken,
      fetch: (input, init) => {
        inits.push(init);
        return server.fetch(input, init);
      },
    });
    await client.summary('acme');
    await client.summary('acme');
    for (const init of inits) {
      expect(init?.cache).toBe(undefined);
      expect([...new Headers(init?.headers).keys()].sort()).toEqual(['accept', 'authorization']);
    }
  });
});
