import { apiBounds } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer, startMs } from '../support/test-server.ts';

const dayMs = 86_400_000;
const iso = (atMs: number) => new Date(atMs).toISOString();

it('F21: a test clock is moved by ten years at once at most, and stands in no year that nobody needs', async () => {
  const server = createTestServer();
  for (const now of ['9999-01-01T00:00:00Z', '0001-01-01T00:00:00Z'])
    expect((await server.post('/v1/test-clocks', { id: 'far', now })).status).toBe(400);
  await server.post('/v1/test-clocks', { id: 'clock', now: iso(startMs) });
  const move = (days: number) =>
    server.post('/v1/test-clocks/clock/advance', { to: iso(startMs + days * dayMs) });
  expect((await move(apiBounds.daysAtOnceMax + 1)).status).toBe(400);
  await server.account('acme', { testClockId: 'clock' });
  expect((await move(apiBounds.daysAtOnceMax)).status).toBe(200);
  const startedAt = performance.now();
  expect((await server.get('/v1/accounts/acme/summary')).status).toBe(200);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

it('F21: an account has started ten years back at most', async () => {
  const server = createTestServer();
  const put = (id: string, days: number) =>
    server.put(`/v1/accounts/${id}`, { startedAt: iso(startMs - days * dayMs) });
  expect((await put('old', apiBounds.daysAtOnceMax)).status).toBe(201);
  const refused = await put('older', apiBounds.daysAtOnceMax + 1);
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('/startedAt')]);
});
