import type {
  ConsumeAnswer,
  Invoice,
  LedgerEntry,
  Page,
  StartedPairing,
  Task,
} from '@usagekit/server/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../server/src/app/routes/routes.ts';
import { document, operationOf, problemsOf, undescribed } from '../../support/described-calls.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

/** One call of every operation, and some that are refused, on the real app. */
async function callEverything(server: TestServer): Promise<void> {
  await server.account('acme', { planId: 'pro', name: 'Acme' });
  await server.put('/v1/accounts/acme', { name: 'Acme Inc' });
  await server.get('/v1/accounts/acme');
  await server.get('/v1/accounts?limit=1');
  const member = await server.member('acme', 'mia', { role: 'owner', allocations: { emails: '10' } });
  await server.put('/v1/accounts/acme/members/mia', { name: 'Mia' });
  await server.get('/v1/accounts/acme/members');
  await server.get('/v1/accounts/acme/members/mia');
  const key = await server.post<{ id: string }>('/v1/keys', {
    kind: 'extension',
    accountId: 'acme',
    memberId: 'mia',
  });
  await server.get('/v1/keys');
  await server.get('/v1/whoami', member);
  await server.send('DELETE', `/v1/keys/${key.body.id}`);
  await connectBrowsers(server, member);
  await server.post('/v1/accounts/acme/grants', {
    amount: '50',
    expiresAt: '2026-12-01T00:00:00Z',
    scope: { kinds: ['llm'] },
  });
  const use = {
    accountId: 'acme',
    memberId: 'mia',
    agentId: 'writer',
    category: 'agent',
    items: [
      { model: 'meter-1', inputTokens: 1200, outputTokens: 300 },
      { tool: 'search', integration: 'premium', calls: 2 },
      { storage: 'traces', quantity: '3.5' },
      { metric: 'emails', quantity: '2' },
    ],
  };
  const line = await server.post<{ invoice: Invoice }>('/v1/accounts/acme/invoice-lines', {
    subject: 'Setup',
    amount: '40',
    when: 'now',
  });
  const { id: invoiceId } = line.body.invoice;
  for (const end of ['', '/upcoming', `/${invoiceId}`]) await server.get(`/v1/accounts/acme/invoices${end}`);
  await server.get(`/v1/accounts/acme/invoices/${invoiceId}/lines/${line.body.invoice.lines[0]?.id}`);
  await server.get('/v1/accounts/acme/charges');
  await server.post(`/v1/accounts/acme/invoices/${invoiceId}/credit-notes`, {
    amount: '10',
    reason: 'Outage',
  });
  await server.post(`/v1/accounts/acme/invoices/${invoiceId}/paid`, { reason: 'Transfer' });
  await server.post('/v1/check', use);
  const consumed = await server.post<ConsumeAnswer>('/v1/consume', use);
  await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'emails', quantity: '5000' }] });
  await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-9' }] });
  await server.post('/v1/events', {
    events: [
      { id: 'e1', accountId: 'acme', items: [{ metric: 'storage', quantity: '-1', op: 'add' }] },
      { id: 'e2', accountId: 'acme', at: '2026-06-10T11:00:00Z', items: [{ model: 'swift-1' }] },
      { id: 'e3', accountId: 'nobody', items: [{ model: 'swift-1' }] },
    ],
  });
  await server.post('/v1/otlp/v1/traces', { resourceSpans: [] });
  await server.post('/v1/holds', { id: 'h1', accountId: 'acme', items: [{ model: 'deep-1' }] });
  await server.get('/v1/holds?accountId=acme');
  await server.get('/v1/holds/h1?accountId=acme');
  await server.post('/v1/holds/h1/settle', { accountId: 'acme', items: [{ model: 'swift-1' }] });
  await server.post('/v1/holds', { id: 'h2', accountId: 'acme', items: [{ model: 'swift-1' }] });
  await server.post('/v1/holds/h2/release', { accountId: 'acme' });
  await server.post<Task>('/v1/tasks', {
    id: 't1',
    accountId: 'acme',
    name: 'Report',
    status: 'in_progress',
    estimate: [{ model: 'swift-1' }],
    agentId: 'writer',
  });
  await server.send(
    'PATCH',
    '/v1/tasks/t1',
    { accountId: 'acme', items: [{ model: 'swift-1' }] },
    { key: 'patch-1' },
  );
  await server.send('PATCH', '/v1/tasks/t1', { accountId: 'acme', status: 'completed', result: 'done' });
  await server.get('/v1/tasks?accountId=acme&status=completed&search=report');
  await server.get('/v1/accounts/acme/tasks/export?search=report');
  await server.get('/v1/tasks/t1?accountId=acme');
  await server.get(
    '/v1/accounts/acme/uses?metric=credits&from=2026-06-01T00:00:00Z&groupBy=agent&value=writer',
  );
  for (const token of [undefined, member]) {
    await server.get('/v1/accounts/acme/summary', token);
    await server.get('/v1/accounts/acme/usage', token);
    await server.get('/v1/accounts/acme/usage/series?metric=credits&groupBy=lineItem', token);
    await server.get('/v1/accounts/acme/usage/history', token);
    await server.get('/v1/accounts/acme/forecast', token);
    await server.get('/v1/accounts/acme/credits', token);
    await server.get('/v1/accounts/acme/subscription', token);
    await server.get('/v1/accounts/acme/diagnosis', token);
    await server.get('/v1/catalog', token);
    await server.get('/v1/models', token);
  }
  const ledger = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
  await server.get(`/v1/accounts/acme/explain/${ledger.body.items[0]?.id}`);
  await server.get(`/v1/accounts/acme/explain/${consumed.body.id}`);
  await server.put('/v1/catalog', (await server.get<{ config: object }>('/v1/catalog')).body.config);
  await server.get('/v1/accounts/acme/export');
  await server.get('/v1/accounts/acme/export/ledger?format=jsonl');
  await server.get('/v1/catalog/versions?limit=1');
  await server.get('/v1/catalog/versions/1');
  await server.post('/v1/catalog/versions/1/restore', undefined);
  await server.get('/v1/accounts?search=ACM');
  await server.post('/v1/route', { accountId: 'acme', complexity: 1 });
  await server.post('/v1/test-clocks', { id: 'c1', now: '2026-01-01T00:00:00Z' });
  await server.get('/v1/test-clocks/c1');
  await server.post('/v1/test-clocks/c1/advance', { to: '2026-02-01T00:00:00Z' });
  await server.get('/v1/meta');
  await server.get('/v1/reconciliation?limit=10');
  await server.get('/v1/reconciliation/payments?from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z');
  await server.get('/v1/backup');
  await server.get('/v1/doctor');
  const secret = await server.post<{ id: string }>('/v1/keys', { kind: 'secret', label: 'old' });
  await server.post(`/v1/keys/${secret.body.id}/rotate`, { graceSeconds: 60 });
  await server.post('/v1/token-secret/rotate', undefined);
  await server.get('/v1/audit?limit=5');
  await server.put('/v1/accounts/acme/members/gone', {});
  const erased = await server.post<{ id: string }>('/v1/accounts/acme/members/gone/erase', {
    texts: ['Somebody'],
  });
  await server.get(`/v1/erasures/${erased.body.id}`);
  await server.get('/v1/erasures?limit=5');
  await server.put('/v1/accounts/leaving', {});
  await server.post('/v1/accounts/leaving/erase', { invoices: 'keep' });
  await server.post('/v1/accounts/nobody/erase', {});
  await server.get('/v1/accounts/acme/ledger', await server.token({ accountId: 'acme' }));
}

/** One browser that is connected, whose token is rotated, and which is disconnected; and one that is refused. */
async function connectBrowsers(server: TestServer, token: string): Promise<void> {
  await server.put('/v1/catalog', {
    ...smallCatalogConfig,
    links: { connect: 'https://app.example.com/connect' },
  });
  const openly = { token: null };
  const verifier = 'v'.repeat(43);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const challenge = Buffer.from(hash).toString('base64url');
  const begin = async () =>
    (await server.post<StartedPairing>('/v1/pairings', { browser: 'Chrome', challenge }, openly)).body;
  const refused = await begin();
  await server.get(`/v1/pairings/${refused.userCode}`, token);
  await server.post(`/v1/pairings/${refused.userCode}/deny`, undefined, { token });
  const { userCode, deviceCode } = await begin();
  await server.post('/v1/pairings/token', { deviceCode, verifier }, openly);
  await server.post(`/v1/pairings/${userCode}/approve`, undefined, { token });
  server.clock.advance(5_000);
  const fetched = await server.post<{ token: string }>(
    '/v1/pairings/token',
    { deviceCode, verifier },
    openly,
  );
  await server.post('/v1/keys/own/rotate', undefined, { token: fetched.body.token });
  const list = await server.get<{ items: { id: string }[] }>('/v1/accounts/acme/connected-browsers', token);
  await server.send('DELETE', `/v1/accounts/acme/connected-browsers/${list.body.items[0]?.id}`, undefined, {
    token,
  });
}

describe('GET /v1/openapi.json', () => {
  const server = createTestServer();
  beforeAll(() => callEverything(server));

  it('describes every route, and nothing that is no route', () => {
    const served = routes
      .filter(({ path }) => !undescribed.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(served.sort());
  });

  it('fits every request that the app took', () => {
    const taken = server.exchanges.filter(
      ({ status, requestBody }) => status < 400 && requestBody !== undefined,
    );
    expect(taken.length).toBeGreaterThan(20);
    const problems = taken.flatMap((exchange) =>
      problemsOf(
        operationOf(exchange)?.requestBody?.content['application/json']?.schema.$ref,
        exchange.requestBody,
      ).map((problem) => `${exchange.method} ${exchange.path}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it('fits every answer that the app gave, problems too', () => {
    expect(server.exchanges.filter(({ status }) => status >= 500 && status !== 503)).toEqual([]);
    const problems = server.exchanges.flatMap((exchange) => {
      const responses = operationOf(exchange)?.responses ?? {};
      const isNeutral = exchange.status === 503;
      const expected =
        exchange.status < 400
          ? responses[exchange.status]?.content?.['application/json']?.schema.$ref
          : `#/components/schemas/${isNeutral ? 'NeutralProblem' : 'Problem'}`;
      if (exchange.status < 400 && !(exchange.status in responses))
        return [`${exchange.method} ${exchange.path} answered ${exchange.status}, which is not described`];
      return problemsOf(expected, exchange.responseBody).map(
        (problem) => `${exchange.method} ${exchange.path} ${exchange.status}: ${problem}`,
      );
    });
    expect(problems).toEqual([]);
  });

  it('is answered by the server itself, with optional fields as optional', async () => {
    const answered = await server.get<Document>('/v1/openapi.json');
    expect(answered.status).toBe(200);
    expect(answered.body).toEqual(document);
    const { UseRequest } = document.components.schemas as Record<string, { required: string[] }>;
    expect(UseRequest?.required).toEqual(['accountId', 'items']);
  });
});
