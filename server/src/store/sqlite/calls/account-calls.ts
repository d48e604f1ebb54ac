import { setImmediate as nextTurn } from 'node:timers/promises';
import { dueOf, isDue } from '../../parts/due.ts';
import { leanRowsReadAtOnce, measuredSlices, pageInSlices } from '../../parts/page-of.ts';
import { SliceSize } from '../../parts/slice-budget.ts';
import type { PageRequest, StorePage } from '../../store.ts';
import type { AccountCalls } from '../../store-calls.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import type { TablePart } from '../journal/unfolded.ts';
import type { OpenFile } from '../open/open-file.ts';
import { isPassing } from '../open/sqlite-error.ts';
import type { CurrentRows } from '../rows/current-rows.ts';
import type { Days, FoldedReads, IndexedDue } from '../rows/folded-reads.ts';

/** Days of a series that are read in one go at most: where each has few values, a year takes some milliseconds. */
const daysReadAtOnce = 400;

export function accountCalls(file: OpenFile, rows: CurrentRows, reads: FoldedReads): AccountCalls {
  const { readRow, readFolded, readPart, listFolded, listPart } = readsOf(file);
  const { journal, folding } = file;

  /** What an account has of days, some of them at a time, so that a view of years keeps nobody waiting. Each day is of one instant. */
  const readDays = async <Cell>(
    table: 'cells' | 'day_parts',
    query: Days & { readonly accountId: string },
    read: (days: Days) => readonly Cell[] | null,
  ): Promise<Cell[] | null> => {
    const size = new SliceSize({ rowsMax: daysReadAtOnce });
    const found: Cell[] = [];
    let left: Days | undefined;
    do {
      if (left !== undefined) await nextTurn();
      const isWhole = await readFolded(query.accountId, () => {
        const { fromDay, toDay } = left ?? reads.daysOf(table, query);
        const endDay = Math.min(toDay, fromDay + size.rows);
        const took = size.begin();
        const cells = read({ fromDay, toDay: endDay });
        took(endDay - fromDay);
        left = { fromDay: endDay, toDay };
        for (const cell of cells ?? []) found.push(cell);
        return cells !== null;
      });
      if (!isWhole) return null;
    } while (left !== undefined && left.fromDay < left.toDay);
    return found;
  };

  /** The index is as old as the last fold of the account. */
  const actualDue = ({ accountId, actual }: IndexedDue): IndexedDue['actual'] => {
    const waiting = journal.unfolded.stateOf(accountId);
    return waiting === undefined ? actual : dueOf(waiting);
  };

  return {
    readAccount: (accountId) => readRow(() => rows.account(accountId)),
    listAccounts: (page) => listPart('accounts', page, (slice) => reads.accounts(slice)),
    listAccountIds: (page) => readPart('accounts', () => reads.accountIds(page)),
    listDue: async (query, page) => {
      await folding.settled();
      return readRow(() => {
        const { rows: indexed, nextCursor } = reads.due(query, page);
        const due: string[] = [];
        for (const row of indexed) {
          const actual = actualDue(row);
          if (actual === null || isDue(actual, query)) due.push(row.accountId);
          else journal.putDue(row.accountId, actual);
        }
        return { items: due, nextCursor };
      });
    },

    readMember: (accountId, memberId) => readRow(() => rows.member(accountId, memberId)),
    listMembers: (accountId, page) => listFolded(accountId, page, (slice) => reads.members(accountId, slice)),

    listEntries: (accountId, page) => listFolded(accountId, page, (slice) => reads.entries(accountId, slice)),
    readEntry: (accountId, id) => readFolded(accountId, () => reads.entry({ accountId, id })),

    listTasks: (filter, page) =>
      filter.accountId === undefined
        ? listPart('tasks', page, (slice) => reads.tasks(filter, slice))
        : listFolded(filter.accountId, page, (slice) => reads.tasks(filter, slice)),
    readTask: (accountId, taskId) => readRow(() => rows.task(accountId, taskId)),

    listHolds: (accountId, page) => listFolded(accountId, page, (slice) => reads.holds(accountId, slice)),
    readHold: (accountId, holdId) => readRow(() => rows.hold(accountId, holdId)),

    readPurchase: (accountId, purchaseId) => readRow(() => rows.purchase(accountId, purchaseId)),
    listOrderedPurchases: (page) => listPart('purchases', page, (slice) => reads.orderedPurchases(slice)),

    readInvoice: (accountId, invoiceId) => readRow(() => rows.invoice(accountId, invoiceId)),
    listInvoices: (accountId, page) =>
      listFolded(accountId, page, (slice) => reads.invoices(accountId, slice)),

    readCharge: (accountId, chargeId) => readRow(() => rows.charge(accountId, chargeId)),
    listCharges: (accountId, page) => listFolded(accountId, page, (slice) => reads.charges(accountId, slice)),
    listWaitingCharges: (page) => listPart('charges', page, (slice) => reads.waitingCharges(slice)),

    readNotice: (accountId, noticeId) => readRow(() => rows.notice(accountId, noticeId)),
    listNotices: (filter, page) =>
      filter.accountId === undefined
        ? listPart('notices', page, (slice) => reads.notices(filter, slice))
        : listFolded(filter.accountId, page, (slice) => reads.notices(filter, slice)),
    listDueNotices: (nowMs, page) => listPart('notices', page, (slice) => reads.dueNotices(nowMs, slice)),

    listActivity: (accountId, page) =>
      listFolded(accountId, page, (slice) => reads.activity(accountId, slice)),

    readDayParts: (query) => readDays('day_parts', query, (days) => reads.dayParts({ ...query, ...days })),
    countUsage: (query, max) => readFolded(query.accountId, () => reads.usageCount(query, max)),
    readCells: async (query) =>
      (await readDays('cells', query, (days) => reads.cells({ ...query, ...days }))) ?? [],
    listUsage: (query, page) => listFolded(query.accountId, page, (slice) => reads.usage(query, slice)),
    listCountedUses: (query, page) =>
      listFolded(query.accountId, page, (slice) => reads.countedUses(query, slice), leanRowsReadAtOnce),
    readUsage: (accountId, id) => readFolded(accountId, () => reads.usageRecord({ accountId, id })),
  };
}

/** The ways to read: what is found in memory first, and what is folded before it is read. */
function readsOf(file: OpenFile) {
  const { journal, folding } = file;

  /** A read of what waits to be folded, or else of the tables. */
  async function readRow<Value>(read: () => Value): Promise<Value> {
    if (!file.isRecovered) await file.recovery;
    return file.attempt(read);
  }

  /** A read of tables by account, which are brought up to date before it, in slices where there is much to fold. */
  async function readFolded<Value>(accountId: string, read: () => Value): Promise<Value> {
    if (!file.isRecovered) await file.recovery;
    try {
      if (journal.unfolded.has(accountId)) {
        await folding.settled();
        while (file.attempt(() => journal.foldSome(accountId))) {
          await nextTurn();
          await folding.settled();
        }
      }
      return file.attempt(() => {
        if (journal.unfolded.has(accountId)) journal.foldAccount(accountId);
        return read();
      });
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      await folding.settled();
      return file.attempt(() => journal.readAsIfFolded(accountId, read));
    }
  }

  /** A read over all accounts, after what they have of it was folded, in slices between which others get their turn. */
  async function readPart<Value>(part: TablePart, read: () => Value): Promise<Value> {
    if (!file.isRecovered) await file.recovery;
    try {
      // Writes that come later need not be in it; otherwise it would never end under load.
      const ids = journal.unfolded.stale[part];
      if (ids.size > 0) await folding.settled();
      for (let left = ids.size; Math.min(left, ids.size) > 0; ) {
        left -= file.attempt(() => journal.foldPart(part));
        if (Math.min(left, ids.size) === 0) break;
        await nextTurn();
        await folding.settled();
      }
      return file.attempt(read);
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      await folding.settled();
      return file.attempt(() => journal.readAsIfPartFolded(part, read));
    }
  }

  /** A page of a read by account, a slice at a time. */
  function listFolded<Item>(
    accountId: string,
    page: PageRequest,
    read: (slice: PageRequest) => StorePage<Item>,
    readAtOnce?: number,
  ): Promise<StorePage<Item>> {
    const size = measuredSlices(readAtOnce);
    return pageInSlices(page, { nextTurn, size }, (slice) =>
      readFolded(accountId, () => measured(size, slice, read)),
    );
  }

  /** A page of a read over all accounts, a slice at a time. */
  function listPart<Item>(
    part: TablePart,
    page: PageRequest,
    read: (slice: PageRequest) => StorePage<Item>,
  ): Promise<StorePage<Item>> {
    const size = measuredSlices();
    return pageInSlices(page, { nextTurn, size }, (slice) =>
      readPart(part, () => measured(size, slice, read)),
    );
  }

  return { readRow, readFolded, readPart, listFolded, listPart };
}

function measured<Item>(
  size: SliceSize,
  slice: PageRequest,
  read: (slice: PageRequest) => StorePage<Item>,
): StorePage<Item> {
  const took = size.begin();
  const page = read(slice);
  took(slice.limit);
  return page;
}

/** Whether the disk or a lock kept something from being written, which need not keep it from being read. */
function isOfDisk(error: unknown): boolean {
  return error instanceof StoreUnavailableError && isPassing(error.cause);
}
