import { createUsageKitMock, type ScenarioName, scenarios } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

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

describe('a scenario', () => {
  it.each(Object.keys(scenarios) as ScenarioName[])(
    'F8: %s keeps every invariant of the ledger',
    async (scenario) => {
      const { mock } = await open(scenario);
      await expect(mock.assertInvariants()).resolves.toBeUndefined();
    },
  );

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

  it.each(Object.keys(scenarios) as ScenarioName[])('%s is set up in under two seconds', async (scenario) => {
    const startedAtMs = performance.now();
    await open(scenario);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });
});
