import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { buildExtension } from '../../extension/test-support/build-extension.ts';

/** What the toolbar button shows. */
export interface ShownBadge {
  text: string;
  title: string;
  /** Red, green, blue, 0 to 255. */
  color: number[];
}

export interface ExtensionBrowser {
  context: BrowserContext;
  extensionId: string;
  badge(): Promise<ShownBadge>;
  openPopup(): Promise<Page>;
  openOptions(): Promise<Page>;
  /** Ends the worker, as the browser does with an idle one. */
  endWorker(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts Chromium with the built extension. A permission prompt cannot be clicked in a headless browser, so a copy of
 * the manifest grants what adding `site` would ask for, the site itself and `scripting`, and nothing else is changed.
 */
export async function startExtensionBrowser(site: string): Promise<ExtensionBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-extension-'));
  const extension = join(folder, 'extension');
  cpSync(buildExtension(), extension, { recursive: true });
  grantSite(join(extension, 'manifest.json'), site);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: process.env.CHROMIUM_PATH ?? '',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      // Chromium loads an unpacked extension only where it is named by both.
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const extensionId = new URL(worker.url()).host;
  const open = async (page: string): Promise<Page> => {
    const opened = await context.newPage();
    await opened.goto(`chrome-extension://${extensionId}/${page}.html`);
    return opened;
  };
  // A page that does not count as looking: the worker itself may end, and would not while it is asked.
  const probe = await open('options');
  return {
    context,
    extensionId,
    badge: () => probe.evaluate(readBadge),
    openPopup: async () => {
      const popup = await open('popup');
      await popup.setViewportSize({ width: 360, height: 600 });
      return popup;
    },
    openOptions: () => open('options'),
    async endWorker() {
      const session = await context.browser()?.newBrowserCDPSession();
      if (session === undefined) throw new Error('The context has no browser of its own.');
      const { targetInfos } = await session.send('Target.getTargets');
      for (const { targetId, type } of targetInfos) {
        if (type === 'service_worker') await session.send('Target.closeTarget', { targetId });
      }
      await session.detach();
    },
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in a page of the extension. */
async function readBadge(): Promise<ShownBadge> {
  const [text, title, color] = await Promise.all([
    chrome.action.getBadgeText({}),
    chrome.action.getTitle({}),
    chrome.action.getBadgeBackgroundColor({}),
  ]);
  return { text, title, color: [...color].slice(0, 3) };
}

function grantSite(manifestFile: string, site: string): void {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const granted = ['scripting'];
  manifest.host_permissions = [`${site}/*`];
  manifest.permissions = [...manifest.permissions, ...granted];
  manifest.optional_permissions = manifest.optional_permissions.filter(
    (name: string) => !granted.includes(name),
  );
  writeFileSync(manifestFile, JSON.stringify(manifest));
}

/** The card, read through the browser's accessibility tree, since its shadow root is closed to everything else. */
export interface ShownPrompt {
  title: string;
  description: string;
  buttons: string[];
  /** The card's box in the window. */
  box: { left: number; top: number; right: number; bottom: number };
  /** Clicks as a person does. */
  press(name: string): Promise<void>;
}

/** Looks for the card on a page; null while there is none. */
export async function findPrompt(page: Page): Promise<ShownPrompt | null> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const dialog = nodes.find(({ role, ignored }) => role?.value === 'dialog' && !ignored);
    if (dialog === undefined) return null;
    const under = new Set([dialog.nodeId]);
    for (const node of nodes)
      if (node.parentId !== undefined && under.has(node.parentId)) under.add(node.nodeId);
    const buttons = nodes.filter(({ nodeId, role }) => role?.value === 'button' && under.has(nodeId));
    return {
      box: await boxOf(session, dialog.backendDOMNodeId),
      title: dialog.name?.value ?? '',
      description: dialog.description?.value ?? '',
      buttons: buttons.map(({ name }) => name?.value ?? ''),
      async press(name) {
        const button = buttons.find((node) => node.name?.value === name);
        if (button === undefined) throw new Error(`The card has no button ${name}.`);
        const clicking = await page.context().newCDPSession(page);
        const { left, top, right, bottom } = await boxOf(clicking, button.backendDOMNodeId);
        await clicking.detach();
        await page.mouse.click((left + right) / 2, (top + bottom) / 2);
      },
    };
  } finally {
    await session.detach();
  }
}

async function boxOf(session: CDPSession, backendNodeId: number | undefined): Promise<ShownPrompt['box']> {
  if (backendNodeId === undefined) throw new Error('The node is not in the document.');
  const { model } = await session.send('DOM.getBoxModel', { backendNodeId });
  const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
  return { left, top, right, bottom };
}

/** Runs an expression in the extension's own world of a page, which the page itself cannot enter. */
export async function evaluateInSiteScript(
  page: Page,
  extensionId: string,
  expression: string,
): Promise<unknown> {
  const session = await page.context().newCDPSession(page);
  try {
    const worlds: { id: number; origin: string }[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    await session.send('Runtime.enable');
    const world = worlds.find(({ origin }) => origin === `chrome-extension://${extensionId}`);
    if (world === undefined) throw new Error('The site script does not run on this page.');
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: world.id,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return result.value;
  } finally {
    await session.detach();
  }
}
