import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { idleGraceMs, listenHttp } from '../../../server/src/node/server/http-server.ts';
import { createTestServer } from '../support/test-server.ts';

const listen = () => {
  const { app } = createTestServer();
  return listenHttp({
    port: 0,
    host: '127.0.0.1',
    trustedProxies: 0,
    fetch: app.fetch,
    answererOf: app.answererOf,
    refuse: app.refuse,
    report: (error) => {
      throw error;
    },
  });
};

it('F21: answers a request that does not come in time with 408 and closes the connection', async () => {
  const http = await listen();
  const accepted = once(http.server, 'connection');
  const client = connect({ host: '127.0.0.1', port: http.port });
  client.write('POST /v1/consume HTTP/1.1\r\nHost: x\r\n');
  const [connection] = (await accepted) as [Socket];
  // As Node tells it when its time is over.
  http.server.emit(
    'clientError',
    Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
    connection,
  );
  const answer = await text(client);
  expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close/i);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({ code: 'request_timeout' });
  await http.close();
});

it('F21: answers a request that came while the stopping process was held up', async () => {
  const http = await listen();
  const client = connect({ host: '127.0.0.1', port: http.port });
  const request = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  client.write(request);
  await once(client, 'data');
  const stopped = http.close();
  holdUpMs(2 * idleGraceMs);
  await setTimeout(1);
  await setImmediate();
  // Idle connections are looked for from now on. The request is with the system, and not read yet.
  client.write(request);
  holdUpMs(idleGraceMs);
  expect(await text(client)).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
  await stopped;
});

it('F21: answers requests on connections that wait to be taken when the server stops', async () => {
  const http = await listen();
  const request = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  const answers = Array.from({ length: 40 }, () => {
    const client = connect({ host: '127.0.0.1', port: http.port });
    client.write(request);
    return text(client);
  });
  // The connections are begun, and the system has taken them; this process has not: it takes one a turn.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  holdUpMs(20);
  const stopped = http.close();
  for (const answer of await Promise.all(answers))
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
  await stopped;
});

it('F21: waits for no connection on which nothing was ever sent when the server stops', async () => {
  const http = await listen();
  const accepted = once(http.server, 'connection');
  const client = connect({ host: '127.0.0.1', port: http.port });
  await accepted;
  // It would otherwise be cut with the answers that do not end, after ten seconds.
  await http.close();
  expect(await text(client)).toBe('');
}, 5_000);

function holdUpMs(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
