import { leanRowsReadAtOnce } from '../../parts/page-of.ts';
import type { PageRequest, StorePage } from '../../store.ts';
import type { AccountCalls } from '../../store-calls.ts';
import type { OpenConnections } from '../open/open-connections.ts';
import type { TableReads } from '../rows/table-reads.ts';

export function accountCalls({ read, list }: OpenConnections, reads: TableReads): AccountCalls {
  const inSlices = <Item>(
    page: PageRequest,
    action: (timed: TableReads, slice: PageRequest) => Promise<StorePage<Item>>,
    readAtOnce?: number,
  ) => list(page, (slice, size) => action(reads.timedBy(size), slice), readAtOnce);
  return {
    readAccount: (accountId) => read(() => reads.account(accountId)),
    listAccounts: (page) => inSlices(page, (timed, slice) => timed.accounts(slice)),
    listAccountIds: (page) => read(() => reads.accountIds(page)),
    listDue: (query, page) => read(() => reads.due(query, page)),
    readMember: (accountId, memberId) => read(() => reads.member(accountId, memberId)),
    listMembers: (accountId, page) => inSlices(page, (timed, slice) => timed.members(accountId, slice)),
    listEntries: (accountId, page) => inSlices(page, (timed, slice) => timed.entries(accountId, slice)),
    readEntry: (accountId, entryId) => read(() => reads.entry(accountId, entryId)),
    listTasks: (filter, page) => inSlices(page, (timed, slice) => timed.tasks(filter, slice)),
    readTask: (accountId, taskId) => read(() => reads.task(accountId, taskId)),
    listHolds: (accountId, page) => inSlices(page, (timed, slice) => timed.holds(accountId, slice)),
    readHold: (accountId, holdId) => read(() => reads.hold(accountId, holdId)),
    readPurchase: (accountId, purchaseId) => read(() => reads.purchase(accountId, purchaseId)),
    listOrderedPurchases: (page) => inSlices(page, (timed, slice) => timed.orderedPurchases(slice)),
    readInvoice: (accountId, invoiceId) => read(() => reads.invoice(accountId, invoiceId)),
    listInvoices: (accountId, page) => inSlices(page, (timed, slice) => timed.invoices(accountId, slice)),
    readCharge: (accountId, chargeId) => read(() => reads.charge(accountId, chargeId)),
    listCharges: (accountId, page) => inSlices(page, (timed, slice) => timed.charges(accountId, slice)),
    listWaitingCharges: (page) => inSlices(page, (timed, slice) => timed.waitingCharges(slice)),
    readNotice: (accountId, noticeId) => read(() => reads.notice(accountId, noticeId)),
    listNotices: (filter, page) => inSlices(page, (timed, slice) => timed.notices(filter, slice)),
    listDueNotices: (nowMs, page) => inSlices(page, (timed, slice) => timed.dueNotices(nowMs, slice)),
    listActivity: (accountId, page) => inSlices(page, (timed, slice) => timed.activity(accountId, slice)),
    readCells: (query) => read(() => reads.cells(query)),
    readDayParts: (query) => read(() => reads.dayParts(query)),
    countUsage: (query, max) => read(() => reads.usageCount(query, max)),
    listUsage: (query, page) => inSlices(page, (timed, slice) => timed.usage(query, slice)),
    listCountedUses: (query, page) =>
      inSlices(page, (timed, slice) => timed.countedUses(query, slice), leanRowsReadAtOnce),
    readUsage: (accountId, usageId) => read(() => reads.usageRecord(accountId, usageId)),
  };
}
