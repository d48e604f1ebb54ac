import { createClient, newIdempotencyKey } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { type ConsumeAnswer, headers, type Problem, paths } from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const base = 'https://usage.test';

describe('the mock as fetch', () => {
  it('F8: answers with no await between making it and asking', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const summary = await mock.client().summary('acme');
    expect(summary).toMatchObject({
      accountId: 'acme',
      planName: 'Pro',
      credits: { available: '380', held: '0' },
    });
  });

  it('F8: takes a client of any address, and of a proxy path', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const getToken = () => mock.tokenFor();
    for (const baseUrl of [base, `${base}/api/usagekit`, '/api/usagekit']) {
      const client = createClient({ baseUrl, fetch: mock.fetch, getToken });
      await expect(client.credits('acme')).resolves.toMatchObject({ available: '380' });
    }
  });

  it('F8, N7: takes ids as hosts have them, through the kit’s own client', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    for (const id of ['auth0|5f7c', 'a/b?c=d#e', 'Zoë, 部門 “7”', '50%', 'a%2Fb']) {
      await mock.addAccount(id);
      const getToken = () => mock.tokenFor({ accountId: id });
      const client = createClient({ baseUrl: base, fetch: mock.fetch, getToken });
      await expect(client.summary(id)).resolves.toMatchObject({ accountId: id });
      const answer = await client.series(id, { metric: 'credits', groupBy: 'agent', interval: 'day' });
      expect(answer.groups).toEqual([]);
    }
  });

  it('F8: keeps the rules of the server, such as who may see what', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const { token } = await mock.tokenFor({ role: 'viewer' });
    const response = await mock.fetch(`${base}${paths.credits('acme')}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
    await expect(response.json()).resolves.toMatchObject({ code: 'forbidden' });
  });

  it('F8: refuses a call without credentials as the server does', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const response = await mock.fetch(`${base}${paths.summary('acme')}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    await expect(response.json()).resolves.toMatchObject({ code: 'missing_credentials' });
  });

  it('C11: refuses what the credits do not cover with a typed error that says what helps', async () => {
    const mock = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
    const error = await mock
      .account()
      .spend(1)
      .catch((thrown: { status: number; problem: Problem }) => thrown);
    expect(error).toMatchObject({ status: 402, problem: { code: 'insufficient_credits' } });
    expect((error as { problem: Problem }).problem.refusal?.actions.length).toBeGreaterThan(0);
  });

  it('F2: replays the first answer to the same key and debits once', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.ready;
    const key = newIdempotencyKey();
    const send = async () => {
      const response = await mock.fetch(`${base}${paths.consume}`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${mock.secretKey}`,
          'Content-Type': 'application/json',
          [headers.idempotencyKey]: key,
        },
        body: JSON.stringify({ accountId: 'acme', items: [{ tool: 'work', calls: 7 }] }),
      });
      return { status: response.status, answer: (await response.json()) as ConsumeAnswer };
    };
    const first = await send();
    expect(first.status).toBe(200);
    expect(await send()).toEqual(first);
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '373' });
    expect(mock.requests('POST /v1/consume').map(({ idempotencyKey }) => idempotencyKey)).toEqual([key, key]);
  });

  it('F1: admits exactly the last credit when fifty ask for it at once', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.account().spendDownTo(1);
    const asked = await Promise.allSettled(Array.from({ length: 50 }, () => mock.account().spend(1)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '0' });
  });

  it('F8: answers while the timers of the test are fake', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const mock = createUsageKitMock();
    onTestFinished(() => mock.close());
    await expect(mock.client().summary('acme')).resolves.toMatchObject({ credits: { available: '380' } });
  });

  it('F8: keeps mocks apart', async () => {
    const [first, second] = [
      createUsageKitMock({ afterEach: onTestFinished }),
      createUsageKitMock({ afterEach: onTestFinished }),
    ];
    await first.account().spend(100);
    await expect(second.account().credits()).resolves.toMatchObject({ available: '380' });
  });

  it('answers the same for the same seed', async () => {
    const answers = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const mock = createUsageKitMock({ seed, afterEach: onTestFinished });
        const client = mock.client();
        return JSON.stringify([await client.usage('acme'), await client.tasks('acme', { limit: 100 })]);
      }),
    );
    expect(answers[1]).toBe(answers[0]);
    expect(answers[2]).not.toBe(answers[0]);
  });

  it('records what the UI asked, and not what scenario and test did as the backend', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.account().spend(1);
    await mock.client().tasks('acme', { status: 'failed' });
    expect(mock.requests()).toEqual([
      {
        method: 'GET',
        path: '/v1/tasks',
        query: { status: 'failed', accountId: 'acme' },
        body: undefined,
        idempotencyKey: null,
        status: 200,
      },
    ]);
  });

  it('serves the summary with an ETag that a client can use', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const { token } = await mock.tokenFor();
    const ask = (head: Record<string, string> = {}) =>
      mock.fetch('https://usage.test/v1/accounts/acme/summary', {
        headers: { Authorization: `Bearer ${token}`, ...head },
      });
    const first = await ask();
    const etag = first.headers.get('ETag') ?? '';
    expect((await ask({ 'If-None-Match': etag })).status).toBe(304);
    await mock.account().spend(1);
    const second = await ask({ 'If-None-Match': etag });
    await expect(second.json()).resolves.toMatchObject({ credits: { available: '379' } });
  });
});
