import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedProcess, servedKey, startServed } from '../../store/served/served-process.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

let folder: string;
let server: ServedProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-raw-'));
  const catalogFile = join(folder, 'catalog.json');
  writeFileSync(catalogFile, JSON.stringify(smallCatalogConfig));
  server = await startServed(join(folder, 'usage.sqlite'), catalogFile);
}, 60_000);
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Socket {
  const { hostname, port } = new URL(server.url);
  return connect({ host: hostname, port: Number(port) });
}

/** Everything that comes back until the server closes the connection. */
function answerTo(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = open();
    let said = '';
    socket.setTimeout(5_000, () => reject(new Error(`Nothing ended the connection; it said ${said}`)));
    socket.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(said));
    socket.write(text);
  });
}

const isAlive = async () => (await fetch(`${server.url}/healthz`)).status === 200;

const upgrade = 'Connection: Upgrade, close\r\nUpgrade: x\r\n';
const webSocket = 'Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';

describe('a raw socket', () => {
  it.each([
    ['an address that is not valid', `GET // HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`, 404],
    ['an absolute address that is not valid', `GET http://%/ HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`, 400],
    ['an address without a slash', `GET x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 400],
    ['a host that is not valid', 'GET /v1/meta HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['a host of another kind', 'GET /v1/meta HTTP/1.1\r\nHost: %%\r\nConnection: close\r\n\r\n', 400],
    ['no host', 'GET /v1/meta HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['no HTTP', 'HELO mail.example\r\n\r\n', 400],
    ['a head that is too large', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', 405],
    [
      'an expectation that is not known',
      'GET /v1/nothing HTTP/1.1\r\nHost: x\r\nExpect: more\r\nConnection: close\r\n\r\n',
      404,
    ],
    ['a trace', 'TRACE /v1/meta HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 405],
    ['an upgrade of another path', `GET /v1/meta HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`, 200],
    ['a WebSocket at another path', `GET /v1/other HTTP/1.1\r\nHost: x\r\n${webSocket}\r\n`, 404],
    ['a WebSocket without its key', `GET /v1/socket HTTP/1.1\r\nHost: x\r\n${webSocket}\r\n`, 400],
  ])(
    'F21: with %s is answered with a problem and closed, and the server goes on',
    async (_what, text, status) => {
      const answer = await answerTo(text);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`));
      const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
      if (status !== 200) expect(body).toMatchObject({ status, requestId: expect.any(String) });
      expect(await isAlive()).toBe(true);
    },
  );

  it('speaks HTTP/1.0, which names no host', async () => {
    const answer = await answerTo('GET /v1/meta HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*"mode":"test"/);
  });

  it.each([
    [
      'an upgrade',
      `GET /v1/socket HTTP/1.1\r\nHost: x\r\n${webSocket}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    ],
    ['an upgrade of another path', `GET //a HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`],
    ['a request', 'GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'half a body',
      'POST /v1/consume HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"a"',
    ],
  ])('F21: that is reset after %s leaves nothing and nobody behind', async (_what, text) => {
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        const socket = open();
        socket.on('error', () => {});
        await new Promise<void>((resolve) => socket.write(text, () => resolve()));
        await new Promise<void>((resolve) => {
          socket.once('close', () => resolve());
          socket.resetAndDestroy();
        });
      }),
    );
    expect(await isAlive()).toBe(true);
  });

  it('F21: is closed by the server where its client leaves it open after a refused upgrade', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => answerTo(`GET /v1/socket HTTP/1.1\r\nHost: x\r\n${webSocket}\r\n`)),
    );
    expect(new Set(answers.map((answer) => answer.slice(0, 12)))).toEqual(new Set(['HTTP/1.1 400']));
  });

  it('F21: guesses keys so often and no oftener, and holds up nobody who has one', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 40; count++) {
      const headers = { authorization: `Bearer sk_test_guess-number-${count}-of-many` };
      statuses.push((await fetch(`${server.url}/v1/whoami`, { headers })).status);
      const known = { headers: { authorization: `Bearer ${servedKey}` } };
      expect((await fetch(`${server.url}/v1/whoami`, known)).status).toBe(200);
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10);
  });
});
