import type { AuditEntry, CreatedKey, Page } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, secretKey } from '../support/test-server.ts';

type Server = ReturnType<typeof createTestServer>;

const auditOf = async (server: Server) =>
  (await server.get<Page<AuditEntry>>('/v1/audit?limit=100')).body.items;

it('F20: tells who made and revoked keys, put the catalog and granted, when, and with which result', async () => {
  const server = createTestServer();
  await server.account('acme');
  const made = await server.post<CreatedKey>('/v1/keys', { kind: 'secret', label: 'billing' });
  const own = { token: made.body.secret };
  await server.post('/v1/accounts/acme/grants', { amount: '5', reason: 'an apology' }, own);
  await server.post('/v1/accounts/nobody/grants', { amount: '5' }, own);
  await server.put('/v1/catalog', { ...smallCatalogConfig, currency: 'EUR' }, own);
  await server.send('DELETE', `/v1/keys/${made.body.id}`);
  const told = (await auditOf(server)).reverse();
  expect(told.map(({ action, outcome, actor, details }) => [action, outcome, actor, details])).toEqual([
    ['start', 'done', { kind: 'configuration', keyId: null, name: 'start' }, { catalogVersion: '1' }],
    [
      'POST /v1/keys',
      'done',
      { kind: 'secret_key', keyId: null, name: secretKey.slice(0, 12) },
      { kind: 'secret', label: 'billing', keyId: made.body.id },
    ],
    [
      'POST /v1/accounts/:accountId/grants',
      'done',
      { kind: 'secret_key', keyId: made.body.id, name: made.body.prefix },
      { accountId: 'acme', amount: '5', source: 'promotional', reason: 'an apology' },
    ],
    [
      'POST /v1/accounts/:accountId/grants',
      'refused',
      expect.objectContaining({ keyId: made.body.id }),
      { accountId: 'nobody', amount: '5', source: 'promotional', reason: '', why: 'account_not_found' },
    ],
    [
      'PUT /v1/catalog',
      expect.stringMatching(/done|refused/),
      expect.objectContaining({ keyId: made.body.id }),
      expect.anything(),
    ],
    ['DELETE /v1/keys/:keyId', 'done', expect.objectContaining({ keyId: null }), { keyId: made.body.id }],
  ]);
  expect(JSON.stringify(told)).not.toContain(made.body.secret);
  expect(
    (await server.get('/v1/audit', await server.member('acme', 'owner', { role: 'owner' }))).status,
  ).toBe(403);
});

it('D6, F20: tells who made, rotated and removed a webhook endpoint, and nothing of its secret', async () => {
  const server = createTestServer();
  const made = await server.put<{ secret: string }>('/v1/webhook-endpoints/main', {
    url: 'https://hooks.example.com/usage',
  });
  await server.post('/v1/webhook-endpoints/main/rotate-secret', undefined);
  await server.send('DELETE', '/v1/webhook-endpoints/main');
  const told = (await auditOf(server)).reverse().slice(1);
  expect(told.map(({ action, outcome, details }) => [action, outcome, details])).toEqual([
    [
      'PUT /v1/webhook-endpoints/:endpointId',
      'done',
      { endpointId: 'main', url: 'https://hooks.example.com/usage' },
    ],
    ['POST /v1/webhook-endpoints/:endpointId/rotate-secret', 'done', { endpointId: 'main' }],
    ['DELETE /v1/webhook-endpoints/:endpointId', 'done', { endpointId: 'main' }],
  ]);
  expect(JSON.stringify(told)).not.toContain(made.body.secret);
});

it('F20: nothing is changed where its record cannot be written, and one without an end says so', async () => {
  const store = createMemoryStore();
  const server = createTestServer({ store });
  await server.account('acme');
  const put = store.putAudit.bind(store);
  store.putAudit = async () => {
    throw new Error('The disk is full.');
  };
  expect((await server.post('/v1/accounts/acme/grants', { amount: '5' })).status).toBe(500);
  expect((await server.get<Page<unknown>>('/v1/accounts/acme/ledger')).body.items).toHaveLength(1);
  let writes = 0;
  store.putAudit = async (record) => {
    writes += 1;
    if (writes > 1) throw new Error('The process was killed.');
    return put(record);
  };
  expect((await server.post('/v1/accounts/acme/grants', { amount: '5' })).status).toBe(201);
  expect((await auditOf(server))[0]).toMatchObject({ outcome: 'begun', accountId: 'acme' });
});

it('F20: a rotated secret key holds for its grace and no longer, the new one at once', async () => {
  const server = createTestServer();
  const old = (await server.post<CreatedKey>('/v1/keys', { kind: 'secret', label: 'billing' })).body;
  const rotated = await server.post<CreatedKey>(`/v1/keys/${old.id}/rotate`, { graceSeconds: 3_600 });
  expect([rotated.status, rotated.body.label, rotated.body.expiresAt]).toEqual([201, 'billing', null]);
  const statusOf = async (secret: string) => (await server.get('/v1/whoami', secret)).status;
  expect([await statusOf(old.secret), await statusOf(rotated.body.secret)]).toEqual([200, 200]);
  server.clock.advance(3_600_000);
  expect([await statusOf(old.secret), await statusOf(rotated.body.secret)]).toEqual([401, 200]);
  expect((await server.post(`/v1/keys/${old.id}/rotate`, {})).status).toBe(404);
  expect((await server.post(`/v1/keys/${rotated.body.id}/rotate`, { graceSeconds: -1 })).status).toBe(400);
});

it('F20: every token ends when what signs them is rotated, in every process; keys stay', async () => {
  const store = createMemoryStore();
  const own = { store, tokenSecret: undefined as unknown as string };
  const server = createTestServer(own);
  const other = createTestServer(own);
  await server.account('acme');
  const token = await server.member('acme', 'mia', { role: 'owner' });
  expect((await other.get('/v1/whoami', token)).status).toBe(200);
  expect((await server.post('/v1/token-secret/rotate', undefined)).status).toBe(204);
  expect((await server.get('/v1/whoami', token)).status).toBe(401);
  await expect.poll(async () => (await other.get('/v1/whoami', token)).status).toBe(401);
  const again = await server.token({ accountId: 'acme', memberId: 'mia' });
  expect((await other.get('/v1/whoami', again)).status).toBe(200);
  const fixed = createTestServer();
  expect((await fixed.post('/v1/token-secret/rotate', undefined)).status).toBe(409);
});

it('L369: keeps of an erased account who did what, with ids and figures, and none of the words', async () => {
  const server = createTestServer();
  await server.account('acme', { name: 'Ada Byron' });
  const line = { subject: 'Workshop with Ada Byron', amount: '20', reason: 'Ada asked' };
  await server.post('/v1/accounts/acme/invoice-lines', line);
  const before = (await auditOf(server)).find(({ action }) => action.includes('invoice-lines'));
  expect(before?.details).toMatchObject(line);
  const started = await server.post<{ id: string }>('/v1/accounts/acme/erase', { invoices: 'erase' });
  expect(started.status).toBeLessThan(300);
  await server.app.tick();
  const told = await auditOf(server);
  expect(JSON.stringify(told)).not.toContain('Ada');
  const after = told.find(({ id }) => id === before?.id);
  expect([after?.details.amount, after?.outcome]).toEqual(['20', 'done']);
});
