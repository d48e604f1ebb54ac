import type { StreamMessage } from '../../../contract/live/stream.ts';
import { readers, route } from '../../http/route.ts';

const encoder = new TextEncoder();

/**
 * Server-sent events that name the changed answers, and carry the cheap ones. The stream ends with the caller's token; a client
 * reconnects with a new token and asks again for what it shows.
 */
export const streamChanges = route('GET /v1/accounts/:accountId/stream', {
  words: 'Server-sent events: which views changed; each message is a StreamMessage. Ends with the token',
  callers: readers,
  head: 'refused',
  answers: { 200: 'text/event-stream' },
  async handle({ services, params, caller }) {
    const { accountId } = params;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
      highWaterMark: 64,
    });
    const writer = writable.getWriter();
    const leave = await services.hub.open({
      accountId,
      caller,
      send(message: StreamMessage) {
        // A reader that has gone away is noticed by `closed` below.
        writer.write(encoder.encode(`data: ${JSON.stringify(message)}\n\n`)).catch(() => {});
      },
      close() {
        writer.close().catch(() => {});
      },
    });
    writer.closed.then(leave, leave);
    return {
      status: 200,
      headers: {
        'content-type': 'text/event-stream',
        // A proxy that compresses or buffers answers would hold back messages.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
      body: readable,
    };
  },
});
