import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsageKitMock } from '../../sdk/src/testing/mock/create-usagekit-mock.ts';
import type { UsageKitMock } from '../../sdk/src/testing/mock/usagekit-mock.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { patience } from '../support/patience.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import { type ServedUsagePage, serveUsagePage } from '../support/usage-page/serve-usage-page.ts';
import { HydratedGallery } from './hydration/hydrated-gallery.tsx';

const locales = [
  'en-US',
  'de-DE',
  'ar-EG',
  'hi-IN',
  'ja-JP',
  'ko-KR',
  'fr-FR',
  'es-ES',
  'pt-BR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'tr-TR',
  'zh-CN',
  'he-IL',
  'th-TH',
];

let browser: Browser;
beforeAll(async () => {
  // The browser's own language and zone are none of the host's.
  browser = await launchChromium('--lang=fr');
});
afterAll(() => browser?.close());

describe('server rendering with data, taken over by a real browser', () => {
  let page: ServedPage;
  beforeAll(async () => {
    page = await servePage(join(import.meta.dirname, 'hydration/page.tsx'), {}, async ({ searchParams }) => {
      const locale = searchParams.get('locale') ?? 'en-US';
      // Waits for what is loaded later, as a server that streams does.
      const { prelude } = await prerender(createElement(HydratedGallery, { locale }));
      return `<div id="root">${await new Response(prelude).text()}</div>`;
    });
  });
  afterAll(async () => {
    await page?.close();
  });

  it.each(locales)('F10: has no mismatch in %s', async (locale) => {
    const context = await browser.newContext({ locale: 'sv-SE', timezoneId: 'Pacific/Auckland' });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('pageerror', (error) => complaints.push(String(error)));
    tab.on('console', (message) => {
      if (message.type() === 'error' && !/404/.test(message.text())) complaints.push(message.text());
    });
    await tab.goto(`${page.url}?locale=${locale}`);
    await tab.waitForFunction(() => {
      const key = Object.keys(document.querySelector('#root .uk-root') ?? {});
      return key.some((name) => name.startsWith('__reactFiber'));
    });
    // What is loaded later is taken over once its code has come.
    await tab.waitForLoadState('networkidle');
    const mismatches = await tab.evaluate(() => (window as unknown as { mismatches: string[] }).mismatches);
    expect([...mismatches, ...complaints]).toEqual([]);
    expect(await tab.locator('.uk-root').count()).toBeGreaterThan(150);
    await context.close();
  });
});

describe("a host's usage page", () => {
  let mock: UsageKitMock;
  let page: ServedUsagePage;
  beforeAll(async () => {
    mock = createUsageKitMock();
    page = await serveUsagePage(mock);
  });
  afterAll(async () => {
    await page?.close();
    await mock?.close();
  });

  it('E1, F10: shows figures that its server read before any script has run, with 4 requests at most, and is live then', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const tab = await context.newPage();
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    let run = () => {};
    const mayRun = new Promise<void>((resolve) => {
      run = resolve;
    });
    await tab.route('**/*.js', async (route) => {
      await mayRun;
      await route.continue();
    });
    await tab.goto(page.url, { waitUntil: 'commit' });
    const panel = tab.locator('[data-widget="usage-panel"]');
    await panel.getByRole('meter').first().waitFor();
    const { available } = await mock.client().credits(mock.session().accountId);
    const balance = tab.locator('[data-widget="credit-balance"]');
    expect(await balance.innerText()).toContain(Number(available).toLocaleString('en'));
    expect(requests.length).toBeLessThanOrEqual(4);
    run();
    // The chart's code and the newest figures come after the first ones.
    await tab.locator('[data-widget="usage-history"][data-state="ready"]').waitFor();
    await mock.account().grant(98_765);
    const granted = (await mock.client().credits(mock.session().accountId)).available;
    await balance.getByText(Number(granted).toLocaleString('en')).first().waitFor();
    expect(await tab.evaluate(() => (window as unknown as { mismatches: string[] }).mismatches)).toEqual([]);
    await context.close();
  });

  it('E1, F10: needs 4 requests at most for its figures where only the browser reads them, and asks for no other before', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const tab = await context.newPage();
    const requests: string[] = [];
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let mayAnswer = () => {};
    const answer = new Promise<void>((resolve) => {
      mayAnswer = resolve;
    });
    await tab.route('**', async (route) => {
      const { pathname } = new URL(route.request().url());
      const isFigures = pathname.endsWith('/usage');
      requests.push(pathname);
      if (isFigures) await answer;
      else if (requests.length > 4) await mayGoOn;
      await route.continue();
    });
    await tab.goto(`${page.url}/in-browser`, { waitUntil: 'commit' });
    // The page stands there, without figures, and has asked for all that it asks for before.
    const panel = tab.locator('[data-widget="usage-panel"]');
    await panel.waitFor();
    await expect.poll(() => requests.some((path) => path.endsWith('/usage')), patience).toBe(true);
    expect(requests.length).toBeLessThanOrEqual(4);
    expect(requests.filter((path) => path.endsWith('/usage'))).toHaveLength(1);
    mayAnswer();
    await panel.getByRole('meter').first().waitFor();
    goOn();
    await tab.locator('[data-widget="usage-history"][data-state="ready"]').waitFor();
    await context.close();
  });
});
