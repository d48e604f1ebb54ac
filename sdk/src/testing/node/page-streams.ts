import { NetworkFailure } from '../faults/network-failure.ts';

/** The part of Playwright's page that is used. */
export interface PageWithScripts {
  exposeBinding(
    name: string,
    call: (source: { frame: PageFrame }, given: unknown) => unknown,
  ): Promise<unknown>;
  addInitScript(script: string): Promise<unknown>;
}

interface PageFrame {
  evaluate(script: string): Promise<unknown>;
}

/** A stream, by the number that its document gave it. */
interface Asked {
  id: number;
  url: string;
  headers: Record<string, string>;
}

let mounted = 0;

/**
 * Carries streams into a page piece by piece: the page's own fetch hands each request for one over, and the pieces are put into the
 * answer that it got.
 */
export async function streamInto(
  page: PageWithScripts,
  base: string,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  mounted += 1;
  const name = `__usageKitStreams${mounted}`;
  const open = new Map<PageFrame, Map<string, AbortController>>();
  const endAll = (frame: PageFrame) => {
    for (const ending of open.get(frame)?.values() ?? []) ending.abort();
    open.delete(frame);
  };

  // Whatever document was in the frame before is gone, and its streams with it.
  await page.exposeBinding(`${name}Begin`, ({ frame }) => endAll(frame));
  await page.exposeBinding(`${name}End`, ({ frame }, given) => open.get(frame)?.get(String(given))?.abort());
  await page.exposeBinding(`${name}Open`, async ({ frame }, given) => {
    const { id, url, headers } = given as Asked;
    const ending = new AbortController();
    const ofFrame = open.get(frame) ?? new Map<string, AbortController>();
    open.set(frame, ofFrame.set(String(id), ending));
    try {
      const response = await answer(new Request(url, { headers, signal: ending.signal }));
      void carry(response, frame, `${name}.put(${id}, `, ending);
      return { status: response.status, headers: [...response.headers] };
    } catch (error) {
      if (error instanceof NetworkFailure || ending.signal.aborted) return null;
      throw error;
    }
  });
  await page.addInitScript(`(${inPage.toString()})(${JSON.stringify(name)}, ${JSON.stringify(base)})`);
}

/** Puts the body's pieces into the page until it ends, there or here. */
async function carry(
  response: Response,
  frame: PageFrame,
  call: string,
  ending: AbortController,
): Promise<void> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) break;
      await frame.evaluate(`${call}${JSON.stringify(Buffer.from(piece.value).toString('base64'))})`);
    }
    await frame.evaluate(`${call}null)`);
  } catch {
    // The page has gone on to another one or is closed, or the reader has gone: nobody waits for the rest.
    ending.abort();
  }
}

/** Runs in the page, before its own scripts. It is sent as text and can use nothing from here. */
function inPage(name: string, base: string): void {
  interface Bound {
    open(asked: { id: number; url: string; headers: Record<string, string> }): Promise<{
      status: number;
      headers: [string, string][];
    } | null>;
    end(id: number): void;
    begin(): void;
  }
  const scope = globalThis as unknown as Record<string, unknown>;
  if (scope[name] !== undefined) return;
  const bound: Bound = {
    open: scope[`${name}Open`] as Bound['open'],
    end: scope[`${name}End`] as Bound['end'],
    begin: scope[`${name}Begin`] as Bound['begin'],
  };
  bound.begin();
  const pageFetch = globalThis.fetch;
  const streams = new Map<number, ReadableStreamDefaultController<Uint8Array>>();
  let made = 0;
  scope[name] = {
    put(id: number, piece: string | null) {
      const stream = streams.get(id);
      if (stream === undefined) return;
      if (piece === null) {
        streams.delete(id);
        stream.close();
      } else stream.enqueue(Uint8Array.from(atob(piece), (character) => character.charCodeAt(0)));
    },
  };
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const isStream = request.headers.get('Accept')?.includes('text/event-stream') === true;
    // A base without a host is one of the page's own.
    const from = base.startsWith('/') ? `${location.origin}${base}/` : `${base}/`;
    if (!isStream || !request.url.startsWith(from)) return pageFetch(input, init);
    made += 1;
    const id = made;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        streams.set(id, controller);
      },
      cancel() {
        streams.delete(id);
        bound.end(id);
      },
    });
    request.signal.addEventListener('abort', () => {
      streams.get(id)?.error(request.signal.reason);
      streams.delete(id);
      bound.end(id);
    });
    const answer = await bound.open({ id, url: request.url, headers: Object.fromEntries(request.headers) });
    request.signal.throwIfAborted();
    if (answer === null) throw new TypeError('Failed to fetch');
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}
