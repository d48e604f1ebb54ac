import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

it('E12, F3: what a member settles counts against the allocation as what it uses does', async () => {
  const server = createTestServer();
  await server.account();
  await server.member('acme', 'ada', { allocations: { workflows: '5' } });
  const workflows = (quantity: string) => [{ metric: 'workflows', quantity }];
  await server.post('/v1/holds', { accountId: 'acme', id: 'h1', memberId: 'ada', items: workflows('5') });
  const settled = await server.post('/v1/holds/h1/settle', { accountId: 'acme', items: workflows('4') });
  expect(settled.status).toBe(200);
  const beyond = await server.post('/v1/consume', {
    accountId: 'acme',
    memberId: 'ada',
    items: workflows('2'),
  });
  expect(beyond.body).toMatchObject({ code: 'allocation_exhausted' });
  const within = await server.post('/v1/consume', {
    accountId: 'acme',
    memberId: 'ada',
    items: workflows('1'),
  });
  expect(within.status).toBe(200);
});

it('E12, F4: what a task charges counts against the allocation of the member whose task it is', async () => {
  const server = createTestServer();
  await server.account();
  await server.member('acme', 'ada', { allocations: { workflows: '5' } });
  await server.post('/v1/tasks', {
    accountId: 'acme',
    id: 't1',
    name: 'Run',
    memberId: 'ada',
    status: 'in_progress',
  });
  const charge = (quantity: string) =>
    server.send<{ code?: string }>(
      'PATCH',
      '/v1/tasks/t1',
      { accountId: 'acme', items: [{ metric: 'workflows', quantity }] },
      { key: `charge-${quantity}` },
    );
  expect((await charge('4')).status).toBe(200);
  expect((await charge('2')).body).toMatchObject({ code: 'allocation_exhausted' });
  expect((await charge('1')).status).toBe(200);
});
