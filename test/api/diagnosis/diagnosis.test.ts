import type { CatalogConfig, Diagnosis, Finding, Problem, Role } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { describe, expect, it } from 'vitest';
import type { CellQuery } from '../../../server/src/store/store.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const path = '/v1/accounts/acme/diagnosis';
const dayMs = 86_400_000;

const consume = async (server: TestServer, items: object[], more: object = {}) => {
  const answered = await server.post('/v1/consume', { accountId: 'acme', items, ...more });
  expect(answered.status).toBe(200);
};
const search = (calls: number) => [{ tool: 'search', calls }];
const diagnose = async (server: TestServer, token?: string) => {
  const { status, body } = await server.get<Diagnosis>(path, token);
  expect(status).toBe(200);
  return body;
};
/** The member of the union that has the kind, one of several of its own where it has several. */
type FindingOf<Kind, Each = Finding> = Each extends { kind: infer Kinds }
  ? Kind extends Kinds
    ? Each
    : never
  : never;
const find = <Kind extends Finding['kind']>({ findings }: Diagnosis, kind: Kind) => {
  const found = findings.find((finding) => finding.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} among ${findings.map((each) => each.kind)}`);
  return found as FindingOf<Kind>;
};

describe('GET /v1/accounts/{id}/diagnosis', () => {
  it('A11: says plainly that nothing blocks, and what was looked at', async () => {
    const server = createTestServer();
    await server.account();
    await consume(server, search(1));
    expect(await diagnose(server)).toEqual({
      accountId: 'acme',
      status: 'clear',
      findings: [],
      lookedAt: [
        { area: 'tasks', permitted: true, count: 0, severity: null },
        { area: 'usage', permitted: true, count: 8, severity: null },
        { area: 'billing', permitted: true, count: 3, severity: null },
      ],
      workInProgress: { running: 0, waiting: 0, goesOn: true },
      creditLabel: { one: 'credit', other: 'credits' },
      timeZone: 'UTC',
      asOf: '2026-06-10T12:00:00.000Z',
    });
  });

  it('A11: says that credits are short for one more typical use, with the packs and actions that help', async () => {
    const server = createTestServer();
    await server.account();
    await consume(server, search(30));
    const diagnosis = await diagnose(server);
    expect(diagnosis.status).toBe('blocked');
    expect(diagnosis.findings).toHaveLength(1);
    expect(diagnosis.findings[0]).toMatchObject({
      kind: 'gate_refuses',
      area: 'usage',
      refusal: {
        reason: 'insufficient_credits',
        requested: '60',
        available: '40',
        resetsAt: '2026-07-10T12:00:00.000Z',
      },
      typicalRun: { taskId: null, cost: '60', unit: 'credits' },
      packs: [{ id: 'small', price: { amount: '5', currency: 'USD' } }, { id: 'large' }],
    });
    expect(find(diagnosis, 'gate_refuses').refusal.actions.map(({ kind }) => kind)).toEqual([
      'upgrade',
      'buy_credits',
      'wait',
    ]);
  });

  it('A11: refuses nothing that the gate then lets through, and lets through nothing that it refuses', async () => {
    const server = createTestServer();
    await server.account();
    for (let use = 0; use < 40; use++) {
      const items = [...search(3), { metric: 'workflows', quantity: '0.5' }];
      const { status } = use === 0 ? { status: 'clear' } : await diagnose(server);
      const consumed = await server.post('/v1/consume', { accountId: 'acme', items });
      expect([use, status === 'blocked']).toEqual([use, consumed.status !== 200]);
      if (consumed.status !== 200) return;
    }
    expect.unreachable('the credits run out');
  });

  it('A11: changes nothing', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/tasks', { id: 't', accountId: 'acme', name: 'T', estimate: search(60) });
    await consume(server, search(4));
    const summary = async () => (await server.get('/v1/accounts/acme/summary')).text;
    const before = await summary();
    await diagnose(server);
    expect(await summary()).toBe(before);
  });

  it('A11: names the task that waits, what keeps it from starting, and that what runs goes on', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/tasks', {
      id: 'now',
      accountId: 'acme',
      name: 'Inbox',
      status: 'in_progress',
      estimate: search(20),
    });
    await server.post('/v1/tasks', { id: 'later', accountId: 'acme', name: 'Report', estimate: search(40) });
    const diagnosis = await diagnose(server);
    expect(find(diagnosis, 'gate_refuses')).toMatchObject({
      refusal: { reason: 'insufficient_credits', requested: '80', available: '60' },
      waitingTask: { id: 'later', name: 'Report', status: 'pending', since: '2026-06-10T12:00:00.000Z' },
    });
    expect(diagnosis.workInProgress).toEqual({ running: 1, waiting: 1, goesOn: true });
    expect(diagnosis.lookedAt[0]).toMatchObject({ area: 'tasks', count: 2 });
  });

  it('A11: looks at tasks first: what failed with its error, where nothing else holds work back', async () => {
    const server = createTestServer();
    await server.account();
    for (const id of ['a', 'b', 'c', 'd']) {
      await server.post('/v1/tasks', { id, accountId: 'acme', name: id, status: 'in_progress' });
      server.clock.advance(60_000);
      await server.send('PATCH', `/v1/tasks/${id}`, {
        accountId: 'acme',
        status: 'failed',
        error: `No page ${id}`,
      });
    }
    const diagnosis = await diagnose(server);
    expect(diagnosis.status).toBe('blocked');
    const finding = find(diagnosis, 'tasks_failed');
    expect([finding.severity, finding.count]).toEqual(['blocking', 4]);
    expect(finding.tasks.map(({ error }) => error)).toEqual(['No page d', 'No page c', 'No page b']);
  });

  it('A11: warns of a day on which far more was used than on those before, with the agent that used most', async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro', timeZone: 'America/New_York' });
    for (const calls of [5, 4, 6, 5]) {
      await consume(server, search(calls));
      server.clock.advance(dayMs);
    }
    expect((await diagnose(server)).findings).toEqual([]);
    await consume(server, search(15), { agentId: 'crawler' });
    await consume(server, search(5), { agentId: 'writer' });
    const diagnosis = await diagnose(server);
    expect(diagnosis.status).toBe('at_risk');
    expect(find(diagnosis, 'usage_spike')).toEqual({
      kind: 'usage_spike',
      area: 'usage',
      severity: 'warning',
      metric: 'credits',
      label: 'credits',
      unit: { one: 'credit', other: 'credits' },
      day: '2026-06-14T04:00:00.000Z',
      used: '40',
      usual: '10',
      daysCompared: 4,
      largest: { agentId: 'crawler', sharePercent: 75 },
    });
  });

  it('A11: warns while credits are left for fewer than five runs, and tells for how many', async () => {
    const server = createTestServer();
    await server.account();
    for (let use = 0; use < 3; use++) await consume(server, search(10));
    expect(find(await diagnose(server), 'credits_low')).toMatchObject({
      available: '40',
      runsLeft: 2,
      typicalRun: { cost: '20' },
      actions: [{ kind: 'upgrade' }, { kind: 'buy_credits' }, { kind: 'wait' }],
    });
  });

  it('A11: tells of limits that refuse before those that are near, which plan helps and when they reset', async () => {
    const server = createTestServer();
    await server.account();
    await consume(server, [{ metric: 'emails', quantity: '10' }]);
    await consume(server, [{ metric: 'workflows', quantity: '9.5' }]);
    server.clock.advance(2 * dayMs);
    await consume(server, [{ metric: 'workflows', quantity: '0.1' }]);
    const { findings } = await diagnose(server);
    expect(findings).toMatchObject([
      {
        kind: 'gate_refuses',
        area: 'billing',
        refusal: { reason: 'plan_limit_reached', metric: 'emails', limit: '10', used: '10' },
      },
      {
        kind: 'limit_near',
        metric: 'workflows',
        severity: 'note',
        used: '9.6',
        limit: '11',
        percent: 87.2,
        actions: [{ kind: 'upgrade', allowed: true }, { kind: 'wait' }],
      },
    ]);
  });

  it('A11: reads no more of a long history than its limits say', async () => {
    const reads: { name: string; given: unknown[] }[] = [];
    const store = new Proxy(createMemoryStore(), {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          reads.push({ name: String(name), given });
          return value.apply(target, given);
        };
      },
    });
    const server = createTestServer({ store });
    await server.account();
    reads.length = 0;
    await diagnose(server);
    const pages = reads.filter(({ name }) => name.startsWith('list'));
    expect(pages.map(({ name, given }) => [name, given.at(-1)])).toEqual([
      ['listTasks', { limit: 20 }],
      ['listTasks', { limit: 20 }],
      ['listTasks', { limit: 20 }],
      ['listUsage', { limit: 50 }],
      ['listUsage', { limit: 50 }],
    ]);
    const cells = reads
      .filter(({ name }) => name === 'readCells')
      .map(({ given: [query] }) => query as CellQuery);
    expect(cells.map(({ fromDay, toDay }) => toDay - fromDay)).toEqual([8]);
  });
});

describe('a diagnosis by role', () => {
  const hidden: CatalogConfig = {
    ...smallCatalogConfig,
    views: { member: { balance: false }, manager: { balance: false } },
  };

  async function stopped(catalog: CatalogConfig = smallCatalogConfig) {
    const server = createTestServer({ catalog });
    await server.account();
    const tokens = {} as Record<Role, string>;
    for (const role of ['owner', 'manager', 'member', 'viewer'] as const)
      tokens[role] = await server.member('acme', role, { role });
    for (const memberId of ['owner', 'member']) {
      const name = `task of the ${memberId}`;
      await server.post('/v1/tasks', {
        id: memberId,
        accountId: 'acme',
        memberId,
        name,
        status: 'in_progress',
      });
      await server.send('PATCH', `/v1/tasks/${memberId}`, {
        accountId: 'acme',
        status: 'failed',
        error: name,
      });
    }
    await consume(server, [{ metric: 'emails', quantity: '10' }], { memberId: 'owner' });
    await consume(server, search(50), { memberId: 'owner' });
    return { server, tokens };
  }

  it('A11, A6: offers the owner what helps, and tells everybody else who can do it', async () => {
    const { server, tokens } = await stopped();
    const actions = async (role: Role) => {
      const { refusal, packs } = find(await diagnose(server, tokens[role]), 'gate_refuses');
      return {
        packs: packs.length,
        actions: refusal.actions.map(({ kind, allowed }) => `${kind} ${allowed}`),
      };
    };
    expect(await actions('owner')).toEqual({
      packs: 2,
      actions: ['upgrade true', 'buy_credits true', 'wait true'],
    });
    for (const role of ['manager', 'member', 'viewer'] as const)
      expect(await actions(role)).toEqual({
        packs: 0,
        actions: ['upgrade false', 'buy_credits false', 'wait true', 'ask_admin true'],
      });
  });

  it('A11, B12: shows members and viewers their own tasks only', async () => {
    const { server, tokens } = await stopped();
    const names = async (role: Role) =>
      find(await diagnose(server, tokens[role]), 'tasks_failed').tasks.map(({ name }) => name);
    expect(await names('owner')).toEqual(expect.arrayContaining(['task of the owner', 'task of the member']));
    expect(await names('member')).toEqual(['task of the member']);
    const { text, body } = await server.get<Diagnosis>(path, tokens.viewer);
    expect(text).not.toContain('task of');
    expect(body.lookedAt[0]).toEqual({ area: 'tasks', permitted: true, count: 0, severity: null });
  });

  it('A11, B12: tells whoever may not see the balance that credits are short, and no figure of them', async () => {
    const { server, tokens } = await stopped(hidden);
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const body = await diagnose(server, tokens[role]);
      const finding = find(body, 'gate_refuses');
      expect(finding).toMatchObject({ typicalRun: null, packs: [] });
      expect(finding.refusal).toMatchObject({
        reason: 'insufficient_credits',
        message: 'There are not enough credits.',
      });
      expect(JSON.stringify(finding)).not.toMatch(/\d \w*credit|"(available|requested|cost|price)":"/);
      expect(body.findings.map(({ kind }) => kind)).not.toContain('credits_low');
    }
  });

  it('A11, B12: gives a viewer percentages and no units, and names no plan to those who may not see it', async () => {
    const { server, tokens } = await stopped();
    const { text } = await server.get<Diagnosis>(path, tokens.viewer);
    expect(text).toContain('plan_limit_reached');
    expect(text).not.toMatch(/"(used|limit|available|requested|usual)":"/);
    expect(text).not.toContain('Free');
    expect((await server.get(path, tokens.member)).text).not.toContain('Free');
    expect((await server.get(path, tokens.owner)).text).toContain('Free');
  });

  it('A11: tells unusual days to those alone who see everybody’s use', async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro' });
    for (const calls of [5, 4, 6, 40]) {
      await consume(server, search(calls), { memberId: 'max' });
      server.clock.advance(dayMs);
    }
    const member = await server.member('acme', 'mia');
    const manager = await server.member('acme', 'max', { role: 'manager' });
    const kinds = async (token: string) => (await diagnose(server, token)).findings.map(({ kind }) => kind);
    expect(await kinds(manager)).toEqual(['usage_spike']);
    expect(await kinds(member)).toEqual([]);
  });

  it('A11, E4: tells no money to those who see none, of a limit on charges either', async () => {
    const pool: CatalogConfig = {
      ...smallCatalogConfig,
      pricedIn: 'money',
      metrics: [
        ...smallCatalogConfig.metrics,
        { id: 'ai_budget', label: 'AI budget', unit: { one: 'USD', other: 'USD' }, countsFrom: 'charges' },
      ],
      plans: [
        {
          id: 'free',
          name: 'Free',
          rank: 0,
          kind: 'free',
          limits: [{ metric: 'ai_budget', included: '4217', policy: 'hard' }],
        },
      ],
    };
    const server = createTestServer({ catalog: pool });
    await server.account();
    const member = await server.member('acme', 'mia');
    await consume(server, [{ tool: 'search', calls: 2_100 }]);
    const near = find(await diagnose(server, member), 'limit_near');
    expect(near).toMatchObject({ percent: 99.5, used: null, limit: null });
    await consume(server, [{ tool: 'search', calls: 8 }]);
    await consume(server, [{ model: 'swift-1' }]);
    const { text } = await server.get<Diagnosis>(path, member);
    expect(text).toContain('plan_limit_reached');
    expect(text).not.toContain('4217');
    expect((await server.get(path)).text).toContain('4217');
  });

  it('A11: is not for those who may see neither use nor tasks', async () => {
    const server = createTestServer({
      catalog: { ...smallCatalogConfig, views: { viewer: { usage: 'none', tasks: 'none' } } },
    });
    await server.account();
    const viewer = await server.member('acme', 'vic', { role: 'viewer' });
    const { status, body } = await server.get<Problem>(path, viewer);
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });

  it('C12, A11: gives a visitor the neutral answer', async () => {
    const { server } = await stopped();
    const { status, text } = await server.get(path, await server.token({ accountId: 'acme' }));
    expect(status).toBe(503);
    expect(text).not.toMatch(/credit|limit|task/);
  });
});
