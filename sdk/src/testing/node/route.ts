import { NetworkFailure } from '../faults/network-failure.ts';
import { type MountedMock, type MountOptions, mountAt } from '../mounted.ts';

/** What is used of Playwright's `Page` or `BrowserContext`. */
export interface PlaywrightPage {
  route(url: string, handler: (route: PlaywrightRoute) => Promise<void>): Promise<unknown>;
}

interface PlaywrightRoute {
  request(): {
    url(): string;
    method(): string;
    allHeaders(): Promise<Record<string, string>>;
    postData(): string | null;
  };
  fulfill(answer: { status: number; headers: Record<string, string>; body: Buffer }): Promise<void>;
  abort(reason?: string): Promise<void>;
}

/**
 * Answers all that a page or context of Playwright asks under `baseUrl`, an extension's background too.
 * Playwright cannot answer piece by piece, so streams fail and the widgets poll; for live figures use `listen`.
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
  await page.route(`${baseUrl.replace(/\/+$/, '')}/**`, async (routed) => {
    const asked = routed.request();
    const headers = await asked.allHeaders();
    if (headers.accept?.includes('text/event-stream')) return routed.abort('failed');
    let response: Response;
    try {
      response = await answer(
        new Request(asked.url(), {
          method: asked.method(),
          // Names that begin with a colon belong to HTTP/2.
          headers: Object.entries(headers).filter(([name]) => !name.startsWith(':')),
          body: asked.postData(),
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
