import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { apiBounds } from '../../contract/api-bounds.ts';

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
  await sendWebResponse(await handler(await toRequest(incoming, gone.signal)), outgoing);
}

/**
 * Node's request as a `Request`, for `usageKit.gate` in a route of Express, Fastify (`request.raw`) or `node:http`. It has the method, the
 * address and the headers. It has no body, so that your route can read the body itself.
 *
 * @example
 * app.post('/api/ask', async (request, response) => {
 *   const gate = await usageKit.gate(toWebRequest(request), { items: [{ tool: 'work', calls: 1 }] });
 *   if (!gate.allowed) return sendWebResponse(gate.response, response);
 *   response.json(await answer(request.body));
 * });
 */
export function toWebRequest(incoming: NodeRequest): Request {
  return requestOf(incoming, {});
}

/** Sends a `Response`, such as a refusal of the gate, as the answer of Node's. The body is sent piece by piece. */
export async function sendWebResponse(answer: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(answer.status, [...answer.headers].flat());
  if (answer.body === null) {
    outgoing.end();
    return;
  }
  // The head goes out at once, so that a stream is seen as open before its first message.
  outgoing.flushHeaders();
  const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
  body.once('error', () => outgoing.destroy());
  body.pipe(outgoing);
}

async function toRequest(incoming: NodeRequest, signal: AbortSignal): Promise<Request> {
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  return requestOf(incoming, { body: hasBody ? await bodyOf(incoming) : null, signal });
}

function requestOf(incoming: NodeRequest, init: RequestInit): Request {
  const { method = 'GET', headers } = incoming;
  const isEncrypted = 'encrypted' in incoming.socket && incoming.socket.encrypted === true;
  const origin = `${isEncrypted ? 'https' : 'http'}://${headers.host ?? 'localhost'}`;
  return new Request(new URL(incoming.originalUrl ?? incoming.url ?? '/', origin), {
    ...init,
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  });
}

async function bodyOf(incoming: NodeRequest): Promise<string | Uint8Array<ArrayBuffer> | null> {
  const { body } = incoming;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  // A parser has read the stream; what it made of it is JSON, since nothing else is sent here.
  if (body !== undefined && incoming.readableEnded) return JSON.stringify(body);
  const pieces: Buffer[] = [];
  let length = 0;
  // The connection is the host's, so it is not ended here.
  for await (const piece of incoming.iterator({ destroyOnReturn: false })) {
    pieces.push(piece as Buffer);
    length += piece.length;
    if (length > apiBounds.bodyBytesMax) {
      // The handler refuses it for its size. What still comes is read and left, so that its client reads the refusal.
      incoming.resume();
      break;
    }
  }
  return pieces.length === 0 ? null : new Uint8Array(Buffer.concat(pieces));
}
