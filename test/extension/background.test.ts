// @vitest-environment node
import { type Summary, socketProtocol } from '@usagekit/server/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Background, createBackground } from '../../extension/src/background/create-background.ts';
import { badgePaints } from '../../extension/src/core/badge.ts';
import type { Envelope, RpcHandlers, RpcMethod, Sender } from '../../extension/src/core/rpc.ts';
import { createFakeBrowser, type FakeBrowser } from '../../extension/test-support/fake-ports.ts';
import { sampleBlocked, sampleSummary } from '../../extension/test-support/sample-summary.ts';
import { patience } from '../support/patience.ts';

const serverUrl = 'https://acme.example/usage';
const token = 'ext_verysecret';
const connectionId = `acme ${serverUrl}`;
const origin = 'https://app.acme.example';
const popup: Sender = { kind: 'extension-page' };
const site: Sender = { kind: 'content-script', origin, tabId: 7 };
const stranger: Sender = { kind: 'content-script', origin: 'https://evil.example', tabId: 8 };

let browser: FakeBrowser;
let background: Background;
let summary: Summary;
let internalErrors: unknown[];

beforeEach(() => {
  browser = createFakeBrowser();
  summary = sampleSummary();
  internalErrors = [];
  browser.serve(answerAsServer);
  browser.answerInTab((message) =>
    message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
  );
  background = start();
});

function start(handlers: Partial<RpcHandlers> = {}): Background {
  return createBackground(browser.ports, {
    siteScriptFile: '/site-script.js',
    cardFile: '/card.js',
    chipFile: '/chip.js',
    handlers,
    onInternalError: (error) => internalErrors.push(error),
  });
}

/** How the server answers a token that was revoked or is unknown. */
const ended = () => Response.json({ code: 'invalid_credentials' }, { status: 401 });

function answerAsServer(request: Request): Response {
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
function wake(
  atMs: number,
  { isRestart, failsToRead = false }: { isRestart: boolean; failsToRead?: boolean },
): FakeBrowser {
  const woken = createFakeBrowser(atMs);
  for (const [key, value] of browser.local) woken.local.set(key, value);
  if (!isRestart) for (const [key, value] of browser.session) woken.session.set(key, value);
  if (failsToRead) woken.ports.storage.local.get = () => Promise.reject(new Error('The disk is gone.'));
  browser = woken;
  background = start();
  return woken;
}

function call(
  method: string,
  params: unknown = null,
  sender: Sender | null = popup,
): Promise<Envelope<unknown>> {
  return background.answer({ v: 1, id: 'a', method, params }, sender);
}

const connect = () => call('connect', { serverUrl, token });

async function addSite(): Promise<void> {
  browser.granted.add(`${origin}/*`);
  expect(await call('addSite', { origin, connectionId })).toMatchObject({ ok: true });
}

function block(): void {
  summary = sampleSummary({ version: summary.version + 1, level: 'over', blocked: sampleBlocked() });
}

const prompts = () => browser.told.filter(({ message }) => message.usagekit === 'prompt');
const summaryRequests = () => browser.requests.filter(({ url }) => url.endsWith('/summary'));

describe('a call', () => {
  it('gets an envelope for an unknown method, a wrong body and a wrong parameter', async () => {
    expect(await call('launchMissiles')).toMatchObject({ ok: false, error: { code: 'unknown_method' } });
    expect(await call('toString')).toMatchObject({ ok: false, error: { code: 'unknown_method' } });
    for (const body of [
      null,
      7,
      [],
      {},
      { v: 2, id: 'a', method: 'state' },
      { v: 1, id: 'a', method: 'state', x: 1 },
    ]) {
      expect(await background.answer(body, popup)).toMatchObject({
        ok: false,
        error: { code: 'invalid_request' },
      });
    }
    const huge = { v: 1, id: 'a', method: 'connect', params: { serverUrl: 'x'.repeat(10_000), token } };
    expect(await background.answer(huge, popup)).toMatchObject({ error: { code: 'invalid_request' } });
    expect(await call('connect', { serverUrl })).toMatchObject({ error: { code: 'invalid_params' } });
    expect(await call('summary', { cause: 'hint' })).toMatchObject({ error: { code: 'invalid_params' } });
  });

  it('gets an envelope from a handler that throws, with nothing of the cause in it', async () => {
    const cause = new Error(`leaks ${token}`);
    background = start({
      state: { allow: ['extension-page'], parseParams: () => null, run: () => Promise.reject(cause) },
    });
    const answer = await call('state');
    expect(answer).toEqual({ ok: false, error: { code: 'internal', message: expect.any(String) } });
    expect(JSON.stringify(answer)).not.toContain(token);
    expect(internalErrors).toEqual([cause]);
  });

  it('gets an envelope after ten seconds from a handler that never answers', async () => {
    background = start({
      state: { allow: ['extension-page'], parseParams: () => null, run: () => new Promise(() => undefined) },
    });
    const answer = call('state');
    await browser.advance(10_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'timeout' } });
  });

  it('F17: from a site may hint, put off, put its line away and open billing, and nothing else', async () => {
    await connect();
    await addSite();
    const methods: Record<RpcMethod, boolean> = {
      state: false,
      summary: false,
      usage: false,
      credits: false,
      read: false,
      connect: false,
      pair: false,
      cancelPairing: false,
      disconnect: false,
      choose: false,
      setIcon: false,
      setNotify: false,
      wantSite: false,
      addSite: false,
      removeSite: false,
      setChip: false,
      putChipAway: true,
      openBilling: true,
      openPage: false,
      hint: true,
      snooze: true,
    };
    for (const [method, isAllowed] of Object.entries(methods)) {
      const answer = await call(method, null, site);
      expect([method, answer.ok]).toEqual([method, isAllowed]);
      expect(JSON.stringify(answer)).not.toMatch(/ext_verysecret|1234|Acme/);
    }
  });

  it('F17: from a site that was not added, or from nobody that is known, may do nothing', async () => {
    await connect();
    for (const sender of [stranger, null]) {
      for (const method of ['state', 'hint', 'snooze', 'openBilling']) {
        expect(await call(method, null, sender)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
      }
    }
    expect(browser.openedTabs).toEqual([]);
  });
});

describe('connecting', () => {
  it('F17: locks the storage before the token is written, and shows the token to nobody', async () => {
    const answer = await connect();
    expect(answer).toMatchObject({
      ok: true,
      value: { connected: true, found: { accountName: 'Acme', planName: 'Pro' } },
    });
    expect(browser.local.get('connection')).toMatchObject([{ token, accountId: 'acme' }]);
    expect(browser.writtenUnlocked).toEqual([]);
    expect(JSON.stringify([answer, ...browser.session.values(), await call('state')])).not.toContain(token);
  });

  it('sends the token to the paired server only, and refuses redirects', async () => {
    await connect();
    await call('summary', { cause: 'asked' });
    for (const request of browser.requests) {
      expect(request.url.startsWith(`${serverUrl}/v1/`)).toBe(true);
      expect(request.redirect).toBe('error');
      expect(request.url).not.toContain(token);
    }
  });

  it.each([
    ['a token that the server does not know', { token: 'ext_other' }, 'token', 'does not know this token'],
    ['a secret key', { token: 'sk_live_x' }, 'token', 'secret key'],
    ['an address that is none', { serverUrl: 'http://acme.example' }, 'serverUrl', 'Use https'],
  ])('says which field is wrong for %s, and keeps nothing', async (_what, changes, field, words) => {
    const answer = await call('connect', { serverUrl, token, ...changes });
    expect(answer).toMatchObject({
      ok: true,
      value: { connected: false, field, message: expect.stringContaining(words) },
    });
    expect(browser.local.has('connection')).toBe(false);
  });

  it('never sends a secret key anywhere', async () => {
    await call('connect', { serverUrl, token: 'sk_live_x' });
    expect(browser.requests).toEqual([]);
  });

  it.each([
    [
      'the server cannot be reached',
      () => Promise.reject(new TypeError('Failed to fetch')),
      'could not be reached',
    ],
    ['the server is no UsageKit server', () => new Response('<h1>Hi</h1>'), 'not as a UsageKit server does'],
    ['the server is down', () => new Response('', { status: 503 }), 'cannot answer right now'],
  ])('says so when %s', async (_what, serve, words) => {
    browser.serve(serve);
    expect(await connect()).toMatchObject({
      value: { connected: false, field: 'serverUrl', message: expect.stringContaining(words) },
    });
  });

  it('refuses a token that is for web pages', async () => {
    browser.serve(() =>
      Response.json({ caller: 'member', accountId: 'acme', memberId: 'm', role: 'owner', permissions: [] }),
    );
    expect(await connect()).toMatchObject({
      value: { connected: false, field: 'token', message: expect.stringContaining('ends within minutes') },
    });
  });

  it('F17: has the server revoke the token on disconnecting, and forgets it though that fails', async () => {
    await connect();
    await call('disconnect', { connectionId });
    await browser.settle();
    expect(browser.requests.at(-1)).toMatchObject({ method: 'DELETE', url: `${serverUrl}/v1/keys/own` });
    expect(browser.requests.at(-1)?.headers.get('Authorization')).toBe(`Bearer ${token}`);

    await connect();
    browser.serve(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await call('disconnect', { connectionId })).toEqual({ ok: true, value: null });
    expect(browser.local.has('connection')).toBe(false);
  });

  it('forgets the token, the figures and the alarm on disconnecting', async () => {
    await connect();
    await call('disconnect', { connectionId });
    expect(browser.local.has('connection')).toBe(false);
    expect(JSON.stringify(browser.session.get('state'))).not.toContain('Acme');
    expect(browser.alarms.size).toBe(0);
    expect(browser.badge()).toMatchObject({ text: '', title: expect.stringContaining('not connected') });
  });
});

describe('the badge', () => {
  it('is painted from the last snapshot at once when the worker wakes, before any answer', async () => {
    await connect();
    const { local, session, alarms } = browser;
    const woken = createFakeBrowser(browser.nowMs());
    for (const [key, value] of local) woken.local.set(key, value);
    for (const [key, value] of session) woken.session.set(key, value);
    for (const [name, atMs] of alarms) woken.alarms.set(name, atMs);
    browser = woken;
    start();
    await browser.settle();
    expect(browser.badge()).toMatchObject({ text: '1.2k', ...badgePaints.ok });
    expect(browser.requests).toEqual([]);
    expect([...browser.alarms]).toEqual([...alarms]);
  });

  it('F5: moves at the next alarm while nobody looks, with a question that costs nothing when nothing changed', async () => {
    await connect();
    await browser.advance(60_000);
    expect(summaryRequests().at(-1)?.headers.get('If-None-Match')).toBe('"1"');
    summary = sampleSummary({ version: 2, credits: { available: '1124', held: '0', unit: 'credits' } });
    await browser.advance(60_000);
    expect(browser.badge()?.text).toBe('1.1k');
  });

  it('keeps the figures when the server is away, turns grey when they are old, and recovers', async () => {
    await connect();
    browser.serve(() => Promise.reject(new TypeError('Failed to fetch')));
    await browser.advance(120_000);
    expect(browser.badge()).toMatchObject({ text: '1.2k', ...badgePaints.ok });
    await browser.advance(3_600_000);
    expect(browser.badge()).toMatchObject({ text: '1.2k', ...badgePaints.unknown });
    expect(browser.alarms.size).toBe(1);
    browser.serve(answerAsServer);
    await browser.advance(3_600_000);
    expect(browser.badge()).toMatchObject({ text: '1.2k', ...badgePaints.ok });
  });

  it('says that the connection ended when the token is revoked, and asks once an hour from then on', async () => {
    await connect();
    browser.serve(ended);
    await browser.advance(60_000);
    expect(browser.badge()).toMatchObject({ text: '?', title: expect.stringContaining('revoked') });
    const asked = browser.requests.length;
    await browser.advance(3_600_000);
    expect(browser.requests.length).toBe(asked + 1);
    browser.serve(answerAsServer);
    await browser.advance(3_600_000);
    expect(browser.badge()?.text).toBe('1.2k');
  });

  it.each([401, 403])(
    'keeps its figures and comes back after a bare %i of something on the way',
    async (status) => {
      await connect();
      browser.serve(() => new Response('<h1>Blocked by policy</h1>', { status }));
      await browser.advance(60_000);
      expect(browser.badge()).toMatchObject({ text: '1.2k', ...badgePaints.ok });
      browser.serve(answerAsServer);
      summary = sampleSummary({ version: 2, credits: { available: '7', held: '0', unit: 'credits' } });
      await browser.advance(40_000);
      expect(browser.badge()?.text).toBe('7');
    },
  );

  it('asks at once when the network is back, and when a worker wakes after a failure', async () => {
    await connect();
    browser.serve(() => Promise.reject(new TypeError('Failed to fetch')));
    await browser.advance(1_200_000);
    const asked = browser.requests.length;
    browser.goOnline();
    await browser.settle();
    expect(browser.requests.length).toBe(asked + 1);
    // A network that flaps is not asked with every turn.
    browser.goOnline();
    await browser.settle();
    expect(browser.requests.length).toBe(asked + 1);

    const woken = wake(browser.nowMs() + 60_000, { isRestart: false });
    await woken.settle();
    expect(woken.requests).toHaveLength(1);
  });

  it('has an alarm again whatever failed: reading, writing or painting', async () => {
    await connect();
    const failing = () => Promise.reject(new Error('The disk is full.'));
    const { storage, action } = browser.ports;
    const { set } = storage.session;
    storage.session.set = failing;
    await browser.advance(61_000);
    expect(browser.alarms.size).toBe(1);
    storage.session.set = set;
    const { paint } = action;
    action.paint = failing;
    await browser.advance(61_000);
    expect(browser.alarms.size).toBe(1);
    action.paint = paint;

    const woken = wake(browser.nowMs(), { isRestart: true, failsToRead: true });
    await woken.settle();
    expect(woken.alarms.size).toBe(1);
    expect(internalErrors.length).toBeGreaterThan(0);
  });

  it('shows the last figures with their age after a restart without the server', async () => {
    await connect();
    const woken = wake(browser.nowMs() + 3_600_000, { isRestart: true });
    woken.serve(() => Promise.reject(new TypeError('Failed to fetch')));
    await woken.settle();
    expect(woken.badge()).toMatchObject({ text: '1.2k', ...badgePaints.unknown });
    expect(woken.badge()?.title).toContain('These figures are old');
    await call('disconnect', { connectionId });
    expect(JSON.stringify([...woken.local])).not.toContain('Acme');
  });

  it('reads figures that an earlier version stored, whose clock has its former name', async () => {
    await connect();
    const [kept] = browser.local.get('figures') as [Record<string, unknown>];
    const { summaryAsOfMs, ...rest } = kept;
    expect(summaryAsOfMs).toBe(browser.nowMs());
    browser.local.set('figures', [{ ...rest, reckonedAtMs: summaryAsOfMs }]);
    const woken = wake(browser.nowMs() + 3_600_000, { isRestart: true });
    woken.serve(() => Promise.reject(new TypeError('Failed to fetch')));
    await woken.settle();
    expect(await call('state')).toMatchObject({
      value: { accounts: [{ snapshot: { summaryAsOfMs, summary: { accountName: 'Acme' } } }] },
    });
  });

  it('cuts off an answer of more than 256 kB, unread', async () => {
    await connect();
    let pulled = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      });
    for (const status of [200, 403]) {
      browser.serve(() => new Response(endless(), { status }));
      await call('summary', { cause: 'asked' });
    }
    expect(pulled).toBeLessThan(16);
    expect(browser.alarms.size).toBe(1);
    expect(browser.badge()?.text).toBe('1.2k');
  });

  it('answers a request that hangs with a failure, so that the next alarm is set', async () => {
    await connect();
    browser.serve(() => new Promise(() => undefined));
    await browser.advance(70_000);
    expect(browser.alarms.size).toBe(1);
  });
});

describe('the live line', () => {
  const change = (version: number, available: string, blocked = false) => ({
    type: 'change',
    accountId: 'acme',
    version,
    views: ['summary'],
    credits: { available, held: '0', unit: 'credits' },
    level: 'ok',
    blocked,
    taskIds: [],
    asOf: '2026-11-20T08:00:05.000Z',
  });

  it('F5: is open only while somebody looks, with the token beside the protocol and not in the address', async () => {
    await connect();
    expect(browser.sockets).toEqual([]);
    const close = browser.watch(popup);
    await browser.settle();
    expect(browser.sockets).toMatchObject([
      { url: 'wss://acme.example/usage/v1/socket', protocols: [socketProtocol, `usagekit.token.${token}`] },
    ]);
    close();
    await browser.settle();
    expect(browser.sockets[0]?.isClosed).toBe(true);
  });

  it('F5: moves the badge with the message itself, and asks for the whole after it', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    const asked = summaryRequests().length;
    browser.sockets[0]?.say(change(2, '1124'));
    await browser.settle();
    expect(browser.badge()?.text).toBe('1.1k');
    summary = sampleSummary({ version: 2, credits: { available: '1124', held: '0', unit: 'credits' } });
    await browser.advance(1000);
    expect(summaryRequests().length).toBe(asked + 1);
  });

  it('asks for the whole at most once a second, however many messages come', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    const asked = summaryRequests().length;
    for (let version = 2; version < 102; version += 1) {
      const available = String(2000 - version);
      summary = sampleSummary({ version, credits: { available, held: '0', unit: 'credits' } });
      browser.sockets[0]?.say(change(version, available));
      await browser.advance(20);
    }
    expect(browser.badge()?.text).toBe('1.8k');
    expect(summaryRequests().length - asked).toBeLessThanOrEqual(3);
  });

  it('beats every twenty seconds, which keeps the worker alive', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    for (let beats = 1; beats <= 5; beats += 1) {
      await browser.advance(20_000);
      browser.sockets[0]?.say({ type: 'beat' });
      expect(browser.sockets[0]?.sent).toHaveLength(beats);
    }
  });

  it('is laid anew after it broke or fell silent, with growing pauses, and not after a refusal', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    browser.sockets[0]?.end(1006);
    await browser.advance(1000);
    expect(browser.sockets).toHaveLength(2);
    await browser.advance(52_000);
    expect(browser.sockets).toHaveLength(3);
    browser.serve(ended);
    browser.sockets[2]?.end(4401);
    await browser.advance(60_000);
    expect(browser.sockets).toHaveLength(3);
    expect(browser.badge()?.text).toBe('?');
  });

  it('is laid anew when the server lets go of its lines though the token is good', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    browser.sockets[0]?.end(4401);
    await browser.advance(2000);
    expect(browser.sockets).toHaveLength(2);
  });

  it('is cut where it brings more than any account has to tell, and rests while alarms ask', async () => {
    await connect();
    const close = browser.watch(popup);
    await browser.settle();
    for (let version = 2; version < 1500; version += 1) browser.sockets[0]?.say(change(version, '1000'));
    await browser.settle();
    expect(browser.sockets[0]?.isClosed).toBe(true);
    close();
    browser.watch(popup);
    await browser.advance(4 * 60_000);
    expect(browser.sockets).toHaveLength(1);
    expect(summaryRequests().length).toBeGreaterThan(2);
    await browser.advance(61_000);
    expect(browser.sockets).toHaveLength(2);
    browser.sockets[1]?.say({ ...change(9999, '7'), padding: 'x'.repeat(300_000) });
    await browser.settle();
    expect(browser.sockets[1]?.isClosed).toBe(true);
    expect(browser.badge()?.text).not.toBe('7');
  });

  it('stays where a busy account has sixty debits a second to tell', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    for (let version = 2; version < 602; version += 1) {
      browser.sockets[0]?.say(change(version, '1000'));
      await browser.advance(16);
    }
    expect(browser.sockets).toHaveLength(1);
    expect(browser.sockets[0]?.isClosed).toBe(false);
  });

  it('passes over what it does not understand', async () => {
    await connect();
    browser.watch(popup);
    await browser.settle();
    for (const message of [null, 7, 'x', {}, { type: 'change' }, { type: 'tomorrow' }])
      browser.sockets[0]?.say(message);
    await browser.settle();
    expect(browser.badge()?.text).toBe('1.2k');
    expect(internalErrors).toEqual([]);
  });

  it('is not opened for a page of a site that was not added', async () => {
    await connect();
    browser.watch(stranger);
    await browser.settle();
    expect(browser.sockets).toEqual([]);
  });
});

describe('a prompt', () => {
  let stopWatching: () => void;
  const refusal = { status: 402, headers: [{ name: 'RateLimit', value: '"credits";r=0;t=60' }], origin };

  beforeEach(async () => {
    await connect();
    await addSite();
    stopWatching = browser.watch(site);
    await browser.advance(10_000);
  });

  it('F17: appears on the added site after the browser saw a 402 there and the server confirmed it', async () => {
    block();
    browser.completeRequest(refusal);
    await browser.settle();
    expect(prompts()).toMatchObject([
      { tabId: 7, message: { view: { title: 'No credits left', actionLabel: 'Buy credits' } } },
    ]);
    expect(browser.badge()?.text).toBe('11d');
  });

  it('F17: appears once after a hundred forged hints, and costs the server one question in five seconds', async () => {
    block();
    const asked = summaryRequests().length;
    for (let count = 0; count < 100; count += 1) {
      await call('hint', null, site);
      browser.completeRequest(refusal);
    }
    await browser.advance(4000);
    expect(prompts()).toHaveLength(1);
    expect(summaryRequests().length - asked).toBe(1);
    await browser.advance(60_000);
    expect(prompts()).toHaveLength(1);
  });

  it('C11: appears when the server says that it refused a run though some credits are left', async () => {
    summary = sampleSummary({
      version: 2,
      credits: { available: '50.5', held: '0', unit: 'credits' },
      refusedLately: { reason: 'insufficient_credits', metric: null, at: '2026-11-20T08:00:09.000Z' },
    });
    browser.completeRequest(refusal);
    await browser.settle();
    expect(prompts()).toMatchObject([{ message: { view: { title: 'Not enough credits left' } } }]);
  });

  it('F17: lets a page learn nothing of the balance, whatever figures it puts into its answers', async () => {
    summary = sampleSummary({ version: 2, credits: { available: '889', held: '0', unit: 'credits' } });
    for (let first = 0; first < 1000; first += 50) {
      const value = Array.from({ length: 50 }, (_, index) => `"credits";r=${first + index}`).join(', ');
      const headers = [
        { name: 'RateLimit', value },
        { name: 'RateLimit', value: `"credits";r=${first}` },
        { name: 'X-RateLimit-Remaining', value: '0' },
      ];
      browser.completeRequest({ ...refusal, headers });
      await browser.advance(61_000);
    }
    expect(browser.told.filter(({ message }) => message.usagekit !== 'chip')).toEqual([]);
  });

  it('F17: asks the server for one site once in five seconds, and seldom where it goes on for long', async () => {
    const asked = summaryRequests().length;
    for (let second = 0; second < 600; second += 1) {
      browser.completeRequest(refusal);
      await call('hint', null, site);
      await browser.advance(1000);
      if (second === 3) expect(summaryRequests().length - asked).toBe(1);
    }
    // Ten alarms of the server's own pace are among them.
    expect(summaryRequests().length - asked).toBeLessThanOrEqual(10 + 14);
  });

  it('asks at once though the tab was opened just before', async () => {
    browser.watch({ ...site, tabId: 9 } as Sender);
    await browser.advance(1000);
    block();
    browser.completeRequest(refusal);
    await browser.settle();
    expect(prompts()).toHaveLength(1);
  });

  it('costs nothing while every tab of the site is hidden', async () => {
    stopWatching();
    const asked = summaryRequests().length;
    for (let count = 0; count < 30; count += 1) {
      browser.completeRequest(refusal);
      await browser.advance(1000);
    }
    expect(summaryRequests().length).toBe(asked);
  });

  it('F17: leaves the page on disconnecting, and nothing that was seen before outlives it', async () => {
    block();
    browser.completeRequest(refusal);
    await browser.settle();
    await call('hint', null, site);
    await call('disconnect', { connectionId });
    expect(browser.told.at(-1)).toEqual({ tabId: 7, message: { usagekit: 'withdraw' } });
    summary = sampleSummary({ version: 9 });
    const told = browser.told.length;
    await browser.settle();
    await connect();
    const asked = browser.requests.length;
    await browser.advance(20_000);
    expect([browser.told.length, browser.requests.length]).toEqual([told, asked]);
  });

  it('leaves the page when work is no longer stopped', async () => {
    block();
    browser.completeRequest(refusal);
    await browser.settle();
    summary = sampleSummary({ version: 9 });
    await browser.advance(61_000);
    expect(browser.told.at(-1)).toEqual({ tabId: 7, message: { usagekit: 'withdraw' } });
  });

  it('F17: never appears on a page’s word alone', async () => {
    for (let count = 0; count < 100; count += 1) await call('hint', null, site);
    browser.completeRequest(refusal);
    await browser.advance(60_000);
    expect(prompts()).toEqual([]);
  });

  it('does not ask because of an answer that a site got which was not added', async () => {
    const asked = summaryRequests().length;
    browser.completeRequest({ ...refusal, origin: 'https://evil.example' });
    await browser.settle();
    expect(summaryRequests().length).toBe(asked);
  });

  it('F17: appears when the socket tells that work is stopped, without any request of the page', async () => {
    block();
    browser.sockets[0]?.say({
      type: 'change',
      accountId: 'acme',
      version: summary.version,
      views: ['summary'],
      credits: null,
      level: 'over',
      blocked: true,
      taskIds: [],
      asOf: summary.asOf,
    });
    await browser.advance(1000);
    expect(prompts()).toHaveLength(1);
  });

  it('F17: is not repeated after the worker died and the browser was restarted', async () => {
    block();
    browser.completeRequest(refusal);
    await browser.settle();
    const told = browser.local.get('prompts');
    const restarted = createFakeBrowser(browser.nowMs() + 60_000);
    for (const [key, value] of browser.local) restarted.local.set(key, value);
    restarted.granted.add(`${origin}/*`);
    restarted.serve(answerAsServer);
    restarted.answerInTab((message) =>
      message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
    );
    browser = restarted;
    background = start();
    browser.watch(site);
    browser.completeRequest(refusal);
    await browser.advance(60_000);
    expect(prompts()).toEqual([]);
    expect(browser.local.get('prompts')).toEqual(told);
  });

  it('stays away while the product shows its own, and appears when that has gone', async () => {
    browser.answerInTab((message) =>
      message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: true } : true,
    );
    block();
    browser.completeRequest(refusal);
    await browser.advance(1000);
    expect(prompts()).toEqual([]);
    browser.answerInTab((message) =>
      message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
    );
    await browser.advance(120_000);
    expect(prompts()).toHaveLength(1);
  });

  it('does not count where the tab went away before it was shown', async () => {
    browser.answerInTab((message) => {
      if (message.usagekit === 'can_prompt') return { isVisible: true, productShowsOwn: false };
      throw new Error('The message port closed before a response was received.');
    });
    block();
    browser.completeRequest(refusal);
    await browser.settle();
    browser.answerInTab((message) =>
      message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
    );
    await browser.advance(120_000);
    expect(prompts()).toHaveLength(2);
  });

  it('stays away for a day after Not now, for other limits too', async () => {
    await call('snooze', null, site);
    block();
    summary.pollAfterSeconds = 3600;
    browser.completeRequest(refusal);
    await browser.settle();
    expect(prompts()).toEqual([]);
    stopWatching();
    await browser.advance(24 * 3_600_000);
    browser.watch(site);
    await browser.settle();
    expect(prompts()).toHaveLength(1);
  });

  it('C11: leads to the billing page of the paired server and to no other place', async () => {
    await call('openBilling', null, site);
    summary = sampleSummary({ version: 9, billingUrl: 'javascript:alert(1)' });
    await call('summary', { cause: 'asked' });
    expect(await call('openBilling', null, site)).toMatchObject({ ok: false });
    expect(browser.openedTabs).toEqual(['https://app.acme.example/billing']);
  });

  it('F26: opens from the popup the pages that the product tells, and no other address', async () => {
    expect(await call('openPage', { page: 'tasks' })).toMatchObject({ ok: false });
    summary = sampleSummary({ version: 9, usageUrl: '/usage', tasksUrl: 'https://app.acme.example/tasks' });
    await call('summary', { cause: 'asked' });
    for (const page of ['usage', 'tasks', 'billing'])
      expect(await call('openPage', { page })).toMatchObject({ ok: true });
    expect(await call('openPage', { page: 'https://evil.example' })).toMatchObject({
      error: { code: 'invalid_params' },
    });
    summary = sampleSummary({ version: 10, usageUrl: 'javascript:alert(1)' });
    await call('summary', { cause: 'asked' });
    expect(await call('openPage', { page: 'usage' })).toMatchObject({ ok: false });
    expect(browser.openedTabs).toEqual([
      'https://acme.example/usage',
      'https://app.acme.example/tasks',
      'https://app.acme.example/billing',
    ]);
  });
});

describe('the keys', () => {
  it('F26: open the history at once, since the browser does it for a key and not for what comes after', () => {
    browser.pressKey('history');
    expect(browser.openedPanels).toEqual([browser.windowId]);
  });

  it('refresh what is shown, and keep every card away for a day', async () => {
    await connect();
    const asked = summaryRequests().length;
    browser.pressKey('refresh');
    await browser.settle();
    expect(summaryRequests().length).toBe(asked + 1);
    browser.pressKey('snooze');
    await browser.settle();
    await addSite();
    browser.watch(site);
    block();
    await browser.advance(120_000);
    expect(prompts()).toEqual([]);
  });
});

describe('a site', () => {
  beforeEach(async () => {
    await connect();
  });

  it('is added only with the browser’s permission, and runs the script there and nowhere else', async () => {
    expect(await call('addSite', { origin, connectionId })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    await addSite();
    expect(browser.scripts).toEqual([
      { id: `site:${origin}`, pattern: `${origin}/*`, file: '/site-script.js' },
    ]);
  });

  it('is forgotten when it is removed, or when the browser takes the permission back', async () => {
    await addSite();
    expect(await call('removeSite', { origin })).toEqual({ ok: true, value: { sites: [] } });
    expect(browser.scripts).toEqual([]);
    expect(browser.granted.size).toBe(0);

    await addSite();
    browser.granted.clear();
    browser.changePermissions();
    await vi.waitFor(() => expect(browser.scripts).toEqual([]), patience);
    expect(await call('hint', null, site)).toMatchObject({ error: { code: 'forbidden' } });
  });

  it('is added once the browser’s user allows it, though the popup that asked is gone', async () => {
    await call('wantSite', { origin, connectionId });
    browser.changePermissions();
    await browser.settle();
    expect(browser.scripts).toEqual([]);
    browser.granted.add(`${origin}/*`);
    browser.changePermissions();
    await browser.settle();
    expect(browser.scripts).toMatchObject([{ id: `site:${origin}` }]);
  });

  it('is not added where the user allows it for another reason, long after', async () => {
    await call('wantSite', { origin, connectionId });
    await browser.advance(6 * 60_000);
    browser.granted.add(`${origin}/*`);
    browser.changePermissions();
    await browser.settle();
    expect(browser.scripts).toEqual([]);
  });

  it('gets the script of the new version after an update', async () => {
    await addSite();
    browser.scripts = [{ id: `site:${origin}`, pattern: `${origin}/*`, file: 'site-script.old.js' }];
    browser.install();
    await browser.settle();
    expect(browser.scripts).toMatchObject([{ file: '/site-script.js' }]);
  });
});
