import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { NetworkFailure } from '../faults/network-failure.ts';
import { assertOptions } from '../mock/accepted.ts';
import { type MountedMock, type MountOptions, mountAt, mountOptionNames } from '../mock/mounted.ts';
import type { UsageKitMock } from '../mock/usagekit-mock.ts';
import { answerControl } from './control.ts';

/** Where the mock listens. */
export interface ListenOptions extends MountOptions {
  /** @default a free one */
  port?: number;
  /**
   * The address to listen on; `0.0.0.0` for other machines and containers.
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * Whether `POST /__mock__/reset` and its like control the mock, for Cypress and for other languages.
   * @default false
   */
  control?: boolean;
}

/** A mock that listens at a port. */
export interface Listening {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** Ends open connections, streams too. */
  close(): Promise<void>;
}

const listenOptionNames = [
  ...mountOptionNames,
  'port',
  'host',
  'control',
] as const satisfies readonly (keyof ListenOptions)[];

/**
 * Puts the mock on a real port, streams included, for browsers and other processes.
 * @throws RangeError for a role that is not known.
 */
export async function listen(mock: MountedMock, options: ListenOptions = {}): Promise<Listening> {
  assertOptions('listen', options, listenOptionNames);
  const { port = 0, host = '127.0.0.1', control = false, ...mount } = options;
  // A role that is not known is told now and not with the first request.
  mountAt(mock, 'http://localhost', mount);
  const server = createServer((incoming, outgoing) => {
    const mounted = mountAt(mock, `http://${incoming.headers.host ?? 'localhost'}`, mount);
    const ask = async (request: Request) =>
      (control && (await answerControl(mock as UsageKitMock, request))) || mounted(request);
    answer(ask, incoming, outgoing).catch((error: unknown) => {
      // A fault that lets the network fail, and a caller who has gone, end the connection; anything else is a mistake.
      if (!(error instanceof NetworkFailure) && !outgoing.destroyed) {
        process.stderr.write(`usagekit mock: ${incoming.method} ${incoming.url} failed: ${String(error)}\n`);
      }
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  fetch: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);

  const response = await fetch(
    new Request(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`, {
      method: incoming.method ?? 'GET',
      headers: Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      ),
      body: pieces.length > 0 ? Buffer.concat(pieces) : null,
      signal: gone.signal,
    }),
  );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  // The head goes out at once, so that a stream is seen as open before its first message.
  outgoing.flushHeaders();
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.once('error', () => outgoing.destroy());
  body.pipe(outgoing);
}
