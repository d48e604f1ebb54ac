import type { CatalogConfig } from '@usagekit/server/contract';

/** Of every noun that is stored something, in a history whose figures are known. It is written over HTTP by any version. */

/** The key of the servers that write and read fixtures. */
export const fixtureKey = 'sk_test_only-for-servers-that-tests-start';

/** Sends one request and gives its answer's body. @throws Error where it is answered by a problem. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

const unit = (one: string, other = `${one}s`) => ({ one, other });

/** As the first version could read it; what stands in a fixture has to be read by all that follow. */
export const fixtureCatalog: CatalogConfig = {
  creditLabel: unit('credit'),
  currency: 'USD',
  metrics: [
    { id: 'emails', label: 'Emails', unit: unit('email') },
    { id: 'workflows', label: 'Workflows', unit: unit('workflow') },
    { id: 'storage', label: 'Storage', unit: unit('GB', 'GB'), kind: 'gauge' },
  ],
  modelTiers: [{ id: 'light', label: 'Light', rank: 1 }],
  categories: [{ id: 'chat', label: 'Chat', tier: 'light' }],
  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      monthlyCredits: '100',
      limits: [
        { metric: 'emails', included: '100', policy: 'hard' },
        { metric: 'workflows', included: '100', policy: 'soft' },
        { metric: 'storage', included: '50', policy: 'hard' },
      ],
    },
  ],
  models: [
    { id: 'swift-1', label: 'Swift 1', provider: 'acme', tier: 'light', prices: [{ perRequest: '1' }] },
  ],
  tools: [{ id: 'search', label: 'Web search', prices: [{ amount: '2' }] }],
  creditPacks: [
    { id: 'small', label: '500 credits', credits: '500', price: { amount: '5', currency: 'USD' } },
  ],
  links: { billing: 'https://app.example.com/billing' },
};

const firstDay = '2026-10-05T08:00:00.000Z';
const nextCycle = '2026-11-06T08:00:00.000Z';
const accounts = ['acme', 'beta', 'gamma'] as const;

/** A month of use, its end, and the beginning of the next one. */
export async function writeHistory(send: Send): Promise<void> {
  await send('POST', '/v1/test-clocks', { id: 'clock', now: firstDay });
  for (const id of accounts) {
    await send('PUT', `/v1/accounts/${id}`, { name: `Account ${id}`, planId: 'free', testClockId: 'clock' });
    await send('PUT', `/v1/accounts/${id}/members/ada`, { role: 'admin', allocations: { workflows: '8' } });
  }
  await send('PUT', '/v1/accounts/acme/members/ben', { role: 'member' });
  await send('POST', '/v1/accounts/acme/grants', { amount: '50', label: 'Welcome' });
  for (let use = 0; use < 3; use++)
    await consume(send, 'acme', [{ model: 'swift-1' }, { tool: 'search', calls: 1 }]);
  await consume(send, 'acme', [{ metric: 'workflows', quantity: '2' }]);
  await send('POST', '/v1/test-clocks/clock/advance', { to: nextCycle });

  await consume(send, 'acme', [
    { metric: 'emails', quantity: '4' },
    { tool: 'search', calls: 2 },
  ]);
  await send('POST', '/v1/holds', {
    accountId: 'acme',
    id: 'hold-1',
    memberId: 'ada',
    items: [{ tool: 'search', calls: 10 }],
  });
  await send('POST', '/v1/holds/hold-1/settle', {
    accountId: 'acme',
    items: [{ tool: 'search', calls: 3 }],
    final: false,
  });
  await send('POST', '/v1/holds', { accountId: 'acme', id: 'hold-2', items: [{ tool: 'search', calls: 4 }] });
  await send('POST', '/v1/holds/hold-2/release', { accountId: 'acme' });
  await task(send, 'task-running');
  await task(send, 'task-done');
  await send('PATCH', '/v1/tasks/task-done', { accountId: 'acme', status: 'completed', result: 'Done.' });
  await task(send, 'task-failed');
  await send('PATCH', '/v1/tasks/task-failed', { accountId: 'acme', status: 'failed', error: 'No answer.' });
  await events(send, 'acme', [
    ['event-late', '2026-10-30T08:00:00.000Z', [{ tool: 'search', calls: 1 }]],
    ['event-gauge', nextCycle, [{ metric: 'storage', quantity: '7', op: 'set' }]],
  ]);
  // More than beta has: it owes the rest.
  await events(send, 'beta', [['event-debt', nextCycle, [{ tool: 'search', calls: 75 }]]]);
  await consume(send, 'gamma', [{ tool: 'search', calls: 5 }]);
}

/** What is written last, so that a SQLite file holds it in its journal only. */
export async function writeLast(send: Send): Promise<void> {
  await consume(send, 'acme', [{ model: 'swift-1' }]);
  await consume(send, 'gamma', [{ model: 'swift-1' }, { tool: 'search', calls: 1 }]);
  await events(send, 'gamma', [['event-last', nextCycle, [{ metric: 'workflows', quantity: '1' }]]]);
  await send('POST', '/v1/tasks', { accountId: 'gamma', id: 'task-last', name: 'Report' });
  await send('PUT', '/v1/accounts/gamma/members/cy', { role: 'viewer' });
  await send('POST', '/v1/holds', {
    accountId: 'gamma',
    id: 'hold-last',
    items: [{ tool: 'search', calls: 2 }],
  });
}

const seriesQuery = new URLSearchParams({
  metric: 'credits',
  groupBy: 'tool',
  from: firstDay,
  to: '2026-11-07T00:00:00.000Z',
});

/** The figures of every account, by names of their own. */
export async function readFigures(send: Send): Promise<unknown> {
  const figures: Record<string, unknown> = {};
  for (const id of accounts) {
    const credits = await send('GET', `/v1/accounts/${id}/credits`);
    const usage = await send('GET', `/v1/accounts/${id}/usage`);
    const series = await send('GET', `/v1/accounts/${id}/usage/series?${seriesQuery}`);
    const ledger = await send('GET', `/v1/accounts/${id}/ledger?limit=100`);
    const tasks = await send('GET', `/v1/tasks?accountId=${id}&limit=100`);
    const members = await send('GET', `/v1/accounts/${id}/members`);
    figures[id] = {
      available: credits.available,
      held: credits.held,
      debt: credits.debt,
      spent: credits.spentThisCycle,
      grants: itemsOf(credits, 'grants').map(({ source, amount, remaining, held }) => [
        source,
        amount,
        remaining,
        held,
      ]),
      used: itemsOf(usage, 'groups')
        .flatMap((group) => itemsOf(group, 'meters'))
        .map(({ metric, used, held }) => [metric, used, held]),
      series: itemsOf(series, 'groups').map(({ value, total }) => [value, total]),
      entries: itemsOf(ledger).map(({ kind, amount, balanceAfter }) => [kind, amount, balanceAfter]),
      tasks: itemsOf(tasks).map(({ id: taskId, status, cost, refunded, held }) => [
        taskId,
        status,
        cost,
        refunded,
        held,
      ]),
      members: itemsOf(members).map(({ id: memberId, role }) => [memberId, role]),
    };
  }
  return figures;
}

function itemsOf(body: Record<string, unknown>, field = 'items'): Record<string, unknown>[] {
  return body[field] as Record<string, unknown>[];
}

function consume(send: Send, accountId: string, items: object[]): Promise<unknown> {
  return send('POST', '/v1/consume', { accountId, memberId: 'ada', category: 'chat', items });
}

async function task(send: Send, id: string): Promise<void> {
  const estimate = [{ tool: 'search', calls: 5 }];
  await send('POST', '/v1/tasks', {
    accountId: 'acme',
    id,
    name: 'Report',
    agentId: 'writer',
    status: 'in_progress',
    estimate,
  });
  await send('PATCH', `/v1/tasks/${id}`, { accountId: 'acme', items: [{ tool: 'search', calls: 2 }] });
}

type FixtureEvent = readonly [id: string, at: string, items: object[]];

function events(send: Send, accountId: string, list: readonly FixtureEvent[]): Promise<unknown> {
  return send('POST', '/v1/events', {
    events: list.map(([id, at, items]) => ({ id, at, accountId, items })),
  });
}
