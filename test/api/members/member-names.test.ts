import type {
  Activity,
  ConnectedBrowser,
  ExplainedInvoiceLine,
  Invoice,
  Page,
  Task,
  Use,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../support/plans-catalog.ts';
import { billedCatalog, payingAccount } from '../invoices/paying-account.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const path = (end: string) => `/v1/accounts/acme/${end}`;

async function serverWithAda(): Promise<{ server: TestServer; ada: string }> {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  const ada = await server.member('acme', 'ada', { role: 'owner', name: 'Ada Lovelace' });
  return { server, ada };
}

describe('members are named', () => {
  it('in the activity log, where a member did it', async () => {
    const { server, ada } = await serverWithAda();
    await server.send('PUT', path('alerts/emails'), { amounts: ['1'] }, { token: ada });
    await server.post(path('adjustments'), { amount: '-20', reason: 'Booked twice' });
    const { items } = (await server.get<Page<Activity>>(path('activity'), ada)).body;
    const named = items.map(({ kind, memberId, memberName }) => [kind, memberId, memberName]);
    expect(named).toContainEqual(['credits_adjusted', null, undefined]);
    expect(named.filter(([, memberId]) => memberId === 'ada').length).toBeGreaterThan(0);
    expect(named.every(([, memberId, name]) => (memberId === 'ada') === (name === 'Ada Lovelace'))).toBe(
      true,
    );
  });

  it('in the uses behind a figure, except of a member who was never put', async () => {
    const { server } = await serverWithAda();
    for (const memberId of ['ada', 'stranger'])
      await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }], memberId });
    const { items } = (await server.get<Page<Use>>(path('uses?metric=credits&from=2026-01-01T00:00:00Z')))
      .body;
    expect(items.map(({ memberId, memberName }) => [memberId, memberName])).toEqual([
      ['ada', 'Ada Lovelace'],
      ['stranger', undefined],
    ]);
  });

  it('in the answer of one task', async () => {
    const { server, ada } = await serverWithAda();
    await server.post('/v1/tasks', { accountId: 'acme', id: 'one', name: 'Report', memberId: 'ada' });
    const task = (await server.get<Task>('/v1/tasks/one?accountId=acme', ada)).body;
    expect([task.memberId, task.memberName]).toEqual(['ada', 'Ada Lovelace']);
  });

  it('in the list of connected browsers', async () => {
    const { server, ada } = await serverWithAda();
    const key = { kind: 'extension', accountId: 'acme', memberId: 'ada', label: 'Chrome' };
    expect((await server.post('/v1/keys', key)).status).toBe(201);
    const { items } = (await server.get<Page<ConnectedBrowser>>(path('connected-browsers'), ada)).body;
    expect(items).toMatchObject([{ memberId: 'ada', memberName: 'Ada Lovelace' }]);
  });

  it('in the uses that an invoice bills, with the task that they were for', async () => {
    const { server, later, invoices, upgrade } = await payingAccount('succeeds', {
      catalog: {
        ...billedCatalog,
        metrics: [{ id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } }],
        plans: [
          { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] },
          paidPlan('metered', 1, {
            price: { month: usd('30') },
            limits: [
              {
                metric: 'runs',
                included: '1',
                policy: 'overage',
                beyond: 'invoice',
                overageRate: { amount: '2' },
              },
            ],
          }),
        ],
      },
    });
    await upgrade('metered');
    await server.member('acme', 'grace', { role: 'owner', name: 'Grace Hopper' });
    await server.post('/v1/tasks', { accountId: 'acme', id: 'one', name: 'Report', memberId: 'grace' });
    await server.post('/v1/consume', {
      accountId: 'acme',
      items: [{ metric: 'runs', quantity: '5' }],
      memberId: 'grace',
      taskId: 'one',
    });
    await later(31);
    const invoice = (await invoices()).find(({ lines }) => lines.some(({ metric }) => metric === 'runs'));
    const line = invoice?.lines.find(({ metric }) => metric === 'runs');
    const asked = path(`invoices/${(invoice as Invoice).id}/lines/${line?.id}`);
    const { uses } = (await server.get<ExplainedInvoiceLine>(asked)).body;
    expect(uses.items).toMatchObject([
      { memberId: 'grace', memberName: 'Grace Hopper', taskId: 'one', taskName: 'Report' },
    ]);
  });
});
