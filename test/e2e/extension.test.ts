import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import type { CatalogConfig } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import {
  type ExtensionBrowser,
  evaluateInSiteScript,
  findLine,
  findPrompt,
  startExtensionBrowser,
} from './extension-browser.ts';
import { type HostSite, startHostSite } from './extension-host.ts';

const secretKey = 'sk_test_for-these-tests-only';
/** 110 credits a use, of 1,000 a month. */
const dearItem = { model: 'deep-1' };
/** 1 credit a use. */
const cheapItem = { model: 'swift-1' };
/** What F5 promises. */
const liveMsMax = 1000;
/** How closely a promised time is watched. */
const closely = { ...longPatience, interval: 20 };

let folder: string;
let server: { url: string; close(): Promise<void> };
let usage: UsageKitClient;
let host: HostSite;
let browser: ExtensionBrowser;
let extensionToken: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-server-'));
  host = await startHostSite('acme', dearItem);
  server = await serve({
    port: 0,
    databaseFile: join(folder, 'usagekit.sqlite'),
    secretKeys: [secretKey],
    catalog: catalogOf(host.origin),
  });
  host.use({ url: server.url, secretKey });
  usage = createUsageKitClient({ url: server.url, key: secretKey });
  await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
  await usage.putMember('acme', 'ada', { role: 'owner' });
  const key = await usage.createKey({ kind: 'extension', accountId: 'acme', memberId: 'ada' });
  extensionToken = key.secret;
  browser = await startExtensionBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await host?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The small catalog with one price for all times, and the site's own billing page. */
function catalogOf(hostOrigin: string): CatalogConfig {
  const models = smallCatalogConfig.models?.map((model) =>
    model.id === dearItem.model ? { ...model, prices: [{ perRequest: '110' }] } : model,
  );
  return { ...smallCatalogConfig, ...(models && { models }), links: { billing: `${hostOrigin}/billing` } };
}

const consume = (item = cheapItem) => usage.consume({ accountId: 'acme', memberId: 'ada', items: [item] });
const available = async () => (await usage.credits('acme')).available;
const badgeText = async () => (await browser.badge()).text;

/** Of an odd number of figures; one slow turn of a loaded machine does not decide it. */
function medianOf(figures: number[]): number | undefined {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
}

/** Has the site ask its backend, as its own page does; gives the status. */
const run = (page: Page, path = '/run') =>
  page.evaluate(async (address) => (await fetch(address, { method: 'POST' })).status, path);

async function openHost(path = '/'): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(host.origin + path);
  return page;
}

/** The tests below follow one browser from its first start to the end of the credits, in this order. */
describe('the built extension in Chromium', () => {
  it('says on its badge and in its popup that nothing is connected', async () => {
    await expect.poll(async () => (await browser.badge()).title, longPatience).toContain('not connected');
    const popup = await browser.openPopup();
    await popup.getByRole('heading', { name: 'Connect an account' }).waitFor();
    await popup.close();
  });

  it('refuses a secret key, a wrong address and an unknown token, each with the field that is wrong', async () => {
    const options = await browser.openOptions();
    await options.getByText('Connect with a token instead').click();
    const form = options.locator('details');
    const connect = form.getByRole('button', { name: 'Connect' });
    const serverField = form.getByLabel('Server');
    const tokenField = options.getByLabel('Extension token');
    await serverField.fill(server.url);
    await tokenField.fill(secretKey);
    await connect.click();
    await options.getByText('This is a secret key.').waitFor();
    expect(await tokenField.inputValue()).toBe('');

    await tokenField.fill('uke_unknown');
    await connect.click();
    await options.getByText('does not know this token').waitFor();

    await serverField.fill('http://127.0.0.1:1');
    await connect.click();
    await options.getByText('could not be reached').waitFor();
    await expect.poll(() => serverField.getAttribute('aria-invalid'), longPatience).toBe('true');
    await options.close();
  });

  it('connects with an extension token and shows what was found', async () => {
    const options = await browser.openOptions();
    await options.getByText('Connect with a token instead').click();
    const form = options.locator('details');
    await form.getByLabel('Server').fill(server.url);
    await form.getByLabel('Extension token').fill(extensionToken);
    await form.getByRole('button', { name: 'Connect' }).click();
    await options.getByText('Connected', { exact: true }).first().waitFor();
    await options.getByText('1,000 credits').waitFor();
    expect(await options.content()).not.toContain(extensionToken);
    await expect.poll(badgeText, longPatience).toBe('1k');
    await options.close();
  });

  it('F5: moves the badge and the popup within a second of a consume while the popup is open', async () => {
    const popup = await browser.openPopup();
    const figure = popup.locator('.balance-number');
    await expect.poll(() => figure.textContent(), longPatience).toBe('1,000');
    // The line is up once a change arrives by it, however long the first one took.
    await consume();
    await expect.poll(badgeText, longPatience).toBe('999');

    const tookMs: number[] = [];
    for (const left of ['998', '997', '996']) {
      await consume();
      const debitedAtMs = performance.now();
      await expect.poll(badgeText, closely).toBe(left);
      await expect.poll(() => figure.textContent(), closely).toBe(left);
      tookMs.push(performance.now() - debitedAtMs);
    }
    expect(medianOf(tookMs)).toBeLessThan(liveMsMax);
    await popup.close();
  });

  it('shows balance, grants and meters in the popup, painted at once from the last snapshot', async () => {
    await browser.context.route(`${server.url}/**`, (route) => route.abort());
    const offline = await browser.openPopup();
    await expect.poll(() => offline.locator('.balance-number').textContent(), longPatience).toBe('996');
    await offline.close();
    await browser.context.unroute(`${server.url}/**`);

    const popup = await browser.openPopup();
    await popup.getByText('Pro', { exact: true }).first().waitFor();
    await popup.getByRole('meter', { name: 'Emails' }).waitFor();
    await expect.poll(() => popup.locator('.uk-grants').count(), longPatience).toBe(1);
    expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await popup.close();
  });

  it('F26: shows balance, history and tasks in the side panel, by the kit’s widgets', async () => {
    const panel = await browser.context.newPage();
    await panel.goto(`chrome-extension://${browser.extensionId}/sidepanel.html`);
    for (const widget of ['credit-balance', 'usage-panel', 'usage-history', 'task-table'])
      await panel.locator(`[data-widget="${widget}"]`).first().waitFor({ timeout: 60_000 });
    await expect
      .poll(
        () => panel.locator('.uk-balance-figure, [data-widget="credit-balance"]').first().textContent(),
        longPatience,
      )
      .toMatch(/\b996\b/);
    expect(await panel.getByRole('alert').count()).toBe(0);
    // It only reads, so it shows an owner no gear and no bell.
    expect(await panel.getByRole('meter', { name: 'Emails' }).count()).toBe(1);
    expect(await panel.locator('.uk-meter-tools').count()).toBe(0);
    await panel.close();
  });

  it('has no accessibility mistake that axe finds, in popup and options, light and dark', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const open of [browser.openPopup, browser.openOptions]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open();
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.getByRole('heading', { level: 1 }).waitFor();
        // Evaluated outside the page, whose policy keeps a script from being added.
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { axe: checker } = globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          const { violations: all } = await checker.run();
          return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
        });
        expect(found).toEqual([]);
        await page.close();
      }
    }
  });

  // A popup has 800 by 600 pixels at most; this is what a zoom leaves of them.
  it.each([
    [360, 400],
    [360, 300],
    [320, 240],
  ])(
    'fits into %s by %s px, as at a zoom, without scrolling sideways, popup and options',
    async (width, height) => {
      for (const open of [browser.openPopup, browser.openOptions]) {
        const page = await open();
        await page.setViewportSize({ width, height });
        await page.getByRole('heading', { level: 1 }).waitFor();
        const [content, room] = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return [scrollWidth, clientWidth];
        });
        expect(content).toBe(room);
        await page.close();
      }
    },
  );

  it('adds a site in the options, and runs its script there and not elsewhere', async () => {
    const options = await browser.openOptions();
    await options.getByLabel('Add a site').fill(host.origin);
    await options.getByRole('button', { name: 'Add' }).click();
    await browser.allowPermission();
    await options.getByRole('button', { name: `Remove ${host.origin}` }).waitFor();
    await options.close();

    const page = await openHost();
    expect(await evaluateInSiteScript(page, browser.extensionId, '1 + 1')).toBe(2);
    const elsewhere = await browser.context.newPage();
    await elsewhere.goto(server.url);
    await expect(evaluateInSiteScript(elsewhere, browser.extensionId, '1 + 1')).rejects.toThrow(
      'does not run',
    );
    await page.close();
    await elsewhere.close();
  });

  it('F5: moves the badge within a second while a tab of an added site is visible', async () => {
    const page = await openHost();
    await consume();
    await expect.poll(badgeText, longPatience).toBe('995');
    const tookMs: number[] = [];
    for (const left of ['994', '993', '992']) {
      await consume();
      const debitedAtMs = performance.now();
      await expect.poll(badgeText, closely).toBe(left);
      tookMs.push(performance.now() - debitedAtMs);
    }
    expect(medianOf(tookMs)).toBeLessThan(liveMsMax);
    await page.close();
  });

  it('F17: shows what is left in one line that the page learns nothing about, until it is put away', async () => {
    const options = await browser.openOptions();
    const choice = (settings: Page) => settings.getByLabel('Show what is left there in one line');
    await choice(options).click();
    await expect.poll(() => choice(options).isChecked(), longPatience).toBe(true);
    await options.close();
    const page = await openHost();
    await page.bringToFront();
    const line = async () => (await findLine(page))?.title;
    const left = Number(await available());
    await expect.poll(line, longPatience).toBe(`${left} of 1,000 credits left`);
    expect((await browser.badge()).title).toContain(`Acme: ${await line()}.`);

    /** All that a page can measure, find, select, hear and time. */
    const learn = () =>
      page.evaluate((figure) => {
        const { find } = globalThis as unknown as { find(text: string): boolean };
        getSelection()?.selectAllChildren(document.documentElement);
        const selected = String(getSelection());
        getSelection()?.removeAllRanges();
        const host = document.documentElement.lastElementChild;
        const hit: number[] = [];
        for (let x = 0; x < innerWidth; x += 2)
          if (document.elementFromPoint(x, innerHeight - 30) === host) hit.push(x);
        return {
          found: [`${figure} of`, 'credits left', 'Put away'].filter((text) => find(text)),
          selected,
          html: host?.outerHTML,
          root: host?.shadowRoot,
          extent: [hit[0], hit.at(-1)],
          box: JSON.stringify(host?.getBoundingClientRect()),
        };
      }, left);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      new MutationObserver((records) => heard.push(...records.map(({ type }) => type))).observe(document, {
        attributes: true,
        characterData: true,
        childList: true,
        subtree: true,
      });
      for (const type of ['layout-shift', 'largest-contentful-paint', 'element'])
        new PerformanceObserver((list) =>
          heard.push(...list.getEntries().map((entry) => entry.entryType)),
        ).observe({
          type,
        });
    });
    const before = await learn();
    await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0));
    expect(before).toMatchObject({ found: [], root: null });
    expect(before.selected).not.toContain('left');
    expect(before.extent[0]).toBeGreaterThan(0);
    for (let count = 0; count < 3; count += 1) await consume();
    await expect.poll(line, longPatience).toBe(`${left - 3} of 1,000 credits left`);
    expect(await learn()).toEqual(before);
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);

    await (await findLine(page))?.press('Put away');
    await expect.poll(line, longPatience).toBeUndefined();
    const settings = await browser.openOptions();
    await expect.poll(() => choice(settings).isChecked(), longPatience).toBe(false);
    await settings.close();
    await page.close();
    await usage.grant('acme', { amount: '3' });
  });

  it('F17: never shows a page the token, whatever the page tries', async () => {
    const page = await openHost();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      addEventListener('message', ({ data }) => heard.push(JSON.stringify(data) ?? ''));
      for (const body of [{ v: 1, id: 'x', method: 'state', params: null }, null]) {
        for (const message of [
          null,
          undefined,
          'usagekit',
          { source: 'usagekit', type: 'prompt', method: 'state' },
          { name: 'rpc', instanceId: 'evil', relayId: 'x', body },
          { usagekit: 'prompt', view: { title: 'Pay me', body: 'x', actionLabel: 'Pay' } },
        ]) {
          postMessage(message, '/');
        }
      }
    });
    // A debit that arrives afterwards shows that everything before it had its time.
    await consume();
    await expect.poll(badgeText, longPatience).toBe('991');
    const seen = await page.evaluate(async (extensionId) => {
      const { chrome: api, heard } = globalThis as unknown as {
        chrome?: { runtime?: { sendMessage?: unknown } };
        heard: string[];
      };
      const popup = await fetch(`chrome-extension://${extensionId}/popup.html`).then(
        () => 'read',
        () => 'refused',
      );
      return {
        heardCount: heard.length,
        replies: heard.filter((text) => /"ok":|token|uke_/.test(text)),
        sendMessage: typeof api?.runtime?.sendMessage,
        popup,
        globals: Object.keys(globalThis).filter((name) => /usagekit/i.test(name)),
        html: document.documentElement.outerHTML,
      };
    }, browser.extensionId);
    expect(seen).toMatchObject({
      heardCount: 12,
      replies: [],
      sendMessage: 'undefined',
      popup: 'refused',
      globals: [],
    });
    expect(seen.html).not.toContain(extensionToken);
    expect(errors).toEqual([]);
    expect(await findPrompt(page)).toBeNull();

    const fromScript = await evaluateInSiteScript(
      page,
      browser.extensionId,
      `Promise.all([chrome.storage.local.get(), chrome.storage.session.get()].map((read) =>
        read.then(JSON.stringify, (error) => 'refused: ' + error.message)))`,
    );
    expect(fromScript).toEqual([expect.stringMatching(/^refused/), expect.stringMatching(/^refused/)]);
    await page.close();
  });

  it('C12: does not stir when the site answers a visitor, who is told nothing', async () => {
    const page = await openHost();
    await usage.grant('acme', { amount: '9' });
    // Nine uses at once cost 990 of 1,000; the tenth is refused.
    expect(await run(page, '/run?items=9')).toBe(200);
    await expect.poll(badgeText, longPatience).toBe('10');
    expect(await run(page, '/visit')).toBe(503);
    await consume();
    await expect.poll(badgeText, longPatience).toBe('9');
    expect(await findPrompt(page)).toBeNull();
    await page.close();
  });

  it('F17: is quiet where the product shows its own words about it', async () => {
    const page = await openHost('/?own');
    expect(await run(page)).toBe(402);
    await consume();
    await expect.poll(badgeText, longPatience).toBe('8');
    expect(await findPrompt(page)).toBeNull();
    await page.close();
  });

  it('C11: shows a prompt on the added site after a run was refused there, and says what to do', async () => {
    const page = await openHost('/?compose');
    await page.getByLabel('Compose').focus();
    expect(await run(page)).toBe(402);
    // The site has hinted before, so that this hint may be put off, by a minute at most.
    await expect
      .poll(async () => (await findPrompt(page))?.title, { ...longPatience, timeout: 100_000 })
      .toBe('Not enough credits left');
    const prompt = await findPrompt(page);
    expect(prompt?.description).toContain('Nothing was deleted.');
    expect(prompt?.buttons).toEqual(['Not now', 'Open billing']);

    // The page can neither find nor select a word of it.
    expect(
      await page.evaluate(() => {
        const { find } = globalThis as unknown as { find(text: string): boolean };
        const found = ['Not enough', 'credits', 'Nothing was', 'Open billing'].filter((text) => find(text));
        getSelection()?.selectAllChildren(document.documentElement);
        const selected = String(getSelection());
        getSelection()?.removeAllRanges();
        return { found, says: /credits|billing|deleted/i.test(selected) };
      }),
    ).toEqual({ found: [], says: false });

    // The card takes no focus from what is being typed in, and stands clear of it.
    const field = await page.getByLabel('Compose').boundingBox();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    expect(prompt?.box.bottom).toBeLessThanOrEqual(field?.y ?? 0);

    // A click in the card's first half second was meant for what was there before, and does nothing.
    const findBilling = () => browser.context.pages().find((page) => page.url() === `${host.origin}/billing`);
    await expect
      .poll(async () => {
        await (await findPrompt(page))?.press('Open billing');
        return findBilling() !== undefined;
      }, longPatience)
      .toBe(true);
    expect(await findPrompt(page)).toBeNull();
    await findBilling()?.close();
    // What was being typed goes on being typed.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.close();
  });

  it('F17: prompts once for the credits of a cycle, however many runs are refused', async () => {
    const page = await openHost();
    for (let count = 0; count < 20; count += 1) expect(await run(page)).toBe(402);
    await page.evaluate(() => {
      for (let count = 0; count < 100; count += 1) postMessage({ source: 'usagekit' }, '/');
    });
    // A debit that arrives afterwards shows that everything before it was heard.
    await consume();
    await expect.poll(badgeText, longPatience).toBe('7');
    expect(await findPrompt(page)).toBeNull();
    await page.close();
  });

  it('C11: says on the badge and in the popup that work is stopped when the last credit is gone', async () => {
    const popup = await browser.openPopup();
    while ((await available()) !== '0') await consume();
    // How long until the credits come back.
    await expect.poll(badgeText, longPatience).toMatch(/^\d+[dhm]$/);
    await expect.poll(async () => (await browser.badge()).title, longPatience).toContain('No credits left');
    expect((await browser.badge()).color).toEqual([220, 38, 38]);
    await popup.getByText('No credits left').waitFor();
    await popup.getByRole('button', { name: 'Buy credits' }).waitFor();
    await popup.close();
  });

  it('shows that credits are back within a second of a grant', async () => {
    const popup = await browser.openPopup();
    // How long until the credits come back.
    await expect.poll(badgeText, longPatience).toMatch(/^\d+[dhm]$/);
    await popup.getByText('No credits left').waitFor();
    await usage.grant('acme', { amount: '500' });
    await expect.poll(badgeText, closely).toBe('500');
    await popup.getByText('No credits left').waitFor({ state: 'detached' });
    await popup.close();
  });

  it('F5: goes on by itself after the browser has ended its worker, while the popup stays open', async () => {
    const popup = await browser.openPopup();
    await expect.poll(badgeText, longPatience).toBe('500');
    await browser.endWorker();
    await consume();
    await expect.poll(badgeText, longPatience).toBe('499');
    await expect.poll(() => popup.locator('.balance-number').textContent(), longPatience).toBe('499');
    await popup.close();
  });

  it('forgets everything on disconnecting', async () => {
    const options = await browser.openOptions();
    await options.getByRole('button', { name: 'Disconnect' }).click();
    await options.getByRole('button', { name: 'Disconnect' }).waitFor({ state: 'detached' });
    await expect.poll(async () => (await browser.badge()).title, longPatience).toContain('not connected');
    expect(
      await options.evaluate(async () => JSON.stringify(await chrome.storage.local.get())),
    ).not.toContain('uke_');
    await options.close();
  });
});
