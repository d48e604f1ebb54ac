import { type ClientOptions, createClient, type GetToken } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('NODE_ENV', 'development');
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Each failure is told once in a page, so each test has an address of its own. */
let addresses = 0;
async function fail(options: Partial<ClientOptions>, path = ''): Promise<string> {
  addresses += 1;
  const client = createClient({ baseUrl: `https://usage-${addresses}.test${path}`, ...options });
  await expect(client.usage('acme')).rejects.toThrow();
  await expect(client.credits('acme')).rejects.toThrow();
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}
const answering = (body: BodyInit, status: number) => ({ fetch: async () => new Response(body, { status }) });
const problem = (status: number, code: string, detail: string) =>
  answering(JSON.stringify({ title: code, code, detail, requestId: 'r-1' }), status);

describe('in development the console has one line for each cause of failed requests', () => {
  it('names code, address and what to do where nothing answers', async () => {
    const line = await fail({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    expect(line).toContain('network_error at GET https://usage-');
    expect(line).toContain('/v1/accounts/acme/usage');
    expect(line).toMatch(/Does a server run at baseUrl/);
  });

  it('says that /v1 does not belong into baseUrl', async () => {
    expect(await fail(problem(404, 'not_found', 'No such address'), '/v1')).toContain('leave that out');
  });

  it('says that something else answers', async () => {
    expect(await fail(answering('<!doctype html>', 200))).toContain('Something other than UsageKit answers');
  });

  it.each<[string, () => unknown, string]>([
    ['gives a Response', () => new Response('{}'), 'add .then((response) => response.json())'],
    ['gives undefined', () => undefined, 'It gave undefined'],
    ['gives an error of the route', () => ({ error: 'not found' }), 'an object with error in it'],
    ['reads a page as JSON', () => JSON.parse('<!doctype html>'), 'does the route exist'],
    ['throws', () => Promise.reject(new Error('offline')), 'It threw what follows'],
  ])('tells a getToken that %s', async (_what, getToken, advice) => {
    expect(await fail({ ...answering('{}', 200), getToken: getToken as GetToken })).toContain(advice);
  });

  it('tells a token for another account, with what the server says', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addAccount('globex', { planId: 'free' });
    const line = await fail({ fetch: mock.fetch, getToken: () => mock.tokenFor({ accountId: 'globex' }) });
    expect(line).toContain('These credentials are for another account');
    expect(line).toContain('has to return a token for the accountId in it');
  });

  it('says nothing in production and in tests', async () => {
    for (const environment of ['production', 'test']) {
      vi.stubEnv('NODE_ENV', environment);
      const client = createClient({
        baseUrl: 'https://quiet.test',
        fetch: () => Promise.reject(new TypeError()),
      });
      await expect(client.usage('acme')).rejects.toThrow();
    }
    expect(lines).toEqual([]);
  });
});

describe('onError of a client', () => {
  it('is told each failed request with its address in production too, and nothing that the caller ended', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const onError = vi.fn();
    const client = createClient({ baseUrl: '/proxy', onError, ...problem(500, 'internal_error', 'Failed') });
    await expect(client.withSession({ accountId: 'acme' }).usage('acme')).rejects.toThrow();
    await expect(client.openStream('acme')).rejects.toThrow();
    expect(onError.mock.calls).toEqual([
      [
        expect.objectContaining({ code: 'internal_error' }),
        expect.objectContaining({ path: '/v1/accounts/acme/usage' }),
      ],
      [
        expect.objectContaining({ code: 'internal_error' }),
        expect.objectContaining({ path: '/v1/accounts/acme/stream' }),
      ],
    ]);
    await expect(client.usage('acme', { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(onError).toHaveBeenCalledTimes(2);
  });
});
