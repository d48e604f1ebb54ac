// @vitest-environment node

import { describe, expect, it } from 'vitest';
import {
  parseConnectionInput,
  parseConnections,
  toConnectionView,
} from '../../../extension/src/core/connection/connection.ts';
import {
  parsePageUrl,
  parseServerUrl,
  toSocketUrl,
} from '../../../extension/src/core/connection/server-address.ts';
import { parseSite, parseSites } from '../../../extension/src/core/sites/site.ts';
import { english } from '../../../extension/src/words/english.ts';
import fc from '../../support/fast-check.ts';

describe('parseServerUrl', () => {
  it.each([
    ['usage.acme.com', 'https://usage.acme.com'],
    ['  https://acme.com/usage/  ', 'https://acme.com/usage'],
    ['https://acme.com:8443/a/b//?x=1#y', 'https://acme.com:8443/a/b'],
    ['localhost:8787', 'http://localhost:8787'],
    ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
  ])('reads %s as %s', (typed, url) => {
    expect(parseServerUrl(typed)).toEqual({ ok: true, url });
  });

  it.each([
    '',
    'http://acme.com',
    'ftp://acme.com',
    'https://',
    'javascript:alert(1)',
    'https://a:b@acme.com',
    'not an address',
  ])('refuses %s and says why', (typed) => {
    expect(parseServerUrl(typed)).toEqual({ ok: false, problem: expect.any(String) });
  });

  it('keeps a path prefix for the socket', () => {
    expect(toSocketUrl('https://acme.com/usage', '/v1/socket')).toBe('wss://acme.com/usage/v1/socket');
    expect(toSocketUrl('http://localhost:8787', '/v1/socket')).toBe('ws://localhost:8787/v1/socket');
  });
});

describe('parseConnectionInput', () => {
  it.each(['sk_live_abc', 'sk_test_abc', ' SK_live_abc'])(
    'refuses the secret key %s before it is sent anywhere',
    (token) => {
      const input = parseConnectionInput({ serverUrl: 'https://acme.com', token }, english);
      expect(input).toMatchObject({ ok: false, field: 'token' });
      expect(JSON.stringify(input)).not.toContain(token.trim());
    },
  );

  it.each(['', 'a b', 'a\nb', 'ü', 'x'.repeat(600)])('refuses %j, which is no token', (token) => {
    expect(parseConnectionInput({ serverUrl: 'https://acme.com', token }, english)).toMatchObject({
      ok: false,
      field: 'token',
    });
  });
});

describe('a connection', () => {
  it('F17: is shown to pages without its token', () => {
    const connection = {
      id: 'a https://a.com',
      serverUrl: 'https://a.com',
      token: 'ext_secret',
      accountId: 'a',
      accountName: 'A',
      connectedAtMs: 1,
      tokenSinceMs: 2,
    };
    expect(parseConnections(structuredClone([connection, connection]))).toEqual([connection]);
    expect(JSON.stringify(toConnectionView(connection))).not.toContain('ext_secret');
  });

  it('is read from before there were several', () => {
    const stored = {
      serverUrl: 'https://a.com',
      token: 'uke_x',
      accountId: 'a',
      accountName: 'A',
      connectedAtMs: 1,
    };
    expect(parseConnections(stored)).toEqual([{ ...stored, id: 'a https://a.com', tokenSinceMs: 1 }]);
    expect(parseSites(['https://app.a.com'], ['a https://a.com'])).toEqual([
      { origin: 'https://app.a.com', connectionId: 'a https://a.com', hasChip: false },
    ]);
  });

  it('is none where what was stored is not whole', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseConnections(value)).toEqual([]);
      }),
    );
  });
});

describe('parsePageUrl', () => {
  it('opens nothing but HTTPS, this machine, and pages relative to the server', () => {
    expect(parsePageUrl('https://app.acme.com/billing', 'https://u.acme.com')).toBe(
      'https://app.acme.com/billing',
    );
    expect(parsePageUrl('/billing', 'https://u.acme.com')).toBe('https://u.acme.com/billing');
    expect(parsePageUrl('http://localhost:3000/b', 'https://u.acme.com')).toBe('http://localhost:3000/b');
    for (const url of [
      'javascript:alert(1)',
      'http://acme.com',
      'data:text/html,x',
      'chrome://settings',
      'file:///etc',
    ]) {
      expect(parsePageUrl(url, 'https://u.acme.com')).toBeNull();
    }
  });
});

describe('parseSite', () => {
  it.each([
    ['app.acme.com', 'https://app.acme.com', 'https://app.acme.com/*'],
    ['https://app.acme.com/projects/7?x', 'https://app.acme.com', 'https://app.acme.com/*'],
    ['localhost:3000', 'http://localhost:3000', 'http://localhost:3000/*'],
  ])('reads %s as %s alone', (typed, origin, pattern) => {
    expect(parseSite(typed)).toEqual({ ok: true, origin, pattern });
  });

  it.each([
    '',
    '*',
    'https://*/*',
    '*.acme.com',
    '<all_urls>',
    'http://acme.com',
    'chrome://extensions',
    'file:///x',
  ])('refuses %s', (typed) => {
    expect(parseSite(typed).ok).toBe(false);
  });

  it('drops from a stored list what is no site', () => {
    const site = { origin: 'https://a.com', connectionId: 'x', hasChip: true };
    const stored = [site, site, { ...site, origin: '<all_urls>' }, 7, null, { origin: 'https://b.com' }];
    expect(parseSites(stored, ['x'])).toEqual([site]);
    expect(parseSites('https://a.com', ['x'])).toEqual([]);
    expect(parseSites([site], ['y'])).toEqual([]);
  });
});
