import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createApp } from '@usagekit/server/app';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { nextDueAtMs } from '../../server/src/domain/accounts/advance.ts';
import { nothingBilled } from '../../server/src/domain/invoices/state.ts';
import type { AccountState } from '../../server/src/domain/state.ts';
import { createGroupCommit } from '../../server/src/store/group-commit/group-commit.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { type ReconciledAccount, reconcileStore } from '../../server/src/store/reconcile-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { StoredFormatError } from '../../server/src/store/store-errors.ts';
import { patience } from '../support/patience.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { nowMs, putAccount, sampleAccount, sampleTask, spend } from './account-samples.ts';

const key = 'sk_test_for-these-tests-only';

interface Answered {
  readonly id?: string;
  readonly status?: string;
  readonly items?: readonly unknown[];
  readonly things?: readonly unknown[];
  readonly findings?: readonly { readonly check: string; readonly detail: string }[];
}

interface Database {
  open(): Store | Promise<Store>;
  /** Runs SQL while no store is open. */
  execute(sql: string): Promise<void>;
}

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const databases: Record<string, () => Promise<Database>> = {
  async SQLite() {
    const folder = mkdtempSync(join(tmpdir(), 'usagekit-rows-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'usage.db');
    return {
      open: () => createSqliteStore({ file }),
      async execute(sql) {
        const database = new DatabaseSync(file);
        database.exec(sql);
        database.close();
      },
    };
  },
  async PostgreSQL() {
    const url = await server.freshUrl();
    return {
      open: () => createPostgresStore({ url, connectionsMax: 3 }),
      async execute(sql) {
        const client = new Client({ connectionString: url });
        await client.connect();
        await client.query(sql);
        await client.end();
      },
    };
  },
};

describe.each(Object.keys(databases))('%s', (name) => {
  const newDatabase = () => databases[name]?.() as Promise<Database>;

  async function twoAccounts(): Promise<Database> {
    const database = await newDatabase();
    const store = await database.open();
    for (const id of ['bad', 'good']) {
      const account = sampleAccount(id, 5_000_000n);
      // An empty ledger, and nothing invoiced or to be invoiced, so that it reconciles.
      await putAccount(store, {
        ...account,
        wallet: { grants: [], debts: {}, carry: {}, nextSeq: 1 },
        billing: nothingBilled,
        usage: { ...account.usage, invoiced: {} },
      });
      await store.write({ accountIds: [id] }, () => ({
        writes: { tasks: [sampleTask(id, 't')] },
        result: undefined,
      }));
    }
    await store.close();
    return database;
  }

  async function reopened(database: Database): Promise<Store> {
    const store = await database.open();
    onTestFinished(() => store.close());
    return store;
  }

  it.each(['[99,{}]', '[1', '{}', '[2,{"topUp":1}]', '[null]'])(
    'F20: fails the account alone whose row holds %s, and none that came with it',
    async (body) => {
      const database = await twoAccounts();
      await database.execute(`UPDATE accounts SET wallet = '${body}' WHERE account_id = 'bad'`);
      const store = await reopened(database);
      const commit = createGroupCommit({ store, schedule: setImmediate });
      const [bad, good] = await Promise.allSettled(
        ['bad', 'good'].map((accountId) => commit.submit(spend({ accountId, key: 'k', amount: 1n }))),
      );
      expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(StoredFormatError) });
      expect(good).toMatchObject({ status: 'fulfilled', value: 'refused' });
      await expect(store.readAccount('bad')).rejects.toThrow(StoredFormatError);
      const { items } = await store.listAccounts({ limit: 10 });
      expect(items.map((state) => state.profile.id)).toEqual(['good']);
      expect((await store.listAccountIds({ limit: 10 })).items).toEqual(['bad', 'good']);
    },
  );

  it('F12: tells by reconcile which account cannot be read, and reconciles the others', async () => {
    const database = await twoAccounts();
    await database.execute(`UPDATE accounts SET usage = '[7]' WHERE account_id = 'bad'`);
    const told: ReconciledAccount[] = [];
    for await (const account of reconcileStore(await reopened(database))) told.push(account);
    expect(told).toEqual([
      { accountId: 'bad', drifts: [], unreadable: expect.stringContaining('cycle has format 7') },
      { accountId: 'good', drifts: [], unreadable: null },
    ]);
  });

  it('F20, F21: a version of the catalog that cannot be read stops no start: the one before it holds, also for who is on it, and the next can be put', async () => {
    const database = await newDatabase();
    const open = async () => {
      const store = await database.open();
      const lines: string[] = [];
      const app = createApp({
        store,
        clock: { nowMs: () => nowMs },
        newId: () => crypto.randomUUID(),
        secretKeys: [key],
        log: { info() {}, warn() {}, error: (_, message) => void lines.push(message) },
      });
      const call = (method: string, path: string, body?: unknown) =>
        app.fetch(
          new Request(`http://usage.test${path}`, {
            method,
            headers: {
              authorization: `Bearer ${key}`,
              'content-type': 'application/json',
              'idempotency-key': crypto.randomUUID(),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          }),
        );
      return {
        lines,
        call,
        close: async () => {
          await app.close();
          await store.close();
        },
      };
    };
    const first = await open();
    await first.call('PUT', '/v1/catalog', smallCatalogConfig);
    await first.call('PUT', '/v1/catalog', { ...smallCatalogConfig, creditLabel: { one: 'c', other: 'c' } });
    await first.call('PUT', '/v1/accounts/acme', {});
    await first.call('POST', '/v1/accounts/acme/grants', { amount: '50', source: 'promotional' });
    await first.close();
    await database.execute(`UPDATE catalogs SET config = '[1' WHERE version = 2`);
    const second = await open();
    const use = { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] };
    expect((await second.call('POST', '/v1/consume', use)).status).toBe(200);
    expect((await second.call('PUT', '/v1/accounts/beta', {})).status).toBe(201);
    expect((await second.call('GET', '/v1/catalog/versions')).status).toBe(200);
    const { findings } = (await (await second.call('GET', '/v1/doctor')).json()) as Required<Answered>;
    expect(findings).toContainEqual(expect.objectContaining({ check: 'catalog', level: 'error' }));
    const put = await second.call('PUT', '/v1/catalog', smallCatalogConfig);
    expect([put.status, await put.json()]).toEqual([200, expect.objectContaining({ version: 3 })]);
    expect((await second.call('POST', '/v1/consume', use)).status).toBe(200);
    expect(second.lines).toEqual(['The stored catalog cannot be read and is not used']);
    await second.close();
    const third = await open();
    onTestFinished(third.close);
    expect((await third.call('POST', '/v1/consume', use)).status).toBe(200);
    expect((await third.call('GET', '/v1/accounts/acme/summary')).status).toBe(200);
    expect(third.lines).toEqual([
      'A version of the catalog that accounts are on cannot be used; their plans are those of the latest',
    ]);
  });

  it.each(['members', 'activity', 'holds'])(
    'F12, F20: tells by reconcile an account of whose %s a row cannot be read',
    async (table) => {
      const database = await newDatabase();
      const opened = await database.open();
      const app = createApp({
        store: opened,
        clock: { nowMs: () => nowMs },
        newId: () => crypto.randomUUID(),
        catalog: smallCatalogConfig,
        secretKeys: [key],
      });
      const post = (method: string, path: string, body: unknown) =>
        app.fetch(
          new Request(`http://usage.test${path}`, {
            method,
            headers: {
              authorization: `Bearer ${key}`,
              'content-type': 'application/json',
              'idempotency-key': crypto.randomUUID(),
            },
            body: JSON.stringify(body),
          }),
        );
      for (const id of ['bad', 'good']) {
        await post('PUT', `/v1/accounts/${id}`, {});
        await post('PUT', `/v1/accounts/${id}/members/ada`, { name: 'Ada', role: 'member' });
        await post('POST', `/v1/accounts/${id}/grants`, { amount: '5', source: 'promotional' });
        await post('POST', '/v1/holds', { accountId: id, id: 'h', items: [{ model: 'swift-1' }] });
      }
      await app.close();
      await opened.close();
      await database.execute(`UPDATE ${table} SET body = '[99,{}]' WHERE account_id = 'bad'`);
      const told: ReconciledAccount[] = [];
      for await (const account of reconcileStore(await reopened(database))) told.push(account);
      expect(told).toEqual([
        { accountId: 'bad', drifts: [], unreadable: expect.stringContaining('has format 99') },
        { accountId: 'good', drifts: [], unreadable: null },
      ]);
    },
  );

  it('F20: lists the tasks of every account but those that cannot be read, over pages', async () => {
    const database = await twoAccounts();
    await database.execute(`UPDATE tasks SET body = '[7]' WHERE account_id = 'good'`);
    const store = await reopened(database);
    const first = await store.listTasks({}, { limit: 1 });
    expect(first.items).toEqual([]);
    const second = await store.listTasks({}, { limit: 1, cursor: first.nextCursor ?? '' });
    expect(second.items.map((task) => task.accountId)).toEqual(['bad']);
  });

  it('F20, I12: one row that cannot be read of keys, endpoints, audit, pairings or erasures denies nothing to the others, and is told', async () => {
    const database = await twoAccounts();
    const errors: { fields: Readonly<Record<string, unknown>>; message: string }[] = [];
    const started = async () => {
      const store = await database.open();
      const app = createApp({
        store,
        clock: { nowMs: () => nowMs },
        newId: () => crypto.randomUUID(),
        catalog: { ...smallCatalogConfig, links: { connect: 'https://product.test/connect' } },
        secretKeys: [key],
        log: { info() {}, warn() {}, error: (fields, message) => errors.push({ fields, message }) },
      });
      const call = async (method: string, path: string, body?: unknown) => {
        const answer = await app.fetch(
          new Request(`http://usage.test${path}`, {
            method,
            headers: {
              authorization: `Bearer ${key}`,
              'content-type': 'application/json',
              'idempotency-key': crypto.randomUUID(),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          }),
        );
        return { status: answer.status, body: (await answer.json()) as Answered };
      };
      const close = async () => {
        await app.close();
        await store.close();
      };
      return { app, call, close };
    };
    const first = await started();
    for (const id of ['bad', 'good']) {
      await first.call('POST', '/v1/keys', { kind: 'secret', label: id });
      await first.call('PUT', `/v1/webhook-endpoints/${id}`, { url: `https://${id}.test/` });
      await first.call('PUT', `/v1/accounts/good/members/${id}`, { name: 'Ada', role: 'member' });
    }
    await first.call('POST', '/v1/accounts/good/members/bad/erase', {});
    await first.app.fetch(
      new Request('http://usage.test/v1/pairings', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ browser: 'Chrome', challenge: 'a'.repeat(43) }),
      }),
    );
    await first.close();
    for (const table of ['keys', 'webhook_endpoints', 'audit', 'pairings', 'erasures'])
      await database.execute(`UPDATE ${table} SET body = '[1' WHERE id = (SELECT min(id) FROM ${table})`);

    const { app, call, close } = await started();
    onTestFinished(close);
    for (const path of ['/v1/keys', '/v1/webhook-endpoints', '/v1/audit', '/v1/erasures'])
      expect([path, (await call('GET', path)).status]).toEqual([path, 200]);
    expect((await call('GET', '/v1/keys')).body.items).toHaveLength(1);
    const ordered = await call('POST', '/v1/accounts/good/members/good/erase', {});
    expect(ordered.status).toBeLessThan(300);
    await vi.waitFor(async () => {
      const { body } = await call('GET', `/v1/erasures/${ordered.body.id}`);
      expect(body.status).toBe('done');
      expect(body.things).toContainEqual(expect.objectContaining({ noun: 'audit', kept: 1 }));
    }, patience);
    await app.deliver();
    const { findings = [] } = (await call('GET', '/v1/doctor')).body;
    const told = findings.filter(({ check }) => check === 'rows').map(({ detail }) => detail);
    for (const noun of ['key', 'webhook endpoint', 'audit record', 'erasure'])
      expect(told).toContainEqual(expect.stringContaining(`A stored ${noun} is not JSON`));
    expect(app.status().unreadable).toBe(4);
    expect(errors.map(({ message }) => message)).toEqual(
      Array(4).fill('A stored row cannot be read; lists leave it out'),
    );
  });

  it('F21, I12: commits what falls due in other accounts where one cannot be read', async () => {
    const database = await twoAccounts();
    await database.execute(`UPDATE accounts SET rest = '[999]' WHERE account_id = 'bad'`);
    const store = await reopened(database);
    const errors: unknown[] = [];
    const app = createApp({
      store,
      clock: { nowMs: () => Date.UTC(2027, 6, 1) },
      newId: () => crypto.randomUUID(),
      catalog: smallCatalogConfig,
      log: { info() {}, warn() {}, error: (detail) => errors.push(detail) },
    });
    await app.commitDue();
    expect((await store.readAccount('good'))?.usage.index).toBe(7);
    expect(errors).toEqual([{ err: expect.any(StoredFormatError), accountId: 'bad' }]);
    await app.commitDue();
    expect(errors).toHaveLength(1);
  });

  it('F22: tells how late it is where the account that is due first cannot be read', async () => {
    const database = await twoAccounts();
    await database.execute(`UPDATE accounts SET rest = '[999]' WHERE account_id = 'bad'`);
    const store = await reopened(database);
    const app = createApp({
      store,
      clock: { nowMs: () => Date.UTC(2027, 6, 1) },
      newId: () => crypto.randomUUID(),
      catalog: smallCatalogConfig,
      readOnly: true,
    });
    onTestFinished(() => app.close());
    const good = (await store.readAccount('good')) as AccountState;
    await app.tick();
    expect(app.status().dueLagSeconds).toBe((Date.UTC(2027, 6, 1) - nextDueAtMs(good)) / 1_000);
  });

  it('F20: is refused at open in one line where a newer version wrote a body', async () => {
    const database = await twoAccounts();
    await database.execute(`UPDATE stored_formats SET version = 99 WHERE noun = 'task'`);
    const opening = async () => database.open();
    await expect(opening()).rejects.toMatchObject({
      code: 'newer_version',
      message: expect.stringMatching(/^[^\n]*task: format 99; this one knows \d+[^\n]*$/),
    });
  });
});
