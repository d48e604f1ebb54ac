import { NetworkFailure } from '../faults/network-failure.ts';
import { tellMounted } from '../mock/create-usagekit-mock.ts';
import { baseOf, type MountedMock, type MountOptions, mountAt } from '../mock/mounted.ts';
import { type PageWithScripts, streamInto } from './page-streams.ts';

/** The part of Playwright's `Page` or `BrowserContext` that is used. */
export interface PlaywrightPage extends PageWithScripts {
  /** As Playwright has it. */
  route(
    url: string | ((url: URL) => boolean),
    handler: (route: PlaywrightRoute) => Promise<void>,
  ): Promise<unknown>;
}

interface PlaywrightRoute {
  request(): {
    url(): string;
    method(): string;
    allHeaders(): Promise<Record<string, string>>;
    postDataBuffer(): Buffer | null;
  };
  fulfill(answer: { status: number; headers: Record<string, string>; body: Buffer }): Promise<void>;
  abort(reason?: string): Promise<void>;
}

/**
 * Answers all that a page or context of Playwright asks under `baseUrl`, an address or a path of the page's own, an extension's background
 * too. Live changes arrive as they
 * do from a server: Playwright cannot answer piece by piece, so a page's streams go past it. Call it before the page is opened.
 *
 * A host's service worker answers before Playwright sees a request: make the context with `serviceWorkers: 'block'`; without it
 * the mock tells.
 *
 * @example
 * await route(page, createUsageKitMock({ scenario: 'nearLimit' }), 'https://usage.test');
 */
export async function route(
  page: PlaywrightPage,
  mock: MountedMock,
  baseUrl: string,
  options?: MountOptions,
): Promise<void> {
  const answer = mountAt(mock, baseUrl, options);
  const base = baseOf(baseUrl);
  tellMounted(mock, base);
  await streamInto(page, base, answer);
  tellOfServiceWorkers(page, base);
  // Playwright completes a path by the context's own `baseURL`, which it need not have.
  const isUnder = (url: URL) => url.pathname.startsWith(`${base}/`);
  await page.route(base.startsWith('/') ? isUnder : `${base}/**`, async (routed) => {
    const asked = routed.request();
    const headers = await asked.allHeaders();
    // Requests for a stream that do not use the page's own fetch, such as those of a worker, poll instead.
    if (headers.accept?.includes('text/event-stream')) return routed.abort('failed');
    let response: Response;
    try {
      response = await answer(
        new Request(asked.url(), {
          method: asked.method(),
          // Names that begin with a colon belong to HTTP/2.
          headers: Object.entries(headers).filter(([name]) => !name.startsWith(':')),
          body: (asked.postDataBuffer() as Uint8Array<ArrayBuffer> | null) ?? null,
        }),
      );
    } catch (error) {
      if (error instanceof NetworkFailure) return routed.abort('failed');
      throw error;
    }
    await routed.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}

interface ServiceWorkerTeller {
  on(event: 'serviceworker', listener: (worker: { url(): string }) => void): unknown;
}

function tellOfServiceWorkers(page: PlaywrightPage, base: string): void {
  const context = 'context' in page ? (page as { context(): unknown }).context() : page;
  (context as Partial<ServiceWorkerTeller>).on?.('serviceworker', (worker) => {
    if (worker.url().startsWith('chrome-extension:')) return;
    process.stderr.write(
      `usagekit mock: the service worker ${worker.url()} may answer requests to ${base} before the mock sees them; make the context with serviceWorkers: 'block'.\n`,
    );
  });
}
