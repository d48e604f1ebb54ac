import type { CDPSession } from 'playwright-core';
import { createUsageKitMock } from '../../../sdk/src/testing/mock/create-usagekit-mock.ts';
import { launchChromium } from '../../support/launch-chromium.ts';
import { serveUsagePage } from '../../support/usage-page/serve-usage-page.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { createSlowLink, fast3G } from './slow-link.ts';

/** The browser's own 'fast 3G', which holds each answer back by the time that connections and names would take. */
const presetOfTools = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
  uploadThroughput: (750 * 1024 * 0.9) / 8,
};
const cpuSlowdown = 4;

interface UsefulPaint {
  /** From the start of the navigation until a figure was on the screen. */
  atMs: number;
  /**
   * Requests that had been sent by then, or by the time when the figures had come, if they were not in the page: the page's own
   * request, and those that ask whether another origin may be read, included.
   */
  requests: number;
}

export const bench: Bench = {
  name: 'usage-first-paint',
  description:
    'useful paints a second of a usage page that a server renders, against an empty page, on a phone (CPU 4x slower, fast 3G)',
  // On cores without other work an empty page takes about 0.45 s there, so that this is 1 s.
  target: 0.45,
  async measure() {
    const mock = createUsageKitMock();
    const served = await serveUsagePage(mock);
    const link = createSlowLink(fast3G);
    const [page, usageKit] = await Promise.all([link.through(served.url), link.through(served.usageKitUrl)]);
    const browser = await launchChromium();
    try {
      const paintOf = async (
        url: string,
        selector: string,
        emulate?: (session: CDPSession) => Promise<unknown>,
      ): Promise<UsefulPaint> => {
        // A context of its own: nothing is in a cache.
        const context = await browser.newContext({
          viewport: { width: 360, height: 740 },
          deviceScaleFactor: 2,
          isMobile: true,
          hasTouch: true,
        });
        const tab = await context.newPage();
        const session = await context.newCDPSession(tab);
        const sentAtMs: number[] = [];
        let ofFigures: string | undefined;
        let figuresAtMs = Number.POSITIVE_INFINITY;
        session.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
          sentAtMs.push(timestamp * 1_000);
          if (request.method === 'GET' && request.url.endsWith('/usage')) ofFigures ??= requestId;
        });
        session.on('Network.loadingFinished', ({ requestId, timestamp }) => {
          if (requestId === ofFigures) figuresAtMs = timestamp * 1_000;
        });
        await session.send('Network.enable');
        await emulate?.(session);
        await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
        await tab.addInitScript(noteUsefulPaint, selector);
        await tab.goto(url, { waitUntil: 'commit' });
        const handle = await tab.waitForFunction(
          () => (window as unknown as { paintedAtMs?: number }).paintedAtMs,
          undefined,
          { timeout: 60_000 },
        );
        const atMs = (await handle.jsonValue()) as number;
        await context.close();
        const [startedAtMs = 0] = sentAtMs;
        const countedUntilMs = Math.min(figuresAtMs, startedAtMs + atMs);
        return { atMs, requests: sentAtMs.filter((sentMs) => sentMs < countedUntilMs).length };
      };
      const meter = '[data-widget="usage-panel"] [role="meter"]';
      const onLink = (path: string) =>
        paintOf(`${page}${path}?usagekit=${encodeURIComponent(usageKit)}`, meter);
      const byPreset = (path: string, selector = meter) =>
        paintOf(`${served.url}${path}`, selector, (session) =>
          session.send('Network.emulateNetworkConditions', presetOfTools),
        );
      const figures: Record<string, number> = {};
      const note = (what: string, paints: readonly UsefulPaint[]) => {
        // The least of them suffered least from other work on the machine.
        figures[`milliseconds, ${what}`] = Math.min(...paints.map(({ atMs }) => atMs));
        figures[`requests, ${what}`] = Math.max(...paints.map(({ requests }) => requests));
      };
      const rendered: UsefulPaint[] = [];
      const empty: UsefulPaint[] = [];
      const { ratio } = await alternate(
        9,
        async () => {
          const paint = await onLink('/');
          rendered.push(paint);
          return 1 / paint.atMs;
        },
        async () => {
          const paint = await paintOf(`${page}/empty`, 'p');
          empty.push(paint);
          return 1 / paint.atMs;
        },
      );
      note('rendered by a server', rendered);
      note('of an empty page', empty);
      for (const [what, path] of [
        ['rendered in the browser, from the page’s origin', '/in-browser'],
        ['rendered in the browser, by a token', '/by-token'],
      ] as const)
        note(what, [await onLink(path), await onLink(path), await onLink(path)]);
      for (const [what, path] of [
        ['rendered by a server', '/'],
        ['rendered in the browser, from the page’s origin', '/in-browser'],
        ['rendered in the browser, by a token', '/by-token'],
      ] as const)
        note(`${what}, by the preset of the browser's tools`, [await byPreset(path)]);
      note("of an empty page, by the preset of the browser's tools", [await byPreset('/empty', 'p')]);
      return { ratio, figures };
    } finally {
      await browser.close();
      await link.close();
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
    requestAnimationFrame(() => setTimeout(() => Object.assign(window, { paintedAtMs: performance.now() })));
  };
  requestAnimationFrame(look);
}
