import type { Summary } from '@usagekit/server/contract';
import { beforeEach, expect } from 'vitest';
import { type Background, createBackground } from '../../../extension/src/background/create-background.ts';
import type { Envelope, RpcHandlers, Sender } from '../../../extension/src/core/rpc/rpc.ts';
import { createFakeBrowser, type FakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { sampleBlocked, sampleSummary } from '../../../extension/test-support/sample-summary.ts';

export const serverUrl = 'https://acme.example/usage';
export const token = 'ext_verysecret';
export const connectionId = `acme ${serverUrl}`;
export const origin = 'https://app.acme.example';
export const popup: Sender = { kind: 'extension-page' };
export const site: Sender = { kind: 'content-script', origin, tabId: 7 };
export const stranger: Sender = { kind: 'content-script', origin: 'https://evil.example', tabId: 8 };

// Each test begins with new ones; a test that imports one sees the present one.
export let browser: FakeBrowser;
export let background: Background;
/** What the server answers; see `answerWith`. */
export let summary: Summary;
export let internalErrors: unknown[];

beforeEach(() => {
  browser = createFakeBrowser();
  summary = sampleSummary();
  internalErrors = [];
  browser.serve(answerAsServer);
  browser.answerInTab((message) =>
    message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
  );
  start();
});

/** A worker begins on the present browser. */
export function start(handlers: Partial<RpcHandlers> = {}): void {
  background = createBackground(browser.ports, {
    siteScriptFile: '/site-script.js',
    cardFile: '/card.js',
    chipFile: '/chip.js',
    handlers,
    onInternalError: (error) => internalErrors.push(error),
  });
}

export function startOn(other: FakeBrowser): void {
  browser = other;
  start();
}

export function answerWith(next: Summary): void {
  summary = next;
}

/** How the server answers a token that was revoked or is unknown. */
export const ended = () => Response.json({ code: 'invalid_credentials' }, { status: 401 });

export function answerAsServer(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (request.headers.get('Authorization') !== `Bearer ${token}`) return ended();
  if (pathname === '/usage/v1/whoami') {
    return Response.json({
      caller: 'extension',
      accountId: 'acme',
      memberId: null,
      role: 'viewer',
      permissions: [],
    });
  }
  if (pathname !== '/usage/v1/accounts/acme/summary') return Response.json({}, { status: 404 });
  const etag = `"${summary.version}"`;
  if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304 });
  return Response.json(summary, { headers: { ETag: etag } });
}

/** A worker that begins with what was kept: on a disk alone after a restart, in memory too where only it had ended. */
export function wake(
  atMs: number,
  { isRestart, failsToRead = false }: { isRestart: boolean; failsToRead?: boolean },
): FakeBrowser {
  const woken = createFakeBrowser(atMs);
  for (const [key, value] of browser.local) woken.local.set(key, value);
  if (!isRestart) for (const [key, value] of browser.session) woken.session.set(key, value);
  if (failsToRead) woken.ports.storage.local.get = () => Promise.reject(new Error('The disk is gone.'));
  startOn(woken);
  return woken;
}

export function call(
  method: string,
  params: unknown = null,
  sender: Sender | null = popup,
): Promise<Envelope<unknown>> {
  return background.answer({ v: 1, id: 'a', method, params }, sender);
}

export const connect = () => call('connect', { serverUrl, token });

export async function addSite(): Promise<void> {
  browser.granted.add(`${origin}/*`);
  expect(await call('addSite', { origin, connectionId })).toMatchObject({ ok: true });
}

export function block(): void {
  summary = sampleSummary({ version: summary.version + 1, level: 'over', blocked: sampleBlocked() });
}

export const prompts = () => browser.told.filter(({ message }) => message.usagekit === 'prompt');
export const summaryRequests = () => browser.requests.filter(({ url }) => url.endsWith('/summary'));
