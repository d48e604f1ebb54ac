import type { ChangeMessage, View } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { readStream } from '../support/read-stream.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

/** The address of each answer that has one without a question of its own. */
const addresses: Partial<Record<View, string>> = {
  summary: '/v1/accounts/acme/summary',
  usage: '/v1/accounts/acme/usage',
  series: '/v1/accounts/acme/usage/series?metric=credits',
  usageHistory: '/v1/accounts/acme/usage/history',
  forecast: '/v1/accounts/acme/forecast',
  credits: '/v1/accounts/acme/credits',
  ledger: '/v1/accounts/acme/ledger',
  activity: '/v1/accounts/acme/activity',
  autoTopUp: '/v1/accounts/acme/auto-top-up',
  paymentMethod: '/v1/accounts/acme/payment-method',
  tasks: '/v1/tasks?accountId=acme',
  task: '/v1/tasks/first?accountId=acme',
  subscription: '/v1/accounts/acme/subscription',
  diagnosis: '/v1/accounts/acme/diagnosis',
  models: '/v1/models?accountId=acme',
  catalog: '/v1/catalog?accountId=acme',
  whoami: '/v1/whoami',
};

const accountId = 'acme';
const use = (calls: number) => [{ tool: 'search', calls }];

/** What a host and its users can do to an account, one command each. */
const commands: Record<string, (server: TestServer, token: string) => Promise<unknown>> = {
  consume: (server) => server.post('/v1/consume', { accountId, memberId: 'mia', items: use(2) }),
  'an event': (server) =>
    server.post('/v1/events', { events: [{ id: 'e1', accountId, memberId: 'mia', items: use(1) }] }),
  'a hold': (server) => server.post('/v1/holds', { accountId, id: 'h1', items: use(5) }),
  'a settlement': (server) =>
    server.post('/v1/holds/held/settle', { accountId, items: use(1), final: false }),
  'a release': (server) => server.post('/v1/holds/held/release', { accountId }),
  'a task': (server) => server.post('/v1/tasks', { accountId, id: 't1', memberId: 'mia', name: 'New' }),
  'a task with an estimate': (server) =>
    server.post('/v1/tasks', {
      accountId,
      id: 't2',
      memberId: 'mia',
      name: 'Estimated',
      status: 'in_progress',
      estimate: use(3),
    }),
  'a task that goes on': (server) =>
    server.send('PATCH', '/v1/tasks/first', { accountId, status: 'in_progress' }, { key: 'k1' }),
  'a grant': (server) => server.post('/v1/accounts/acme/grants', { amount: '50' }),
  'an adjustment': (server) =>
    server.post('/v1/accounts/acme/adjustments', { amount: '-1', reason: 'A test' }),
  'a new name': (server) =>
    server.put('/v1/accounts/acme', { kind: 'organization', name: 'Acme Two', planId: 'free' }),
  'a member': (server) => server.put('/v1/accounts/acme/members/mia', { role: 'viewer' }),
};

async function setUp() {
  const server = createTestServer();
  await server.account();
  const token = await server.member(accountId, 'mia', { role: 'owner' });
  await server.post('/v1/tasks', { accountId, id: 'first', memberId: 'mia', name: 'First' });
  await server.post('/v1/holds', { accountId, id: 'held', items: use(10) });
  const stream = await readStream(server, accountId, token);
  await stream.next();
  return { server, token, stream };
}

/** Every answer, without the instant at which it was made. */
async function readAnswers(server: TestServer, token: string): Promise<Map<View, unknown>> {
  const answers = new Map<View, unknown>();
  for (const [view, address] of Object.entries(addresses)) {
    const { status, body } = await server.get<Record<string, unknown>>(address, token);
    answers.set(view as View, status === 200 ? body : status);
  }
  return answers;
}

describe('a message of the stream', () => {
  it.each(Object.keys(commands))(
    'F5: names every answer that %s changes, and carries what those answers say now',
    async (name) => {
      const { server, token, stream } = await setUp();
      const before = await readAnswers(server, token);
      await commands[name]?.(server, token);
      const message = (await stream.next()) as ChangeMessage;
      const after = await readAnswers(server, token);
      const changed = [...after.keys()].filter(
        (view) => JSON.stringify(after.get(view)) !== JSON.stringify(before.get(view)),
      );
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.filter((view) => !message.views.includes(view))).toEqual([]);
      for (const view of ['summary', 'usage', 'credits', 'subscription'] as const)
        if (message.moved[view]) expect(message.moved[view]).toEqual(after.get(view));
      for (const view of ['ledger', 'tasks'] as const) {
        const { items } = after.get(view) as { items: { id: string }[] };
        for (const row of message.moved[view] ?? []) expect(items).toContainEqual(row);
      }
      await stream.leave();
    },
  );

  it('F5: carries all that a debit moved, with the new line of the ledger', async () => {
    const { server, stream } = await setUp();
    await commands.consume?.(server, '');
    const { moved, version, since } = (await stream.next()) as ChangeMessage;
    expect(Object.keys(moved).sort()).toEqual(['credits', 'ledger', 'subscription', 'summary', 'usage']);
    expect(moved.ledger).toMatchObject([{ kind: 'debit', amount: '-4' }]);
    expect(version - since).toBe(1);
    await stream.leave();
  });

  it('F5: is one for many debits in a row, and has the lines of all of them', async () => {
    const { server, stream } = await setUp();
    await Promise.all([1, 2, 3, 4].map(() => commands.consume?.(server, '')));
    const message = (await stream.next()) as ChangeMessage;
    expect(message.moved.ledger).toHaveLength(4);
    expect(message.version - message.since).toBe(4);
    await stream.leave();
  });

  it('E4: carries nothing that the role may not see', async () => {
    const { server } = await setUp();
    const viewer = await readStream(
      server,
      accountId,
      await server.member(accountId, 'vi', { role: 'viewer' }),
    );
    await viewer.next();
    await commands.consume?.(server, '');
    const { moved } = (await viewer.next()) as ChangeMessage;
    expect(moved.summary?.credits).toBe(null);
    expect(Object.keys(moved).sort()).toEqual(['summary', 'usage']);
    expect(JSON.stringify(moved)).not.toContain('mia');
    await viewer.leave();
  });

  it('names a ledger that it does not carry where a member was changed in between', async () => {
    const { server, stream } = await setUp();
    await Promise.all([
      commands.consume?.(server, ''),
      server.put('/v1/accounts/acme/members/mia', { role: 'owner', name: 'Mia' }),
    ]);
    const message = (await stream.next()) as ChangeMessage;
    expect(message.views).toContain('ledger');
    expect(message.moved.ledger).toBe(undefined);
    await stream.leave();
  });
});
