import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import { isDead, type NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import { countedUseOf } from '../../domain/usage/cells.ts';
import type { CountedUse, UsageRecord } from '../../domain/usage/state.ts';
import type {
  AuditRecord,
  ErasureRecord,
  KeyOwner,
  KeyRecord,
  WebhookEndpointRecord,
} from '../installation-records.ts';
import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { askedOf } from '../parts/task-filters.ts';
import {
  type CountedUseQuery,
  type DueQuery,
  type NoticeFilter,
  type PageRequest,
  type StorePage,
  systemClockId,
  type TaskFilter,
  type UsageQuery,
} from '../store.ts';
import { compareMade } from './account-history.ts';
import {
  type AccountDue,
  type AllAccounts,
  compareDue,
  compareDueNotices,
  type DueNotice,
} from './all-accounts.ts';
import type { InstallationRecords } from './installation-records.ts';
import { compareAt, isAtOrAfter, madeAt, madeCursor, pageFrom } from './pages.ts';
import { compareText } from './sorted-list.ts';

export function accountIdList(all: AllAccounts, page: PageRequest): StorePage<string> {
  const [after] = page.cursor === undefined ? [''] : decodeCursor('accounts', ['string'], page.cursor);
  return pageFrom(
    all.ids.from((id) => id <= after),
    page,
    (id) => encodeCursor('accounts', [id]),
  );
}

export function dueList(
  all: AllAccounts,
  { clockId, nowMs }: DueQuery,
  page: PageRequest,
): StorePage<string> {
  const [afterMs, afterId] =
    page.cursor === undefined
      ? [Number.NEGATIVE_INFINITY, '']
      : decodeCursor('due', ['number', 'string'], page.cursor);
  const after: AccountDue = { clockId: clockId ?? systemClockId, dueAtMs: afterMs, accountId: afterId };
  const due = all.due;
  function* listed(): Generator<AccountDue> {
    for (const each of due.from((other) => compareDue(other, after) <= 0)) {
      if (each.clockId !== after.clockId || each.dueAtMs > nowMs) return;
      yield each;
    }
  }
  const { items, nextCursor } = pageFrom(listed(), page, (each) =>
    encodeCursor('due', [each.dueAtMs, each.accountId]),
  );
  return { items: items.map((each) => each.accountId), nextCursor };
}

export function memberList(all: AllAccounts, accountId: string, page: PageRequest): StorePage<MemberRecord> {
  const [after] = page.cursor === undefined ? [''] : decodeCursor('members', ['string'], page.cursor);
  const members = [...(all.history(accountId)?.members.values() ?? [])]
    .filter((member) => member.id > after)
    .sort((a, b) => compareText(a.id, b.id));
  return pageFrom(members, page, (member) => encodeCursor('members', [member.id]));
}

export function entryList(all: AllAccounts, accountId: string, page: PageRequest): StorePage<LedgerRecord> {
  const [before] =
    page.cursor === undefined ? [Number.POSITIVE_INFINITY] : decodeCursor('entries', ['number'], page.cursor);
  const entries = all.history(accountId)?.entriesBySeq.backwardsFrom((entry) => entry.seq >= before);
  return pageFrom(entries, page, (entry) => encodeCursor('entries', [entry.seq]));
}

export function taskList(all: AllAccounts, filter: TaskFilter, page: PageRequest): StorePage<TaskRecord> {
  const { accountId, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = filter;
  const tasks = accountId === undefined ? all.tasks : all.history(accountId)?.tasksByTime;
  const isPast = isAtOrAfter('tasks', page);
  const asked = askedOf(filter);
  function* listed(): Generator<TaskRecord> {
    for (const task of tasks?.backwardsFrom((each) => each.createdAtMs >= toMs || isPast(each)) ?? []) {
      if (task.createdAtMs < fromMs) return;
      if (asked.every(({ field, value }) => field.of(task) === value)) yield task;
    }
  }
  return pageFrom(listed(), page, (task) => madeCursor('tasks', task));
}

export function holdList(all: AllAccounts, accountId: string, page: PageRequest): StorePage<HoldRecord> {
  const holds = all.history(accountId)?.holdsByTime.backwardsFrom(isAtOrAfter('holds', page));
  return pageFrom(holds, page, (hold) => madeCursor('holds', hold));
}

export function orderedPurchaseList(all: AllAccounts, page: PageRequest): StorePage<PurchaseRecord> {
  const after = madeAt('purchases', page);
  const ordered = all.orderedPurchases.from((each) => after !== undefined && compareMade(each, after) <= 0);
  return pageFrom(ordered, page, (purchase) => madeCursor('purchases', purchase));
}

export function invoiceList(
  all: AllAccounts,
  accountId: string,
  page: PageRequest,
): StorePage<InvoiceRecord> {
  const list = all.history(accountId)?.invoicesByTime.backwardsFrom(isAtOrAfter('invoices', page));
  return pageFrom(list, page, (invoice) => madeCursor('invoices', invoice));
}

export function chargeList(all: AllAccounts, accountId: string, page: PageRequest): StorePage<ChargeRecord> {
  const list = all.history(accountId)?.chargesByTime.backwardsFrom(isAtOrAfter('charges', page));
  return pageFrom(list, page, (charge) => madeCursor('charges', charge));
}

export function waitingChargeList(all: AllAccounts, page: PageRequest): StorePage<ChargeRecord> {
  const after = madeAt('waiting', page);
  const waiting = all.waitingCharges.from((each) => after !== undefined && compareMade(each, after) <= 0);
  return pageFrom(waiting, page, (charge) => madeCursor('waiting', charge));
}

export function noticeList(
  all: AllAccounts,
  filter: NoticeFilter,
  page: PageRequest,
): StorePage<NoticeRecord> {
  const notices = filter.accountId === undefined ? all.notices : all.history(filter.accountId)?.noticesByTime;
  const isPast = isAtOrAfter('notices', page);
  function* listed(): Generator<NoticeRecord> {
    for (const notice of notices?.backwardsFrom(isPast) ?? [])
      if (filter.isDead === undefined || isDead(notice)) yield notice;
  }
  return pageFrom(listed(), page, (notice) => madeCursor('notices', notice));
}

export function dueNoticeList(all: AllAccounts, nowMs: number, page: PageRequest): StorePage<NoticeRecord> {
  const [dueAtMs, id, accountId] =
    page.cursor === undefined
      ? [Number.NEGATIVE_INFINITY, '', '']
      : decodeCursor('due_notices', ['number', 'string', 'string'], page.cursor);
  const notices = all.dueNotices;
  function* listed(): Generator<DueNotice> {
    for (const notice of notices.from((each) => compareDueNotices(each, { dueAtMs, id, accountId }) <= 0)) {
      if (notice.dueAtMs > nowMs) return;
      yield notice;
    }
  }
  return pageFrom(listed(), page, (notice) =>
    encodeCursor('due_notices', [notice.dueAtMs, notice.id, notice.accountId]),
  );
}

export function activityList(
  all: AllAccounts,
  accountId: string,
  page: PageRequest,
): StorePage<ActivityRecord> {
  const before =
    page.cursor === undefined ? undefined : decodeCursor('activity', ['number', 'string'], page.cursor);
  const activity = all
    .history(accountId)
    ?.activityByTime.backwardsFrom((each) => before !== undefined && compareAt(each, before) >= 0);
  return pageFrom(activity, page, (each) => encodeCursor('activity', [each.atMs, each.id]));
}

/** The uses of a span, counted up to so many. */
export function countUsage(all: AllAccounts, { accountId, fromMs, toMs }: UsageQuery, max: number): number {
  let count = 0;
  for (const { atMs } of all.history(accountId)?.usageByTime.from((each) => each.atMs < fromMs) ?? []) {
    if (atMs >= toMs || count === max) break;
    count += 1;
  }
  return count;
}

export function usageList(all: AllAccounts, query: UsageQuery, page: PageRequest): StorePage<UsageRecord> {
  const after =
    page.cursor === undefined ? undefined : decodeCursor('usage', ['number', 'string'], page.cursor);
  const usage = all.history(query.accountId)?.usageByTime;
  const isBefore = (each: UsageRecord): boolean =>
    each.atMs < query.fromMs || (after !== undefined && compareAt(each, after) <= 0);
  function* listed(): Generator<UsageRecord> {
    for (const each of usage?.from(isBefore) ?? []) {
      if (each.atMs >= query.toMs) return;
      yield each;
    }
  }
  return pageFrom(listed(), page, (each) => encodeCursor('usage', [each.atMs, each.id]));
}

export function countedUseList(
  all: AllAccounts,
  query: CountedUseQuery,
  page: PageRequest,
): StorePage<CountedUse> {
  const { items, nextCursor } = usageList(all, query, page);
  return { items: items.map((record) => countedUseOf(record, query.metric)), nextCursor };
}

export function keyList(installation: InstallationRecords, page: PageRequest): StorePage<KeyRecord> {
  const [after] = page.cursor === undefined ? [''] : decodeCursor('keys', ['string'], page.cursor);
  return pageFrom(installation.keysAfter(after), page, (key) => encodeCursor('keys', [key.id]));
}

export function accountKeyList(
  installation: InstallationRecords,
  owner: KeyOwner,
  page: PageRequest,
): StorePage<KeyRecord> {
  const [after] = page.cursor === undefined ? [''] : decodeCursor('account-keys', ['string'], page.cursor);
  const keys = installation
    .keysAfter(after)
    .filter(
      ({ accountId, memberId }) =>
        accountId === owner.accountId && (owner.memberId === null || memberId === owner.memberId),
    );
  return pageFrom(keys, page, (key) => encodeCursor('account-keys', [key.id]));
}

export function webhookEndpointList(
  installation: InstallationRecords,
  page: PageRequest,
): StorePage<WebhookEndpointRecord> {
  const [after] =
    page.cursor === undefined ? [''] : decodeCursor('webhook_endpoints', ['string'], page.cursor);
  return pageFrom(installation.webhookEndpointsAfter(after), page, (endpoint) =>
    encodeCursor('webhook_endpoints', [endpoint.id]),
  );
}

export function auditList(installation: InstallationRecords, page: PageRequest): StorePage<AuditRecord> {
  const [before = null] = page.cursor === undefined ? [] : decodeCursor('audit', ['string'], page.cursor);
  return pageFrom(installation.auditBefore(before), page, ({ id }) => encodeCursor('audit', [id]));
}

export function erasureList(
  installation: InstallationRecords,
  { isUnderWay }: { readonly isUnderWay?: true },
  page: PageRequest,
): StorePage<ErasureRecord> {
  const [after] = page.cursor === undefined ? [''] : decodeCursor('erasures', ['string'], page.cursor);
  const records = installation
    .erasuresAfter(after)
    .filter(({ traces }) => isUnderWay === undefined || traces === null);
  return pageFrom(records, page, ({ id }) => encodeCursor('erasures', [id]));
}
