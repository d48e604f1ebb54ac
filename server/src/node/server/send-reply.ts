import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Reply } from '../../app/create-app.ts';

/** Sends what an answer is made of: a text with its head in one piece. */
export function sendReply({ status, headers, body }: Reply, outgoing: ServerResponse): void | Promise<void> {
  if (typeof body === 'string') {
    const bytes = Buffer.byteLength(body);
    outgoing.writeHead(status, { ...headers, 'content-length': bytes });
    // A text of as many bytes as characters is ASCII, which needs no encoding.
    outgoing.end(body, bytes === body.length ? 'latin1' : 'utf8');
    return;
  }
  outgoing.writeHead(status, headers);
  if (body === null) outgoing.end();
  else return pipeline(Readable.fromWeb(body as ReadableStream<Uint8Array>), outgoing);
}

/** Sends a response whose body is a text. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  sendReply({ status: response.status, headers, body: await response.text() }, outgoing);
}
