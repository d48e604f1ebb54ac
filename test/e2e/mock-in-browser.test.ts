import { join } from 'node:path';
import { createUsageKitMock } from '@usagekit/react/testing';
import { listen, route } from '@usagekit/react/testing/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { servePage } from '../support/serve-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
});
afterAll(() => browser.close());

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  return page;
}

const pageOf = (name: string) => join(import.meta.dirname, 'mock-pages', name);

describe('the mock with a real browser', () => {
  it('F8: answers a page of Playwright’s, and moves its figures within a second', async () => {
    const mock = createUsageKitMock({ scenario: 'nearLimit', afterEach: onTestFinished });
    const served = await servePage(pageOf('intercepted-page.tsx'), { '/token': () => mock.tokenFor() });
    onTestFinished(served.close);
    const page = await openPage();
    await route(page, mock, 'https://usage.test');
    await page.goto(served.url);
    await page.getByText('ready 80').waitFor();
    expect(mock.requests('GET *credits')[0]).toMatchObject({ status: 200 });
    await expect.poll(() => mock.openStreams(), { timeout: 5_000 }).toBe(1);
    await mock.account().spend(25);
    await page.getByText('ready 55').waitFor({ timeout: 1_000 });
    await page.goto('about:blank');
    await expect.poll(() => mock.openStreams(), { timeout: 5_000 }).toBe(0);
  });

  it('F8: runs in the page itself, in MSW’s service worker, and streams', async () => {
    const served = await servePage(pageOf('worker-page.tsx'));
    onTestFinished(served.close);
    const page = await openPage();
    await page.goto(served.url);
    await page.getByText('ready 80').waitFor();
    await page.getByRole('button', { name: 'Spend 30' }).click();
    await page.getByText('ready 50').waitFor({ timeout: 2_000 });
  });

  it('F5: reaches a browser from a port, and moves its figures within a second', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const { url, close } = await listen(mock);
    onTestFinished(close);
    const served = await servePage(pageOf('intercepted-page.tsx'), { '/token': () => mock.tokenFor() });
    onTestFinished(served.close);
    const page = await openPage();
    // The page knows one address only; the port stands in for it, as a host name would.
    await page.addInitScript((port) => {
      const platformFetch = globalThis.fetch;
      globalThis.fetch = (input, init) =>
        platformFetch(String(input).replace('https://usage.test', port), init);
    }, url);
    await page.goto(served.url);
    await page.getByText('ready 380').waitFor();
    await expect.poll(() => mock.openStreams(), { timeout: 5_000 }).toBe(1);
    await mock.account().spend(25);
    await page.getByText('ready 355').waitFor({ timeout: 1_000 });
  });
});
