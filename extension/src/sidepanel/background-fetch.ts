import type { ChangeMessage, View } from '@usagekit/server/contract';
import { callBackground } from '../chrome/call-background.ts';
import type { Snapshot } from '../core/account/snapshot.ts';
import { RpcError } from '../core/rpc/rpc.ts';

/** The address that the kit's client is given; nothing is sent there. */
export const backgroundUrl = 'https://background.invalid';

/** Views whose answers may have moved with the account. */
const views: View[] = [
  'summary',
  'usage',
  'series',
  'usageHistory',
  'credits',
  'ledger',
  'subscription',
  'tasks',
  'task',
];

export interface BackgroundFetch {
  /** Takes the place of `fetch` in the kit's client: the background asks the server, so that no page holds the token. */
  fetch: typeof globalThis.fetch;
  /** Passes news of the account on, by the stream that the kit reads. */
  tell(snapshot: Snapshot): void;
}

/** One account's way to its server. */
export function createBackgroundFetch(connectionId: string): BackgroundFetch {
  let known: Snapshot['summary'] = null;
  const lines = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const say = (line: ReadableStreamDefaultController<Uint8Array>, message: object): void =>
    line.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`));

  const openStream = (signal: AbortSignal | null | undefined): Response => {
    let line: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        line = controller;
        lines.add(line);
        say(line, { type: 'hello', accountId: known?.accountId ?? '', version: known?.version ?? 0 });
        const beat = setInterval(() => say(line, { type: 'beat' }), beatMs);
        signal?.addEventListener('abort', () => {
          clearInterval(beat);
          if (lines.delete(line)) line.error(signal.reason);
        });
      },
      cancel() {
        lines.delete(line);
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };

  return {
    async fetch(input, init) {
      const url = new URL(String(input));
      if (url.pathname.endsWith('/stream')) return openStream(init?.signal);
      if ((init?.method ?? 'GET') !== 'GET') throw new TypeError('The extension reads only.');
      try {
        const path = `${url.pathname}${url.search}`;
        const { status, body } = await callBackground('read', { connectionId, path });
        const type = status < 400 ? 'application/json' : 'application/problem+json';
        return new Response(body, { status, headers: { 'Content-Type': type } });
      } catch (error) {
        if (error instanceof RpcError) throw new TypeError(error.message, { cause: error });
        throw error;
      }
    },
    tell({ summary, usage, credits, isCurrent }) {
      if (summary === null || summary.version === known?.version) return;
      const message: ChangeMessage = {
        type: 'change',
        accountId: summary.accountId,
        version: summary.version,
        since: known?.version ?? 0,
        views,
        moved: {
          summary,
          ...(isCurrent.usage && usage !== null && { usage }),
          ...(isCurrent.credits && credits !== null && { credits }),
        },
        credits: summary.credits,
        level: summary.level,
        blocked: summary.blocked !== null,
        taskIds: [],
        asOf: summary.asOf,
      };
      known = summary;
      for (const line of lines) say(line, message);
    },
  };
}

/** Well within the silence after which the kit takes a stream for dead. */
const beatMs = 15_000;
