// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { browser, call, connect, connectionId, serverUrl, token } from './background-under-test.ts';

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
    ['an address that is not valid', { serverUrl: 'http://acme.example' }, 'serverUrl', 'Use https'],
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
