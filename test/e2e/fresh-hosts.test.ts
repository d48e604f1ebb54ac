import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { type Listening, listen } from '@usagekit/react/testing/node';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { type PublishedPackage, publishPackage, run } from '../types/published-package.ts';
import { itIsAnExampleApp, prepareExamples } from './example-app.ts';

/** Hosts that know nothing of this repository: what npm installs, with the packed kit next to it. */
let kit: PublishedPackage;
let backend: PublishedPackage;
let folder = '';
let mock: UsageKitMock;
let server: Listening;
let browser: Browser;

beforeAll(async () => {
  kit = publishPackage('sdk', []);
  backend = publishPackage('server/packages/node', []);
  folder = mkdtempSync(join(tmpdir(), 'usagekit-fresh-'));
  mock = createUsageKitMock({ scenario: 'healthy' });
  server = await listen(mock, { as: 'owner' });
  browser = await launchChromium();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  kit?.remove();
  backend?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of a host with its packages and our packed ones, installed as a host installs them. */
function install(host: string, ...packed: string[]): string {
  const place = join(folder, host);
  cpSync(join(import.meta.dirname, 'fresh-hosts', host), place, { recursive: true });
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packed], place);
  return place;
}

/** Opens a page and gathers what was written to its console. */
async function open(url: string) {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints: () => complaints.filter((text) => !/favicon|404/.test(text)) };
}

/** Serves a folder of files on a free port. */
async function serve(files: string): Promise<string> {
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  };
  const app = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const file = path === '/' ? '/index.html' : path;
    const found = existsSync(join(files, file));
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.writeHead(found ? 200 : 404, { 'Content-Type': type });
    response.end(found ? readFileSync(join(files, file)) : '');
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void app.close());
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
}

const germanCredits = (amount: string) => Number(amount).toLocaleString('de-DE');

describe('F10: a fresh Vite app with React 18.3', { timeout: 400_000 }, () => {
  let place = '';
  beforeAll(() => {
    place = install('vite-react-18', kit.tarball);
  }, 300_000);

  it.each([
    ['5', 'typescript5/bin/tsc'],
    ['6', 'typescript6/bin/tsc'],
    ['7', 'typescript/bin/tsc'],
  ])('compiles with strict TypeScript %s, and with every declaration looked into', (major, tsc) => {
    const bin = join(place, 'node_modules', tsc);
    expect(run(process.execPath, [bin, '--version'], place)).toMatch(new RegExp(`^Version ${major}\\.`));
    expect(run(process.execPath, [bin, '--project', place, '--pretty', 'false'], place)).toBe('');
  });

  it('builds, and shows the account’s figures in the language of the host', async () => {
    const vite = join(place, 'node_modules/vite/bin/vite.js');
    run(process.execPath, [vite, 'build', '--logLevel', 'error'], place, { VITE_USAGEKIT_URL: server.url });
    const { page, complaints } = await open(await serve(join(place, 'dist')));
    for (const widget of ['credit-balance', 'plan-card', 'usage-panel', 'task-table'])
      await page.waitForSelector(`[data-widget="${widget}"]:not([data-state="loading"])`);
    const { available } = await mock.account().credits();
    const balance = page.locator('[data-widget="credit-balance"]');
    expect(await balance.getAttribute('data-host')).toBe('vite');
    expect(await balance.textContent()).toContain(germanCredits(available));
    expect(await balance.textContent()).toContain('Verfügbar');
    await page.waitForFunction(() => document.querySelector('.recharts-surface') !== null);
    expect(await page.getByTestId('hook').textContent()).toBe(`ready ${available}`);
    expect(await page.getByRole('button', { name: 'Start it' }).isVisible()).toBe(true);
    // Bought in a dialog whose code came when it was opened.
    await page.getByRole('button', { name: 'Guthaben kaufen' }).first().click();
    await page.waitForSelector('dialog[open]');
    expect(complaints()).toEqual([]);
  });
});

describe('F10: a fresh Next app', { timeout: 400_000 }, () => {
  let url = '';
  beforeAll(async () => {
    const place = install('next', kit.tarball, backend.tarball);
    const variables = {
      USAGEKIT_URL: server.url,
      USAGEKIT_SECRET_KEY: mock.secretKey,
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
    };
    const next = join(place, 'node_modules/next/dist/bin/next');
    run(process.execPath, [next, 'build'], place, variables);
    const started = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
      cwd: place,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    stop = () => started.kill();
    for await (const line of createInterface({ input: started.stdout })) {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? url;
      if (line.includes('Ready')) break;
    }
  }, 400_000);
  let stop: () => void = () => {};
  afterAll(() => stop());

  it('sends a page that has the figures in it, from a server component that asked for them', async () => {
    const html = await (await fetch(url)).text();
    const { available } = await mock.account().credits();
    for (const widget of ['credit-balance', 'plan-card', 'usage-panel', 'task-table'])
      expect(html).toMatch(new RegExp(`data-widget="${widget}"[^>]*`));
    const withoutScripts = html.replace(/<script[\s\S]*?<\/script>/g, '');
    expect(withoutScripts).toContain(`>${Number(available).toLocaleString('en-GB')}<`);
  });

  it('is taken over by the browser without a mismatch', async () => {
    const { page, complaints } = await open(url);
    // A row opens once React has taken it over.
    await page.waitForLoadState('networkidle');
    await page.locator('.uk-task-open').first().click();
    await page.waitForSelector('dialog[open]');
    expect(complaints()).toEqual([]);
  });

  it('asks for the figures in the browser where the host gives none, and follows them', async () => {
    const { page, complaints } = await open(`${url}/live`);
    const { available } = await mock.account().credits();
    const figure = page.locator('[data-widget="credit-balance"] .uk-figure-number');
    const shows = (amount: number) =>
      figure
        .filter({ hasText: new RegExp(`^${amount.toLocaleString('en-GB')}$`) })
        .waitFor({ timeout: 20_000 });
    await shows(Number(available));
    await mock.account().spend(25);
    await shows(Number(available) - 25);
    expect(complaints()).toEqual([]);
  });

  describe('F30: is the example app of Next', () => {
    beforeAll(() => prepareExamples(mock));
    itIsAnExampleApp(() => ({ url, serverUrl: server.url, mock }));
  });
});
