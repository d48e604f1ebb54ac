import { createUsageKitMock } from '@usagekit/react/testing';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';

const setUp = () => createUsageKitMock({ scenario: 'lowCredits', afterEach: onTestFinished });

describe('F27: webhooks of the mock', () => {
  it('reach the host’s handler signed, of what happens from then on alone', async () => {
    const mock = setUp();
    const seen: unknown[] = [];
    const { secret, deliver } = await mock.webhooks(async (request) => {
      const headers = Object.fromEntries(request.headers);
      seen.push(new Webhook(secret).verify(await request.text(), headers));
      return new Response(null, { status: 204 });
    });
    expect(await deliver()).toEqual([]);
    await mock.outOfCredits();
    expect(await deliver()).toMatchObject([{ status: 204, body: { type: 'credits.out' } }]);
    expect(seen).toMatchObject([
      {
        type: 'credits.out',
        timestamp: '2026-11-20T12:00:00.000Z',
        data: { accountId: 'acme', available: '0' },
      },
    ]);
    expect(await deliver()).toEqual([]);
  });

  it('come again under the same id where they were not taken', async () => {
    const mock = setUp();
    const statuses = [503, 200];
    const { deliver } = await mock.webhooks(() => new Response(null, { status: statuses.shift() ?? 200 }));
    await mock.outOfCredits();
    const [first] = await deliver();
    expect(first?.status).toBe(503);
    expect(await deliver()).toEqual([]);
    await mock.clock.advance('1h');
    expect(await deliver()).toMatchObject([{ id: first?.id, status: 200 }]);
  });

  it('are of the types that were asked for, and end with a reset', async () => {
    const mock = setUp();
    const { deliver } = await mock.webhooks(() => new Response(), ['task.failed']);
    await mock.outOfCredits();
    expect(await deliver()).toEqual([]);
    await mock.account().runTask('Read the page', { status: 'failed', error: 'It is gone.' });
    expect(await deliver()).toMatchObject([{ body: { type: 'task.failed' } }]);
    await mock.reset();
    await mock.outOfCredits();
    expect(await deliver()).toEqual([]);
  });

  it('tell what the handler throws', async () => {
    const mock = setUp();
    const { deliver } = await mock.webhooks(() => {
      throw new TypeError('The handler has a mistake');
    });
    await mock.outOfCredits();
    await expect(deliver()).rejects.toThrow('The handler has a mistake');
  });
});
