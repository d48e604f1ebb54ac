import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { CountedUse, UsageRecord } from '../../domain/usage/state.ts';
import { decodeEmbedded } from '../codec/embedded-entry.ts';
import { decodeEntry } from '../codec/entry-codec.ts';
import {
  activityCodec,
  auditCodec,
  chargeCodec,
  erasureCodec,
  holdCodec,
  invoiceCodec,
  keyCodec,
  memberCodec,
  noticeCodec,
  purchaseCodec,
  type RecordCodec,
  webhookEndpointCodec,
} from '../codec/record-codec.ts';
import { decodeCountedUse, decodeUsage } from '../codec/usage-codec.ts';
import type {
  AuditRecord,
  ErasureRecord,
  KeyOwner,
  KeyRecord,
  WebhookEndpointRecord,
} from '../installation-records.ts';
import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { pageLimit, pageOf } from '../parts/page-of.ts';
import type { CountedUseQuery, NoticeFilter, PageRequest, UsageQuery } from '../store.ts';
import { numberColumn, type Row, textColumn } from './columns.ts';
import type { Dialect } from './dialect.ts';
import { type ListQuery, listQuery } from './list-query.ts';

/** A sort key after every instant and id. */
const afterAll = [Number.MAX_SAFE_INTEGER, ''] as const;
/** One before all of them. */
const beforeAll = [Number.MIN_SAFE_INTEGER, '', ''] as const;
/** Ids of audit records begin with a digit. */
const afterEveryAuditId = '~';

export function accountIdList(page: PageRequest): ListQuery<string> {
  return listQuery(page, {
    name: 'account_ids',
    cursor: { list: 'accounts', kinds: ['string'], keyOf: (row) => [textColumn(row, 'account_id')] },
    first: [''],
    sql: 'SELECT account_id FROM accounts WHERE account_id > ? ORDER BY account_id LIMIT ?',
    itemOf: (row) => textColumn(row, 'account_id'),
  });
}

export function memberList(accountId: string, page: PageRequest): ListQuery<MemberRecord> {
  return listQuery(page, {
    name: 'members',
    cursor: { list: 'members', kinds: ['string'], keyOf: idOf },
    first: [''],
    before: [accountId],
    sql: 'SELECT id, body FROM members WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?',
    itemOf: bodyOf(memberCodec),
  });
}

/** SQL for an account's entries that have rows of their own, and for those in the rows of uses, as `entryOf` reads both. */
export const apartEntriesSql =
  'SELECT account_id, seq, id, body, CAST(NULL AS bigint) AS at_ms, NULL AS entry FROM entries';
export const embeddedEntriesSql = 'SELECT account_id, entry_seq AS seq, id, body, at_ms, entry FROM usage';

/** Newest first. Each part is read by its own index, as many as there may be of it on the page. */
export function entryList(accountId: string, page: PageRequest): ListQuery<LedgerRecord> {
  const [before] =
    page.cursor === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor('entries', ['number'], page.cursor);
  const limit = pageLimit(page);
  const part = [accountId, before, limit + 1];
  return {
    name: 'entries',
    sql: `
      SELECT * FROM (${apartEntriesSql} WHERE account_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?) AS apart
      UNION ALL
      SELECT * FROM (
        ${embeddedEntriesSql} WHERE account_id = ? AND entry_seq < ? AND entry_seq IS NOT NULL
        ORDER BY entry_seq DESC LIMIT ?
      ) AS embedded
      ORDER BY seq DESC LIMIT ?`,
    values: [...part, ...part, limit + 1],
    pageOf: (rows) =>
      pageOf(
        rows.map((row) => entryOf(accountId, row)),
        limit,
        ({ seq }) => encodeCursor('entries', [seq]),
      ),
  };
}

export function entryOf(accountId: string, row: Row): LedgerRecord {
  const seq = numberColumn(row, 'seq');
  if (row.entry !== null) return decodeEmbedded(usageOf(accountId, row), seq, textColumn(row, 'entry'));
  return decodeEntry({ accountId, seq, id: textColumn(row, 'id') }, textColumn(row, 'body'));
}

export function usageList(query: UsageQuery, page: PageRequest): ListQuery<UsageRecord> {
  return usesByTime(query, page, (row) => usageOf(query.accountId, row));
}

export function countedUseList(query: CountedUseQuery, page: PageRequest): ListQuery<CountedUse> {
  return usesByTime(query, page, (row) =>
    decodeCountedUse(numberColumn(row, 'at_ms'), textColumn(row, 'body'), query.metric),
  );
}

function usesByTime<Use>(
  { accountId, fromMs, toMs }: UsageQuery,
  page: PageRequest,
  itemOf: (row: Row) => Use,
): ListQuery<Use> {
  const [afterMs, afterId] =
    page.cursor === undefined ? [fromMs, ''] : decodeCursor('usage', ['number', 'string'], page.cursor);
  // One condition on the time from below: of two, a planner may take the one that finds more.
  const { cursor: _, ...fromStart } = page;
  return listQuery<Use, readonly ['number', 'string']>(fromStart, {
    name: 'usage',
    cursor: {
      list: 'usage',
      kinds: ['number', 'string'],
      keyOf: (row) => [numberColumn(row, 'at_ms'), textColumn(row, 'id')],
    },
    first: [Math.max(afterMs, fromMs), afterId],
    before: [accountId],
    after: [toMs],
    sql: `
      SELECT at_ms, id, body FROM usage WHERE account_id = ? AND (at_ms, id) > (?, ?) AND at_ms < ?
      ORDER BY at_ms, id LIMIT ?`,
    itemOf,
  });
}

/** SQL that counts the uses of a span, up to a number: its values are the account, the span's start and end, and the number. */
export const countUsageSql = `
  SELECT count(*) AS count FROM (
    SELECT 1 FROM usage WHERE account_id = ? AND at_ms >= ? AND at_ms < ? LIMIT ?
  ) AS counted`;

export function usageOf(accountId: string, row: Row): UsageRecord {
  const key = { accountId, atMs: numberColumn(row, 'at_ms'), id: textColumn(row, 'id') };
  return decodeUsage(key, textColumn(row, 'body'));
}

export function holdList(accountId: string, page: PageRequest): ListQuery<HoldRecord> {
  return newest('holds', holdCodec, accountId, page);
}

export function invoiceList(accountId: string, page: PageRequest): ListQuery<InvoiceRecord> {
  return newest('invoices', invoiceCodec, accountId, page);
}

export function chargeList(accountId: string, page: PageRequest): ListQuery<ChargeRecord> {
  return newest('charges', chargeCodec, accountId, page);
}

export function activityList(accountId: string, page: PageRequest): ListQuery<ActivityRecord> {
  return newest('activity', activityCodec, accountId, page, 'at_ms');
}

/** Those of an account, by when they were made. */
function newest<Value>(
  table: 'holds' | 'invoices' | 'charges' | 'activity',
  codec: RecordCodec<Value>,
  accountId: string,
  page: PageRequest,
  time: 'created_at_ms' | 'at_ms' = 'created_at_ms',
): ListQuery<Value> {
  return listQuery(page, {
    name: `newest_${table}`,
    cursor: {
      list: table,
      kinds: ['number', 'string'],
      keyOf: (row) => [numberColumn(row, time), textColumn(row, 'id')],
    },
    first: afterAll,
    before: [accountId],
    sql: `
      SELECT ${time}, id, body FROM ${table} WHERE account_id = ? AND (${time}, id) < (?, ?)
      ORDER BY ${time} DESC, id DESC LIMIT ?`,
    itemOf: bodyOf(codec),
  });
}

export function orderedPurchaseList(dialect: Dialect, page: PageRequest): ListQuery<PurchaseRecord> {
  return oldestOfAll(page, {
    name: 'ordered_purchases',
    list: 'purchases',
    table: `purchases ${dialect.indexedBy('ordered_purchases')}`,
    condition: "status = 'ordered'",
    codec: purchaseCodec,
  });
}

export function waitingChargeList(dialect: Dialect, page: PageRequest): ListQuery<ChargeRecord> {
  return oldestOfAll(page, {
    name: 'waiting_charges',
    list: 'waiting',
    table: `charges ${dialect.indexedBy('waiting_charges')}`,
    condition: dialect.isTrue('is_waiting'),
    codec: chargeCodec,
  });
}

interface OldestOfAll<Value> {
  readonly name: string;
  readonly list: string;
  readonly table: string;
  readonly condition: string;
  readonly codec: RecordCodec<Value>;
}

/** Those of every account that wait for something. */
function oldestOfAll<Value>(
  page: PageRequest,
  { name, list, table, condition, codec }: OldestOfAll<Value>,
): ListQuery<Value> {
  return listQuery(page, {
    name,
    cursor: { list, kinds: ['number', 'string', 'string'], keyOf: madeOf },
    first: beforeAll,
    sql: `
      SELECT created_at_ms, id, account_id, body FROM ${table}
      WHERE ${condition} AND (created_at_ms, id, account_id) > (?, ?, ?)
      ORDER BY created_at_ms, id, account_id LIMIT ?`,
    itemOf: bodyOf(codec),
    isForAll: true,
  });
}

/** Notices of one account or of all, newest first; only those that were given up if `isDead` is set. */
export function noticeList(
  dialect: Dialect,
  { accountId, isDead }: NoticeFilter,
  page: PageRequest,
): ListQuery<NoticeRecord> {
  const ofAccount = accountId === undefined ? '' : 'account_id = ? AND ';
  const dead = isDead === undefined ? '' : `${dialect.isTrue('is_dead')} AND `;
  return listQuery(page, {
    name: `notices${ofAccount === '' ? '' : '_of_account'}${dead === '' ? '' : '_dead'}`,
    cursor: { list: 'notices', kinds: ['number', 'string', 'string'], keyOf: madeOf },
    first: [...afterAll, ''],
    before: accountId === undefined ? [] : [accountId],
    sql: `
      SELECT created_at_ms, id, account_id, body FROM notices
      WHERE ${ofAccount}${dead}(created_at_ms, id, account_id) < (?, ?, ?)
      ORDER BY created_at_ms DESC, id DESC, account_id DESC LIMIT ?`,
    itemOf: bodyOf(noticeCodec),
    isForAll: true,
  });
}

export function dueNoticeList(dialect: Dialect, nowMs: number, page: PageRequest): ListQuery<NoticeRecord> {
  return listQuery(page, {
    name: 'due_notices',
    cursor: {
      list: 'due_notices',
      kinds: ['number', 'string', 'string'],
      keyOf: (row) => [numberColumn(row, 'due_at_ms'), textColumn(row, 'id'), textColumn(row, 'account_id')],
    },
    first: beforeAll,
    before: [nowMs],
    sql: `
      SELECT due_at_ms, id, account_id, body FROM notices ${dialect.indexedBy('due_notices')}
      WHERE due_at_ms <= ? AND (due_at_ms, id, account_id) > (?, ?, ?)
      ORDER BY due_at_ms, id, account_id LIMIT ?`,
    itemOf: bodyOf(noticeCodec),
    isForAll: true,
  });
}

export function keyList(page: PageRequest): ListQuery<KeyRecord> {
  return listQuery(page, {
    name: 'keys',
    cursor: { list: 'keys', kinds: ['string'], keyOf: idOf },
    first: [''],
    sql: 'SELECT id, body FROM keys WHERE id > ? ORDER BY id LIMIT ?',
    itemOf: bodyOf(keyCodec),
    isForAll: true,
  });
}

/** Those of an account, or of one member of it. */
export function accountKeyList({ accountId, memberId }: KeyOwner, page: PageRequest): ListQuery<KeyRecord> {
  const ofMember = memberId === null ? '' : 'AND member_id = ?';
  return listQuery(page, {
    name: memberId === null ? 'account_keys' : 'member_keys',
    cursor: { list: 'account-keys', kinds: ['string'], keyOf: idOf },
    first: [''],
    before: memberId === null ? [accountId] : [accountId, memberId],
    sql: `SELECT id, body FROM keys WHERE account_id = ? ${ofMember} AND id > ? ORDER BY id LIMIT ?`,
    itemOf: bodyOf(keyCodec),
    isForAll: true,
  });
}

export function auditList(page: PageRequest): ListQuery<AuditRecord> {
  return listQuery(page, {
    name: 'audit',
    cursor: { list: 'audit', kinds: ['string'], keyOf: idOf },
    first: [afterEveryAuditId],
    sql: 'SELECT id, body FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?',
    itemOf: bodyOf(auditCodec),
    isForAll: true,
  });
}

export function erasureList(
  { isUnderWay }: { readonly isUnderWay?: true },
  page: PageRequest,
): ListQuery<ErasureRecord> {
  const only = isUnderWay === undefined ? '' : 'is_done = 0 AND ';
  return listQuery(page, {
    name: isUnderWay === undefined ? 'erasures' : 'erasures_under_way',
    cursor: { list: 'erasures', kinds: ['string'], keyOf: idOf },
    first: [''],
    sql: `SELECT id, body FROM erasures WHERE ${only}id > ? ORDER BY id LIMIT ?`,
    itemOf: bodyOf(erasureCodec),
    isForAll: true,
  });
}

export function webhookEndpointList(page: PageRequest): ListQuery<WebhookEndpointRecord> {
  return listQuery(page, {
    name: 'webhook_endpoints',
    cursor: { list: 'webhook_endpoints', kinds: ['string'], keyOf: idOf },
    first: [''],
    sql: 'SELECT id, body FROM webhook_endpoints WHERE id > ? ORDER BY id LIMIT ?',
    itemOf: bodyOf(webhookEndpointCodec),
    isForAll: true,
  });
}

export function madeOf(row: Row): [number, string, string] {
  return [numberColumn(row, 'created_at_ms'), textColumn(row, 'id'), textColumn(row, 'account_id')];
}

function idOf(row: Row): [string] {
  return [textColumn(row, 'id')];
}

function bodyOf<Value>(codec: RecordCodec<Value>): (row: Row) => Value {
  return (row) => codec.decode(textColumn(row, 'body'));
}
