import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type MountedMock, type MountOptions, mountAt } from '../mounted.ts';

export interface ListenOptions extends MountOptions {
  /** @default a free one */
  port?: number;
  /**
   * The address to listen on; `0.0.0.0` for other machines and containers.
   * @default '127.0.0.1'
   */
  host?: string;
}

export interface Listening {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** Ends open connections, streams too. */
  close(): Promise<void>;
}

/** Puts the mock on a real port, streams included, for browsers and other processes. */
export async function listen(
  mock: MountedMock,
  { port = 0, host = '127.0.0.1', ...mount }: ListenOptions = {},
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    const base = `http://${incoming.headers.host ?? 'localhost'}`;
    answer(mountAt(mock, base, mount), incoming, outgoing).catch((error: unknown) =>
      outgoing.destroy(error as Error),
    );
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
