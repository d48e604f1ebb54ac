import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../support/serve-page.ts';
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

describe('server rendering with data, taken over by a real browser', () => {
  let browser: Browser;
  let page: ServedPage;
  beforeAll(async () => {
    page = await servePage(join(import.meta.dirname, 'hydration/page.tsx'), {}, async ({ searchParams }) => {
      const locale = searchParams.get('locale') ?? 'en-US';
      // Waits for what is loaded later, as a server that streams does.
      const { prelude } = await prerender(createElement(HydratedGallery, { locale }));
      return `<div id="root">${await new Response(prelude).text()}</div>`;
    });
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      // The browser's own language and zone are none of the host's.
      args: ['--no-sandbox', '--disable-gpu', '--lang=fr', '--no-first-run'],
    });
  });
  afterAll(async () => {
    await browser?.close();
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
