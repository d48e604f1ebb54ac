import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

const setUp = () => createUsageKitMock({ afterEach: onTestFinished });

describe('F27: a reset', () => {
  it('brings back what the scenario had set up: figures, time, ids, faults and requests', async () => {
    const mock = setUp();
    const client = mock.client();
    const before = JSON.stringify(await mock.account().credits());
    const first = await mock.account().spend(7);
    mock.fault({ on: 'GET *usage', kind: 'offline' });
    mock.latency({ min: 5, max: 5 });
    await mock.clock.advance({ days: 40 });
    await mock.addAccount('globex');

    await mock.reset();
    expect(mock.clock.now().toISOString()).toBe('2026-11-20T12:00:00.000Z');
    expect(mock.requests()).toEqual([]);
    expect(JSON.stringify(await mock.account().credits())).toBe(before);
    expect(await mock.account().spend(7)).toEqual(first);
    await expect(client.usage('acme')).resolves.toBeDefined();
    expect(() => mock.account('globex')).toThrow(/'globex' is none; accepted are acme/);
  });

  it('goes to another scenario', async () => {
    const mock = setUp();
    await mock.reset('outOfCredits');
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '0' });
    await mock.reset();
    await expect(mock.account().credits()).resolves.toMatchObject({ available: '0' });
  });

  it('brings back the faults of the scenario', async () => {
    const mock = createUsageKitMock({ scenario: 'offline', afterEach: onTestFinished });
    await mock.reset();
    await expect(mock.client().credits('acme')).rejects.toMatchObject({ code: 'network_error' });
  });

  it('ends streams, and keeps tokens good', async () => {
    const mock = setUp();
    const { token } = await mock.tokenFor();
    const stream = await mock.client().openStream('acme', { signal: new AbortController().signal });
    const reader = stream.getReader();
    await reader.read();
    expect(mock.openStreams()).toBe(1);
    await mock.reset();
    while (!(await reader.read()).done);
    await expect.poll(() => mock.openStreams()).toBe(0);
    const headers = { Authorization: `Bearer ${token}` };
    expect((await mock.fetch('/v1/accounts/acme/credits', { headers })).status).toBe(200);
  });

  it('lets mocks of one scenario share nothing', async () => {
    const [first, second] = [setUp(), setUp()];
    await first.account().spend(100);
    await second.account().grant(5);
    await expect(first.account().credits()).resolves.toMatchObject({ available: '280' });
    await expect(second.account().credits()).resolves.toMatchObject({ available: '385' });
    await expect(setUp().account().credits()).resolves.toMatchObject({ available: '380' });
  });
});
