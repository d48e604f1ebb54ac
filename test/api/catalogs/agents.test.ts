import { catalogTemplates } from '@usagekit/server/catalogs';
import type { Credits, Diagnosis, Page, Task, UsageSeries } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { billed, of, productOf } from './product.ts';

const { agents } = catalogTemplates;
const startsAt = '2026-01-31T09:00:00.000Z';
const cycles = ['2026-02-28T09:00:00.000Z', '2026-03-31T09:00:00.000Z', '2026-04-30T09:00:00.000Z'];

describe('the agent platform, as its page says', () => {
  it('A1: shows plan, limits with their use, seats, add-ons, addresses and additional tasks in one answer', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    await acme.gate([of('tasks', 500)]);
    const owner = await acme.member('olga', { role: 'owner' });
    const shown = await acme.subscription(owner);
    expect(shown).toMatchObject({
      planName: 'Team',
      price: { amount: '99' },
      interval: 'month',
      canManage: true,
      // A person cancels here; an organization asks for it.
      canCancel: false,
    });
    expect(shown.includes.map(({ label, used, included }) => `${label} ${used}/${included}`)).toEqual([
      'Tasks 500/2000',
      'Browser tasks 0/200',
      'Contacts 0/10000',
    ]);
    expect(shown.seats).toMatchObject([
      { included: 3, bought: 0, taken: 1, max: 100, price: { amount: '15' } },
    ]);
    expect(shown.addOns.map(({ label }) => label)).toEqual([
      'Task pack',
      'Contact pack',
      'Browser task pack',
      'Advanced CAPTCHA',
    ]);
    expect(shown.dedicatedIps).toMatchObject({ items: [], max: 20, price: { amount: '4' } });
    expect(shown.additionalUse).toMatchObject([{ metric: 'tasks', mode: 'off' }]);
    expect(shown.capacities).toMatchObject([{ label: 'Agents at once', value: '10' }]);
  });

  it('A2: stops at what is included, goes on to a cap or without one, and keeps the setting for three cycles', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'personal', kind: 'person' });
    const owner = await acme.member('olga', { role: 'owner' });
    expect(await acme.gate([of('tasks', 300)])).toBe('allowed');
    expect(await acme.refusal([of('tasks', 1)])).toMatchObject({
      status: 402,
      code: 'additional_use_exhausted',
    });
    await acme.change('PUT', 'additional-use/tasks', { mode: 'capped', cap: '50' }, owner);
    for (const cycle of [
      '2026-02-28T09:00:00.000Z',
      '2026-03-31T09:00:00.000Z',
      '2026-04-30T09:00:00.000Z',
    ]) {
      expect(await acme.gate([of('tasks', cycle.startsWith('2026-02') ? 50 : 350)])).toBe('allowed');
      expect(await acme.gate([of('tasks', 1)])).toBe('additional_use_exhausted');
      await acme.moveTo(cycle);
    }
    await acme.change('PUT', 'additional-use/tasks', { mode: 'unlimited' }, owner);
    expect(await acme.gate([of('tasks', 5000)])).toBe('allowed');
  });

  it('A3: adds packs to this cycle, holds more contacts with a pack, and keeps both until the boundary', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await acme.member('ada', { role: 'admin' });
    expect(await acme.gate([of('tasks', 2000), of('contacts', 10_000)])).toBe('allowed');
    expect(await acme.gate([of('tasks', 1)])).toBe('additional_use_exhausted');
    await acme.change('PUT', 'add-ons/task_pack', { quantity: 2 }, admin);
    await acme.change('PUT', 'add-ons/contact_pack', { quantity: 1 }, admin);
    await acme.change('PUT', 'add-ons/browser_pack', { quantity: 1 }, admin);
    expect(await acme.gate([of('tasks', 200), of('contacts', 1000), of('browser_tasks', 250)])).toBe(
      'allowed',
    );
    expect(await acme.gate([of('browser_tasks', 1)])).toBe('plan_limit_reached');
    expect(await acme.gate([{ model: 'captcha-solver' }])).toBe('feature_not_in_plan');
    await acme.change('PUT', 'add-ons/captcha', { quantity: 1 }, admin);
    expect(await acme.gate([{ model: 'captcha-solver' }])).toBe('allowed');
    const removed = await acme.change('PUT', 'add-ons/task_pack', { quantity: 0 }, admin);
    expect(removed.change).toMatchObject({ takesEffect: 'boundary', dueNow: { amount: '0' } });
    expect(await acme.gate([of('tasks', 1)])).toBe('additional_use_exhausted');
    await acme.moveTo('2026-02-28T09:00:00.000Z');
    expect(await acme.gate([of('tasks', 2001)])).toBe('additional_use_exhausted');
    expect(await acme.gate([of('browser_tasks', 250)])).toBe('allowed');
    const person = await productOf(agents, { startsAt, planId: 'personal', kind: 'person' });
    const owner = await person.member('olga', { role: 'owner' });
    expect(await person.tried('PUT', 'add-ons/browser_pack', { quantity: 1 }, owner)).toBe(400);
    expect(await person.tried('PUT', 'add-ons/captcha', { quantity: 1 }, owner)).toBe(400);
  });

  it('A4: buys, assigns, releases and removes addresses, and removes none that an agent has', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.change('PUT', 'dedicated-ips', { quantity: 2 }, admin);
    await acme.change('PUT', 'dedicated-ips/ip-1', { agentId: 'scout' }, admin);
    expect(await acme.tried('DELETE', 'dedicated-ips/ip-1', undefined, admin)).toBe(409);
    await acme.change('DELETE', 'dedicated-ips/ip-2', undefined, admin);
    expect((await acme.subscription(admin)).dedicatedIps?.items).toEqual([
      { id: 'ip-1', agentId: 'scout', endsAt: null },
      { id: 'ip-2', agentId: null, endsAt: '2026-02-28T09:00:00.000Z' },
    ]);
    await acme.moveTo('2026-02-28T09:00:00.000Z');
    await acme.change('PUT', 'dedicated-ips/ip-1', { agentId: null }, admin);
    expect((await acme.subscription(admin)).dedicatedIps?.items).toEqual([
      { id: 'ip-1', agentId: null, endsAt: null },
    ]);
  });

  it('A5: changes plan, adjusts seats of organizations, cancels for persons and resumes', async () => {
    const person = await productOf(agents, { startsAt, planId: 'personal', kind: 'person' });
    const owner = await person.member('olga', { role: 'owner' });
    expect((await person.subscription(owner)).seats).toEqual([]);
    expect(await person.tried('PUT', 'seats/seat', { quantity: 1 }, owner)).toBe(400);
    const cancelled = await person.change('POST', 'subscription/cancel', undefined, owner);
    expect(cancelled.subscription.scheduled).toMatchObject({
      kind: 'cancel',
      at: '2026-02-28T09:00:00.000Z',
    });
    await person.change('POST', 'subscription/resume', undefined, owner);
    await person.moveTo('2026-02-28T09:00:00.000Z');
    expect((await person.subscription(owner)).planId).toBe('personal');
    await person.change('POST', 'subscription/cancel', undefined, owner);
    await person.moveTo('2026-03-31T09:00:00.000Z');
    expect(await person.subscription()).toMatchObject({ planId: 'free', status: 'active' });

    const team = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await team.member('ada', { role: 'admin' });
    expect(await team.tried('POST', 'subscription/cancel', undefined, admin)).toBe(403);
    expect((await team.change('PUT', 'seats/seat', { quantity: 2 }, admin)).change.dueNow.amount).toBe('30');
  });

  it('A6: refuses every change of billing to whoever does not manage it', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const token = await acme.member(role, { role });
      expect(await acme.tried('PUT', 'additional-use/tasks', { mode: 'off' }, token)).toBe(403);
      expect(await acme.tried('PUT', 'add-ons/task_pack', { quantity: 1 }, token)).toBe(403);
      expect(await acme.tried('PUT', 'dedicated-ips', { quantity: 1 }, token)).toBe(403);
      expect(await acme.tried('POST', 'subscription/change', { planId: 'free' }, token)).toBe(403);
    }
  });

  it('A7: renews each period with its numbers and settings, and charges less after a reduction', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.change('PUT', 'seats/seat', { quantity: 4 }, admin);
    await acme.change('PUT', 'seats/seat', { quantity: 1 }, admin);
    for (const [at, ends] of [
      ['2026-02-28T09:00:00.000Z', '2026-03-31T09:00:00.000Z'],
      ['2026-03-31T09:00:00.000Z', '2026-04-30T09:00:00.000Z'],
      ['2026-04-30T09:00:00.000Z', '2026-05-31T09:00:00.000Z'],
    ] as const) {
      await acme.moveTo(at);
      expect(await acme.subscription(admin)).toMatchObject({
        status: expect.stringMatching(/active|past_due/),
        periodStartsAt: at,
        periodEndsAt: ends,
        seats: [{ bought: 1, boughtNext: 1 }],
      });
    }
  });

  it('A9, C4: shows credits over time, by tool and by agent, and starts them again with each cycle', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.gate([{ tool: 'search', calls: 30 }], { agentId: 'scout' });
    await acme.gate([{ tool: 'browser', calls: 10 }], { agentId: 'clerk' });
    const series = async (groupBy: string) =>
      (
        await acme.server.get<UsageSeries>(
          `/v1/accounts/acme/usage/series?metric=credits&groupBy=${groupBy}`,
          admin,
        )
      ).body;
    expect((await series('agent')).groups.map(({ value, total }) => `${value} ${total}`).sort()).toEqual([
      'clerk 20',
      'scout 30',
    ]);
    expect((await series('tool')).total).toBe('50');
    await acme.moveTo('2026-02-28T09:00:00.000Z');
    const credits = await acme.server.get<Credits>('/v1/accounts/acme/credits', admin);
    expect(credits.body.available).toBe('10000');
  });

  it('A3, A7: keeps what was added for three cycles, and ends what was removed with the boundary', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.enterCard('succeeds', admin);
    await acme.change('PUT', 'add-ons/task_pack', { quantity: 2 }, admin);
    await acme.change('PUT', 'add-ons/captcha', { quantity: 1 }, admin);
    await acme.change('PUT', 'dedicated-ips', { quantity: 2 }, admin);
    for (const at of cycles) {
      expect(await acme.gate([of('tasks', 2200)])).toBe('allowed');
      expect(await acme.gate([of('tasks', 1)])).toBe('additional_use_exhausted');
      expect(await acme.gate([{ model: 'captcha-solver' }])).toBe('allowed');
      await acme.moveTo(at);
    }
    await acme.change('PUT', 'add-ons/captcha', { quantity: 0 }, admin);
    await acme.change('PUT', 'dedicated-ips', { quantity: 1 }, admin);
    expect(await acme.gate([{ model: 'captcha-solver' }])).toBe('allowed');
    await acme.moveTo('2026-05-31T09:00:00.000Z');
    expect(await acme.gate([{ model: 'captcha-solver' }])).toBe('feature_not_in_plan');
    const addOns = ['add_on Task pack 30', 'add_on Advanced CAPTCHA 25'];
    expect((await billed(acme)).slice(-2)).toEqual([
      ['2026-04-30', ['plan_fee Team 99', ...addOns, 'dedicated_ips null 8']],
      ['2026-05-31', ['plan_fee Team 99', 'add_on Task pack 30', 'dedicated_ips null 4']],
    ]);
  });

  it('A8: charges additional tasks by use, with the cycle in which they ran', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.enterCard('succeeds', admin);
    await acme.change('PUT', 'additional-use/tasks', { mode: 'unlimited' }, admin);
    for (const [cycle, tasks] of [2000, 2010, 2100].entries()) {
      expect(await acme.gate([of('tasks', tasks)])).toBe('allowed');
      await acme.moveTo(cycles[cycle] ?? '');
    }
    expect(await billed(acme)).toEqual([
      ['2026-01-31', ['plan_fee Team 99']],
      ['2026-02-28', ['plan_fee Team 99']],
      ['2026-03-31', ['additional_use Tasks 1.5', 'plan_fee Team 99']],
      ['2026-04-30', ['additional_use Tasks 15', 'plan_fee Team 99']],
    ]);
  });

  it('A10: finds tasks by each status, and opens the result of a completed one and the error of a failed one', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const owner = await acme.member('olga', { role: 'owner' });
    const accountId = 'acme';
    const ends = {
      pending: [],
      in_progress: ['in_progress'],
      completed: ['in_progress', 'completed'],
      failed: ['in_progress', 'failed'],
      cancelled: ['cancelled'],
    } as const;
    for (const [id, steps] of Object.entries(ends)) {
      await acme.server.post('/v1/tasks', { id, accountId, name: `Task ${id}`, agentId: 'scout' });
      for (const status of steps)
        await acme.server.send('PATCH', `/v1/tasks/${id}`, {
          accountId,
          status,
          ...(status === 'completed' && { result: '12 leads' }),
          ...(status === 'failed' && { error: 'The page did not load' }),
        });
    }
    for (const status of Object.keys(ends)) {
      const found = await acme.server.get<Page<Task>>(`/v1/tasks?status=${status}`, owner);
      expect(found.body.items.map(({ id }) => id)).toEqual([status]);
    }
    const task = async (id: string) => (await acme.server.get<Task>(`/v1/tasks/${id}`, owner)).body;
    expect(await task('completed')).toMatchObject({ agentId: 'scout', result: '12 leads' });
    expect(await task('failed')).toMatchObject({ error: 'The page did not load' });
  });

  it('A11: looks at tasks, usage and billing where work is blocked, and names the limit and what would help', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'personal', kind: 'person' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.gate([of('tasks', 300)]);
    const { status, findings, lookedAt } = await acme.read<Diagnosis>('diagnosis', owner);
    expect(status).toBe('blocked');
    expect(lookedAt.map(({ area }) => area)).toEqual(['tasks', 'usage', 'billing']);
    expect(findings[0]).toMatchObject({
      kind: 'gate_refuses',
      area: 'billing',
      refusal: { reason: 'additional_use_exhausted', metric: 'tasks' },
    });
    const ways = findings[0]?.kind === 'gate_refuses' ? findings[0].refusal.actions : [];
    expect(ways.map(({ kind }) => kind)).toEqual(['raise_limit', 'manage_plan', 'upgrade', 'wait']);
  });

  it('A1: opens the billing portal for who manages the account', async () => {
    const acme = await productOf(agents, { startsAt, planId: 'team' });
    const open = async (token: string) =>
      acme.server.post<{ url: string }>(
        '/v1/accounts/acme/portal/session',
        { returnUrl: 'https://app.example.com/billing' },
        { token },
      );
    const admin = await acme.member('ada', { role: 'admin' });
    await acme.enterCard('succeeds', admin);
    expect((await open(admin)).body.url).toMatch(/^http/);
    expect((await open(await acme.member('max'))).status).toBe(403);
  });
});
