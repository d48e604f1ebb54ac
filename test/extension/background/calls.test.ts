// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { RpcMethod } from '../../../extension/src/core/rpc/rpc.ts';
import {
  addSite,
  background,
  browser,
  call,
  connect,
  internalErrors,
  popup,
  serverUrl,
  site,
  start,
  stranger,
  token,
} from './background-under-test.ts';

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
    start({
      state: { allow: ['extension-page'], parseParams: () => null, run: () => Promise.reject(cause) },
    });
    const answer = await call('state');
    expect(answer).toEqual({ ok: false, error: { code: 'internal', message: expect.any(String) } });
    expect(JSON.stringify(answer)).not.toContain(token);
    expect(internalErrors).toEqual([cause]);
  });

  it('gets an envelope after ten seconds from a handler that never answers', async () => {
    start({
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
