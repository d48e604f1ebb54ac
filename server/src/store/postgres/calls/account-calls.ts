import { leanRowsReadAtOnce } from '../../parts/page-of.ts';
import type { AccountCalls } from '../../parts/store-calls.ts';
import type { OpenConnections } from '../open/open-connections.ts';
import type { TableReads } from '../rows/table-reads.ts';

export function accountCalls({ read, list }: OpenConnections, reads: TableReads): AccountCalls {
  return {
    readAccount: (accountId) => read(() => reads.account(accountId)),
    listAccounts: (page) => list(page, (slice) => reads.accounts(slice)),
    listAccountIds: (page) => read(() => reads.accountIds(page)),
    listDue: (query, page) => read(() => reads.due(query, page)),
    readMember: (accountId, memberId) => read(() => reads.member(accountId, memberId)),
    listMembers: (accountId, page) => list(page, (slice) => reads.members(accountId, slice)),
    listEntries: (accountId, page) => list(page, (slice) => reads.entries(accountId, slice)),
    readEntry: (accountId, entryId) => read(() => reads.entry(accountId, entryId)),
    listTasks: (filter, page) => list(page, (slice) => reads.tasks(filter, slice)),
    readTask: (accountId, taskId) => read(() => reads.task(accountId, taskId)),
    listHolds: (accountId, page) => list(page, (slice) => reads.holds(accountId, slice)),
    readHold: (accountId, holdId) => read(() => reads.hold(accountId, holdId)),
    readPurchase: (accountId, purchaseId) => read(() => reads.purchase(accountId, purchaseId)),
    listOrderedPurchases: (page) => list(page, (slice) => reads.orderedPurchases(slice)),
    readInvoice: (accountId, invoiceId) => read(() => reads.invoice(accountId, invoiceId)),
    listInvoices: (accountId, page) => list(page, (slice) => reads.invoices(accountId, slice)),
    readCharge: (accountId, chargeId) => read(() => reads.charge(accountId, chargeId)),
    listCharges: (accountId, page) => list(page, (slice) => reads.charges(accountId, slice)),
    listWaitingCharges: (page) => list(page, (slice) => reads.waitingCharges(slice)),
    readNotice: (accountId, noticeId) => read(() => reads.notice(accountId, noticeId)),
    listNotices: (filter, page) => list(page, (slice) => reads.notices(filter, slice)),
    listDueNotices: (nowMs, page) => list(page, (slice) => reads.dueNotices(nowMs, slice)),
    listActivity: (accountId, page) => list(page, (slice) => reads.activity(accountId, slice)),
    readCells: (query) => read(() => reads.cells(query)),
    readDayParts: (query) => read(() => reads.dayParts(query)),
    countUsage: (query, max) => read(() => reads.usageCount(query, max)),
    listUsage: (query, page) => list(page, (slice) => reads.usage(query, slice)),
    listCountedUses: (query, page) =>
      list(page, (slice) => reads.countedUses(query, slice), leanRowsReadAtOnce),
    readUsage: (accountId, usageId) => read(() => reads.usageRecord(accountId, usageId)),
  };
}
