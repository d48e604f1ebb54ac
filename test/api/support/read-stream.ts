import type { StreamMessage } from '@usagekit/server/contract';
import type { TestServer } from './test-server.ts';

export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** The next message; null when the stream has ended. */
  next(): Promise<StreamMessage | null>;
  leave(): Promise<void>;
}

/** Opens the account's stream as a browser does. */
export async function readStream(server: TestServer, accountId: string, token: string): Promise<OpenStream> {
  const response = await server.app.fetch(
    new Request(`http://usage.test/v1/accounts/${accountId}/stream`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let waiting = '';
  return {
    status: response.status,
    headers: response.headers,
    async next() {
      for (;;) {
        const end = waiting.indexOf('\n\n');
        if (end !== -1) {
          const message: StreamMessage = JSON.parse(waiting.slice('data: '.length, end));
          waiting = waiting.slice(end + 2);
          return message;
        }
        const part = await reader.read();
        if (part.done) return null;
        waiting += decoder.decode(part.value, { stream: true });
      }
    },
    leave: () => reader.cancel(),
  };
}
