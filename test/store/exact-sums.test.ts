import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '@usagekit/server/app';
import { type CatalogConfig, type Credits, type Item, paths } from '@usagekit/server/contract';
import { carryOf, parseAmount, partsPerMicro } from '@usagekit/server/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import fc from '../support/fast-check.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-exact-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Priced so that almost nothing comes to a whole millionth. */
const config = (pricedIn: 'credits' | 'money'): CatalogConfig => ({
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  pricedIn,
  failedTaskRefund: 'full',
  metrics: [{ id: 'emails', label: 'Emails', unit: { one: 'email', other: 'emails' } }],
  metricRates: [{ metric: 'emails', prices: [{ amount: '0.000333', per: 1_000 }] }],
  modelTiers: [{ id: 'light', label: 'Light', rank: 1 }],
  plans: [{ id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [], overdraft: '1000' }],
  models: [
    {
      id: 'small',
      label: 'Small',
      provider: 'acme',
      tier: 'light',
      prices: [{ input: { amount: '0.02', per: 1_000_000 }, output: { amount: '0.137913', per: 1_000_000 } }],
    },
  ],
  tools: [{ id: 'lookup', label: 'Lookup', prices: [{ amount: '0.000777', per: 1_000 }] }],
  storage: [
    {
      id: 'traces',
      label: 'Traces',
      unit: { one: 'MB', other: 'MB' },
      prices: [{ amount: '0.000019', per: 1_000 }],
    },
  ],
});

/** Trillionths of a millionth, in which each of these prices is whole. */
const trillion = 10n ** 12n;

/** What the items cost, worked out here by itself: quantity and price in millionths, by the units that the price is for. */
function exactOf(items: readonly Item[]): bigint {
  let sum = 0n;
  for (const item of items) {
    if ('model' in item)
      sum +=
        BigInt(item.inputTokens ?? 0) * 20_000n * 1_000_000n +
        BigInt(item.outputTokens ?? 0) * 137_913n * 1_000_000n;
    else if ('tool' in item) sum += BigInt(item.calls) * 777n * 1_000_000_000n;
    else if ('metric' in item) sum += parseAmount(item.quantity) * 333n * 1_000n;
    else sum += parseAmount(item.quantity) * 19n * 1_000n;
  }
  return sum;
}

const tokens = fc.integer({ min: 0, max: 60 });
const quantity = fc.constantFrom('0.000001', '0.5', '1', '2.7', '33.333333');
const item: fc.Arbitrary<Item> = fc.oneof(
  fc.record({ model: fc.constant('small'), inputTokens: tokens, outputTokens: tokens }),
  fc.record({ tool: fc.constant('lookup'), calls: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ storage: fc.constant('traces'), quantity }),
  fc.record({ metric: fc.constant('emails'), quantity }),
);
const items = fc.array(item, { minLength: 1, maxLength: 3 });

const request = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('use' as const), items, isVoid: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('events' as const),
      all: fc.array(items, { minLength: 1, maxLength: 20 }),
      isVoid: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('hold' as const),
      items,
      parts: fc.array(items, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('task' as const),
      estimate: fc.option(items),
      parts: fc.array(items, { minLength: 1, maxLength: 3 }),
      end: fc.constantFrom('completed' as const, 'failed' as const),
      isVoid: fc.boolean(),
    }),
  },
);
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

class Account {
  readonly #app: App;
  readonly #id: string;
  /** What is to have been charged in all, exactly. */
  exact = 0n;
  /** Whether anything was taken back, after which other charges may be a little more. */
  wasTakenBack = false;
  #keys = 0;

  constructor(app: App, id: string) {
    this.#app = app;
    this.#id = id;
  }

  async run(next: Request, name: string): Promise<void> {
    const accountId = this.#id;
    switch (next.type) {
      case 'use': {
        const used = await this.send<{ id: string }>('POST', paths.consume, { accountId, items: next.items });
        await this.#settled(exactOf(next.items), next.isVoid, { usageId: used.id });
        return;
      }
      case 'events': {
        const events = next.all.map((each, index) => ({
          id: `${name}-${index}`,
          at: '2026-06-01T00:00:00.000Z',
          accountId,
          items: each,
        }));
        await this.send('POST', paths.events, { events });
        await Promise.all(
          next.all.map((each, index) =>
            this.#settled(exactOf(each), next.isVoid && index % 2 === 0, { eventId: `${name}-${index}` }),
          ),
        );
        return;
      }
      case 'hold': {
        await this.send('POST', paths.holds, { accountId, id: name, items: next.items });
        for (const [index, part] of next.parts.entries()) {
          const final = index === next.parts.length - 1;
          await this.send('POST', paths.settleHold(name), { accountId, items: part, final });
          this.exact += exactOf(part);
        }
        return;
      }
      case 'task': {
        const estimate = next.estimate === null ? {} : { estimate: next.estimate };
        const body = { accountId, id: name, name: 'A run', status: 'in_progress', ...estimate };
        await this.send('POST', paths.tasks, body);
        for (const part of next.parts) await this.send('PATCH', paths.task(name), { accountId, items: part });
        await this.send('PATCH', paths.task(name), { accountId, status: next.end });
        // What failed came back; taking a use of it back gives nothing a second time.
        if (next.end === 'failed') this.wasTakenBack = true;
        else for (const part of next.parts) this.exact += exactOf(part);
        if (!next.isVoid || exactOf(next.parts[0] ?? []) === 0n) return;
        if (next.end === 'completed') this.exact -= exactOf(next.parts[0] ?? []);
        await this.#takeBack({ taskId: name, line: 0 });
        return;
      }
    }
  }

  async #settled(exact: bigint, isVoid: boolean, use: object): Promise<void> {
    if (isVoid) await this.#takeBack(use);
    else this.exact += exact;
  }

  async #takeBack(use: object): Promise<void> {
    this.wasTakenBack = true;
    await this.send('POST', paths.voids(this.#id), { use, reason: 'A mistake' });
  }

  async send<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    this.#keys += 1;
    const response = await this.#app.fetch(
      new Request(`http://usage.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secretKey}`,
          'content-type': 'application/json',
          'idempotency-key': `${this.#id}-${this.#keys}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Body;
  }
}

const secretKey = 'sk_test_for-exact-sums';
let ids = 0;
function serve(store: Store, catalog: CatalogConfig): App {
  return createApp({
    store,
    clock: { nowMs: () => Date.parse('2026-06-01T00:00:00.000Z') },
    newId: () => `id-${(ids++).toString().padStart(8, '0')}`,
    catalog,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
  });
}

const granted = '1';
const streams = fc.array(request, { minLength: 1, maxLength: 25 });

describe.each([
  ['memory', async () => createMemoryStore()],
  ['SQLite', async () => createSqliteStore({ file: join(folder, `${ids++}.db`) })],
  ['PostgreSQL', async () => createPostgresStore({ url: await postgres.freshUrl(), connectionsMax: 4 })],
] as const)('on %s', (_, open) => {
  it.each(['credits', 'money'] as const)(
    'C8, F2, L3, L361, L363: any stream of requests priced in %s is charged what its exact sum comes to',
    async (pricedIn) => {
      const store = await open();
      const app = serve(store, config(pricedIn));
      const unit = pricedIn === 'money' ? 'USD' : 'credits';
      let accounts = 0;
      await fc.assert(
        fc.asyncProperty(streams, async (all) => {
          const id = `acme-${accounts++}`;
          const account = new Account(app, id);
          await account.send('PUT', paths.account(id), {});
          await account.send('POST', paths.grants(id), { amount: granted });
          const before = await account.send<Credits>('GET', paths.credits(id));
          await Promise.all(all.map((next, index) => account.run(next, `step-${index}`)));
          const readCarry = async () => {
            const state = await store.readAccount(id);
            return state === undefined ? null : carryOf(state.wallet, unit);
          };
          const carriedBefore = await readCarry();
          // Until something is charged, each use that was taken back may leave a millionth to be made up for.
          if (!account.wasTakenBack) expect(carriedBefore).toBeLessThan(partsPerMicro);
          await account.run(
            { type: 'use', items: [{ tool: 'lookup', calls: 1_000 }], isVoid: false },
            'last',
          );
          const after = await account.send<Credits>('GET', paths.credits(id));
          const charged =
            parseAmount(before.available) - parseAmount(after.available) - parseAmount(after.held);
          const carried = (await readCarry()) ?? 0n;
          expect(charged * partsPerMicro + carried).toBe(account.exact * (partsPerMicro / trillion));
          expect(charged).toBe(account.exact / trillion);
        }),
        { numRuns: 8 },
      );
      await assertReconciled(store);
      await app.close();
      await store.close();
    },
    120_000,
  );

  it('C8, L3: 10,000 requests of 25 tokens at $0.02 for a million cost $0.005', async () => {
    const store = await open();
    const app = serve(store, config('money'));
    const account = new Account(app, 'acme');
    await account.send('PUT', paths.account('acme'), {});
    await account.send('POST', paths.grants('acme'), { amount: granted });
    const at = '2026-06-01T00:00:00.000Z';
    for (let batch = 0; batch < 10; batch++) {
      const events = Array.from({ length: 1_000 }, (_, index) => ({
        id: `${batch}-${index}`,
        at,
        accountId: 'acme',
        items: [{ model: 'small', inputTokens: 25 }],
      }));
      await account.send('POST', paths.events, { events });
    }
    const { available } = await account.send<Credits>('GET', paths.credits('acme'));
    expect(available).toBe('0.995');
    await app.close();
    await store.close();
  });
});
