// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { patience } from '../../support/patience.ts';
import { addSite, browser, call, connect, connectionId, origin, site } from './background-under-test.ts';

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
