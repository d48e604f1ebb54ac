import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Worker } from 'playwright-core';
import { buildExtension } from '../../extension/test-support/build-extension.ts';
import { chromiumSwitches } from '../support/launch-chromium.ts';
import { startDisplay } from '../support/start-display.ts';

/** What the toolbar button shows. */
export interface ShownBadge {
  text: string;
  title: string;
  /** Red, green, blue, 0 to 255. */
  color: number[];
}

/** The popup as the toolbar opens it, over a tab. */
export interface OpenPopup {
  /** Waits for text that matches. */
  says(pattern: RegExp): Promise<void>;
  /** Clicks a button with the mouse, as a person does. */
  click(button: string): Promise<void>;
}

export interface ExtensionBrowserOptions {
  /** Folder of the extension; by default what is shipped. */
  extension?: string;
  /** Folders of other extensions that the user has too. */
  alongside?: string[];
}

export interface ExtensionBrowser {
  context: BrowserContext;
  extensionId: string;
  badge(): Promise<ShownBadge>;
  /** Presses the toolbar's button while a tab is in view. */
  pressIcon(page: Page): Promise<OpenPopup>;
  /** Answers the browser's own question about permissions, by keyboard. */
  allowPermission(): Promise<void>;
  /** The popup's page in a tab. */
  openPopup(): Promise<Page>;
  openOptions(): Promise<Page>;
  /** Ends the worker, as the browser does with an idle one. */
  endWorker(): Promise<void>;
  close(): Promise<void>;
}

/** A place on the window's empty tab strip, and how bright it is at most while the browser asks a question. */
const tabStrip = [900, 20] as const;
const dimmedBrightness = 180;
/** How long the browser may take to show a window of its own. */
const windowMsMax = 60_000;

/**
 * Starts Chromium with the extension as it is built and a fresh profile, in a window on a screen that nobody sees: only there
 * does the browser ask its own question about permissions, and open its own popup.
 */
export async function startExtensionBrowser({
  alongside = [],
  extension = buildExtension(),
}: ExtensionBrowserOptions = {}): Promise<ExtensionBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-extension-'));
  const display = await startDisplay();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: process.env.CHROMIUM_PATH ?? '',
    headless: false,
    env: { ...process.env, DISPLAY: display.name },
    viewport: null,
    args: [
      ...chromiumSwitches,
      '--lang=en',
      '--window-position=0,0',
      '--window-size=1200,860',
      // Chromium loads an unpacked extension only where it is named by both.
      `--disable-extensions-except=${[extension, ...alongside].join(',')}`,
      `--load-extension=${[extension, ...alongside].join(',')}`,
    ],
  });
  const isOurs = (worker: Worker) => worker.url().endsWith('/static/background/index.js');
  const worker =
    context.serviceWorkers().find(isOurs) ?? (await context.waitForEvent('serviceworker', isOurs));
  const extensionId = new URL(worker.url()).host;
  const devtools = await context.browser()?.newBrowserCDPSession();
  if (devtools === undefined) throw new Error('The context has no browser of its own.');
  const open = async (page: string): Promise<Page> => {
    const opened = await context.newPage();
    await opened.goto(`chrome-extension://${extensionId}/${page}.html`);
    return opened;
  };
  // A window of its own, which neither hides the tabs of the tests nor counts as looking.
  const probe = await openProbe(context, devtools, extensionId);
  return {
    context,
    extensionId,
    badge: () => probe.evaluate(readBadge),
    async pressIcon(page) {
      await page.bringToFront();
      const tabs = await targetsOf(devtools, 'tab');
      const tab = tabs.find(({ url }) => url === page.url());
      if (tab === undefined) throw new Error(`No tab shows ${page.url()}.`);
      const known = new Set((await targetsOf(devtools, 'page')).map(({ targetId }) => targetId));
      await devtools.send('Extensions.triggerAction', { id: extensionId, targetId: tab.targetId });
      const popup = await eventually(async () =>
        (await targetsOf(devtools, 'page')).find(
          ({ targetId, url }) => !known.has(targetId) && url.endsWith('/popup.html'),
        ),
      );
      const { sessionId } = await devtools.send('Target.attachToTarget', { targetId: popup.targetId });
      const evaluate = createEvaluate(devtools, sessionId);
      return {
        async says(pattern) {
          await eventually(
            async () => pattern.test(String(await evaluate('document.body.innerText'))) || undefined,
          );
        },
        async click(button) {
          let before = '';
          const place = await eventually(async () => {
            const found = await evaluate(`(() => {
              const button = [...document.querySelectorAll('button')].find(({ innerText, disabled }) =>
                !disabled && innerText.trim() === ${JSON.stringify(button)});
              if (button === undefined) return null;
              const { left, top, width, height } = button.getBoundingClientRect();
              return [screenX + left + width / 2, screenY + top + height / 2];
            })()`);
            // What is still being painted moves it; nobody clicks before it rests.
            const isAtRest = String(found) === before;
            before = String(found);
            await new Promise((resolve) => setTimeout(resolve, 300));
            return isAtRest ? ((found as [number, number] | null) ?? undefined) : undefined;
          });
          display.click(...place);
        },
      };
    },
    async allowPermission() {
      // The browser's own windows are no pages: what tells of its question is that it dims the rest.
      const isAsking = () => display.brightness(...tabStrip) < dimmedBrightness;
      await eventually(async () => isAsking() || undefined);
      // It stands on `Deny`, and takes nothing in its first half second, so that nobody allows it by chance.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      display.press('Tab', 'Return');
      await eventually(async () => !isAsking() || undefined);
    },
    openPopup: async () => {
      const popup = await open('popup');
      await popup.setViewportSize({ width: 360, height: 600 });
      return popup;
    },
    openOptions: () => open('options'),
    async endWorker() {
      for (const { targetId, url } of await targetsOf(devtools, 'service_worker'))
        if (url.includes(extensionId)) await devtools.send('Target.closeTarget', { targetId });
    },
    async close() {
      await context.close();
      display.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openProbe(context: BrowserContext, devtools: CDPSession, extensionId: string): Promise<Page> {
  const url = `chrome-extension://${extensionId}/options.html`;
  const opened = context.waitForEvent('page');
  await devtools.send('Target.createTarget', { url, newWindow: true, background: true });
  const probe = await opened;
  await probe.waitForLoadState();
  return probe;
}

async function targetsOf(devtools: CDPSession, type: string) {
  const { targetInfos } = await devtools.send('Target.getTargets', { filter: [{ type }] });
  return targetInfos;
}

/** Runs expressions in a target that Playwright keeps to itself, such as the toolbar's popup. */
function createEvaluate(devtools: CDPSession, sessionId: string): (expression: string) => Promise<unknown> {
  let lastId = 0;
  const waiting = new Map<number, (message: { result?: { result: { value: unknown } } }) => void>();
  devtools.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const message = JSON.parse(event.message);
    waiting.get(message.id)?.(message);
  });
  return async (expression) => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<{ result?: { result: { value: unknown } } }>((resolve) =>
      waiting.set(id, resolve),
    );
    const message = JSON.stringify({
      id,
      method: 'Runtime.evaluate',
      params: { expression, returnByValue: true },
    });
    await devtools.send('Target.sendMessageToTarget', { sessionId, message });
    return (await answered).result?.result.value;
  };
}

async function eventually<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
  const giveUpAtMs = Date.now() + windowMsMax;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > giveUpAtMs) throw new Error(`It did not appear within ${windowMsMax} ms: ${find}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
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

/** The card or the line, read through the browser's accessibility tree, since its shadow root is closed to everything else. */
export interface ShownPrompt {
  title: string;
  description: string;
  buttons: string[];
  /** Its box in the window. */
  box: { left: number; top: number; right: number; bottom: number };
  /** Clicks as a person does. */
  press(name: string): Promise<void>;
}

/** Looks for the card on a page; null while there is none. */
export function findPrompt(page: Page): Promise<ShownPrompt | null> {
  return findShown(page, 'dialog');
}

/** Looks for the line with what is left on a page; null while there is none. */
export function findLine(page: Page): Promise<ShownPrompt | null> {
  return findShown(page, 'group', 'UsageKit extension');
}

async function findShown(page: Page, role: string, description?: string): Promise<ShownPrompt | null> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const dialog = nodes.find(
      (node) =>
        node.role?.value === role &&
        !node.ignored &&
        (description === undefined || node.description?.value === description),
    );
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
        if (button === undefined) throw new Error(`It has no button ${name}.`);
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
