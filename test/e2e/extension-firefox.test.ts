import type { UsageKitClient } from '@usagekit/server/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExtension } from '../../extension/test-support/build-extension.ts';
import type { HostSite } from './extension-host.ts';
import { type ExtensionProduct, startExtensionProduct } from './extension-product.ts';
import { type Firefox, startFirefox } from './firefox-browser.ts';

let host: HostSite;
let server: ExtensionProduct['server'];
let usage: UsageKitClient;
let started: ExtensionProduct;
let firefox: Firefox;

beforeAll(async () => {
  started = await startExtensionProduct();
  ({ host, server, usage } = started);
  firefox = await startFirefox(buildExtension('firefox'));
}, 300_000);

afterAll(async () => {
  await firefox?.close();
  await started?.close();
});

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
