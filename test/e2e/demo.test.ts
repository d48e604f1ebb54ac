import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';
import { startExtensionBrowser } from './extension-browser.ts';

const neutralSentence = 'This assistant is not available right now. Please try again later.';
/** What would tell a visitor that somebody pays for this. */
const billingWords = /credit|balance|plan|upgrade|billing|limit|usage|owner|402|429/i;

let started: DemoInBrowser;
let browser: Browser;

beforeAll(async () => {
  started = await startDemoInBrowser();
  ({ browser } = started);
});

afterAll(() => started?.close());

/** A window of its own, as one of the demo's people. */
async function openAs(viewer: 'Owner' | 'Member' | 'Visitor', path = '/'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(longPatience.timeout);
  await page.goto(started.demo.appUrl + path);
  await page.getByRole('radio', { name: viewer }).check();
  return page;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.getByRole('button', { name: /^(Run task|Ask)$/ }).click();
}

/** Runs one deep study on the dearest model to its end; false where it was refused. */
async function runDearest(page: Page): Promise<boolean> {
  await page.getByRole('radio', { name: 'Deep study' }).check();
  await page.getByRole('radio', { name: /^Sage/ }).check();
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/tasks'));
  await ask(page, 'Which markets build storage fastest?');
  if (!(await answer).ok()) return false;
  await page.getByText(/^Used [\d,.]+ credits/).waitFor();
  return true;
}

async function ownersToken(): Promise<string> {
  const answer = await fetch(`${started.demo.appUrl}/api/token`, {
    method: 'POST',
    headers: { 'Demo-Viewer': 'owner' },
  });
  return (await answer.json()).token;
}

/** The balance as the server has it, to the two digits that widgets show. */
async function availableNow(): Promise<number> {
  const token = await ownersToken();
  const summary = await fetch(`${started.demo.serverUrl}/v1/accounts/harbor-studio/summary`, {
    headers: { Authorization: `Bearer ${token}` },
  }).then((response) => response.json());
  return Math.trunc(Number(summary.credits.available) * 100) / 100;
}

/** Asks the server what was bought so far, newest first. */
async function purchases(): Promise<string[]> {
  const token = await ownersToken();
  const { items } = await fetch(`${started.demo.serverUrl}/v1/accounts/harbor-studio/activity`, {
    headers: { Authorization: `Bearer ${token}` },
  }).then((response) => response.json());
  return items
    .filter(({ kind }: { kind: string }) => kind === 'credits_purchased')
    .map(({ id }: { id: string }) => id);
}

/** Another program of the account's uses credits until about so many are left: a task in the page takes seconds. */
async function spendElsewhere(leftCredits: number): Promise<void> {
  const pageReaderCredits = 0.5;
  const calls = Math.floor(((await availableNow()) - leftCredits) / pageReaderCredits);
  const answer = await fetch(`${started.demo.serverUrl}/v1/consume`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${started.demo.console.secretKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    },
    body: JSON.stringify({ accountId: 'harbor-studio', items: [{ tool: 'page_reader', calls }] }),
  });
  expect(await answer.json()).toMatchObject({ cost: { amount: String(calls * pageReaderCredits) } });
}

/** Spends what is there until a deep study, which takes at most 936 credits, is refused. */
async function spendAll(page: Page): Promise<void> {
  await spendElsewhere(1_500);
  expect(await runDearest(page)).toBe(true);
  expect(await runDearest(page)).toBe(false);
  await page.locator('[data-widget="out-of-credits"]').waitFor();
}

/** From the open purchase to the sandbox's page, to another card, and back to where it was. */
async function changeCard(page: Page, lastFour: string): Promise<void> {
  await page.getByRole('button', { name: 'Change payment method' }).click();
  await page.getByRole('button', { name: `ending in ${lastFour}` }).click();
  await page.getByText(`Charged to Visa ending in ${lastFour}`).waitFor();
}

/** The keys under which purchases were sent from this page. */
function purchaseKeys(page: Page): string[] {
  const keys: string[] = [];
  page.on('request', (request) => {
    const key = request.headers()['idempotency-key'];
    if (request.url().endsWith('/purchase') && key !== undefined) keys.push(key);
  });
  return keys;
}

function creditsLeft(page: Page) {
  return page.locator('.credits-left-figure');
}

describe('the demo', () => {
  it('F14: starts server, SQLite file and product with one command, with six months of usage in them', async () => {
    expect(existsSync(join(started.folder, 'demo.db'))).toBe(true);
    expect(started.demo.output()).toContain('chrome://extensions');
    expect((await fetch(`${started.demo.serverUrl}/healthz`)).status).toBe(200);
    const page = await openAs('Owner');
    await creditsLeft(page).waitFor();
    expect(await creditsLeft(page).textContent()).toMatch(/^[1-9],\d{3}$/);
    await page.close();
  });

  it('C9: shows what a task costs on each model before one is chosen, the cheapest marked', async () => {
    const page = await openAs('Owner');
    const models = page.getByRole('group', { name: 'Model' }).locator('label');
    await expect.poll(() => models.filter({ hasText: /[\d.]+ credits/ }).count(), longPatience).toBe(3);
    const texts = await models.allInnerTexts();
    expect(texts.filter((text) => text.includes('cheapest'))).toHaveLength(1);
    expect(texts[0]).toContain('cheapest');
    await page.close();
  });

  it('E1: stands budget, plan, meters, my usage and history in this order, six months of it last', async () => {
    const page = await openAs('Owner', '/usage');
    const headings = page.locator('[data-widget="usage-panel"]').getByRole('heading', { level: 2 });
    // Each part asks for its own figures, and stands there with a name in general until they have come.
    const expected = ['Usage', 'Team', 'Account meters', 'My usage', 'History', 'Six months'];
    for (const name of expected) await headings.filter({ hasText: name }).first().waitFor();
    expect(await headings.allInnerTexts()).toEqual(expected);
    await page.close();
  });

  it('E1: shows the figures of use with 4 requests at most', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const asked: string[] = [];
    const rest = Promise.withResolvers<void>();
    await page.route('**', async (route) => {
      asked.push(route.request().url());
      if (asked.length > 4) await rest.promise;
      await route.continue();
    });
    await page.goto(`${started.demo.appUrl}/usage`, { waitUntil: 'commit' });
    await page.locator('[data-widget="usage-panel"]').getByRole('meter').first().waitFor(longPatience);
    await creditsLeft(page).waitFor();
    rest.resolve();
    // And all that comes later comes.
    await page.locator('[data-widget="usage-history"][data-state="ready"]').waitFor(longPatience);
    await page.close();
  });

  it('speaks the language that is chosen for its widgets, Arabic from right to left, and keeps it', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${started.demo.appUrl}/usage`);
    const title = page.locator('[data-widget="usage-panel"]').getByRole('heading', { level: 2 }).first();
    await page.getByText('Settings').click();
    await page.getByRole('radio', { name: 'Deutsch' }).check();
    await title.getByText('Nutzung').waitFor(longPatience);
    // The catalog has a name for it in each language.
    const meters = page.locator('[data-widget="usage-panel"]').first();
    await meters.getByText('KI-Credits').first().waitFor(longPatience);
    await page.getByRole('radio', { name: 'العربية' }).check();
    await title.getByText('الاستخدام').waitFor(longPatience);
    // The catalog's names in the new language come with a new token, and the widget is drawn again.
    const direction = () => title.evaluate((element) => getComputedStyle(element).direction);
    await expect.poll(direction, longPatience).toBe('rtl');
    await page.reload();
    await title.getByText('الاستخدام').waitFor(longPatience);
    await context.close();
  });

  it('A9: saves the history’s chart as a PNG of twice the screen’s pixels, with the chart drawn in it', async () => {
    const page = await openAs('Owner', '/usage');
    const history = page
      .locator('[data-widget="usage-history"]')
      .filter({ has: page.locator('svg.recharts-surface') })
      .first();
    await history.locator('.recharts-bar-rectangle path').first().waitFor(longPatience);
    await history.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download', longPatience);
    await history.getByRole('button', { name: 'Chart as PNG' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('usage-credits.png');
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
    const chart = await history.locator('svg.recharts-surface').first().boundingBox();
    // Its header: width, then height.
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(2 * Math.round(chart?.width ?? Infinity));
    expect(bytes.readUInt32BE(20)).toBeGreaterThan(2 * Math.round(chart?.height ?? Infinity));
    const inked = await page.evaluate(async (base64) => {
      const image = await createImageBitmap(
        new Blob([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], { type: 'image/png' }),
      );
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, image.width, image.height) ?? {};
      const pixels = new Uint32Array(data.buffer);
      return pixels.filter((pixel) => pixel !== pixels[0]).length / pixels.length;
    }, bytes.toString('base64'));
    // Bars, axes and words on an empty ground.
    expect(inked).toBeGreaterThan(0.01);
    expect(inked).toBeLessThan(0.9);
    await page.close();
  });

  it('shows a member the plan and the tasks of its own, and no price, from the server either', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(started.demo.appUrl);
    await page.getByRole('radio', { name: 'Member' }).check();
    await page.getByText('Analyst').waitFor();
    // Only what is asked from here on: an answer to the owner may still be on its way.
    const asked = new Set<Request>();
    const bodies: string[] = [];
    page.on('request', (request) => asked.add(request));
    page.on('response', (response) => {
      if (!asked.has(response.request()) || !response.url().startsWith(started.demo.serverUrl)) return;
      if (response.ok() && !response.url().endsWith('/stream'))
        void response.text().then((body) => bodies.push(body), String);
    });
    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByText('Of your allocation').waitFor();
    await page.getByRole('table').first().waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/\$\d/);
    expect(bodies.length).toBeGreaterThan(3);
    for (const body of bodies) expect(body).not.toMatch(/"price":\{/);
    await page.close();
  });

  it('A11: says whether work is blocked, from a page of its own, and what was looked at', async () => {
    const page = await openAs('Owner');
    await page.getByRole('link', { name: 'When work stops' }).click();
    const why = page.locator('[data-widget="why-blocked"]');
    await why.getByRole('heading', { name: 'What was looked at' }).waitFor();
    expect(await why.getAttribute('data-state')).toMatch(/^(clear|at_risk|blocked)$/);
    const areas = why.locator('.uk-looked-at').getByRole('listitem');
    expect((await areas.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
      'Tasks',
      'Usage',
      'Billing and limits',
    ]);
    await page.close();
  });

  it('F26: connects a browser’s extension in two clicks, shows it in the list of browsers, and ends it there', async () => {
    const extended = await startExtensionBrowser();
    try {
      const product = await extended.context.newPage();
      await product.goto(started.demo.appUrl);
      await product.locator('link[rel="usagekit"]').waitFor({ state: 'attached' });
      const popup = await extended.pressIcon(product);
      const approving = extended.context.waitForEvent('page', longPatience);
      await popup.click(`Connect to ${new URL(started.demo.serverUrl).host}`);
      const page = await approving;
      await page.waitForURL(/\/browsers\?code=[A-Z]{4}-[A-Z]{4}$/);
      await page.getByRole('button', { name: 'Connect this browser' }).click();
      await page.getByText('The browser is connected').waitFor();
      const badgeTitle = async () => (await extended.badge()).title;
      await expect.poll(badgeTitle, longPatience).toMatch(/^Harbor Studio: .*credits left/);
      expect((await extended.badge()).text).toMatch(/^[\d.]+[k%]?$/);

      await page.getByRole('button', { name: /^Disconnect Chrome on / }).click(longPatience);
      await page.getByText(/^Chrome on /).waitFor({ state: 'detached', ...longPatience });
      // That whose token the demo prints is another.
      await page.getByRole('button', { name: 'Disconnect Demo browser' }).waitFor();
      const options = await extended.openOptions();
      await options.getByRole('button', { name: 'Connect again' }).waitFor(longPatience);
      await expect.poll(badgeTitle, longPatience).toContain('ended or was revoked');
    } finally {
      await extended.close();
    }
  }, 300_000);

  it('F5: moves the widgets of a second tab with the debit, without a reload', async () => {
    const watcher = await openAs('Owner', '/usage');
    const figure = watcher.locator('[data-widget="credit-balance"] .uk-figure-number');
    await figure.waitFor();
    const runner = await openAs('Owner');
    await creditsLeft(runner).waitFor();
    let quickestMs = Number.POSITIVE_INFINITY;
    // A second at most where the machine has nothing else to do; a page that asks by itself now and then is later each time.
    for (let run = 1; run <= 6 && quickestMs >= 1_000; run++) {
      const shown = await availableNow();
      await expect
        .poll(async () => Number((await figure.textContent())?.replaceAll(',', '')), longPatience)
        .toBe(shown);
      // In place before the task is asked for: what moves while it is being set up would be missed.
      const moved = await watcher.evaluateHandle(() => {
        const textNow = () =>
          document.querySelector('[data-widget="credit-balance"] .uk-figure-number')?.textContent;
        const before = textNow();
        const atMs = new Promise<number>((resolve) => {
          new MutationObserver((_changes, observer) => {
            if (textNow() === before) return;
            observer.disconnect();
            resolve(Date.now());
          }).observe(document.body, { childList: true, characterData: true, subtree: true });
        });
        return { atMs };
      });
      const answer = runner.waitForResponse((response) => response.url().endsWith('/api/tasks'));
      await ask(runner, `What do flow batteries cost, part ${run}?`);
      await answer;
      const answeredAtMs = Date.now();
      quickestMs = Math.min(quickestMs, (await moved.evaluate(({ atMs }) => atMs)) - answeredAtMs);
      await runner.getByText(/^Used [\d,.]+ credits/).waitFor();
    }
    expect(quickestMs).toBeLessThan(10_000);
    await watcher.close();
    await runner.close();
  });

  it('C11: ends in a clean out-of-credits state; a pack is bought where it stands and the work goes on', async () => {
    const page = await openAs('Owner');
    await spendAll(page);
    const notice = page.locator('[data-widget="out-of-credits"]');
    await notice.getByRole('heading', { name: 'Out of credits' }).waitFor();
    expect(await notice.innerText()).toMatch(/[\d,.]+\scredits available, [\d,.]+\scredits needed/);
    expect(await page.locator('.failed').count()).toBe(0);

    const member = await openAs('Member');
    expect(await runDearest(member)).toBe(false);
    const told = member.locator('[data-widget="out-of-credits"]');
    await told.waitFor();
    expect(await told.innerText()).toMatch(/ask an admin/i);
    expect(await told.getByRole('button', { name: /buy|upgrade/i }).count()).toBe(0);
    await member.close();

    const before = await availableNow();
    await notice.getByRole('button', { name: 'Buy credits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^5,000 credits/ }).check();
    await dialog.getByRole('button', { name: 'Buy 5,000 credits for $48' }).click();
    await dialog.getByText('5,250 credits added').waitFor();
    expect(await availableNow()).toBeCloseTo(before + 5_250, 1);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(await runDearest(page)).toBe(true);
    await page.close();
  });

  it('C6: says that a card was declined, keeps the pack, and buys it once with another card', async () => {
    const page = await openAs('Owner', '/plans');
    const keys = purchaseKeys(page);
    const before = await availableNow();
    const bought = await purchases();
    await page.getByRole('button', { name: 'Buy for $20' }).click();
    await changeCard(page, '0002');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Buy 2,000 credits for $20' }).click();
    await dialog.getByRole('alert').getByText('The card was declined.').waitFor();
    expect(await dialog.innerText()).toContain('Nothing was added.');
    expect(await availableNow()).toBe(before);
    expect(await purchases()).toEqual(bought);

    await changeCard(page, '4242');
    await dialog.getByRole('button', { name: 'Buy 2,000 credits for $20' }).click();
    await dialog.getByText('2,000 credits added').waitFor();
    expect(new Set(keys).size).toBe(2);
    expect(await availableNow()).toBeCloseTo(before + 2_000, 1);
    expect(await purchases()).toHaveLength(bought.length + 1);
    await page.close();
  });

  // Four loads of a whole page, which a busy machine takes half a minute for.
  it('F2: takes up a purchase that is pending after a reload, and does not buy twice', {
    timeout: 300_000,
  }, async () => {
    const page = await openAs('Owner', '/usage');
    const keys = purchaseKeys(page);
    const before = await availableNow();
    const bought = await purchases();
    const buyCredits = page
      .locator('[data-widget="credit-balance"]')
      .getByRole('button', { name: 'Buy credits' });
    await buyCredits.click();
    await changeCard(page, '3155');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Buy 2,000 credits for $20' }).click();
    await dialog.getByText('Payment pending: confirm it').waitFor();
    expect(await availableNow()).toBe(before);

    await page.reload();
    await dialog.getByText('Payment pending: confirm it').waitFor();
    expect(await dialog.getByRole('button', { name: /^Buy/ }).count()).toBe(0);
    const opened = page.waitForEvent('popup');
    await dialog.getByRole('link', { name: 'Confirm payment' }).click();
    await (await opened).getByRole('button', { name: 'Confirm' }).click();
    await (await opened).getByRole('heading', { name: 'The payment is confirmed' }).waitFor();
    // As long as it stands in front, the browser gives the page behind it little of a busy processor.
    await (await opened).close();
    await dialog.getByText('2,000 credits added').waitFor();
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
    expect(await availableNow()).toBeCloseTo(before + 2_000, 1);
    expect(await purchases()).toHaveLength(bought.length + 1);

    await dialog.getByRole('button', { name: 'Done' }).click();
    await buyCredits.click();
    await changeCard(page, '4242');
    await page.close();
  });

  it('C12: shows a visitor only a neutral sentence, in the response body and headers too', async () => {
    // Not enough for a report, and the visitor's question is no smaller.
    await spendElsewhere(20);
    const visitor = await openAs('Visitor');
    const answered = visitor.waitForResponse((response) => response.url().endsWith('/api/tasks'));
    await ask(visitor, 'How is soil carbon measured?');
    const response = await answered;
    expect(response.status()).toBe(503);
    expect(await response.text()).not.toMatch(billingWords);
    expect(Object.keys(response.headers())).not.toContain('ratelimit');
    expect(Object.keys(response.headers())).not.toContain('link');
    await visitor.getByText(neutralSentence).waitFor();
    expect(await visitor.locator('main').innerText()).not.toMatch(billingWords);
    await visitor.close();
  });

  it('F28: shows the same account in the operator’s console, with the key that is printed', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(started.demo.console.url);
    await page.getByLabel('Secret key').fill(started.demo.console.secretKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Harbor Studio' }).click(longPatience);
    await page.getByRole('heading', { level: 1, name: 'Harbor Studio' }).waitFor(longPatience);
    await page.close();
  });

  it('F14: stops when it is asked to, and goes on with the same file', async () => {
    const before = await openAs('Owner');
    await creditsLeft(before).waitFor();
    const figure = await creditsLeft(before).textContent();
    await before.close();
    expect(await started.restart()).toBe(0);
    expect(started.demo.output()).not.toContain('Living through');
    const after = await openAs('Owner');
    await expect.poll(() => creditsLeft(after).textContent(), longPatience).toBe(figure);
    await after.close();
  });
});
