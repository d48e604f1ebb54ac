import type { Pool, PoolClient } from 'pg';
import type { Eraser } from '../../../domain/erasures/eraser.ts';
import type { AccountState } from '../../../domain/state.ts';
import { partSumsOf } from '../../../domain/usage/day-parts.ts';
import type { UsageCell } from '../../../domain/usage/state.ts';
import { encodeAccount } from '../../codec/account-codec.ts';
import { type ErasedCounts, erasedRowsMax, scannedKeysMax, stepAt } from '../../erasures/erase-steps.ts';
import type { ErasedTable } from '../../erasures/erased-tables.ts';
import type { SweptKey } from '../../parts/sweep.ts';
import { bigintColumn, numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import type { ErasedSlice } from '../../store.ts';
import { decodePendingCells, encodePendingCells, foldCells, foldDayParts } from '../commit/pending-cells.ts';
import { bringUses, type DayPartPlace, eraseDayParts } from './postgres-day-parts.ts';
import { tryAgain } from './try-again.ts';

/** The erasure in PostgreSQL: each slice is a transaction that locks the account. */
export class PostgresErasure {
  readonly #pool: Pool;
  readonly #nextStamp: () => string;

  constructor(pool: Pool, nextStamp: () => string) {
    this.#pool = pool;
    this.#nextStamp = nextStamp;
  }

  async slice(accountId: string, eraser: Eraser, after: string | null): Promise<ErasedSlice> {
    return this.#transact(async (client) => {
      const { rows: locked } = await client.query<Row>(
        'SELECT pending_cells FROM accounts WHERE account_id = $1 FOR UPDATE',
        [accountId],
      );
      const step = stepAt(after);
      const { table } = step;
      if (table === undefined) {
        const [account] = locked;
        const [kind, part, day] = step.after ?? [];
        if (kind === 'parts') {
          const place: DayPartPlace | null = part === undefined ? null : [String(part), Number(day)];
          const erased = await eraseDayParts(client, accountId, eraser, place);
          const counts = { replaced: erased.replaced, removed: 0, kept: 0 };
          return step.done(counts, erased.last === null ? null : ['parts', ...erased.last]);
        }
        const pending =
          step.after === null && account !== undefined
            ? await this.#foldPending(client, accountId, eraser, textColumn(account, 'pending_cells'))
            : 0;
        const moved = await eraseCells(client, accountId, eraser);
        const counts = { replaced: pending + moved, removed: 0, kept: 0 };
        return step.done(counts, moved < erasedRowsMax ? ['parts'] : ['more']);
      }
      const { rows, last } =
        table.isFoundByScan === true
          ? await scan(client, table, accountId, step.after)
          : await read(client, table, accountId, step.after);
      // A use gets the newest version here, which says that it is in the parts of its day.
      if (table.name === 'usage') await bringUses(client, rows);
      return step.done(await eraseRows(client, table, accountId, eraser, rows), last);
    });
  }

  /** Pending cells in the account's row move to the table. The row gets a new stamp, so that nobody writes on a cached state. */
  async #foldPending(
    client: PoolClient,
    accountId: string,
    eraser: Eraser,
    pending: string,
  ): Promise<number> {
    const cells = decodePendingCells(accountId, pending);
    if (cells.length === 0) return 0;
    const erased = cells.map((cell) => erasedCell(eraser, cell));
    await client.query(foldCells(erased));
    // Their parts are erased with the others.
    const parts = partSumsOf(cells);
    if (parts.length > 0) await client.query(foldDayParts(parts));
    await client.query('UPDATE accounts SET pending_cells = $2, stamp = $3 WHERE account_id = $1', [
      accountId,
      encodePendingCells([]),
      this.#nextStamp(),
    ]);
    const isChanged = ({ value, accountId: id }: UsageCell, index: number) =>
      value !== cells[index]?.value || id !== accountId;
    return erased.filter(isChanged).length;
  }

  async moveAccount(accountId: string, erased: AccountState): Promise<void> {
    const encoded = encodeAccount(erased, undefined);
    await this.#transact(async (client) => {
      await client.query('DELETE FROM accounts WHERE account_id = $1', [accountId]);
      await client.query(
        `INSERT INTO accounts (account_id, profile, rest, holds, stamp, version, wallet, usage, pending_cells, clock_id, due_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          erased.profile.id,
          encoded.profile,
          encoded.rest,
          encoded.holds,
          this.#nextStamp(),
          erased.version,
          encoded.wallet,
          encoded.usage,
          encodePendingCells([]),
          encoded.clockId,
          encoded.dueAtMs,
        ],
      );
    });
  }

  #transact<Value>(write: (client: PoolClient) => Promise<Value>): Promise<Value> {
    return tryAgain(() => this.#transactOnce(write));
  }

  async #transactOnce<Value>(write: (client: PoolClient) => Promise<Value>): Promise<Value> {
    const client = await this.#pool.connect();
    let isAtRest = false;
    try {
      await client.query('BEGIN');
      const value = await write(client);
      await client.query('COMMIT');
      isAtRest = true;
      return value;
    } finally {
      if (!isAtRest)
        isAtRest = await client.query('ROLLBACK').then(
          () => true,
          () => false,
        );
      client.release(!isAtRest);
    }
  }
}

interface Found {
  readonly rows: readonly Row[];
  readonly last: SweptKey | null;
}

async function read(
  client: PoolClient,
  table: ErasedTable,
  accountId: string,
  after: SweptKey | null,
): Promise<Found> {
  const key = table.key.join(', ');
  const from =
    after === null ? '' : `AND (${key}) > (${table.key.map((_, index) => `$${index + 2}`).join(', ')})`;
  const { rows } = await client.query<Row>(
    `SELECT ${columnsOf(table)} FROM ${table.name} WHERE account_id = $1 ${from} ORDER BY ${key} LIMIT ${erasedRowsMax}`,
    [accountId, ...(after ?? [])],
  );
  const last = rows.at(-1);
  return { rows, last: last === undefined || rows.length < erasedRowsMax ? null : keyOf(last, table) };
}

async function scan(
  client: PoolClient,
  table: ErasedTable,
  accountId: string,
  after: SweptKey | null,
): Promise<Found> {
  const key = [...table.key, 'account_id'];
  const from =
    after === null
      ? ''
      : `WHERE (${key.join(', ')}) > (${key.map((_, index) => `$${index + 1}`).join(', ')})`;
  const { rows: keys } = await client.query<Row>(
    `SELECT ${key.join(', ')} FROM ${table.name} ${from} ORDER BY ${key.join(', ')} LIMIT ${scannedKeysMax}`,
    [...(after ?? [])],
  );
  const rows: Row[] = [];
  for (const each of keys) {
    if (each.account_id !== accountId) continue;
    const found = await client.query<Row>(
      `SELECT ${columnsOf(table)} FROM ${table.name} WHERE ${whereKey(table, 1)}`,
      [accountId, ...keyOf(each, table)],
    );
    rows.push(...found.rows);
  }
  const last = keys.at(-1);
  if (last === undefined || keys.length < scannedKeysMax) return { rows, last: null };
  return { rows, last: [...keyOf(last, table), textColumn(last, 'account_id')] };
}

async function eraseRows(
  client: PoolClient,
  table: ErasedTable,
  accountId: string,
  eraser: Eraser,
  rows: readonly Row[],
): Promise<ErasedCounts> {
  const counts = { replaced: 0, removed: 0, kept: 0 };
  for (const row of rows) {
    const erased = table.erase(eraser, row);
    if (erased.outcome === 'same') continue;
    counts[erased.outcome] += 1;
    const key = [accountId, ...keyOf(row, table)];
    if (erased.outcome === 'removed') {
      await client.query(`DELETE FROM ${table.name} WHERE ${whereKey(table, 1)}`, key);
      continue;
    }
    const columns = Object.keys(erased.columns);
    if (columns.length === 0) continue;
    const set = columns.map((column, index) => `${column} = $${index + 1}`).join(', ');
    await client.query(`UPDATE ${table.name} SET ${set} WHERE ${whereKey(table, columns.length + 1)}`, [
      ...columns.map((column) => erased.columns[column] ?? null),
      ...key,
    ]);
  }
  return counts;
}

/** Takes so many rollups out and adds them under the pseudonym. */
async function eraseCells(client: PoolClient, accountId: string, eraser: Eraser): Promise<number> {
  const { erasing } = eraser;
  const where = erasing.subject === 'account' ? '' : `AND dimension = 'member' AND value = $2`;
  const { rows } = await client.query<Row>(
    `DELETE FROM cells WHERE ctid IN (SELECT ctid FROM cells WHERE account_id = $1 ${where} LIMIT ${erasedRowsMax})
     RETURNING day, metric, dimension, value, quantity`,
    erasing.subject === 'account' ? [accountId] : [accountId, erasing.id],
  );
  if (rows.length === 0) return 0;
  const cells = rows.map((row) => ({
    accountId,
    day: numberColumn(row, 'day'),
    metric: textColumn(row, 'metric'),
    dimension: textColumn(row, 'dimension'),
    value: textColumn(row, 'value'),
    quantity: bigintColumn(row, 'quantity'),
  }));
  await client.query(foldCells(cells.map((cell) => erasedCell(eraser, cell))));
  return rows.length;
}

function erasedCell(eraser: Eraser, cell: UsageCell): UsageCell {
  return {
    ...cell,
    accountId: eraser.accountId,
    value: cell.dimension === 'member' ? eraser.memberId(cell.value) : cell.value,
  };
}

function columnsOf(table: ErasedTable): string {
  return [...new Set(['account_id', ...table.key, ...table.columns])].join(', ');
}

function whereKey(table: ErasedTable, from: number): string {
  return ['account_id', ...table.key].map((column, index) => `${column} = $${from + index}`).join(' AND ');
}

function keyOf(row: Row, table: ErasedTable): (string | number)[] {
  return table.key.map((column) => row[column] as string | number);
}
