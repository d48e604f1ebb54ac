import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import {
  type Account,
  type AuditEntry,
  type Credits,
  type Erasure,
  type Member,
  type Page,
  type Problem,
  paths,
  type Task,
  type Token,
  type UsageSeries,
} from '@usagekit/server/contract';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageRecord } from '../../server/src/domain/usage/state.ts';
import { everyItem } from '../../server/src/store/every-item.ts';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { assertDayParts } from '../support/assert-day-parts.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import { patience } from '../support/patience.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import {
  catalog,
  erased,
  eraseMember,
  figuresOf,
  fillAccount,
  keptUse,
  others,
  secretKey,
  senderTo,
  startMs,
  traces,
} from './erasures/filled-account.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-erasure-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;

interface Place {
  open(): Promise<Store>;
  /** Everything that is kept, as text; the store is closed. */
  everything(): Promise<string>;
}

const places: Readonly<Record<string, () => Promise<Place>>> = {
  memory: async () => ({ open: async () => createMemoryStore(), everything: async () => '' }),
  SQLite: async () => {
    const name = `${made++}.db`;
    return {
      open: async () => createSqliteStore({ file: join(folder, name) }),
      everything: async () =>
        readdirSync(folder)
          .filter((file) => file.startsWith(name))
          .map((file) => readFileSync(join(folder, file), 'latin1'))
          .join('\n'),
    };
  },
  PostgreSQL: async () => {
    const url = await postgres.freshUrl();
    return {
      open: () => createPostgresStore({ url, connectionsMax: 4 }),
      everything: () => rowsOf(url),
    };
  },
};

/** Every row of every table. */
async function rowsOf(url: string): Promise<string> {
  const pool = new Pool({ connectionString: url });
  try {
    const tables = await pool.query<{ table_name: string }>(
      'SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()',
    );
    const texts: string[] = [];
    for (const { table_name } of tables.rows) {
      const { rows } = await pool.query<{ row: string }>(
        `SELECT row_to_json(each)::text AS row FROM ${table_name} AS each`,
      );
      texts.push(...rows.map(({ row }) => row.replaceAll('\\"', '"')));
    }
    expect(texts).not.toEqual([]);
    return texts.join('\n');
  } finally {
    await pool.end();
  }
}

function serve(store: Store) {
  let nowMs = startMs;
  const app = createApp({
    store,
    clock: { nowMs: () => nowMs },
    newId: () => `id-${(made++).toString().padStart(8, '0')}`,
    catalog,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
  });
  return {
    app,
    send: senderTo((request) => app.fetch(request)),
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

function expectNoTrace(text: string): void {
  expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
}

describe.each(Object.entries(places))('on %s', (_name, place) => {
  it('F19, F24: an erased member’s names and ids give way to one pseudonym in everything that is kept, and no figure changes', async () => {
    const { open, everything } = await place();
    const store = await open();
    const { app, send, advance } = serve(store);
    const { token } = await fillAccount(send, 'acme');
    const answer = await keptUse(send, 'acme');
    const before = await figuresOf(send, 'acme');

    advance(5_000);
    const { status, body: proof } = await eraseMember(send, 'acme');
    expect([status, proof.status, proof.subject, proof.accountId]).toEqual([200, 'done', 'member', 'acme']);
    expect(proof.memberId).toMatch(/^erased-[0-9a-f]{16}$/);
    const things = Object.fromEntries(proof.things.map(({ noun, ...counts }) => [noun, counts]));
    for (const noun of [
      'members',
      'entries',
      'usage',
      'rollups',
      'tasks',
      'activity',
      'kept answers',
      'audit',
    ])
      expect([noun, (things[noun]?.replaced ?? 0) > 0]).toEqual([noun, true]);
    expect(things.keys).toEqual({ replaced: 0, removed: 1, kept: 0 });
    expect(proof.things.every(({ kept }) => kept === 0)).toBe(true);

    expect(await figuresOf(send, 'acme')).toEqual(before);
    await assertReconciled(store);
    expect(await assertDayParts(store, 'acme')).toBeGreaterThan(0);

    // The answer that was kept is given again, with the figures that it had.
    const again = await keptUse(send, 'acme');
    expect([again.status, again.body.cost]).toEqual([200, answer.body.cost]);
    const tasks = await send<Page<Task>>('GET', `${paths.tasks}?accountId=acme`);
    const byId = new Map(tasks.body.items.map((task) => [task.id, task]));
    expect(byId.get('task-1')).toMatchObject({ memberId: proof.memberId, name: 'Erased', result: null });
    expect(byId.get('task-2')).toMatchObject({
      memberId: others.id,
      name: `Ask ${proof.memberId} for numbers`,
      error: `${proof.memberId} is away`,
    });
    // Work that was under way goes on, in the pseudonym's name.
    expect((await send('POST', paths.releaseHold('hold-1'), { accountId: 'acme' })).status).toBe(200);
    expect((await send('GET', paths.summary('acme'), undefined, { bearer: token })).status).toBe(403);
    for (const path of [
      `${paths.activity('acme')}?limit=100`,
      `${paths.ledger('acme')}?limit=100`,
      `${paths.audit}?limit=100`,
      paths.erasure(proof.id),
      paths.members('acme'),
      `${paths.usageSeries('acme')}?metric=emails&groupBy=member&interval=day`,
    ]) {
      const { status: read, text } = await send('GET', path);
      expect([path, read]).toEqual([path, 200]);
      expectNoTrace(text);
    }
    const audit = await send<Page<AuditEntry>>('GET', paths.audit);
    expect(audit.body.items[0]).toMatchObject({
      action: 'erase member',
      accountId: 'acme',
      details: { erasureId: proof.id, memberId: proof.memberId },
      outcome: 'done',
    });
    await app.close();
    await store.close();
    expectNoTrace(await everything());
  });

  it('F24: the id of a member who was erased, used again, is a new member’s', async () => {
    const { open } = await place();
    const store = await open();
    const { app, send, advance } = serve(store);
    const { token } = await fillAccount(send, 'acme');
    await eraseMember(send, 'acme');
    expect((await send('GET', paths.member('acme', erased.id))).status).toBe(404);
    advance(60_000);
    const made = await send<Member>('PUT', paths.member('acme', erased.id), { allocations: { emails: '3' } });
    expect([made.status, made.body]).toMatchObject([201, { name: erased.id, allocations: { emails: '3' } }]);
    // Credentials of whoever had the id before are nobody's.
    expect((await send('GET', paths.summary('acme'), undefined, { bearer: token })).status).toBe(403);
    const use = (quantity: string) => ({
      accountId: 'acme',
      memberId: erased.id,
      items: [{ metric: 'emails', quantity }],
    });
    expect((await send('POST', paths.consume, use('3'))).status).toBe(200);
    expect((await send<Problem>('POST', paths.consume, use('1'))).body.code).toBe('allocation_exhausted');
    const query =
      'metric=emails&groupBy=member&interval=day&from=2026-06-01T00:00:00Z&to=2026-07-01T00:00:00Z';
    const { body } = await send<UsageSeries>('GET', `${paths.usageSeries('acme')}?${query}`);
    expect(body.groups.map(({ total }) => total).sort()).toEqual(['2', '2', '3']);
    await assertReconciled(store);
    await app.close();
    await store.close();
  });

  it('F1, F24, I17: what is used in the member’s name while it is erased is kept once, under one name or the other', async () => {
    const { open } = await place();
    const store = await open();
    const { app, send } = serve(store);
    await fillAccount(send, 'acme');
    const use = (index: number) =>
      send(
        'POST',
        paths.consume,
        { accountId: 'acme', memberId: erased.id, items: [{ metric: 'exports', quantity: '1' }] },
        { key: `meanwhile-${index}` },
      );
    let uses = 0;
    const ordered = eraseMember(send, 'acme').finally(() => {
      isOver = true;
    });
    let isOver = false;
    while (!isOver || uses < 30) {
      const sent = await Promise.all([use(uses), use(uses + 1), use(uses + 2)]);
      expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
      uses += 3;
    }
    const { body: proof } = await ordered;
    // On a busy machine it is answered before it is done. Until then the names of uses change before those of rollups.
    await expect
      .poll(async () => {
        await app.tick();
        return (await send<Erasure>('GET', paths.erasure(proof.id))).body.status;
      }, patience)
      .toBe('done');
    const query =
      'metric=exports&groupBy=member&interval=day&from=2026-06-01T00:00:00Z&to=2026-07-01T00:00:00Z';
    const { body: series } = await send<UsageSeries>('GET', `${paths.usageSeries('acme')}?${query}`);
    expect(series.total).toBe(String(uses));
    const names = series.groups.map(({ value }) => value);
    expect(names.filter((name) => name !== erased.id && name !== proof.memberId)).toEqual([]);
    // Ledger and history agree with the rollups about whose each use is.
    const day = { accountId: 'acme', fromMs: startMs, toMs: startMs + 86_400_000 };
    const usage: UsageRecord[] = [];
    for await (const record of everyItem((page) => store.listUsage(day, page))) usage.push(record);
    for (const { value, total } of series.groups) {
      const own = usage.filter(
        ({ dimensions, counts }) =>
          dimensions.memberId === value && counts.some(({ metric }) => metric === 'exports'),
      );
      expect(String(own.length)).toBe(total);
    }
    await assertReconciled(store);
    expect(await assertDayParts(store, 'acme')).toBeGreaterThan(0);
    await app.close();
    await store.close();
  });

  it('F5, F19: streams and caches of whoever is erased are told', async () => {
    const { open } = await place();
    const store = await open();
    const { app, send } = serve(store);
    const { token } = await fillAccount(send, 'acme');
    const { body } = await send<Token>('POST', paths.tokens, { accountId: 'acme', memberId: others.id });
    const told: string[] = [];
    const listen = async (name: string, bearer: string) => {
      await app.connect(
        bearer,
        { origin: null, acceptLanguage: null },
        {
          send: ({ type }) => told.push(`${name} ${type}`),
          close: (code) => told.push(`${name} closed ${code}`),
        },
      );
    };
    await listen('erased', token);
    await listen('other', body.token);
    await eraseMember(send, 'acme');
    await expect.poll(() => told).toContain('erased closed 4403');
    await expect.poll(() => told).toContain('other change');
    expect(told).not.toContain('other closed 4403');
    await send('POST', paths.eraseAccount('acme'), {});
    await expect.poll(() => told).toContain('other closed 4403');
    await app.close();
    await store.close();
  });

  it('F19: an erasure is done once for one key, and again it finds nothing', async () => {
    const { open } = await place();
    const store = await open();
    const { app, send } = serve(store);
    await fillAccount(send, 'acme');
    const first = await eraseMember(send, 'acme', 'erase-1');
    const replayed = await eraseMember(send, 'acme', 'erase-1');
    expect(replayed.body).toEqual(first.body);
    const second = await eraseMember(send, 'acme', 'erase-2');
    expect([second.status, second.body.things, second.body.id === first.body.id]).toEqual([200, [], false]);
    const list = await send<Page<Erasure>>('GET', paths.erasures);
    expect(list.body.items).toEqual([first.body, second.body]);
    await app.close();
    await store.close();
  });

  it('F19: an erased account stands under a pseudonym with every figure, takes nothing more, and its id is free', async () => {
    const { open, everything } = await place();
    const store = await open();
    const { app, send } = serve(store);
    await fillAccount(send, erased.id);
    await keptUse(send, erased.id);
    await send('PUT', paths.billingDetails(erased.id), {
      name: erased.name,
      addressLines: ['12 St James’s Square', 'London'],
      taxId: null,
      email: erased.email,
    });
    const before = await figuresOf(send, erased.id);
    const { status, body: proof } = await send<Erasure>('POST', paths.eraseAccount(erased.id), {});
    expect([status, proof.status, proof.subject, proof.memberId]).toEqual([200, 'done', 'account', null]);
    const { accountId } = proof;
    expect(await figuresOf(send, accountId)).toEqual(before);
    await assertReconciled(store);
    expect(await assertDayParts(store, accountId)).toBeGreaterThan(0);
    const { body: account } = await send<Account>('GET', paths.account(accountId));
    expect(account).toMatchObject({ id: accountId, name: accountId });
    const refused = await send<Problem>('POST', paths.consume, {
      accountId,
      items: [{ metric: 'emails', quantity: '1' }],
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    // Not even what would be due changes it.
    await app.commitDue();
    const members = await send<Page<Member>>('GET', paths.members(accountId));
    expect(members.body.items.map(({ id }) => id)).toEqual(
      members.body.items.map(() => expect.stringMatching(/^erased-[0-9a-f]{16}$/)),
    );

    expect((await send('GET', paths.account(erased.id))).status).toBe(404);
    const again = await send<Account>('PUT', paths.account(erased.id), { name: 'Somebody else' });
    expect([again.status, again.body.name]).toEqual([201, 'Somebody else']);
    const { body: credits } = await send<Credits>('GET', paths.credits(erased.id));
    expect([credits.available, credits.recent.length]).toEqual(['100', 1]);
    await send('POST', paths.eraseAccount(erased.id), {});
    for (const path of [paths.audit, paths.erasures, `${paths.tasks}?accountId=${accountId}`])
      expectNoTrace((await send('GET', path)).text);
    await app.close();
    await store.close();
    expectNoTrace(await everything());
  });
});

it('F24, I17: what another process on PostgreSQL knows of the member writes no name back', async () => {
  const { open, everything } = (await places.PostgreSQL?.()) ?? {};
  if (open === undefined || everything === undefined) throw new Error('There is no PostgreSQL');
  const [one, other] = [await open(), await open()];
  const [here, there] = [serve(one), serve(other)];
  await fillAccount(here.send, 'acme');
  const task = { accountId: 'acme', memberId: erased.id, id: 'task-3', name: `For ${erased.name}` };
  // The other process has account, task and hold in its memory.
  expect((await there.send('POST', paths.tasks, { ...task, status: 'in_progress' })).status).toBe(201);
  const items = [{ tool: 'search', calls: 1 }];
  const charge = { accountId: 'acme', items };
  expect((await there.send('PATCH', paths.task('task-3'), charge)).status).toBe(200);
  const { body: proof } = await eraseMember(here.send, 'acme');
  expect(proof.status).toBe('done');
  const ended = await there.send<Task>('PATCH', paths.task('task-3'), {
    accountId: 'acme',
    items,
    status: 'completed',
  });
  expect([ended.status, ended.body.memberId, ended.body.cost]).toEqual([200, proof.memberId, '4']);
  expect((await there.send('POST', paths.releaseHold('hold-1'), { accountId: 'acme' })).status).toBe(200);
  await assertReconciled(other);
  expect(await assertDayParts(other, 'acme')).toBeGreaterThan(0);
  for (const { app } of [here, there]) await app.close();
  for (const store of [one, other]) await store.close();
  expectNoTrace(await everything());
});

it('F19, F24: an erasure on PostgreSQL waits for who holds the account, and is done in one go', async () => {
  const url = await postgres.freshUrl();
  const store = await createPostgresStore({ url, connectionsMax: 4 });
  const { app, send } = serve(store);
  await fillAccount(send, 'acme');
  const pool = new Pool({ connectionString: url });
  const holder = await pool.connect();
  const lockWaits = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ since: string }>(
      `SELECT query_start::text AS since FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND application_name = current_setting('application_name')`,
    );
    return rows.map(({ since }) => since);
  };
  const eraseSlice = store.eraseSlice.bind(store);
  let slices = 0;
  let isAnswered = false;
  let held: Promise<unknown> = Promise.resolve();
  /** Until what waits has given up once. */
  const hold = async () => {
    const seen = new Set<string>();
    await expect
      .poll(async () => {
        for (const since of await lockWaits()) seen.add(since);
        return seen.size > 1 || isAnswered;
      }, patience)
      .toBe(true);
    await holder.query('COMMIT');
  };
  store.eraseSlice = async (...slice) => {
    slices += 1;
    if (slices === 2) {
      await holder.query("BEGIN; SELECT FROM accounts WHERE account_id = 'acme' FOR UPDATE");
      held = hold();
    }
    return eraseSlice(...slice);
  };
  const { status, body: proof } = await eraseMember(send, 'acme');
  isAnswered = true;
  expect([status, proof.status]).toEqual([200, 'done']);
  await held;
  holder.release();
  await pool.end();
  await assertReconciled(store);
  expect(await assertDayParts(store, 'acme')).toBeGreaterThan(0);
  await app.close();
  await store.close();
});
