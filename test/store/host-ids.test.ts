import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '@usagekit/server/app';
import {
  type Account,
  type CatalogConfig,
  type Explanation,
  type LedgerEntry,
  type Member,
  type Page,
  type Problem,
  paths,
  type Summary,
  type Task,
  type Token,
  type UsageSeries,
} from '@usagekit/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRateLimit } from '../../extension/src/core/server/rate-limit.ts';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-ids-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As identity providers, clouds and people name things. */
const names = [
  'auth0|5f7c8ec7c33c6c004bbafe82',
  'a+b@x.com',
  'arn:aws:iam::123456789012:user/Division/Ada',
  'Zoë Müller, 部門 七',
  '50% of "it"\\',
  'a%2Fb',
  'a/b?c=d#e&f;g',
  '=1+1',
  '👩‍👩‍👧‍👦',
  ' ',
  '...',
  '*',
  '!gone',
  '$system',
  '$n',
  '漢'.repeat(256),
  '🧭'.repeat(128),
];

const metric = 'größe "in" 100% /s\\';
const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  metrics: [
    ...smallCatalogConfig.metrics,
    { id: metric, label: 'Size', unit: { one: 'byte', other: 'bytes' } },
  ],
  plans: smallCatalogConfig.plans.map((plan) => ({
    ...plan,
    limits: [...plan.limits, { metric, included: '5000000000', policy: 'hard' as const }],
  })),
  tools: [
    ...(smallCatalogConfig.tools ?? []),
    ...names.map((id) => ({ id, label: 'A tool', prices: [{ amount: '1' }] })),
  ],
};

const secretKey = 'sk_test_for-host-ids';
const startMs = Date.parse('2026-06-01T12:00:00.000Z');
let made = 0;

function serve(store: Store): App {
  return createApp({
    store,
    clock: { nowMs: () => startMs },
    newId: () => `id-${(made++).toString().padStart(8, '0')}`,
    catalog,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
  });
}

function senderTo(app: App) {
  return async <Body>(method: string, path: string, body?: unknown, bearer = secretKey) => {
    const response = await app.fetch(
      new Request(`http://usage.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          'content-type': 'application/json',
          'idempotency-key': `key-${made++}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) as Body };
  };
}

describe.each([
  ['memory', async () => createMemoryStore()],
  ['SQLite', async () => createSqliteStore({ file: join(folder, `${made++}.db`) })],
  ['PostgreSQL', async () => createPostgresStore({ url: await postgres.freshUrl(), connectionsMax: 4 })],
] as const)('on %s', (_, open) => {
  it('N7, F2: whatever a host names its things is kept, found, paged and explained under that name', async () => {
    const store = await open();
    const app = serve(store);
    const send = senderTo(app);
    for (const name of names) {
      expect((await send('PUT', paths.account(name), { name: 'An account' })).status).toBe(201);
      expect((await send<Account>('GET', paths.account(name))).body.id).toBe(name);
      const allocations = { [metric]: '7' };
      expect((await send('PUT', paths.member(name, name), { name: 'Ada', allocations })).status).toBe(201);
      expect((await send<Member>('GET', paths.member(name, name))).body).toMatchObject({
        id: name,
        allocations,
      });
      const all = { agentId: name, projectId: name, workspaceId: name, apiKeyId: name, source: name };
      const items = [{ tool: name, calls: 3 }];
      const { body: events } = await send('POST', paths.events, {
        events: [{ id: name, accountId: name, at: new Date(startMs).toISOString(), items, ...all }],
      });
      expect(events).toMatchObject({ accepted: 1, rejected: [] });
      const task = {
        accountId: name,
        id: name,
        name: 'A run',
        memberId: name,
        status: 'in_progress',
        agentId: name,
      };
      expect((await send('POST', paths.tasks, { ...task, estimate: items })).status).toBe(201);
      const changed = await send<Task>('PATCH', paths.task(name), { accountId: name, items });
      expect(changed.body).toMatchObject({ id: name, cost: '3' });
      const hold = { accountId: name, id: name, memberId: name, items };
      expect((await send('POST', paths.holds, hold)).status).toBe(201);
      expect((await send('POST', paths.releaseHold(name), { accountId: name })).status).toBe(200);
      const { body: series } = await send<UsageSeries>(
        'GET',
        `${paths.usageSeries(name)}?metric=credits&groupBy=agent&interval=day`,
      );
      expect(series.groups.map(({ value }) => value)).toContain(name);
      const ofAgent = new URLSearchParams({ accountId: name, agentId: name });
      expect((await send<Page<Task>>('GET', `${paths.tasks}?${ofAgent}`)).body.items).toHaveLength(1);
      const entries: LedgerEntry[] = [];
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({ limit: '2', ...(cursor === null ? {} : { cursor }) });
        const page: Page<LedgerEntry> = (
          await send<Page<LedgerEntry>>('GET', `${paths.ledger(name)}?${query}`)
        ).body;
        entries.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      for (const { id } of entries)
        expect((await send<Explanation>('GET', paths.explain(name, id))).body.entry?.id).toBe(id);
      expect(
        (await send('POST', paths.voids(name), { use: { eventId: name }, reason: 'A mistake' })).status,
      ).toBe(201);
      const token = await send<Token>('POST', paths.tokens, { accountId: name, memberId: name });
      const own = await send<Summary>('GET', paths.summary(name), undefined, token.body.token);
      expect([own.status, own.body.accountId]).toEqual([200, name]);
    }
    const listed: string[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: '3', ...(cursor === null ? {} : { cursor }) });
      const page: Page<Account> = (await send<Page<Account>>('GET', `${paths.accounts}?${query}`)).body;
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(listed)).toEqual(new Set(names));
    expect(listed).toHaveLength(names.length);
    await assertReconciled(store);
    await app.close();
    await store.close();
  });

  it('N7: names that could be taken for each other stay apart', async () => {
    const store = await open();
    const app = serve(store);
    const send = senderTo(app);
    const pairs = [
      ['a', 'b c'],
      ['a b', 'c'],
      ['a/b', 'c'],
      ['a', 'b/c'],
      ['a:b', 'c'],
      ['a', 'b:c'],
    ] as const;
    for (const [accountId, memberId] of pairs) {
      await send('PUT', paths.account(accountId), {});
      await send('PUT', paths.member(accountId, memberId), { name: `${accountId} and ${memberId}` });
      await send('POST', paths.consume, {
        accountId,
        memberId,
        items: [{ metric: 'exports', quantity: '1' }],
      });
    }
    for (const [accountId, memberId] of pairs) {
      const { body } = await send<Member>('GET', paths.member(accountId, memberId));
      expect(body.name).toBe(`${accountId} and ${memberId}`);
    }
    await app.close();
    await store.close();
  });

  it('N8, F2: a use is bounded by what its counter can hold, and limits beyond a thousand million units hold', async () => {
    const store = await open();
    const app = serve(store);
    const send = senderTo(app);
    await send('PUT', paths.account('acme'), {});
    const consume = (quantity: string, id = metric) =>
      send<Problem>('POST', paths.consume, { accountId: 'acme', items: [{ metric: id, quantity }] });
    expect((await consume('5000000000')).status).toBe(200);
    const refused = await consume('0.000001');
    expect(refused.body.code).toBe('plan_limit_reached');
    // The name is no text of a header as it stands: `%` stands for what is none, as quotes are escaped.
    const [standing] = parseRateLimit([...refused.headers].map(([name, value]) => ({ name, value })));
    expect([decodeURIComponent(standing?.name ?? ''), standing?.remaining]).toEqual([metric, 0]);
    expect((await consume('1000000000000', 'exports')).status).toBe(200);
    expect((await consume('0.000001', 'exports')).body).toMatchObject({
      code: 'amount_out_of_range',
      invalidParameters: [{ accepted: 'a total of at most 1000000000000' }],
    });
    expect((await consume('1000000000000.000001', 'clones')).body.invalidParameters?.[0]?.accepted).toBe(
      'at most 1000000000000 units',
    );
    await assertReconciled(store);
    await app.close();
    await store.close();
  });

  it.each([
    '',
    '.',
    '..',
    'a~b',
    'tab\there',
    'line\nbreak',
    '\u2028',
    '\ud800',
    '\u202egnp',
    'x'.repeat(257),
  ])('N7: %j is refused with what is accepted', async (name) => {
    const store = await open();
    const app = serve(store);
    const { status, body } = await senderTo(app)<Problem>('POST', paths.tasks, {
      accountId: 'acme',
      id: name,
      name: 'A run',
    });
    expect([status, body.invalidParameters?.map(({ pointer, accepted }) => [pointer, accepted])]).toEqual([
      400,
      [['/id', '1 to 256 printable characters other than ~, and not . or ..']],
    ]);
    await app.close();
    await store.close();
  });
});
