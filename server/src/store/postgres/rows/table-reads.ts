import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { ActivityRecord } from '../../../domain/activity/state.ts';
import type { LedgerRecord } from '../../../domain/credits/state.ts';
import type { HoldRecord } from '../../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import type { NoticeRecord } from '../../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import { dayCellsOf, partSumsOf } from '../../../domain/usage/day-parts.ts';
import type { AddedCell, CountedUse, UsageCell, UsageRecord } from '../../../domain/usage/state.ts';
import { addToDayPart, askedParts, readDayPart } from '../../codec/day-part-codec.ts';
import { usageIdsOf } from '../../codec/embedded-entry.ts';
import { decodeStored } from '../../codec/stored-format.ts';
import { doInSlices, type Slicing } from '../../in-slices.ts';
import { decodeCursor, encodeCursor } from '../../parts/cursor.ts';
import { areDayPartsWholeSql } from '../../parts/day-part-sweep.ts';
import { type Due, dueOf, isDue } from '../../parts/due.ts';
import { readable, readablePage, Unreadable } from '../../parts/loaded-rows.ts';
import { pageLimit, pageOf } from '../../parts/page-of.ts';
import { SeriesSums } from '../../parts/series-sums.ts';
import { ownStopwatch, type SliceSize, type Stopwatch } from '../../parts/slice-budget.ts';
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
  type CellQuery,
  type CountedUseQuery,
  type DayPartCell,
  type DayPartQuery,
  type DueQuery,
  type NoticeFilter,
  type PageRequest,
  type SetAside,
  type StorePage,
  systemClockId,
  type TaskFilter,
  type UsageQuery,
} from '../../store.ts';
import { pgMembersSql } from '../commit/load-rows.ts';
import { decodePendingCells, readCellsSql, readDayPartsSql } from '../commit/pending-cells.ts';
import { numbered, postgresDialect } from '../postgres-dialect.ts';

/** Reads outside of transactions; each one is a single statement. */
export class TableReads {
  readonly #pool: Pool;
  readonly #mayWrite: boolean;
  readonly #slicing: Slicing;
  readonly #size: SliceSize | undefined;
  #areDayPartsWhole = false;

  /**
   * @param mayWrite Whether the due index may be corrected where a read finds it wrong.
   * @param stopwatchMs Ends slices of decoding; for tests of slices that take long.
   * @param size Notes the time that decoding a page takes; see `timedBy`.
   */
  constructor(pool: Pool, mayWrite: boolean, stopwatchMs: Stopwatch = ownStopwatch, size?: SliceSize) {
    this.#pool = pool;
    this.#mayWrite = mayWrite;
    this.#slicing = { nextTurn, stopwatchMs };
    this.#size = size;
  }

  /** The same reads for the slices of one list, whose size is noted by the time that decoding them takes. */
  timedBy(size: SliceSize): TableReads {
    return new TableReads(this.#pool, this.#mayWrite, this.#slicing.stopwatchMs, size);
  }

  /** The rows are here: what is done with them now is what a slice takes of this thread. */
  #decoded<Item>(rows: readonly Row[], decode: (rows: readonly Row[]) => StorePage<Item>): StorePage<Item> {
    const took = this.#size?.begin();
    const page = decode(rows);
    took?.(rows.length);
    return page;
  }

  async account(accountId: string): Promise<AccountState | undefined> {
    const [row] = await this.#rows('account', `${accountSql} WHERE account_id = $1`, [accountId]);
    return row === undefined ? undefined : accountOf(row);
  }

  async accounts(page: PageRequest): Promise<StorePage<AccountState>> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('accounts', ['string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `${accountSql} WHERE account_id > $1 ORDER BY account_id LIMIT $2`;
    const rows = await this.#rows('accounts', sql, [after, limit + 1]);
    return this.#decoded(rows, (found) =>
      readablePage(pageOf(found, limit, accountCursor), accountOf, nameOfRow),
    );
  }

  accountIds(page: PageRequest): Promise<StorePage<string>> {
    return this.#page(accountIdList(page));
  }

  async due(query: DueQuery, page: PageRequest): Promise<StorePage<string>> {
    const after =
      page.cursor === undefined
        ? [Number.MIN_SAFE_INTEGER, '']
        : decodeCursor('due', ['number', 'string'], page.cursor);
    const limit = pageLimit(page);
    const sql = `
      ${accountSql} WHERE clock_id = $1 AND due_at_ms <= $2 AND (due_at_ms, account_id) > ($3, $4)
      ORDER BY due_at_ms, account_id LIMIT $5`;
    const rows = await this.#rows('due', sql, [
      query.clockId ?? systemClockId,
      query.nowMs,
      ...after,
      limit + 1,
    ]);
    const { items, nextCursor } = pageOf(rows, limit, (row) =>
      encodeCursor('due', [numberColumn(row, 'due_at_ms'), textColumn(row, 'account_id')]),
    );
    const due: string[] = [];
    for (const row of items) {
      // A state that can be read and makes no sense is its own account's trouble too, and must not hide what else is due.
      const read = readable(() => decodeStored('account', () => dueOf(accountOf(row))));
      const actual = read instanceof Unreadable ? null : read;
      if (actual === null || isDue(actual, query)) due.push(textColumn(row, 'account_id'));
      else if (this.#mayWrite) await this.#putDue(row, actual);
    }
    return { items: due, nextCursor };
  }

  /** Corrects the index for accounts whose due time it did not know, unless the account is written at the same time. */
  async #putDue(row: Row, { clockId, dueAtMs }: Due): Promise<void> {
    await this.#rows(
      'put_due',
      `UPDATE accounts SET clock_id = $1, due_at_ms = $2 WHERE account_id = (
         SELECT account_id FROM accounts WHERE account_id = $3 AND stamp = $4 FOR UPDATE SKIP LOCKED
       )`,
      [clockId, dueAtMs, textColumn(row, 'account_id'), textColumn(row, 'stamp')],
    );
  }

  member(accountId: string, id: string): Promise<MemberRecord | undefined> {
    return this.#one(memberLookUp({ accountId, id }));
  }

  members(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>> {
    return this.#page(memberList(accountId, page));
  }

  async entry(accountId: string, id: string): Promise<LedgerRecord | undefined> {
    const sql = `
      ${apartEntriesSql} WHERE account_id = $1 AND id = $2
      UNION ALL
      ${embeddedEntriesSql} WHERE account_id = $1 AND id = ANY($3) AND entry_seq IS NOT NULL`;
    const rows = await this.#rows('entry', sql, [accountId, id, usageIdsOf(id)]);
    return rows.map((row) => entryOf(accountId, row)).find((entry) => entry.id === id);
  }

  entries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>> {
    return this.#page(entryList(accountId, page));
  }

  usageRecord(accountId: string, id: string): Promise<UsageRecord | undefined> {
    return this.#one(usageLookUp(postgresDialect, { accountId, id }));
  }

  usage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>> {
    return this.#page(usageList(query, page));
  }

  countedUses(query: CountedUseQuery, page: PageRequest): Promise<StorePage<CountedUse>> {
    return this.#page(countedUseList(query, page));
  }

  hold(accountId: string, id: string): Promise<HoldRecord | undefined> {
    return this.#one(holdLookUp({ accountId, id }));
  }

  holds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>> {
    return this.#page(holdList(accountId, page));
  }

  task(accountId: string, id: string): Promise<TaskRecord | undefined> {
    return this.#one(taskLookUp({ accountId, id }));
  }

  tasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>> {
    return this.#page(taskList(postgresDialect, filter, page));
  }

  purchase(accountId: string, id: string): Promise<PurchaseRecord | undefined> {
    return this.#one(purchaseLookUp({ accountId, id }));
  }

  orderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>> {
    return this.#page(orderedPurchaseList(postgresDialect, page));
  }

  async setAside(page: PageRequest): Promise<StorePage<SetAside>> {
    const [before] =
      page.cursor === undefined
        ? [Number.MAX_SAFE_INTEGER]
        : decodeCursor('set_aside', ['number'], page.cursor);
    const limit = pageLimit(page);
    const { rows } = await this.#pool.query<Row>(
      `SELECT id, account_id, noun, reason, body, floor(extract(epoch FROM set_aside_at) * 1000)::bigint AS at_ms
       FROM set_aside WHERE id < $1 ORDER BY id DESC LIMIT $2`,
      [before, limit + 1],
    );
    const items = rows.map((row) => ({
      id: numberColumn(row, 'id'),
      accountId: row.account_id === null ? null : textColumn(row, 'account_id'),
      noun: textColumn(row, 'noun'),
      reason: textColumn(row, 'reason'),
      body: textColumn(row, 'body'),
      setAsideAtMs: numberColumn(row, 'at_ms'),
    }));
    return pageOf(items, limit, ({ id }) => encodeCursor('set_aside', [id]));
  }

  invoice(accountId: string, id: string): Promise<InvoiceRecord | undefined> {
    return this.#one(invoiceLookUp({ accountId, id }));
  }

  invoices(accountId: string, page: PageRequest): Promise<StorePage<InvoiceRecord>> {
    return this.#page(invoiceList(accountId, page));
  }

  charge(accountId: string, id: string): Promise<ChargeRecord | undefined> {
    return this.#one(chargeLookUp({ accountId, id }));
  }

  notice(accountId: string, id: string): Promise<NoticeRecord | undefined> {
    return this.#one(noticeLookUp({ accountId, id }));
  }

  notices(filter: NoticeFilter, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return this.#page(noticeList(postgresDialect, filter, page));
  }

  dueNotices(nowMs: number, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return this.#page(dueNoticeList(postgresDialect, nowMs, page));
  }

  charges(accountId: string, page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return this.#page(chargeList(accountId, page));
  }

  waitingCharges(page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return this.#page(waitingChargeList(postgresDialect, page));
  }

  async #page<Item>({ name, sql, values, pageOf }: ListQuery<Item>): Promise<StorePage<Item>> {
    return this.#decoded(await this.#rows(name, numbered(sql), [...values]), pageOf);
  }

  activity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>> {
    return this.#page(activityList(accountId, page));
  }

  async usageCount({ accountId, fromMs, toMs }: UsageQuery, max: number): Promise<number> {
    const [row] = await this.#rows('count_usage', numbered(countUsageSql), [accountId, fromMs, toMs, max]);
    return numberColumn(row ?? {}, 'count');
  }

  async dayParts(query: DayPartQuery): Promise<DayPartCell[] | null> {
    // Once all uses are in the parts, they stay so.
    this.#areDayPartsWhole ||= (await this.#rows('day_parts_whole', areDayPartsWholeSql, [])).length > 0;
    if (!this.#areDayPartsWhole) return null;
    const { accountId, metric, dimension, fromDay, toDay } = query;
    const asked = askedParts(query);
    const rows = await this.#rows('day_parts', readDayPartsSql, [
      accountId,
      [...asked.keys()],
      fromDay,
      toDay,
    ]);
    const pending = rows.flatMap((row) =>
      row.pending === null ? [] : decodePendingCells(accountId, textColumn(row, 'pending')),
    );
    const bodies = new Map<string, string>();
    const nameOf = (day: number, part: string) => `${day} ${part}`;
    for (const row of rows)
      if (row.pending === null)
        bodies.set(nameOf(numberColumn(row, 'day'), textColumn(row, 'part')), textColumn(row, 'body'));
    for (const { day, part, sums } of partSumsOf(pending))
      if (asked.has(part) && day >= fromDay && day < toDay)
        bodies.set(nameOf(day, part), addToDayPart(bodies.get(nameOf(day, part)), sums));
    const cells: DayPartCell[] = [];
    const read = ([name, body]: readonly [string, string]) => {
      const at = name.indexOf(' ');
      const [day, hour] = [Number(name.slice(0, at)), asked.get(name.slice(at + 1)) ?? null];
      for (const sum of readDayPart(body, metric, dimension)) cells.push({ day, hour, ...sum });
    };
    await doInSlices([...bodies], this.#slicing, read);
    return cells;
  }

  async cells({ accountId, metric, dimension, fromDay, toDay }: CellQuery): Promise<UsageCell[]> {
    const rows = await this.#rows('cells', readCellsSql, [accountId, metric, dimension, fromDay, toDay]);
    const series = new SeriesSums();
    const isAsked = (cell: UsageCell): boolean => cell.metric === metric && cell.dimension === dimension;
    const pending: AddedCell[] = [];
    const read = (row: Row) => {
      if (row.pending !== null) pending.push(...decodePendingCells(accountId, textColumn(row, 'pending')));
      else {
        const quantity = bigintColumn(row, 'quantity');
        series.add({ day: numberColumn(row, 'day'), value: textColumn(row, 'value'), quantity });
      }
    };
    await doInSlices(rows, this.#slicing, read);
    // A day keeps a bounded number of values, in the order of arrival: the table's before the pending ones.
    for (const cell of dayCellsOf(pending)) if (isAsked(cell)) series.add(cell);
    return series.cells(fromDay, toDay).map((cell) => ({ accountId, metric, dimension, ...cell }));
  }

  async #one<Item>({ name, sql, values, itemOf }: LookUp<Item>): Promise<Item | undefined> {
    const [row] = await this.#rows(name, numbered(sql), [...values]);
    return row === undefined ? undefined : itemOf(row);
  }

  async #rows(name: string | undefined, text: string, values: unknown[]): Promise<Row[]> {
    // A named statement is prepared once a connection; one that differs from call to call has no name.
    const result = await this.#pool.query<Row>(
      name === undefined ? { text, values } : { name, text, values },
    );
    return result.rows;
  }
}

const accountSql = `
  SELECT account_id, stamp, version, clock_id, due_at_ms, profile, wallet, usage, holds, rest, ${pgMembersSql} FROM accounts`;

function accountCursor(row: Row): string {
  return encodeCursor('accounts', [textColumn(row, 'account_id')]);
}
