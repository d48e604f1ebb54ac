import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiBounds } from '../../contract/api-bounds.ts';

/**
 * What still comes of a request that is answered already is read and left: its client mostly reads nothing before it has sent all, and
 * a connection that is closed with bytes unread is reset, with which the answer is lost. This ends where the request does, and at the
 * first of these bounds.
 */
export const lingering = {
  /** The connection is closed once nothing came for so long. */
  silenceMsMax: 2_000,
  /** It is closed after so long, whatever comes. */
  wholeMsMax: 10_000,
  /** It is closed beyond so many bytes. */
  bytesMax: 64 * apiBounds.bodyBytesMax,
} as const;

/** Whether the request says that its body is beyond the limit. */
export function declaresTooMuch({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > apiBounds.bodyBytesMax;
}

/** Whether a refusal comes before the end of its request, or is for the size of it. */
export function isEarly({ status }: Response, incoming: IncomingMessage): boolean {
  return status >= 400 && (!incoming.complete || (status === 413 && mayBeTooLarge(incoming)));
}

/**
 * Sends a refusal whole, and ends it where its request ends. Where the request is beyond the limit, or may be, the refusal says that it is
 * the last on its connection, which the server closes then; any other connection goes on.
 */
export async function sendEarly(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = Buffer.from(await response.text());
  if (mayBeTooLarge(incoming)) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'content-length': body.byteLength,
  });
  outgoing.write(body);
  const isWhole = await hasCome(incoming);
  outgoing.end(() => {
    if (!isWhole) incoming.socket.destroySoon();
  });
}

/** A length that is not told may be any. */
function mayBeTooLarge(incoming: IncomingMessage): boolean {
  return incoming.headers['transfer-encoding'] !== undefined || declaresTooMuch(incoming);
}

/** Reads and leaves what still comes of a request, and tells whether it came to its end within the bounds. */
function hasCome(incoming: IncomingMessage): Promise<boolean> {
  if (incoming.complete) return Promise.resolve(true);
  return new Promise((resolve) => {
    let bytes = 0;
    const settle = () => {
      clearTimeout(silence);
      clearTimeout(whole);
      resolve(incoming.complete);
    };
    const silence = setTimeout(settle, lingering.silenceMsMax);
    const whole = setTimeout(settle, lingering.wholeMsMax);
    // The reader that has given up would keep what comes.
    incoming.removeAllListeners('data');
    incoming.on('data', (chunk: Buffer) => {
      silence.refresh();
      bytes += chunk.byteLength;
      if (bytes > lingering.bytesMax) settle();
    });
    // At its end, or where its client leaves.
    incoming.once('end', settle);
    incoming.once('close', settle);
    incoming.resume();
  });
}
