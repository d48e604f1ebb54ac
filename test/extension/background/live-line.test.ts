// @vitest-environment node
import { socketProtocol } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import {
  answerWith,
  browser,
  connect,
  ended,
  internalErrors,
  popup,
  stranger,
  summaryRequests,
  token,
} from './background-under-test.ts';

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

  it('F5: is open only while somebody looks, with the token next to the protocol and not in the address', async () => {
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
    answerWith(sampleSummary({ version: 2, credits: { available: '1124', held: '0', unit: 'credits' } }));
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
      answerWith(sampleSummary({ version, credits: { available, held: '0', unit: 'credits' } }));
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

  it('is laid again after it broke or fell silent, with growing pauses, and not after a refusal', async () => {
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

  it('is laid again when the server lets go of its lines though the token is good', async () => {
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
