import type { DatabaseSync } from 'node:sqlite';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type {
  AccountState,
  ActivityRecord,
  HoldRecord,
  LedgerRecord,
  MemberRecord,
  PurchaseRecord,
  TaskRecord,
  UsageCell,
  UsageRecord,
} from '../../domain/state.ts';
import { decodeAccount, membersSql } from '../codec/account-codec.ts';
import { decodeEntry } from '../codec/entry-codec.ts';
import {
  activityCodec,
  chargeCodec,
  holdCodec,
  invoiceCodec,
  memberCodec,
  noticeCodec,
  purchaseCodec,
  taskCodec,
} from '../codec/record-codec.ts';
import { decodeStored } from '../codec/stored-format.ts';
import { decodeUsage } from '../codec/usage-codec.ts';
import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { type Due, dueOf } from '../parts/due.ts';
import { readable, readableItems, Unreadable } from '../parts/loaded-rows.ts';
import { pageLimit, pageOf } from '../parts/page-of.ts';
import type {
  AccountItem,
  CellQuery,
  DueQuery,
  EventId,
  NoticeFilter,
  PageRequest,
  StorePage,
  TaskFilter,
  UsageQuery,
} from '../store.ts';
import { systemClockId } from '../store.ts';
import { bigintColumn, numberColumn, type Row, Statements, textColumn } from './columns.ts';
import { taskListSql } from './task-list-sql.ts';

/** Reads of what was folded into the tables by account. */
export class FoldedReads {
  readonly #sql: Statements;

  constructor(database: DatabaseSync) {
    this.#sql = new Statements(database);
    this.#sql.prepare(cellsSql).setReadBigInts(true);
  }

  account(accountId: string): AccountState | undefined {
    const row = this.#sql.get(`${accountSql} WHERE account_id = ?`, accountId);
    return row === undefined ? undefined : accountOf(row);
  }

  accounts(page: PageRequest): StorePage<AccountState> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('accounts', ['string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `${accountSql} WHERE account_id > ? ORDER BY account_id LIMIT ?`;
    const { items, nextCursor } = pageOf(this.#sql.all(sql, after, limit + 1), limit, accountCursor);
    return { items: readableItems(items, accountOf), nextCursor };
  }

  accountIds(page: PageRequest): StorePage<string> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('accounts', ['string'], page.cursor);
    const limit = pageLimit(page);
    const sql = 'SELECT account_id FROM accounts WHERE account_id > ? ORDER BY account_id LIMIT ?';
    const { items, nextCursor } = pageOf(this.#sql.all(sql, after, limit + 1), limit, accountCursor);
    return { items: items.map((row) => textColumn(row, 'account_id')), nextCursor };
  }

  /**
   * Accounts that the index says are due, with what it should say of each; null where it cannot be read, and stays as
   * it is.
   */
  due({ clockId, nowMs }: DueQuery, page: PageRequest): { rows: IndexedDue[]; nextCursor: string | null } {
    const after =
      page.cursor === undefined
        ? [Number.MIN_SAFE_INTEGER, '']
        : decodeCursor('due', ['number', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      ${accountSql} INDEXED BY accounts_by_due
      WHERE clock_id = ? AND due_at_ms <= ? AND (due_at_ms, account_id) > (?, ?)
      ORDER BY due_at_ms, account_id LIMIT ?`;
    const found = this.#sql.all(sql, clockId ?? systemClockId, nowMs, ...after, limit + 1);
    const { items, nextCursor } = pageOf(found, limit, (row) =>
      encodeCursor('due', [numberColumn(row, 'due_at_ms'), textColumn(row, 'account_id')]),
    );
    return { rows: items.map(indexedDueOf), nextCursor };
  }

  member({ accountId, id }: AccountItem): MemberRecord | undefined {
    const row = this.#sql.get('SELECT body FROM members WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : memberCodec.decode(textColumn(row, 'body'));
  }

  members(accountId: string, page: PageRequest): StorePage<MemberRecord> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('members', ['string'], page.cursor);
    const limit = pageLimit(page);
    const sql = 'SELECT body FROM members WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?';
    const members = this.#sql
      .all(sql, accountId, after, limit + 1)
      .map((row) => memberCodec.decode(textColumn(row, 'body')));
    return pageOf(members, limit, (member) => encodeCursor('members', [member.id]));
  }

  entry({ accountId, id }: AccountItem): LedgerRecord | undefined {
    const row = this.#sql.get(
      'SELECT seq, id, body FROM entries WHERE account_id = ? AND id = ?',
      accountId,
      id,
    );
    return row === undefined ? undefined : entryOf(accountId, row);
  }

  entries(accountId: string, page: PageRequest): StorePage<LedgerRecord> {
    const [before] =
      page.cursor === undefined
        ? [Number.MAX_SAFE_INTEGER]
        : decodeCursor('entries', ['number'], page.cursor);
    const limit = pageLimit(page);
    const sql =
      'SELECT seq, id, body FROM entries WHERE account_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?';
    const entries = this.#sql.all(sql, accountId, before, limit + 1).map((row) => entryOf(accountId, row));
    return pageOf(entries, limit, (entry) => encodeCursor('entries', [entry.seq]));
  }

  usageRecord({ accountId, id }: AccountItem): UsageRecord | undefined {
    const row = this.#sql.get(
      'SELECT at_ms, id, body FROM usage WHERE account_id = ? AND id = ?',
      accountId,
      id,
    );
    return row === undefined ? undefined : usageOf(accountId, row);
  }

  usage({ accountId, fromMs, toMs }: UsageQuery, page: PageRequest): StorePage<UsageRecord> {
    const [afterMs, afterId] =
      page.cursor === undefined ? [fromMs, ''] : decodeCursor('usage', ['number', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT at_ms, id, body FROM usage WHERE account_id = ? AND (at_ms, id) > (?, ?) AND at_ms < ?
      ORDER BY at_ms, id LIMIT ?`;
    const usage = this.#sql
      .all(sql, accountId, Math.max(afterMs, fromMs), afterId, toMs, limit + 1)
      .map((row) => usageOf(accountId, row));
    return pageOf(usage, limit, (each) => encodeCursor('usage', [each.atMs, each.id]));
  }

  hold({ accountId, id }: AccountItem): HoldRecord | undefined {
    const row = this.#sql.get('SELECT body FROM holds WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : holdCodec.decode(textColumn(row, 'body'));
  }

  holds(accountId: string, page: PageRequest): StorePage<HoldRecord> {
    const [beforeMs, beforeId] =
      page.cursor === undefined ? afterAll : decodeCursor('holds', ['number', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT body FROM holds WHERE account_id = ? AND (created_at_ms, id) < (?, ?)
      ORDER BY created_at_ms DESC, id DESC LIMIT ?`;
    const holds = this.#sql
      .all(sql, accountId, beforeMs, beforeId, limit + 1)
      .map((row) => holdCodec.decode(textColumn(row, 'body')));
    return pageOf(holds, limit, (hold) => encodeCursor('holds', [hold.createdAtMs, hold.id]));
  }

  task({ accountId, id }: AccountItem): TaskRecord | undefined {
    const row = this.#sql.get('SELECT body FROM tasks WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : taskCodec.decode(textColumn(row, 'body'));
  }

  tasks(filter: TaskFilter, page: PageRequest): StorePage<TaskRecord> {
    const limit = pageLimit(page);
    const { sql, values } = taskListSql(filter, page.cursor);
    const { items, nextCursor } = pageOf(this.#sql.all(sql, ...values, limit + 1), limit, (row) =>
      madeCursor('tasks', row),
    );
    return { items: readableItems(items, (row) => taskCodec.decode(textColumn(row, 'body'))), nextCursor };
  }

  purchase({ accountId, id }: AccountItem): PurchaseRecord | undefined {
    const row = this.#sql.get('SELECT body FROM purchases WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : purchaseCodec.decode(textColumn(row, 'body'));
  }

  orderedPurchases(page: PageRequest): StorePage<PurchaseRecord> {
    const after =
      page.cursor === undefined
        ? [Number.MIN_SAFE_INTEGER, '', '']
        : decodeCursor('purchases', ['number', 'string', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT created_at_ms, id, account_id, body FROM purchases INDEXED BY ordered_purchases
      WHERE status = 'ordered' AND (created_at_ms, id, account_id) > (?, ?, ?)
      ORDER BY created_at_ms, id, account_id LIMIT ?`;
    const { items, nextCursor } = pageOf(this.#sql.all(sql, ...after, limit + 1), limit, (row) =>
      madeCursor('purchases', row),
    );
    return {
      items: readableItems(items, (row) => purchaseCodec.decode(textColumn(row, 'body'))),
      nextCursor,
    };
  }

  invoice({ accountId, id }: AccountItem): InvoiceRecord | undefined {
    const row = this.#sql.get('SELECT body FROM invoices WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : invoiceCodec.decode(textColumn(row, 'body'));
  }

  invoices(accountId: string, page: PageRequest): StorePage<InvoiceRecord> {
    return this.#newest('invoices', invoiceCodec.decode, accountId, page);
  }

  charge({ accountId, id }: AccountItem): ChargeRecord | undefined {
    const row = this.#sql.get('SELECT body FROM charges WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : chargeCodec.decode(textColumn(row, 'body'));
  }

  notice({ accountId, id }: AccountItem): NoticeRecord | undefined {
    const row = this.#sql.get('SELECT body FROM notices WHERE account_id = ? AND id = ?', accountId, id);
    return row === undefined ? undefined : noticeCodec.decode(textColumn(row, 'body'));
  }

  notices({ accountId, isDead }: NoticeFilter, page: PageRequest): StorePage<NoticeRecord> {
    const before =
      page.cursor === undefined
        ? [...afterAll, '']
        : decodeCursor('notices', ['number', 'string', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT created_at_ms, id, account_id, body FROM notices
      WHERE ${accountId === undefined ? '' : 'account_id = ? AND '}${isDead === undefined ? '' : 'is_dead = 1 AND '}
        (created_at_ms, id, account_id) < (?, ?, ?)
      ORDER BY created_at_ms DESC, id DESC, account_id DESC LIMIT ?`;
    const own = accountId === undefined ? [] : [accountId];
    const rows = this.#sql.all(sql, ...own, ...before, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => madeCursor('notices', row));
    return { items: readableItems(items, (row) => noticeCodec.decode(textColumn(row, 'body'))), nextCursor };
  }

  dueNotices(nowMs: number, page: PageRequest): StorePage<NoticeRecord> {
    const after =
      page.cursor === undefined
        ? [Number.MIN_SAFE_INTEGER, '', '']
        : decodeCursor('due_notices', ['number', 'string', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT due_at_ms, id, account_id, body FROM notices INDEXED BY due_notices
      WHERE due_at_ms <= ? AND (due_at_ms, id, account_id) > (?, ?, ?)
      ORDER BY due_at_ms, id, account_id LIMIT ?`;
    const rows = this.#sql.all(sql, nowMs, ...after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) =>
      encodeCursor('due_notices', [
        numberColumn(row, 'due_at_ms'),
        textColumn(row, 'id'),
        textColumn(row, 'account_id'),
      ]),
    );
    return { items: readableItems(items, (row) => noticeCodec.decode(textColumn(row, 'body'))), nextCursor };
  }

  charges(accountId: string, page: PageRequest): StorePage<ChargeRecord> {
    return this.#newest('charges', chargeCodec.decode, accountId, page);
  }

  waitingCharges(page: PageRequest): StorePage<ChargeRecord> {
    const after =
      page.cursor === undefined
        ? [Number.MIN_SAFE_INTEGER, '', '']
        : decodeCursor('waiting', ['number', 'string', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT created_at_ms, id, account_id, body FROM charges INDEXED BY waiting_charges
      WHERE is_waiting = 1 AND (created_at_ms, id, account_id) > (?, ?, ?)
      ORDER BY created_at_ms, id, account_id LIMIT ?`;
    const { items, nextCursor } = pageOf(this.#sql.all(sql, ...after, limit + 1), limit, (row) =>
      madeCursor('waiting', row),
    );
    return { items: readableItems(items, (row) => chargeCodec.decode(textColumn(row, 'body'))), nextCursor };
  }

  /** Those of an account, by when they were made. */
  #newest<Value extends { readonly createdAtMs: number; readonly id: string }>(
    table: 'invoices' | 'charges',
    decode: (body: string) => Value,
    accountId: string,
    page: PageRequest,
  ): StorePage<Value> {
    const [beforeMs, beforeId] =
      page.cursor === undefined ? afterAll : decodeCursor(table, ['number', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT body FROM ${table} WHERE account_id = ? AND (created_at_ms, id) < (?, ?)
      ORDER BY created_at_ms DESC, id DESC LIMIT ?`;
    const values = this.#sql
      .all(sql, accountId, beforeMs, beforeId, limit + 1)
      .map((row) => decode(textColumn(row, 'body')));
    return pageOf(values, limit, (value) => encodeCursor(table, [value.createdAtMs, value.id]));
  }

  activity(accountId: string, page: PageRequest): StorePage<ActivityRecord> {
    const [beforeMs, beforeId] =
      page.cursor === undefined ? afterAll : decodeCursor('activity', ['number', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      SELECT body FROM activity WHERE account_id = ? AND (at_ms, id) < (?, ?) ORDER BY at_ms DESC, id DESC LIMIT ?`;
    const activity = this.#sql
      .all(sql, accountId, beforeMs, beforeId, limit + 1)
      .map((row) => activityCodec.decode(textColumn(row, 'body')));
    return pageOf(activity, limit, (each) => encodeCursor('activity', [each.atMs, each.id]));
  }

  event({ accountId, id }: AccountItem): EventId | undefined {
    const row = this.#sql.get(
      'SELECT content_hash FROM event_ids WHERE account_id = ? AND id = ?',
      accountId,
      id,
    );
    return row === undefined ? undefined : { accountId, id, contentHash: textColumn(row, 'content_hash') };
  }

  cells({ accountId, metric, dimension, fromDay, toDay }: CellQuery): UsageCell[] {
    // A day at a time, since days come first in the key; beyond the first and the last day there is nothing to ask for.
    const span = this.#sql.get('SELECT min(day) AS first, max(day) AS last FROM cells');
    if (typeof span?.first !== 'number' || typeof span.last !== 'number') return [];
    const cells: UsageCell[] = [];
    for (let day = Math.max(fromDay, span.first); day < Math.min(toDay, span.last + 1); day++) {
      for (const row of this.#sql.all(cellsSql, day, accountId, metric, dimension)) {
        const quantity = bigintColumn(row, 'quantity');
        cells.push({ accountId, day, metric, dimension, value: textColumn(row, 'value'), quantity });
      }
    }
    return cells;
  }
}

export const sqliteMembersSql = membersSql('json_group_array(body)');

const accountSql = `SELECT account_id, version, clock_id, due_at_ms, profile, wallet, usage, holds, rest, ${sqliteMembersSql} FROM accounts`;
const cellsSql =
  'SELECT value, quantity FROM cells WHERE day = ? AND account_id = ? AND metric = ? AND dimension = ?';

/** A sort key after every instant and id. */
const afterAll: [number, string] = [Number.MAX_SAFE_INTEGER, ''];

/** An account as the index of what is due has it, and the clock and instant that its state says. */
export interface IndexedDue {
  readonly accountId: string;
  readonly indexedAtMs: number;
  readonly actual: Due | null;
}

function indexedDueOf(row: Row): IndexedDue {
  // A state that can be read and makes no sense is its own account's trouble too, and must not hide what else is due.
  const due = readable(() => decodeStored('account', () => dueOf(accountOf(row))));
  const actual = due instanceof Unreadable ? null : due;
  return { accountId: textColumn(row, 'account_id'), indexedAtMs: numberColumn(row, 'due_at_ms'), actual };
}

function accountCursor(row: Row): string {
  return encodeCursor('accounts', [textColumn(row, 'account_id')]);
}

function madeCursor(list: string, row: Row): string {
  return encodeCursor(list, [
    numberColumn(row, 'created_at_ms'),
    textColumn(row, 'id'),
    textColumn(row, 'account_id'),
  ]);
}

function accountOf(row: Row): AccountState {
  return decodeAccount(
    {
      profile: textColumn(row, 'profile'),
      wallet: textColumn(row, 'wallet'),
      usage: textColumn(row, 'usage'),
      holds: textColumn(row, 'holds'),
      rest: textColumn(row, 'rest'),
    },
    numberColumn(row, 'version'),
    row.members === null ? null : textColumn(row, 'members'),
  );
}

function entryOf(accountId: string, row: Row): LedgerRecord {
  const key = { accountId, seq: numberColumn(row, 'seq'), id: textColumn(row, 'id') };
  return decodeEntry(key, textColumn(row, 'body'));
}

function usageOf(accountId: string, row: Row): UsageRecord {
  const key = { accountId, atMs: numberColumn(row, 'at_ms'), id: textColumn(row, 'id') };
  return decodeUsage(key, textColumn(row, 'body'));
}
