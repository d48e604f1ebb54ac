import type { Credits, Summary, Usage, UsageSeries } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const hourMs = 3_600_000;
const limits = [{ metric: 'runs', included: '100', policy: 'hard' as const }];

/** An account that used 10 runs and then moved up, in a cycle of its own. */
async function upgraded(upgrade: object) {
  const server = createTestServer({
    catalog: {
      ...plansCatalogConfig,
      upgrade,
      categories: [{ id: 'chat', label: 'Chat' }],
      tools: [{ id: 'search', label: 'Search', prices: [{ amount: '1' }] }],
      plans: [
        ...plansCatalogConfig.plans,
        paidPlan('small', 5, { price: { month: usd('30') }, monthlyCredits: '100', limits }),
        paidPlan('large', 6, { price: { month: usd('60') }, monthlyCredits: '200', limits }),
      ],
    },
  });
  const startsAt = new Date(server.clock.nowMs()).toISOString();
  await server.account('acme', { planId: 'small' });
  await server.member('acme', 'ada', { role: 'member', allocations: { runs: '50' } });
  server.clock.advance(30 * hourMs);
  const use = () =>
    server.post('/v1/consume', {
      accountId: 'acme',
      memberId: 'ada',
      category: 'chat',
      items: [
        { metric: 'runs', quantity: '10' },
        { tool: 'search', calls: 5 },
      ],
    });
  await use();
  server.clock.advance(100 * hourMs);
  const changedAt = new Date(server.clock.nowMs()).toISOString();
  await server.post('/v1/accounts/acme/subscription/change', { planId: 'large' });
  const read = async () => {
    const get = async <Answer>(path: string) => (await server.get<Answer>(`/v1/accounts/acme/${path}`)).body;
    const usage = await get<Usage>('usage');
    const credits = await get<Credits>('credits');
    const summary = await get<Summary>('summary');
    const ofRuns = await get<UsageSeries>('usage/series?metric=runs');
    const ofMembers = await get<UsageSeries>('usage/series?metric=runs&groupBy=member');
    const ofCredits = await get<UsageSeries>('usage/series?metric=credits&interval=hour');
    // Tokens last minutes, and days pass here.
    const token = await server.token({ accountId: 'acme', memberId: 'ada' });
    const own = (await server.get<Usage>('/v1/accounts/acme/usage', token)).body;
    return {
      from: [usage.cycle.countedFrom, credits.countedFrom, summary.countedFrom],
      startsAt: usage.cycle.startsAt,
      runs: [
        usage.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'runs')?.used,
        own.myUsage.find(({ metric }) => metric === 'runs')?.used,
        ofRuns.total,
        ofMembers.groups.find(({ value }) => value === 'ada')?.total ?? '0',
      ],
      credits: [credits.spentThisCycle, usage.categories[0]?.used, ofCredits.total],
    };
  };
  return { server, use, read, startsAt, changedAt };
}

describe('the figures of a cycle after an upgrade', () => {
  it('L135, D7: are one in panel, own use, categories, credits and series where the counters went on', async () => {
    const { use, read, startsAt, changedAt } = await upgraded({ period: 'restart' });
    expect(await read()).toEqual({
      from: [startsAt, startsAt, startsAt],
      startsAt: changedAt,
      runs: ['10', '10', '10', '10'],
      credits: ['5', '5', '5'],
    });
    await use();
    expect(await read()).toMatchObject({ runs: ['20', '20', '20', '20'], credits: ['10', '10', '10'] });
  });

  it('L135, D7: are one where they started again within the cycle, and say from when', async () => {
    const { server, use, read, startsAt, changedAt } = await upgraded({
      period: 'keep',
      counters: 'restart',
    });
    server.clock.advance(1);
    await use();
    expect(await read()).toEqual({
      from: [changedAt, changedAt, changedAt],
      startsAt,
      runs: ['10', '10', '10', '10'],
      credits: ['5', '5', '5'],
    });
  });

  it('L135: say nothing of an instant of their own where they began with the cycle', async () => {
    const { read, changedAt } = await upgraded({ period: 'restart', counters: 'restart' });
    const { from, startsAt } = await read();
    expect([from, startsAt]).toEqual([[undefined, undefined, undefined], changedAt]);
  });
});
