import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExtension } from '../../../extension/test-support/build-extension.ts';
import { createUsageKitClient } from '../../../server/src/client/index.ts';
import { serve } from '../../../server/src/node/index.ts';
import { startExtensionBrowser } from '../../e2e/extension-browser.ts';
import { ensureChromium } from '../../support/ensure-chromium.ts';
import { ensureProgram } from '../../support/ensure-packages.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';

/** A page of the extension with a word in it, and nothing else. */
const emptyPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><p>Empty</p></body></html>';

export const bench: Bench = {
  name: 'popup-first-paint',
  description:
    'first paints a second of the popup of a connected account, against an empty page of the extension',
  // At most one and a half times the time.
  target: 0.667,
  async measure() {
    process.env.CHROMIUM_PATH = ensureChromium();
    ensureProgram('Xvfb', 'xvfb');
    ensureProgram('xdotool', 'xdotool');
    const folder = mkdtempSync(join(tmpdir(), 'usagekit-first-paint-'));
    const extension = join(folder, 'extension');
    cpSync(buildExtension(), extension, { recursive: true });
    writeFileSync(join(extension, 'empty.html'), emptyPage);
    const secretKey = 'sk_test_for-this-bench-only';
    const databaseFile = join(folder, 'usagekit.sqlite');
    const server = await serve({
      port: 0,
      databaseFile,
      secretKeys: [secretKey],
      catalog: smallCatalogConfig,
    });
    const usage = createUsageKitClient({ url: server.url, key: secretKey });
    await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
    await usage.putMember('acme', 'ada', { role: 'owner' });
    const key = await usage.createKey({ kind: 'extension', accountId: 'acme', memberId: 'ada' });
    const browser = await startExtensionBrowser({ extension });
    try {
      const options = await browser.openOptions();
      await options.getByText('Connect with a token instead').click();
      const form = options.locator('details');
      await form.getByLabel('Server').fill(server.url);
      await form.getByLabel('Extension token').fill(key.secret);
      await form.getByRole('button', { name: 'Connect' }).click();
      await options.getByText('Connected', { exact: true }).first().waitFor();
      await options.close();
      const paintsASecond = async (name: 'popup' | 'empty'): Promise<number> => {
        const page = await browser.context.newPage();
        await page.goto(`chrome-extension://${browser.extensionId}/${name}.html`);
        const paintMs = await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              new PerformanceObserver((list) => {
                for (const { name: kind, startTime } of list.getEntries())
                  if (kind === 'first-contentful-paint') resolve(startTime);
              }).observe({ type: 'paint', buffered: true });
            }),
        );
        await page.close();
        return 1000 / paintMs;
      };
      const { ratio, ours, theirs } = await alternate(
        15,
        () => paintsASecond('popup'),
        () => paintsASecond('empty'),
      );
      return {
        ratio,
        figures: {
          'milliseconds to the first paint of the popup': 1000 / ours,
          'milliseconds to the first paint of an empty page': 1000 / theirs,
        },
      };
    } finally {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
