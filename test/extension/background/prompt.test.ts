// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sender } from '../../../extension/src/core/rpc/rpc.ts';
import { createFakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import {
  addSite,
  answerAsServer,
  answerWith,
  block,
  browser,
  call,
  connect,
  connectionId,
  origin,
  prompts,
  site,
  startOn,
  summary,
  summaryRequests,
} from './background-under-test.ts';

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
    answerWith(
      sampleSummary({
        version: 2,
        credits: { available: '50.5', held: '0', unit: 'credits' },
        refusedLately: { reason: 'insufficient_credits', metric: null, at: '2026-11-20T08:00:09.000Z' },
      }),
    );
    browser.completeRequest(refusal);
    await browser.settle();
    expect(prompts()).toMatchObject([{ message: { view: { title: 'Not enough credits left' } } }]);
  });

  it('F17: lets a page learn nothing of the balance, whatever figures it puts into its answers', async () => {
    answerWith(sampleSummary({ version: 2, credits: { available: '889', held: '0', unit: 'credits' } }));
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
    answerWith(sampleSummary({ version: 9 }));
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
    answerWith(sampleSummary({ version: 9 }));
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
    startOn(restarted);
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
    answerWith(sampleSummary({ version: 9, billingUrl: 'javascript:alert(1)' }));
    await call('summary', { cause: 'asked' });
    expect(await call('openBilling', null, site)).toMatchObject({ ok: false });
    expect(browser.openedTabs).toEqual(['https://app.acme.example/billing']);
  });

  it('F26: opens from the popup the pages that the product tells, and no other address', async () => {
    expect(await call('openPage', { page: 'tasks' })).toMatchObject({ ok: false });
    answerWith(sampleSummary({ version: 9, usageUrl: '/usage', tasksUrl: 'https://app.acme.example/tasks' }));
    await call('summary', { cause: 'asked' });
    for (const page of ['usage', 'tasks', 'billing'])
      expect(await call('openPage', { page })).toMatchObject({ ok: true });
    expect(await call('openPage', { page: 'https://evil.example' })).toMatchObject({
      error: { code: 'invalid_params' },
    });
    answerWith(sampleSummary({ version: 10, usageUrl: 'javascript:alert(1)' }));
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
