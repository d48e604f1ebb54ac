import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiBounds } from '@usagekit/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedProcess, servedKey, startServed } from '../../store/served/served-process.ts';
import { patience } from '../../support/patience.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

let folder: string;
let server: ServedProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-large-bodies-'));
  const catalogFile = join(folder, 'catalog.json');
  writeFileSync(catalogFile, JSON.stringify(smallCatalogConfig));
  server = await startServed(join(folder, 'usage.sqlite'), catalogFile);
}, 60_000);
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Three times what is taken: more than the system holds for a connection that nobody reads. */
const size = 3 * apiBounds.bodyBytesMax;
const large = 'x'.repeat(size);
/** How the body of a request comes, whole. */
const lengthTold = `Content-Length: ${size}\r\n\r\n${large}`;
const inChunks = `Transfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n${large}\r\n0\r\n\r\n`;

const json = 'Content-Type: application/json\r\n';
const authorized = `Authorization: Bearer ${servedKey}\r\n`;
const headOf = (line: string, headers: string) => `${line} HTTP/1.1\r\nHost: x\r\n${headers}`;
const consume = headOf('POST /v1/consume', json + authorized);

interface Spoken {
  /** Everything that came until the server closed the connection. */
  readonly said: string;
  /** Whether all that there was to send was taken before. */
  readonly isSent: boolean;
}

/** Sends the pieces, each as the one before it has left, and reads until the server ends the connection. */
function speak(pieces: readonly string[]): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket: Socket = connect({ host: hostname, port: Number(port) });
    let said = '';
    let isSent = false;
    socket.setTimeout(patience.timeout, () =>
      reject(new Error(`Nothing ended the connection; it said ${said}`)),
    );
    socket.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ said, isSent }));
    const send = (index: number): void => {
      const piece = pieces[index];
      if (piece === undefined) isSent = true;
      else socket.write(piece, (error) => error ?? send(index + 1));
    };
    send(0);
  });
}

const isAlive = async () => (await fetch(`${server.url}/healthz`)).status === 200;
const tenTimes = <T>(act: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 10 }, act));

describe('a body beyond the limit', () => {
  describe.each([
    ['of a length that is told', lengthTold],
    ['in chunks', inChunks],
  ])('%s', (_how, body) => {
    it.each([
      ['a consume', consume, 413],
      ['a consume without a key', headOf('POST /v1/consume', json), 401],
      ['a consume that says that it is its last', `${consume}Connection: close\r\n`, 413],
      ['a change of the catalog', headOf('PUT /v1/catalog', json + authorized), 413],
      ['spans in JSON (OTLP)', headOf('POST /v1/otlp/v1/traces', json + authorized), 413],
      [
        'spans in protobuf (OTLP)',
        headOf('POST /v1/otlp/v1/traces', `Content-Type: application/x-protobuf\r\n${authorized}`),
        413,
      ],
      ['a notification of a payment provider', headOf('POST /v1/payments/sandbox/events', json), 413],
      [
        'a page of a payment provider',
        headOf('POST /v1/payments/sandbox/pay/ticket', 'Content-Type: application/x-www-form-urlencoded\r\n'),
        413,
      ],
      ['an address where there is nothing', headOf('POST /v1/nothing', json), 404],
      ['a host that is not valid', 'POST /v1/consume HTTP/1.1\r\nHost: a b\r\n', 400],
    ])(
      'F21: for %s can be sent whole, its answer says that it is the last and can be read, and the server closes',
      async (_what, head, status) => {
        for (const { said, isSent } of await tenTimes(() => speak([head + body]))) {
          expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
          expect(said.toLowerCase()).toContain('\r\nconnection: close\r\n');
          expect(said.split('HTTP/1.1 ')).toHaveLength(2);
          const told = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(said)?.[1]);
          expect(said.slice(said.indexOf('\r\n\r\n') + 4)).toHaveLength(told);
          expect(isSent).toBe(true);
        }
        expect(await isAlive()).toBe(true);
      },
    );

    it('F21: does not do what its client sends behind it on the same connection', async () => {
      const next = `${headOf('PUT /v1/accounts/behind', json + authorized)}Content-Length: 2\r\n\r\n{}`;
      for (const { said } of await tenTimes(() => speak([consume + body + next])))
        expect(said.split('HTTP/1.1 ')).toHaveLength(2);
      const account = await fetch(`${server.url}/v1/accounts/behind`, {
        headers: { authorization: `Bearer ${servedKey}` },
      });
      expect(account.status).toBe(404);
    });

    it('F21: is read to its end from a client that sends it in small pieces', async () => {
      const text = consume + body;
      const pieces = Array.from({ length: Math.ceil(text.length / 8_192) }, (_, index) =>
        text.slice(index * 8_192, (index + 1) * 8_192),
      );
      for (const { said, isSent } of await tenTimes(() => speak(pieces))) {
        expect(said).toMatch(/^HTTP\/1.1 413 /);
        expect(isSent).toBe(true);
      }
    });
  });

  it.each([
    ['of a length that is told', `Content-Length: 9000000000\r\n\r\n${large}`],
    ['in chunks', `Transfer-Encoding: chunked\r\n\r\n${(9_000_000_000).toString(16)}\r\n${large}`],
  ])('F21: that its client leaves unfinished, %s, is answered and closed', async (_how, body) => {
    for (const { said } of await tenTimes(() => speak([consume + body])))
      expect(said).toMatch(/^HTTP\/1.1 413 /);
    expect(await isAlive()).toBe(true);
  });

  it('F21: that never ends is cut, and holds up nobody', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => {});
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const piece = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    const flood = (error?: Error | null): void => {
      if (!error && socket.writable) socket.write(piece, flood);
    };
    socket.write(`${consume}Transfer-Encoding: chunked\r\n\r\n`, flood);
    expect(await isAlive()).toBe(true);
    await ended;
    expect(await isAlive()).toBe(true);
  });

  it.each([
    ['GET /v1/meta', ''],
    ['GET /v1/accounts', authorized],
    ['DELETE /v1/keys/none', authorized],
    ['POST /v1/token-secret/rotate', authorized],
  ])('F21: is refused where nothing would read it: %s', async (line, headers) => {
    for (const { said, isSent } of await tenTimes(() => speak([headOf(line, headers) + lengthTold]))) {
      expect(said).toMatch(/^HTTP\/1.1 413 [\s\S]*\r\nConnection: close\r\n/);
      expect(isSent).toBe(true);
    }
  });

  it('F21: is refused before it is sent where its client asks first', async () => {
    const { said } = await speak([`${consume}Expect: 100-continue\r\nContent-Length: ${size}\r\n\r\n`]);
    expect(said).toMatch(/^HTTP\/1.1 413 /);
  });

  it('F21: leaves the other requests of a client of the platform alone', async () => {
    const headers = { authorization: `Bearer ${servedKey}`, 'content-type': 'application/json' };
    const post = (body: RequestInit['body']) =>
      fetch(`${server.url}/v1/consume`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    for (let round = 0; round < 5; round++) {
      const answers = await tenTimes(() => post(round % 2 === 0 ? large : new Blob([large]).stream()));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(413));
      expect((await fetch(`${server.url}/v1/whoami`, { headers })).status).toBe(200);
    }
  });
});

it('a body within the limit of a request that is refused keeps its connection', async () => {
  const half = 'x'.repeat(apiBounds.bodyBytesMax / 2);
  const refused = `${headOf('POST /v1/consume', json)}Content-Length: ${half.length}\r\n\r\n`;
  const { said } = await speak([refused, half, headOf('GET /v1/meta', 'Connection: close\r\n\r\n')]);
  expect(said).toMatch(/^HTTP\/1.1 401 [\s\S]*HTTP\/1.1 200 /);
});
