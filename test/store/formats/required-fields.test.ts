import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { membersSql } from '../../../server/src/store/codec/account-codec.ts';
import {
  accountNouns,
  accountParts,
  sweptTables,
  upgradeAccount,
} from '../../../server/src/store/codec/swept-tables.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { readRequiredFields, requiredFieldsNow } from './required-fields.ts';
import { missingPaths, requiredPaths, shapeOf, storedShapes } from './stored-shapes.ts';

const files = new URL('files/', import.meta.url);
const fixtures = readdirSync(files).filter((name) => name.endsWith('.sqlite.gz'));

it('F20: no stored field becomes required without a new version and a step that gives it to what is stored', () => {
  const written = readRequiredFields();
  const late = Object.entries(requiredFieldsNow()).flatMap(([noun, versions]) =>
    Object.entries(versions).flatMap(([version, paths]) => {
      const first = written[noun]?.[version];
      if (first === undefined) return [`${noun} ${version}: npm run fixture -- NAME writes what it requires`];
      return paths
        .filter((path) => !first.includes(path))
        .map((path) => `${noun} ${version}: ${path} needs an upgrade step (server/src/store/README.md)`);
    }),
  );
  expect(late).toEqual([]);
});

it.each(fixtures)('F20: %s has every required field once it is upgraded', async (fixture) => {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-required-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'usage.db');
  writeFileSync(file, gunzipSync(readFileSync(new URL(fixture, files))));
  // Its tables become the present ones, and what its journal holds is folded.
  await createSqliteStore({ file }).close();

  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  const shapes = storedShapes();
  let bodies = 0;
  const missingIn = (noun: string, body: string) => {
    const shape = shapes.get(noun);
    if (shape === undefined) throw new Error(`No type of a stored ${noun} was found.`);
    bodies += 1;
    return missingPaths(shape, JSON.parse(body, untagged)).map((path) => `${noun}: ${path}`);
  };
  const missing = new Set<string>();
  for (const { name, column, noun, upgrade } of sweptTables) {
    for (const row of database
      .prepare(`SELECT ${column} AS body FROM ${name} WHERE ${column} IS NOT NULL`)
      .all())
      for (const path of missingIn(noun, upgrade(String(row.body)))) missing.add(path);
  }
  const accounts = database
    .prepare(
      `SELECT ${accountParts.join(', ')}, version, ${membersSql('json_group_array(body)')} FROM accounts`,
    )
    .all() as unknown as (Parameters<typeof upgradeAccount>[0] & {
    version: number;
    members: string | null;
  })[];
  for (const { version, members, ...parts } of accounts) {
    const upgraded = upgradeAccount(parts, version, members);
    for (const [index, part] of accountParts.entries())
      for (const path of missingIn(accountNouns[index] ?? '', upgraded[part])) missing.add(path);
  }
  expect([...missing]).toEqual([]);
  expect(bodies).toBeGreaterThan(30);
});

/** Amounts of records are objects in their JSON. */
function untagged(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$n' in value ? Number(value.$n) : value;
}

it('the shape of a type tells what a value misses', () => {
  const shape = shapeOf('test/store/formats/shape-sample.ts', 'Sample');
  expect(requiredPaths(shape)).toEqual([
    '.one',
    '.one|.always',
    '.many',
    '.many[].always',
    '.byName',
    '.byName[].always',
  ]);
  const whole = { one: null, many: [{ always: 'a' }], byName: {} };
  expect(missingPaths(shape, whole)).toEqual([]);
  expect(missingPaths(shape, { ...whole, many: [{ perhaps: 1 }], byName: { a: {} } })).toEqual([
    '.many[].always',
    '.byName[].always',
  ]);
  expect(missingPaths(shape, { ...whole, one: {} })).not.toEqual([]);
  expect(missingPaths(shape, { many: [] })).toEqual(['.one', '.byName']);
});
