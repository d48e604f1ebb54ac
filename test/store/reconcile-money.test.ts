import type { Invoice } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { describe, expect, it } from 'vitest';
import { reconcileStore } from '../../server/src/store/reconcile-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { billedCatalog, payingAccount } from '../api/invoices/paying-account.ts';
import { paidPlan, usd } from '../support/plans-catalog.ts';

const path = (end = '') => `/v1/accounts/acme${end}`;
const metered = (id: string, rank: number, rate: string) =>
  paidPlan(id, rank, {
    price: { month: usd('30') },
    monthlyCredits: '50',
    limits: [
      {
        metric: 'runs',
        included: '100',
        policy: 'overage',
        beyond: 'invoice',
        overageRate: { amount: rate },
      },
      { metric: 'mails', included: '10', policy: 'overage', overageRate: { amount: '1' } },
    ],
  });

/** An account whose money went every way: overage, an upgrade, late use, voids, notes, refunds, transfers, giving up. */
async function history(): Promise<Store> {
  const store = createMemoryStore();
  const account = await payingAccount('succeeds', {
    store,
    catalog: {
      ...billedCatalog,
      billing: { ...billedCatalog.billing, minimumCharge: '1', taxes: [{ label: 'VAT', percent: '19' }] },
      metrics: [
        ...billedCatalog.metrics,
        { id: 'mails', label: 'Mails', unit: { one: 'mail', other: 'mails' } },
      ],
      plans: [
        { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] },
        metered('small', 1, '0.001'),
        metered('large', 2, '1'),
      ],
    },
  });
  const { server } = account;
  const use = async (metric: string, quantity: string) => {
    const used = await server.post<{ id: string }>('/v1/consume', {
      accountId: 'acme',
      items: [{ metric, quantity }],
    });
    expect(used.status).toBe(200);
    return used.body.id;
  };
  const note = async (invoice: Invoice | undefined, amount: string, give: string) => {
    const body = { amount, give, reason: 'Goodwill' };
    const made = await server.post(path(`/invoices/${invoice?.id}/credit-notes`), body);
    expect(made.status).toBe(201);
  };
  const takeBack = async (voided: object) => {
    const answer = await server.post(path('/voids'), { use: voided, reason: 'Mistake' });
    expect(answer.status).toBe(201);
  };
  await account.upgrade('small');
  await use('runs', '102');
  const early = await use('runs', '1500');
  await use('mails', '20');
  await account.later(10);
  await account.upgrade('large');
  await use('runs', '3');
  // Both belong to the part of the cycle that the upgrade has billed.
  const fromBefore = new Date(server.clock.nowMs() - 5 * 86_400_000).toISOString();
  await server.post('/v1/events', {
    events: [
      { id: 'early', at: fromBefore, accountId: 'acme', items: [{ metric: 'runs', quantity: '700' }] },
    ],
  });
  await takeBack({ usageId: early });
  const mistake = await use('runs', '4');
  await takeBack({ usageId: mistake });
  await account.later(31);
  const event = (id: string, quantity: string) => ({
    id,
    at: '2026-07-01T00:00:00.000Z',
    accountId: 'acme',
    items: [{ metric: 'runs', quantity }],
  });
  await server.post('/v1/events', { events: [event('late-1', '2'), event('late-2', '3')] });
  await takeBack({ eventId: 'late-2' });
  await account.later(31);
  const [newest, second] = await account.invoices();
  await note(newest, '5', 'balance');
  await note(second, '7', 'refund');
  const [charge] = await account.chargeHistory();
  await server.post(path(`/charges/${charge?.id}/refunds`), { amount: '1', reason: 'Fee' });
  await account.enter('declines');
  await account.later(31);
  const [declined] = await account.invoices();
  await note(declined, '3', 'balance');
  await server.post(path(`/invoices/${declined?.id}/uncollectible`), { reason: 'Insolvent' });
  await note(declined, '4', 'balance');
  await server.post(path('/invoice-lines'), { subject: 'Workshop', amount: '100', when: 'now' });
  await server.post(path('/invoice-lines'), { subject: 'Setup', amount: '10', when: 'now' });
  const [setup, workshop] = await account.invoices();
  await server.post(path(`/invoices/${workshop?.id}/paid`), { reason: 'Transfer' });
  await server.post(path(`/invoices/${setup?.id}/void`), { reason: 'Not agreed' });
  return store;
}

/** What reconciliation tells where a read gives something else than is stored. */
async function driftsWith(
  store: Store,
  change: (store: Store) => Partial<Store>,
  usesFromMs: number | null = null,
): Promise<string[]> {
  const own = change(store);
  const changed = new Proxy(store, {
    get: (target, name) => Reflect.get(name in own ? own : target, name).bind(name in own ? own : target),
  });
  const subjects: string[] = [];
  for await (const { drifts } of reconcileStore(changed, { usesFromMs }))
    subjects.push(...drifts.map(({ subject }) => subject));
  return subjects;
}

describe('the reconciliation of money', () => {
  it('L212, F12: finds nothing in an account whose money went every way', async () => {
    expect(await driftsWith(await history(), () => ({}))).toEqual([]);
  });

  it('L212, F12: names an invoice that is lost, a line, a use and a debit that are', async () => {
    const store = await history();
    const { items: invoices } = await store.listInvoices('acme', { limit: 100 });
    const withOverage = invoices.find(({ lines }) => lines.some(({ kind }) => kind === 'overage'));
    const without = <Item extends { id: string }>(id: string | undefined) => ({
      of: (page: { items: readonly Item[]; nextCursor: string | null }) => ({
        ...page,
        items: page.items.filter((item) => item.id !== id),
      }),
    });
    const lost = await driftsWith(store, () => ({
      listInvoices: async (...args) =>
        without<(typeof invoices)[number]>(withOverage?.id).of(await store.listInvoices(...args)),
    }));
    expect(lost).toEqual(
      expect.arrayContaining(['numbers of invoices', 'balance USD', 'units on no line of runs']),
    );

    const shorter = await driftsWith(store, () => ({
      async listInvoices(...args) {
        const page = await store.listInvoices(...args);
        const items = page.items.map((invoice) =>
          invoice.id === withOverage?.id ? { ...invoice, lines: invoice.lines.slice(1) } : invoice,
        );
        return { ...page, items };
      },
    }));
    expect(shorter).toContain(`invoice ${withOverage?.number} total`);

    const all = { accountId: 'acme', fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    const { items: usage } = await store.listUsage(all, { limit: 100 });
    const invoiced = usage.find((each) => each.invoiced?.some(({ quantity }) => quantity === 3_000_000n));
    const unused = await driftsWith(store, () => ({
      listUsage: async (...args) =>
        without<(typeof usage)[number]>(invoiced?.id).of(await store.listUsage(...args)),
    }));
    expect(unused.filter((subject) => subject.startsWith('units of runs'))).toHaveLength(1);
    const spender = usage.find(({ grantsUsed }) => grantsUsed.length > 0);
    const unspent = await driftsWith(store, () => ({
      listUsage: async (...args) =>
        without<(typeof usage)[number]>(spender?.id).of(await store.listUsage(...args)),
    }));
    expect(unspent).toEqual(['uses paid in credits']);
  });

  it('L212, F12: reads only the uses that lines since a day can bill, and misses none of those', async () => {
    const store = await history();
    const all = { accountId: 'acme', fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    const { items: usage } = await store.listUsage(all, { limit: 100 });
    const { items: invoices } = await store.listInvoices('acme', { limit: 100 });
    const starts = invoices.flatMap(({ lines }) =>
      lines.filter(({ kind }) => kind === 'overage').map(({ coversFromMs }) => coversFromMs),
    );
    const [first = 0, second = 0] = starts.toSorted((a, b) => a - b);
    expect(first).toBeLessThan(second);
    const lineOf = (startsAtMs: number) =>
      usage.find(({ invoiced }) => invoiced?.some(({ fromMs }) => fromMs === startsAtMs));
    const without = (id: string | undefined) => (of: Store) => ({
      async listUsage(...args: Parameters<Store['listUsage']>) {
        asked.push(args[0].fromMs);
        const page = await of.listUsage(...args);
        return { ...page, items: page.items.filter((use) => use.id !== id) };
      },
    });
    const asked: number[] = [];
    expect(await driftsWith(store, without('none'), second)).toEqual([]);
    expect(asked).toEqual([second - 36 * 86_400_000]);
    expect(await driftsWith(store, without(lineOf(first)?.id), second)).toEqual([]);
    expect(await driftsWith(store, without(lineOf(second)?.id), second)).toEqual([`units of runs ${second}`]);
  });

  it('L209: gives nothing back of what was given up and never paid', async () => {
    const store = await history();
    const { items } = await store.listInvoices('acme', { limit: 100 });
    const givenUp = items.find(({ status }) => status === 'uncollectible');
    expect(givenUp?.credited).toBe(7_000_000n);
  });
});
