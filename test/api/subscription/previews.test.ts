import type {
  CatalogConfig,
  Invoice,
  Page,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
} from '@usagekit/server/contract';
import { formatAmount, parseAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { invoicedRuns, paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  seatTypes: [{ id: 'power', label: 'Power seats', roles: [] }],
  addOns: [
    {
      id: 'pack',
      label: 'Task pack',
      price: { month: usd('10') },
      allowance: { metric: 'runs', quantity: '50' },
    },
  ],
  plans: [
    ...plansCatalogConfig.plans,
    paidPlan('tried', 6, { price: { month: usd('50') }, trial: { days: 14 }, monthlyCredits: '100' }),
    paidPlan('plus', 7, {
      price: { month: usd('60'), year: usd('600') },
      monthlyCredits: '300',
      limits: [invoicedRuns],
      seats: { power: { included: 1, max: 9, price: { month: usd('7') } } },
      dedicatedIps: { price: { month: usd('3') }, max: 5 },
    }),
  ],
};
/** The same at other prices, which the account has not been moved to. */
const dearer: CatalogConfig = {
  ...catalog,
  plans: catalog.plans.map((plan) =>
    plan.id === 'plus' ? { ...plan, price: { month: usd('80'), year: usd('800') } } : plan,
  ),
};

type Request = readonly [method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object];
type Commands = { [Kind in SubscriptionCommand['kind']]: readonly Case<Kind>[] };
interface Case<Kind> {
  readonly command: Extract<SubscriptionCommand, { kind: Kind }>;
  readonly request: Request;
  /** What comes before it. */
  readonly before?: readonly Request[];
  readonly planId?: string;
}

const setSeats: Request = ['PUT', 'seats/power', { quantity: 3 }];
const buyIps: Request = ['PUT', 'dedicated-ips', { quantity: 2 }];
const terms = { price: { month: usd('45') }, monthlyCredits: '900' };
const commands: Commands = {
  change_plan: [
    {
      command: { kind: 'change_plan', planId: 'plus' },
      request: ['POST', 'subscription/change', { planId: 'plus' }],
      planId: 'pro',
    },
    {
      command: { kind: 'change_plan', planId: 'plus', interval: 'year' },
      request: ['POST', 'subscription/change', { planId: 'plus', interval: 'year' }],
      before: [setSeats],
    },
    {
      command: { kind: 'change_plan', planId: 'basic' },
      request: ['POST', 'subscription/change', { planId: 'basic' }],
      before: [setSeats, buyIps],
    },
  ],
  cancel: [{ command: { kind: 'cancel' }, request: ['POST', 'subscription/cancel'] }],
  resume: [
    {
      command: { kind: 'resume' },
      request: ['POST', 'subscription/resume'],
      before: [['POST', 'subscription/change', { planId: 'basic' }]],
    },
  ],
  seats: [
    { command: { kind: 'seats', seatType: 'power', quantity: 3 }, request: setSeats },
    {
      command: { kind: 'seats', seatType: 'power', quantity: 1 },
      request: ['PUT', 'seats/power', { quantity: 1 }],
      before: [setSeats],
    },
  ],
  add_on: [
    {
      command: { kind: 'add_on', addOnId: 'pack', quantity: 2 },
      request: ['PUT', 'add-ons/pack', { quantity: 2 }],
    },
  ],
  dedicated_ips: [{ command: { kind: 'dedicated_ips', quantity: 2 }, request: buyIps }],
  assign_dedicated_ip: [
    {
      command: { kind: 'assign_dedicated_ip', ipId: 'ip-1', agentId: 'scout' },
      request: ['PUT', 'dedicated-ips/ip-1', { agentId: 'scout' }],
      before: [buyIps],
    },
  ],
  remove_dedicated_ip: [
    {
      command: { kind: 'remove_dedicated_ip', ipId: 'ip-2' },
      request: ['DELETE', 'dedicated-ips/ip-2'],
      before: [buyIps],
    },
  ],
  additional_use: [
    {
      command: { kind: 'additional_use', metric: 'runs', mode: 'capped', cap: '40' },
      request: ['PUT', 'additional-use/runs', { mode: 'capped', cap: '40' }],
    },
  ],
  own_limit: [
    {
      command: { kind: 'own_limit', metric: 'runs', limit: '10' },
      request: ['PUT', 'limits/runs', { limit: '10' }],
    },
  ],
  alerts: [
    {
      command: { kind: 'alerts', metric: 'runs', amounts: ['10', '80'] },
      request: ['PUT', 'alerts/runs', { amounts: ['10', '80'] }],
    },
  ],
  alert_email: [
    {
      command: { kind: 'alert_email', email: 'ops@example.com' },
      request: ['PUT', 'alert-email', { email: 'ops@example.com' }],
    },
  ],
  start_trial: [
    {
      command: { kind: 'start_trial', days: 40 },
      request: ['POST', 'subscription/trial', { days: 40 }],
      before: [setSeats],
    },
  ],
  end_trial: [
    {
      command: { kind: 'end_trial', pays: true },
      request: ['POST', 'subscription/trial/end', { pays: true }],
      planId: 'tried',
    },
  ],
  contract: [
    { command: { kind: 'contract', label: 'C', terms }, request: ['PUT', 'contract', { label: 'C', terms }] },
  ],
  end_contract: [
    {
      command: { kind: 'end_contract' },
      request: ['DELETE', 'contract'],
      before: [['PUT', 'contract', { label: 'C', terms }]],
    },
  ],
  move_to_latest: [
    {
      command: { kind: 'move_to_latest', when: 'now' },
      request: ['POST', 'subscription/move', { when: 'now' }],
    },
    { command: { kind: 'move_to_latest' }, request: ['POST', 'subscription/move', {}] },
    {
      command: { kind: 'move_to_latest', when: 'now', keepPrice: true },
      request: ['POST', 'subscription/move', { when: 'now', keepPrice: true }],
    },
  ],
};
const cases = Object.values(commands).flat() as Case<SubscriptionCommand['kind']>[];

const base = '/v1/accounts/acme';
const clock = '/v1/test-clocks/clock-1/advance';

describe('the preview of every command', () => {
  it.each(cases.map((each) => [JSON.stringify(each.command), each] as const))(
    'L104: tells what it then does, now and with the next charge: %s',
    async (_name, { command, request, before = [], planId = 'plus' }) => {
      const server = createTestServer({ catalog });
      await server.post('/v1/test-clocks', { id: 'clock-1', now: '2026-06-01T00:00:00.000Z' });
      await server.account('acme', { planId, testClockId: 'clock-1' });
      const send = async ([method, path, body]: Request) => {
        const key = method === 'POST' ? { key: `${path}-${JSON.stringify(body)}` } : {};
        const answer = await server.send<SubscriptionChangeAnswer>(method, `${base}/${path}`, body, key);
        expect([answer.status, answer.text]).toEqual([200, answer.text]);
        return answer.body;
      };
      await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'runs', quantity: '60' }] });
      for (const each of before) await send(each);
      expect((await server.put('/v1/catalog', dearer)).status).toBe(200);
      await server.post(clock, { to: '2026-06-11T08:00:00.000Z' });
      const everything = async () =>
        Promise.all(
          ['subscription', 'invoices', 'credits', 'ledger', 'activity', 'usage'].map(
            async (path) => (await server.get(`${base}/${path}`)).text,
          ),
        );
      const invoices = async () => (await server.get<Page<Invoice>>(`${base}/invoices?limit=100`)).body.items;

      const untouched = await everything();
      const known = (await invoices()).length;
      const { body: told, status } = await server.post<SubscriptionChange>(
        `${base}/subscription/preview`,
        command,
      );
      expect(status).toBe(200);
      expect(await everything()).toEqual(untouched);

      const { change, subscription } = await send(request);
      expect(change).toEqual(told);
      const made = (await invoices()).slice(0, -known || undefined).flatMap(({ lines }) => lines);
      const charged = made.filter(({ kind }) => kind !== 'balance').map(({ amount }) => amount.amount);
      expect(charged.sort()).toEqual(
        told.lines
          .filter(({ due }) => due === 'now')
          .map(({ amount }) => amount.amount)
          .sort(),
      );

      // A trial without a payment method ends in a pause, and charges nothing.
      if (told.next === null || subscription.status === 'trial') return;
      const ahead = (await invoices()).length;
      const nextMs = Date.parse(told.next.at);
      for (let atMs = Date.parse('2026-06-11T08:00:00.000Z'); atMs < nextMs; ) {
        atMs = Math.min(atMs + 30 * 86_400_000, nextMs);
        await server.post(clock, { to: new Date(atMs).toISOString() });
      }
      await server.app.tick();
      const next = (await invoices())
        .slice(0, -ahead || undefined)
        .filter(({ issuedAt }) => issuedAt === told.next?.at);
      // Use beyond the allowance comes on top of what is charged in advance.
      const ofUse = next.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'overage');
      if (ofUse.length > 0) return;
      const sum = next.reduce((total, invoice) => total + parseAmount(invoice.total.amount), 0n);
      expect(formatAmount(sum)).toBe(told.next.amount.amount);
    },
  );
});
