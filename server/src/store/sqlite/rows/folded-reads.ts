import type { DatabaseSync } from 'node:sqlite';
import type { ActivityRecord } from '../../../domain/activity/state.ts';
import type { LedgerRecord } from '../../../domain/credits/state.ts';
import type { HoldRecord } from '../../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import type { NoticeRecord } from '../../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { CountedUse, UsageCell, UsageRecord } from '../../../domain/usage/state.ts';
import {
  decodeAccount,
  type EncodedAccount,
  type EncodedParts,
  hasAllocations,
  membersSql,
} from '../../codec/account-codec.ts';
import { askedParts, readDayPart } from '../../codec/day-part-codec.ts';
import { usageIdsOf } from '../../codec/embedded-entry.ts';
import { decodeStored } from '../../codec/stored-format.ts';
import { decodeCursor, encodeCursor } from '../../parts/cursor.ts';
import { areDayPartsWholeSql } from '../../parts/day-part-sweep.ts';
import { type Due, dueOf } from '../../parts/due.ts';
import { readable, readablePage, Unreadable } from '../../parts/loaded-rows.ts';
import { pageLimit, pageOf } from '../../parts/page-of.ts';
import { accountOf } from '../../sql/account-row.ts';
import { bigintColumn, numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import { type ListQuery, nameOfRow } from '../../sql/list-query.ts';
import {
  accountIdList,
  activityList,
  apartEntriesSql,
  chargeList,
  countedUseList,
  countUsageSql,
  dueNoticeList,
  embeddedEntriesSql,
  entryList,
  entryOf,
  holdList,
  invoiceList,
  memberList,
  noticeList,
  orderedPurchaseList,
  usageList,
  waitingChargeList,
} from '../../sql/lists.ts';
import {
  chargeLookUp,
  holdLookUp,
  invoiceLookUp,
  type LookUp,
  memberLookUp,
  noticeLookUp,
  purchaseLookUp,
  taskLookUp,
  usageLookUp,
} from '../../sql/look-ups.ts';
import { taskList } from '../../sql/task-list.ts';
import {
  type AccountItem,
  type CellQuery,
  type CountedUseQuery,
  type DayPartCell,
  type DayPartQuery,
  type DueQuery,
  type EventId,
  type NoticeFilter,
  type PageRequest,
  type StorePage,
  systemClockId,
  type TaskFilter,
  type UsageQuery,
} from '../../store.ts';
import { StoredFormatError } from '../../store-errors.ts';
import { sqliteDialect } from '../sqlite-dialect.ts';
import { Statements } from './statements.ts';

/** An entry by its id. A planner that is not told the index reads every entry of the account. */
export const apartEntrySql = `${apartEntriesSql} INDEXED BY entries_by_id WHERE account_id = ? AND id = ?`;
/** The same of the entry of a use. */
export const embeddedEntrySql = `${embeddedEntriesSql} INDEXED BY usage_by_id WHERE account_id = ? AND id = ? AND entry_seq IS NOT NULL`;

/** Reads from the tables by account, which hold everything that was folded. */
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

  /**
   * The account after changes that are not in its table. Undefined where an earlier version left the allocations to the members, which may
   * have changed too.
   * @throws StoredFormatError
   */
  changedAccount(accountId: string, changed: EncodedAccount, version: number): AccountState | undefined {
    const row = this.#sql.get(`${accountSql} WHERE account_id = ?`, accountId);
    const partOf = (name: keyof EncodedParts): string => {
      const part = changed[name] ?? row?.[name];
      if (typeof part !== 'string') throw new StoredFormatError(`The account '${accountId}' has no ${name}.`);
      return part;
    };
    const rest = partOf('rest');
    if (!hasAllocations(rest)) return undefined;
    const [profile, wallet, usage, holds] = [
      partOf('profile'),
      partOf('wallet'),
      partOf('usage'),
      partOf('holds'),
    ];
    return decodeAccount({ profile, wallet, usage, holds, rest }, version);
  }

  accounts(page: PageRequest): StorePage<AccountState> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('accounts', ['string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `${accountSql} WHERE account_id > ? ORDER BY account_id LIMIT ?`;
    const found = pageOf(this.#sql.all(sql, after, limit + 1), limit, accountCursor);
    return readablePage(found, accountOf, nameOfRow);
  }

  accountIds(page: PageRequest): StorePage<string> {
    return this.#page(accountIdList(page));
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

  member(item: AccountItem): MemberRecord | undefined {
    return this.#one(memberLookUp(item));
  }

  members(accountId: string, page: PageRequest): StorePage<MemberRecord> {
    return this.#page(memberList(accountId, page));
  }

  entry({ accountId, id }: AccountItem): LedgerRecord | undefined {
    const apart = this.#sql.get(apartEntrySql, accountId, id);
    if (apart !== undefined) return entryOf(accountId, apart);
    for (const usageId of usageIdsOf(id)) {
      const row = this.#sql.get(embeddedEntrySql, accountId, usageId);
      const entry = row === undefined ? undefined : entryOf(accountId, row);
      if (entry?.id === id) return entry;
    }
    return undefined;
  }

  entries(accountId: string, page: PageRequest): StorePage<LedgerRecord> {
    return this.#page(entryList(accountId, page));
  }

  usageRecord(item: AccountItem): UsageRecord | undefined {
    return this.#one(usageLookUp(sqliteDialect, item));
  }

  usage(query: UsageQuery, page: PageRequest): StorePage<UsageRecord> {
    return this.#page(usageList(query, page));
  }

  countedUses(query: CountedUseQuery, page: PageRequest): StorePage<CountedUse> {
    return this.#page(countedUseList(query, page));
  }

  hold(item: AccountItem): HoldRecord | undefined {
    return this.#one(holdLookUp(item));
  }

  holds(accountId: string, page: PageRequest): StorePage<HoldRecord> {
    return this.#page(holdList(accountId, page));
  }

  task(item: AccountItem): TaskRecord | undefined {
    return this.#one(taskLookUp(item));
  }

  tasks(filter: TaskFilter, page: PageRequest): StorePage<TaskRecord> {
    return this.#page(taskList(sqliteDialect, filter, page));
  }

  purchase(item: AccountItem): PurchaseRecord | undefined {
    return this.#one(purchaseLookUp(item));
  }

  orderedPurchases(page: PageRequest): StorePage<PurchaseRecord> {
    return this.#page(orderedPurchaseList(sqliteDialect, page));
  }

  invoice(item: AccountItem): InvoiceRecord | undefined {
    return this.#one(invoiceLookUp(item));
  }

  invoices(accountId: string, page: PageRequest): StorePage<InvoiceRecord> {
    return this.#page(invoiceList(accountId, page));
  }

  charge(item: AccountItem): ChargeRecord | undefined {
    return this.#one(chargeLookUp(item));
  }

  notice(item: AccountItem): NoticeRecord | undefined {
    return this.#one(noticeLookUp(item));
  }

  notices(filter: NoticeFilter, page: PageRequest): StorePage<NoticeRecord> {
    return this.#page(noticeList(sqliteDialect, filter, page));
  }

  dueNotices(nowMs: number, page: PageRequest): StorePage<NoticeRecord> {
    return this.#page(dueNoticeList(sqliteDialect, nowMs, page));
  }

  charges(accountId: string, page: PageRequest): StorePage<ChargeRecord> {
    return this.#page(chargeList(accountId, page));
  }

  waitingCharges(page: PageRequest): StorePage<ChargeRecord> {
    return this.#page(waitingChargeList(sqliteDialect, page));
  }

  #one<Item>({ sql, values, itemOf }: LookUp<Item>): Item | undefined {
    const row = this.#sql.get(sql, ...values);
    return row === undefined ? undefined : itemOf(row);
  }

  #page<Item>({ sql, values, pageOf }: ListQuery<Item>): StorePage<Item> {
    return pageOf(this.#sql.all(sql, ...values));
  }

  activity(accountId: string, page: PageRequest): StorePage<ActivityRecord> {
    return this.#page(activityList(accountId, page));
  }

  event({ accountId, id }: AccountItem): EventId | undefined {
    const row = this.#sql.get(
      'SELECT content_hash FROM event_ids WHERE account_id = ? AND id = ?',
      accountId,
      id,
    );
    return row === undefined ? undefined : { accountId, id, contentHash: textColumn(row, 'content_hash') };
  }

  usageCount({ accountId, fromMs, toMs }: UsageQuery, max: number): number {
    return numberColumn(this.#sql.get(countUsageSql, accountId, fromMs, toMs, max) ?? {}, 'count');
  }

  /** Those of the days that the table may have something of: beyond its first and its last day there is nothing to ask for. */
  daysOf(table: 'cells' | 'day_parts', { fromDay, toDay }: Days): Days {
    const span = this.#sql.get(daysSql(table));
    if (typeof span?.first !== 'number' || typeof span.last !== 'number') return { fromDay, toDay: fromDay };
    return { fromDay: Math.max(fromDay, span.first), toDay: Math.min(toDay, span.last + 1) };
  }

  /** Of days that are asked for one by one; see `daysOf`. */
  dayParts(query: DayPartQuery): DayPartCell[] | null {
    const { accountId, metric, dimension, fromDay, toDay } = query;
    if (this.#sql.get(areDayPartsWholeSql) === undefined) return null;
    const parts = askedParts(query);
    const cells: DayPartCell[] = [];
    for (let day = fromDay; day < toDay; day++) {
      for (const [part, hour] of parts) {
        const row = this.#sql.get(dayPartSql, day, accountId, part);
        if (row === undefined) continue;
        for (const sum of readDayPart(textColumn(row, 'body'), metric, dimension))
          cells.push({ day, hour, ...sum });
      }
    }
    return cells;
  }

  /** A day at a time, since days come first in the key; see `daysOf`. */
  cells({ accountId, metric, dimension, fromDay, toDay }: CellQuery): UsageCell[] {
    const cells: UsageCell[] = [];
    for (let day = fromDay; day < toDay; day++) {
      for (const row of this.#sql.all(cellsSql, day, accountId, metric, dimension)) {
        const quantity = bigintColumn(row, 'quantity');
        cells.push({ accountId, day, metric, dimension, value: textColumn(row, 'value'), quantity });
      }
    }
    return cells;
  }
}

/** From one day to another, which is not in it. */
export type Days = Pick<CellQuery, 'fromDay' | 'toDay'>;

export const sqliteMembersSql = membersSql('json_group_array(body)');

const accountSql = `SELECT account_id, version, clock_id, due_at_ms, profile, wallet, usage, holds, rest, ${sqliteMembersSql} FROM accounts`;

/** Two queries, since each of them goes to one end of the key; asked for both at once, SQLite reads the whole table. */
export function daysSql(table: 'cells' | 'day_parts'): string {
  return `SELECT (SELECT min(day) FROM ${table}) AS first, (SELECT max(day) FROM ${table}) AS last`;
}

const dayPartSql = 'SELECT body FROM day_parts WHERE day = ? AND account_id = ? AND part = ?';
const cellsSql =
  'SELECT value, quantity FROM cells WHERE day = ? AND account_id = ? AND metric = ? AND dimension = ?';

/** An account as the due index has it, and the clock and instant of its state. */
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
