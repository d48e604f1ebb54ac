import { createUsageKitMock } from '@usagekit/react/testing';
import type { Credits } from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished } from 'vitest';

const setUp = () => {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  return { mock, client: mock.client() };
};

describe('a fault of the mock', () => {
  it.each([
    ['offline', 'network_error'],
    ['html_500', 'malformed_answer'],
    ['truncated_json', 'malformed_answer'],
    ['problem', 'unavailable'],
  ] as const)('%s reaches the client as %s', async (kind, code) => {
    const { mock, client } = setUp();
    mock.fault({ kind });
    await expect(client.usage('acme')).rejects.toMatchObject({ code });
  });

  it('timeout gives no answer until the caller gives up', async () => {
    const { mock, client } = setUp();
    mock.fault({ kind: 'timeout' });
    const controller = new AbortController();
    const asked = client.usage('acme', { signal: controller.signal });
    await expect.poll(() => mock.requests('GET *usage')).toHaveLength(1);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
    expect(mock.requests('GET *usage')[0]?.status).toBeUndefined();
  });

  it('happens as many times as it says, to the requests that it names', async () => {
    const { mock, client } = setUp();
    mock.fault({ on: 'GET /v1/accounts/*/usage', times: 2, kind: 'offline' });
    await expect(client.credits('acme')).resolves.toBeDefined();
    await expect(client.usage('acme')).rejects.toBeDefined();
    await expect(client.usage('acme')).rejects.toBeDefined();
    await expect(client.usage('acme')).resolves.toBeDefined();
  });

  it('ends when it is mended', async () => {
    const { mock, client } = setUp();
    const mend = mock.fault({ kind: 'html_500' });
    await expect(client.usage('acme')).rejects.toBeDefined();
    mend();
    await expect(client.usage('acme')).resolves.toBeDefined();
  });

  it('problem can be any of the server’s errors', async () => {
    const { mock, client } = setUp();
    mock.fault({ kind: 'problem', code: 'forbidden', times: 1 });
    await expect(client.usage('acme')).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
      notPermitted: true,
    });
  });

  it('lets latency pass before the answer, within its bounds', async () => {
    const { mock, client } = setUp();
    await client.usage('acme');
    mock.latency({ min: 30, max: 40 });
    const startedAtMs = performance.now();
    await client.usage('acme');
    expect(performance.now() - startedAtMs).toBeGreaterThan(28);
  });
});

describe('F27: a fault', () => {
  it('has a status, a body, a header and a delay of one’s own, by route and by count', async () => {
    const { mock } = setUp();
    const { token } = await mock.tokenFor();
    const ask = (path: string) =>
      mock.fetch(`/v1/accounts/acme/${path}`, { headers: { Authorization: `Bearer ${token}` } });
    mock.fault({
      on: 'GET *credits',
      status: 418,
      body: { tea: true },
      headers: { 'X-Tea': 'yes' },
      delay: '30ms',
      after: 1,
      times: 2,
    });
    expect((await ask('credits')).status).toBe(200);
    const startedAtMs = performance.now();
    const failed = await ask('credits');
    expect(performance.now() - startedAtMs).toBeGreaterThan(28);
    expect([failed.status, failed.headers.get('X-Tea'), await failed.json()]).toEqual([
      418,
      'yes',
      { tea: true },
    ]);
    expect((await ask('usage')).status).toBe(200);
    expect((await ask('credits')).status).toBe(418);
    expect((await ask('credits')).status).toBe(200);
  });

  it('counts what passes by address', async () => {
    const { mock, client } = setUp();
    mock.fault({ on: 'GET *', code: 'unavailable', after: 1 });
    await expect(client.credits('acme')).resolves.toBeDefined();
    await expect(client.usage('acme')).resolves.toBeDefined();
    await expect(client.credits('acme')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(client.usage('acme')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('F27: respond', () => {
  it('changes fields of real answers, and nothing in the server', async () => {
    const { mock, client } = setUp();
    const mend = mock.respond('GET *credits', { available: '0.000001' });
    await expect(client.credits('acme')).resolves.toMatchObject({ available: '0.000001', held: '0' });
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '380' });
    mend();
    await expect(client.credits('acme')).resolves.toMatchObject({ available: '380' });
  });

  it('changes an answer by a function, so many times', async () => {
    const { mock, client } = setUp();
    mock.respond('GET *credits', (credits: Credits) => ({ ...credits, grants: credits.grants.slice(1) }), 1);
    await expect(client.credits('acme')).resolves.toMatchObject({ grants: [] });
    expect((await client.credits('acme')).grants).toHaveLength(1);
  });
});

describe('F27: a hold', () => {
  it('keeps requests until they are let go, in the order that the test wants', async () => {
    const { mock, client } = setUp();
    const hold = mock.hold('GET *credits');
    const order: string[] = [];
    const first = client.credits('acme').then(() => order.push('first'));
    await hold.arrived();
    const second = client.usage('acme').then(() => order.push('second'));
    await second;
    expect([hold.waiting, order]).toEqual([1, ['second']]);
    hold.release();
    await first;
    expect(order).toEqual(['second', 'first']);
    await expect(client.credits('acme')).resolves.toBeDefined();
  });

  it('lets an answer be overtaken by a later one', async () => {
    const { mock, client } = setUp();
    const hold = mock.hold('GET *credits', { at: 'answer' });
    const early = client.credits('acme');
    await hold.arrived();
    await mock.account().spend(80);
    const late = client.credits('acme');
    await hold.arrived(2);
    hold.release();
    expect([(await early).available, (await late).available]).toEqual(['380', '300']);
  });

  it('releases the oldest of several alone', async () => {
    const { mock, client } = setUp();
    const hold = mock.hold('GET *credits');
    const first = client.credits('acme');
    const second = client.credits('acme', { signal: new AbortController().signal });
    await hold.arrived(2);
    hold.release(1);
    await first;
    expect(hold.waiting).toBe(1);
    hold.release();
    await second;
  });

  it('lets go of a request that is given up', async () => {
    const { mock, client } = setUp();
    const hold = mock.hold('GET *usage');
    const controller = new AbortController();
    const asked = client.usage('acme', { signal: controller.signal });
    await hold.arrived();
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
    await expect.poll(() => hold.waiting).toBe(0);
  });
});
