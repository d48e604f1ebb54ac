import {
  createUsageKitMock,
  type MockOptions,
  type Scenario,
  type ScenarioName,
  scenarios,
} from '@usagekit/react/testing';
import { catalogTemplates } from '@usagekit/server/catalogs';
import {
  type Account,
  type Activity,
  type AutoTopUp,
  type CatalogConfig,
  type Credits,
  type Invoice,
  type Page,
  paths,
  type Subscription,
  type Summary,
  type Task,
  type Usage,
  type UsageHistory,
} from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const open = async (scenario: ScenarioName) => {
  const mock = createUsageKitMock({ scenario, afterEach: onTestFinished });
  const client = mock.client();
  const usage = await client.usage('acme');
  const levels = Object.fromEntries(
    usage.groups.flatMap(({ meters }) => meters.map(({ metric, level }) => [metric, level])),
  );
  return {
    mock,
    client,
    usage,
    levels,
    credits: await client.credits('acme'),
    summary: await client.summary('acme'),
  };
};

const names = Object.keys(scenarios) as ScenarioName[];

describe('a scenario', () => {
  it.each(names)('F8: %s keeps every invariant of the ledger', async (scenario) => {
    const mock = createUsageKitMock({ scenario, afterEach: onTestFinished });
    await expect(mock.assertInvariants()).resolves.toBeUndefined();
  });

  it('fresh has its whole allowance and no use', async () => {
    const { credits, summary } = await open('fresh');
    expect(credits).toMatchObject({ available: '1000', spentThisCycle: '0' });
    expect(summary).toMatchObject({ level: 'ok', blocked: null });
  });

  it('healthy has used 620 of 1,000 credits over twelve days, with no meter near its limit', async () => {
    const { credits, levels, usage, client } = await open('healthy');
    expect(credits).toMatchObject({ available: '380', held: '0', spentThisCycle: '620' });
    expect(credits.pace).not.toBeNull();
    expect(usage.cycle.startsAt).toBe('2026-11-08T12:00:00.000Z');
    expect(levels).toMatchObject({
      contacts: 'ok',
      storage: 'ok',
      emails: 'ok',
      ai_tokens: 'observed',
      api_calls: 'unlimited',
    });
    const tasks = await client.tasks('acme', { limit: 100 });
    expect(new Set(tasks.items.map(({ status }) => status))).toEqual(
      new Set(['completed', 'failed', 'cancelled']),
    );
  });

  it('E10: nearLimit has meters at every step', async () => {
    const { credits, levels, summary } = await open('nearLimit');
    expect(credits.available).toBe('80');
    expect(summary.level).toBe('over');
    expect(levels).toMatchObject({
      enrichments: 'warning',
      emails: 'high',
      storage: 'over',
      contacts: 'over',
    });
  });

  it('F1: outOfCredits keeps a drained balance visible, with the day on which it comes again', async () => {
    const { credits, summary } = await open('outOfCredits');
    expect(credits).toMatchObject({
      available: '0',
      nextReset: { amount: '1000', at: '2026-12-08T12:00:00.000Z' },
    });
    expect(summary.blocked).toMatchObject({ reason: 'insufficient_credits' });
    expect(summary.creditsIncluded).toBe('1000');
  });

  it('F3: taskRunning holds credits for a task, apart from what is available', async () => {
    const { credits, client } = await open('taskRunning');
    expect(credits).toMatchObject({ available: '320', held: '45' });
    const { items } = await client.tasks('acme', { status: 'in_progress' });
    expect(items).toMatchObject([{ name: 'Compare twelve vendors', estimate: '60', cost: '15', held: '45' }]);
  });

  it('D10: freeAtLimit offers to upgrade', async () => {
    const { mock, credits, levels, summary } = await open('freeAtLimit');
    expect(credits.available).toBe('0');
    expect(levels).toMatchObject({ emails: 'over' });
    expect(summary.blocked?.actions.map(({ kind }) => kind)).toContain('upgrade');
    await expect(mock.account().consume('emails', 1)).rejects.toMatchObject({
      problem: { code: 'plan_limit_reached' },
    });
  });
});

/** What the host's backend sees, which no fault of a scenario keeps from it. */
async function stateOf(scenario: MockOptions['scenario'], options: Omit<MockOptions, 'scenario'> = {}) {
  const mock = createUsageKitMock({ ...options, ...(scenario && { scenario }), afterEach: onTestFinished });
  const get = <Answer>(path: string) => mock.backend.send<Answer>('GET', path);
  const usage = await get<Usage>(paths.usage('acme'));
  return {
    mock,
    meters: usage.groups.flatMap(({ meters }) => meters),
    windows: usage.windows,
    summary: await get<Summary>(paths.summary('acme')),
    credits: await get<Credits>(paths.credits('acme')),
    subscription: await get<Subscription>(paths.subscription('acme')),
    invoices: (await get<Page<Invoice>>(paths.invoices('acme'))).items,
    tasks: (await get<Page<Task>>(`${paths.tasks}?accountId=acme&limit=200`)).items,
    activity: (await get<Page<Activity>>(paths.activity('acme'))).items,
  };
}

type State = Awaited<ReturnType<typeof stateOf>>;

/** What each state is known by. */
const proofs: Partial<Record<ScenarioName, (state: State) => unknown>> = {
  trialActive: ({ subscription }) => {
    expect(subscription).toMatchObject({ status: 'trial', trialEndsAt: '2026-11-29T12:00:00.000Z' });
  },
  trialEndingSoon: ({ subscription }) => {
    expect(subscription).toMatchObject({ status: 'trial', trialEndsAt: '2026-11-21T12:00:00.000Z' });
  },
  trialExpired: ({ subscription, summary }) => {
    expect(subscription).toMatchObject({ status: 'paused', pausedFor: 'trial_over' });
    expect(summary.blocked?.reason).toBe('metric_paused');
  },
  lowCredits: ({ credits }) => {
    expect(credits.available).toBe('100');
    expect(credits.grants.length).toBeGreaterThan(1);
  },
  lastCredit: async ({ mock, credits }) => {
    expect(credits.available).toBe('1');
    await mock.account().spend(1);
    await expect(mock.account().spend(1)).rejects.toMatchObject({
      problem: { code: 'insufficient_credits' },
    });
  },
  creditsExpiring: ({ credits }) => {
    expect(credits.nextToExpire).toMatchObject({ expiresAt: '2026-11-21T08:00:00.000Z' });
    expect(credits.grants.length).toBeGreaterThanOrEqual(3);
  },
  softCapOverage: ({ meters }) => {
    expect(meters.find(({ policy }) => policy === 'soft')).toMatchObject({ percent: 104, level: 'over' });
  },
  hardCap: async ({ mock, meters }) => {
    const full = meters.find(({ policy, kind }) => policy === 'hard' && kind === 'counter');
    expect(full).toMatchObject({ percent: 100 });
    await expect(mock.account().consume(full?.metric ?? '', 1)).rejects.toMatchObject({
      problem: { code: 'plan_limit_reached' },
    });
  },
  overage: async ({ mock, meters }) => {
    const over = meters.find(({ policy }) => policy === 'overage');
    expect(over?.percent).toBeGreaterThan(100);
    await expect(mock.account().consume(over?.metric ?? '', 1)).resolves.toBeDefined();
  },
  pastDue: ({ subscription, invoices }) => {
    expect(subscription.status).toBe('past_due');
    expect(invoices.map(({ status }) => status)).toContain('past_due');
  },
  invoicesPastDue: ({ invoices }) => {
    expect(invoices.filter(({ status }) => status === 'past_due').length).toBeGreaterThanOrEqual(2);
  },
  paused: ({ subscription }) => {
    expect(subscription).toMatchObject({ status: 'paused', pausedFor: 'retries_exhausted' });
  },
  cancelScheduled: ({ subscription }) => {
    expect(subscription).toMatchObject({ status: 'active', scheduled: { kind: 'cancel' } });
  },
  downgradeScheduled: ({ subscription }) => {
    expect(subscription).toMatchObject({ status: 'active', scheduled: { kind: 'change', planId: 'free' } });
  },
  allocationReached: async ({ mock, meters }) => {
    const metric = meters.find(({ policy, kind }) => policy === 'hard' && kind === 'counter')?.metric ?? '';
    await expect(mock.account().consume(metric, 1, { memberId: 'member' })).rejects.toMatchObject({
      problem: { code: 'allocation_exhausted' },
    });
    await expect(mock.account().consume(metric, 1, { memberId: 'owner' })).resolves.toBeDefined();
  },
  sharedPool: ({ credits, tasks }) => {
    expect(credits.available).toBe('250');
    expect(new Set(tasks.map(({ memberId }) => memberId)).size).toBeGreaterThan(1);
  },
  unlimited: ({ meters }) => {
    expect(meters.every(({ included }) => included === null)).toBe(true);
    expect(meters.some(({ used }) => Number(used) >= 12_000)).toBe(true);
  },
  rateLimited: async ({ mock }) => {
    await expect(mock.account().runTask('One more', { status: 'in_progress' })).rejects.toMatchObject({
      status: 429,
    });
  },
  windowReached: async ({ mock, windows }) => {
    expect(windows?.some(({ level }) => level === 'over')).toBe(true);
    const { metric = '' } = windows?.find(({ level }) => level === 'over') ?? {};
    await expect(mock.account().consume(metric, 1)).rejects.toMatchObject({
      problem: { code: 'window_limit_reached' },
    });
    await mock.clock.advance({ hours: 4, seconds: 1 });
    await expect(mock.account().consume(metric, 1)).resolves.toBeDefined();
  },
  topUpFailed: async ({ mock }) => {
    const topUp = await mock.backend.send<AutoTopUp>('GET', paths.autoTopUp('acme'));
    expect(topUp).toMatchObject({ status: 'failed', enabled: true });
    expect(topUp.failure).not.toBeNull();
  },
  resetInSeconds: async ({ mock, credits }) => {
    expect(credits.nextReset?.at ?? '2026-11-20T12:00:10.000Z').toBe('2026-11-20T12:00:10.000Z');
    await mock.clock.advance('11s');
    const usage = await mock.backend.send<Usage>('GET', paths.usage('acme'));
    expect(usage.cycle.startsAt).toBe('2026-11-20T12:00:10.000Z');
  },
  manyTasks: ({ tasks }) => {
    expect(tasks.length).toBeGreaterThan(100);
    expect(new Set(tasks.map(({ status }) => status)).size).toBe(5);
  },
  sixMonths: async ({ mock }) => {
    const history = await mock.backend.send<UsageHistory>('GET', paths.usageHistory('acme'));
    const usedMonths = history.metrics.map(
      ({ values }) => values.filter((value) => Number(value) > 0).length,
    );
    expect(history.months).toHaveLength(6);
    expect(Math.max(...usedMonths)).toBeGreaterThanOrEqual(5);
  },
  hugeNumbers: ({ credits, meters }) => {
    expect(Number(credits.available)).toBeGreaterThan(1_000_000_000);
    expect(meters.some(({ used }) => Number(used) > 100_000_000)).toBe(true);
  },
  longNames: ({ tasks, subscription }) => {
    expect(tasks.some(({ name }) => name.length > 80)).toBe(true);
    expect(subscription.planName.length).toBeGreaterThan(40);
  },
  rtlNames: ({ tasks, subscription }) => {
    expect(tasks.some(({ name }) => /\p{Script=Arabic}/u.test(name))).toBe(true);
    expect(subscription.planName).toMatch(/\p{Script=Arabic}/u);
  },
  stale: async ({ mock }) => {
    const client = mock.client();
    await expect(client.summary('acme')).resolves.toBeDefined();
    await expect(client.usage('acme')).resolves.toBeDefined();
    await expect(client.usage('acme')).rejects.toMatchObject({ code: 'unavailable' });
  },
  offline: async ({ mock }) => {
    await expect(mock.client().credits('acme')).rejects.toMatchObject({ code: 'network_error' });
  },
};

const provedNames = Object.keys(proofs) as ScenarioName[];

describe.each([['the default catalog', undefined], ...Object.entries(catalogTemplates)] as const)(
  'F27: on %s',
  (_, catalog: CatalogConfig | undefined) => {
    it.each(provedNames)('%s is what it says', async (scenario) => {
      // Credits that are priced in money have no round figures to be left with.
      const isOfCredits = /Credit|sharedPool/.test(scenario);
      if (isOfCredits && catalog !== undefined) {
        const { mock } = await stateOf(scenario, { catalog });
        await expect(mock.assertInvariants()).resolves.toBeUndefined();
        return;
      }
      await proofs[scenario]?.(await stateOf(scenario, catalog === undefined ? {} : { catalog }));
    });

    it('outOfCredits leaves nothing', async () => {
      const { credits } = await stateOf('outOfCredits', catalog === undefined ? {} : { catalog });
      expect(credits.available).toBe('0');
    });
  },
);

describe('F27: composed with another one', () => {
  const catalogs = [undefined, ...Object.values(catalogTemplates)];
  it.each(names.map((name, index) => ({ name, catalog: catalogs[index % catalogs.length] })))(
    '$name goes on, on any catalog',
    async ({ name, catalog }) => {
      const { mock } = await stateOf([name, 'creditsExpiring'], catalog === undefined ? {} : { catalog });
      const { items: entries } = await mock.backend.ledgerPage('acme', undefined);
      const granted = entries.filter(({ kind }) => kind === 'grant').map(({ description }) => description);
      expect(granted).toEqual(expect.arrayContaining(['Launch', 'Outage']));
      await expect(mock.assertInvariants()).resolves.toBeUndefined();
    },
  );
});

describe('F27: a scenario', () => {
  it('has a history of tasks that took time, activity and several grants', async () => {
    for (const scenario of names) {
      const { mock, tasks, activity, credits } = await stateOf(scenario);
      if (['fresh', 'freeAtLimit'].includes(scenario)) continue;
      const ended = tasks.filter(({ startedAt, endedAt }) => startedAt !== null && endedAt !== null);
      expect(ended.length, scenario).toBeGreaterThan(2);
      expect(
        ended.some(
          ({ startedAt, endedAt }) => Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '') > 30_000,
        ),
        scenario,
      ).toBe(true);
      expect(activity.length, scenario).toBeGreaterThan(0);
      // The plain ones have the plan's grant alone, so that their figures are the plan's.
      if (['healthy', 'nearLimit', 'taskRunning'].includes(scenario)) continue;
      const { items: entries } = await mock.backend.ledgerPage('acme', undefined);
      const granted = entries.filter(({ kind }) => kind === 'grant');
      expect(granted.length, scenario).toBeGreaterThan(1);
      if (Number(credits.available) > 1) expect(credits.grants.length, scenario).toBeGreaterThan(1);
    }
  });

  it('can be a function, and go on from another one', async () => {
    const busy: Scenario = (plan) => {
      scenarios.healthy(plan);
      plan.account({ name: 'Busy' });
      plan.at({ days: 1 }, ({ account }) => account.consume('emails', 3_000));
      plan.finally(({ account }) => account.spendDownTo(5));
    };
    const { mock, credits, meters } = await stateOf(busy);
    expect(credits.available).toBe('5');
    expect(meters.find(({ metric }) => metric === 'emails')?.used).toBe('3000');
    expect((await mock.backend.send<Account>('GET', paths.account('acme'))).name).toBe('Busy');
  });

  it('can be several by name', async () => {
    const { subscription, meters } = await stateOf(['hardCap', 'cancelScheduled']);
    expect(subscription.scheduled).toMatchObject({ kind: 'cancel' });
    expect(meters.find(({ metric }) => metric === 'emails')).toMatchObject({ percent: 100 });
  });

  it.each(['fresh', 'healthy', 'sharedPool', 'trialActive', 'longNames'] as const)(
    'has a member of each role where the plans have no seats of a kind, in %s',
    async (scenario) => {
      const { crm } = catalogTemplates;
      const plans = crm.plans.map((plan) => ({ ...plan, seats: { power: { included: 1 } } }));
      const { mock } = await stateOf(scenario, { catalog: { ...crm, plans } });
      for (const role of ['owner', 'viewer'] as const)
        await expect(mock.tokenFor({ role })).resolves.toHaveProperty('token');
    },
  );

  it('tells what its own script was refused', async () => {
    const log = vi.fn();
    const scenario: Scenario = (plan) => plan.finally(({ account }) => account.spend(5_000));
    const mock = createUsageKitMock({ scenario, log });
    onTestFinished(() => mock.close());
    await expect(mock.ready).rejects.toThrow('402 insufficient_credits');
    await expect(mock.fetch('/v1/accounts/acme/credits')).rejects.toThrow('402 insufficient_credits');
    expect(log).toHaveBeenCalledExactlyOnceWith(
      'The scenario could not be set up',
      expect.objectContaining({ message: expect.stringContaining('402 insufficient_credits') }),
    );
  });
});
