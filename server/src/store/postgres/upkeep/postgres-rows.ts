import type { Pool, PoolClient, QueryResult } from 'pg';
import { dayCellsOf, partSumsOf } from '../../../domain/usage/day-parts.ts';
import type { AddedCell, UsageCell } from '../../../domain/usage/state.ts';
import { addToDayPart } from '../../codec/day-part-codec.ts';
import type { MovableDatabase, MovedBatch, MoveKey, MoveProgress } from '../../move/movable-database.ts';
import { movedEntryOf } from '../../move/moved-entry.ts';
import { type MovedRow, type MovedTable, movedTables, ownColumns } from '../../move/moved-tables.ts';
import { forgetDayPartSweepSql } from '../../parts/day-part-sweep.ts';
import { SeriesSums } from '../../parts/series-sums.ts';
import { bigintColumn, numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import { apartEntriesSql, embeddedEntriesSql } from '../../sql/lists.ts';
import { StoreOpenError } from '../../store-open-error.ts';
import { decodePendingCells, encodePendingCells } from '../commit/pending-cells.ts';
import { createStamps } from '../commit/stamps.ts';
import { placeOf, sessionSql } from '../open/connection.ts';
import { openPool } from '../open/open-pool.ts';

/** Rows that are read and written at a time. */
const batchRows = 1_000;
/** Accounts whose cells are read at a time. */
const accountsAtOnce = 50;

const setAsideMs = 'floor(extract(epoch FROM set_aside_at) * 1000)::bigint AS set_aside_at_ms';

export interface PostgresRowsOptions {
  readonly url: string;
  /** As of `PostgresStoreOptions`. */
  readonly schema?: string;
  /**
   * `at_rest`: the database is the source or target of a move, and no server runs on it. `snapshot`: it is only read, as of the
   * moment of opening, while others may write.
   */
  readonly use: 'at_rest' | 'snapshot';
}

/** @throws StoreOpenError where it cannot be reached, or a server runs on it that must not. */
export async function openPostgresRows({ url, schema, use }: PostgresRowsOptions): Promise<MovableDatabase> {
  const place = placeOf(url, schema);
  const pool = await openPool(place, 2, { isMidMoveAllowed: true });
  pool.on('error', () => undefined);
  try {
    const client = await pool.connect();
    // The planner is free here, since tables are read whole. No request waits for this connection.
    await client.query('RESET ALL');
    await client.query(sessionSql(place.schema));
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
    if (use === 'at_rest') await assertUnserved(client);
    else await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return new PostgresRows(pool, client, use, await createStamps(pool));
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function assertUnserved(client: PoolClient): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM leases WHERE until > clock_timestamp()');
  if (rowCount !== 0)
    throw new StoreOpenError(
      'held_by_another',
      'A server runs on the PostgreSQL database, or did until a moment ago. Stop every one, and try again in some seconds.',
    );
}

class PostgresRows implements MovableDatabase {
  readonly label = 'the PostgreSQL database';
  readonly #pool: Pool;
  readonly #client: PoolClient;
  readonly #use: PostgresRowsOptions['use'];
  readonly #nextStamp: () => string;
  readonly #types = new Map<MovedTable, ReadonlyMap<string, string>>();

  constructor(pool: Pool, client: PoolClient, use: PostgresRowsOptions['use'], nextStamp: () => string) {
    this.#pool = pool;
    this.#client = client;
    this.#use = use;
    this.#nextStamp = nextStamp;
  }

  read(table: MovedTable, after: MoveKey | null): AsyncIterable<MovedBatch> {
    if (table === 'entries') return this.#readEntries(after);
    if (table === 'cells') return this.#readCells(after);
    if (table === 'day_parts') return this.#readDayParts(after);
    return this.#readTable(table, after);
  }

  async *#readTable(table: MovedTable, after: MoveKey | null): AsyncGenerator<MovedBatch> {
    const types = await this.#typesOf(table);
    const columns = [...types.keys()];
    // Answers in the order in which they were kept, which is how SQLite forgets them.
    const order = table === 'answers' ? ['recorded_at_ms', 'account_id', 'key'] : movedTables[table];
    const chosen = [...new Set([...columns, ...order])];
    if (table === 'set_aside') chosen.push(setAsideMs);
    const condition =
      after === null
        ? ''
        : `WHERE (${order.join(', ')}) > (${order.map((_, at) => `$${at + 1}`).join(', ')})`;
    const sql = `SELECT ${chosen.join(', ')} FROM ${table} ${condition} ORDER BY ${order.join(', ')}`;
    const kept = table === 'set_aside' ? [...columns, 'set_aside_at_ms'] : columns;
    for await (const found of this.#cursor(sql, after ?? [])) {
      const last = found.at(-1) ?? {};
      yield {
        rows: found.map((row) =>
          Object.fromEntries(
            kept.map((column) => [column, movedValue(row[column], types.get(column) ?? 'bigint')]),
          ),
        ),
        key: order.map((column) => keyPart(last[column], types.get(column) ?? 'bigint')),
      };
    }
  }

  /** Entries that stand in the row of their use get rows of their own. */
  async *#readEntries(after: MoveKey | null): AsyncGenerator<MovedBatch> {
    const from = (seq: string) => (after === null ? '' : `AND (account_id, ${seq}) > ($1, $2)`);
    const sql = `
      ${apartEntriesSql} WHERE true ${from('seq')}
      UNION ALL
      ${embeddedEntriesSql} WHERE entry_seq IS NOT NULL ${from('entry_seq')}
      ORDER BY account_id, seq`;
    for await (const found of this.#cursor(sql, after ?? [])) {
      const rows = found.map(movedEntryOf);
      const last = rows.at(-1);
      if (last !== undefined) yield { rows, key: [String(last.account_id), Number(last.seq)] };
    }
  }

  /** With what waits in the account's row. */
  async *#readCells(after: MoveKey | null): AsyncGenerator<MovedBatch> {
    const [afterId = ''] = after ?? [];
    const sql = 'SELECT account_id, pending_cells FROM accounts WHERE account_id > $1 ORDER BY account_id';
    for await (const accounts of this.#cursor(sql, [afterId], accountsAtOnce)) {
      const ids = accounts.map((row) => textColumn(row, 'account_id'));
      const { rows: cells } = await this.#client.query<Row>(
        'SELECT account_id, metric, dimension, day, value, quantity FROM cells WHERE account_id = ANY($1)',
        [ids],
      );
      const pending = accounts.flatMap((row) =>
        decodePendingCells(textColumn(row, 'account_id'), textColumn(row, 'pending_cells')),
      );
      yield {
        rows: summedCells([...cells.map(cellOf), ...dayCellsOf(pending)]).map(cellRow),
        key: [ids.at(-1) ?? afterId],
      };
    }
  }

  /** The same of the parts of days. */
  async *#readDayParts(after: MoveKey | null): AsyncGenerator<MovedBatch> {
    const [afterId = ''] = after ?? [];
    const sql = 'SELECT account_id, pending_cells FROM accounts WHERE account_id > $1 ORDER BY account_id';
    for await (const accounts of this.#cursor(sql, [afterId], accountsAtOnce)) {
      const ids = accounts.map((row) => textColumn(row, 'account_id'));
      const { rows } = await this.#client.query<Row>(
        'SELECT account_id, part, day, body FROM day_parts WHERE account_id = ANY($1)',
        [ids],
      );
      const pending = accounts.flatMap((row) =>
        decodePendingCells(textColumn(row, 'account_id'), textColumn(row, 'pending_cells')),
      );
      yield { rows: dayPartRows(rows, pending), key: [ids.at(-1) ?? afterId] };
    }
  }

  /** Batches of what a query finds, in one transaction, so that they fit each other. */
  async *#cursor(sql: string, values: readonly unknown[], size = batchRows): AsyncGenerator<Row[]> {
    const isOwnTransaction = this.#use === 'at_rest';
    if (isOwnTransaction) await this.#client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    try {
      await this.#client.query(`DECLARE moved NO SCROLL CURSOR FOR ${sql}`, [...values]);
      for (;;) {
        const { rows }: QueryResult<Row> = await this.#client.query(`FETCH ${size} FROM moved`);
        if (rows.length === 0) break;
        yield rows;
      }
    } finally {
      await this.#client.query(isOwnTransaction ? 'COMMIT' : 'CLOSE moved').catch(() => undefined);
    }
  }

  /** On a connection of its own: the other one may be in the midst of a table. */
  async write(table: MovedTable, rows: readonly MovedRow[], progress: MoveProgress): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      // The uses of the other database may be outside of the parts of their days.
      if (table === 'usage') await client.query(forgetDayPartSweepSql);
      if (rows.length > 0)
        await client.query(await this.#putSql(table), [
          JSON.stringify(rows.map((row) => this.#written(table, row))),
        ]);
      await client.query(
        'INSERT INTO moves (id, body) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
        [JSON.stringify(progress)],
      );
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  #written(table: MovedTable, row: MovedRow): Readonly<Record<string, unknown>> {
    const texts = Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'bigint' ? value.toString() : value,
      ]),
    );
    if (table === 'accounts')
      return { ...texts, stamp: this.#nextStamp(), pending_cells: encodePendingCells([]) };
    return texts;
  }

  async #putSql(table: MovedTable): Promise<string> {
    const types = new Map(await this.#typesOf(table));
    if (table === 'set_aside')
      return `
        INSERT INTO set_aside (account_id, noun, reason, body, set_aside_at)
        SELECT account_id, noun, reason, body, to_timestamp(set_aside_at_ms / 1000.0)
        FROM json_to_recordset($1) AS row (account_id text, noun text, reason text, body text, set_aside_at_ms numeric)`;
    if (table === 'accounts') types.set('stamp', 'bigint').set('pending_cells', 'text');
    const columns = [...types.keys()].join(', ');
    const changed = [...types.keys()].map((column) => `${column} = excluded.${column}`).join(', ');
    return `
      INSERT INTO ${table} (${columns}) SELECT ${columns}
      FROM json_to_recordset($1) AS row (${[...types].map(([column, type]) => `${column} ${type}`).join(', ')})
      ON CONFLICT (${movedTables[table].join(', ')}) DO UPDATE SET ${changed}`;
  }

  async readProgress(): Promise<MoveProgress | null> {
    const { rows } = await this.#client.query<Row>('SELECT body FROM moves');
    const [row] = rows;
    return row === undefined ? null : (JSON.parse(textColumn(row, 'body')) as MoveProgress);
  }

  async forgetProgress(): Promise<void> {
    await this.#client.query('DELETE FROM moves');
  }

  async close(): Promise<void> {
    this.#client.release(true);
    await this.#pool.end();
  }

  /** Only the moved columns. */
  async #typesOf(table: MovedTable): Promise<ReadonlyMap<string, string>> {
    const found = this.#types.get(table);
    if (found !== undefined) return found;
    const { rows } = await this.#client.query<Row>(
      `SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
       WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      [table],
    );
    const own = ownColumns[table];
    const types = new Map(
      rows
        .map((row): [string, string] => [textColumn(row, 'name'), textColumn(row, 'type')])
        .filter(([name]) => own?.has(name) !== true),
    );
    this.#types.set(table, types);
    return types;
  }
}

/** Integers as such, of whatever size; what SQLite has no type for as it keeps it. */
function movedValue(value: unknown, type: string): MovedRow[string] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return type === 'bigint' || type === 'integer' ? BigInt(String(value)) : String(value);
}

function keyPart(value: unknown, type: string): string | number {
  return type === 'bigint' || type === 'integer' ? Number(value) : String(value);
}

function cellOf(row: Row): UsageCell {
  return {
    accountId: textColumn(row, 'account_id'),
    metric: textColumn(row, 'metric'),
    dimension: textColumn(row, 'dimension'),
    day: numberColumn(row, 'day'),
    value: textColumn(row, 'value'),
    quantity: bigintColumn(row, 'quantity'),
  };
}

function cellRow({ accountId, metric, dimension, day, value, quantity }: UsageCell): MovedRow {
  return { account_id: accountId, metric, dimension, day: BigInt(day), value, quantity };
}

/** The rows of parts, with the pending cells added. */
function dayPartRows(rows: readonly Row[], pending: readonly AddedCell[]): MovedRow[] {
  const parts = new Map<string, { readonly key: MovedRow; readonly body: string }>();
  const put = (accountId: string, part: string, day: number, bodyAfter: (before?: string) => string) => {
    const name = JSON.stringify([accountId, part, day]);
    const body = bodyAfter(parts.get(name)?.body);
    parts.set(name, { key: { account_id: accountId, part, day: BigInt(day) }, body });
  };
  for (const row of rows)
    put(textColumn(row, 'account_id'), textColumn(row, 'part'), numberColumn(row, 'day'), () =>
      textColumn(row, 'body'),
    );
  for (const { accountId, part, day, sums } of partSumsOf(pending))
    put(accountId, part, day, (before) => addToDayPart(before, sums));
  return [...parts.values()].map(({ key, body }) => ({ ...key, body }));
}

/** One cell for each day and value. A day of a series keeps a bounded number of values; the first ones are in the table. */
function summedCells(cells: readonly UsageCell[]): UsageCell[] {
  const series = new Map<string, { readonly of: UsageCell; readonly sums: SeriesSums }>();
  for (const cell of cells) {
    const name = `${cell.accountId}\n${cell.metric}\n${cell.dimension}`;
    const found = series.get(name) ?? { of: cell, sums: new SeriesSums() };
    found.sums.add(cell);
    series.set(name, found);
  }
  return [...series.values()].flatMap(({ of, sums }) =>
    sums
      .cells(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
      .map((sum) => ({ accountId: of.accountId, metric: of.metric, dimension: of.dimension, ...sum })),
  );
}
