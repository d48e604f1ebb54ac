import type { HoldRecord } from '../../domain/holds/state.ts';
import { isWaiting } from '../../domain/invoices/charges/charges.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import { isDead, type NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import {
  chargeCodec,
  holdCodec,
  invoiceCodec,
  memberCodec,
  noticeCodec,
  purchaseCodec,
  type RecordCodec,
  taskCodec,
} from '../codec/record-codec.ts';
import { taskFilters } from '../parts/task-filters.ts';
import type { Column, Table } from './table.ts';

/** A table of accounts' records, whose key is the account and an id. */
export interface RecordTable<Value> extends Table<Value> {
  /** What one record is called, where an operator is told of it. */
  readonly noun: string;
  /** The record as it is stored, which is also the last column. */
  readonly bodyOf: (record: Value) => string;
}

interface AccountRecord {
  readonly accountId: string;
  readonly id: string;
}

function recordTable<Value extends AccountRecord>(
  { table, noun }: Pick<RecordTable<Value>, 'table' | 'noun'>,
  codec: RecordCodec<Value>,
  columns: readonly Column<Value>[] = [],
): RecordTable<Value> {
  return {
    table,
    noun,
    bodyOf: codec.encode,
    columns: [
      ['account_id', 'text', (record) => record.accountId],
      ['id', 'text', (record) => record.id],
      ...columns,
      ['body', 'text', codec.encode],
    ],
  };
}

/** By what most lists are sorted. */
const createdAt: Column<{ readonly createdAtMs: number }> = [
  'created_at_ms',
  'bigint',
  (record) => record.createdAtMs,
];

const { accountId: _, ...ownTaskFilters } = taskFilters;

export const recordTables = {
  members: recordTable<MemberRecord>({ table: 'members', noun: 'member' }, memberCodec),
  holds: recordTable<HoldRecord>({ table: 'holds', noun: 'hold' }, holdCodec, [createdAt]),
  tasks: recordTable<TaskRecord>({ table: 'tasks', noun: 'task' }, taskCodec, [
    createdAt,
    ...Object.values(ownTaskFilters).map(({ column, of }): Column<TaskRecord> => [column, 'text', of]),
  ]),
  purchases: recordTable<PurchaseRecord>({ table: 'purchases', noun: 'purchase' }, purchaseCodec, [
    createdAt,
    ['status', 'text', (purchase) => purchase.status],
  ]),
  invoices: recordTable<InvoiceRecord>({ table: 'invoices', noun: 'invoice' }, invoiceCodec, [createdAt]),
  charges: recordTable<ChargeRecord>({ table: 'charges', noun: 'charge' }, chargeCodec, [
    createdAt,
    ['is_waiting', 'boolean', isWaiting],
  ]),
  notices: recordTable<NoticeRecord>({ table: 'notices', noun: 'notice' }, noticeCodec, [
    createdAt,
    ['due_at_ms', 'bigint', (notice) => notice.dueAtMs],
    ['is_dead', 'boolean', isDead],
  ]),
};

/** The end of an INSERT that replaces the record with the same key; an index whose columns stay is left alone. */
export function replacingSql({ columns }: Pick<Table<never>, 'columns'>): string {
  const replaced = columns
    .filter(([column]) => column !== 'account_id' && column !== 'id')
    .map(([column]) => `${column} = excluded.${column}`);
  return `ON CONFLICT (account_id, id) DO UPDATE SET ${replaced.join(', ')}`;
}
