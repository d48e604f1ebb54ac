import type { CatalogConfig, CheckAnswer, Problem, Summary } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import workflow from '../../../server/src/catalogs/workflow.ts';
import { createTestServer } from '../support/test-server.ts';

const dayMs = 86_400_000;
const run = [{ metric: 'runs', quantity: '1' }];

async function acmeOn(catalog: CatalogConfig) {
  const server = createTestServer({ catalog });
  await server.account('acme', { planId: 'free' });
  const changed = await server.post('/v1/accounts/acme/subscription/change', { planId: 'pro' });
  expect(changed.status).toBe(200);
  await server.member('acme', 'owner', { role: 'owner' });
  await server.member('acme', 'support', { role: 'member' });
  return server;
}

it('B11: a run that an ended trial pauses is refused with words of the trial, and with what lets work go on', async () => {
  const server = await acmeOn(workflow);
  server.clock.advance(15 * dayMs);
  const refused = await server.post<Problem>('/v1/consume', { accountId: 'acme', items: run });
  expect(refused.status).toBe(402);
  expect(refused.body).toMatchObject({
    code: 'metric_paused',
    detail: expect.stringContaining('The trial is over'),
    refusal: { actions: [{ kind: 'update_payment', label: 'Add a payment method' }] },
  });
  const asked = await server.post<CheckAnswer>('/v1/check', { accountId: 'acme', items: run });
  expect(asked.body.refusal).toMatchObject({ pausedFor: 'trial_over' });
});

it('B11, B12: a member who sees no billing reads that it is paused, and not why', async () => {
  const server = await acmeOn(workflow);
  server.clock.advance(15 * dayMs);
  const token = await server.token({ accountId: 'acme', memberId: 'support' });
  const asked = await server.get<Summary>('/v1/accounts/acme/summary', token);
  expect(asked.body.blocked?.message).toBe('This is paused. Nothing was deleted.');
  expect(asked.text).not.toMatch(/trial/i);
});

it('A5: a run after a subscription that has ended is refused with words of the plan, and with the way to another', async () => {
  const server = await acmeOn({ ...workflow, cancelling: { rule: 'boundary' } });
  expect((await server.post('/v1/accounts/acme/subscription/cancel', undefined)).status).toBe(200);
  server.clock.advance(40 * dayMs);
  const refused = await server.post<Problem>('/v1/consume', { accountId: 'acme', items: run });
  expect(refused.body).toMatchObject({
    code: 'metric_paused',
    detail: expect.stringContaining('The plan has ended'),
    refusal: { actions: [{ kind: 'upgrade' }] },
  });
});
