import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startDemoInBrowser } from './demo-in-browser.ts';

/*
 * Writes the pictures of README.md from the demo as `npm start` shows it:
 *
 *   npx node --conditions=source test/e2e/write-demo-screenshots.ts
 *
 * as sdk/demo/screenshots/*.png.
 */

const folder = join(import.meta.dirname, '../../sdk/demo/screenshots');
const { demo, browser, close } = await startDemoInBrowser();
const desk = { viewport: { width: 1100, height: 760 } };
try {
  await picture('usage', '/usage', { viewport: { width: 1360, height: 900 } }, usageIsThere);
  await picture(
    'phone-dark',
    '/usage',
    { viewport: { width: 390, height: 640 }, colorScheme: 'dark' },
    usageIsThere,
  );
  await picture('research', '/', desk, async (page) => {
    await page.getByLabel('Your question').fill('What do flow batteries cost over twenty years?');
    await page.getByText(/^leaves/).waitFor();
  });
  // Another program of the account's uses what a deep study would need.
  await spendUntil(700);
  await picture('out-of-credits', '/', desk, async (page) => {
    await page.getByRole('radio', { name: 'Deep study' }).check();
    await page.getByRole('radio', { name: /^Sage/ }).check();
    await page.getByLabel('Your question').fill('Which markets build storage fastest?');
    await page.getByRole('button', { name: 'Run task' }).click();
    await page.locator('[data-widget="out-of-credits"]').waitFor();
  });
} finally {
  await close();
}

async function usageIsThere(page: Page): Promise<void> {
  await page.getByText('By category').waitFor();
  await page.getByText('Recent activity').waitFor();
}

async function picture(
  name: string,
  path: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ ...options, locale: 'en-US', reducedMotion: 'reduce' });
  await page.goto(demo.appUrl + path);
  await prepare(page);
  await page.locator('h1').click();
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  await page.close();
}

async function spendUntil(leftCredits: number): Promise<void> {
  const headers = { Authorization: `Bearer ${demo.console.secretKey}`, 'Content-Type': 'application/json' };
  const account = `${demo.serverUrl}/v1/accounts/harbor-studio`;
  const { available } = await fetch(`${account}/credits`, { headers }).then((answer) => answer.json());
  const pageReaderCredits = 0.5;
  const calls = Math.floor((Number(available) - leftCredits) / pageReaderCredits);
  const answer = await fetch(`${demo.serverUrl}/v1/consume`, {
    method: 'POST',
    headers: { ...headers, 'Idempotency-Key': 'pictures' },
    body: JSON.stringify({ accountId: 'harbor-studio', items: [{ tool: 'page_reader', calls }] }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
