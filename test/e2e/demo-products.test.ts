import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longPatience } from '../support/patience.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';

let started: DemoInBrowser;
let browser: Browser;

beforeAll(async () => {
  started = await startDemoInBrowser();
  ({ browser } = started);
});

afterAll(() => started?.close());

/** Words that only this product has, by page; and the plan that its customer is on. */
const otherProducts = [
  {
    id: 'agents',
    name: 'Agent platform',
    account: 'northlight',
    metric: 'tasks',
    usage: ['Browser tasks', 'Shares of members'],
    billing: ['Task pack', 'Dedicated IPs', 'Additional use', '$15 each a month'],
    plans: ['Free', 'Personal', 'Team'],
  },
  {
    id: 'workflow',
    name: 'Workflow workspace',
    account: 'fern-and-co',
    metric: 'runs',
    usage: ['Workspaces', 'Runs'],
    billing: ['Pro', '$49.00'],
    plans: ['Free', 'Pro', 'Enterprise'],
  },
  {
    id: 'credits',
    name: 'AI workspace',
    account: 'paper-lantern',
    metric: 'requests',
    usage: ['AI requests', 'Apps cloned', 'Does not expire'],
    billing: ['Pro', '$20.00'],
    plans: ['Free', 'Pro', 'Business', 'Max', 'Enterprise'],
  },
  {
    id: 'automation',
    name: 'Automation platform',
    account: 'tidewater',
    metric: 'compute_hours',
    usage: ['CAPTCHA solves', 'X-Large machines surcharge', 'your own limit'],
    billing: ['Machines per project', 'which can become much', 'Compute hours beyond the allowance'],
    plans: ['Free', 'Developer', 'Startup', 'Enterprise'],
  },
  {
    id: 'crm',
    name: 'CRM',
    account: 'alder-supply',
    metric: 'emails',
    usage: ['AI usage this cycle', 'Advanced Reasoning', 'Core Limits', 'Data Operations'],
    billing: ['Power seats', 'Collaborator seats'],
    plans: ['Free', 'Growth', 'Ultra'],
  },
] as const;

describe('the products of the five catalogs in the demo', () => {
  async function openProduct(
    name: string,
    { path = '/usage', problems = [] as string[] } = {},
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(started.demo.appUrl);
    await page.getByLabel('Product').selectOption(name);
    await page.getByText(name, { exact: true }).and(page.locator('.brand')).waitFor({ timeout: 90_000 });
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    return page;
  }

  /** What is used of a metric as the server has it, by the address that the page uses. */
  async function usedNow({ id, account, metric }: (typeof otherProducts)[number]): Promise<number> {
    const headers = { 'Demo-Viewer': 'owner', 'Demo-Product': id };
    const { token } = await (
      await fetch(`${started.demo.appUrl}/api/token`, { method: 'POST', headers })
    ).json();
    const usage = await fetch(`${started.demo.appUrl}/products/${id}/v1/accounts/${account}/usage`, {
      headers: { Authorization: `Bearer ${token}` },
    }).then((response) => response.json());
    const meters: { metric: string; used: string }[] = usage.groups.flatMap(
      (group: { meters: unknown[] }) => group.meters,
    );
    return Number(meters.find((meter) => meter.metric === metric)?.used);
  }

  it.each(otherProducts)('shows the words and numbers of $name on its pages', async (product) => {
    const problems: string[] = [];
    const page = await openProduct(product.name, { problems });
    const main = page.locator('main');
    for (const words of product.usage) await main.getByText(words).first().waitFor(longPatience);
    const used = await usedNow(product);
    expect(used).toBeGreaterThan(0);
    const written = new Intl.NumberFormat('en').format(used);
    await main
      .locator(`[data-metric="${product.metric}"]`)
      .getByText(written, { exact: true })
      .first()
      .waitFor(longPatience);

    await main.getByRole('link', { name: 'Billing', exact: true }).click();
    expect(new URL(page.url()).pathname).toBe('/billing');
    for (const words of product.billing) await main.getByText(words).first().waitFor(longPatience);
    await main.getByRole('link', { name: 'Plans', exact: true }).click();
    expect(new URL(page.url()).pathname).toBe('/plans');
    const names = main.locator('[data-widget="plan-comparison"]').getByRole('heading', { level: 3 });
    await expect.poll(() => names.allInnerTexts(), longPatience).toEqual([...product.plans]);

    await main.getByRole('link', { name: 'Tasks', exact: true }).click();
    await main.getByText('In progress', { exact: true }).last().waitFor(longPatience);
    await page.goBack();
    await names.first().waitFor(longPatience);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('B12: gives a member of the workflow workspace no billing, in the answers either', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(() => {
      sessionStorage.setItem('demo-product', 'workflow');
      sessionStorage.setItem('fieldnote-viewer', 'member');
    });
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => {
      // A stream has no end.
      if (/\/v1\/(?!.*\/stream$)/.test(new URL(response.url()).pathname))
        bodies.push(response.text().catch(() => ''));
    });
    await page.goto(`${started.demo.appUrl}/usage`);
    await page.getByText('My usage').waitFor({ timeout: 90_000 });
    expect(await page.locator('main').innerText()).not.toContain('$');
    for (const body of await Promise.all(bodies)) expect(body).not.toMatch(/"amount":"49"|"price":\{/);
    await page.close();
  });
});
