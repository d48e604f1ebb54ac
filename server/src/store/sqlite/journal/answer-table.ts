import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { numberColumn, textColumn } from '../../sql/columns.ts';
import type { KeptAnswer } from '../../store.ts';

/**
 * Kept answers in the order in which they were kept, so that their bodies only append; the index by key is narrow.
 * Most keys that are looked up are new. Those of clients that make time-ordered keys lie beyond every key there is,
 * so the last key of each beginning is remembered and saves the search.
 */
export class AnswerTable {
  readonly #find: StatementSync;
  readonly #oldest: StatementSync;
  readonly #delete: StatementSync;
  /** The greatest key in the table, by the first two characters. */
  readonly #lastKeys = new Map<string, string>();

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(
      'SELECT request_hash, status, body, recorded_at_ms FROM answers WHERE key = ? AND account_id = ?',
    );
    this.#oldest = database.prepare('SELECT id, recorded_at_ms FROM answers ORDER BY id LIMIT ?');
    this.#delete = database.prepare('DELETE FROM answers WHERE id = ?');
    this.#readLastKeys(database);
  }

  find(accountId: string, key: string): KeptAnswer | undefined {
    if (this.#isBeyondLast(key)) return undefined;
    const row = this.#find.get(key, accountId);
    if (row === undefined) return undefined;
    return {
      accountId,
      key,
      requestHash: textColumn(row, 'request_hash'),
      status: numberColumn(row, 'status'),
      body: textColumn(row, 'body'),
      recordedAtMs: numberColumn(row, 'recorded_at_ms'),
    };
  }

  /** The answer with that key was written into the table. */
  note(key: string): void {
    if (this.#isBeyondLast(key)) this.#lastKeys.set(beginningOf(key), key);
  }

  /** Within a transaction of the caller's. From the oldest on, until one is young enough. */
  forget(beforeMs: number, limit: number): number {
    let forgotten = 0;
    for (const row of this.#oldest.all(limit)) {
      if (numberColumn(row, 'recorded_at_ms') >= beforeMs) break;
      this.#delete.run(numberColumn(row, 'id'));
      forgotten += 1;
    }
    return forgotten;
  }

  /** The oldest is the first one. */
  hasOlder(beforeMs: number): boolean {
    const row = this.#oldest.get(1);
    return row !== undefined && numberColumn(row, 'recorded_at_ms') < beforeMs;
  }

  /** Keys outside ASCII sort otherwise in SQLite than here, and are always looked up. */
  #isBeyondLast(key: string): boolean {
    const last = this.#lastKeys.get(beginningOf(key));
    return (last === undefined || key > last) && isAscii(key);
  }

  #readLastKeys(database: DatabaseSync): void {
    const firstFrom = database.prepare('SELECT min(key) AS key FROM answers WHERE key >= ?');
    const lastBefore = database.prepare('SELECT max(key) AS key FROM answers WHERE key >= ? AND key < ?');
    let from = '';
    for (;;) {
      const first = firstFrom.get(from)?.key;
      if (typeof first !== 'string') return;
      const beginning = beginningOf(first);
      // U+10FFFF sorts behind every character that follows the beginning.
      const end = `${beginning}\u{10ffff}`;
      const last = lastBefore.get(beginning, end)?.key;
      this.#lastKeys.set(beginning, typeof last === 'string' ? last : first);
      from = end;
    }
  }
}

function beginningOf(key: string): string {
  return key.slice(0, 2);
}

function isAscii(key: string): boolean {
  for (let index = 0; index < key.length; index++) if (key.charCodeAt(index) > 127) return false;
  return true;
}
