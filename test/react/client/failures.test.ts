import { createClient, newIdempotencyKey, UsageKitError } from '@usagekit/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

const clientOf = (fetch: typeof globalThis.fetch, timeoutMs?: number) =>
  createClient({ baseUrl: '/proxy', fetch, ...(timeoutMs !== undefined && { timeoutMs }) });

afterEach(() => {
  vi.useRealTimers();
});

describe('a failure of the client', () => {
  it('is network_error with its cause when no answer comes', async () => {
    const cause = new TypeError('Failed to fetch');
    const error = await clientOf(() => Promise.reject(cause))
      .usage('acme')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageKitError);
    expect(error).toMatchObject({ code: 'network_error', cause, retryable: true, notPermitted: false });
  });

  it('is timeout when the answer takes longer than allowed, head or body', async () => {
    vi.useFakeTimers();
    const hangs: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const failure = expect(clientOf(hangs, 500).usage('acme')).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(500);
    await failure;
  });

  it('is aborted when the caller ends it, not timeout', async () => {
    const controller = new AbortController();
    const hangs: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const asked = clientOf(hangs).usage('acme', { signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
  });

  it.each([
    ['a page of a proxy with 502', new Response('<h1>Bad gateway</h1>', { status: 502 }), 502],
    ['an app that answers everything with its page', new Response('<!doctype html>', { status: 200 }), 200],
    ['JSON that broke off', new Response('{"accountId":"ac', { status: 200 }), 200],
    ['JSON that is no problem', Response.json({ oops: true }, { status: 500 }), 500],
  ])('is malformed_answer on %s', async (_name, response, status) => {
    await expect(clientOf(async () => response).usage('acme')).rejects.toMatchObject({
      code: 'malformed_answer',
      status,
    });
  });

  it('carries the problem, its refusal and what would help', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Not enough credits',
      status: 402,
      code: 'insufficient_credits',
      requestId: 'req_1',
      refusal: {
        reason: 'insufficient_credits',
        message: 'This needs 12 credits and 3 are left.',
        actions: [{ kind: 'buy_credits', label: 'Buy credits', allowed: true }],
      },
    };
    const error = await clientOf(async () =>
      Response.json(problem, { status: 402, headers: { 'Retry-After': '30' } }),
    )
      .check({ accountId: 'acme', items: [] })
      .catch((thrown: UsageKitError) => thrown);
    expect(error).toMatchObject({
      code: 'insufficient_credits',
      status: 402,
      requestId: 'req_1',
      retryable: false,
      retryAfterSeconds: 30,
      actions: [{ kind: 'buy_credits' }],
      refusal: { message: 'This needs 12 credits and 3 are left.' },
    });
  });

  it.each(['Infinity', 'Wed, 21 Oct 2026 07:28:00 GMT'])('knows no wait of Retry-After: %s', async (sent) => {
    const problem = { type: 'about:blank', title: 'Not now', status: 503, code: 'unavailable' };
    const error = await clientOf(async () =>
      Response.json(problem, { status: 503, headers: { 'Retry-After': sent } }),
    )
      .check({ accountId: 'acme', items: [] })
      .catch((thrown: UsageKitError) => thrown);
    expect(error).toMatchObject({ code: 'unavailable', retryAfterSeconds: undefined });
  });

  it('C12: is not_available, with no code and no figure, on the neutral answer to a visitor', async () => {
    const neutral = {
      type: 'about:blank',
      title: 'Not available',
      status: 503,
      detail: 'Please try again later.',
    };
    await expect(
      clientOf(async () => Response.json(neutral, { status: 503 })).summary('acme'),
    ).rejects.toMatchObject({ code: 'not_available', notPermitted: true, retryable: false, actions: [] });
  });
});

describe('an idempotency key', () => {
  it('F2: is a UUIDv7 that carries its time and sorts by it', () => {
    const keys = [1, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1].map(newIdempotencyKey);
    for (const key of keys)
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...keys].sort()).toEqual(keys);
    expect(Number.parseInt((keys[1] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
  });

  it('F2: is never made twice', () => {
    const keys = Array.from({ length: 1_000 }, () => newIdempotencyKey(5));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
