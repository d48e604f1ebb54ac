// @vitest-environment node
import type { Pairing, Problem, Whoami } from '@usagekit/server/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Background, createBackground } from '../../../extension/src/background/create-background.ts';
import type { Envelope, ExtensionState } from '../../../extension/src/core/rpc/rpc.ts';
import { createFakeBrowser, type FakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { createTestServer, type TestServer } from '../../api/support/test-server.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const extensionOrigin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const approvalPage = 'https://app.acme.example/connect';
const dayMs = 24 * 3600 * 1000;

let server: TestServer;
let ada: string;
let browser: FakeBrowser;
let background: Background;

beforeEach(async () => {
  server = createTestServer({ catalog: { ...smallCatalogConfig, links: { connect: approvalPage } } });
  await server.account('acme', { name: 'Acme', planId: 'pro' });
  ada = await server.member('acme', 'ada', { role: 'owner' });
  browser = createFakeBrowser(server.clock.nowMs());
  wake();
});

/** A worker on what the browser has kept, which asks the real server. */
function wake(): void {
  browser.serve(
    (request) => {
      server.clock.advance(browser.nowMs() - server.clock.nowMs());
      const asked = new Request(request);
      asked.headers.set('Origin', extensionOrigin);
      return server.app.fetch(asked);
    },
    { awaited: true },
  );
  background = createBackground(browser.ports, {
    siteScriptFile: '/site-script.js',
    cardFile: '/card.js',
    chipFile: '/chip.js',
    onInternalError: (error) => {
      throw error;
    },
  });
}

const call = (method: string, params: unknown = null): Promise<Envelope<unknown>> =>
  background.answer({ v: 1, id: 'a', method, params }, { kind: 'extension-page' });
const pair = () => call('pair', { serverUrl: 'https://usage.test/' });
const stateOf = async () => ((await call('state')) as { ok: true; value: ExtensionState }).value;
const codeInView = () => new URL(browser.openedTabs.at(-1) ?? '').searchParams.get('code') ?? '';
const decide = (what: 'approve' | 'deny') =>
  server.post<Pairing>(`/v1/pairings/${codeInView()}/${what}`, undefined, { token: ada });
const tokenRequests = () => browser.requests.filter(({ url }) => url.endsWith('/pairings/token'));

const connected = async () =>
  expect((await stateOf()).accounts).toMatchObject([{ snapshot: { summary: {} } }]);

async function connectByPairing(): Promise<string> {
  await pair();
  await decide('approve');
  await browser.advance(2_500);
  await connected();
  const [connection] = browser.local.get('connection') as { token: string }[];
  return connection?.token ?? '';
}

describe('connecting by the product’s own page', () => {
  it('F26: opens the page with the code, and is connected once the member has approved there', async () => {
    expect(await pair()).toMatchObject({ ok: true });
    expect(browser.openedTabs).toEqual([`${approvalPage}?code=${codeInView()}`]);
    expect((await stateOf()).pairing).toEqual({
      status: 'waiting',
      host: 'usage.test',
      userCode: codeInView(),
    });
    const { body } = await server.get<Pairing>(`/v1/pairings/${codeInView()}`, ada);
    expect(body).toMatchObject({ browser: 'Chrome on Linux', origin: extensionOrigin });
    await browser.advance(2_500);
    expect((await stateOf()).accounts).toEqual([]);

    await decide('approve');
    await browser.advance(2_500);
    await connected();
    expect(await stateOf()).toMatchObject({
      accounts: [{ connection: { accountName: 'Acme' } }],
      pairing: null,
    });
    expect(browser.badge()?.text).toBe('1k');
    expect(browser.alarms.has('pairing')).toBe(false);
  });

  it('F17: shows no page the token, the device code or the verifier', async () => {
    const token = await connectByPairing();
    expect(token).toMatch(/^uke_/);
    await pair();
    const { deviceCode, verifier } = browser.session.get('pairing') as Record<string, string>;
    const shown = JSON.stringify([await stateOf(), browser.session.get('state'), browser.openedTabs]);
    for (const secret of [token, deviceCode ?? '', verifier ?? '']) {
      expect(secret.length).toBeGreaterThan(20);
      expect(shown).not.toContain(secret);
    }
  });

  it('goes on where the worker was ended while somebody read the page', async () => {
    await pair();
    await decide('approve');
    const { session, local, alarms } = browser;
    const woken = createFakeBrowser(browser.nowMs());
    for (const [key, value] of local) woken.local.set(key, value);
    for (const [key, value] of session) woken.session.set(key, value);
    for (const [name, atMs] of alarms) woken.alarms.set(name, atMs);
    browser = woken;
    wake();
    await browser.advance(2_000);
    await connected();
    expect((await stateOf()).accounts).toMatchObject([{ connection: { accountName: 'Acme' } }]);
  });

  it('says so where the member refused, and asks no more', async () => {
    await pair();
    await decide('deny');
    await browser.advance(2_500);
    expect((await stateOf()).pairing).toMatchObject({
      status: 'failed',
      message: 'It was refused on usage.test.',
    });
    const asked = tokenRequests().length;
    await browser.advance(60_000);
    expect(tokenRequests()).toHaveLength(asked);
  });

  it('gives up after ten minutes, and asks no more', async () => {
    await pair();
    await browser.advance(11 * 60_000);
    expect((await stateOf()).pairing).toMatchObject({ status: 'failed' });
    const asked = tokenRequests().length;
    // As often as the server lets it, and not more.
    expect(asked).toBeLessThanOrEqual(301);
    await browser.advance(60_000);
    expect(tokenRequests()).toHaveLength(asked);
  });

  it('stops at once when it is cancelled, and an approval afterwards connects nothing', async () => {
    await pair();
    await call('cancelPairing');
    await decide('approve');
    await browser.advance(30_000);
    expect(await stateOf()).toMatchObject({ accounts: [], pairing: null });
    expect(tokenRequests()).toEqual([]);
  });

  it('waits where the server cannot be reached meanwhile', async () => {
    await pair();
    const asked = browser.nowMs();
    browser.serve(() => Promise.reject(new TypeError('Failed to fetch')));
    await browser.advance(10_000);
    expect((await stateOf()).pairing).toMatchObject({ status: 'waiting' });
    expect(browser.nowMs()).toBeGreaterThan(asked);
  });

  it.each([
    ['a product without such a page', 409, { code: 'conflict' }, 'has no page for connecting'],
    ['a server from before there were pairings', 404, { code: 'not_found' }, 'has no page for connecting'],
    ['no UsageKit server', 200, { hello: 1 }, 'did not answer as a UsageKit server does'],
    [
      'a page that is not safe to open',
      201,
      {
        deviceCode: 'd',
        userCode: 'AAAA-BBBB',
        verificationUriComplete: 'javascript:alert(1)',
        expiresInSeconds: 9,
        intervalSeconds: 1,
      },
      'did not answer as a UsageKit server does',
    ],
  ])('says so for %s, and opens nothing', async (_what, status, body, words) => {
    browser.serve(() => Response.json(body, { status }));
    expect(await pair()).toMatchObject({ ok: false, error: { message: expect.stringContaining(words) } });
    expect(browser.openedTabs).toEqual([]);
  });

  it('F17: sends nothing over plain HTTP', async () => {
    expect(await call('pair', { serverUrl: 'http://usage.test' })).toMatchObject({
      error: { code: 'invalid_params' },
    });
    expect(browser.requests).toEqual([]);
  });
});

describe('the token of a connection', () => {
  const statusOf = async (token: string) => (await server.get<Whoami & Problem>('/v1/whoami', token)).status;

  it('F26: is changed for another after a week, and the old one ends', async () => {
    const first = await connectByPairing();
    await browser.advance(6 * dayMs);
    expect(browser.local.get('connection')).toMatchObject([{ token: first }]);
    await browser.advance(dayMs - 60_000);
    const tokenNow = () => (browser.local.get('connection') as [{ token: string }])[0].token;
    await browser.advance(300_000);
    expect(tokenNow()).not.toBe(first);
    await browser.advance(300_000);
    expect([await statusOf(first), await statusOf(tokenNow())]).toEqual([401, 200]);
  }, 60_000);

  it('F26: ends on the server when the account is disconnected', async () => {
    const token = await connectByPairing();
    await call('disconnect', { connectionId: 'acme https://usage.test' });
    await browser.advance(0);
    expect(await statusOf(token)).toBe(401);
    expect(await stateOf()).toMatchObject({ accounts: [], sites: [] });
  });
});
