import { catalogTemplates } from '@usagekit/server/catalogs';
import type {
  Activity,
  AutoTopUp,
  CatalogView,
  Credits,
  ModelList,
  Page,
  RouteAnswer,
  Task,
  UsageHistory,
  UsageSeries,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { of, productOf } from './product.ts';

const { credits: catalog } = catalogTemplates;
const startsAt = '2026-05-31T09:00:00.000Z';
const request = (model: string) => [{ model }];

describe('the workspace with AI credits, as its page says', () => {
  it("C1, C13: debits a request at its model's price, and nothing for an action that costs nothing", async () => {
    const acme = await productOf(catalog, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    const available = async () =>
      (await acme.server.get<Credits>('/v1/accounts/acme/credits', owner)).body.available;
    await acme.gate(request('sonata-4'), { source: 'agent', agentId: 'writer' });
    await acme.gate(request('feather-2'), { source: 'automation' });
    expect(await available()).toBe('10385');
    await acme.gate([of('app_clones', 1)]);
    expect(await available()).toBe('10385');
  });

  it("C2: routes within the plan's tier, and lets everybody choose by hand", async () => {
    const routed = async (planId: string) => {
      const acme = await productOf(catalog, { startsAt, planId });
      const answer = await acme.server.post<RouteAnswer>('/v1/route', { accountId: 'acme', complexity: 3 });
      expect(await acme.gate(request('sonata-4'))).toBe('allowed');
      return answer.status === 200 ? answer.body.model : answer.status;
    };
    expect(await routed('business')).toBe('opus-4');
    expect(await routed('pro')).not.toBe('opus-4');
  });

  it('C3: gives everyone a baseline once, and sells packs on Free', async () => {
    const acme = await productOf(catalog, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    for (const at of ['2026-06-30T09:00:00.000Z', '2026-07-31T09:00:00.000Z', '2026-08-31T09:00:00.000Z']) {
      const { body } = await acme.server.get<Credits>('/v1/accounts/acme/credits', owner);
      expect(body.available).toBe('500');
      await acme.moveTo(at);
    }
    await acme.enterCard('succeeds', owner);
    const bought = await acme.server.post('/v1/accounts/acme/credit-packs/p5000/purchase', undefined, {
      token: owner,
    });
    expect(bought.status).toBe(201);
  });

  it('C4, C6: resets monthly credits with each cycle, and never what was bought', async () => {
    const acme = await productOf(catalog, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.server.post('/v1/accounts/acme/credit-packs/p5000/purchase', undefined, { token: owner });
    for (const at of ['2026-06-30T09:00:00.000Z', '2026-07-31T09:00:00.000Z', '2026-08-31T09:00:00.000Z']) {
      for (let calls = 0; calls < 10; calls++) await acme.gate(request('opus-4'));
      await acme.moveTo(at);
      const { body } = await acme.server.get<Credits>('/v1/accounts/acme/credits', owner);
      // 10,000 of the plan, 500 of the baseline and 5,500 that were bought.
      expect(body.available).toBe('16000');
      expect(body.grants.find(({ source }) => source === 'purchase')?.expiresAt).toBeNull();
    }
    const log = await acme.server.get<Page<Activity>>('/v1/accounts/acme/activity', owner);
    expect(log.body.items.map(({ kind }) => kind)).toContain('credits_purchased');
  });

  it('C5: lets a task that has begun go on with short credits, up to what Max states', async () => {
    const acme = await productOf(catalog, { startsAt, planId: 'max' });
    await acme.server.post('/v1/accounts/acme/adjustments', { amount: '-150400', reason: 'For this test' });
    const task = { id: 'burst', accountId: 'acme', name: 'Generation', status: 'in_progress' };
    expect((await acme.server.post('/v1/tasks', task)).status).toBe(201);
    const charge = async () =>
      (
        await acme.server.send(
          'PATCH',
          '/v1/tasks/burst',
          { accountId: 'acme', items: request('opus-4') },
          { key: `c${Math.random()}` },
        )
      ).status;
    // 100 are left: one request brings the debt to 450, and the fourth would pass 2,000.
    expect([await charge(), await charge(), await charge(), await charge()]).toEqual([200, 200, 200, 402]);
  });

  it("C9: tells each model's cost before it is chosen, the cheapest marked", async () => {
    const acme = await productOf(catalog, { startsAt });
    const member = await acme.member('max');
    const { items } = (await acme.server.get<ModelList>('/v1/models', member)).body;
    expect(
      items.map(({ label, perRequest, cheapest }) => `${label} ${perRequest}${cheapest ? ' cheapest' : ''}`),
    ).toEqual(['Feather 2 5 cheapest', 'Sonata 4 110', 'Opus 4 550']);
  });

  it('C11, C12: is out of credits by a clean error with ways on, and says nothing of it to a visitor', async () => {
    const acme = await productOf(catalog, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    const refused = await acme.refusal(request('opus-4'));
    expect(refused).toMatchObject({ status: 402, code: 'insufficient_credits' });
    const check = { accountId: 'acme', items: request('opus-4') };
    const asked = await acme.server.post<{ refusal: { actions: { kind: string }[] } }>('/v1/check', check, {
      token: owner,
    });
    expect(asked.body.refusal.actions.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['upgrade', 'buy_credits']),
    );
    const visitor = await acme.server.token({ accountId: 'acme' });
    expect((await acme.server.post('/v1/check', check, { token: visitor })).status).toBe(503);
  });

  it('C6: sells bigger packs with bigger bonuses, which end on Free alone', async () => {
    const packs = async (planId: string) => {
      const acme = await productOf(catalog, { startsAt, planId });
      const owner = await acme.member('olga', { role: 'owner' });
      return (await acme.server.get<CatalogView>('/v1/catalog', owner)).body.creditPacks;
    };
    expect((await packs('free')).map(({ bonus, expiresAfterDays }) => [bonus, expiresAfterDays])).toEqual([
      ['0', 365],
      ['500', 365],
      ['5000', 365],
    ]);
    expect((await packs('pro')).map(({ expiresAfterDays }) => expiresAfterDays)).toEqual([null, null, null]);
  });

  it('C7: logs each purchase of a pack, with who bought it', async () => {
    const acme = await productOf(catalog, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    for (const at of ['2026-06-30T09:00:00.000Z', '2026-07-31T09:00:00.000Z', '2026-08-31T09:00:00.000Z']) {
      const path = '/v1/accounts/acme/credit-packs/p5000/purchase';
      expect((await acme.server.post(path, undefined, { token: owner })).status).toBe(201);
      await acme.moveTo(at);
    }
    const { items } = await acme.read<Page<Activity>>('activity', owner);
    const bought = items.filter(({ kind }) => kind === 'credits_purchased');
    expect(bought.map(({ memberId, at }) => `${memberId} ${at.slice(0, 10)}`)).toEqual([
      'olga 2026-07-31',
      'olga 2026-06-30',
      'olga 2026-05-31',
    ]);
  });

  it('C8: tops up below the threshold once in each cycle, on Free too, only with a confirmed method', async () => {
    const acme = await productOf(catalog, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    const settings = { enabled: true, threshold: '200', packId: 'p5000' };
    const path = '/v1/accounts/acme/auto-top-up';
    expect((await acme.server.put(path, settings, { token: owner })).status).toBe(409);
    await acme.enterCard('succeeds', owner);
    expect((await acme.server.put(path, settings, { token: owner })).status).toBe(200);
    for (const at of ['2026-06-30T09:00:00.000Z', '2026-07-31T09:00:00.000Z', '2026-08-31T09:00:00.000Z']) {
      const before = Number((await acme.read<Credits>('credits', owner)).available);
      await acme.server.post('/v1/accounts/acme/adjustments', {
        amount: `-${before - 400}`,
        reason: 'To come near the threshold',
      });
      // Sixty requests cross the threshold together.
      await Promise.all(Array.from({ length: 60 }, () => acme.gate(request('feather-2'))));
      await acme.server.app.tick();
      expect(await acme.read<AutoTopUp>('auto-top-up', owner)).toMatchObject({
        chargesThisCycle: 1,
        creditsThisCycle: '5500',
        price: { currency: 'USD' },
      });
      await acme.moveTo(at);
      expect(await acme.read<AutoTopUp>('auto-top-up', owner)).toMatchObject({ chargesThisCycle: 0 });
    }
  });

  it('C10: tells the consumption of each cycle, by agent, and the credits of each run', async () => {
    const acme = await productOf(catalog, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    for (const [cycle, at] of [
      '2026-06-30T09:00:00.000Z',
      '2026-07-31T09:00:00.000Z',
      '2026-08-31T09:00:00.000Z',
    ].entries()) {
      const id = `run-${cycle}`;
      const task = { id, accountId: 'acme', name: 'Report', agentId: 'writer', status: 'in_progress' };
      expect((await acme.server.post('/v1/tasks', task)).status).toBe(201);
      await acme.server.send(
        'PATCH',
        `/v1/tasks/${id}`,
        { accountId: 'acme', items: request('sonata-4') },
        { key: id },
      );
      for (let runs = 0; runs < cycle; runs++) await acme.gate(request('opus-4'), { agentId: 'clerk' });
      const series = await acme.read<UsageSeries>('usage/series?metric=credits&groupBy=agent', owner);
      expect(series.groups.map(({ value, total }) => `${value} ${total}`).sort()).toEqual([
        ...(cycle > 0 ? [`clerk ${cycle * 550}`] : []),
        'writer 110',
      ]);
      expect((await acme.server.get<Task>(`/v1/tasks/${id}`, owner)).body.cost).toBe('110');
      await acme.moveTo(at);
    }
    const history = await acme.read<UsageHistory>('usage/history', owner);
    expect(history.metrics.find(({ metric }) => metric === 'requests')?.values.slice(-4)).toEqual([
      '1',
      '2',
      '3',
      '0',
    ]);
  });

  it('C14: takes back and gives credits case by case, with a reason in ledger and log', async () => {
    const acme = await productOf(catalog, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    const adjust = (amount: string, reason: string) =>
      acme.server.post('/v1/accounts/acme/adjustments', { amount, reason });
    expect((await adjust('110', 'A request that failed')).status).toBe(201);
    expect((await adjust('-10', 'Counted twice')).status).toBe(201);
    expect((await acme.read<Credits>('credits', owner)).available).toBe('10600');
    expect((await acme.read<Credits>('credits', owner)).supportUrl).toBe(catalog.links?.support);
    const { items } = await acme.read<Page<Activity>>('activity', owner);
    const adjusted = items.filter(({ kind }) => kind === 'credits_adjusted');
    expect(adjusted.map(({ reason }) => reason).sort()).toEqual(['A request that failed', 'Counted twice']);
    const forbidden = { amount: '5', reason: 'Mine' };
    const path = '/v1/accounts/acme/adjustments';
    expect((await acme.server.post(path, forbidden, { token: owner })).status).toBe(403);
  });
});
