import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../server/src/store/parts/cursor.ts';
import { entryList } from '../../../server/src/store/sql/lists.ts';
import { usageLookUp } from '../../../server/src/store/sql/look-ups.ts';
import { taskList } from '../../../server/src/store/sql/task-list.ts';
import { openDatabase } from '../../../server/src/store/sqlite/open/open-database.ts';
import {
  apartEntrySql,
  daysSql,
  embeddedEntrySql,
} from '../../../server/src/store/sqlite/rows/folded-reads.ts';
import { sqliteDialect } from '../../../server/src/store/sqlite/sqlite-dialect.ts';
import type { TaskFilter } from '../../../server/src/store/store.ts';

let folder: string;
let database: DatabaseSync;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-plans-'));
  database = openDatabase(join(folder, 'usage.db'));
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const parts: TaskFilter[] = [
  { accountId: 'a' },
  { status: 'failed' },
  { agentId: 'writer' },
  { memberId: 'ann' },
  { fromMs: 1, toMs: 9 },
];
const filters = parts.reduce<TaskFilter[]>(
  (all, part) => all.concat(all.map((filter) => ({ ...filter, ...part }))),
  [{}],
);
const cursor = encodeCursor('tasks', [5, 't-5', 'a']);

describe('the list of tasks in SQLite', () => {
  it.each(filters)('B13: reads a page from one index in its order, without sorting, for %o', (filter) => {
    for (const from of [undefined, cursor]) {
      const page = { limit: 50, ...(from === undefined ? {} : { cursor: from }) };
      const { sql, values } = taskList(sqliteDialect, filter, page);
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
      const steps = plan.map((step) => String(step.detail));
      expect(steps).toEqual([expect.stringMatching(/^(SEARCH|SCAN) tasks USING INDEX/)]);
      // What narrows the list is looked up in the index: nothing is passed over from the beginning.
      if (Object.keys(filter).length > 0 || from !== undefined) expect(steps[0]).toMatch(/^SEARCH/);
    }
  });
});

it.each(['cells', 'day_parts'] as const)(
  'F21: finds the first and the last day of %s at the two ends of its key, however many rows there are',
  (table) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${daysSql(table)}`).all();
    const reads = plan.map((step) => String(step.detail)).filter((step) => step.includes(table));
    expect(reads).toEqual([`SEARCH ${table} USING PRIMARY KEY`, `SEARCH ${table} USING PRIMARY KEY`]);
  },
);

it('F21: reads a page of entries from one index each of the entries that stand apart and those in the rows of uses', () => {
  for (const cursor of [undefined, encodeCursor('entries', [5])]) {
    const { sql, values } = entryList('a', { limit: 50, ...(cursor === undefined ? {} : { cursor }) });
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    const reads = plan.map((step) => String(step.detail)).filter((step) => /entries|usage/.test(step));
    expect(reads).toEqual([
      'SEARCH entries USING PRIMARY KEY (account_id=? AND seq<?)',
      expect.stringMatching(/^SEARCH usage USING INDEX usage_by_entry \(account_id=\? AND .*entry_seq<\?\)$/),
    ]);
  }
});

it.each([
  ['usage', usageLookUp(sqliteDialect, { accountId: 'a', id: 'u-1' }).sql, 'usage_by_id'],
  ['usage', embeddedEntrySql, 'usage_by_id'],
  ['entries', apartEntrySql, 'entries_by_id'],
])('F21: finds a row of %s by its id, however many the account has: %s', (table, sql, index) => {
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('a', 'u-1');
  expect(plan.map((step) => String(step.detail))).toEqual([
    `SEARCH ${table} USING INDEX ${index} (account_id=? AND id=?)`,
  ]);
});
