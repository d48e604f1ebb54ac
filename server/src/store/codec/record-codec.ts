import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { SoldSoFar } from '../../domain/catalog/retired.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import type {
  AuditRecord,
  ErasureRecord,
  KeyRecord,
  PairingRecord,
  WebhookEndpointRecord,
} from '../installation-records.ts';
import { StoredFormatError } from '../store-errors.ts';
import { createStoredFormat, type StoredFormat, type UpgradeStep } from './stored-format.ts';
import { memberUpgrades } from './upgrades/accounts/member.ts';
import { chargeUpgrades } from './upgrades/billing/charge.ts';
import { invoiceUpgrades } from './upgrades/billing/invoice.ts';
import { purchaseUpgrades } from './upgrades/billing/purchase.ts';
import { auditUpgrades } from './upgrades/installation/audit.ts';
import { catalogUpgrades } from './upgrades/installation/catalog.ts';
import { erasureUpgrades } from './upgrades/installation/erasure.ts';
import { keyUpgrades } from './upgrades/installation/key.ts';
import { noticeUpgrades } from './upgrades/installation/notice.ts';
import { pairingUpgrades } from './upgrades/installation/pairing.ts';
import { webhookEndpointUpgrades } from './upgrades/installation/webhook-endpoint.ts';
import { activityUpgrades } from './upgrades/uses/activity.ts';
import { holdUpgrades } from './upgrades/uses/hold.ts';
import { taskUpgrades } from './upgrades/uses/task.ts';

/**
 * Records that are written seldom keep their field names, so a new field needs only an upgrade step. They are JSON with amounts
 * as `{ "$n": "12500000" }`. An object that has a field named `$n` or `$o` itself (a host's ids may be named so) is written as `{
 * "$o": [fields] }`.
 */
export interface RecordCodec<Value> {
  readonly format: StoredFormat<[version: number, value: Value]>;
  encode(value: Value): string;
  /** @throws StoredFormatError */
  decode(json: string): Value;
}

export const memberCodec = createRecordCodec<MemberRecord>('member', memberUpgrades);
export const holdCodec = createRecordCodec<HoldRecord>('hold', holdUpgrades);
export const taskCodec = createRecordCodec<TaskRecord>('task', taskUpgrades);
export const purchaseCodec = createRecordCodec<PurchaseRecord>('purchase', purchaseUpgrades);
export const invoiceCodec = createRecordCodec<InvoiceRecord>('invoice', invoiceUpgrades);
export const chargeCodec = createRecordCodec<ChargeRecord>('charge', chargeUpgrades);
export const noticeCodec = createRecordCodec<NoticeRecord>('notice', noticeUpgrades);
export const activityCodec = createRecordCodec<ActivityRecord>('activity', activityUpgrades);
export const keyCodec = createRecordCodec<KeyRecord>('key', keyUpgrades);
export const auditCodec = createRecordCodec<AuditRecord>('audit record', auditUpgrades);
export const pairingCodec = createRecordCodec<PairingRecord>('pairing', pairingUpgrades);
export const webhookEndpointCodec = createRecordCodec<WebhookEndpointRecord>(
  'webhook endpoint',
  webhookEndpointUpgrades,
);
export const erasureCodec = createRecordCodec<ErasureRecord>('erasure', erasureUpgrades);
export const catalogCodec = createRecordCodec<SoldSoFar>('catalog', catalogUpgrades);

export function createRecordCodec<Value>(noun: string, upgrades: readonly UpgradeStep[]): RecordCodec<Value> {
  const format = createStoredFormat<[number, Value]>(noun, upgrades, amountsFromTagged);
  return {
    format,
    encode: (value) => JSON.stringify([format.version, value], amountsToTagged),
    decode(json) {
      const [, value] = format.parse(json);
      if (typeof value !== 'object' || value === null)
        throw new StoredFormatError(`A stored ${noun} is damaged: its fields are missing.`);
      return value;
    },
  };
}

function amountsToTagged(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $n: value.toString() };
  if (!isObject(value) || !('$n' in value || '$o' in value)) return value;
  return { $o: Object.entries(value) };
}

function amountsFromTagged(_key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  if (typeof value.$n === 'string') return BigInt(value.$n);
  return Array.isArray(value.$o) ? Object.fromEntries(value.$o as [string, unknown][]) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
