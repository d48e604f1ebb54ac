import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { EncodedAccount } from '../codec/account-codec.ts';
import { encodeEmbedded, type UsageRow } from '../codec/embedded-entry.ts';
import { encodeEntry } from '../codec/entry-codec.ts';
import { activityCodec } from '../codec/record-codec.ts';
import { encodeUsage } from '../codec/usage-codec.ts';
import type { EventId, KeptAnswer } from '../store.ts';
import type { Column, Table } from './table.ts';

/*
 * The tables of what accounts do, in which a row never changes: entries, uses, activity, ids of events and kept answers; and the
 * table of the accounts. Their rows are told apart from the account's id, which a dialect keeps once for many of them.
 */

/** A row with the account that it is of. */
export type OfAccount<Row> = Row & { readonly accountId: string };

const ofAccount: Column<unknown> = ['account_id', 'text', (_, accountId) => accountId];

/** An entry that stands in no row of a use. */
export interface EntryRow {
  readonly seq: number;
  readonly id: string;
  readonly body: string;
}

export const entryTable: Table<EntryRow> = {
  table: 'entries',
  columns: [
    ofAccount,
    ['seq', 'bigint', (row) => row.seq],
    ['id', 'text', (row) => row.id],
    ['body', 'text', (row) => row.body],
  ],
};

export function rowOfEntry(entry: LedgerRecord): OfAccount<EntryRow> {
  return { accountId: entry.accountId, seq: entry.seq, id: entry.id, body: encodeEntry(entry) };
}

export interface TimedRow {
  readonly atMs: number;
  readonly id: string;
  readonly body: string;
}

const timedColumns: readonly Column<TimedRow>[] = [
  ofAccount,
  ['at_ms', 'bigint', (row) => row.atMs],
  ['id', 'text', (row) => row.id],
  ['body', 'text', (row) => row.body],
];

/** A use, with the entry of its debit where that stands in its row. */
export interface UseRow extends TimedRow {
  readonly entrySeq: number | null;
  readonly entry: string | null;
}

export const usageTable: Table<UseRow> = {
  table: 'usage',
  columns: [
    ...timedColumns,
    ['entry_seq', 'bigint', (row) => row.entrySeq],
    ['entry', 'text', (row) => row.entry],
  ],
};

export function rowOfUse(row: UsageRow): OfAccount<UseRow> {
  const { usage, entry } = row;
  return {
    accountId: usage.accountId,
    atMs: usage.atMs,
    id: usage.id,
    body: encodeUsage(usage),
    entrySeq: entry?.seq ?? null,
    entry: encodeEmbedded(row) ?? null,
  };
}

export const activityTable: Table<TimedRow> = { table: 'activity', columns: timedColumns };

export function rowOfActivity(activity: ActivityRecord): OfAccount<TimedRow> {
  const { accountId, atMs, id } = activity;
  return { accountId, atMs, id, body: activityCodec.encode(activity) };
}

export const eventIdTable: Table<EventId> = {
  table: 'event_ids',
  columns: [
    ofAccount,
    ['id', 'text', (event) => event.id],
    ['content_hash', 'text', (event) => event.contentHash],
  ],
};

export const answerTable: Table<KeptAnswer> = {
  table: 'answers',
  columns: [
    ofAccount,
    ['key', 'text', (answer) => answer.key],
    ['request_hash', 'text', (answer) => answer.requestHash],
    ['status', 'integer', (answer) => answer.status],
    ['body', 'text', (answer) => answer.body],
    ['recorded_at_ms', 'bigint', (answer) => answer.recordedAtMs],
  ],
};

/** The parts of an account that changed, and its version; what did not change is null. */
export type AccountParts = EncodedAccount & { readonly version: number };

export const accountTable: Table<AccountParts> = {
  table: 'accounts',
  columns: [
    ofAccount,
    ['version', 'bigint', (row) => row.version],
    ['profile', 'text', (row) => row.profile],
    ['wallet', 'text', (row) => row.wallet],
    ['usage', 'text', (row) => row.usage],
    ['holds', 'text', (row) => row.holds],
    ['rest', 'text', (row) => row.rest],
    ['due_at_ms', 'bigint', (row) => row.dueAtMs],
    ['clock_id', 'text', (row) => row.clockId],
  ],
};
