import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createUsageKitMock } from '../../../sdk/src/testing/mock/create-usagekit-mock.ts';
import type { UsageKitMock } from '../../../sdk/src/testing/mock/usagekit-mock.ts';
import { listen } from '../../../sdk/src/testing/node/listen.ts';
import { launchChromium } from '../../support/launch-chromium.ts';
import { servePage } from '../../support/serve-page.ts';

export interface LiveWidgets {
  page: Page;
  mock: UsageKitMock;
  /** Milliseconds for which the page's main thread has worked so far. */
  taskMs(): Promise<number>;
  /** Requests that the page has sent so far. */
  requests(): number;
}

/** A host's page of widgets in Chromium, its server on another origin, the stream open, and quiet. */
export async function withLiveWidgets<Result>(
  query: string,
  run: (widgets: LiveWidgets) => Promise<Result>,
): Promise<Result> {
  const mock = createUsageKitMock({ gathersChanges: true });
  const server = await listen(mock);
  const served = await servePage(join(import.meta.dirname, '../../e2e/live-pages/billing-page.tsx'), {
    '/token': () => mock.tokenFor(),
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1_200, height: 900 } });
    const session = await page.context().newCDPSession(page);
    // The thread's own time: what other programs take of the machine is not the page's.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${served.url}?server=${encodeURIComponent(server.url)}&${query}`);
    await page.locator('[data-widget="credit-balance"]:not([data-state="loading"])').first().waitFor();
    await page.waitForTimeout(5_000);
    return await run({
      page,
      mock,
      async taskMs() {
        const { metrics } = await session.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
      },
      requests: () => mock.requests().length,
    });
  } finally {
    await browser.close();
    await served.close();
    await server.close();
    await mock.close();
  }
}
