import type { Problem } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { describe, expect, it } from 'vitest';
import { steadyMs } from '../../../server/src/app/log/outage-log.ts';
import { createConsole } from '../../../server/src/node/console/create-console.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import { createTestServer, secretKey, type TestServer } from '../support/test-server.ts';

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A log that is kept, and a store that can be cut off from its database. */
function setUp(requestLogShare = 1) {
  const lines: Line[] = [];
  const keep = (level: Line['level']) => (fields: Line['fields'], message: string) => {
    lines.push({ level, fields, message });
  };
  let failing: readonly (keyof Store)[] = [];
  let reason: Error = new StoreUnavailableError('The database could not be read or written.');
  const store = new Proxy(createMemoryStore(), {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        failing.includes(name as keyof Store) ? Promise.reject(reason) : value.apply(target, given);
    },
  });
  const server = createTestServer({
    store,
    log: { info: keep('info'), warn: keep('warn'), error: keep('error') },
    requestLogShare,
  });
  return {
    server,
    cutOff: (...names: (keyof Store)[]) => {
      failing = names;
    },
    failWith: (error: Error, ...names: (keyof Store)[]) => {
      reason = error;
      failing = names;
    },
    comeBack: () => {
      failing = [];
    },
    /** Of what went wrong; the lines of requests stand apart. */
    told: () => lines.filter(({ message }) => message !== 'request'),
    ofRequests: () => lines.filter(({ message }) => message === 'request'),
  };
}

const everything = ['write', 'readAccount', 'takeLease', 'probe', 'readCatalog'] as const;
const use = { accountId: 'acme', items: [{ model: 'swift-1' }] };

it('F22: tells an outage of the database by one line at its beginning and one at its end, however much fails', async () => {
  const { server, cutOff, comeBack, told } = setUp();
  await server.account('acme');
  expect(told()).toEqual([]);

  cutOff(...everything);
  for (let request = 0; request < 20; request++)
    expect((await server.post('/v1/consume', use)).status).toBe(503);
  await expect(server.app.commitDue()).rejects.toThrow(StoreUnavailableError);
  server.app.log.error(
    { err: new Error('A run failed', { cause: new StoreUnavailableError('gone') }) },
    'Notices could not be sent',
  );
  expect(told()).toHaveLength(1);
  expect(told()[0]).toMatchObject({
    level: 'error',
    fields: { err: expect.any(StoreUnavailableError), route: '/v1/consume' },
    message: 'The store cannot be reached; further errors of this kind are only counted',
  });

  comeBack();
  server.clock.advance(30_000);
  expect((await server.post('/v1/consume', use)).status).toBe(200);
  expect((await server.post('/v1/consume', use)).status).toBe(200);
  expect(told()).toHaveLength(2);
  expect(told()[1]).toEqual({
    level: 'warn',
    fields: { outageSeconds: 30, errorsLeftOut: 20 },
    message: 'The store answers again',
  });
});

it('tells the end of an outage by the scheduler where nobody asks, and not before something can be written', async () => {
  const { server, cutOff, comeBack, told } = setUp();
  await server.account('acme');
  cutOff('write', 'probe');
  await server.post('/v1/consume', use);
  expect((await server.get('/v1/accounts/acme')).status).toBe(200);
  await expect(server.app.commitDue()).rejects.toThrow(StoreUnavailableError);
  expect(told()).toHaveLength(1);
  comeBack();
  server.clock.advance(steadyMs);
  await server.app.commitDue();
  expect(
    told()
      .map(({ message }) => message)
      .at(1),
  ).toBe('The store answers again');
});

it('F22: tells an outage once where the store takes some writes and not others, again at growing distances, and its end once', async () => {
  const { server, cutOff, comeBack, told } = setUp();
  await server.account('acme');
  const free = { accountId: 'acme', items: [{ metric: 'exports', quantity: '1' }] };
  const secondOfAFullDisk = async () => {
    cutOff('write');
    expect((await server.post('/v1/consume', free)).status).toBe(503);
    comeBack();
    await server.app.commitDue();
    expect((await server.post('/v1/consume', free)).status).toBe(200);
    server.clock.advance(1_000);
  };
  for (let second = 0; second < 30; second++) await secondOfAFullDisk();
  expect(told()).toHaveLength(1);
  for (let second = 30; second < 200; second++) await secondOfAFullDisk();
  expect(told().slice(1)).toMatchObject([
    { level: 'error', fields: { outageSeconds: 60, errorsLeftOut: 60 } },
    { level: 'error', fields: { outageSeconds: 180, errorsLeftOut: 180 } },
  ]);
  server.clock.advance(steadyMs);
  await server.app.commitDue();
  await server.app.commitDue();
  expect(told().slice(3)).toEqual([
    { level: 'warn', fields: { outageSeconds: 199, errorsLeftOut: 199 }, message: 'The store answers again' },
  ]);
});

it('tells every other error by itself, also during an outage', async () => {
  const { server, cutOff, comeBack, told } = setUp();
  await server.account('acme');
  cutOff(...everything);
  await server.post('/v1/consume', use);
  server.app.log.error({ err: new Error('The mail server is gone') }, 'Notices could not be sent');
  expect(
    told()
      .map(({ message }) => message)
      .at(1),
  ).toBe('Notices could not be sent');
  comeBack();
});

it('logs of the requests that fail during an outage the share that is logged of all', async () => {
  const { server, cutOff, comeBack, ofRequests } = setUp(0.1);
  await server.account('acme');
  cutOff(...everything);
  await server.post('/v1/consume', use);
  const before = ofRequests().length;
  for (let request = 0; request < 100; request++) await server.post('/v1/consume', use);
  expect(ofRequests()).toHaveLength(before + 10);
  expect(ofRequests().at(-1)).toMatchObject({ level: 'error', fields: { status: 503 } });
  comeBack();
});

it('answers a mistake in the program with 500 and the request, and logs its cause, since to try again would not help', async () => {
  const { server, failWith, comeBack, told } = setUp();
  await server.account('acme');
  const mistake = new TypeError('x is not a function');
  failWith(mistake, 'write');
  const { status, headers, body } = await server.post<Problem>('/v1/consume', use);
  expect(status).toBe(500);
  expect(headers.get('retry-after')).toBeNull();
  expect(body).toMatchObject({ code: 'internal', requestId: headers.get('x-request-id') });
  expect(JSON.stringify(body)).not.toContain(mistake.message);
  expect(told()).toEqual([
    {
      level: 'error',
      fields: { err: mistake, requestId: body.requestId, route: '/v1/consume', accountId: 'acme' },
      message: 'A request failed',
    },
  ]);
  comeBack();
});

describe.each<[string, (server: TestServer) => Promise<Response>]>([
  [
    'an export of spans',
    ({ app, clock }) =>
      app.fetch(
        new Request('http://usage.test/v1/otlp/v1/traces', {
          method: 'POST',
          headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
          body: JSON.stringify(spanAt(clock.nowMs())),
        }),
      ),
  ],
  [
    'a sign-in to the console',
    ({ app, clock }) =>
      createConsole({
        app,
        files: new Map(),
        mode: 'test',
        nowMs: () => clock.nowMs(),
        readSecret: async () => 'a secret for these tests only',
        publicUrl: null,
        hasProxy: false,
      }).answer(
        new Request('http://usage.test/console/session', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            origin: 'http://usage.test',
            'sec-fetch-site': 'same-origin',
          },
          body: JSON.stringify({ key: secretKey }),
        }),
        null,
      ),
  ],
])('%s, whose answer is of another form,', (_what, ask) => {
  it('F22: tells an outage in the log, and the caller to come again', async () => {
    const { server, cutOff, comeBack, told } = setUp();
    await server.account('acme');
    cutOff(...everything, 'putAudit');
    const { status, headers } = await ask(server);
    expect(told()).toMatchObject([
      {
        level: 'error',
        message: 'The store cannot be reached; further errors of this kind are only counted',
      },
    ]);
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    comeBack();
  });
});

function spanAt(endedAtMs: number) {
  const attributes = Object.entries({
    'usagekit.account.id': 'acme',
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'swift-1',
  }).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  const span = {
    traceId: '0AF7651916CD43DD8448EB211C80319C',
    spanId: 'B7AD6B7169203331',
    name: 'chat',
    endTimeUnixNano: `${endedAtMs}000000`,
    attributes,
  };
  return { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
}
