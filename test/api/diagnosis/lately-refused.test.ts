import type { Diagnosis } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const search = (calls: number) => ({
  accountId: 'acme',
  memberId: 'ada',
  items: [{ tool: 'search', calls }],
});

it('A11: tells a member the refusal of the last hour first, and writes nothing for it', async () => {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  const ada = await server.member('acme', 'ada', { role: 'owner' });
  const ben = await server.member('acme', 'ben', { role: 'member' });
  for (let run = 0; run < 60; run += 1) await server.post('/v1/consume', search(1));
  const version = async () => (await server.get('/v1/accounts/acme/summary')).headers.get('etag');
  const before = await version();
  expect((await server.post('/v1/consume', search(900))).status).toBe(402);
  expect(await version()).toBe(before);
  const { body } = await server.get<Diagnosis>('/v1/accounts/acme/diagnosis', ada);
  expect(body.status).toBe('blocked');
  expect(body.findings[0]).toMatchObject({
    kind: 'gate_refuses',
    refusal: { reason: 'insufficient_credits', requested: '1800', available: '880' },
    refusedAt: '2026-06-10T12:00:00.000Z',
  });
  // Another member, who sees only its own, is not told of it.
  const other = await server.get<Diagnosis>('/v1/accounts/acme/diagnosis', ben);
  expect(other.body.findings).toEqual([]);
});

it('A11: takes the typical run from the latest uses, of however many there were that day', async () => {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  for (let run = 0; run < 60; run += 1) {
    await server.post('/v1/consume', search(1));
    server.clock.advance(1_000);
  }
  for (let run = 0; run < 60; run += 1) {
    await server.post('/v1/consume', search(7));
    server.clock.advance(1_000);
  }
  const { body } = await server.get<Diagnosis>('/v1/accounts/acme/diagnosis');
  expect(body.findings[0]).toMatchObject({ kind: 'credits_low', runsLeft: 2, typicalRun: { cost: '14' } });
});

it('A11: names a cheaper model that fits', async () => {
  const server = createTestServer();
  await server.account();
  expect((await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'deep-1' }] })).status).toBe(
    402,
  );
  const { body } = await server.get<Diagnosis>('/v1/accounts/acme/diagnosis');
  expect(body.findings[0]).toMatchObject({
    kind: 'gate_refuses',
    cheaperModel: { id: 'swift-1', label: 'Swift 1', cost: '1' },
  });
});
