import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PaymentSession } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createReceiver } from '../api/notices/receiver.ts';
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
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
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
  await page.getByLabel('Secret key').fill(key);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Until the figure is there: a machine with other work to do may take its time. */
const patience = { timeout: 20_000 };

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

describe('the operator’s console in Chromium', () => {
  it('F28: signs in, finds an account, grants with a reason while the balance moves, explains, voids and signs out', async () => {
    await makeAccount('org_41', 'Harbor Studio');
    await makeAccount('org_42', 'Mill Lane Books');
    await search('org_41', 20);
    const { page, complaints } = await open();

    await page.getByLabel('Secret key').fill('sk_test_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
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
    await available(page).getByText('60', { exact: true }).first().waitFor(patience);

    // The balance moves by the member's own stream: nothing else on the page is loaded again.
    await page.getByRole('button', { name: 'Grant credits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Credits').fill('500');
    await dialog.getByRole('button', { name: 'Grant 500 credits' }).click();
    await dialog.getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('Outage on Tuesday');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await available(page).getByText('560', { exact: true }).first().waitFor(patience);

    await page.getByRole('link', { name: 'Ledger' }).click();
    await page.getByRole('cell', { name: 'Outage on Tuesday', exact: true }).waitFor();
    await page
      .getByRole('row', { name: /debit/ })
      .getByRole('button', { name: /Explain/ })
      .click();
    await dialog.getByRole('table', { name: 'How the charge was made' }).getByText('Web search').waitFor();
    expect(await dialog.getByRole('table', { name: 'Which grants it moved' }).textContent()).toContain('40');
    await dialog.getByRole('button', { name: 'Void this use' }).click();
    await dialog.getByLabel('Reason').fill('Reported twice');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /refund|adjustment/ })
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Grants' }).click();
    await page.getByText('600 credits').first().waitFor();

    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('row', { name: /grants .*Outage on Tuesday/ }).waitFor();
    await page.getByRole('row', { name: /voids .*Reported twice/ }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Secret key').waitFor();
    await page.goBack();
    await page.getByLabel('Secret key').waitFor();
    expect(complaints).toEqual([]);
  });

  it('F28: shows an account as each of its members has it, and does nothing in their name', async () => {
    await makeAccount('seen', 'Seen Ltd');
    await search('seen', 5);
    const { page } = await open('accounts/seen');
    await signIn(page);
    await available(page).getByText('90', { exact: true }).first().waitFor(patience);
    await page.getByLabel('As seen by').selectOption({ label: 'Vik (viewer)' });
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
      await expect.poll(() => isWaitingForLater('told'), patience).toBe(true);
      aheadMs += 4 * 60 * minuteMs;
    }
    const attempts = receiver.received.length;
    receiver.answer = 204;

    const { page } = await open('webhooks');
    await signIn(page);
    await page.getByRole('cell', { name: receiver.url }).waitFor();
    await page.getByLabel('Only what was given up').check();
    const row = page.getByRole('row', { name: /told/ }).first();
    await row.getByRole('button', { name: /^Replay/ }).click();
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
    await page.getByRole('button', { name: /^Refund \$20/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Bought by mistake');
    await dialog.getByLabel('Amount in USD').fill('21');
    await dialog.getByRole('button', { name: 'Refund $21.00' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Amount in USD').fill('2');
    await dialog.getByRole('button', { name: 'Refund $2.00' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: '$2.00' }).waitFor();
  });

  it('F28: moves a test clock, adjusts a balance and restores a version of the catalog', async () => {
    const now = new Date(Date.now() + aheadMs).toISOString();
    await send('POST', '/v1/test-clocks', { id: 'clock-1', now });
    await makeAccount('timed', 'Timed', { testClockId: 'clock-1' });
    await send('PUT', '/v1/catalog', { ...catalog, creditLabel: { one: 'coin', other: 'coins' } });
    const { page } = await open('accounts/timed/grants');
    await signIn(page);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Move clock' }).click();
    await dialog.getByLabel('Days').fill('40');
    await dialog.getByRole('button', { name: 'Move it by 40 days' }).click();
    await dialog.waitFor({ state: 'detached' });
    const moved = await send<{ now: string }>('GET', '/v1/test-clocks/clock-1');
    expect(Date.parse(moved.now) - Date.parse(now)).toBe(40 * 24 * 60 * minuteMs);

    await page.getByRole('button', { name: 'Adjust' }).click();
    await dialog.getByLabel('By how many credits').fill('-30');
    await dialog.getByLabel('Reason').fill('Counted by hand');
    await dialog.getByRole('button', { name: 'Adjust by −30' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.figures').getByText('70 credits').waitFor();

    await page.getByRole('link', { name: 'Catalog' }).click();
    await page.getByRole('button', { name: 'Show version 2' }).click();
    await dialog.getByText('"coins"').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await dialog.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByRole('row', { name: /^3 latest/ }).waitFor();
  });

  it('F28: says what failed and tries again, says where nothing is, and tells that a session has ended', async () => {
    await makeAccount('quiet', 'Quiet');
    const { page } = await open('accounts/quiet/payments');
    await signIn(page);
    await page.getByText('Nothing was charged yet').waitFor();
    await page.route('**/console/api/v1/accounts?*', (route) => route.abort());
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Accounts' }).click();
    await page.getByText('That did not load').waitFor();
    await page.unroute('**/console/api/v1/accounts?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Quiet' }).waitFor();
    await page.getByLabel('Search by name or id').fill('nobody at all');
    await page.getByText('No account has this in its name or id').waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('Your session has ended').waitFor();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
  ] as const)(
    'F28: has nothing that axe finds and fits its window, in %s at %s px',
    async (colorScheme, width) => {
      const id = `looked-${colorScheme}-${width}`;
      await makeAccount(id, `Looked At ${id}`);
      await search(id, 12);
      const { page, complaints } = await open('', { colorScheme, viewport: { width, height: 900 } });
      const found: string[] = [];
      const look = async (name: string) => {
        found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) found.push(`${name}: ${overflow} px too wide`);
        const shots = process.env.USAGEKIT_SHOTS;
        if (shots) await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png` });
      };
      await page.getByLabel('Secret key').waitFor();
      await look('sign-in');
      await signIn(page);
      await page.getByRole('link', { name: `Looked At ${id}` }).waitFor();
      await look('accounts');
      await page.goto(`${server.url}/console/accounts/${id}`);
      await available(page).getByText('76', { exact: true }).first().waitFor(patience);
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
