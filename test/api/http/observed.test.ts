import { expect, it } from 'vitest';
import type { Metrics } from '../../../server/src/app/server-metrics/metrics.ts';
import { createPrometheusMetrics } from '../../../server/src/node/server-metrics/prometheus-metrics.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, secretKey } from '../support/test-server.ts';

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

function logging(requestLogShare = 1, metrics?: Metrics) {
  const lines: Line[] = [];
  const at = (level: Line['level']) => (fields: Line['fields'], message: string) =>
    void lines.push({ level, fields, message });
  const log = { info: at('info'), warn: at('warn'), error: at('error') };
  const server = createTestServer({ log, requestLogShare, ...(metrics && { metrics }) });
  return { server, lines: () => lines.filter(({ message }) => message === 'request') };
}

it('F22: each request has a line: its id, route, status, problem, how long it took and whose account it was about', async () => {
  const { server, lines } = logging();
  await server.account();
  const used = await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] });
  await server.get('/v1/accounts/acme/summary');
  await server.get('/v1/accounts/nobody/summary');
  await server.send('GET', '/v1/whoami', undefined, { token: null });
  await server.get('/nothing/here?token=secret');
  await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'emails', quantity: '11' }] });
  expect(
    lines().map(({ level, fields }) => [
      level,
      fields.method,
      fields.route,
      fields.status,
      fields.code,
      fields.accountId,
    ]),
  ).toEqual([
    ['info', 'PUT', '/v1/accounts/:accountId', 201, undefined, 'acme'],
    ['info', 'POST', '/v1/consume', 200, undefined, 'acme'],
    ['info', 'GET', '/v1/accounts/:accountId/summary', 200, undefined, 'acme'],
    ['warn', 'GET', '/v1/accounts/:accountId/summary', 404, 'account_not_found', 'nobody'],
    ['warn', 'GET', '/v1/whoami', 401, 'missing_credentials', undefined],
    ['warn', 'GET', 'none', 404, 'not_found', undefined],
    ['warn', 'POST', '/v1/consume', 402, 'plan_limit_reached', 'acme'],
  ]);
  expect(lines()[1]?.fields).toMatchObject({
    requestId: used.headers.get('x-request-id'),
    milliseconds: expect.any(Number),
  });
});

it('F22: keeps the id and the trace that the caller sent, in the line and the answer, where they can stand there', async () => {
  const { server, lines } = logging();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { 'x-request-id': 'checkout-17', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  const answered = await server.send('GET', '/v1/whoami', undefined, { headers });
  expect(answered.headers.get('x-request-id')).toBe('checkout-17');
  expect(lines()[0]?.fields).toMatchObject({
    requestId: 'checkout-17',
    traceId,
    parentId: '00f067aa0ba902b7',
  });
  const refused = await server.send<{ requestId: string }>('GET', '/v1/accounts/nobody', undefined, {
    headers,
  });
  expect(refused.body.requestId).toBe('checkout-17');
  for (const odd of ['', 'a b', 'x'.repeat(129), '"quoted"']) {
    const other = await server.send('GET', '/v1/whoami', undefined, {
      headers: { 'x-request-id': odd, traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
    });
    expect(other.headers.get('x-request-id')).not.toBe(odd);
  }
  expect(lines().at(-1)?.fields).not.toHaveProperty('traceId');
});

it('F22: writes the share that is asked for of lines of requests that went well, and every other line', async () => {
  const { server, lines } = logging(0.25);
  for (let count = 0; count < 40; count++) {
    await server.get('/v1/whoami');
    await server.get('/v1/accounts/nobody');
  }
  expect(lines().filter(({ level }) => level === 'info')).toHaveLength(10);
  expect(lines().filter(({ level }) => level === 'warn')).toHaveLength(40);
});

it('F22: a public visitor is answered with 503 and is no failure: neither in the level of the line nor in what an alert counts', async () => {
  const metrics = createPrometheusMetrics();
  const { server, lines } = logging(0.5, metrics);
  await server.account();
  const token = await server.token({ accountId: 'acme' });
  const before = lines().length;
  for (let count = 0; count < 20; count++)
    expect((await server.get('/v1/accounts/acme/summary', token)).status).toBe(503);
  const told = lines().slice(before);
  expect(told.map(({ level, fields }) => [level, fields.status])).toEqual(Array(10).fill(['info', 503]));
  const requests = 'usagekit_requests_total{method="GET",route="/v1/accounts/:accountId/summary"';
  const text = (await metrics.text()).split('\n');
  expect(text).toContain(`${requests},status="neutral"} 20`);
  expect(text).toContain(`${requests},status="503"} 0`);
});

it('F22: no line holds a key, a token, a body or a query', async () => {
  const { server, lines } = logging();
  await server.account();
  const token = await server.member('acme', 'mia');
  await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'no-such-model' }] });
  await server.send('GET', `/v1/accounts/acme/ledger?cursor=abcdef`, undefined, { token });
  await server.send('GET', '/v1/whoami', undefined, { token: 'sk_test_wrong-key-of-somebody' });
  const text = JSON.stringify(lines());
  for (const secret of [secretKey, token, 'no-such-model', 'abcdef', 'wrong-key'])
    expect(text).not.toContain(secret);
});

it('every answer says that it is for no cache and nothing but what it is, and that it differs by origin', async () => {
  const { server } = logging();
  await server.account();
  for (const path of [
    '/v1/accounts/acme/credits',
    '/v1/accounts/nobody',
    '/v1/openapi.json',
    '/nothing',
    '/readyz',
  ]) {
    const { headers } = await server.get(path);
    expect([
      headers.get('cache-control'),
      headers.get('x-content-type-options'),
      headers.get('vary'),
    ]).toEqual(['no-store', 'nosniff', 'Origin']);
  }
});

it('a token that names a higher role than its member has is told its own, and a visitor is told nothing', async () => {
  const { server } = logging();
  await server.account();
  await server.member('acme', 'vera', { role: 'viewer' });
  const token = await server.token({ accountId: 'acme', memberId: 'vera', narrowTo: 'owner' });
  expect((await server.get('/v1/whoami', token)).body).toMatchObject({ role: 'viewer' });
  await server.member('acme', 'olaf', { role: 'owner' });
  const narrowed = await server.token({ accountId: 'acme', memberId: 'olaf', narrowTo: 'viewer' });
  expect((await server.get('/v1/whoami', narrowed)).body).toMatchObject({ role: 'viewer' });
  const visitor = await server.token({ accountId: 'acme' });
  const told = await server.get('/v1/whoami', visitor);
  expect([told.status, told.text]).not.toContain('acme');
  expect(told.status).toBe(503);
});

it('F22: the log tells who made and revoked keys and put catalogs, by the id of the request', async () => {
  const told: [string, Readonly<Record<string, unknown>>][] = [];
  const tell = (fields: Line['fields'], message: string) => void told.push([message, fields]);
  const server = createTestServer({ log: { info: tell, warn: tell, error: tell } });
  const headers = { 'x-request-id': 'ops-1' };
  const made = await server.post<{ id: string; secret: string }>(
    '/v1/keys',
    { kind: 'secret', label: 'ci' },
    { headers },
  );
  await server.send('DELETE', `/v1/keys/${made.body.id}`, undefined, { headers });
  await server.put('/v1/catalog', { ...smallCatalogConfig, anchor: 'first_of_month' }, { headers });
  expect(
    told.filter(([message]) => message !== 'request').map(([message, fields]) => [message, fields.requestId]),
  ).toEqual([
    ['A key was made', 'ops-1'],
    ['A key was revoked', 'ops-1'],
    ['A catalog was put', 'ops-1'],
  ]);
  expect(JSON.stringify(told)).not.toContain(made.body.secret);
});
