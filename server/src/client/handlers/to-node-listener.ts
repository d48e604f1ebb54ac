import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** A request of Node's, as Express and Fastify hand it on; they may have read its body already. */
type NodeRequest = IncomingMessage & { body?: unknown; originalUrl?: string };

/** Answers Node's requests by a function of a request: for `node:http`, Connect and Express. */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (request: NodeRequest, response: ServerResponse, next?: (error: unknown) => void) => void {
  return (request, response, next) => {
    answer(handler, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else if (next) next(error);
      else response.writeHead(500).end();
    });
  };
}

async function answer(
  handler: (request: Request) => Promise<Response>,
  incoming: NodeRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const result = await handler(await toRequest(incoming, gone.signal));
  outgoing.writeHead(result.status, [...result.headers].flat());
  if (result.body === null) {
    outgoing.end();
    return;
  }
  // The head goes out at once, so that a stream is seen as open before its first message.
  outgoing.flushHeaders();
  const body = Readable.fromWeb(result.body as Parameters<typeof Readable.fromWeb>[0]);
  body.once('error', () => outgoing.destroy());
  body.pipe(outgoing);
}

async function toRequest(incoming: NodeRequest, signal: AbortSignal): Promise<Request> {
  const { method = 'GET', headers } = incoming;
  const isEncrypted = 'encrypted' in incoming.socket && incoming.socket.encrypted === true;
  const origin = `${isEncrypted ? 'https' : 'http'}://${headers.host ?? 'localhost'}`;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(incoming.originalUrl ?? incoming.url ?? '/', origin), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    body: hasBody ? await bodyOf(incoming) : null,
    signal,
  });
}

async function bodyOf(incoming: NodeRequest): Promise<string | Uint8Array<ArrayBuffer> | null> {
  const { body } = incoming;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  // A parser has read the stream; what it made of it is JSON, since nothing else is sent here.
  if (body !== undefined && incoming.readableEnded) return JSON.stringify(body);
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return pieces.length === 0 ? null : new Uint8Array(Buffer.concat(pieces));
}
