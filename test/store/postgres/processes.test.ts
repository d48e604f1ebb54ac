import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import {
  createPostgresStore,
  type PostgresStoreOptions,
} from '../../../server/src/store/postgres/postgres-store.ts';
import type { ChangedAccounts, Store } from '../../../server/src/store/store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { creditsOf, putAccount, type SpendResult, sampleAccount, spend } from '../account-samples.ts';
import { pagesOf } from '../suite/harness.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

it('F1: admits exactly what there are credits for, and each key once, from several processes on one database', async () => {
  const url = await server.freshUrl();
  const accounts = 4;
  const commands = 800;
  const credits = 50;
  const processes = await Promise.all(
    Array.from({ length: 3 }, () => startSpender(url, [accounts, commands, credits].map(String))),
  );
  const outcomes = await Promise.all(processes.map((each) => each.go()));

  const made = Array.from(
    { length: accounts },
    (_, index) => outcomes.filter((each) => each.made[index]).length,
  );
  expect(made).toEqual(Array.from({ length: accounts }, () => 1));
  const store = await openStore(url);
  for (let account = 0; account < accounts; account++) {
    const keys = Array.from({ length: commands }, (_, index) => index).filter(
      (index) => index % accounts === account,
    );
    const spentOf = (key: number): number => outcomes.filter((each) => each.results[key] === 'spent').length;
    expect(keys.every((key) => spentOf(key) <= 1)).toBe(true);
    expect(keys.filter((key) => spentOf(key) === 1)).toHaveLength(credits);
    expect(creditsOf(await store.readAccount(`a-${account}`))).toBe(0n);
    const entries = (await pagesOf((page) => store.listEntries(`a-${account}`, page), 100)).flat();
    expect(entries.map((entry) => entry.seq)).toEqual(
      Array.from({ length: credits }, (_, index) => credits - index),
    );
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(credits);
  }
});

it('F21: gives a lease to one process at a time, and to another when its time is over', async () => {
  const url = await server.freshUrl();
  const [here, there] = [await openStore(url), await openStore(url)];
  expect(await here.takeLease('due', 'here', 60_000)).toBe(true);
  expect(await there.takeLease('due', 'there', 60_000)).toBe(false);
  expect(await there.takeLease('notices', 'there', 60_000)).toBe(true);
  expect(await here.takeLease('due', 'here', -1)).toBe(true);
  expect(await there.takeLease('due', 'there', 60_000)).toBe(true);
});

it('F21: neither fails nor waits for long where another process is just taking a lease or probing, and its disk is slow', async () => {
  const url = await server.freshUrl();
  const random = vi.spyOn(Math, 'random');
  random.mockReturnValue(0);
  const here = await openStore(url);
  random.mockReturnValue(0.9);
  const there = await openStore(url);
  random.mockRestore();
  expect(await here.takeLease('due', 'here', -1)).toBe(true);
  await here.probe();
  const slow = new Client({ connectionString: url });
  await slow.connect();
  onTestFinished(() => slow.end());
  await slow.query('BEGIN');
  await slow.query('SELECT 1 FROM leases FOR UPDATE');
  await slow.query('SELECT 1 FROM clocks FOR UPDATE');
  expect(await there.takeLease('due', 'there', 60_000)).toBe(false);
  await there.probe();
  await slow.query('COMMIT');
  expect(await there.takeLease('due', 'there', 60_000)).toBe(true);
});

it('F5: tells who listens in one process what changed in another', async () => {
  const url = await server.freshUrl();
  const [here, there] = [await openStore(url), await openStore(url)];
  const told = Promise.withResolvers<ChangedAccounts>();
  there.subscribe(told.resolve);
  await putAccount(here, sampleAccount('a'));
  expect(await told.promise).toEqual(['a']);
});

it('I34: tells after a lost connection what changed meanwhile', async () => {
  const url = await server.freshUrl();
  const [here, there] = [await openStore(url), await openStore(url)];
  await breakListeners(url);
  await putAccount(here, sampleAccount('missed'));
  const told = Promise.withResolvers<void>();
  there.subscribe((changed) => {
    if (changed === 'all' || changed.includes('missed')) told.resolve();
  });
  await told.promise;
});

it('goes on after every connection broke, and the command under way fails or is answered, never both', async () => {
  const url = await server.freshUrl();
  const store = await openStore(url);
  await putAccount(store, sampleAccount('a', 10n ** 12n));
  const commit = createGroupCommit({ store, schedule: setImmediate, batchRowsMax: 50 });
  const commands = Array.from({ length: 200 }, (_, index) =>
    commit.submit(spend({ accountId: 'a', key: `k-${index}` })),
  );
  const broken = breakConnections(url);
  const settled = await Promise.allSettled(commands);
  await broken;
  for (const each of settled) {
    if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(StoreUnavailableError);
  }
  // The same keys again: what was committed without an answer is replayed, the rest is spent now.
  for (let index = 0; index < 200; index++) await commit.submit(spend({ accountId: 'a', key: `k-${index}` }));
  const entries = (await pagesOf((page) => store.listEntries('a', page), 100)).flat();
  expect(entries).toHaveLength(200);
  expect(creditsOf(await store.readAccount('a'))).toBe(10n ** 12n - 200_000_000n);
});

it('writes nothing of a transaction whose last statement fails', async () => {
  const url = await server.freshUrl();
  const store = await openStore(url);
  await putAccount(store, sampleAccount('a', 5n));
  const activity = {
    id: 'ac-1',
    accountId: 'a',
    atMs: 1,
    kind: 'credits_adjusted',
    description: 'Twice the same',
    event: null,
    memberId: null,
    reason: null,
  } as const;
  const state = { ...sampleAccount('a', 9n), version: 2 };
  const write = store.write({ accountIds: ['a'] }, () => ({
    writes: { accounts: [state], activity: [activity, activity] },
    result: undefined,
  }));
  // Two rows with one key are a mistake of the program, which nobody mends by trying again.
  await expect(write).rejects.toMatchObject({ code: '23505' });
  expect(creditsOf(await store.readAccount('a'))).toBe(5n);
  const loaded = await store.write({ accountIds: ['a'] }, (found) => ({
    writes: {},
    result: found.account('a'),
  }));
  expect(creditsOf(loaded)).toBe(5n);
});

it('I32: begins again after a deadlock with another program', async () => {
  const url = await server.freshUrl();
  const first = await openStore(url);
  for (const id of ['a', 'b']) await putAccount(first, sampleAccount(id, 1_000_000n));
  // What a process knows already it does not lock to read.
  const store = await openStore(url);
  // Somebody who locks in the other order and is slow to notice: the store is the one to be broken off.
  const other = new Client({ connectionString: url });
  await other.connect();
  onTestFinished(() => other.end());
  await other.query(
    "SET deadlock_timeout = '60s'; BEGIN; SELECT FROM accounts WHERE account_id = 'b' FOR UPDATE",
  );
  let decisions = 0;
  const written = createGroupCommit({ store, schedule: setImmediate }).submit({
    needs: { accountIds: ['a', 'b'] },
    priority: 'gate',
    rows: 1,
    decide: (loaded) => {
      decisions += 1;
      return { writes: {}, result: creditsOf(loaded.account('a')) + creditsOf(loaded.account('b')) };
    },
  });
  await waitsForLock(url);
  await other.query("UPDATE accounts SET version = 7 WHERE account_id = 'a'");
  await other.query('COMMIT');
  expect(await written).toBe(2_000_000n);
  expect(decisions).toBe(1);
});

it('F22: holds no more connections than it was given, however much is asked at once', async () => {
  const url = await server.freshUrl();
  const store = await openPostgres({ url, connectionsMax: 2 });
  await putAccount(store, sampleAccount('a', 1_000_000n));
  await Promise.all([
    ...Array.from({ length: 30 }, () => store.listEntries('a', { limit: 1 })),
    ...Array.from({ length: 30 }, (_, index) => {
      const { needs, decide } = spend({ accountId: 'a', key: `k-${index}` });
      return store.write(needs, decide);
    }),
  ]);
  const admin = new Client({ connectionString: url });
  await admin.connect();
  onTestFinished(() => admin.end());
  const { rows } = await admin.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
    [new URL(url).searchParams.get('application_name')],
  );
  // One commits, one hears of changes, and two read.
  expect(rows[0]?.count).toBe(4);
});

it('refuses a database that a newer version wrote, and an address where none is, in one line', async () => {
  const url = await server.freshUrl();
  await (await createPostgresStore({ url })).close();
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query('INSERT INTO usagekit_schema (version) VALUES (999)');
  await admin.end();
  await expect(createPostgresStore({ url })).rejects.toMatchObject({ code: 'newer_version' });
  const nowhere = createPostgresStore({ url: 'postgres://someone:secret@127.0.0.1:1/none' });
  await expect(nowhere).rejects.toMatchObject({
    code: 'cannot_open',
    message: expect.not.stringMatching(/secret|\n/),
  });
});

function openStore(url: string): Promise<Store> {
  return openPostgres({ url });
}

async function openPostgres(options: PostgresStoreOptions): Promise<Store> {
  const store = await createPostgresStore(options);
  onTestFinished(() => store.close());
  return store;
}

interface Outcome {
  made: boolean[];
  results: SpendResult[];
}

async function startSpender(url: string, args: string[]): Promise<{ go: () => Promise<Outcome> }> {
  const script = fileURLToPath(new URL('./spender.ts', import.meta.url));
  const child = spawn(process.execPath, [script, url, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return {
    go: async () => {
      child.stdin.write('go\n');
      return JSON.parse((await lines.next()).value ?? '') as Outcome;
    },
  };
}

/** Ends the connections of this schema's stores that match the condition, as a failing network would. */
async function terminate(url: string, condition: string): Promise<number> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  const { rowCount } = await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = $1 AND pid <> pg_backend_pid() AND ${condition}`,
    [new URL(url).searchParams.get('application_name')],
  );
  await admin.end();
  return rowCount ?? 0;
}

async function breakListeners(url: string): Promise<void> {
  expect(await terminate(url, "query LIKE '%LISTEN%'")).toBe(2);
}

async function breakConnections(url: string): Promise<void> {
  await terminate(url, "query NOT LIKE '%LISTEN%'");
}

/** Resolves once some connection waits for a lock. */
async function waitsForLock(url: string): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    for (;;) {
      const { rowCount } = await admin.query(
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = $1",
        [new URL(url).searchParams.get('application_name')],
      );
      if (rowCount !== null && rowCount > 0) return;
    }
  } finally {
    await admin.end();
  }
}

it('F21, I33: lets commands of other accounts go on while one account is locked elsewhere', async () => {
  const url = await server.freshUrl();
  const store = await openStore(url);
  for (const id of ['held', 'free']) await putAccount(store, sampleAccount(id, 100_000_000n));
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const spendOf = (accountId: string, key: string) => commit.submit(spend({ accountId, key }));
  for (let round = 0; round < 20; round++) await spendOf('free', `warm-${round}`);

  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query(`BEGIN; SELECT 1 FROM accounts WHERE account_id = 'held' FOR UPDATE`);
  const order: string[] = [];
  const held = ['h-1', 'h-2'].map(async (key) => {
    const result = await spendOf('held', key);
    order.push(key);
    return result;
  });
  for (let round = 0; round < 5; round++) {
    expect(await Promise.all([0, 1, 2].map((index) => spendOf('free', `f-${round}-${index}`)))).toEqual([
      'spent',
      'spent',
      'spent',
    ]);
  }
  expect(order).toEqual([]);
  await other.query('COMMIT');
  await other.end();
  expect(await Promise.all(held)).toEqual(['spent', 'spent']);
  expect(order).toEqual(['h-1', 'h-2']);
  expect(creditsOf(await store.readAccount('free'))).toBe(65_000_000n);
  expect(creditsOf(await store.readAccount('held'))).toBe(98_000_000n);
  await commit.drain();
});
