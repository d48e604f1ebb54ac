import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { StoredFormatError } from '../store.ts';

export type Row = Readonly<Record<string, unknown>>;

/** @throws StoredFormatError when the column holds no text, which STRICT tables rule out. */
export function textColumn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw new StoredFormatError(`Column ${name} holds no text.`);
  return value;
}

/** @throws StoredFormatError when the column holds no integer that a number can hold. */
export function numberColumn(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw new StoredFormatError(`Column ${name} holds no number.`);
  return value;
}

/** @throws StoredFormatError when the column was not read as a bigint. */
export function bigintColumn(row: Row, name: string): bigint {
  const value = row[name];
  if (typeof value !== 'bigint') throw new StoredFormatError(`Column ${name} holds no integer.`);
  return value;
}

/** Statements by their text, prepared at their first use. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): StatementSync {
    const found = this.#prepared.get(sql);
    if (found !== undefined) return found;
    const prepared = this.#database.prepare(sql);
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...values);
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }
}
