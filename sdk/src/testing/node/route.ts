import type { UsageKitMock } from '../create-usagekit-mock.ts';

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
  mock: Pick<UsageKitMock, 'fetch'>,
  baseUrl: string,
): Promise<void> {
  await page.route(`${baseUrl.replace(/\/+$/, '')}/**`, async (routed) => {
    const asked = routed.request();
    const headers = await asked.allHeaders();
    if (headers.accept?.includes('text/event-stream')) return routed.abort('failed');
    let response: Response;
    try {
      response = await mock.fetch(asked.url(), {
        method: asked.method(),
        // Names that begin with a colon belong to HTTP/2.
        headers: Object.entries(headers).filter(([name]) => !name.startsWith(':')),
        body: asked.postData(),
      });
    } catch {
      return routed.abort('failed');
    }
    await routed.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}
