// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { badgePaints } from '../../../extension/src/core/badge/badge.ts';
import { createFakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import {
  answerAsServer,
  answerWith,
  browser,
  call,
  connect,
  connectionId,
  ended,
  internalErrors,
  startOn,
  summaryRequests,
  wake,
} from './background-under-test.ts';

describe('the badge', () => {
  it('is painted from the last snapshot at once when the worker wakes, before any answer', async () => {
    await connect();
    const { local, session, alarms } = browser;
    const woken = createFakeBrowser(browser.nowMs());
    for (const [key, value] of local) woken.local.set(key, value);
    for (const [key, value] of session) woken.session.set(key, value);
    for (const [name, atMs] of alarms) woken.alarms.set(name, atMs);
    startOn(woken);
    await browser.settle();
    expect(browser.badge()).toMatchObject({ text: '1.2k', ...badgePaints.ok });
    expect(browser.requests).toEqual([]);
    expect([...browser.alarms]).toEqual([...alarms]);
  });

  it('F5: moves at the next alarm while nobody looks, with a question that costs nothing when nothing changed', async () => {
    await connect();
    await browser.advance(60_000);
    expect(summaryRequests().at(-1)?.headers.get('If-None-Match')).toBe('"1"');
    answerWith(sampleSummary({ version: 2, credits: { available: '1124', held: '0', unit: 'credits' } }));
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
      answerWith(sampleSummary({ version: 2, credits: { available: '7', held: '0', unit: 'credits' } }));
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
