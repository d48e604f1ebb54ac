import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ExampleName, examples } from '../../sdk/docs/site/examples.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { longPatience } from '../support/patience.ts';
import { type ServedDocs, serveDocs } from '../support/serve-docs.ts';

let browser: Browser;
let docs: ServedDocs;

beforeAll(async () => {
  docs = await serveDocs();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await docs?.close();
});

const fileOf = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** A page of the site, and whatever its console and its content policy complained of. */
async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => errors.push(`${page.url()}: ${message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(docs.url) && !request.url().startsWith('data:')) errors.push(request.url());
  });
  await page.goto(`${docs.url}${path}`);
  return { page, errors };
}

/** What the example draws once it has been loaded. */
const drawn = (page: Page) => page.locator('.docs-live-ground > :not([aria-busy="true"])').first();

describe('the documentation site', () => {
  it('F29: finds a component by search, and shows it live on the mock', async () => {
    const { page, errors } = await open('');
    await page.locator('.rp-search-button').first().click();
    await page.locator('.rp-search-panel__input').fill('CreditBalance');
    await page.locator('.rp-suggest-item').first().click();
    await page.waitForURL(/credit-balance/, longPatience);
    const balance = page.locator('[data-widget="credit-balance"]');
    await balance.getByText('320', { exact: true }).first().waitFor(longPatience);
    await page.getByRole('button', { name: 'Spend 10 credits' }).click();
    await balance.getByText('310', { exact: true }).first().waitFor(longPatience);
    expect(errors).toEqual([]);
  });

  it('F29: shows the same widget as another role sees it, and as it is after another story', async () => {
    const { page, errors } = await open('components/credit-balance.html');
    await page.getByLabel('Seen by').selectOption('viewer');
    await page.locator('[data-widget="credit-balance"][data-state="not_permitted"]').waitFor(longPatience);
    await page.getByLabel('Seen by').selectOption('owner');
    await page.getByLabel('Scenario').selectOption('outOfCredits');
    await page.locator('[data-widget="credit-balance"][data-state="out"]').waitFor(longPatience);
    // What a role may not read is answered by 403, which a browser notes by itself; nothing else is noted.
    expect(errors.filter((line) => !line.includes('403'))).toEqual([]);
  });

  it('F29: has every component live on a page of its own, without an error', async () => {
    const names = Object.keys(examples) as ExampleName[];
    expect(names.length).toBeGreaterThan(30);
    const { page, errors } = await open(`components/${fileOf(names[0] ?? '')}.html`);
    for (const name of names) {
      await page.goto(`${docs.url}components/${fileOf(name)}.html`);
      await page.locator(`[data-example="${name}"] .docs-live-ground`).waitFor(longPatience);
      await drawn(page).waitFor({ ...longPatience, state: 'attached' });
      expect(await page.locator('.docs-live-ground [data-state="error"]').count(), name).toBe(0);
    }
    expect(errors).toEqual([]);
  });

  it('F29: draws the states of the gallery on a component’s page', async () => {
    const { page, errors } = await open('components/plan-card.html');
    await page.getByText('Every state of it').click();
    await page.locator('.docs-state [data-widget="plan-card"]').nth(3).waitFor(longPatience);
    expect(errors).toEqual([]);
  });

  it('F29: is dark where the reader is, and where the reader says so', async () => {
    const { page } = await open('components/plan-card.html', {
      colorScheme: 'dark',
      viewport: { width: 1440, height: 900 },
    });
    const card = page.locator('[data-widget="plan-card"] .uk-card').first();
    await card.waitFor(longPatience);
    const ground = () => card.evaluate((element) => getComputedStyle(element).backgroundColor);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe('rgb(18, 18, 18)');
    const dark = await paper();
    await page.locator('.rp-switch-appearance').first().click();
    await expect.poll(ground).toBe('rgb(255, 255, 255)');
    expect(await paper()).not.toBe(dark);
  });

  it('F29: fits a phone, and lets no script of others through', async () => {
    for (const path of ['', 'components/usage-panel.html', 'api/credits.html', 'guide/operations.html']) {
      const { page, errors } = await open(path, { viewport: { width: 390, height: 844 } });
      await page.locator('h1').first().waitFor(longPatience);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
      const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
      expect(policy).toMatch(/script-src 'self' 'sha256-[^']+';/);
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
      expect(errors).toEqual([]);
    }
  });

  it('F29: has a text of every page for programs, which llms.txt lists', () => {
    const list = readFileSync(join(docs.folder, 'llms.txt'), 'utf8');
    const pages = readdirSync(docs.folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.html') && !['404.html', 'index.html'].includes(name),
    );
    expect(pages.length).toBeGreaterThan(55);
    for (const page of pages) {
      const text = page.replace(/html$/, 'md');
      expect(list).toContain(`(/${text})`);
      expect(readFileSync(join(docs.folder, text), 'utf8').length).toBeGreaterThan(100);
    }
  });
});
