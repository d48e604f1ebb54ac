import { chromium } from 'playwright-core';
import { createUsageKitMock } from '../../sdk/src/testing/mock/create-usagekit-mock.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';
import { serveUsagePage } from '../support/usage-page/serve-usage-page.ts';
import { alternate } from './alternate.ts';
import type { Bench } from './bench.ts';

/** Chromium's own profile of fast 3G, and a phone of the middle of the market. */
const fast3G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
  uploadThroughput: (750 * 1024 * 0.9) / 8,
};
const cpuSlowdown = 4;

interface UsefulPaint {
  /** From the start of the navigation until a figure was on the screen. */
  atMs: number;
  /** Requests that had been sent by then, the page's own included. */
  requests: number;
}

export const bench: Bench = {
  name: 'usage-first-paint',
  description:
    'useful paints a second of a usage page that a server renders, against an empty page, on a phone (CPU 4x slower, fast 3G)',
  // An empty page takes about 0.6 s there, so that this is 1 s.
  target: 0.6,
  async measure() {
    const mock = createUsageKitMock();
    const served = await serveUsagePage(mock);
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    try {
      const firstUsefulPaint = async (path: string, selector: string): Promise<UsefulPaint> => {
        // A context of its own: nothing is in a cache.
        const context = await browser.newContext({
          viewport: { width: 360, height: 740 },
          deviceScaleFactor: 2,
          isMobile: true,
          hasTouch: true,
        });
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await session.send('Network.enable');
        await session.send('Network.emulateNetworkConditions', fast3G);
        await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
        await page.addInitScript(noteUsefulPaint, selector);
        await page.goto(`${served.url}${path}`, { waitUntil: 'commit' });
        const handle = await page.waitForFunction(
          () => (window as unknown as { usefulPaint?: UsefulPaint }).usefulPaint,
        );
        const paint = (await handle.jsonValue()) as UsefulPaint;
        await context.close();
        return paint;
      };
      const meter = '[data-widget="usage-panel"] [role="meter"]';
      let requests = 0;
      const { ratio, ours, theirs } = await alternate(
        9,
        async () => {
          const paint = await firstUsefulPaint('/', meter);
          requests = Math.max(requests, paint.requests);
          return 1_000 / paint.atMs;
        },
        async () => 1_000 / (await firstUsefulPaint('/empty', 'p')).atMs,
      );
      const inBrowser = await firstUsefulPaint('/in-browser', meter);
      return {
        ratio,
        figures: {
          'milliseconds to the first useful paint, rendered by a server': 1_000 / ours,
          'requests until then, the page included': requests,
          'milliseconds to the paint of an empty page': 1_000 / theirs,
          'milliseconds to the first useful paint, rendered in the browser': inBrowser.atMs,
          'requests until then, rendered in the browser': inBrowser.requests,
        },
      };
    } finally {
      await browser.close();
      await served.close();
      await mock.close();
    }
  },
};

/** Runs in the page. Notes when what is looked for was there and the frame with it was over. */
function noteUsefulPaint(selector: string): void {
  const look = () => {
    const found = document.querySelector(selector);
    if (!found || found.getBoundingClientRect().height === 0) return void requestAnimationFrame(look);
    requestAnimationFrame(() =>
      setTimeout(() => {
        const atMs = performance.now();
        const requests =
          1 + performance.getEntriesByType('resource').filter(({ startTime }) => startTime < atMs).length;
        Object.assign(window, { usefulPaint: { atMs, requests } });
      }),
    );
  };
  requestAnimationFrame(look);
}
