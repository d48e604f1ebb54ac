import { createClient } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { listen } from '@usagekit/react/testing/node';
import { describe, expect, it, onTestFinished } from 'vitest';

async function setUp() {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  const { url, close } = await listen(mock);
  onTestFinished(close);
  return { mock, url, client: createClient({ baseUrl: url, getToken: () => mock.tokenFor() }) };
}

describe('the mock on a port', () => {
  it('F8: answers other processes over HTTP', async () => {
    const { client, url } = await setUp();
    await expect(client.summary('acme')).resolves.toMatchObject({ credits: { available: '380' } });
    expect((await fetch(`${url}/v1/nothing`)).status).toBeGreaterThanOrEqual(400);
  });

  it('F8: lets a page of any origin ask, without credentials', async () => {
    const { url } = await setUp();
    const preflight = await fetch(`${url}/v1/accounts/acme/summary`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://app.example.com',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization,if-none-match',
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(preflight.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('if-none-match');
  });

  it('F5: streams over the line and sees when the reader goes', async () => {
    const { mock, client } = await setUp();
    const controller = new AbortController();
    const stream = await client.openStream('acme', { signal: controller.signal });
    const reader = stream.getReader();
    await reader.read();
    expect(mock.openStreams()).toBe(1);
    controller.abort();
    await expect.poll(() => mock.openStreams()).toBe(0);
  });
});
