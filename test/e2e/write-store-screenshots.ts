import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient } from '@usagekit/server/client';
import { serve } from '@usagekit/server/node';
import type { Page } from 'playwright-core';
import { ensureChromium } from '../support/ensure-chromium.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { startExtensionBrowser } from './extension-browser.ts';
import { startHostSite } from './extension-host.ts';

/*
 * Writes the screenshots of the stores, of the size that they take, from the extension as it is built:
 *
 *   npx node --conditions=source test/e2e/write-store-screenshots.ts
 *
 * as extension/store/screenshots/*.png.
 */

const size = { width: 1280, height: 800 };
const secretKey = 'sk_test_for-screenshots-only';
const folder = join(import.meta.dirname, '../../extension/store/screenshots');
const scratch = mkdtempSync(join(tmpdir(), 'usagekit-screenshots-'));
mkdirSync(folder, { recursive: true });
process.env.CHROMIUM_PATH = ensureChromium();

const host = await startHostSite('acme', { model: 'swift-1' });
const server = await serve({
  port: 0,
  databaseFile: join(scratch, 'usagekit.sqlite'),
  secretKeys: [secretKey],
  catalog: { ...smallCatalogConfig, links: { billing: `${host.origin}/billing` } },
});
host.use({ url: server.url, secretKey });
const usage = createUsageKitClient({ url: server.url, key: secretKey });
await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
await usage.putMember('acme', 'ada', { role: 'owner' });
const use = (metric: string, quantity: string) =>
  usage.consume({ accountId: 'acme', memberId: 'ada', items: [{ metric, quantity }] });
const spend = async (credits: number) => {
  for (let left = credits; left > 0; left -= 50) {
    const items = Array.from({ length: Math.min(50, left) }, () => ({ model: 'swift-1' }));
    await usage.consume({ accountId: 'acme', memberId: 'ada', items });
  }
};
await use('emails', '870');
await use('workflows', '340');
await spend(640);
const { secret } = await usage.createKey({ kind: 'extension', accountId: 'acme', memberId: 'ada' });
const browser = await startExtensionBrowser();
try {
  const options = await browser.openOptions();
  await options.getByText('Connect with a token instead').click();
  const form = options.locator('details');
  await form.getByLabel('Server').fill(server.url);
  await form.getByLabel('Extension token').fill(secret);
  await form.getByRole('button', { name: 'Connect' }).click();
  await options.getByText('Connected', { exact: true }).first().waitFor();
  await options.getByText('Connect with a token instead').click();

  const popup = await browser.openPopup();
  await popup.getByRole('meter', { name: 'Emails' }).waitFor();
  await write('1-popup', 'What is left of your plan, and when it resets', popup, 'light');
  await write('2-popup-dark', 'At home in the dark too', popup, 'dark');
  await spend(360);
  await popup.getByText('No credits left').waitFor();
  // The parts beneath follow the big figure by a second.
  await popup.getByText('100%').first().waitFor();
  await write('3-stopped', 'Why work stopped, and the one thing to do', popup, 'light');
  await options.setViewportSize({ width: 720, height: 640 });
  await options.reload();
  await options.getByText('Connected', { exact: true }).first().waitFor();
  await write(
    '4-settings',
    'Several accounts, the icon as you like it, sites that you choose',
    options,
    'light',
  );
} finally {
  await browser.close();
  await server.close();
  await host.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** Puts what a page shows on a ground of the stores' size, under a line that says what it is. */
async function write(name: string, caption: string, page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  const body = await page.locator('main').boundingBox();
  const clip = {
    x: 0,
    y: 0,
    width: Math.ceil(body?.width ?? 0),
    height: Math.min(640, Math.ceil(body?.height ?? 0)),
  };
  const clipped = name.includes('settings') ? {} : { clip };
  const image = (await page.screenshot({ ...clipped, scale: 'device' })).toString('base64');
  const [ground, text] = scheme === 'dark' ? ['#0d1526', '#edeff3'] : ['#e9eefb', '#15181e'];
  const sheet = await browser.context.newPage();
  await sheet.setViewportSize(size);
  await sheet.setContent(`<!doctype html>
    <style>
      body { margin: 0; height: 100vh; display: grid; grid-template-rows: auto 1fr; place-items: center;
        background: ${ground}; color: ${text}; font: 600 32px/1.3 system-ui, sans-serif; }
      p { margin: 48px 40px 0; text-align: center; }
      img { border-radius: 12px; box-shadow: 0 12px 48px rgb(0 0 0 / 18%); }
    </style>
    <p>${caption}</p><img src="data:image/png;base64,${image}" />`);
  await sheet.locator('img').evaluate((element) => (element as HTMLImageElement).decode());
  await sheet.screenshot({ path: join(folder, `${name}.png`) });
  await sheet.close();
}
