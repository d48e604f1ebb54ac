// @vitest-environment node
import { createClient, UsageKitError } from '@usagekit/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySnapshot } from '../../../extension/src/core/account/snapshot.ts';
import { backgroundUrl, createBackgroundFetch } from '../../../extension/src/sidepanel/background-fetch.ts';
import { sampleSummary } from '../../../extension/test-support/sample-summary.ts';

const { callBackground } = vi.hoisted(() => ({ callBackground: vi.fn() }));
vi.mock('../../../extension/src/chrome/call-background.ts', () => ({ callBackground }));

const way = () => createBackgroundFetch('acme https://usage.test');

beforeEach(() => callBackground.mockReset());

describe('the side panel’s way to the server', () => {
  it('asks the background, which alone has the token', async () => {
    callBackground.mockResolvedValue({ status: 200, body: JSON.stringify(sampleSummary()) });
    const client = createClient({ baseUrl: backgroundUrl, fetch: way().fetch });
    expect(await client.summary('acme')).toMatchObject({ accountName: 'Acme' });
    expect(callBackground.mock.calls).toEqual([
      ['read', { connectionId: 'acme https://usage.test', path: '/v1/accounts/acme/summary' }],
    ]);
  });

  it('passes the server’s refusals on as they are', async () => {
    callBackground.mockResolvedValue({
      status: 403,
      body: JSON.stringify({ type: 'about:blank', title: 'Forbidden', code: 'forbidden', status: 403 }),
    });
    const client = createClient({ baseUrl: backgroundUrl, fetch: way().fetch });
    await expect(client.credits('acme')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('F17: changes nothing', async () => {
    const client = createClient({ baseUrl: backgroundUrl, fetch: way().fetch });
    await expect(client.request({ method: 'POST', path: '/v1/tokens', body: {} })).rejects.toThrow(
      UsageKitError,
    );
    expect(callBackground).not.toHaveBeenCalled();
  });

  it('F5: tells of what moved as the extension hears it, once', async () => {
    const { fetch, tell } = way();
    tell({ ...emptySnapshot, summary: sampleSummary({ version: 4 }) });
    const ended = new AbortController();
    const client = createClient({ baseUrl: backgroundUrl, fetch });
    const stream = await client.openStream('acme', { signal: ended.signal });
    const reader = stream.getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toContain('"hello","accountId":"acme","version":4');
    tell({ ...emptySnapshot, summary: sampleSummary({ version: 4 }) });
    tell({ ...emptySnapshot, summary: sampleSummary({ version: 5 }) });
    expect(await next()).toMatch(/"change".*"version":5,"since":4/);
    ended.abort();
    await expect(reader.read()).rejects.toThrow();
  });
});
