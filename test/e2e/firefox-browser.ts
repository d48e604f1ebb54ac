import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from '../support/ensure-packages.ts';

/** The id by which Firefox addresses the extension's pages, which it makes up for each profile unless it is given one. */
const extensionUuid = '6f0c4f0e-5b1c-4e0e-9a55-0b6f6c9d1a11';
const waitMsMax = 20_000;

/** A tab of Firefox. */
export interface FirefoxTab {
  evaluate(expression: string): Promise<unknown>;
  /** Clicks what the expression gives, as a person does. */
  click(expression: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Waits until the expression is true. */
  waitFor(expression: string): Promise<void>;
  close(): Promise<void>;
}

export interface Firefox {
  open(url: string): Promise<FirefoxTab>;
  openExtensionPage(page: string): Promise<FirefoxTab>;
  /** Waits for a tab that was opened by somebody else. */
  tabAt(pattern: RegExp): Promise<FirefoxTab>;
  close(): Promise<void>;
}

/**
 * Starts Firefox without a window, with a fresh profile and the extension as it is built, and drives it by its own WebDriver BiDi.
 * The one step that cannot be driven is Firefox's own question about an optional permission, which is no page: the profile says
 * that it is answered with yes.
 */
export async function startFirefox(extensionFolder: string): Promise<Firefox> {
  const program = ensureProgram('firefox-esr', 'firefox-esr');
  const profile = mkdtempSync(join(tmpdir(), 'usagekit-firefox-'));
  writeFileSync(
    join(profile, 'user.js'),
    [
      `user_pref("extensions.webextensions.uuids", ${JSON.stringify(JSON.stringify({ 'usagekit@usagekit.dev': extensionUuid }))});`,
      'user_pref("extensions.webextOptionalPermissionPrompts", false);',
      'user_pref("intl.locale.requested", "en-US");',
      'user_pref("app.update.disabledForTesting", true);',
      'user_pref("browser.shell.checkDefaultBrowser", false);',
      'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
      'user_pref("remote.active-protocols", 1);',
      '',
    ].join('\n'),
  );
  const child = spawn(
    program,
    [
      '--headless',
      '--no-remote',
      '--profile',
      profile,
      '--remote-debugging-port',
      '0',
      '--remote-allow-system-access',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile } },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
      const url = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`Firefox ended with ${code}: ${said}`)));
  });
  const send = await connect(`${address}/session`);
  await send('session.new', { capabilities: {} });
  await send('webExtension.install', { extensionData: { type: 'path', path: extensionFolder } });

  const contexts = async () => {
    const { contexts: all } = (await send('browsingContext.getTree', {})) as {
      contexts: { context: string; url: string }[];
    };
    return all;
  };
  const open = async (url: string): Promise<FirefoxTab> => {
    const { context } = (await send('browsingContext.create', { type: 'tab' })) as { context: string };
    await send('browsingContext.navigate', { context, url, wait: 'complete' });
    return tabOf(context);
  };
  const tabOf = (context: string): FirefoxTab => {
    const evaluate = async (expression: string): Promise<unknown> => {
      const answer = (await send('script.evaluate', {
        expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
        target: { context },
        awaitPromise: true,
        userActivation: false,
      })) as { type: string; result?: { value: string }; exceptionDetails?: { text: string } };
      if (answer.type !== 'success') throw new Error(`${expression}: ${answer.exceptionDetails?.text}`);
      return JSON.parse(answer.result?.value ?? 'null');
    };
    const waitFor = async (expression: string): Promise<void> => {
      await eventually(`It was never true: ${expression}`, async () => (await evaluate(expression)) === true);
    };
    return {
      evaluate,
      waitFor,
      async click(expression) {
        await waitFor(`Boolean(${expression})`);
        const [x, y] = (await evaluate(`(() => {
          const element = ${expression};
          element.scrollIntoView({ block: 'center' });
          const { left, top, width, height } = element.getBoundingClientRect();
          return [Math.round(left + width / 2), Math.round(top + height / 2)];
        })()`)) as [number, number];
        const press = [
          { type: 'pointerMove', x, y },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ];
        await send('input.performActions', {
          context,
          actions: [{ type: 'pointer', id: 'mouse', actions: press }],
        });
      },
      async type(text) {
        const keys = [...text].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]);
        await send('input.performActions', {
          context,
          actions: [{ type: 'key', id: 'keys', actions: keys }],
        });
      },
      async close() {
        await send('browsingContext.close', { context });
      },
    };
  };
  return {
    open,
    openExtensionPage: (page) => open(`moz-extension://${extensionUuid}/${page}.html`),
    async tabAt(pattern) {
      let found: string | undefined;
      await eventually(`No tab came to ${pattern}`, async () => {
        found = (await contexts()).find(({ url }) => pattern.test(url))?.context;
        return found !== undefined;
      });
      return tabOf(found ?? '');
    },
    async close() {
      child.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A line to the browser's WebDriver BiDi. */
async function connect(url: string): Promise<(method: string, params: object) => Promise<unknown>> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`${url} does not answer.`));
  });
  let lastId = 0;
  const waiting = new Map<number, (message: { type: string; result?: unknown; message?: string }) => void>();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data));
    waiting.get(message.id)?.(message);
  };
  return async (method, params) => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<{ type: string; result?: unknown; message?: string }>((resolve) =>
      waiting.set(id, resolve),
    );
    socket.send(JSON.stringify({ id, method, params }));
    const answer = await answered;
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };
}

async function eventually(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = Date.now() + waitMsMax;
  while (!(await isSo())) {
    if (Date.now() > giveUpAtMs) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
