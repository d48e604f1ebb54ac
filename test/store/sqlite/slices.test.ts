import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MemberRecord } from '../../../server/src/domain/members/state.ts';
import type { AddedCell } from '../../../server/src/domain/usage/state.ts';
import { readDayPart } from '../../../server/src/store/codec/day-part-codec.ts';
import { usageInPartsVersion } from '../../../server/src/store/codec/upgrades/uses/usage.ts';
import { encodeUsage } from '../../../server/src/store/codec/usage-codec.ts';
import { rowsReadAtOnce } from '../../../server/src/store/parts/page-of.ts';
import { SeriesSums } from '../../../server/src/store/parts/series-sums.ts';
import { sliceMs } from '../../../server/src/store/parts/slice-budget.ts';
import { broughtAtOnce } from '../../../server/src/store/parts/sweep.ts';
import { AccountChanges } from '../../../server/src/store/sqlite/journal/account-changes.ts';
import { leftMax, sliceRowsMax } from '../../../server/src/store/sqlite/journal/fold-steps.ts';
import { deletedBytesMax, factsAtOnce } from '../../../server/src/store/sqlite/journal/fold-writer.ts';
import { Journal } from '../../../server/src/store/sqlite/journal/journal.ts';
import { migrations } from '../../../server/src/store/sqlite/migrations.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { SqliteSweep } from '../../../server/src/store/sqlite/upkeep/sqlite-sweep.ts';
import fc from '../../support/fast-check.ts';
import { memberRecord } from '../../support/member-record.ts';
import {
  afterEntries,
  nowMs,
  putAccount,
  sampleAccount,
  sampleAnswer,
  sampleCell,
  sampleEntry,
  sampleNotice,
  sampleTask,
  sampleUsage,
  today,
} from '../account-samples.ts';

/** The row by which an account remembers how far it is folded, and the deleted rows of the journal, come on top. */
const besidesMax = 40;

/** @param msPerRow How long it takes to write a row, by the clock that ends slices; it stands still by default. */
function journalInMemory(msPerRow = 0) {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  for (const migration of migrations) database.exec(migration);
  const count = database.prepare('SELECT total_changes() AS written');
  const written = () => Number(count.get()?.written);
  const stopwatchMs = () => written() * msPerRow;
  return { database, journal: new Journal(database, stopwatchMs), written, stopwatchMs };
}

/** Facts of every kind of one account. */
function facts(accountId: string, of: { each: number; from?: number }): AccountChanges {
  const changes = new AccountChanges(accountId);
  const from = of.from ?? 0;
  changes.events = new Map();
  changes.tasks = new Map();
  changes.activity = [];
  for (let index = from; index < from + of.each; index++) {
    changes.entries.push({ seq: index + 1, id: `e-${index}`, body: '[1]' });
    changes.usage.push({
      atMs: nowMs + index,
      id: `u-${index}`,
      body: '[1]',
      entrySeq: null,
      entry: null,
    });
    changes.activity.push({ atMs: nowMs + index, id: `a-${index}`, body: '[1]' });
    changes.events.set(`ev-${index}`, { accountId, id: `ev-${index}`, contentHash: 'ab'.repeat(16) });
    changes.tasks.set(`t-${index}`, sampleTask(accountId, `t-${index}`));
  }
  return changes;
}

/** A cell for each of the numbers, of a metric with its own number's value, so that no day has more values than it may. */
function cellsOf(accountId: string, numbers: readonly number[]): AccountChanges {
  const changes = new AccountChanges(accountId);
  for (const index of numbers) {
    const parts = {
      metric: `metric-${index}`,
      dimension: 'agent',
      value: `v-${index}`,
      quantity: BigInt(index + 1),
    };
    changes.cells.add(sampleCell(accountId, parts));
  }
  return changes;
}

function memberOf(accountId: string, id: string): MemberRecord {
  return memberRecord({ id, accountId, createdAtMs: nowMs });
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

it('F21: folds at most so many rows between two turns, however many facts one account or many accounts have', () => {
  const { database, journal, written } = journalInMemory();
  for (let part = 0; part < 4; part++)
    journal.commit(new Map([['large', facts('large', { each: 500, from: part * 500 })]]));
  for (let index = 0; index < 150; index++)
    journal.commit(new Map([[`a-${index}`, facts(`a-${index}`, { each: 11 })]]));
  let before = written();
  let slices = 0;
  for (const _slice of journal.foldInSlices()) {
    expect(written() - before).toBeLessThanOrEqual(sliceRowsMax + besidesMax);
    before = written();
    slices += 1;
  }
  expect(slices).toBeGreaterThan((2_000 * 5 + 150 * 55) / sliceRowsMax);
  expect(journal.unfolded.accounts.size).toBe(0);
  for (const table of ['entries', 'usage', 'activity', 'event_ids', 'tasks'])
    expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({
      count: 2_000 + 150 * 11,
    });
});

it('folds in a run each answer that was kept before it once, and no later one, also where some were folded by themselves meanwhile', () => {
  const { database, journal } = journalInMemory();
  const keep = (from: number, count: number) => {
    const changes = facts('a', { each: 1, from });
    changes.answers = range(from, count).map((index) => sampleAnswer('a', `k-${index}`));
    journal.commit(new Map([['a', changes]]));
  };
  keep(0, 700);
  const folded: number[] = [];
  for (const step of journal.foldSteps()) {
    if (step.work.kind === 'accounts') {
      keep(700, 50);
      journal.run(journal.answersStep());
    }
    if (step.work.kind === 'answers') folded.push(step.work.answers.length);
    journal.run(step);
  }
  expect(folded).toEqual([200, 200, 100]);
  expect(journal.unfolded.answerCount).toBe(50);
  expect(database.prepare('SELECT count(*) AS count FROM answers').get()).toEqual({ count: 700 });
});

it('F21: brings a part of every account up to date in slices of at most so many rows, also where one has very many', () => {
  const { database, journal, written } = journalInMemory();
  for (let index = 0; index < 40; index++)
    journal.commit(new Map([[`a-${index}`, facts(`a-${index}`, { each: 11 })]]));
  journal.commit(new Map([['large', facts('large', { each: 1_000 })]]));
  let before = written();
  while (journal.unfolded.stale.tasks.size > 0) {
    journal.foldPart('tasks');
    expect(written() - before).toBeLessThanOrEqual(sliceRowsMax + besidesMax);
    before = written();
  }
  expect(database.prepare('SELECT count(*) AS count FROM tasks').get()).toEqual({ count: 1_440 });
});

it('F21: brings the notices of every account up to date in slices of at most so many rows', () => {
  const { database, journal, written } = journalInMemory();
  const changes = new AccountChanges('large');
  changes.notices = new Map(
    range(0, 1_500).map((index) => [`n-${index}`, sampleNotice('large', `n-${index}`)]),
  );
  journal.commit(new Map([['large', changes]]));
  let before = written();
  while (journal.unfolded.stale.notices.size > 0) {
    journal.foldPart('notices');
    expect(written() - before).toBeLessThanOrEqual(sliceRowsMax + besidesMax);
    before = written();
  }
  expect(database.prepare('SELECT count(*) AS count FROM notices').get()).toEqual({ count: 1_500 });
});

it('F21: folds the cells and the members of one account in slices of at most so many rows', () => {
  const { database, journal, written } = journalInMemory();
  for (let part = 0; part < 4; part++) {
    const changes = cellsOf('wide', range(part * 500, 500));
    changes.members = new Map(
      range(part * 500, 500).map((index) => [`m-${index}`, memberOf('wide', `m-${index}`)]),
    );
    journal.commit(new Map([['wide', changes]]));
  }
  let before = written();
  for (const _slice of journal.foldInSlices()) {
    expect(written() - before).toBeLessThanOrEqual(sliceRowsMax + besidesMax);
    before = written();
  }
  for (const table of ['cells', 'members'])
    expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 2_000 });
  expect(journal.unfolded.accounts.size).toBe(0);
});

describe('F21: where rows take long', () => {
  /** By that clock a slice has time for so many rows; the ones that are written together come on top. */
  const rowsInTime = sliceMs;

  it('ends a slice of a fold over many accounts with the account during which its time is over', () => {
    const { database, journal, written } = journalInMemory(1);
    for (let index = 0; index < 60; index++)
      journal.commit(new Map([[`a-${index}`, facts(`a-${index}`, { each: 1 })]]));
    const ofOneAccount = 6;
    let before = written();
    let slices = 0;
    for (const _slice of journal.foldInSlices()) {
      expect(written() - before).toBeLessThanOrEqual(rowsInTime + ofOneAccount);
      before = written();
      slices += 1;
    }
    expect(slices).toBeGreaterThan(30);
    expect(journal.unfolded.accounts.size).toBe(0);
    expect(journal.unfolded.underWay.size).toBe(0);
    for (const table of ['entries', 'usage', 'activity', 'event_ids', 'tasks'])
      expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 60 });
  });

  it('ends a slice of the facts of one account, of answers, and of a part of every account', () => {
    const { database, journal, written } = journalInMemory(1);
    const large = facts('large', { each: 200 });
    large.answers = range(0, 150).map((index) => sampleAnswer('large', `k-${index}`));
    journal.commit(new Map([['large', large]]));
    for (let index = 0; index < 40; index++)
      journal.commit(new Map([[`a-${index}`, facts(`a-${index}`, { each: 1 })]]));
    let before = written();
    while (journal.foldSome('large')) {
      expect(written() - before).toBeLessThanOrEqual(rowsInTime + factsAtOnce);
      before = written();
    }
    while (journal.unfolded.stale.tasks.size > 0) {
      journal.foldPart('tasks');
      // Few rows of one account are written together.
      expect(written() - before).toBeLessThanOrEqual(rowsInTime + leftMax);
      before = written();
    }
    journal.foldAccount('large');
    for (const _slice of journal.foldInSlices()) {
      if (journal.unfolded.accounts.size === 0)
        expect(written() - before).toBeLessThanOrEqual(rowsInTime + factsAtOnce);
      before = written();
    }
    expect(journal.unfolded.answerCount).toBe(0);
    expect(database.prepare('SELECT count(*) AS count FROM answers').get()).toEqual({ count: 150 });
    for (const table of ['entries', 'usage', 'activity', 'event_ids', 'tasks'])
      expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 240 });
  });

  it('folds fewer cells at a time, each once', () => {
    const { database, journal, written } = journalInMemory(1);
    journal.commit(new Map([['wide', cellsOf('wide', range(0, 900))]]));
    const slices: number[] = [];
    let before = written();
    while (journal.foldSome('wide')) {
      slices.push(written() - before);
      before = written();
    }
    // Chance spreads the hashes by which they are chosen.
    for (const rows of slices.slice(1)) expect(rows).toBeLessThanOrEqual(rowsInTime * 4);
    for (const _slice of journal.foldInSlices());
    const rows = database.prepare('SELECT value, quantity FROM cells').all();
    expect(rows).toHaveLength(900);
    for (const { value, quantity } of rows) expect(Number(quantity)).toBe(Number(String(value).slice(2)) + 1);
  });

  it('takes up what a crash left a row of the journal at a time', () => {
    const { database, journal } = journalInMemory();
    for (let index = 0; index < 20; index++)
      journal.commit(new Map([[`a-${index}`, facts(`a-${index}`, { each: 1 })]]));
    let nowMs = 0;
    const again = new Journal(database, () => {
      nowMs += 1;
      return nowMs;
    });
    let slices = 0;
    for (const _slice of again.recoverInSlices()) slices += 1;
    expect(slices).toBeGreaterThanOrEqual(Math.floor(20 / sliceMs));
    expect(again.unfolded.accounts.size).toBe(20);
  });

  it('sweeps fewer uses of an earlier version into the parts of their days at a time, each once', async () => {
    const sweep = async (msPerRow: number) => {
      const { database, journal, written, stopwatchMs } = journalInMemory(msPerRow);
      const insert = database.prepare('INSERT INTO usage (account_id, at_ms, id, body) VALUES (?, ?, ?, ?)');
      for (const index of range(0, 95)) {
        const usage = sampleUsage('acme', `u-${index}`, { atMs: nowMs + index * 60_000 });
        const body = encodeUsage(usage).replace(/^\[\d+,/, `[${usageInPartsVersion - 1},`);
        insert.run('acme', usage.atMs, usage.id, body);
      }
      const folding = { settled: async () => undefined, foldAll: async () => undefined };
      const port = new SqliteSweep(database, journal, folding, stopwatchMs);
      let slices = 0;
      let most = 0;
      let after = null;
      do {
        const before = written();
        after = await port.sweepDayParts(after);
        most = Math.max(most, written() - before);
        slices += 1;
      } while (after !== null);
      const parts = database.prepare('SELECT * FROM day_parts ORDER BY day, account_id, part').all();
      return { slices, most, parts };
    };
    const [atOnce, inSlices] = [await sweep(0), await sweep(1)];
    expect(atOnce.slices).toBe(1);
    expect(inSlices.slices).toBe(Math.ceil(95 / broughtAtOnce));
    expect(inSlices.most).toBeLessThan(atOnce.most);
    expect(inSlices.parts).toEqual(atOnce.parts);
    expect(inSlices.parts.length).toBeGreaterThan(0);
  });
});

it('I22: adds each cell once, wherever a process ends between the slices of a fold', () => {
  const step = fc.oneof(
    // Few values and many, so that accounts are folded whole and in slices, and rows add to the same cells.
    fc.record({
      do: fc.constant('commit' as const),
      accountId: fc.constantFrom('a', 'b'),
      from: fc.nat(300),
      count: fc.constantFrom(1, 5, leftMax + 1, sliceRowsMax + 50),
    }),
    fc.record({ do: fc.constant('fold a slice' as const), accountId: fc.constantFrom('a', 'b') }),
    fc.record({ do: fc.constant('fold an account' as const), accountId: fc.constantFrom('a', 'b') }),
    fc.record({ do: fc.constant('fold all' as const), slices: fc.nat(6) }),
    fc.record({ do: fc.constant('end and start again' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
      const database = new DatabaseSync(':memory:');
      for (const migration of migrations) database.exec(migration);
      let journal = new Journal(database);
      const expected = new Map<string, bigint>();
      const start = () => {
        journal = new Journal(database);
        for (const _slice of journal.recoverInSlices());
      };
      for (const each of steps) {
        if (each.do === 'commit') {
          const { accountId } = each;
          journal.commit(new Map([[accountId, cellsOf(accountId, range(each.from, each.count))]]));
          for (const index of range(each.from, each.count)) {
            const key = `${accountId} v-${index}`;
            expected.set(key, (expected.get(key) ?? 0n) + BigInt(index + 1));
          }
        } else if (each.do === 'fold a slice') journal.foldSome(each.accountId);
        else if (each.do === 'fold an account') journal.foldAccount(each.accountId);
        else if (each.do === 'fold all') {
          const slices = journal.foldInSlices();
          for (let left = each.slices; left > 0 && !slices.next().done; left--);
        } else start();
      }
      start();
      for (const _slice of journal.foldInSlices());
      const rows = database.prepare('SELECT account_id, value, quantity FROM cells').all();
      database.close();
      expect(rows.length).toBe(expected.size);
      for (const { account_id, value, quantity } of rows)
        expect(BigInt(Number(quantity))).toBe(expected.get(`${account_id} ${value}`));
    }),
    { numRuns: 25 },
  );
});

it('I8, I22: keeps the values that came first, wherever a process ends between the slices of a fold', () => {
  const cellsOfDay = (places: readonly number[]) => {
    const changes = new AccountChanges('crowded');
    for (const place of places) {
      // In another order than that of their names, and of their hashes.
      const value = `v-${(place * 7_919) % 1_000}`;
      const cell = sampleCell('crowded', { dimension: 'agent', value, quantity: 1n });
      changes.cells.add({ ...cell, memberId: 'ann' });
    }
    return changes;
  };
  const step = fc.oneof(
    fc.record({
      do: fc.constant('commit' as const),
      from: fc.nat(300),
      count: fc.constantFrom(1, 40, leftMax + 1, sliceRowsMax + 50),
    }),
    fc.record({ do: fc.constant('fold slices' as const), slices: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant('fold the account' as const) }),
    fc.record({ do: fc.constant('end and start again' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 20 }), (steps) => {
      const database = new DatabaseSync(':memory:');
      for (const migration of migrations) database.exec(migration);
      let journal = new Journal(database);
      const expected = new SeriesSums();
      const start = () => {
        journal = new Journal(database);
        for (const _slice of journal.recoverInSlices());
      };
      for (const each of steps) {
        if (each.do === 'commit') {
          const changes = cellsOfDay(range(each.from, each.count));
          for (const cell of changes.cells.cells) expected.add(cell);
          journal.commit(new Map([['crowded', changes]]));
        } else if (each.do === 'fold slices') {
          for (let left = each.slices; left > 0 && journal.foldSome('crowded'); left--);
        } else if (each.do === 'fold the account') journal.foldAccount('crowded');
        else start();
      }
      start();
      for (const _slice of journal.foldInSlices());
      const sums = new Map(
        expected.cells(today, today + 1).map(({ value, quantity }) => [value, quantity] as const),
      );
      const rows = database.prepare('SELECT value, quantity FROM cells').all();
      expect(new Map(rows.map(({ value, quantity }) => [value, BigInt(Number(quantity))]))).toEqual(sums);
      const part = database.prepare('SELECT body FROM day_parts').get();
      const ofMember = readDayPart(String(part?.body ?? '[1,{}]'), 'requests', 'agent');
      expect(new Map(ofMember.map(({ value, quantity }) => [value, quantity]))).toEqual(sums);
      database.close();
    }),
    { numRuns: 40 },
  );
});

it.each([0, 1])(
  'I22: row %i of a journal, damaged between two slices of one fold, takes no cell of another row with it',
  (damaged) => {
    const { database, journal } = journalInMemory();
    const rows = [range(0, 700), range(600, 700)];
    for (const numbers of rows) journal.commit(new Map([['wide', cellsOf('wide', numbers)]]));
    expect(journal.foldSome('wide')).toBe(true);
    const folded = new Set(
      database
        .prepare('SELECT value FROM cells')
        .all()
        .map(({ value }) => String(value)),
    );
    expect(folded.size).toBeGreaterThan(0);
    database.prepare("UPDATE journal SET body = 'damaged' WHERE id = ?").run(damaged + 1);

    const again = new Journal(database);
    for (const _slice of again.recoverInSlices());
    for (const _slice of again.foldInSlices());
    const found = new Map(
      database
        .prepare('SELECT value, quantity FROM cells')
        .all()
        .map(({ value, quantity }) => [String(value), Number(quantity)]),
    );
    expect(again.setAside.list({ limit: 10 }).items).toHaveLength(1);
    const expected = new Map<string, number>();
    // What was folded before the damage stays.
    for (const [row, numbers] of rows.entries())
      for (const index of numbers)
        if (row !== damaged || folded.has(`v-${index}`))
          expected.set(`v-${index}`, (expected.get(`v-${index}`) ?? 0) + index + 1);
    expect(found).toEqual(expected);
  },
);

it('I22: goes on with a fold in slices that an earlier version began by counting them', () => {
  const { database, journal } = journalInMemory();
  journal.commit(new Map([['wide', cellsOf('wide', range(0, 900))]]));
  journal.commit(new Map([['wide', cellsOf('wide', range(800, 100))]]));
  // As it left the file: the first 400 of the two rows are added.
  const putCell = database.prepare(
    "INSERT INTO cells SELECT ?, 'wide', 'metric-' || n, 'agent', 'v-' || n, n + 1 FROM (SELECT ? AS n)",
  );
  const { day } = sampleCell('wide');
  for (const index of range(0, 400)) putCell.run(day, index);
  database.exec("INSERT INTO account_folds VALUES ('wide', 0, 0, 2, 400, -1)");

  const again = new Journal(database);
  for (const _slice of again.recoverInSlices());
  for (const _slice of again.foldInSlices());
  const rows = database.prepare('SELECT value, quantity FROM cells').all();
  expect(rows.length).toBe(900);
  for (const { value, quantity } of rows) {
    const index = Number(String(value).slice(2));
    expect(Number(quantity)).toBe((index + 1) * (index >= 800 ? 2 : 1));
  }
});

it('keeps facts found by their ids while a part of an account is folded', () => {
  const { journal } = journalInMemory();
  journal.commit(new Map([['large', facts('large', { each: 400 })]]));
  expect(journal.foldSome('large')).toBe(true);
  const { unfolded } = journal;
  const waiting = unfolded.accounts.get('large')?.changes;
  expect(waiting?.entries.length).toBe(0);
  expect(waiting?.usage.length).toBe(200);
  expect(unfolded.tasks.get('large', 't-0')).toBeDefined();
  while (journal.foldSome('large'));
  expect(unfolded.events.get('large', 'ev-0')).toBeUndefined();
  journal.foldAccount('large');
  expect(unfolded.tasks.get('large', 't-399')).toBeUndefined();
});

it('F21: deletes large rows of the journal a few at a time', () => {
  const { database, journal } = journalInMemory();
  const body = JSON.stringify(['x'.repeat(deletedBytesMax / 2)]);
  for (let index = 0; index < 9; index++) {
    const changes = new AccountChanges('acme');
    changes.usage.push({ atMs: nowMs, id: `u-${index}`, body, entrySeq: null, entry: null });
    journal.commit(new Map([['acme', changes]]));
  }
  const rows = () => Number(database.prepare('SELECT count(*) AS count FROM journal').get()?.count);
  let before = rows();
  for (const _slice of journal.foldInSlices()) {
    expect(before - rows()).toBeLessThanOrEqual(2);
    before = rows();
  }
  expect(rows()).toBe(1);
});

/** How often others had their turn while something was under way. */
async function turnsOf<Value>(read: () => Promise<Value>): Promise<{ value: Value; turns: number }> {
  let isRead = false;
  let turns = 0;
  const count = () => {
    turns += 1;
    if (!isRead) setImmediate(count);
  };
  setImmediate(count);
  const value = await read();
  isRead = true;
  return { value, turns };
}

it('F21: reads a long list of accounts in slices, with turns for others between them', async () => {
  const store = createSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const ids = Array.from({ length: 450 }, (_, index) => `a-${String(index).padStart(3, '0')}`);
  for (const id of ids) await putAccount(store, sampleAccount(id));
  // What waits in the journal is folded before, which has turns of its own.
  await store.listAccounts({ limit: 1 });
  const { value, turns } = await turnsOf(() => store.listAccounts({ limit: 430 }));
  const { items, nextCursor } = value;
  expect(items.map(({ profile }) => profile.id)).toEqual(ids.slice(0, 430));
  expect(turns).toBeGreaterThanOrEqual(Math.floor(430 / rowsReadAtOnce));
  const rest = await store.listAccounts({
    limit: 430,
    ...(nextCursor === null ? {} : { cursor: nextCursor }),
  });
  expect(rest.items.map(({ profile }) => profile.id)).toEqual(ids.slice(430));
  expect(rest.nextCursor).toBeNull();
});

it('F21: reads the long lists of one account in slices, each item once and in order', async () => {
  const store = createSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const account = sampleAccount('acme');
  await putAccount(store, account);
  const numbers = Array.from({ length: 250 }, (_, index) => index);
  const idOf = (index: number) => `u-${String(index).padStart(3, '0')}`;
  await store.write({ accountIds: ['acme'] }, (loaded) => {
    const state = loaded.account('acme');
    if (state === undefined) throw new Error('There is no account');
    return {
      writes: {
        accounts: [{ ...afterEntries(state, numbers.length), version: state.version + 1 }],
        entries: numbers.map((index) => sampleEntry('acme', index + 1)),
        usage: numbers.map((index) => sampleUsage('acme', idOf(index), { atMs: nowMs + index })),
        tasks: numbers.map((index) => sampleTask('acme', idOf(index))),
      },
      result: undefined,
    };
  });
  const ascending = numbers.map(idOf);
  const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  // The first read folds the journal, which has turns of its own.
  await store.listUsage({ accountId: 'acme', ...always }, { limit: 1 });
  const uses = await turnsOf(() => store.listUsage({ accountId: 'acme', ...always }, { limit: 240 }));
  expect(uses.value.items.map(({ id }) => id)).toEqual(ascending.slice(0, 240));
  expect(uses.value.nextCursor).not.toBeNull();
  expect(uses.turns).toBeGreaterThanOrEqual(Math.floor(240 / rowsReadAtOnce));
  const entries = await turnsOf(() => store.listEntries('acme', { limit: 500 }));
  expect(entries.value.items).toHaveLength(250);
  expect(new Set(entries.value.items.map(({ seq }) => seq)).size).toBe(250);
  expect(entries.turns).toBeGreaterThanOrEqual(Math.floor(250 / rowsReadAtOnce));
  const tasks = await turnsOf(() => store.listTasks({ accountId: 'acme' }, { limit: 250 }));
  expect(tasks.value.items.map(({ id }) => id)).toEqual(ascending.toReversed());
  expect(tasks.turns).toBeGreaterThanOrEqual(Math.floor(250 / rowsReadAtOnce));
});

it('F21: reads a series of years in slices of days, each day once', async () => {
  const store = createSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('acme'));
  const days = Array.from({ length: 900 }, (_, index) => today - 1_000 + index);
  const write = (cells: AddedCell[]) =>
    store.write({ accountIds: ['acme'] }, (loaded) => {
      const state = loaded.account('acme');
      if (state === undefined) throw new Error('There is no account');
      return { writes: { accounts: [{ ...state, version: state.version + 1 }], cells }, result: undefined };
    });
  await write(
    days.map((day) =>
      sampleCell('acme', {
        metric: 'credits',
        dimension: 'model',
        value: 'small',
        day,
        quantity: BigInt(day),
      }),
    ),
  );
  const query = { accountId: 'acme', metric: 'credits', dimension: 'model' };
  const always = { fromDay: 0, toDay: today + 100_000 };
  // What waits in the journal is folded before, which has turns of its own.
  await store.readCells({ ...query, fromDay: today, toDay: today });
  const cells = await turnsOf(() => store.readCells({ ...query, ...always }));
  expect(cells.value.map(({ day, quantity }) => [day, quantity])).toEqual(
    days.map((day) => [day, BigInt(day)]),
  );
  expect(cells.turns).toBeGreaterThanOrEqual(2);
  const some = await store.readCells({ ...query, fromDay: today - 600, toDay: today - 590 });
  expect(some.map(({ day }) => day)).toEqual(days.slice(400, 410));
  expect(await store.readCells({ ...query, fromDay: today - 600, toDay: today - 600 })).toEqual([]);
});
