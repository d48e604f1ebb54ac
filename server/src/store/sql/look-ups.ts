import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import type { UsageRecord } from '../../domain/usage/state.ts';
import {
  auditCodec,
  catalogCodec,
  chargeCodec,
  erasureCodec,
  holdCodec,
  invoiceCodec,
  keyCodec,
  memberCodec,
  noticeCodec,
  pairingCodec,
  purchaseCodec,
  type RecordCodec,
  taskCodec,
  webhookEndpointCodec,
} from '../codec/record-codec.ts';
import type {
  AuditRecord,
  CatalogRecord,
  ClockRecord,
  ErasureRecord,
  KeyRecord,
  PairingCode,
  PairingRecord,
  WebhookEndpointRecord,
} from '../installation-records.ts';
import { readable, Unreadable } from '../parts/loaded-rows.ts';
import type { AccountItem } from '../store.ts';
import type { StoredFormatError } from '../store-errors.ts';
import { numberColumn, type Row, textColumn } from './columns.ts';
import type { Dialect } from './dialect.ts';
import type { SqlValue } from './list-query.ts';
import { usageOf } from './lists.ts';

/** The look-up of one row by a key: its query, and how the row is decoded. */
export interface LookUp<Item> {
  /** Name of a statement that is worth preparing once a connection; undefined where it is rare. */
  readonly name: string | undefined;
  /** With `?` for each value, in their order. */
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** @throws StoredFormatError */
  itemOf(row: Row): Item;
}

export const memberLookUp = (item: AccountItem): LookUp<MemberRecord> =>
  ofAccount('members', memberCodec, item);

export const holdLookUp = (item: AccountItem): LookUp<HoldRecord> => ofAccount('holds', holdCodec, item);

export const taskLookUp = (item: AccountItem): LookUp<TaskRecord> => ofAccount('tasks', taskCodec, item);

export const purchaseLookUp = (item: AccountItem): LookUp<PurchaseRecord> =>
  ofAccount('purchases', purchaseCodec, item);

export const invoiceLookUp = (item: AccountItem): LookUp<InvoiceRecord> =>
  ofAccount('invoices', invoiceCodec, item);

export const chargeLookUp = (item: AccountItem): LookUp<ChargeRecord> =>
  ofAccount('charges', chargeCodec, item);

export const noticeLookUp = (item: AccountItem): LookUp<NoticeRecord> =>
  ofAccount('notices', noticeCodec, item);

/** A planner that is not told the index reads every use of the account. */
export const usageLookUp = (dialect: Dialect, { accountId, id }: AccountItem): LookUp<UsageRecord> => ({
  name: 'usage_record',
  sql: `SELECT at_ms, id, body FROM usage ${dialect.indexedBy('usage_by_id')} WHERE account_id = ? AND id = ?`,
  values: [accountId, id],
  itemOf: (row) => usageOf(accountId, row),
});

export const keyLookUp = (keyId: string): LookUp<KeyRecord> =>
  ofInstallation({ table: 'keys', column: 'id' }, keyId, keyCodec);

export const keyByHashLookUp = (secretHash: string): LookUp<KeyRecord> =>
  ofInstallation({ table: 'keys', column: 'secret_hash' }, secretHash, keyCodec);

export const pairingLookUp = (by: PairingCode): LookUp<PairingRecord> =>
  'userCode' in by
    ? ofInstallation({ table: 'pairings', column: 'user_code' }, by.userCode, pairingCodec)
    : ofInstallation({ table: 'pairings', column: 'device_code_hash' }, by.deviceCodeHash, pairingCodec);

export const webhookEndpointLookUp = (endpointId: string): LookUp<WebhookEndpointRecord> =>
  ofInstallation({ table: 'webhook_endpoints', column: 'id' }, endpointId, webhookEndpointCodec);

export const auditLookUp = (auditId: string): LookUp<AuditRecord> =>
  ofInstallation({ table: 'audit', column: 'id' }, auditId, auditCodec);

export const erasureLookUp = (erasureId: string): LookUp<ErasureRecord> =>
  ofInstallation({ table: 'erasures', column: 'id' }, erasureId, erasureCodec);

export const erasureByRequestLookUp = (requestHash: string): LookUp<ErasureRecord> =>
  ofInstallation({ table: 'erasures', column: 'request_hash' }, requestHash, erasureCodec);

export const catalogLookUp = (version: number): LookUp<CatalogRecord> => ({
  name: undefined,
  sql: 'SELECT version, config, created_at_ms FROM catalogs WHERE version = ?',
  values: [version],
  itemOf: catalogOf,
});

/** SQL for the newest versions of the catalog, as `newestReadable` reads them; its value is their number. */
export const newestCatalogsSql =
  'SELECT version, config, created_at_ms FROM catalogs ORDER BY version DESC LIMIT ?';
/** How many versions are looked through where the newest one cannot be read. */
export const newestCatalogsMax = 50;

/**
 * The newest version that can be read; undefined where there is none at all.
 * @throws StoredFormatError where there are some, and none of them can be read.
 */
export function newestReadable(rows: readonly Row[]): CatalogRecord | undefined {
  let passedOver: CatalogRecord['passedOver'];
  let reason: StoredFormatError | undefined;
  for (const row of rows) {
    const record = readable(() => catalogOf(row));
    if (!(record instanceof Unreadable)) return passedOver === undefined ? record : { ...record, passedOver };
    reason ??= record.error;
    passedOver ??= { version: numberColumn(row, 'version'), reason: record.error.message };
  }
  if (reason !== undefined) throw reason;
  return undefined;
}

function catalogOf(row: Row): CatalogRecord {
  return {
    version: numberColumn(row, 'version'),
    ...catalogCodec.decode(textColumn(row, 'config')),
    createdAtMs: numberColumn(row, 'created_at_ms'),
  };
}

export const clockLookUp = (clockId: string): LookUp<ClockRecord> => ({
  name: undefined,
  sql: 'SELECT now_ms FROM clocks WHERE id = ?',
  values: [clockId],
  itemOf: (row) => ({ id: clockId, nowMs: numberColumn(row, 'now_ms') }),
});

function ofAccount<Value>(
  table: string,
  codec: RecordCodec<Value>,
  { accountId, id }: AccountItem,
): LookUp<Value> {
  return {
    name: `one_of_${table}`,
    sql: `SELECT body FROM ${table} WHERE account_id = ? AND id = ?`,
    values: [accountId, id],
    itemOf: (row) => codec.decode(textColumn(row, 'body')),
  };
}

function ofInstallation<Value>(
  { table, column }: { readonly table: string; readonly column: string },
  key: string,
  codec: RecordCodec<Value>,
): LookUp<Value> {
  return {
    name: undefined,
    sql: `SELECT body FROM ${table} WHERE ${column} = ?`,
    values: [key],
    itemOf: (row) => codec.decode(textColumn(row, 'body')),
  };
}
