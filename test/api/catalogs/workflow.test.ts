import { catalogTemplates } from '@usagekit/server/catalogs';
import type {
  CatalogView,
  Charge,
  ConsumeAnswer,
  Credits,
  Invoice,
  Page,
  Summary,
  UsageSeries,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { billed, of, productOf } from './product.ts';

const { workflow } = catalogTemplates;
const startsAt = '2026-03-10T09:00:00.000Z';

describe('the workflow workspace, as its page says', () => {
  it('B1: shows three plans side by side with what is not metered, and leads Enterprise to sales', async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    const { plans } = (await acme.server.get<CatalogView>('/v1/catalog', owner)).body;
    expect(plans.map(({ name, contact }) => [name, contact])).toEqual([
      ['Free', null],
      ['Pro', null],
      ['Enterprise', 'mailto:sales@example.com'],
    ]);
    expect(plans.map(({ facts }) => facts.find(({ label }) => label === 'Support')?.text)).toEqual([
      'Community',
      'Email',
      'A person of your own',
    ]);
    expect(await acme.tried('POST', 'subscription/change', { planId: 'enterprise' }, owner)).toBe(409);
  });

  it('B2, B3: tells plan, status and next date, and counts the days of a trial for everybody who may see it', async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.change('POST', 'subscription/change', { planId: 'pro' }, owner);
    expect(await acme.subscription(owner)).toMatchObject({
      planName: 'Pro',
      status: 'trial',
      trialEndsAt: '2026-03-24T09:00:00.000Z',
      next: { kind: 'trial_ends', at: '2026-03-24T09:00:00.000Z' },
    });
  });

  it('B11: pauses new runs when the trial is over, deletes nothing, and resumes with a card', async () => {
    const acme = await productOf(workflow, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.gate([of('workspaces', 3)]);
    await acme.moveTo('2026-03-24T09:00:00.000Z');
    expect(await acme.refusal([of('runs', 1)])).toMatchObject({ status: 402, code: 'metric_paused' });
    const summary = await acme.server.get<Summary>('/v1/accounts/acme/summary', owner);
    expect(summary.body.blocked?.reason).toBe('metric_paused');
    await acme.moveTo('2026-05-02T09:00:00.000Z');
    await acme.enterCard('succeeds', owner);
    expect(await acme.gate([of('runs', 1)])).toBe('allowed');
    const resumed = await acme.subscription(owner);
    expect(resumed).toMatchObject({ status: 'active', periodStartsAt: '2026-05-02T09:00:00.000Z' });
    expect(resumed.includes.find(({ label }) => label === 'Workspaces')?.used).toBe('3');
  });

  it('B11: lets it go to Free instead, at once', async () => {
    const acme = await productOf(workflow, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.moveTo('2026-04-01T09:00:00.000Z');
    const freed = await acme.change('POST', 'subscription/change', { planId: 'free' }, owner);
    expect(freed.change.takesEffect).toBe('now');
    expect(await acme.gate([of('runs', 50)])).toBe('allowed');
    expect(await acme.gate([of('runs', 1)])).toBe('plan_limit_reached');
  });

  it('B15: bounds runs and workspaces on Free, and workspaces nowhere on Pro', async () => {
    const acme = await productOf(workflow, { startsAt });
    expect(await acme.gate([of('workspaces', 1)])).toBe('allowed');
    expect(await acme.gate([of('workspaces', 1)])).toBe('plan_limit_reached');
    const pro = await productOf(workflow, { startsAt, planId: 'pro' });
    expect(await pro.gate([of('workspaces', 500)])).toBe('allowed');
  });

  it('B6, B13: debits a run in three lines that sum to it', async () => {
    const acme = await productOf(workflow, { startsAt, planId: 'pro' });
    const run = await acme.server.post<ConsumeAnswer>('/v1/consume', {
      accountId: 'acme',
      items: [
        { model: 'deep', inputTokens: 2000, outputTokens: 1000 },
        { tool: 'http', integration: 'crm', calls: 4 },
        { storage: 'knowledge_base', quantity: '10' },
      ],
    });
    const { amount, lineItems } = run.body.cost;
    expect(lineItems.map(({ kind, amount: line }) => `${kind} ${line}`)).toEqual([
      'llm 21',
      'tool 2',
      'storage 1',
    ]);
    expect(amount).toBe('24');
  });

  it('B9, B5: upgrades at once with the credits that it brings, and downgrades at the end of the period', async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.moveTo('2026-03-20T09:00:00.000Z');
    await acme.change('POST', 'subscription/change', { planId: 'pro', trial: false }, owner);
    const credits = async () =>
      (await acme.server.get<Credits>('/v1/accounts/acme/credits', owner)).body.available;
    expect(await credits()).toBe('5000');
    const down = await acme.change('POST', 'subscription/change', { planId: 'free' }, owner);
    expect(down.change).toMatchObject({ takesEffect: 'boundary', effectiveAt: '2026-04-20T09:00:00.000Z' });
    await acme.moveTo('2026-04-20T09:00:00.000Z');
    expect((await acme.subscription(owner)).planId).toBe('free');
    expect(await credits()).toBe('100');
  });

  it('B12: tells members and viewers nothing of billing, and holders of billing:read all', async () => {
    const acme = await productOf(workflow, { startsAt, planId: 'pro' });
    for (const role of ['member', 'viewer'] as const) {
      const token = await acme.member(role, { role });
      for (const path of ['subscription', 'credits', 'ledger', 'invoices', 'auto-top-up'])
        expect((await acme.server.get(`/v1/accounts/acme/${path}`, token)).status).toBe(403);
      const { body } = await acme.server.get<Summary>('/v1/accounts/acme/summary', token);
      expect([body.planName, body.credits]).toEqual([null, null]);
    }
    const reader = await acme.member('clerk', { role: 'viewer', permissions: ['billing:read'] });
    expect((await acme.subscription(reader)).price).toEqual({ amount: '49', currency: 'USD' });
    expect((await acme.subscription(reader)).canManage).toBe(false);
  });

  it('B14: lets a contract say price, allowance and rate, cycle for cycle', async () => {
    const acme = await productOf(workflow, { startsAt, planId: 'enterprise' });
    await acme.change('PUT', 'contract', {
      label: 'C-12',
      terms: {
        price: { month: { amount: '900', currency: 'USD' } },
        limits: [
          {
            metric: 'runs',
            included: '100',
            policy: 'overage',
            beyond: 'invoice',
            overageRate: { amount: '0.01' },
          },
        ],
      },
    });
    for (const at of ['2026-04-10T09:00:00.000Z', '2026-05-10T09:00:00.000Z', '2026-06-10T09:00:00.000Z']) {
      expect(await acme.gate([of('runs', 300)])).toBe('allowed');
      await acme.moveTo(at);
      expect(await acme.subscription()).toMatchObject({ contract: 'C-12', price: { amount: '900' } });
    }
    const lines = (
      await acme.server.get<{ items: { lines: { amount: { amount: string } }[] }[] }>(
        '/v1/accounts/acme/invoices',
      )
    ).body.items[0]?.lines.map(({ amount }) => amount.amount);
    expect(lines).toEqual(['2', '900']);
  });

  it('B2, B4, B7: is past due with a card that declines, flags the invoice, and is active once the card is updated', async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.change('POST', 'subscription/change', { planId: 'pro', trial: false }, owner);
    await acme.enterCard('declines', owner);
    for (const at of ['2026-04-10T09:00:00.000Z', '2026-05-10T09:00:00.000Z', '2026-06-10T09:00:00.000Z']) {
      await acme.moveTo(at);
      const shown = await acme.subscription(owner);
      expect(shown).toMatchObject({ status: 'past_due', amountDue: { amount: '49', currency: 'USD' } });
      const { items } = await acme.read<Page<Invoice>>('invoices', owner);
      expect(items[0]).toMatchObject({ status: 'past_due', issuedAt: at, amountDue: { amount: '49' } });
      expect(items.slice(1).map(({ status }) => status)).not.toContain('past_due');
      await acme.enterCard('succeeds', owner);
      expect((await acme.subscription(owner)).status).toBe('active');
      expect((await acme.read<Page<Invoice>>('invoices', owner)).items[0]?.status).toBe('paid');
      await acme.enterCard('declines', owner);
    }
  });

  it('B7: lists every invoice and prints it as a PDF', { timeout: 60_000 }, async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.change('POST', 'subscription/change', { planId: 'pro', trial: false }, owner);
    for (const at of ['2026-04-10T09:00:00.000Z', '2026-05-10T09:00:00.000Z']) await acme.moveTo(at);
    const { items } = await acme.read<Page<Invoice>>('invoices', owner);
    expect(items.map(({ number }) => number)).toEqual(
      [3, 2, 1].map((count) => expect.stringMatching(new RegExp(`^INV-[0-9A-Z]{12}-${count}$`))),
    );
    for (const { id } of items.slice(0, 1)) {
      const pdf = await acme.server.send('GET', `/v1/accounts/acme/invoices/${id}/pdf`, undefined, {
        token: owner,
      });
      expect([pdf.headers.get('content-type'), pdf.text.slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);
    }
  });

  it('B8: keeps the payment method and the history of charges, and charges the next cycle with a changed method', async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.change('POST', 'subscription/change', { planId: 'pro', trial: false }, owner);
    const charges = async () =>
      (await acme.read<Page<Charge>>('charges', owner)).items.map(
        ({ status, amount, createdAt }) => `${createdAt.slice(0, 10)} ${amount.amount} ${status}`,
      );
    expect(await charges()).toEqual(['2026-03-10 49 succeeded']);
    await acme.enterCard('declines', owner);
    // What is paid stays paid; the changed card is asked for the next cycle.
    expect(await charges()).toHaveLength(1);
    await acme.moveTo('2026-04-10T09:00:00.000Z');
    expect(await charges()).toEqual(['2026-04-10 49 failed', '2026-03-10 49 succeeded']);
  });

  it('B10: breaks the use of each cycle down by day, by agent and by line item', async () => {
    const acme = await productOf(workflow, { startsAt, planId: 'pro' });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    for (const at of ['2026-04-24T09:00:00.000Z', '2026-05-24T09:00:00.000Z', '2026-06-24T09:00:00.000Z']) {
      await acme.gate([{ model: 'deep', outputTokens: 1000 }], { agentId: 'writer' });
      await acme.gate(
        [
          { tool: 'http', calls: 10 },
          { storage: 'traces', quantity: '50' },
        ],
        { agentId: 'clerk' },
      );
      const read = (groupBy: string) =>
        acme.read<UsageSeries>(`usage/series?metric=credits${groupBy}`, owner);
      const sums = async (groupBy: string) =>
        (await read(`&groupBy=${groupBy}`)).groups.map(({ value, total }) => `${value} ${total}`).sort();
      expect(await sums('agent')).toEqual(['clerk 2', 'writer 15']);
      expect(await sums('lineItem')).toEqual(['llm 15', 'storage 1', 'tool 1']);
      const byDay = await read('');
      expect([byDay.interval, byDay.total, byDay.groups[0]?.values.at(-1)]).toEqual(['day', '17', '17']);
      await acme.moveTo(at);
    }
  });

  it('B14: makes an invoice of plan price and metered use by itself with each period of Pro', async () => {
    const acme = await productOf(workflow, { startsAt });
    const owner = await acme.member('olga', { role: 'owner' });
    await acme.enterCard('succeeds', owner);
    await acme.change('POST', 'subscription/change', { planId: 'pro', trial: false }, owner);
    for (const [at, runs] of [
      ['2026-04-10T09:00:00.000Z', 2000],
      ['2026-05-10T09:00:00.000Z', 2050],
      ['2026-06-10T09:00:00.000Z', 2500],
    ] as const) {
      expect(await acme.gate([of('runs', runs)])).toBe('allowed');
      await acme.moveTo(at);
    }
    expect(await billed(acme)).toEqual([
      ['2026-03-10', ['plan_fee Pro 49']],
      ['2026-04-10', ['plan_fee Pro 49']],
      ['2026-05-10', ['overage Runs 1', 'plan_fee Pro 49']],
      ['2026-06-10', ['overage Runs 10', 'plan_fee Pro 49']],
    ]);
  });

  it('B15: counts the runs of each cycle from zero on Free, and workspaces through all of them', async () => {
    const acme = await productOf(workflow, { startsAt });
    expect(await acme.gate([of('workspaces', 1)])).toBe('allowed');
    for (const at of ['2026-04-10T09:00:00.000Z', '2026-05-10T09:00:00.000Z', '2026-06-10T09:00:00.000Z']) {
      expect(await acme.gate([of('runs', 50)])).toBe('allowed');
      expect(await acme.gate([of('runs', 1)])).toBe('plan_limit_reached');
      expect(await acme.gate([of('workspaces', 1)])).toBe('plan_limit_reached');
      await acme.moveTo(at);
    }
  });
});
