import { join } from 'node:path';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { listen, route } from '@usagekit/react/testing/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';

let browser: Browser;
let intercepted: ServedPage;
let withWorker: ServedPage;
/** What the backend of the page under test gets its tokens from. */
let tokensFrom: UsageKitMock;

beforeAll(async () => {
  const pageOf = (name: string) => join(import.meta.dirname, 'mock-pages', name);
  [browser, intercepted, withWorker] = await Promise.all([
    launchChromium(),
    servePage(pageOf('intercepted-page.tsx'), { '/token': () => tokensFrom.tokenFor() }),
    servePage(pageOf('worker-page.tsx')),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await intercepted?.close();
  await withWorker?.close();
});

/** Far below the half minute after which a page without a stream asks again. */
const live = { timeout: 10_000 };

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  return page;
}

function setUp(options: Parameters<typeof createUsageKitMock>[0] = {}): UsageKitMock {
  tokensFrom = createUsageKitMock({ ...options, afterEach: onTestFinished });
  return tokensFrom;
}

const streams = (mock: UsageKitMock, count: number) =>
  expect.poll(() => mock.openStreams(), { timeout: 30_000 }).toBe(count);

describe('the mock with a real browser', () => {
  it('F8: answers a page of Playwright’s, and moves its figures at once', async () => {
    const mock = setUp({ scenario: 'nearLimit' });
    const page = await openPage();
    await route(page, mock, 'https://usage.test');
    await page.goto(intercepted.url);
    await page.getByText('ready 80').waitFor();
    expect(mock.requests('GET *credits')[0]).toMatchObject({ status: 200 });
    await streams(mock, 1);
    await mock.account().spend(25);
    await page.getByText('ready 55').waitFor(live);
    await page.goto('about:blank');
    await streams(mock, 0);
  });

  it('F27: answers a page of Playwright’s under a path of its own, as the member that a proxy knows', async () => {
    const mock = setUp({ scenario: 'nearLimit' });
    const page = await openPage();
    await route(page, mock, '/api/usage', { as: 'owner' });
    await page.goto(`${intercepted.url}?proxy=/api/usage`);
    await page.getByText('ready 80').waitFor();
    await streams(mock, 1);
    await mock.account().spend(25);
    await page.getByText('ready 55').waitFor(live);
    const paymentUrl = await page.evaluate(async () => {
      const response = await fetch('/api/usage/v1/accounts/acme/payment-method/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ returnUrl: 'https://app.example.com' }),
      });
      return ((await response.json()) as { url: string }).url;
    });
    await page.goto(new URL(paymentUrl, intercepted.url).href);
    await page.getByText('Choose a test card').waitFor();
  });

  it.each([
    { what: 'at an address', query: '' },
    { what: 'under a path of the page', query: '?proxy=/api/usage' },
  ])('F8, F27: runs in the page itself, in MSW’s service worker, $what, and streams', async ({ query }) => {
    const page = await openPage();
    await page.goto(withWorker.url + query);
    await page.getByText('ready 80').waitFor();
    await page.getByRole('button', { name: 'Spend 30' }).click();
    await page.getByText('ready 50').waitFor(live);
  });

  it('F5: reaches a browser from a port, and moves its figures at once', async () => {
    const mock = setUp();
    const { url, close } = await listen(mock);
    onTestFinished(close);
    const page = await openPage();
    // The page knows one address only; the port stands in for it, as a host name would.
    await page.addInitScript((port) => {
      const platformFetch = globalThis.fetch;
      globalThis.fetch = (input, init) =>
        platformFetch(String(input).replace('https://usage.test', port), init);
    }, url);
    await page.goto(intercepted.url);
    await page.getByText('ready 380').waitFor();
    await streams(mock, 1);
    await mock.account().spend(25);
    await page.getByText('ready 355').waitFor(live);
  });
});
