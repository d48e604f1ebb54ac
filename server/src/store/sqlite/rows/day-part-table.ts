import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Eraser } from '../../../domain/erasures/eraser.ts';
import { type PartSums, partSumsOf } from '../../../domain/usage/day-parts.ts';
import type { AddedCell } from '../../../domain/usage/state.ts';
import { addToDayPart, erasedDayPart, sumsOfDayPart } from '../../codec/day-part-codec.ts';
import { usageKeyOf } from '../../erasures/erased-tables.ts';
import { broughtUse } from '../../parts/day-part-sweep.ts';
import { type Row, textColumn } from '../../sql/columns.ts';

/** The table of the parts of days. */
export class DayPartTable {
  readonly #read: StatementSync;
  readonly #put: StatementSync;
  readonly #list: StatementSync;
  readonly #delete: StatementSync;
  readonly #readProfile: StatementSync;
  readonly #putUse: StatementSync;

  constructor(database: DatabaseSync) {
    const key = 'day = ? AND account_id = ? AND part = ?';
    this.#read = database.prepare(`SELECT body FROM day_parts WHERE ${key}`);
    this.#put = database.prepare('REPLACE INTO day_parts (day, account_id, part, body) VALUES (?, ?, ?, ?)');
    this.#list = database.prepare('SELECT part, body FROM day_parts WHERE day = ? AND account_id = ?');
    this.#delete = database.prepare(`DELETE FROM day_parts WHERE ${key}`);
    this.#readProfile = database.prepare('SELECT profile FROM accounts WHERE account_id = ?');
    this.#putUse = database.prepare(
      'UPDATE usage SET body = ? WHERE account_id = ? AND at_ms = ? AND id = ?',
    );
  }

  /** Within a transaction of the caller's. @throws StoredFormatError where the part cannot be read */
  add({ accountId, day, part, sums }: PartSums): void {
    const found = this.#read.get(day, accountId, part);
    const body = found === undefined ? undefined : textColumn(found, 'body');
    this.#put.run(day, accountId, part, addToDayPart(body, sums));
  }

  /**
   * Brings uses that an earlier version stored into the parts of their days, within a transaction of the caller's. Others stay as they
   * are.
   */
  bring(rows: readonly Row[]): void {
    const cells: AddedCell[] = [];
    const profiles = new Map<string, string | undefined>();
    for (const row of rows) {
      const key = usageKeyOf(row);
      const { accountId, atMs, id } = key;
      if (!profiles.has(accountId)) profiles.set(accountId, this.#profileOf(accountId));
      const brought = broughtUse(key, textColumn(row, 'body'), profiles.get(accountId));
      if (brought === null) continue;
      cells.push(...brought.cells);
      this.#putUse.run(brought.body, accountId, atMs, id);
    }
    for (const sums of partSumsOf(cells)) this.add(sums);
  }

  #profileOf(accountId: string): string | undefined {
    const row = this.#readProfile.get(accountId);
    return row === undefined ? undefined : textColumn(row, 'profile');
  }

  /** Erases the parts of one day, within a transaction of the caller's, and says how many were replaced. */
  erase(day: number, accountId: string, eraser: Eraser): number {
    let replaced = 0;
    for (const row of this.#list.all(day, accountId)) {
      const before = { part: textColumn(row, 'part'), body: textColumn(row, 'body') };
      const after = erasedDayPart(eraser, before);
      if (after === before) continue;
      replaced += 1;
      this.#delete.run(day, accountId, before.part);
      this.add({ accountId: eraser.accountId, day, part: after.part, sums: sumsOfDayPart(after.body) });
    }
    return replaced;
  }
}
