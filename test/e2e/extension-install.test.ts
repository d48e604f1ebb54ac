import type { UsageKitClient } from '@usagekit/server/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { type ExtensionBrowser, findPrompt, startExtensionBrowser } from './extension-browser.ts';
import type { HostSite } from './extension-host.ts';
import { type ExtensionProduct, startExtensionProduct } from './extension-product.ts';

/** What users are promised after a refusal. */
const cardMsMax = 2000;

let host: HostSite;
let server: ExtensionProduct['server'];
let usage: UsageKitClient;
let started: ExtensionProduct;
let browser: ExtensionBrowser;
let product: Page;

beforeAll(async () => {
  started = await startExtensionProduct();
  ({ host, server, usage } = started);
  browser = await startExtensionBrowser();
  product = await browser.context.newPage();
  await product.goto(`${host.origin}/`);
});

afterAll(async () => {
  await browser?.close();
  await started?.close();
});

const run = (path: string) =>
  product.evaluate(async (address) => (await fetch(address, { method: 'POST' })).status, path);

/** From a fresh profile, by the browser's own popup and its own question; nothing is patched and nothing restarted. */
describe('the first minutes with the extension, in order', () => {
  it('F26: connects in two clicks: one in the popup, one on the product’s own page', async () => {
    const popup = await browser.pressIcon(product);
    await popup.says(/Connect an account/);
    const opened = browser.context.waitForEvent('page');
    await popup.click(`Connect to ${new URL(server.url).host}`);
    const page = await opened;
    await page.waitForURL(/\?server=.*&code=[A-Z]{4}-[A-Z]{4}$/);
    await page.getByText('chrome-extension://').waitFor();
    await page.getByRole('button', { name: 'Connect this browser' }).click();
    await page.getByText('The browser is connected').waitFor();
    await expect.poll(async () => (await browser.badge()).text, longPatience).toBe('1k');
    await page.close();
  });

  it('F26: adds the product’s site by the browser’s own question', async () => {
    const popup = await browser.pressIcon(product);
    await popup.click(`Add ${new URL(host.origin).host}`);
    await browser.allowPermission();
    const options = await browser.openOptions();
    await options.getByRole('button', { name: `Remove ${host.origin}` }).waitFor();
    await options.close();
  });

  it('F17: shows the card within two seconds of the first refusal, without a restart', async () => {
    await product.bringToFront();
    await product.reload();
    for (let use = 0; use < 9; use += 1) expect(await run('/run')).toBe(200);
    const lookedAtMs = performance.now();
    expect(await findPrompt(product)).toBeNull();
    const lookMs = performance.now() - lookedAtMs;
    expect(await run('/run')).toBe(402);
    const refusedAtMs = performance.now();
    await expect
      .poll(async () => (await findPrompt(product))?.title, { ...longPatience, interval: 50 })
      .toBe('Not enough credits left');
    // The test's own looks take their time too, the more the slower the machine is.
    expect(performance.now() - refusedAtMs).toBeLessThan(cardMsMax + 20 * lookMs);
  });

  it('F26: is disconnected by the member in the product, and says so', async () => {
    const { items } = await usage.request('GET /v1/accounts/:accountId/connected-browsers', {
      params: { accountId: 'acme' },
    });
    expect(items).toMatchObject([{ memberId: 'ada', browser: expect.stringContaining('Chrome on') }]);
    await usage.request('DELETE /v1/accounts/:accountId/connected-browsers/:browserId', {
      params: { accountId: 'acme', browserId: items[0]?.id ?? '' },
    });
    const options = await browser.openOptions();
    await options.getByRole('button', { name: 'Connect again' }).waitFor();
    await expect
      .poll(async () => (await browser.badge()).title, longPatience)
      .toContain('ended or was revoked');
    await options.close();
  });
});
