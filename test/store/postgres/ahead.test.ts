import { createApp } from '@usagekit/server/app';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { AccountsBusyError } from '../../../server/src/store/store-errors.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { creditsOf, putAccount, sampleAccount, sampleTask, spend } from '../account-samples.ts';
import { pagesOf } from '../suite/harness.ts';

// Batches that are decided before the ones in front of them are committed: whatever overtakes them, what is answered
// is what was written.

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function openStore(url: string): Promise<Store> {
  const store = await createPostgresStore({ url, connectionsMax: 4 });
  onTestFinished(() => store.close());
  return store;
}

/** A write of its own for each key, all of them sent before the first is answered. */
function spendAtOnce(store: Store, keys: readonly string[]): Promise<string[]> {
  return Promise.all(
    keys.map(async (key) => {
      const { needs, decide } = spend({ accountId: 'a', key });
      for (;;) {
        try {
          return await store.write(needs, decide);
        } catch (error) {
          // On a slow machine the other process may hold the lock for longer than a write waits; then it is asked again, as the group
          // commit does.
          if (!(error instanceof AccountsBusyError)) throw error;
        }
      }
    }),
  );
}

/** A first write by this process, after which it knows the account and writes go ahead. */
async function meet(store: Store): Promise<void> {
  await spendAtOnce(store, [`meet-${crypto.randomUUID()}`]);
}

function keysOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`);
}

it('F1: answers every write that was sent behind another with what is left after it', async () => {
  const store = await openStore(await server.freshUrl());
  await putAccount(store, sampleAccount('a', 10_000_000n));
  const results = await spendAtOnce(store, keysOf('k', 15));
  expect(results.filter((result) => result === 'spent')).toHaveLength(10);
  expect(creditsOf(await store.readAccount('a'))).toBe(0n);
});

it('F1, I30: decides again what another process overtook, with all that was sent behind it', async () => {
  const url = await server.freshUrl();
  const [here, there] = [await openStore(url), await openStore(url)];
  await putAccount(here, sampleAccount('a', 61_000_000n));
  await meet(there);
  const rounds = 12;
  for (let round = 0; round < rounds; round++) {
    // Whoever comes second stands on a state that is no longer true.
    const results = await Promise.all([
      spendAtOnce(here, keysOf(`here-${round}`, 3)),
      spendAtOnce(there, keysOf(`there-${round}`, 3)),
    ]);
    const left = 60 - 6 * round;
    expect(results.flat().filter((result) => result === 'spent')).toHaveLength(
      Math.max(0, Math.min(6, left)),
    );
  }
  expect(creditsOf(await here.readAccount('a'))).toBe(0n);
  const entries = (await pagesOf((page) => there.listEntries('a', page), 50)).flat();
  expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 61 }, (_, index) => 61 - index));
});

it('F2: debits once for a key that comes again while its first write is on its way', async () => {
  const store = await openStore(await server.freshUrl());
  await putAccount(store, sampleAccount('a', 80_000_000n));
  const results = await spendAtOnce(store, ['same', 'same', 'other', 'same']);
  expect(results).toEqual(['spent', 'replayed', 'spent', 'replayed']);
  expect(creditsOf(await store.readAccount('a'))).toBe(78_000_000n);
});

it('F2: debits each account once for a key that several accounts have, also where it comes again', async () => {
  const store = await openStore(await server.freshUrl());
  const ids = ['a', 'b', 'c'];
  for (const id of ids) await putAccount(store, sampleAccount(id, 5_000_000n));
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const ofAll = () =>
    Promise.all(ids.map((accountId) => commit.submit(spend({ accountId, key: 'monthly' }))));
  expect(await ofAll()).toEqual(['spent', 'spent', 'spent']);
  expect(await ofAll()).toEqual(['replayed', 'replayed', 'replayed']);
  for (const id of ids) expect(creditsOf(await store.readAccount(id))).toBe(4_000_000n);
});

/** A write that puts the task with another name, and gives the name that it had. */
function rename(store: Store, id: string, name: string): Promise<string | undefined> {
  const needs = { accountIds: ['a'], tasks: [{ accountId: 'a', id }] };
  return store.write(needs, (loaded) => {
    const state = loaded.account('a');
    if (state === undefined) throw new Error('There is no account.');
    const before = loaded.task('a', id);
    const task = sampleTask('a', id, { name });
    return {
      writes: { accounts: [{ ...state, version: state.version + 1 }], tasks: [task] },
      result: before?.name,
    };
  });
}

it('F1: takes one round trip from the second write of an account on, for refusals, repeated keys and tasks too', async () => {
  const store = await openStore(await server.freshUrl());
  await putAccount(store, sampleAccount('a', 5_000_000n));
  const locked = vi.spyOn(Pool.prototype, 'connect');
  onTestFinished(() => locked.mockRestore());
  const keys = keysOf('k', 7);
  expect((await spendAtOnce(store, keys)).filter((result) => result === 'spent')).toHaveLength(5);
  expect(await spendAtOnce(store, keys.slice(0, 2))).toEqual(['replayed', 'replayed']);
  expect(await rename(store, 't', 'first')).toBeUndefined();
  expect(await rename(store, 't', 'second')).toBe('first');
  expect(locked).not.toHaveBeenCalled();
  // A thing that this process has not seen is looked up.
  expect((await store.readTask('a', 't'))?.name).toBe('second');
});

it('F1, O6: takes one round trip for what a host calls, with member, category, a model and two tools, and for its refusals', async () => {
  const store = await openStore(await server.freshUrl());
  const app = createApp({
    store,
    clock: { nowMs: () => Date.UTC(2026, 5, 10) },
    newId: () => crypto.randomUUID(),
    catalog: smallCatalogConfig,
    secretKeys: ['sk_test_for-what-a-host-calls'],
  });
  onTestFinished(() => app.close());
  const send = async (method: string, path: string, body: unknown) => {
    const response = await app.fetch(
      new Request(`http://server${path}`, {
        method,
        headers: {
          authorization: 'Bearer sk_test_for-what-a-host-calls',
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      }),
    );
    return response.status;
  };
  const consume = (calls: number) =>
    send('POST', '/v1/consume', {
      accountId: 'acme',
      memberId: 'mia',
      category: 'agent',
      items: [{ model: 'swift-1' }, { tool: 'search', calls }, { tool: 'search', calls: 1 }],
    });
  expect(await send('PUT', '/v1/accounts/acme', {})).toBe(201);
  expect(
    await send('PUT', '/v1/accounts/acme/members/mia', { role: 'member', allocations: { exports: '5' } }),
  ).toBe(201);
  expect(await consume(1)).toBe(200);
  const locked = vi.spyOn(Pool.prototype, 'connect');
  onTestFinished(() => locked.mockRestore());
  for (let use = 0; use < 5; use++) expect(await consume(1)).toBe(200);
  expect(await consume(1_000_000)).toBe(402);
  expect(await consume(1)).toBe(200);
  expect(locked).not.toHaveBeenCalled();
});

it('F1, I31: sees the task that another process wrote, and refuses on no state that is no longer true', async () => {
  const url = await server.freshUrl();
  const [here, there] = [await openStore(url), await openStore(url)];
  await putAccount(here, sampleAccount('a', 1_000_000n));
  await meet(there);
  expect(await rename(here, 't', 'here')).toBeUndefined();
  expect(await rename(there, 't', 'there')).toBe('here');
  expect(await rename(here, 't', 'again')).toBe('there');
  expect(await rename(there, 'new', 'there')).toBeUndefined();
  expect(await rename(here, 'new', 'here')).toBe('there');

  // Here the account is known to be empty; meanwhile it is given more.
  expect(await spendAtOnce(here, ['none'])).toEqual(['refused']);
  await there.write({ accountIds: ['a'] }, (loaded) => {
    const state = loaded.account('a');
    if (state === undefined) throw new Error('There is no account.');
    const { wallet } = sampleAccount('a', 5_000_000n);
    const given = {
      ...state,
      wallet: { ...wallet, nextSeq: state.wallet.nextSeq },
      version: state.version + 1,
    };
    return { writes: { accounts: [given] }, result: undefined };
  });
  expect(await spendAtOnce(here, ['some'])).toEqual(['spent']);
});

it('F1, I31: a refusal among uses is proved by the statement that writes them, and stands on no state that is no longer true', async () => {
  const url = await server.freshUrl();
  const [here, there] = [await openStore(url), await openStore(url)];
  await putAccount(here, sampleAccount('a', 3_000_000n));
  await putAccount(here, sampleAccount('b'));
  const commit = createGroupCommit({ store: here, schedule: setImmediate });
  const ofBoth = (key: string) =>
    Promise.all(['a', 'b'].map((accountId) => commit.submit(spend({ accountId, key }))));
  expect(await ofBoth('first')).toEqual(['spent', 'refused']);
  const sent = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => sent.mockRestore());
  expect(await ofBoth('second')).toEqual(['spent', 'refused']);
  expect(sent.mock.calls.map(([query]) => query as unknown)).not.toContain('BEGIN');

  await there.write({ accountIds: ['b'] }, (loaded) => {
    const before = loaded.account('b');
    const given = { ...sampleAccount('b', 1_000_000n), version: (before?.version ?? 0) + 1 };
    return { writes: { accounts: [given] }, result: undefined };
  });
  expect(await ofBoth('third')).toEqual(['spent', 'spent']);
  expect(creditsOf(await there.readAccount('a'))).toBe(0n);
  expect(creditsOf(await there.readAccount('b'))).toBe(0n);
});
