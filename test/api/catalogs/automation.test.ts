import { catalogTemplates } from '@usagekit/server/catalogs';
import type {
  CatalogView,
  CheckAnswer,
  Credits,
  Invoice,
  Notice,
  Page,
  Problem,
  SubscriptionChange,
  UpcomingInvoice,
  UsageSeries,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { billed, of, productOf } from './product.ts';

const { automation } = catalogTemplates;
const startsAt = '2026-01-12T15:00:00.000Z';
const firsts = ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'];
const tokens = (model: string, outputTokens: number) => [{ model, outputTokens }];

describe('the automation platform, as its page says', () => {
  it("D1: begins every period on the 1st of the account's zone, after a first, shorter one", async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer', timeZone: 'America/Chicago' });
    expect(await acme.subscription()).toMatchObject({
      periodStartsAt: startsAt,
      periodEndsAt: '2026-02-01T06:00:00.000Z',
    });
    for (const [at, ends] of [
      ['2026-02-01T06:00:00.000Z', '2026-03-01T06:00:00.000Z'],
      // Clocks go forward on the 8th of March.
      ['2026-03-01T06:00:00.000Z', '2026-04-01T05:00:00.000Z'],
      ['2026-04-01T05:00:00.000Z', '2026-05-01T05:00:00.000Z'],
    ] as const) {
      await acme.moveTo(at);
      expect(await acme.subscription()).toMatchObject({ periodStartsAt: at, periodEndsAt: ends });
    }
  });

  it('D2, D12: counts hours by fractions and AI by dollars, in units', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    await acme.gate([of('compute_hours', '12.25')], { projectId: 'shop' });
    await acme.gate(tokens('sonnet', 100_000), { projectId: 'shop' });
    const { groups } = await acme.usage();
    const used = Object.fromEntries(
      groups.flatMap(({ meters }) => meters.map(({ metric, used: amount }) => [metric, amount])),
    );
    expect(used).toMatchObject({ compute_hours: '12.25', ai_spend: '1.5' });
  });

  it('D2, D11: tells how much of the credit is used where the credit pays, and nothing where an allowance does', async () => {
    const eligible = await productOf(automation, { startsAt, signUpCreditEligible: true });
    await eligible.gate(tokens('sonnet', 100_000));
    expect((await eligible.usage()).budget).toMatchObject({ percent: 30, level: 'ok' });
    const paying = await productOf(automation, { startsAt, planId: 'developer' });
    await paying.gate(tokens('sonnet', 100_000));
    expect((await paying.usage()).budget).toBeNull();
  });

  it("D4: takes no AI spend for requests under the account's own key, and everything else as ever", async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    const own = await acme.server.put(
      '/v1/accounts/acme/own-keys/anthropic',
      { label: 'Ours', lastFour: 'abcd' },
      { token: owner },
    );
    expect(own.status).toBe(200);
    await acme.gate([...tokens('sonnet', 1_000_000), of('compute_hours', 1)]);
    await acme.gate(tokens('mini', 1_000_000));
    const meters = (await acme.usage()).groups.flatMap(({ meters: each }) => each);
    expect(meters.find(({ metric }) => metric === 'ai_spend')?.used).toBe('1.6');
    expect(meters.find(({ metric }) => metric === 'compute_hours')?.used).toBe('1');
  });

  it("D4: needs Anthropic's key for its own agent: another's leaves that on the platform's billing, and the check says so", async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    const key = (provider: string) => `/v1/accounts/acme/own-keys/${provider}`;
    const put = (provider: string) =>
      acme.server.put(key(provider), { label: 'Ours', lastFour: 'abcd' }, { token: owner });
    const agentRun = { items: tokens('sonnet', 100_000), agentId: 'builder' };
    const spent = async () =>
      (await acme.usage()).groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'ai_spend')
        ?.used;
    const checked = async () => {
      const { body } = await acme.server.post<CheckAnswer>('/v1/check', { accountId: 'acme', ...agentRun });
      return body.cost.lineItems.map(({ ownKey, otherKey }) => ({ ownKey, otherKey }));
    };
    const run = () => acme.gate(agentRun.items, { agentId: agentRun.agentId });
    const cycles = ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'];

    expect(await checked()).toEqual([{}]);
    await put('openai');
    expect(await checked()).toEqual([{ otherKey: true }]);
    expect(await run()).toBe('allowed');
    expect(await spent()).toBe('1.5');
    await put('anthropic');
    expect(await checked()).toEqual([{ ownKey: true }]);
    for (const at of cycles) {
      await acme.moveTo(at);
      expect(await run()).toBe('allowed');
      expect(await spent()).toBe('0');
    }
    // Without it the requests of the agent fall back to the platform.
    await acme.server.send('DELETE', key('anthropic'), undefined, { token: owner });
    expect(await run()).toBe('allowed');
    expect(await spent()).toBe('1.5');
  });

  it('D5: blocks a metric at the limit that the account set, until the next cycle', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    expect(await acme.gate([of('captcha_solves', 150)])).toBe('allowed');
    await acme.change('PUT', 'limits/captcha_solves', { limit: '160' }, owner);
    expect(await acme.gate([of('captcha_solves', 10)])).toBe('allowed');
    const refused = await acme.refusal([of('captcha_solves', 1)]);
    expect(refused).toMatchObject({
      status: 429,
      code: 'account_limit_reached',
      refusal: { resetsAt: '2026-02-01T00:00:00.000Z' },
    });
    expect(await acme.gate([of('job_runs', 1)])).toBe('allowed');
    for (const at of ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']) {
      await acme.moveTo(at);
      expect(await acme.gate([of('captcha_solves', 160)])).toBe('allowed');
      expect(await acme.gate([of('captcha_solves', 1)])).toBe('account_limit_reached');
    }
  });

  it('D7, D8: upgrades at once by its days, and goes down to Free with the next 1st, which is cancelling', async () => {
    const acme = await productOf(automation, { startsAt: '2026-04-01T00:00:00.000Z', planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.gate([of('captcha_solves', 300)]);
    await acme.moveTo('2026-04-16T00:00:00.000Z');
    const up = await acme.change('POST', 'subscription/change', { planId: 'startup' }, owner);
    // 200 solves beyond 100, and 15 of 30 days of each plan.
    expect(up.change.lines.map(({ label, amount }) => `${label} ${amount.amount}`)).toEqual([
      'CAPTCHA solves 2',
      'Developer -20',
      'Startup 100',
    ]);
    const cancelled = await acme.change('POST', 'subscription/cancel', undefined, owner);
    expect(cancelled.subscription.scheduled).toMatchObject({
      kind: 'change',
      planId: 'free',
      at: '2026-05-01T00:00:00.000Z',
    });
    expect(await acme.gate([of('captcha_solves', 500)])).toBe('allowed');
    await acme.moveTo('2026-05-01T00:00:00.000Z');
    expect((await acme.subscription(owner)).planId).toBe('free');
    expect(await acme.gate([of('captcha_solves', 11)])).toBe('plan_limit_reached');
  });

  it.each([
    ['the first day', '2026-04-01T06:00:00.000Z', ['Developer -40', 'Startup 200']],
    ['the middle', '2026-04-16T12:00:00.000Z', ['Developer -20', 'Startup 100']],
    ['the last day', '2026-04-30T23:00:00.000Z', ['Developer -1.33', 'Startup 6.67']],
  ])(
    'D7: on %s gives back the unused old plan, charges the rest of the new one and the overage to that date, which no later invoice bills',
    async (_day, at, prorated) => {
      const acme = await productOf(automation, { startsAt: '2026-04-01T00:00:00.000Z', planId: 'developer' });
      const owner = await acme.member('olga', { role: 'owner' });
      await acme.enterCard('succeeds', owner);
      await acme.moveTo(at);
      await acme.gate([of('captcha_solves', 300)]);
      const preview = await acme.server.post<SubscriptionChange>(
        '/v1/accounts/acme/subscription/preview',
        { kind: 'change_plan', planId: 'startup' },
        { token: owner },
      );
      const up = await acme.change('POST', 'subscription/change', { planId: 'startup' }, owner);
      expect(up.change).toEqual(preview.body);
      expect(up.change.lines.map(({ label, amount }) => `${label} ${amount.amount}`)).toEqual([
        'CAPTCHA solves 2',
        ...prorated,
      ]);
      // Counters go on, but the 200 that are billed leave the new plan's 1,000 whole: 50 lie beyond them.
      expect(await acme.gate([of('captcha_solves', 950)])).toBe('allowed');
      for (const first of [
        '2026-05-01T00:00:00.000Z',
        '2026-06-01T00:00:00.000Z',
        '2026-07-01T00:00:00.000Z',
      ])
        await acme.moveTo(first);
      const invoices = await billed(acme);
      expect(invoices.slice(-3)).toEqual([
        ['2026-05-01', ['overage CAPTCHA solves 0.4', 'plan_fee Startup 200']],
        ['2026-06-01', ['plan_fee Startup 200']],
        ['2026-07-01', ['plan_fee Startup 200']],
      ]);
      const solves = invoices.flatMap(([, lines]) => lines).filter((line) => line.includes('CAPTCHA'));
      expect(solves).toEqual(['overage CAPTCHA solves 2', 'overage CAPTCHA solves 0.4']);
    },
  );

  it('D10: has hard limits and no overage on Free, and offers to upgrade', async () => {
    const acme = await productOf(automation, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    expect(await acme.gate([of('job_runs', 100)])).toBe('allowed');
    const check = { accountId: 'acme', items: [of('job_runs', 1)] };
    const asked = await acme.server.post<{ refusal: { reason: string; actions: { kind: string }[] } }>(
      '/v1/check',
      check,
      { token: owner },
    );
    expect(asked.body.refusal).toMatchObject({ reason: 'plan_limit_reached' });
    expect(asked.body.refusal.actions.map(({ kind }) => kind)).toContain('upgrade');
    expect((await acme.server.get('/v1/accounts/acme/invoices')).body).toMatchObject({ items: [] });
  });

  it('D11: gives five dollars for AI once to an eligible account, and leads others to their own key', async () => {
    const eligible = await productOf(automation, { startsAt, signUpCreditEligible: true });
    expect(await eligible.gate(tokens('haiku', 900_000))).toBe('allowed');
    for (const at of ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'])
      await eligible.moveTo(at);
    const { body } = await eligible.server.get<Credits>('/v1/accounts/acme/credits');
    expect(body.available).toBe('0.5');
    const other = await productOf(automation, { startsAt });
    const refused = await other.server.post<Problem>('/v1/consume', {
      accountId: 'acme',
      items: tokens('haiku', 1000),
    });
    expect(refused.body).toMatchObject({ code: 'insufficient_credits' });
    expect(JSON.stringify(refused.body)).toContain('add_own_key');
  });

  it('D13, D15: shows limits that are not usage, holds work to them, and warns of large machines', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const shown = await acme.subscription();
    expect(shown.capacities.map(({ label, value, choices }) => [label, value ?? choices])).toEqual([
      ['Concurrent machines', '5'],
      ['Machines per project', '3'],
      ['Data retention', '30'],
      ['Machine types', ['Standard', 'Large', 'X-Large']],
    ]);
    expect(shown.warnings).toHaveLength(1);
    const run = [of('large_hours', '0.5')];
    expect(await acme.gate(run, { needs: { machines: '5', machine_type: 'large' } })).toBe('allowed');
    expect(await acme.refusal(run, { needs: { machines: '6' } })).toMatchObject({
      status: 402,
      code: 'capacity_exceeded',
    });
    const free = await productOf(automation, { startsAt });
    expect(await free.gate([of('compute_hours', 1)], { needs: { machine_type: 'large' } })).toBe(
      'capacity_exceeded',
    );
  });

  it('D14: carries no unused allowance into the next cycle', async () => {
    const acme = await productOf(automation, { startsAt });
    for (const at of ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']) {
      await acme.moveTo(at);
      expect(await acme.gate([of('pdf_pages', 51)])).toBe('plan_limit_reached');
    }
  });

  it('D1, D3, D9: bills on the 1st the fee ahead and the overage of the month past, which is told before it comes', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    for (const [month, solves] of [100, 150, 400].entries()) {
      expect(await acme.gate([of('captcha_solves', solves)])).toBe('allowed');
      const { invoice, costs } = await acme.read<UpcomingInvoice>('invoices/upcoming', owner);
      const cost = costs.find(({ meter }) => meter.metric === 'captcha_solves');
      // A cent for each unit beyond a hundred.
      const amount = String((solves - 100) / 100);
      expect(cost).toMatchObject({
        beyond: String(solves - 100),
        rate: { amount: '0.01' },
        amount: { amount },
      });
      await acme.moveTo(firsts[month] ?? '');
      const { items } = await acme.read<Page<Invoice>>('invoices', owner);
      expect(items[0]?.total).toEqual(invoice.total);
    }
    expect((await billed(acme)).slice(1)).toEqual([
      ['2026-02-01', ['plan_fee Developer 40']],
      ['2026-03-01', ['overage CAPTCHA solves 0.5', 'plan_fee Developer 40']],
      ['2026-04-01', ['overage CAPTCHA solves 3', 'plan_fee Developer 40']],
    ]);
  });

  it('D3: tells the rate of each unit beyond the allowance in the comparison of plans', async () => {
    const acme = await productOf(automation, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    const { plans } = (await acme.server.get<CatalogView>('/v1/catalog', owner)).body;
    const rates = plans.map(({ name, limits }) => {
      const overage = limits.find(({ metric }) => metric === 'captcha_solves')?.overage;
      return `${name} ${overage?.steps[0]?.amount ?? 'none'}`;
    });
    expect(rates).toEqual(['Free none', 'Developer 0.01', 'Startup 0.008', 'Enterprise none']);
    const ofAi = plans.map(({ limits }) => limits.find(({ metric }) => metric === 'ai_spend')?.overage);
    const dollarPerDollar = { unit: 'USD', steps: [{ upTo: null, amount: '1', per: 1 }] };
    expect(ofAi[1]).toMatchObject(dollarPerDollar);
    expect(ofAi[0] ?? null).toBeNull();
  });

  it('D2: shows the days of two metrics and which projects used most, its own agent among them', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.gate([of('compute_hours', 4), of('job_runs', 10)], { projectId: 'shop' });
    await acme.gate([of('compute_hours', 6)], { projectId: 'agent' });
    const read = (metric: string) =>
      acme.read<UsageSeries>(`usage/series?metric=${metric}&groupBy=project`, owner);
    const [hours, runs] = [await read('compute_hours'), await read('job_runs')];
    expect(hours.buckets).toEqual(runs.buckets);
    expect(hours.groups.map(({ value, total }) => `${value} ${total}`)).toEqual(['agent 6', 'shop 4']);
    expect([hours.unit.other, runs.total]).toEqual(['hours', '10']);
  });

  it('D6: tells the account once a cycle that a threshold was reached', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.change('PUT', 'alerts/captcha_solves', { amounts: ['80'] }, owner);
    for (const at of firsts) {
      for (let uses = 0; uses < 4; uses++) await acme.gate([of('captcha_solves', 40)]);
      await acme.moveTo(at);
    }
    const { body } = await acme.server.get<Page<Notice>>('/v1/notices?accountId=acme&limit=100');
    const told = body.items.flatMap(({ body: notice }) =>
      notice.type === 'usage.alert' ? [`${notice.timestamp.slice(0, 10)} ${notice.data.amounts}`] : [],
    );
    expect(told.sort()).toEqual(['2026-01-12 80', '2026-02-01 80', '2026-03-01 80']);
  });

  it('D9: warns of what is unpaid with the amount due', async () => {
    const acme = await productOf(automation, { startsAt, planId: 'developer' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('declines', owner);
    await acme.moveTo('2026-02-01T00:00:00.000Z');
    const { unpaid } = await acme.read<UpcomingInvoice>('invoices/upcoming', owner);
    expect(unpaid).toMatchObject({ isPastDue: true });
    expect(Number(unpaid?.amountDue.amount)).toBeGreaterThan(0);
  });
});
