import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient } from '@usagekit/server/client';
import { serve } from '@usagekit/server/node';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { type ExtensionBrowser, findPrompt, startExtensionBrowser } from './extension-browser.ts';
import { type HostSite, startHostSite } from './extension-host.ts';

const secretKey = 'sk_test_for-these-tests-only';
/** Longer than a card has to have stood before it takes a click. */
const wellSeenMs = 1500;

let folder: string;
let host: HostSite;
let server: { url: string; close(): Promise<void> };
let browser: ExtensionBrowser;
let page: Page;

/** An account whose work is stopped, a browser that shows it, and a site that was added for it by the browser's own question. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-attacks-'));
  host = await startHostSite('acme', { model: 'swift-1' });
  server = await serve({
    port: 0,
    databaseFile: join(folder, 'usagekit.sqlite'),
    secretKeys: [secretKey],
    catalog: { ...smallCatalogConfig, links: { billing: `${host.origin}/billing` } },
  });
  host.use({ url: server.url, secretKey });
  const usage = createUsageKitClient({ url: server.url, key: secretKey });
  await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
  await usage.putMember('acme', 'ada', { role: 'owner' });
  // A credit each, of 1,000.
  const items = Array.from({ length: 50 }, () => ({ model: 'swift-1' }));
  for (let use = 0; use < 20; use += 1)
    expect(await usage.consume({ accountId: 'acme', memberId: 'ada', items })).toMatchObject({
      allowed: true,
    });
  const key = await usage.createKey({ kind: 'extension', accountId: 'acme', memberId: 'ada' });
  browser = await startExtensionBrowser({ alongside: [writeOtherExtension(join(folder, 'other'))] });
  const options = await browser.openOptions();
  await options.getByText('Connect with a token instead').click();
  const form = options.locator('details');
  await form.getByLabel('Server').fill(server.url);
  await form.getByLabel('Extension token').fill(key.secret);
  await form.getByRole('button', { name: 'Connect' }).click();
  await options.getByLabel('Add a site').fill(host.origin);
  await options.getByText('Connected', { exact: true }).first().waitFor();
  await options.getByRole('button', { name: 'Add', exact: true }).click();
  await browser.allowPermission();
  await options.getByRole('button', { name: `Remove ${host.origin}` }).waitFor();
  await options.close();
});

afterEach(async () => {
  await page?.close();
  for (const opened of browser.context.pages()) if (opened.url().endsWith('/billing')) await opened.close();
  // As in the next cycle: nothing was said yet.
  const options = await browser.openOptions();
  await options.evaluate(() => chrome.storage.local.remove('prompts'));
  await options.close();
  await browser.endWorker();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await host?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Another extension that the user has, which tries what it can on ours. */
function writeOtherExtension(target: string): string {
  mkdirSync(target);
  const manifest = {
    manifest_version: 3,
    name: 'Other',
    version: '1',
    background: { service_worker: 'worker.js' },
  };
  writeFileSync(join(target, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(target, 'worker.js'), '');
  return target;
}

async function openHost(path = '/'): Promise<Page> {
  page = await browser.context.newPage();
  await page.goto(host.origin + path);
  await page.bringToFront();
  return page;
}

const cardAppears = () =>
  expect.poll(async () => (await findPrompt(page))?.title, longPatience).toBe('No credits left');
const billingIsOpen = () => browser.context.pages().some((opened) => opened.url().endsWith('/billing'));
const pressAction = async () => (await findPrompt(page))?.press('Buy credits');

describe('a page that wants a click on the card', () => {
  it.each([
    [
      'covers it with something that lets the click through',
      () => {
        const cover = document.createElement('div');
        cover.popover = 'manual';
        cover.id = 'attack';
        cover.style.cssText =
          'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: white; pointer-events: none';
        document.body.append(cover);
        cover.showPopover();
      },
    ],
    [
      'makes it all but invisible',
      () => {
        const card = document.documentElement.lastElementChild as HTMLElement;
        card.style.setProperty('opacity', '0.02', 'important');
      },
    ],
    [
      'moves it under the mouse',
      () => {
        const card = document.documentElement.lastElementChild as HTMLElement;
        card.style.setProperty('transform', 'rotate(1deg) scale(0.2)', 'important');
      },
    ],
    [
      'blurs all of the page',
      () => {
        const card = document.documentElement.lastElementChild as HTMLElement;
        card.style.setProperty('filter', 'blur(20px)', 'important');
      },
    ],
  ])('F17: gets none where it %s', async (_what, attack) => {
    await openHost();
    await cardAppears();
    await page.evaluate(attack);
    await page.waitForTimeout(wellSeenMs);
    await pressAction();
    await page.waitForTimeout(500);
    expect(billingIsOpen()).toBe(false);
  });

  it('F17: gets none by a script', async () => {
    await openHost();
    await cardAppears();
    await page.waitForTimeout(wellSeenMs);
    await page.evaluate(() => {
      const card = document.documentElement.lastElementChild as HTMLElement;
      card.click();
      card.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      card.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    });
    expect(billingIsOpen()).toBe(false);
    // A person's click does.
    await pressAction();
    await expect.poll(billingIsOpen, longPatience).toBe(true);
  });
});

describe('the card', () => {
  it('F17: waits behind a page’s own modal dialog, and appears when that has gone', async () => {
    await openHost();
    await page.evaluate(() => {
      const dialog = document.createElement('dialog');
      dialog.innerHTML = '<p>A question of the page</p><button autofocus>OK</button>';
      dialog.querySelector('button')?.addEventListener('click', () => dialog.close());
      document.body.append(dialog);
      dialog.showModal();
    });
    await page.evaluate(() => postMessage({ source: 'usagekit' }, '/'));
    await page.waitForTimeout(wellSeenMs);
    expect((await findPrompt(page))?.title).not.toBe('No credits left');
    await page.getByRole('button', { name: 'OK' }).click();
    await page.evaluate(() => postMessage({ source: 'usagekit' }, '/'));
    await cardAppears();
  });

  it.each(['shadow root', 'frame'])('stands clear of what is typed in within a %s', async (where) => {
    await openHost();
    await page.evaluate((kind) => {
      const place = 'position: fixed; inset: auto 0 0 auto; width: 500px; height: 300px; border: 0';
      if (kind === 'frame') {
        const frame = document.createElement('iframe');
        frame.style.cssText = place;
        frame.srcdoc = '<textarea style="width: 90%; height: 90%" autofocus></textarea>';
        frame.onload = () => frame.contentDocument?.querySelector('textarea')?.focus();
        document.body.append(frame);
        return;
      }
      const outer = document.body.appendChild(document.createElement('div'));
      const field = document.createElement('textarea');
      field.style.cssText = place;
      outer.attachShadow({ mode: 'open' }).append(field);
      field.focus();
    }, where);
    await cardAppears();
    const viewport = await page.evaluate(() => [innerWidth, innerHeight] as const);
    const covers = async () => {
      const box = (await findPrompt(page))?.box;
      return (box?.right ?? 0) > viewport[0] - 500 && (box?.bottom ?? 0) > viewport[1] - 300;
    };
    // Where the field took the focus after the card came, the card makes way.
    await expect.poll(covers, longPatience).toBe(false);
  });
});

describe('another extension', () => {
  it('F17: gets no answer from this one, no line to it and none of its files', async () => {
    const worker = browser.context.serviceWorkers().find((each) => !each.url().includes(browser.extensionId));
    const answers = await worker?.evaluate(async (id) => {
      const body = { v: 1, id: 'x', method: 'state', params: null };
      const tries = [{ name: 'rpc', body }, { usagekit: 'can_prompt' }, 'hello'];
      const sent = tries.map((message) =>
        chrome.runtime.sendMessage(id, message).then(
          (answer) => JSON.stringify(answer) ?? 'nothing',
          () => 'refused',
        ),
      );
      const line = new Promise<string>((resolve) => {
        const port = chrome.runtime.connect(id, { name: 'watch' });
        port.onDisconnect.addListener(() => resolve('refused'));
        port.onMessage.addListener((message) => resolve(JSON.stringify(message)));
      });
      const files = ['popup.html', 'manifest.json'].map((file) =>
        fetch(`chrome-extension://${id}/${file}`).then(
          () => 'read',
          () => 'refused',
        ),
      );
      return await Promise.all([...sent, line, ...files]);
    }, browser.extensionId);
    expect(answers).toEqual(Array(6).fill('refused'));
  });
});

describe('a page with frames', () => {
  it('F17: gets none of the extension’s pages into one', async () => {
    await openHost();
    for (const file of ['popup', 'options', 'sidepanel']) {
      await page.evaluate((src) => {
        const frame = document.createElement('iframe');
        frame.src = src;
        document.body.append(frame);
      }, `chrome-extension://${browser.extensionId}/${file}.html`);
    }
    // A frame that was refused shows the browser's own error; one that waits has no address yet.
    const addresses = () =>
      page
        .frames()
        .slice(1)
        .map((frame) => frame.url());
    await expect
      .poll(() => addresses().filter((url) => url.startsWith('chrome-error:')), longPatience)
      .toHaveLength(3);
    expect(addresses().filter((url) => url.includes(browser.extensionId))).toEqual([]);
  });

  it('F17: has the extension in its own window alone, whatever a frame of the same site tries', async () => {
    await openHost();
    await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = location.href;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    });
    const session = await browser.context.newCDPSession(page);
    const worlds: { origin: string; auxData?: { frameId?: string } }[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    await session.send('Runtime.enable');
    const { frameTree } = await session.send('Page.getFrameTree');
    expect(frameTree.childFrames).toHaveLength(1);
    const ours = worlds.filter(({ origin }) => origin.includes(browser.extensionId));
    expect(ours.map(({ auxData }) => auxData?.frameId)).toEqual([frameTree.frame.id]);
    await session.detach();
  });
});
