import type { Page } from 'playwright-core';

export interface SentRequest {
  method: string;
  /** With the query. */
  path: string;
}

/** What a page has sent to one origin. */
export interface NetworkLog {
  /** Requests of the page's own, its stream not among them. */
  requests(): SentRequest[];
  /** What the browser asked beforehand, by address. */
  preflights(): string[];
  streams(): number;
  clear(): void;
}

/** Follows what goes over the wire, preflights too, which a page and its interceptors do not see. */
export async function logNetwork(page: Page, origin: string): Promise<NetworkLog> {
  let sent: SentRequest[] = [];
  let asked: string[] = [];
  let streams = 0;
  const session = await page.context().newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ request, type }) => {
    if (!request.url.startsWith(origin)) return;
    const path = request.url.slice(origin.length);
    if (type === 'Preflight' || request.method === 'OPTIONS') asked.push(path);
    else if (path.endsWith('/stream')) streams += 1;
    else sent.push({ method: request.method, path });
  });
  await session.send('Network.enable');
  return {
    requests: () => [...sent],
    preflights: () => [...asked],
    streams: () => streams,
    clear() {
      sent = [];
      asked = [];
      streams = 0;
    },
  };
}
