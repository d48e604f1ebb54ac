import type {
  CatalogConfig,
  CheckAnswer,
  ConsumeAnswer,
  PlanWindowConfig,
  Problem,
  Summary,
  Usage,
} from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const windows: PlanWindowConfig[] = [
  { id: 'session', label: 'Session', metric: 'exports', kind: 'first_use', minutes: 300, limit: '5' },
  { id: 'week', label: 'Week', metric: 'exports', kind: 'week', limit: '8' },
  { id: 'burst', label: 'Minute', metric: 'calls', kind: 'rolling', minutes: 1, limit: '2' },
  { id: 'mine', label: 'Your day', metric: 'exports', of: 'member', kind: 'day', limit: '3' },
  { id: 'spend', label: 'Spend', metric: 'credits', kind: 'day', limit: '50' },
];

function serverWith(more: Partial<CatalogConfig> = {}): TestServer {
  const plans = smallCatalogConfig.plans.map((plan) => ({ ...plan, windows }));
  return createTestServer({ catalog: { ...smallCatalogConfig, plans, ...more } });
}

const exports = (quantity: string, more = {}) => ({
  accountId: 'acme',
  items: [{ metric: 'exports', quantity }],
  ...more,
});

it('F23: a consume tells where each of its windows stands, with a reset of its own', async () => {
  const server = serverWith();
  await server.account();
  await server.member('acme', 'mia');
  const { body } = await server.post<ConsumeAnswer>('/v1/consume', exports('2', { memberId: 'mia' }));
  expect(body.remaining.windows).toEqual([
    {
      window: 'session',
      metric: 'exports',
      of: 'account',
      used: '2',
      limit: '5',
      remaining: '3',
      resetsAt: '2026-06-10T17:00:00.000Z',
    },
    {
      window: 'week',
      metric: 'exports',
      of: 'account',
      used: '2',
      limit: '8',
      remaining: '6',
      resetsAt: '2026-06-15T00:00:00.000Z',
    },
    {
      window: 'mine',
      metric: 'exports',
      of: 'member',
      used: '2',
      limit: '3',
      remaining: '1',
      resetsAt: '2026-06-11T00:00:00.000Z',
    },
  ]);
});

it('F7, F23: a refusal tells the window, its figures and its reset, and RateLimit fields those of every window', async () => {
  const server = serverWith();
  await server.account();
  await server.post('/v1/consume', exports('5'));
  server.clock.advance(3_600_000);
  const answered = await server.post<Problem>('/v1/consume', exports('1'));
  expect(answered.status).toBe(429);
  expect(answered.body.refusal).toEqual({
    reason: 'window_limit_reached',
    message: "Exports reached the limit of 5 exports for 'Session'.",
    metric: 'exports',
    label: 'Exports',
    unit: { one: 'export', other: 'exports' },
    window: { id: 'session', label: 'Session', of: 'account' },
    limit: '5',
    used: '5',
    requested: '1',
    resetsAt: '2026-06-10T17:00:00.000Z',
    actions: [{ kind: 'wait', label: 'Wait for the reset', allowed: true }],
  });
  expect(answered.headers.has('retry-after')).toBe(false);
  expect(answered.headers.get('ratelimit')).toBe(
    '"session";r=0;t=14400, "week";r=3;t=385200, "burst";r=2, "spend";r=50;t=39600',
  );
  expect(answered.headers.get('ratelimit-policy')).toBe(
    '"session";q=5;w=18000, "week";q=8;w=604800, "burst";q=2;w=60, "spend";q=50;w=86400',
  );
});

it('F7, F23: Retry-After says when a rolling window lets the same use through, to the second', async () => {
  const server = serverWith();
  await server.account();
  const call = { accountId: 'acme', items: [{ metric: 'calls', quantity: '1' }] };
  await server.post('/v1/consume', call);
  server.clock.advance(20_000);
  await server.post('/v1/consume', call);
  server.clock.advance(10_000);
  const refused = await server.post<Problem>('/v1/consume', call);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '31']);
  server.clock.advance(30_999);
  expect((await server.post('/v1/consume', call)).status).toBe(429);
  server.clock.advance(1);
  expect((await server.post('/v1/consume', call)).status).toBe(200);
});

it("F23: a member's own window stops that member and nobody else, also by holds, events and settlements", async () => {
  const server = serverWith();
  await server.account();
  await server.member('acme', 'mia');
  await server.member('acme', 'bo');
  const mia = { memberId: 'mia' };
  await server.post('/v1/events', {
    events: [
      { id: 'e1', ...exports('1', mia) },
      { id: 'e2', ...exports('1', mia) },
    ],
  });
  const hold = await server.post('/v1/holds', { ...exports('1', mia), id: 'h' });
  expect(hold.status).toBe(201);
  const refused = await server.post<Problem>('/v1/consume', exports('1', mia));
  expect(refused.body.refusal).toMatchObject({
    window: { id: 'mine', of: 'member' },
    limit: '3',
    used: '3',
    message: "Exports reached this member's limit of 3 exports for 'Your day'.",
  });
  const { body: check } = await server.post<CheckAnswer>('/v1/check', exports('1', mia));
  expect(check.refusal?.window?.id).toBe('mine');
  await server.post('/v1/holds/h/settle', { accountId: 'acme', items: exports('1').items });
  expect((await server.post('/v1/consume', exports('1', mia))).status).toBe(429);
  expect((await server.post('/v1/consume', exports('1', { memberId: 'bo' }))).status).toBe(200);
});

it('F23: usage and summary show windows as a group of their own, a member its own ones too', async () => {
  const server = serverWith();
  await server.account();
  const token = await server.member('acme', 'mia');
  await server.post('/v1/consume', exports('3', { memberId: 'mia' }));
  await server.post('/v1/consume', exports('1'));
  const { body: usage } = await server.get<Usage>('/v1/accounts/acme/usage', token);
  expect(
    usage.windows.map(({ id, used, limit, percent, level }) => [id, used, limit, percent, level]),
  ).toEqual([
    ['session', '4', '5', 80, 'warning'],
    ['week', '4', '8', 50, 'ok'],
    ['burst', '0', '2', 0, 'ok'],
    ['mine', '3', '3', 100, 'over'],
    ['spend', '0', '50', 0, 'ok'],
  ]);
  expect(usage.windows[0]).toMatchObject({
    label: 'Session',
    metric: 'exports',
    unit: { one: 'export', other: 'exports' },
    of: 'account',
    kind: 'first_use',
    minutes: 300,
    held: '0',
    startsAt: '2026-06-10T12:00:00.000Z',
    resetsAt: '2026-06-10T17:00:00.000Z',
  });
  const { body: summary } = await server.get<Summary>('/v1/accounts/acme/summary', token);
  expect(summary.windows).toEqual(usage.windows);
  expect(summary.level).toBe('over');
  expect(summary.blocked).toMatchObject({
    reason: 'window_limit_reached',
    metric: 'exports',
    message: "Exports reached this member's limit of 3 exports for 'Your day'.",
    resetsAt: '2026-06-11T00:00:00.000Z',
  });
  const backend = await server.get<Usage>('/v1/accounts/acme/usage');
  expect(backend.body.windows.map(({ id }) => id)).toEqual(['session', 'week', 'burst', 'spend']);
});

it('F23: who sees percentages only gets no figures of windows, and money only where money is shown', async () => {
  const server = serverWith({ pricedIn: 'money' });
  await server.account();
  const viewer = await server.member('acme', 'vi', { role: 'viewer' });
  const member = await server.member('acme', 'mia', { role: 'member' });
  await server.post('/v1/accounts/acme/grants', { amount: '100', unit: 'money' });
  await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 5 }] });
  const figures = async (token: string) => {
    const { body } = await server.get<Usage>('/v1/accounts/acme/usage', token);
    return body.windows.map(({ id, used, percent }) => [id, used, percent]);
  };
  expect(await figures(viewer)).toContainEqual(['session', null, 0]);
  expect(await figures(viewer)).toContainEqual(['spend', null, 20]);
  expect(await figures(member)).toContainEqual(['session', '0', 0]);
  expect(await figures(member)).toContainEqual(['spend', null, 20]);
});

it('F23: a client without a stream is told to ask again when the next window resets', async () => {
  const server = serverWith();
  await server.account();
  await server.post('/v1/consume', exports('5'));
  server.clock.advance(5 * 3_600_000 - 40_000);
  const { body } = await server.get<Summary>('/v1/accounts/acme/summary');
  expect([body.blocked?.reason, body.pollAfterSeconds]).toEqual(['window_limit_reached', 40]);
  server.clock.advance(40_000);
  expect((await server.get<Summary>('/v1/accounts/acme/summary')).body.blocked).toBeNull();
});

it("F23: a member's windows stay what they are when its role changes", async () => {
  const server = serverWith();
  await server.account();
  await server.member('acme', 'mia');
  await server.post('/v1/consume', exports('3', { memberId: 'mia' }));
  await server.put('/v1/accounts/acme/members/mia', { role: 'manager' });
  expect((await server.post('/v1/consume', exports('1', { memberId: 'mia' }))).status).toBe(429);
});

it('A11, F23: a diagnosis names the window that refuses', async () => {
  const server = serverWith();
  await server.account();
  await server.post('/v1/consume', exports('5'));
  const { body } = await server.get<{ findings: { refusal?: { window?: { id: string } } }[] }>(
    '/v1/accounts/acme/diagnosis',
  );
  expect(body.findings.map(({ refusal }) => refusal?.window?.id)).toContain('session');
});
