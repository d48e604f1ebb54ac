import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '@usagekit/server/app';
import { newIdempotencyKey } from '@usagekit/server/contract';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { reconcileStore } from '../../../server/src/store/reconcile-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { startReplicatedPostgres } from '../../support/replicated-postgres.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const secretKey = 'sk_test_only-for-the-failover-drill';
const accountIds = ['a-0', 'a-1', 'a-2', 'a-3'];

export interface Survived {
  /** Debits that were answered, each under a key of its own. */
  readonly answered: number;
  /** Of those, before the primary was killed. */
  readonly answeredBefore: number;
  /** Answers that had to be asked for again. */
  readonly retried: number;
  /** Usage records in the database. */
  readonly recorded: number;
  /** Balances that drifted or cannot be read. */
  readonly drifted: readonly string[];
  /** The longest time without an answer. */
  readonly pauseMs: number;
}

/** Two servers on one replicated database, under load when its primary is killed. */
export async function surviveFailover({
  clients,
  msBefore,
  msAfter,
}: {
  clients: number;
  msBefore: number;
  msAfter: number;
}): Promise<Survived> {
  const database = await startReplicatedPostgres();
  const stores = [
    await createPostgresStore({ url: database.url }),
    await createPostgresStore({ url: database.url }),
  ];
  const catalog = {
    ...smallCatalogConfig,
    plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, monthlyCredits: '1000000' })),
  };
  const apps = stores.map((store) =>
    createApp({
      store,
      clock: { nowMs: () => Date.now() },
      newId: newIdempotencyKey,
      catalog,
      secretKeys: [secretKey],
      afterTurn: setImmediate,
    }),
  );
  const send = async (index: number, method: string, path: string, body: object, key: string) => {
    const app = apps[index % apps.length];
    if (app === undefined) throw new Error('There is no server.');
    return app.fetch(
      new Request(`http://server${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secretKey}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      }),
    );
  };
  try {
    for (const id of accountIds) {
      await send(0, 'PUT', `/v1/accounts/${id}`, {}, newIdempotencyKey());
      await send(0, 'PUT', `/v1/accounts/${id}/members/mia`, {}, newIdempotencyKey());
    }
    const usageIds = new Map<string, string>();
    let retried = 0;
    let isOver = false;
    let answeredAtMs = performance.now();
    let pauseMs = 0;
    const client = async (index: number): Promise<void> => {
      while (!isOver) {
        const accountId = accountIds[index % accountIds.length] ?? '';
        const key = newIdempotencyKey();
        const body = { accountId, memberId: 'mia', category: 'agent', items: [{ model: 'swift-1' }] };
        for (;;) {
          const response = await send(index, 'POST', '/v1/consume', body, key);
          const answer = (await response.json()) as { id?: string };
          if (response.status === 200) {
            usageIds.set(answer.id ?? '', accountId);
            pauseMs = Math.max(pauseMs, performance.now() - answeredAtMs);
            answeredAtMs = performance.now();
            break;
          }
          if (response.status !== 503) throw new Error(JSON.stringify(answer));
          retried += 1;
          await pause(100);
        }
      }
    };
    const load = Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
    await pause(msBefore);
    const answeredBefore = usageIds.size;
    await database.failOver();
    await pause(msAfter);
    isOver = true;
    await load;
    const [store] = stores;
    if (store === undefined) throw new Error('There is no store.');
    return {
      answered: usageIds.size,
      answeredBefore,
      retried,
      recorded: await recordedOf(store),
      drifted: await driftsOf(store),
      pauseMs,
    };
  } finally {
    for (const app of apps) await app.close();
    for (const store of stores) await store.close();
    await database.stop();
  }
}

async function recordedOf(store: Store): Promise<number> {
  let count = 0;
  for (const accountId of accountIds) {
    let cursor: string | undefined;
    do {
      const query = { accountId, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
      const page = await store.listUsage(query, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
      count += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  return count;
}

async function driftsOf(store: Store): Promise<string[]> {
  const drifted: string[] = [];
  for await (const { accountId, drifts, unreadable } of reconcileStore(store)) {
    if (unreadable !== null) drifted.push(`${accountId}: ${unreadable}`);
    for (const { subject, expected, found } of drifts)
      drifted.push(`${accountId}: ${subject} is ${found}, its entries say ${expected}`);
  }
  return drifted;
}
