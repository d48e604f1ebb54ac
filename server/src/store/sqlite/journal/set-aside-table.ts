import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeCursor, encodeCursor } from '../../parts/cursor.ts';
import { pageLimit, pageOf } from '../../parts/page-of.ts';
import { numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import type { PageRequest, SetAside, StorePage } from '../../store.ts';

/** The change to set aside, and the error that says why. */
export interface Unapplied extends Pick<SetAside, 'accountId' | 'noun' | 'body'> {
  readonly error: unknown;
}

/** Acknowledged changes that the tables by account could not take. */
export class SetAsideTable {
  readonly #insert: StatementSync;
  readonly #list: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO set_aside (account_id, noun, reason, body, set_aside_at_ms) VALUES (?, ?, ?, ?, ?)',
    );
    this.#list = database.prepare('SELECT * FROM set_aside WHERE id < ? ORDER BY id DESC LIMIT ?');
  }

  add({ accountId, noun, body, error }: Unapplied): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#insert.run(accountId, noun, reason, body, Date.now());
  }

  list(page: PageRequest): StorePage<SetAside> {
    const [before] =
      page.cursor === undefined
        ? [Number.MAX_SAFE_INTEGER]
        : decodeCursor('set_aside', ['number'], page.cursor);
    const limit = pageLimit(page);
    const rows = this.#list.all(before, limit + 1).map(setAsideOf);
    return pageOf(rows, limit, ({ id }) => encodeCursor('set_aside', [id]));
  }
}

function setAsideOf(row: Row): SetAside {
  return {
    id: numberColumn(row, 'id'),
    accountId: row.account_id === null ? null : textColumn(row, 'account_id'),
    noun: textColumn(row, 'noun'),
    reason: textColumn(row, 'reason'),
    body: textColumn(row, 'body'),
    setAsideAtMs: numberColumn(row, 'set_aside_at_ms'),
  };
}
