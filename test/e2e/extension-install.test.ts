import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import type { CatalogConfig } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { type ExtensionBrowser, findPrompt, startExtensionBrowser } from './extension-browser.ts';
import { type HostSite, startHostSite } from './extension-host.ts';

const secretKey = 'sk_test_for-these-tests-only';
/** 110 credits a use, of 1,000 a month. */
const dearItem = { model: 'deep-1' };
/** What users are promised after a refusal. */
const cardMsMax = 2000;

let folder: string;
let host: HostSite;
let approval: ServedPage;
let server: { url: string; close(): Promise<void> };
let usage: UsageKitClient;
let browser: ExtensionBrowser;
let product: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-server-'));
  host = await startHostSite('acme', dearItem);
  approval = await servePage(join(import.meta.dirname, 'live-pages/connect-page.tsx'), {
    '/token': () => usage.createToken({ accountId: 'acme', memberId: 'ada' }),
  });
  server = await serve({
    port: 0,
    databaseFile: join(folder, 'usagekit.sqlite'),
    secretKeys: [secretKey],
    catalog: smallCatalogConfig,
  });
  host.use({ url: server.url, secretKey });
  usage = createUsageKitClient({ url: server.url, key: secretKey });
  await usage.request('PUT /v1/catalog', { body: catalogOf() });
  await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
  await usage.putMember('acme', 'ada', { role: 'owner' });
  browser = await startExtensionBrowser();
  product = await browser.context.newPage();
  await product.goto(`${host.origin}/`);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await approval?.close();
  await host?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The small catalog with the page that approves, which stands on an origin of its own. */
function catalogOf(): CatalogConfig {
  const models = smallCatalogConfig.models?.map((model) =>
    model.id === dearItem.model ? { ...model, prices: [{ perRequest: '110' }] } : model,
  );
  return {
    ...smallCatalogConfig,
    ...(models && { models }),
    links: {
      billing: `${host.origin}/billing`,
      connect: `${approval.url}?server=${encodeURIComponent(server.url)}`,
    },
  };
}

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
