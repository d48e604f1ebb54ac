import { catalogTemplates } from '@usagekit/server/catalogs';
import type { Member, Problem, Subscription, Summary, UsageHistory } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { of, productOf } from './product.ts';

const { crm } = catalogTemplates;
const startsAt = '2026-01-31T09:00:00.000Z';
/** A request to the model that answers an email: a dollar and a half for 100,000 tokens. */
const email = (outputTokens = 100_000) => ({
  items: [{ model: 'base', outputTokens }],
  more: { category: 'email' },
});

describe('the CRM, as its page says', () => {
  it("E1, E2: shows the budget in percent with its reset, and categories under tiers, without a model's name", async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const member = await acme.member('max');
    const { items, more } = email(400_000);
    expect(await acme.gate(items, more)).toBe('allowed');
    const seen = await acme.server.get('/v1/accounts/acme/usage', member);
    expect(seen.body).toMatchObject({
      budget: { label: 'AI usage this cycle', percent: 30, resetsAt: '2026-02-28T09:00:00.000Z' },
    });
    expect(seen.text).toContain('Standard');
    expect(seen.text).not.toMatch(/"(base|Base|thinker)"/);
  });

  it('E3, E14: denies AI at its budget, and goes on from a prepaid balance where there is one', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const { items, more } = email(1_000_000);
    expect(await acme.gate(items, more)).toBe('allowed');
    expect(await acme.gate(items, more)).toBe('insufficient_credits');
    await acme.server.post('/v1/accounts/acme/grants', { amount: '25' });
    expect(await acme.gate(items, more)).toBe('allowed');
    const free = await productOf(crm, { startsAt });
    const small = email(60_000);
    expect(await free.gate(small.items, small.more)).toBe('allowed');
    expect(await free.gate(small.items, small.more)).toBe('plan_limit_reached');
  });

  it('E4: tells money to admins, and to everyone in an account with the preview flag', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const { items, more } = email(400_000);
    await acme.gate(items, more);
    const hasMoney = async (token: string) => {
      const { budget } = await acme.usage(token);
      return budget?.used !== null;
    };
    const admin = await acme.member('ada', { role: 'admin' });
    const member = await acme.member('max');
    expect([await hasMoney(admin), await hasMoney(member)]).toEqual([true, false]);
    await acme.server.put('/v1/accounts/acme', { moneyPreview: true });
    expect(await hasMoney(member)).toBe(true);
  });

  it("E5: pauses AI and nothing else once retries are used up, and an admin's card lifts it", async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.enterCard('declines', admin);
    await acme.moveTo('2026-02-28T09:00:00.000Z');
    await acme.moveTo('2026-03-25T09:00:00.000Z');
    expect(await acme.subscription(admin)).toMatchObject({
      status: 'paused',
      pausedFor: 'retries_exhausted',
    });
    const { items, more } = email(1000);
    expect(await acme.refusal(items, more)).toMatchObject({ status: 402, code: 'metric_paused' });
    expect(await acme.gate([of('emails', 3)])).toBe('allowed');
    await acme.enterCard('succeeds', admin);
    expect((await acme.subscription(admin)).status).toBe('active');
    expect(await acme.gate(items, more)).toBe('allowed');
  });

  it('E6: gives the plan card its buttons by role and plan', async () => {
    const buttons = async (planId: string, role: Member['role']) => {
      const acme = await productOf(crm, { startsAt, planId });
      if (planId !== 'free') await acme.enterCard('succeeds', await acme.member('payer', { role: 'admin' }));
      const token = await acme.member('someone', { role });
      const { actions, price } = await acme.subscription(token);
      expect(price === null).toBe(planId === 'free');
      return actions.filter(({ kind }) => kind !== 'buy_credits').map(({ kind, href }) => `${kind} ${href}`);
    };
    expect(await buttons('free', 'admin')).toEqual(['upgrade /signup/plan']);
    expect(await buttons('growth', 'admin')).toEqual([
      'upgrade /settings/billing',
      'manage_plan /settings/billing',
    ]);
    expect(await buttons('growth', 'manager')).toContain('manage_plan /settings/billing');
    expect(await buttons('growth', 'member')).toEqual(['upgrade /settings/billing']);
    expect(await buttons('ultra', 'admin')).toEqual(['manage_plan /settings/billing']);
  });

  it('E5, E6: puts the way to pay first on the plan card while an invoice is past due', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const admin = await acme.member('ada', { role: 'admin' });
    const { status, actions } = await acme.subscription(admin);
    expect([status, actions[0]?.kind]).toEqual(['past_due', 'update_payment']);
    await acme.enterCard('succeeds', admin);
    expect((await acme.subscription(admin)).actions[0]?.kind).toBe('upgrade');
  });

  it('E7, E14: groups its meters, and stops hard ones at 100% and soft ones at 110%', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const { groups } = await acme.usage();
    expect(groups.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Core Limits', 'Monthly Activity', 'Data Operations']),
    );
    expect(await acme.gate([of('contacts', 11_000)])).toBe('allowed');
    expect(await acme.gate([of('contacts', 1)])).toBe('plan_limit_reached');
    expect(await acme.gate([of('import_rows', 20_000)])).toBe('allowed');
    expect(await acme.gate([of('import_rows', 1)])).toBe('plan_limit_reached');
    // What is observed never stops.
    const ultra = await productOf(crm, { startsAt, planId: 'ultra' });
    expect(await ultra.gate([of('workflow_runs', 9_000_000)])).toBe('allowed');
  });

  it('E8: counts an email for each recipient, and tokens without enforcing them', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    expect(await acme.gate([of('emails', 5000)])).toBe('allowed');
    expect(await acme.gate([of('emails', 1)])).toBe('plan_limit_reached');
    await acme.gate([{ model: 'mini', inputTokens: 3_000_000 }], { category: 'chips' });
    const meters = (await acme.usage()).groups.flatMap(({ meters: each }) => each);
    expect(meters.find(({ metric }) => metric === 'ai_tokens')).toMatchObject({
      used: '3000000',
      level: 'observed',
    });
  });

  it('E9: has power and collaborator seats, which gate invitations and no AI', async () => {
    const acme = await productOf(crm, { startsAt });
    const invite = async (id: string, role: Member['role']) =>
      (await acme.server.post<Member & Problem>('/v1/accounts/acme/members', { id, role })).status;
    expect([await invite('a', 'owner'), await invite('b', 'member'), await invite('c', 'member')]).toEqual([
      201, 201, 409,
    ]);
    expect([await invite('v', 'viewer'), await invite('w', 'viewer')]).toEqual([201, 201]);
    const { items, more } = email(1000);
    expect(await acme.gate(items, { ...more, memberId: 'b' })).toBe('allowed');
  });

  it('E11, E12: holds a member to an allocation by 429 that says who can raise it, until the next cycle', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.enterCard('succeeds', admin);
    await acme.member('max');
    const path = '/v1/accounts/acme/members/max';
    await acme.server.put(path, { allocations: { ai_tokens: '150000' } }, { token: admin });
    const { items, more } = email();
    expect(await acme.gate(items, { ...more, memberId: 'max' })).toBe('allowed');
    const refused = await acme.refusal(items, { ...more, memberId: 'max' });
    expect(refused).toMatchObject({ status: 429, code: 'allocation_exhausted' });
    expect(refused.detail).toContain('An admin can raise it');
    expect(await acme.gate(items, more)).toBe('allowed');
    for (const at of ['2026-02-28T09:00:00.000Z', '2026-03-31T09:00:00.000Z', '2026-04-30T09:00:00.000Z']) {
      await acme.moveTo(at);
      expect(await acme.gate(items, { ...more, memberId: 'max' })).toBe('allowed');
      expect(await acme.gate(items, { ...more, memberId: 'max' })).toBe('allocation_exhausted');
    }
    await acme.server.put(path, { allocations: {} }, { token: admin });
    expect(await acme.gate(items, { ...more, memberId: 'max' })).toBe('allowed');
  });

  it("E15, F13: counts cycles from the 31st, on short months' last days and back", async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth', timeZone: 'America/New_York' });
    const starts: string[] = [];
    for (const at of [
      '2026-02-28T14:00:00.000Z',
      '2026-03-31T13:00:00.000Z',
      '2026-04-30T13:00:00.000Z',
      '2026-05-31T13:00:00.000Z',
    ]) {
      await acme.moveTo(at);
      const { body } = await acme.server.get<Summary>('/v1/accounts/acme/summary');
      starts.push(body.cycleStartsAt);
      const plan = await acme.server.get<Subscription>('/v1/accounts/acme/subscription');
      expect(plan.body.periodStartsAt).toBe(body.cycleStartsAt);
    }
    // It began at 4:00 of New York, also where the clocks have gone forward since.
    expect(starts).toEqual([
      '2026-02-28T09:00:00.000Z',
      '2026-03-31T08:00:00.000Z',
      '2026-04-30T08:00:00.000Z',
      '2026-05-31T08:00:00.000Z',
    ]);
  });

  it('E10: turns bars yellow from 80%, orange from 90% and red from 100%', async () => {
    const acme = await productOf(crm, { startsAt, planId: 'growth' });
    const levels: unknown[] = [];
    for (const emails of [3995, 5, 495, 5, 495, 5]) {
      expect(await acme.gate([of('emails', emails)])).toBe('allowed');
      const meters = (await acme.usage()).groups.flatMap(({ meters: each }) => each);
      levels.push(meters.find(({ metric }) => metric === 'emails')?.level);
    }
    expect(levels).toEqual(['ok', 'warning', 'warning', 'high', 'high', 'over']);
  });

  it('E13: keeps six months of emails, tokens, contacts and storage', async () => {
    const acme = await productOf(crm, { startsAt: '2026-01-01T00:00:00.000Z', planId: 'growth' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.enterCard('succeeds', admin);
    for (const [month, at] of ['02', '03', '04', '05', '06', '07'].entries()) {
      await acme.gate([of('emails', 10 * (month + 1)), of('contacts', 5), of('storage', 1)]);
      await acme.gate([{ model: 'mini', inputTokens: 1000 * (month + 1) }], { category: 'chips' });
      await acme.moveTo(`2026-${at}-01T00:00:00.000Z`);
    }
    const { months, metrics } = await acme.read<UsageHistory>('usage/history', admin);
    expect(months).toHaveLength(6);
    const values = (id: string) => metrics.find(({ metric }) => metric === id)?.values;
    expect(values('emails')).toEqual(['20', '30', '40', '50', '60', '0']);
    expect(values('ai_tokens')).toEqual(['2000', '3000', '4000', '5000', '6000', '0']);
    expect(values('contacts')).toEqual(['10', '15', '20', '25', '30', '30']);
    expect(values('storage')).toEqual(['2', '3', '4', '5', '6', '6']);
  });
});
