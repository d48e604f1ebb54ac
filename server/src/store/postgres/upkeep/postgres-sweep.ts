import type { Pool, PoolClient } from 'pg';
import { decodeStored } from '../../codec/stored-format.ts';
import { accountParts, type SweptTable } from '../../codec/swept-tables.ts';
import { isOutsidePartsSql } from '../../parts/day-part-sweep.ts';
import { readable, Unreadable } from '../../parts/loaded-rows.ts';
import { SliceBudget } from '../../parts/slice-budget.ts';
import {
  afterSql,
  oldAccountSql,
  oldBodySql,
  type SweepPort,
  type SweepProgress,
  type SweptKey,
  sweptAccountsMax,
  sweptRowsMax,
} from '../../parts/sweep.ts';
import { upgradedAccountOf } from '../../sql/account-row.ts';
import { type Row, textColumn } from '../../sql/columns.ts';
import { columnTypeOf } from '../../sql/schema.ts';
import { columnTypes } from '../../sql/table.ts';
import { pgMembersSql } from '../commit/load-rows.ts';
import { bringUses } from './postgres-day-parts.ts';

/** The sweep in PostgreSQL. It leaves rows that somebody changed since they were read, since those have the newest format. */
export class PostgresSweep implements SweepPort {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async readProgress(table: string): Promise<SweepProgress | undefined> {
    const { rows } = await this.#pool.query<Row>('SELECT formats, after FROM sweeps WHERE name = $1', [
      table,
    ]);
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      formats: textColumn(row, 'formats'),
      after: row.after === null ? null : textColumn(row, 'after'),
    };
  }

  async putProgress(table: string, { formats, after }: SweepProgress): Promise<void> {
    await this.#pool.query(
      `INSERT INTO sweeps (name, formats, after) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET formats = excluded.formats, after = excluded.after`,
      [table, formats, after],
    );
  }

  async sweepRows(table: SweptTable, after: SweptKey | null): Promise<SweptKey | null> {
    const { name, key, column } = table;
    const rows = await this.#after(name, key, oldBodySql(table), after, sweptRowsMax);
    const upgraded: { key: SweptKey; old: string; body: string }[] = [];
    let swept = 0;
    for (const row of new SliceBudget().take(rows)) {
      swept += 1;
      if (row.old === null) continue;
      const old = textColumn(row, 'old');
      const body = readable(() => decodeStored(name, () => table.upgrade(old)));
      if (!(body instanceof Unreadable)) upgraded.push({ key: keyOf(row, key), old, body });
    }
    if (upgraded.length > 0) {
      const columns = [...key, 'old', 'upgraded'];
      const lists = columns.map(
        (part, index) => `$${index + 1}::${index < key.length ? typeOf(name, part) : 'text'}[]`,
      );
      await this.#pool.query(
        `UPDATE ${name} SET ${column} = upgraded FROM unnest(${lists.join(', ')}) AS swept (${columns.map((part) => `swept_${part}`.replace('swept_upgraded', 'upgraded')).join(', ')})
         WHERE ${key.map((part) => `${part} = swept_${part}`).join(' AND ')} AND ${column} = swept_old`,
        [
          ...key.map((_, index) => upgraded.map((row) => row.key[index])),
          upgraded.map(({ old }) => old),
          upgraded.map(({ body }) => body),
        ],
      );
    }
    return swept < rows.length ? keyOf(rows[swept - 1] as Row, key) : lastKey(rows, key, sweptRowsMax);
  }

  async sweepDayParts(after: SweptKey | null): Promise<SweptKey | null> {
    const key = ['account_id', 'at_ms', 'id'];
    const selected = `CASE WHEN ${isOutsidePartsSql} THEN body END AS body`;
    const rows = await this.#after('usage', key, selected, after, sweptRowsMax);
    const outside = rows.filter(({ body }) => body !== null);
    if (outside.length > 0) await this.#transact((client) => bringUses(client, outside));
    return lastKey(rows, key, sweptRowsMax);
  }

  async #transact(write: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.#pool.connect();
    let isAtRest = false;
    try {
      await client.query('BEGIN');
      await write(client);
      await client.query('COMMIT');
      isAtRest = true;
    } finally {
      client.release(!isAtRest);
    }
  }

  async sweepAccounts(after: SweptKey | null): Promise<SweptKey | null> {
    const key = ['account_id'];
    const selected = `CASE WHEN ${oldAccountSql} THEN stamp END AS stamp, version, ${accountParts.join(', ')}, ${pgMembersSql}`;
    const rows = await this.#after('accounts', key, selected, after, sweptAccountsMax);
    for (const row of rows) if (row.stamp !== null) await this.#sweepAccount(row);
    return lastKey(rows, key, sweptAccountsMax);
  }

  /** The stamp stays: what processes know of the account is as true as before. */
  async #sweepAccount(row: Row): Promise<void> {
    const parts = readable(() => upgradedAccountOf(row));
    if (parts instanceof Unreadable) return;
    await this.#pool.query(
      `UPDATE accounts SET ${accountParts.map((part, index) => `${part} = $${index + 3}`).join(', ')}
       WHERE account_id = $1 AND stamp = $2`,
      [textColumn(row, 'account_id'), textColumn(row, 'stamp'), ...accountParts.map((part) => parts[part])],
    );
  }

  async #after(
    table: string,
    key: readonly string[],
    selected: string,
    after: SweptKey | null,
    limit: number,
  ): Promise<Row[]> {
    const columns = key.join(', ');
    const where = afterSql(key, after, (index) => `$${index + 1}::${typeOf(table, key[index] ?? '')}`);
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${columns}, ${selected} FROM ${table} ${where} ORDER BY ${columns} LIMIT ${limit}`,
      [...(after ?? [])],
    );
    return rows;
  }
}

function typeOf(table: string, column: string): string {
  return columnTypes.postgres[columnTypeOf(table, column)];
}

function keyOf(row: Row, key: readonly string[]): SweptKey {
  return key.map((part) => row[part] as string | number);
}

function lastKey(rows: readonly Row[], key: readonly string[], limit: number): SweptKey | null {
  const last = rows.at(-1);
  return last === undefined || rows.length < limit ? null : keyOf(last, key);
}
