import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import { serve } from '@usagekit/server/node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { type ExtensionBrowser, startExtensionBrowser } from './extension-browser.ts';
import { type HostileServer, markup, startHostileServer } from './hostile-server.ts';

const secretKey = 'sk_test_for-these-tests-only';
/** Far more than a reader who gives up after 256 kB lets a sender write ahead, far less than an answer without an end. */
const aheadBytesMax = 64 * 1024 * 1024;

let folder: string;
let server: { url: string; close(): Promise<void> };
let usage: UsageKitClient;
let hostile: HostileServer;
let browser: ExtensionBrowser;
let popup: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-hostile-'));
  server = await serve({
    port: 0,
    databaseFile: join(folder, 'usagekit.sqlite'),
    secretKeys: [secretKey],
    catalog: { ...smallCatalogConfig, links: { billing: 'https://app.example.com/billing' } },
  });
  hostile = await startHostileServer(server.url);
  usage = createUsageKitClient({ url: server.url, key: secretKey });
  await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
  await usage.putMember('acme', 'ada', { role: 'owner' });
  await startConnected();
});

/** Connects a new browser, and opens its popup. */
async function startConnected(): Promise<void> {
  const key = await usage.createKey({ kind: 'extension', accountId: 'acme', memberId: 'ada' });
  browser = await startExtensionBrowser();
  const options = await browser.openOptions();
  await options.getByText('Connect with a token instead').click();
  const form = options.locator('details');
  await form.getByLabel('Server').fill(hostile.url);
  await form.getByLabel('Extension token').fill(key.secret);
  await form.getByRole('button', { name: 'Connect' }).click();
  await options.getByText('Connected', { exact: true }).first().waitFor();
  await options.close();
  popup = await browser.openPopup();
}

/** Each begins with the figures of a server that is well. */
beforeEach(async () => {
  hostile.behave('good');
  await refresh();
  await expect
    .poll(async () => (await browser.badge()).title, longPatience)
    .toContain('Acme: 1,000 of 1,000 credits left');
  await expect.poll(() => popup.locator('.popup-foot').textContent(), longPatience).toMatch(/^As of/);
});

afterAll(async () => {
  await browser?.close();
  await hostile?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function refresh(): Promise<void> {
  await popup.getByRole('button', { name: 'Refresh' }).click();
}

describe('a server that turns against the extension', () => {
  it.each([
    ['answers with a body without an end', 'large', 'did not answer as a UsageKit server does'],
    ['redirects to another place', 'redirect', 'could not be reached'],
    ['answers with a page', 'html', 'did not answer as a UsageKit server does'],
    ['answers so slowly that it never ends', 'slow', 'could not be reached'],
    ['never answers', 'mute', 'could not be reached'],
    ['answers with brackets by the hundred thousand', 'deep', 'did not answer as a UsageKit server does'],
  ] as const)('F17: that %s leaves the last figures, and the reason', async (_what, behaviour, reason) => {
    hostile.behave(behaviour);
    await refresh();
    const foot = popup.locator('.popup-foot p');
    await expect.poll(() => foot.getAttribute('title'), longPatience).toContain(reason);
    expect(await foot.textContent()).toMatch(/^Not refreshed since/);
    expect(await popup.locator('.balance-number').textContent()).toBe('1,000');
    expect((await browser.badge()).text).toBe('1k');
    if (behaviour === 'redirect') expect(hostile.strayed).toEqual([]);
    if (behaviour === 'large') {
      await expect.poll(() => hostile.bytesTaken(), longPatience).toBeDefined();
      expect(hostile.bytesTaken()).toBeLessThan(aheadBytesMax);
    }
    if (behaviour === 'slow') await expect.poll(() => hostile.bytesTaken(), longPatience).toBeDefined();
  });

  it('F17: whose texts are markup and whose addresses are code has them shown as text and not opened', async () => {
    hostile.behave('markup');
    await refresh();
    await expect.poll(() => popup.locator('h1').textContent(), longPatience).toBe(markup);
    expect(await popup.evaluate(() => [document.images.length, document.title])).toEqual([0, 'UsageKit']);
    expect(await popup.getByRole('button', { name: 'Billing' }).count()).toBe(0);
    expect((await browser.badge()).title).toContain(markup);
  });

  it('F17: that floods its socket is cut off, and asked by alarm', async () => {
    // A line that was cut rests for minutes, so each try has a line of its own.
    await browser.close();
    await startConnected();
    // A page that comes into view lays the line again.
    await popup.close();
    hostile.behave('flood');
    popup = await browser.openPopup();
    await expect.poll(() => hostile.socketsAsked(), longPatience).toBe(1);
    // What the badge shows meanwhile is the flood's figure or the answer's to a question that came after it.
    await expect.poll(() => hostile.socketsFlooded(), longPatience).toBe(0);
    // The worker hears a person at once, for it is not drowned.
    hostile.behave('good');
    await refresh();
    await expect.poll(() => popup.locator('.popup-foot').textContent(), longPatience).toMatch(/^As of/);
    expect(hostile.socketsAsked()).toBe(0);
  });
});

describe('a server that is well', () => {
  const summary = 'GET /v1/accounts/acme/summary';
  const asked = () => hostile.requests.filter((request) => request.includes('/summary'));

  it('F5: is asked once for a poll, and the browser’s own question beforehand is kept', async () => {
    const poll = async (): Promise<string[]> => {
      hostile.behave('good');
      await expect
        .poll(async () => {
          // What is asked still sets its alarm for later when it is answered, perhaps over the one that was set to now.
          const later = await popup.evaluate(async () =>
            (await chrome.alarms.getAll())
              .filter(({ scheduledTime }) => scheduledTime > Date.now())
              .map(({ name }) => name),
          );
          if (asked().length > 0) return asked();
          await popup.evaluate(async (names) => {
            for (const name of names) await chrome.alarms.create(name, { when: Date.now() });
          }, later);
          return asked();
        }, longPatience)
        .toContain(`${summary} if changed`);
      return asked();
    };
    await poll();
    for (let count = 0; count < 3; count += 1) expect(await poll()).toEqual([`${summary} if changed`]);
  });

  it('gives a whole answer to one who refreshes by hand, which no cache of the browser stands for', async () => {
    hostile.behave('good');
    await refresh();
    await expect.poll(() => hostile.requests, longPatience).toContain(summary);
    expect(asked()).toEqual([summary]);
  });
});
