import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, listenHttp } from '../../../server/src/node/server/http-server.ts';
import fc from '../../support/fast-check.ts';
import { createTestServer, secretKey, type TestServer } from '../support/test-server.ts';

interface Listening {
  readonly http: HttpServer;
  readonly server: TestServer;
  /** Requests that came to the app as a `Request`. */
  readonly fetched: () => number;
}

/** Two servers of the same state: one that answers what it holds whole, and one that makes a `Request` of everything. */
let direct: Listening;
let general: Listening;

async function listen(isDirect: boolean): Promise<Listening> {
  const server = createTestServer();
  const { app } = server;
  let fetched = 0;
  const http = await listenHttp({
    port: 0,
    host: '127.0.0.1',
    trustedProxies: 0,
    fetch(request, address) {
      fetched += 1;
      return app.fetch(request, address);
    },
    answererOf: (method, path) => (isDirect ? app.answererOf(method, path) : undefined),
    refuse: app.refuse,
    report(error) {
      throw error;
    },
  });
  for (const id of ['acme', 'globex']) {
    await server.account(id);
    await server.member(id, 'mia');
  }
  return { http, server, fetched: () => fetched };
}

beforeAll(async () => {
  direct = await listen(true);
  general = await listen(false);
});
afterAll(() => Promise.all([direct.http.close(), general.http.close()]));

/** What comes before the answer where the caller asks whether it may send its body. */
const goOn = 'HTTP/1.1 100 Continue\r\n\r\n';

/** Sends the parts, a packet each, and gives the answer without its date. */
function answerTo({ http }: Listening, parts: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(http.port, '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = said.replace(goOn, '').split('\r\n\r\n');
      const [line = '', ...headers] = head.split('\r\n');
      // Header names are of no case, and in no order.
      const named = headers.map((header) => header.replace(/^[^:]+/, (name) => name.toLowerCase())).sort();
      resolve([line, ...named.filter((header) => !header.startsWith('date:')), body]);
    });
    const send = (index: number) => {
      const part = parts[index];
      if (part !== undefined) socket.write(part, () => setImmediate(() => send(index + 1)));
    };
    send(0);
  });
}

const bytesOf = (text: string) => Buffer.byteLength(text);
const use = { accountId: 'acme', memberId: 'mia', category: 'agent' };
const bodies = [
  JSON.stringify({ ...use, items: [{ model: 'swift-1' }, { tool: 'search', calls: 2 }] }),
  JSON.stringify({ accountId: 'globex', items: [{ metric: 'emails', quantity: '1000' }] }),
  JSON.stringify({ ...use, items: [{ metric: 'emails', quantity: '1000000' }] }),
  JSON.stringify({ ...use, items: [] }),
  JSON.stringify({ ...use, memberId: 'Grüße 👋', items: [{ model: 'swift-1' }] }),
  JSON.stringify({ accountId: 'nobody', items: [{ model: 'swift-1' }] }),
  `\u{feff}${JSON.stringify({ accountId: 'acme', items: [{ model: 'swift-1' }] })}`,
  JSON.stringify({ accountId: 'acme', amount: '1', unit: 'credits', items: [{ model: 'swift-1' }] }),
  JSON.stringify({ accountId: 'acme', memberId: 'mia' }),
  'null',
  '{"accountId": "ac',
  '',
];

/** One header each, or several; most of what a caller may send, and what none should. */
const heads = {
  host: [
    'Host: localhost',
    'Host: localhost:4310',
    'Host: LOCALHOST',
    'Host: [::1]:80',
    'Host: a b',
    'Host: x:99999',
  ],
  authorization: [
    `Authorization: Bearer ${secretKey}`,
    `authorization:   bearer ${secretKey}  `,
    'Authorization: Bearer sk_test_wrong-key-of-nobody',
    'Authorization: Basic abc',
    `Authorization: Bearer ${secretKey}\r\nAuthorization: Bearer ${secretKey}`,
    'X-None: 1',
  ],
  contentType: [
    'Content-Type: application/json',
    'CONTENT-TYPE: application/vnd.api+json; charset=utf-8',
    'Content-Type: text/plain',
    'Content-Type: application/json\r\nContent-Type: text/plain',
    'X-None: 2',
  ],
  key: [
    'Idempotency-Key: first',
    'idempotency-key: second',
    'Idempotency-Key: a b',
    'Idempotency-Key: one\r\nIdempotency-Key: two',
    'X-None: 3',
  ],
  others: [
    'X-None: 4',
    'X-Request-Id: checkout-17',
    'X-Request-Id: a b\r\nOrigin: https://app.example',
    'Origin: https://app.example',
    'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'Expect: 100-continue',
    'X-Latin: \u{e9}',
  ],
} as const;

/** Nine of ten are as most requests are, so that the ways of one thing are met where the rest is well. */
const mostly = (values: readonly string[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(values[0] ?? '') },
    { weight: 4, arbitrary: fc.constantFrom(...values) },
  );

const paths = [
  '/v1/consume',
  '/v1/check',
  '/v1/tokens',
  '/v1/holds',
  '/v1/consume?x=1',
  '/v1/nothing',
  '/v1/../v1/consume',
];

const request = fc
  .record({
    method: mostly(['POST', 'PUT']),
    path: mostly(paths),
    host: mostly(heads.host),
    authorization: mostly(heads.authorization),
    contentType: mostly(heads.contentType),
    key: fc.constantFrom(...heads.key),
    others: fc.constantFrom(...heads.others),
    body: fc.constantFrom(...bodies),
    length: mostly(['told', 'chunked']),
    pieces: fc.constantFrom('one', 'head apart', 'in the middle'),
  })
  .map(({ method, path, body, length, pieces, ...headers }) => {
    const lines = [`${method} ${path} HTTP/1.1`, ...Object.values(headers), 'Connection: close'];
    lines.push(length === 'told' ? `Content-Length: ${bytesOf(body)}` : 'Transfer-Encoding: chunked');
    const head = `${lines.join('\r\n')}\r\n\r\n`;
    const sent =
      length === 'told'
        ? body
        : `${body === '' ? '' : `${bytesOf(body).toString(16)}\r\n${body}\r\n`}0\r\n\r\n`;
    if (pieces === 'one' || sent.length < 2) return [head + sent];
    return pieces === 'head apart' ? [head, sent] : [head + sent.slice(0, 1), sent.slice(1)];
  });

describe('a request that is held whole', () => {
  it('is answered as one that became a Request, in every header and character', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (parts) => {
        expect(await answerTo(direct, parts)).toEqual(await answerTo(general, parts));
      }),
      { numRuns: 400 },
    );
    expect(direct.fetched()).toBeLessThan(general.fetched());
  });

  it('becomes no Request, and any other does', async () => {
    const consume = (host: string) => {
      const [body = ''] = bodies;
      const lines = [
        'POST /v1/consume HTTP/1.1',
        `Host: ${host}`,
        heads.authorization[0],
        heads.contentType[0],
        `Idempotency-Key: to ${host}`.replace('to ', 'to-'),
        `Content-Length: ${bytesOf(body)}`,
        'Connection: close',
      ];
      return [`${lines.join('\r\n')}\r\n\r\n${body}`];
    };
    const before = direct.fetched();
    expect((await answerTo(direct, consume('localhost')))[0]).toBe('HTTP/1.1 200 OK');
    expect(direct.fetched()).toBe(before);
    expect((await answerTo(direct, consume('LOCALHOST')))[0]).toBe('HTTP/1.1 200 OK');
    expect(direct.fetched()).toBe(before + 1);
  });
});
