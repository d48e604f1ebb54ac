import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { launchChromium } from '../../support/launch-chromium.ts';
import { serveGallery } from '../../support/serve-gallery.ts';
import type { ServedPage } from '../../support/serve-page.ts';

export interface OpenGallery {
  readonly page: Page;
  /** What the page's content policy refused, and what else was written to the console as a mistake. */
  complaints(): string[];
}

/** Serves the gallery to all tests of a file. Gives a function that opens the states that its query names, for one test. */
export function prepareGallery(): (query: string, options?: BrowserContextOptions) => Promise<OpenGallery> {
  let browser: Browser;
  let gallery: ServedPage;
  beforeAll(async () => {
    gallery = await serveGallery();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });
  return async (query, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${gallery.url}?bare&${query}`);
    await page.waitForSelector('.uk-root');
    return {
      page,
      complaints: () => complaints.filter((text) => !text.includes('favicon') && !text.includes('404')),
    };
  };
}
