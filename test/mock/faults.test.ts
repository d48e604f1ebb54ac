import { createUsageKitMock } from '@usagekit/react/testing';
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
    await expect.poll(() => mock.requests('GET *usage'), { timeout: 5_000 }).toHaveLength(1);
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
