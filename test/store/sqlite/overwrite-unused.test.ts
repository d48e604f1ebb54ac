import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  notOverwritten,
  type OverwrittenTo,
  overwriteUnused,
} from '../../../server/src/store/sqlite/upkeep/overwrite-unused.ts';
import fc from '../../support/fast-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-unused-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

let made = 0;
const name = 'NAME-OF-SOMEBODY';

interface Change {
  readonly kind: 'put' | 'drop';
  readonly table: 'tree' | 'keyed';
  readonly key: number;
  readonly isNamed: boolean;
  readonly characters: number;
}

const changes = (count: number) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('put', 'put', 'put', 'drop'),
      table: fc.constantFrom('tree', 'keyed'),
      key: fc.nat(150),
      isNamed: fc.boolean(),
      characters: fc.oneof({ weight: 4, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.nat(20_000) }),
    }),
    { minLength: count, maxLength: count },
  );

/** A database with every kind of tree, whose connection leaves what it deletes. */
function open(pageBytes: number) {
  const file = join(folder, `${made++}.sqlite`);
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA page_size = ${pageBytes};
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    CREATE TABLE tree (key INTEGER PRIMARY KEY, body TEXT);
    CREATE INDEX tree_by_body ON tree (body);
    CREATE TABLE keyed (key TEXT, body TEXT, PRIMARY KEY (key, body)) WITHOUT ROWID;
  `);
  const descriptor = openSync(file, 'r+');
  opened.push(() => {
    database.close();
    closeSync(descriptor);
  });
  return {
    database,
    descriptor,
    change({ kind, table, key, isNamed, characters }: Change, mayName: boolean) {
      database.prepare(`DELETE FROM ${table} WHERE key = ?`).run(table === 'tree' ? key : `k${key}`);
      if (kind === 'drop') return;
      const body = `${isNamed && mayName ? name : 'nobody'}${'x'.repeat(characters)}`;
      database
        .prepare(`INSERT INTO ${table} (key, body) VALUES (?, ?)`)
        .run(table === 'tree' ? key : `k${key}`, isNamed && mayName ? `${body}${name}` : body);
    },
    rows: () => [database.prepare('SELECT * FROM tree').all(), database.prepare('SELECT * FROM keyed').all()],
    bytes: () =>
      readdirSync(folder)
        .filter((each) => join(folder, each).startsWith(file))
        .map((each) => readFileSync(join(folder, each), 'latin1'))
        .join('\n'),
  };
}

/** @param between Is done between two slices, which take a page or a few each. */
function overwriteAll(
  { database, descriptor }: ReturnType<typeof open>,
  between: () => void = () => {},
): { slices: number; leftPages: number } {
  database.exec('PRAGMA secure_delete = ON');
  let [slices, leftPages, nowMs] = [0, 0, 0];
  let from: OverwrittenTo | null = notOverwritten;
  while (from !== null) {
    // Each look at the time is a millisecond later.
    const slice = overwriteUnused(database, descriptor, from, () => nowMs++);
    from = slice.next;
    slices += 1;
    leftPages += slice.leftPages;
    between();
  }
  return { slices, leftPages };
}

describe('the bytes that a file does not use', () => {
  it.each([512, 1_024, 8_192, 65_536])(
    'F24, I28: are overwritten where a page has %i bytes, and nothing else changes, whatever was written before and is meanwhile',
    (pageBytes) => {
      fc.assert(
        fc.property(changes(400), changes(200), (before, meanwhile) => {
          const file = open(pageBytes);
          file.database.exec('BEGIN');
          for (const change of before) file.change(change, true);
          for (const table of ['tree', 'keyed'])
            file.database.exec(`DELETE FROM ${table} WHERE body LIKE '%${name}%'`);
          file.database.exec('COMMIT');
          const rows = file.rows();
          expect(overwriteAll(file).leftPages).toBe(0);
          expect(file.bytes().includes(name)).toBe(false);
          expect(file.rows()).toEqual(rows);
          const rest = [...meanwhile];
          const again = overwriteAll(file, () => {
            for (const change of rest.splice(0, 3)) file.change(change, false);
          });
          expect(again.leftPages).toBe(0);
          expect(file.bytes().includes(name)).toBe(false);
          expect(file.database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
        }),
        { numRuns: 8 },
      );
    },
  );

  it('F24, I28: stay where a page is not as the format says, and are told', () => {
    const file = open(4_096);
    for (let key = 0; key < 100; key += 1)
      file.change({ kind: 'put', table: 'tree', key, isNamed: false, characters: 200 }, false);
    file.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const page = file.database
      .prepare("SELECT max(pageno) AS number FROM dbstat WHERE name = 'tree' AND pagetype = 'leaf'")
      .get()?.number as number;
    // One cell fewer than there are bytes for.
    const count = Buffer.alloc(2);
    const at = (page - 1) * 4_096 + 3;
    count.writeUInt16BE(file.bytes().charCodeAt(at) * 256 + file.bytes().charCodeAt(at + 1) - 1);
    writeSync(file.descriptor, count, 0, 2, at);
    const before = file.bytes().slice((page - 1) * 4_096, page * 4_096);
    expect(overwriteAll(file).leftPages).toBe(1);
    expect(file.bytes().slice((page - 1) * 4_096, page * 4_096)).toBe(before);
  });
});
