import type { MemberInput } from '@usagekit/server/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../server/src/app/routes/routes.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

/** Each role, and the permissions that a role may have in addition. */
const members: Record<string, MemberInput> = {
  super_admin: { role: 'super_admin' },
  owner: { role: 'owner' },
  admin: { role: 'admin' },
  manager: { role: 'manager' },
  member: { role: 'member' },
  viewer: { role: 'viewer' },
  'viewer with billing:read': { role: 'viewer', permissions: ['billing:read'] },
  'viewer with billing:manage': { role: 'viewer', permissions: ['billing:manage'] },
};
const manages = ['super_admin', 'owner', 'admin', 'viewer with billing:manage'];
const everyone = Object.keys(members);

const page = { returnUrl: 'https://app.example.com/billing' };
const quantity = { quantity: 1 };
/** What each route that members may call is sent, and who is let in. Everything else is the backend's. */
const opened: Record<string, { body?: object; to: readonly string[] }> = {
  'POST /v1/accounts/:accountId/subscription/preview': { body: { kind: 'cancel' }, to: manages },
  'POST /v1/accounts/:accountId/subscription/change': { body: { planId: 'pro' }, to: manages },
  'POST /v1/accounts/:accountId/subscription/cancel': { to: manages },
  'POST /v1/accounts/:accountId/subscription/resume': { to: manages },
  'POST /v1/accounts/:accountId/subscription/trial/end': { body: {}, to: manages },
  'PUT /v1/accounts/:accountId/seats/:seatType': { body: quantity, to: manages },
  'PUT /v1/accounts/:accountId/add-ons/:addOnId': { body: quantity, to: manages },
  'PUT /v1/accounts/:accountId/dedicated-ips': { body: quantity, to: manages },
  'PUT /v1/accounts/:accountId/dedicated-ips/:ipId': { body: { agentId: null }, to: manages },
  'DELETE /v1/accounts/:accountId/dedicated-ips/:ipId': { to: manages },
  'PUT /v1/accounts/:accountId/additional-use/:metric': { body: { mode: 'off' }, to: manages },
  'PUT /v1/accounts/:accountId/limits/:metric': { body: { limit: '5' }, to: manages },
  'PUT /v1/accounts/:accountId/alerts/:metric': { body: { amounts: ['5'] }, to: manages },
  'PUT /v1/accounts/:accountId/alert-email': { body: { email: null }, to: manages },
  'PUT /v1/accounts/:accountId/own-keys/:provider': {
    body: { label: 'Ours', lastFour: 'abcd' },
    to: manages,
  },
  'DELETE /v1/accounts/:accountId/own-keys/:provider': { to: manages },
  'PUT /v1/accounts/:accountId/members/:memberId': { body: { allocations: {} }, to: manages },
  'PUT /v1/accounts/:accountId/billing-details': {
    body: { name: 'Acme', addressLines: [], taxId: null, email: null },
    to: manages,
  },
  'PUT /v1/accounts/:accountId/auto-top-up': {
    body: { enabled: false, threshold: '5', packId: 'small' },
    to: manages,
  },
  'POST /v1/accounts/:accountId/credit-packs/:packId/purchase': { to: manages },
  'POST /v1/accounts/:accountId/invoices/:invoiceId/pay': { to: manages },
  'POST /v1/accounts/:accountId/charges/:chargeId/withdraw': { to: manages },
  'POST /v1/accounts/:accountId/payment-method/session': { body: page, to: manages },
  'POST /v1/accounts/:accountId/portal/session': { body: page, to: manages },
  // Asking, and what belongs to the member itself.
  'POST /v1/check': {
    body: { accountId: 'acme', items: [{ model: 'swift-1' }] },
    to: everyone.filter((name) => name !== 'viewer'),
  },
  'POST /v1/route': { body: { accountId: 'acme', complexity: 1 }, to: everyone },
  'DELETE /v1/accounts/:accountId/connected-browsers/:browserId': { to: everyone },
  'POST /v1/pairings/:userCode/approve': { body: {}, to: everyone },
  'POST /v1/pairings/:userCode/deny': { to: everyone },
};

const values: Record<string, string> = {
  accountId: 'acme',
  memberId: 'member',
  seatType: 'seat',
  addOnId: 'pack',
  ipId: 'ip-1',
  metric: 'emails',
  provider: 'acme',
  packId: 'small',
  invoiceId: 'invoice-1',
  userCode: 'BCDF-GHJK',
};
const pathOf = (path: string, accountId = 'acme') =>
  path.replace(/:(\w+)/g, (_, name: string) => (name === 'accountId' ? accountId : (values[name] ?? 'some')));
const writes = routes.filter(({ method, callers }) => method !== 'GET' && callers !== 'anyone');

describe('writes by role, on every route', () => {
  let server: TestServer;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    server = createTestServer();
    await server.account('acme', { planId: 'pro' });
    await server.account('other', { planId: 'pro' });
    for (const [name, input] of Object.entries(members))
      tokens[name] = await server.member('acme', name.replaceAll(/[ :]/g, '-'), input);
  });
  let keys = 0;
  const statusOf = async (method: string, path: string, body: object | undefined, name: string) =>
    (await server.send(method, path, body, { token: tokens[name] ?? null, key: `write-${keys++}` })).status;

  it('A6: are open to members where this table says so, and nowhere else', () => {
    const open = writes.filter(({ callers }) => callers.includes('member'));
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(opened).sort());
  });

  it.each(everyone)(
    'A6, B12, E4: let a %s change what the role may change, and refuse all else',
    async (name) => {
      const differences: string[] = [];
      for (const { method, path } of writes) {
        const rule = opened[`${method} ${path}`];
        const status = await statusOf(method, pathOf(path), rule?.body ?? (rule ? undefined : {}), name);
        const isLetIn = status !== 401 && status !== 403;
        if (isLetIn !== (rule?.to.includes(name) ?? false)) differences.push(`${method} ${path}: ${status}`);
      }
      expect(differences).toEqual([]);
    },
  );

  it('A6: reach no other account than the token’s, whatever the role', async () => {
    for (const { method, path } of writes) {
      if (!path.includes(':accountId')) continue;
      const rule = opened[`${method} ${path}`];
      const status = await statusOf(
        method,
        pathOf(path, 'other'),
        rule?.body ?? (rule ? undefined : {}),
        'owner',
      );
      expect([`${method} ${path}`, status]).toEqual([`${method} ${path}`, 403]);
    }
  });
});
