import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createUsageKitMock } from '@usagekit/react/testing';
import { listen } from '@usagekit/react/testing/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { longPatience } from '../support/patience.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import { logNetwork } from './live-pages/network-log.ts';

let browser: Browser;
let served: ServedPage;
let tokenFor: () => Promise<unknown> = async () => undefined;

beforeAll(async () => {
  browser = await launchChromium();
  served = await servePage(join(import.meta.dirname, 'live-pages/billing-page.tsx'), {
    '/token': () => tokenFor(),
  });
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** The page's own pace after a quiet time; nothing is left to be asked for then. */
const quietMs = 3_000;

/** A host's page with every widget, the server on another origin, and what goes over the wire between them. */
async function openBillingPage(before: (url: string) => Promise<string> = async (url) => url) {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  tokenFor = () => mock.tokenFor();
  const { url, close } = await listen(mock);
  onTestFinished(close);
  const server = await before(url);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const log = await logNetwork(page, server);
  await page.goto(`${served.url}?server=${encodeURIComponent(server)}`);
  const ready = async () => {
    for (const name of ['usage-panel', 'plan-card', 'credit-balance', 'task-table'])
      await page.locator(`[data-widget="${name}"]:not([data-state="loading"])`).waitFor(longPatience);
    await page.locator('.recharts-surface').first().waitFor(longPatience);
  };
  await ready();
  await expect.poll(() => log.streams(), longPatience).toBe(1);
  return { mock, page, log, ready };
}

const available = (page: Page) => page.locator('[data-widget="credit-balance"]');

// What counts here are requests; how long things take on a busy machine is for the benches.
describe('a page of widgets', { timeout: 60_000 }, () => {
  it('F5: asks each address once when it is opened, and for no preflight twice', async () => {
    const { page, log, ready } = await openBillingPage();
    await page.waitForTimeout(quietMs);
    const addresses = log.requests().map(({ method, path }) => `${method} ${path}`);
    expect(addresses.length).toBeGreaterThan(5);
    expect([...addresses].sort()).toEqual([...new Set(addresses)].sort());
    const preflights = log.preflights();
    expect([...preflights].sort()).toEqual([...new Set(preflights)].sort());
    log.clear();
    await page.reload();
    await ready();
    await page.waitForTimeout(quietMs);
    // An address without a moment in its query is the same again, and its preflight is kept.
    expect(log.preflights().filter((path) => !path.includes('from='))).toEqual([]);
  });

  it('F5: asks after a debit for nothing but what the message cannot carry, once', async () => {
    const { mock, page, log } = await openBillingPage();
    await page.waitForTimeout(quietMs);
    log.clear();
    await mock.account().spend(30);
    await available(page).getByText('350', { exact: true }).first().waitFor(longPatience);
    await page.waitForTimeout(quietMs);
    const asked = log.requests().map(({ path }) => path.replace(/\?.*/, ''));
    const mayAsk = [
      '/v1/accounts/acme/usage/series',
      '/v1/accounts/acme/usage/history',
      '/v1/accounts/acme/diagnosis',
    ];
    expect(asked.filter((path) => !mayAsk.includes(path))).toEqual([]);
    const addresses = log.requests().map(({ path }) => path);
    expect(addresses).toHaveLength(new Set(addresses).size);
  });

  it('F5: asks less than once a second while ten debits a second go on', async () => {
    const { mock, page, log } = await openBillingPage();
    const debitFor = async (seconds: number) => {
      for (let use = 0; use < seconds * 10; use += 1) {
        await Promise.all([mock.account().spend(1), page.waitForTimeout(100)]);
      }
    };
    // What a quiet time allows at once is used up first.
    await debitFor(4);
    log.clear();
    const startedAtMs = Date.now();
    await debitFor(8);
    const seconds = (Date.now() - startedAtMs) / 1_000;
    expect(log.requests().length).toBeLessThan(seconds);
    await available(page).getByText('260', { exact: true }).first().waitFor(longPatience);
  });

  it('F5: says the age of every figure as soon as it is offline, and is current again with the network', async () => {
    const { page, mock } = await openBillingPage();
    await page.context().setOffline(true);
    for (const name of ['usage-panel', 'plan-card', 'credit-balance', 'task-table']) {
      await page
        .locator(`[data-widget="${name}"]`)
        .getByText(/^Last updated/)
        .first()
        .waitFor(longPatience);
    }
    await mock.account().spend(30);
    await page.context().setOffline(false);
    await available(page).getByText('350', { exact: true }).first().waitFor(longPatience);
    await expect.poll(() => page.getByText(/^Last updated/).count(), longPatience).toBe(0);
  });

  it('F5: polls behind a proxy that holds back what streams, and its figures move', async () => {
    const { mock, page } = await openBillingPage(async (url) => {
      const proxy = createGatheringProxy(url);
      onTestFinished(proxy.close);
      return proxy.open();
    });
    await mock.account().spend(30);
    await available(page).getByText('350', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
});

/** A proxy that sends an answer on when it is whole, as one that compresses does: a stream never comes. */
function createGatheringProxy(target: string) {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = httpRequest(new URL(url ?? '/', target), { method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => outgoing.end(Buffer.concat(pieces)));
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  return {
    open: () =>
      new Promise<string>((resolve) => {
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
        );
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
