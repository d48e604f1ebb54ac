import { type App, type AppOptions, createApp } from '@usagekit/server/app';
import type { CatalogConfig, MemberInput, Problem, TokenRequest } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { afterEach } from 'vitest';
import type { Store } from '../../../server/src/store/store.ts';
import { assertReconciled } from '../../support/assert-reconciled.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

export const secretKey = 'sk_test_for-these-tests-only';
export const startMs = Date.parse('2026-06-10T12:00:00.000Z');

export interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  /** As it came over the wire. */
  readonly text: string;
}

export interface RequestOptions {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  readonly key?: string;
}

export interface TestServer {
  readonly app: App;
  readonly clock: { nowMs(): number; advance(ms: number): void };
  /** Sends a request as the host's backend, or with a token. Strings go as they are, anything else as JSON. */
  send<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Answered<Body>>;
  get<Body = unknown>(path: string, token?: string): Promise<Answered<Body>>;
  /** POST with an idempotency key of its own unless one is named. */
  post<Body = unknown>(path: string, body: unknown, options?: RequestOptions): Promise<Answered<Body>>;
  put<Body = unknown>(path: string, body: unknown, options?: RequestOptions): Promise<Answered<Body>>;
  account(id?: string, input?: object): Promise<string>;
  member(accountId: string, memberId: string, input?: MemberInput): Promise<string>;
  token(request: TokenRequest): Promise<string>;
  /** Every exchange so far, for checks over all of them. */
  readonly exchanges: Exchange[];
}

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
  readonly contentType: string;
}

/** Of this file's servers, which may serve several of its tests. */
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores) await assertReconciled(store);
});

/**
 * The real app on a fresh memory store, with a clock that stands still and ids that count. After each test, every
 * balance in it must be the sum of its entries.
 */
export function createTestServer(
  options: Partial<AppOptions> & { catalog?: CatalogConfig } = {},
): TestServer {
  let nowMs = startMs;
  let ids = 0;
  let keys = 0;
  const clock = {
    nowMs: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
  const store = options.store ?? createMemoryStore();
  stores.push(store);
  const app = createApp({
    clock,
    newId: () => `id-${(ids++).toString().padStart(6, '0')}`,
    catalog: smallCatalogConfig,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
    ...options,
    store,
  });
  const exchanges: Exchange[] = [];

  const server: TestServer = {
    app,
    clock,
    exchanges,
    async send<Body>(
      method: string,
      path: string,
      body?: unknown,
      { token, headers = {}, key }: RequestOptions = {},
    ) {
      const credentials = token === undefined ? secretKey : token;
      const response = await app.fetch(
        new Request(`http://usage.test${path}`, {
          method,
          headers: {
            ...(credentials === null ? {} : { authorization: `Bearer ${credentials}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      const contentType = response.headers.get('content-type') ?? '';
      const parsed = /[/+]json\b/.test(contentType) && text !== '' ? JSON.parse(text) : null;
      exchanges.push({
        method,
        path,
        requestBody: body,
        status: response.status,
        responseBody: parsed,
        contentType,
      });
      return { status: response.status, headers: response.headers, body: parsed as Body, text };
    },
    get: (path, token) => server.send('GET', path, undefined, token === undefined ? {} : { token }),
    post: (path, body, sent = {}) => server.send('POST', path, body, { key: `key-${keys++}`, ...sent }),
    put: (path, body, sent) => server.send('PUT', path, body, sent),
    async account(id = 'acme', input = {}) {
      expectStatus(await server.put(`/v1/accounts/${id}`, input), 201);
      return id;
    },
    async member(accountId, memberId, input = {}) {
      expectStatus(await server.put(`/v1/accounts/${accountId}/members/${memberId}`, input), 201);
      return server.token({ accountId, memberId });
    },
    async token(request) {
      const answered = await server.post<{ token: string }>('/v1/tokens', request);
      expectStatus(answered, 201);
      return answered.body.token;
    },
  };
  return server;
}

/** A problem answer's body. */
export type ProblemAnswer = Answered<Problem>;

function expectStatus(answered: Answered<unknown>, status: number): void {
  if (answered.status !== status)
    throw new Error(`${answered.status} instead of ${status}: ${answered.text}`);
}
