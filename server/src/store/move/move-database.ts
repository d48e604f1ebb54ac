import type { MovableDatabase } from './movable-database.ts';
import { type MovedRow, type MovedTable, movedTableNames } from './moved-tables.ts';

/** The databases differ, or cannot be moved; the message says why. */
export class MoveError extends Error {
  override readonly name = 'MoveError';
}

export interface MovedCounts {
  /** Rows by table, as both databases have them now. */
  readonly rows: Readonly<Record<MovedTable, number>>;
}

export interface MoveOptions {
  /** Makes 32 bytes of a text that tell it from every other one: SHA-256. */
  readonly digest: (text: string) => Uint8Array;
  /** Hears of each part that is written. */
  readonly tell?: (table: MovedTable, rows: number) => void;
}

/**
 * Copies everything from one database to another that is empty, or that an earlier try has begun to fill: each part is written
 * together with how far it goes, so that a move that was killed goes on where it was. Then both are read again and compared.
 * @throws MoveError where the other database holds something else, or in the end not the same.
 */
export async function moveDatabase(
  source: MovableDatabase,
  target: MovableDatabase,
  { digest, tell = () => {} }: MoveOptions,
): Promise<MovedCounts> {
  const name = await nameOf(source, digest);
  const begun = await target.readProgress();
  if (begun === null) await assertEmpty(target);
  else if (begun.source !== name)
    throw new MoveError(
      `A move of another database into ${target.label} is under way; begin with an empty one.`,
    );
  const from = begun === null ? 0 : movedTableNames.indexOf(begun.table);
  for (const table of movedTableNames.slice(from)) {
    let after = begun?.table === table ? begun.after : null;
    await target.write(table, [], { source: name, table, after });
    let count = 0;
    for await (const { rows, key } of source.read(table, after)) {
      after = key;
      await target.write(table, rows, { source: name, table, after });
      count += rows.length;
      tell(table, count);
    }
  }
  const counts = await compare(source, target, digest);
  await target.forgetProgress();
  return counts;
}

/** What identifies a database: the secrets that were made with it. */
async function nameOf(database: MovableDatabase, digest: MoveOptions['digest']): Promise<string> {
  const parts: string[] = [];
  for (const table of ['secrets', 'catalogs'] as const)
    for await (const { rows } of database.read(table, null)) for (const row of rows) parts.push(textOf(row));
  return toHex(digest(parts.join('\n')));
}

async function assertEmpty(target: MovableDatabase): Promise<void> {
  for (const table of movedTableNames)
    for await (const { rows } of target.read(table, null))
      if (rows.length > 0)
        throw new MoveError(
          `${target.label} is not empty: it has ${table}. Nothing is moved over what is there.`,
        );
}

/** Reads both again. Rows come in orders that differ, so that their digests are added up. */
async function compare(
  source: MovableDatabase,
  target: MovableDatabase,
  digest: MoveOptions['digest'],
): Promise<MovedCounts> {
  const rows: Partial<Record<MovedTable, number>> = {};
  for (const table of movedTableNames) {
    const before = await sumOf(source, table, digest);
    const after = await sumOf(target, table, digest);
    if (before.count !== after.count || before.sum !== after.sum)
      throw new MoveError(
        `The ${table} of ${target.label} are not those of ${source.label} (${after.count} rows, ${before.count} expected). Has somebody written meanwhile? Begin again with an empty database.`,
      );
    rows[table] = before.count;
  }
  return { rows: rows as Record<MovedTable, number> };
}

async function sumOf(
  database: MovableDatabase,
  table: MovedTable,
  digest: MoveOptions['digest'],
): Promise<{ count: number; sum: bigint }> {
  let count = 0;
  let sum = 0n;
  for await (const { rows } of database.read(table, null)) {
    for (const row of rows) sum += BigInt(`0x${toHex(digest(textOf(row)))}`);
    count += rows.length;
  }
  return { count, sum };
}

/** The same text for the same row, in whatever order its columns come. */
function textOf(row: MovedRow): string {
  const columns = Object.keys(row).sort();
  return JSON.stringify(
    columns.map((column) => [column, typeof row[column] === 'bigint' ? `${row[column]}n` : row[column]]),
  );
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
