import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PaymentSession } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createReceiver } from '../api/notices/receiver.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { longPatience } from '../support/patience.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const key = 'sk_test_of-the-operator';
const minuteMs = 60_000;

/** Plans that are charged when they are invoiced. */
const catalog = {
  ...smallCatalogConfig,
  billing: {
    seller: { name: 'Widgets GmbH', addressLines: ['Weg 1', '10115 Berlin'] },
    paymentTermDays: 7,
    retryDays: [3, 5],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'usagekit-console-'));
const consoleFolder = join(folder, 'console');
let server: RunningServer;
let browser: Browser;
/** The server's clock runs ahead of the machine's by so much. */
let aheadMs = 0;

beforeAll(async () => {
  await build({
    configFile: fileURLToPath(new URL('../../sdk/console/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: consoleFolder },
  });
  server = await serve({
    port: 0,
    databaseFile: join(folder, 'usage.sqlite'),
    catalog,
    secretKeys: [key],
    consoleFolder,
    notices: { allowsPrivate: true },
    clock: { nowMs: () => Date.now() + aheadMs },
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a product's backend sends it. */
async function send<Answer>(method: string, path: string, body?: unknown, token = key): Promise<Answer> {
  const answered = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answered.ok, `${method} ${path}`).toBe(true);
  return (await answered.json()) as Answer;
}

/** An account with an owner, on Free, with 100 credits. */
async function makeAccount(id: string, name: string, input: object = {}): Promise<void> {
  await send('PUT', `/v1/accounts/${id}`, { name, ...input });
  await send('PUT', `/v1/accounts/${id}/members/olga`, { name: 'Olga Berg', role: 'owner' });
  await send('PUT', `/v1/accounts/${id}/members/vik`, { name: 'Vik', role: 'viewer' });
}

const search = (accountId: string, calls: number) =>
  send('POST', '/v1/consume', { accountId, memberId: 'olga', items: [{ tool: 'search', calls }] });

/** A window of its own, with what its content policy refused and what broke in it. */
async function open(path = '', options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused request is told by the browser itself, and is some tests' very point.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(`${server.url}/console/${path}`);
  return { page, complaints };
}

async function signIn(page: Page): Promise<void> {
  await type(page.getByLabel('Secret key'), key);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await expectFocus(page);
}

/** Tabs until the control has the focus. On the way the focus is always seen. */
async function reach(control: Locator): Promise<void> {
  await control.waitFor(longPatience);
  const page = control.page();
  const element = await control.elementHandle();
  const look = () =>
    page.evaluate((wanted) => {
      const focused = document.activeElement ?? document.body;
      const { outlineStyle, boxShadow } = getComputedStyle(focused);
      const isSeen = focused === document.body || outlineStyle !== 'none' || boxShadow !== 'none';
      return { isThere: focused === wanted, unseen: isSeen ? '' : focused.outerHTML.slice(0, 160) };
    }, element);
  for (let presses = 0; presses < 150; presses++) {
    const { isThere, unseen } = await look();
    if (presses > 0) expect(unseen, 'has the focus, and shows no ring').toBe('');
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${control}`);
}

async function press(control: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await reach(control);
  await control.page().keyboard.press(key);
}

async function type(field: Locator, text: string): Promise<void> {
  await reach(field);
  await field.page().keyboard.press('ControlOrMeta+a');
  await field.page().keyboard.type(text);
}

/** The focus is on something of the page's own, not lost to the document. */
async function expectFocus(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName), longPatience)
    .not.toBe('BODY');
}

function available(page: Page) {
  return page.locator('[data-widget="credit-balance"]');
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document);
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}

describe('the operator’s console in Chromium, by keyboard alone', () => {
  it('F28: signs in, finds an account, grants with a reason while the balance moves, explains, voids and signs out', async () => {
    await makeAccount('org_41', 'Harbor Studio');
    await makeAccount('org_42', 'Mill Lane Books');
    await search('org_41', 20);
    const { page, complaints } = await open();

    await type(page.getByLabel('Secret key'), 'sk_test_wrong');
    await press(page.getByRole('button', { name: 'Sign in' }));
    await page.locator('input[aria-invalid="true"]').waitFor();
    await signIn(page);
    expect(await page.content()).not.toContain(key);
    expect(
      await page.evaluate(
        () => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage),
      ),
    ).not.toContain('sk_test_of');

    // By keyboard alone: the slash leads to the search, and Enter to what is found, also before the answer has come.
    await page.getByRole('link', { name: 'Harbor Studio' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('harbor');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Harbor Studio' }).waitFor();
    await available(page).getByText('60', { exact: true }).first().waitFor(longPatience);

    // Escape leaves a dialog, and the focus is where it was.
    const grant = page.getByRole('button', { name: 'Grant credits' });
    const dialog = page.getByRole('dialog');
    await press(grant);
    await dialog.waitFor();
    expect(await dialog.getByLabel('Credits').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const isRinged = () =>
      grant.evaluate((button) => [
        button === document.activeElement,
        getComputedStyle(button).outlineStyle !== 'none',
      ]);
    expect(await isRinged()).toEqual([true, true]);
    // Whoever opened it by mouse gets no ring.
    await page.getByRole('heading', { level: 1 }).click();
    await grant.click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await isRinged()).toEqual([true, false]);

    // The balance moves by the member's own stream: nothing else on the page is loaded again.
    await press(grant);
    await type(dialog.getByLabel('Credits'), '500');
    await press(dialog.getByRole('button', { name: 'Grant 500 credits' }));
    await dialog.getByText('Say why').waitFor();
    await type(dialog.getByLabel('Reason'), 'Outage on Tuesday');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(page);
    await available(page).getByText('560', { exact: true }).first().waitFor(longPatience);

    await press(page.getByRole('link', { name: 'Ledger' }));
    await page.getByRole('cell', { name: 'Outage on Tuesday', exact: true }).waitFor();
    await press(page.getByRole('row', { name: /debit/ }).getByRole('button', { name: /Explain/ }));
    await dialog.getByRole('table', { name: 'How the charge was made' }).getByText('Web search').waitFor();
    expect(await dialog.getByRole('table', { name: 'Which grants it moved' }).textContent()).toContain('40');
    await press(dialog.getByRole('button', { name: 'Void this use' }));
    await type(dialog.getByLabel('Reason'), 'Reported twice');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(page);
    await page
      .getByRole('row', { name: /refund|adjustment/ })
      .first()
      .waitFor();
    await press(page.getByRole('link', { name: 'Grants' }));
    await page.getByText('600 credits').first().waitFor();

    await press(page.getByRole('link', { name: 'Audit' }));
    await page.getByRole('row', { name: /grants .*Outage on Tuesday/ }).waitFor();
    await page.getByRole('row', { name: /voids .*Reported twice/ }).waitFor();
    await press(page.getByRole('button', { name: 'Sign out' }));
    await page.getByLabel('Secret key').waitFor();
    await page.goBack();
    await page.getByLabel('Secret key').waitFor();
    expect(complaints).toEqual([]);
  }, 300_000);

  it('F28: shows an account as each of its members has it, and does nothing in their name', async () => {
    await makeAccount('seen', 'Seen Ltd');
    await search('seen', 5);
    const { page } = await open('accounts/seen');
    await signIn(page);
    await available(page).getByText('90', { exact: true }).first().waitFor(longPatience);
    await reach(page.getByLabel('As seen by'));
    await page.keyboard.type('Vik');
    // A viewer is not told the balance.
    await available(page).getByText('90', { exact: true }).waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Seen Ltd');
  });

  it('F28: replays a webhook that was given up, and the endpoint gets it', async () => {
    const receiver = await createReceiver();
    receiver.answer = 500;
    await send('PUT', '/v1/webhook-endpoints/main', { url: receiver.url });
    await makeAccount('told', 'Told Inc');
    await search('told', 50);
    for (let turn = 0; turn < 30 && !(await isGivenUp('told')); turn++) {
      await server.app.deliver();
      await expect.poll(() => isWaitingForLater('told'), longPatience).toBe(true);
      aheadMs += 4 * 60 * minuteMs;
    }
    const attempts = receiver.received.length;
    receiver.answer = 204;

    const { page } = await open('webhooks');
    await signIn(page);
    await page.getByRole('cell', { name: receiver.url }).waitFor();
    await press(page.getByLabel('Only what was given up'), 'Space');
    const row = page.getByRole('row', { name: /told/ }).first();
    await press(row.getByRole('button', { name: /^Replay/ }));
    await receiver.until(attempts + 1);
    expect(receiver.received.at(-1)?.body).toContain('told');
  });

  it('F28: gives money back with a reason, no more than was charged', async () => {
    await makeAccount('buyer', 'Buyer GmbH');
    const { token } = await send<{ token: string }>('POST', '/v1/tokens', {
      accountId: 'buyer',
      memberId: 'olga',
    });
    const session = await send<PaymentSession>(
      'POST',
      '/v1/accounts/buyer/payment-method/session',
      { returnUrl: 'https://app.example.com/billing' },
      token,
    );
    const body = new URLSearchParams({ card: 'succeeds' });
    await fetch(session.url, { method: 'POST', body, redirect: 'manual' });
    await send('POST', '/v1/accounts/buyer/subscription/change', { planId: 'pro' }, token);
    await server.app.tick();
    const { page } = await open('accounts/buyer/payments');
    await signIn(page);
    await press(page.getByRole('button', { name: /^Refund \$20/ }));
    const dialog = page.getByRole('dialog');
    await type(dialog.getByLabel('Reason'), 'Bought by mistake');
    await type(dialog.getByLabel('Amount in USD'), '21');
    await press(dialog.getByRole('button', { name: 'Refund $21.00' }));
    await dialog.getByRole('alert').waitFor();
    await type(dialog.getByLabel('Amount in USD'), '2');
    await press(dialog.getByRole('button', { name: 'Refund $2.00' }));
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(page);
    // Its credit note is of the same sum.
    await page.getByRole('cell', { name: '$2.00', exact: true }).waitFor();
  });

  it('F28: moves a test clock, adjusts a balance and restores a version of the catalog', async () => {
    const now = new Date(Date.now() + aheadMs).toISOString();
    await send('POST', '/v1/test-clocks', { id: 'clock-1', now });
    await makeAccount('timed', 'Timed', { testClockId: 'clock-1' });
    await send('PUT', '/v1/catalog', { ...catalog, creditLabel: { one: 'coin', other: 'coins' } });
    const { page } = await open('accounts/timed/grants');
    await signIn(page);
    const dialog = page.getByRole('dialog');
    await press(page.getByRole('button', { name: 'Move clock' }));
    await type(dialog.getByLabel('Days'), '40');
    await press(dialog.getByRole('button', { name: 'Move it by 40 days' }));
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(page);
    const moved = await send<{ now: string }>('GET', '/v1/test-clocks/clock-1');
    expect(Date.parse(moved.now) - Date.parse(now)).toBe(40 * 24 * 60 * minuteMs);

    await press(page.getByRole('button', { name: 'Adjust' }));
    await type(dialog.getByLabel('By how many credits'), '-30');
    await type(dialog.getByLabel('Reason'), 'Counted by hand');
    await press(dialog.getByRole('button', { name: 'Adjust by −30' }));
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(page);
    await page.locator('.figures').getByText('70 credits').waitFor();

    await press(page.getByRole('link', { name: 'Catalog' }));
    await press(page.getByRole('button', { name: 'Show version 2' }));
    await dialog.getByText('"coins"').waitFor();
    await page.keyboard.press('Escape');
    await press(page.getByRole('button', { name: 'Restore version 1' }));
    await press(dialog.getByRole('button', { name: 'Restore version 1' }));
    await page.getByRole('row', { name: /^3 latest/ }).waitFor();
  });

  it('F28: says what failed and tries again, says where nothing is, and tells that a session has ended', async () => {
    await makeAccount('quiet', 'Quiet');
    const { page } = await open('accounts/quiet/payments');
    await signIn(page);
    await page.getByText('Nothing was charged yet').waitFor();
    await page.route('**/console/api/v1/accounts?*', (route) => route.abort());
    await press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Accounts' }));
    await page.getByText('That did not load').waitFor();
    await page.unroute('**/console/api/v1/accounts?*');
    await press(page.getByRole('button', { name: 'Try again' }));
    await page.getByRole('link', { name: 'Quiet' }).waitFor();
    await type(page.getByLabel('Search by name or id'), 'nobody at all');
    await page.getByText('No account has this in its name or id').waitFor();
    await page.context().clearCookies();
    await press(page.getByRole('link', { name: 'Audit' }));
    await page.getByText('Your session has ended').waitFor();
  });

  it.each([
    ['light', 1280, 'ltr'],
    ['dark', 1280, 'rtl'],
    ['light', 360, 'ltr'],
  ] as const)(
    'F28: has nothing that axe finds and fits its window, in %s at %s px, written %s',
    async (colorScheme, width, direction) => {
      const id = `looked-${colorScheme}-${width}`;
      await makeAccount(id, `Looked At ${id}`);
      await search(id, 12);
      const { page, complaints } = await open('', { colorScheme, viewport: { width, height: 900 } });
      await page.addInitScript((dir) => {
        addEventListener('DOMContentLoaded', () => {
          document.documentElement.dir = dir;
        });
      }, direction);
      await page.reload();
      const found: string[] = [];
      const look = async (name: string) => {
        found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) found.push(`${name}: ${overflow} px too wide`);
        const shots = process.env.USAGEKIT_SHOTS;
        if (shots)
          await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}-${direction}.png` });
      };
      await page.getByLabel('Secret key').waitFor();
      await look('sign-in');
      await signIn(page);
      await page.getByRole('link', { name: `Looked At ${id}` }).waitFor();
      await look('accounts');
      await page.goto(`${server.url}/console/accounts/${id}`);
      await available(page).getByText('76', { exact: true }).first().waitFor(longPatience);
      await look('member');
      await page.getByRole('button', { name: 'Grant credits' }).click();
      await look('grant');
      await page.keyboard.press('Escape');
      for (const tab of ['Ledger', 'Grants', 'Payments', 'Webhooks']) {
        await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: tab }).click();
        await page.locator('.state[role="status"]').first().waitFor({ state: 'detached' });
        await look(tab.toLowerCase());
      }
      await page.goto(`${server.url}/console/accounts/${id}/ledger`);
      await page
        .getByRole('button', { name: /^Explain/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Done' }).waitFor();
      await look('explain');
      for (const place of ['webhooks', 'catalog', 'audit']) {
        await page.goto(`${server.url}/console/${place}`);
        await page.locator('table, .state.empty').first().waitFor();
        await look(`all-${place}`);
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});

interface Told {
  items: { deliveries: { status: string; nextAttemptAt: string | null; lastAttemptAt: string | null }[] }[];
}

const toldOf = (accountId: string) => send<Told>('GET', `/v1/notices?accountId=${accountId}`);

async function isGivenUp(accountId: string): Promise<boolean> {
  const { items } = await toldOf(accountId);
  return items.some(({ deliveries }) => deliveries.some(({ status }) => status === 'dead'));
}

/** Whether nothing is on its way at the moment: each copy waits for a later attempt, or is given up. */
async function isWaitingForLater(accountId: string): Promise<boolean> {
  const { items } = await toldOf(accountId);
  const nowMs = Date.now() + aheadMs;
  return items.every(({ deliveries }) =>
    deliveries.every(
      ({ nextAttemptAt, lastAttemptAt }) =>
        lastAttemptAt !== null && (nextAttemptAt === null || Date.parse(nextAttemptAt) > nowMs),
    ),
  );
}
