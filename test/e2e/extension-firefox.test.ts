import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import type { CatalogConfig } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExtension } from '../../extension/test-support/build-extension.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { type HostSite, startHostSite } from './extension-host.ts';
import { type Firefox, startFirefox } from './firefox-browser.ts';

const secretKey = 'sk_test_for-these-tests-only';
/** 110 credits a use, of 1,000 a month. */
const dearItem = { model: 'deep-1' };

let folder: string;
let host: HostSite;
let approval: ServedPage;
let server: { url: string; close(): Promise<void> };
let usage: UsageKitClient;
let firefox: Firefox;

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
  firefox = await startFirefox(buildExtension('firefox'));
}, 300_000);

afterAll(async () => {
  await firefox?.close();
  await server?.close();
  await approval?.close();
  await host?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

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

const button = (words: string) =>
  `[...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === ${JSON.stringify(words)})`;

describe('the built extension in Firefox, in order', () => {
  it('F26: connects by the product’s own page, and shows the balance on its badge', async () => {
    const options = await firefox.openExtensionPage('options');
    await options.click("document.getElementById('pairServerUrl')");
    await options.type(server.url);
    await options.click("document.querySelector('form button[type=submit]')");
    const page = await firefox.tabAt(/\?server=.*&code=[A-Z]{4}-[A-Z]{4}$/);
    await page.click(button('Connect this browser'));
    await page.waitFor("document.body.textContent.includes('The browser is connected')");
    await options.waitFor("document.body.textContent.includes('1,000 credits')");
    await options.waitFor("browser.action.getBadgeText({}).then((text) => text === '1k')");
    const { items } = await usage.request('GET /v1/accounts/:accountId/connected-browsers', {
      params: { accountId: 'acme' },
    });
    expect(items).toMatchObject([
      { browser: expect.stringContaining('Firefox on'), origin: expect.stringMatching(/^moz-extension:/) },
    ]);
    await options.close();
    await page.close();
  });

  it('F17: keeps the token where no content script of a site reaches it', async () => {
    const options = await firefox.openExtensionPage('options');
    expect(await options.evaluate('browser.storage.local.get()')).toEqual({});
    expect(JSON.stringify(await options.evaluate('browser.storage.session.get()'))).not.toContain('uke_');
    await options.close();
  });

  it('F17: shows the card on an added site after a refusal there', async () => {
    const options = await firefox.openExtensionPage('options');
    await options.click("document.getElementById('site')");
    await options.type(host.origin);
    await options.click(button('Add'));
    await options.waitFor(`document.body.textContent.includes('Remove ${host.origin}')`);

    const page = await firefox.open(`${host.origin}/`);
    const run = () =>
      page.evaluate("fetch('/run', { method: 'POST' }).then(({ status }) => status)") as Promise<number>;
    for (let use = 0; use < 9; use += 1) expect(await run()).toBe(200);
    expect(await run()).toBe(402);
    // The page sees that something stands over it, and no word of it.
    await page.waitFor(
      "[...document.documentElement.children].some((element) => element.popover === 'manual')",
    );
    expect(await page.evaluate("document.documentElement.outerHTML.includes('credits')")).toBe(false);
    await page.close();
    await options.close();
  });

  it('F26: revokes its token when it is disconnected', async () => {
    const options = await firefox.openExtensionPage('options');
    await options.click(button('Disconnect'));
    await options.waitFor(`!(${button('Disconnect')})`);
    await expect
      .poll(
        async () =>
          (
            await usage.request('GET /v1/accounts/:accountId/connected-browsers', {
              params: { accountId: 'acme' },
            })
          ).items,
        { timeout: 60_000 },
      )
      .toEqual([]);
    await options.close();
  });
});
