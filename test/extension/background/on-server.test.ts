// @vitest-environment node
import { headers, socketCloseCodes, socketTokenPrefix } from '@usagekit/server/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Background, createBackground } from '../../../extension/src/background/create-background.ts';
import type { Envelope, ExtensionState } from '../../../extension/src/core/rpc/rpc.ts';
import { createFakeBrowser, type FakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { createTestServer, type TestServer } from '../../api/support/test-server.ts';
import { patience } from '../../support/patience.ts';

const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const site = 'https://app.acme.example';

let server: TestServer;
let browser: FakeBrowser;
let background: Background;
let extensionToken: string;

beforeEach(async () => {
  server = createTestServer();
  await server.account('acme', { name: 'Acme', planId: 'pro' });
  await server.member('acme', 'ada', { role: 'owner' });
  const created = await server.post<{ secret: string }>('/v1/keys', {
    kind: 'extension',
    accountId: 'acme',
    memberId: 'ada',
  });
  extensionToken = created.body.secret;

  browser = createFakeBrowser(server.clock.nowMs());
  browser.serve(
    (request) => {
      const asked = new Request(request);
      asked.headers.set('Origin', origin);
      return server.app.fetch(asked);
    },
    { awaited: true },
  );
  browser.answerInTab((message) =>
    message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
  );
  background = createBackground(browser.ports, {
    siteScriptFile: '/site-script.js',
    cardFile: '/card.js',
    chipFile: '/chip.js',
    onInternalError: (error) => {
      throw error;
    },
  });
});

const call = (method: string, params: unknown = null): Promise<Envelope<unknown>> =>
  background.answer({ v: 1, id: 'a', method, params }, { kind: 'extension-page' });
const connect = (token = extensionToken) => call('connect', { serverUrl: 'https://usage.test', token });
const use = (times = 1) =>
  server.post('/v1/consume', {
    accountId: 'acme',
    memberId: 'ada',
    items: Array.from({ length: times }, () => ({ model: 'deep-1' })),
  });

describe('the background, on the real server', () => {
  it('connects with an extension token and shows the balance', async () => {
    expect(await connect()).toMatchObject({
      ok: true,
      value: { connected: true, found: { accountName: 'Acme' } },
    });
    expect(browser.badge()?.text).toBe('1k');
    await use();
    expect(await call('summary', { cause: 'asked' })).toMatchObject({ ok: true });
    expect(browser.badge()?.text).toBe('890');
  });

  it('reads usage and credits as the popup draws them', async () => {
    await connect();
    expect(await call('usage')).toMatchObject({ ok: true, value: { accountId: 'acme' } });
    expect(await call('credits')).toMatchObject({ ok: true, value: { available: '1000' } });
    const state = (await call('state')) as { ok: true; value: ExtensionState };
    expect(state.value.accounts[0]?.snapshot).toMatchObject({
      credits: { available: '1000' },
      usage: { accountId: 'acme' },
    });
  });

  it('F5: gets 304 from the alarm’s question while nothing has changed', async () => {
    await connect();
    const statuses: number[] = [];
    browser.serve(
      async (request) => {
        const response = await server.app.fetch(request);
        statuses.push(response.status);
        return response;
      },
      { awaited: true },
    );
    await browser.advance(360_000);
    await use();
    await browser.advance(360_000);
    expect(statuses).toEqual([304, 200]);
    expect(browser.badge()?.text).toBe('890');
  });

  it('refuses the tokens of web pages and a token that was revoked, in words', async () => {
    const pageToken = await server.token({ accountId: 'acme', memberId: 'ada' });
    expect(await connect(pageToken)).toMatchObject({ value: { connected: false, field: 'token' } });
    expect(await connect('uke_unknown')).toMatchObject({ value: { connected: false, field: 'token' } });
    expect(browser.local.has('connection')).toBe(false);
  });

  it('F5: hears of a debit by the socket’s own messages', async () => {
    await connect();
    browser.watch({ kind: 'extension-page' });
    await browser.settle();
    const [socket] = browser.sockets;
    expect(socket?.protocols[1]).toBe(`${socketTokenPrefix}${extensionToken}`);
    await server.app.connect(
      extensionToken,
      { origin, acceptLanguage: null },
      {
        send: (message) => socket?.say(message),
        close: (code) => socket?.end(code),
      },
    );
    await use();
    await vi.waitFor(() => expect(browser.badge()?.text).toBe('890'), patience);
  });

  it('hears by the socket that its token was revoked', async () => {
    await connect();
    const { body } = await server.get<{ items: { id: string; kind: string }[] }>('/v1/keys');
    const key = body.items.find(({ kind }) => kind === 'extension');
    await server.send('DELETE', `/v1/keys/${key?.id}`);
    browser.watch({ kind: 'extension-page' });
    await browser.settle();
    browser.sockets[0]?.end(socketCloseCodes.unauthorized);
    // The server checks the token off the event loop, in a time of its own.
    await vi.waitFor(
      () => expect(browser.badge()).toMatchObject({ text: '?', title: expect.stringContaining('revoked') }),
      patience,
    );
  });

  it.each([
    ['F7: the refusal’s own fields', 8, 'Not enough credits left'],
    ['C11: the last credit', 9, 'No credits left'],
  ])('prompts on an added site after %s', async (_what, uses, title) => {
    await connect();
    browser.granted.add(`${site}/*`);
    await call('addSite', { origin: site, connectionId: 'acme https://usage.test' });
    browser.watch({ kind: 'content-script', origin: site, tabId: 1 });
    // Nine uses take 990 of 1,000 credits, and the plan's overdraft is for tasks only.
    for (let count = 0; count < uses; count += 1) await use();
    if (uses === 9) await server.post('/v1/accounts/acme/adjustments', { amount: '-10', reason: 'test' });
    await browser.advance(10_000);
    const refused = await use(2);
    expect(refused.status).toBe(402);
    expect(refused.headers.get('ratelimit')).toMatch(/^"credits";r=\d+/);
    browser.completeRequest({
      status: refused.status,
      headers: [...refused.headers].map(([name, value]) => ({ name, value })),
      origin: site,
    });
    await browser.settle();
    const views = browser.told.flatMap(({ message }) =>
      message.usagekit === 'prompt' ? [message.view] : [],
    );
    expect(views).toMatchObject([{ title }]);
  });

  it('asks with nothing that CORS does not let through', async () => {
    await connect();
    await browser.advance(360_000);
    const preflight = await server.app.fetch(
      new Request('https://usage.test/v1/whoami', { method: 'OPTIONS' }),
    );
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ') ?? [];
    const safelisted = ['accept', 'accept-language'];
    for (const request of browser.requests) {
      for (const [name] of request.headers) expect([...allowed, ...safelisted]).toContain(name);
      expect(request.headers.has(headers.idempotencyKey)).toBe(false);
    }
  });
});
