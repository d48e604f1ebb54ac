import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { reconcileStore } from '../../server/src/store/reconcile-store.ts';
import type { PageRequest, Store } from '../../server/src/store/store.ts';
import { createTestServer } from '../api/support/test-server.ts';

const batches = 3;
const batchSize = 1_000;
const rowsAtOnceMax = 500;

/** An account with thousands of uses that debit. */
async function busyAccount() {
  const store = createMemoryStore();
  const server = createTestServer({ store });
  await server.account();
  await server.post('/v1/accounts/acme/grants', { amount: '10000' });
  for (let batch = 0; batch < batches; batch += 1) {
    const events = Array.from({ length: batchSize }, (_, place) => ({
      id: `use-${batch}-${place}`,
      accountId: 'acme',
      items: [{ tool: 'search', calls: 1 }],
    }));
    const { body } = await server.post<{ rejected: unknown[] }>('/v1/events', { events });
    expect(body.rejected).toEqual([]);
  }
  return { store, server };
}

it('F12, F21: reads a long ledger, its invoices and its uses a page at a time, and waits its turn before each', async () => {
  const { store } = await busyAccount();
  const asked: string[] = [];
  let underWay = 0;
  const paged = new Set([
    'listEntries',
    'listUsage',
    'listInvoices',
    'listCharges',
    'listMembers',
    'listHolds',
    'listActivity',
  ]);
  const watched = new Proxy(store, {
    get(target, name) {
      const own = Reflect.get(target, name).bind(target);
      if (!paged.has(String(name))) return own;
      return async (of: unknown, page: PageRequest) => {
        expect(page.limit).toBeLessThanOrEqual(rowsAtOnceMax);
        underWay += 1;
        expect(underWay).toBe(1);
        const found = await own(of, page);
        underWay -= 1;
        asked.push(String(name));
        return found;
      };
    },
  }) as Store;
  const pause = async () => void asked.push('pause');
  const reconciled = [];
  for await (const account of reconcileStore(watched, { pause })) reconciled.push(account);
  expect(reconciled).toEqual([{ accountId: 'acme', drifts: [], unreadable: null }]);
  const pages = asked.filter((name) => name !== 'pause');
  const pagesOf = (list: string) => pages.filter((name) => name === list).length;
  for (const list of ['listEntries', 'listUsage'])
    expect(pagesOf(list)).toBeGreaterThanOrEqual((batches * batchSize) / rowsAtOnceMax);
  expect(asked).toEqual(pages.flatMap((name) => ['pause', name]));
});

it('F12, F21: lets a serving process answer between the pages of a reconciliation', async () => {
  const { server } = await busyAccount();
  const answered: string[] = [];
  const reconciliation = server
    .get<{ items: { drifts: unknown[] }[] }>('/v1/reconciliation')
    .then(({ body }) => {
      answered.push('reconciliation');
      return body;
    });
  for (let use = 0; use < 3; use += 1) {
    const { status } = await server.post('/v1/consume', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 1 }],
    });
    expect(status).toBe(200);
    answered.push('consume');
  }
  expect((await reconciliation).items).toMatchObject([{ accountId: 'acme', drifts: [] }]);
  expect(answered[0]).toBe('consume');
  expect(answered).toContain('reconciliation');
});
