import { eraseAnswer } from '../../domain/erasures/erase-answer.ts';
import {
  eraseActivity,
  eraseCharge,
  eraseEntry,
  eraseHold,
  eraseInvoice,
  eraseMember,
  eraseNotice,
  erasePurchase,
  eraseTask,
  eraseUsage,
} from '../../domain/erasures/erase-records.ts';
import { answersNoun } from '../../domain/erasures/erased-rows.ts';
import type { Eraser } from '../../domain/erasures/eraser.ts';
import { decodeEmbedded, encodeEmbedded, type UsageRow } from '../codec/embedded-entry.ts';
import { decodeEntry, encodeEntry } from '../codec/entry-codec.ts';
import {
  activityCodec,
  chargeCodec,
  holdCodec,
  invoiceCodec,
  memberCodec,
  noticeCodec,
  purchaseCodec,
  type RecordCodec,
  taskCodec,
} from '../codec/record-codec.ts';
import { decodeUsage, encodeUsage } from '../codec/usage-codec.ts';
import { numberColumn, type Row, textColumn } from '../sql/columns.ts';
import { StoredFormatError } from '../store-errors.ts';

/** The effect of an erasure on a row: unchanged, removed, or new values in some columns. */
export type ErasedRow =
  | { readonly outcome: 'same' }
  | { readonly outcome: 'removed' }
  | { readonly outcome: 'replaced'; readonly columns: ErasedColumns }
  | { readonly outcome: 'kept'; readonly columns: ErasedColumns };

/** New values, by column. */
export type ErasedColumns = Readonly<Record<string, string | null>>;

/** A table with rows of accounts, as both dialects have it. */
export interface ErasedTable {
  readonly name: string;
  /** The name of its rows in the proof. */
  readonly noun: string;
  /** The columns that order its rows, in addition to the account's id. */
  readonly key: readonly [string, ...string[]];
  /** The columns that are read in addition to the key. */
  readonly columns: readonly string[];
  /** Its rows are ordered by key over all accounts: the rows of one account are searched among all. */
  readonly isFoundByScan?: true;
  erase(eraser: Eraser, row: Row): ErasedRow;
}

/** Every table with a body a row that may name somebody; rollups, which add up, stand apart. */
export const erasedTables: readonly ErasedTable[] = [
  ofRecords('members', 'members', memberCodec, eraseMember, ({ id }) => ({ id })),
  ofRecords('holds', 'holds', holdCodec, eraseHold),
  ofRecords('tasks', 'tasks', taskCodec, eraseTask, ({ dimensions }) => ({
    member_id: dimensions.memberId ?? null,
  })),
  ofRecords('purchases', 'purchases', purchaseCodec, erasePurchase),
  ofRecords('invoices', 'invoices', invoiceCodec, eraseInvoice),
  ofRecords('charges', 'charges', chargeCodec, eraseCharge),
  ofRecords('activity', 'activity', activityCodec, eraseActivity, undefined, ['at_ms', 'id']),
  ofMember('notices', 'notices', ['id'], ['body'], (eraser, row) => {
    const before = noticeCodec.decode(textColumn(row, 'body'));
    return { body: noticeCodec.encode(eraseNotice(eraser, before)) };
  }),
  {
    name: 'entries',
    noun: 'entries',
    key: ['seq'],
    columns: ['account_id', 'id', 'body'],
    erase: (eraser, row) =>
      readableOr(eraser, () => {
        const key = {
          accountId: textColumn(row, 'account_id'),
          seq: numberColumn(row, 'seq'),
          id: textColumn(row, 'id'),
        };
        const before = decodeEntry(key, textColumn(row, 'body'));
        const after = eraseEntry(eraser, before);
        return compared(eraser, [before.id, encodeEntry(before)], [after.id, encodeEntry(after)], {
          id: after.id,
          body: encodeEntry(after),
        });
      }),
  },
  {
    name: 'usage',
    noun: 'usage',
    key: ['at_ms', 'id'],
    columns: ['account_id', 'body', 'entry', 'entry_seq'],
    erase: (eraser, row) =>
      readableOr(eraser, () => {
        const { usage, entry } = useOf(row);
        const before = bodiesOf({ usage, entry });
        const after = bodiesOf({
          usage: eraseUsage(eraser, usage),
          entry: entry === undefined ? undefined : eraseEntry(eraser, entry),
        });
        return compared(eraser, Object.values(before), Object.values(after), after);
      }),
  },
  ofMember('event_ids', 'event ids', ['id'], [], () => null),
  {
    ...ofMember('answers', answersNoun, ['key'], ['body'], (eraser, row) => ({
      body: eraseAnswer(eraser, textColumn(row, 'body')),
    })),
    isFoundByScan: true,
  },
  ofMember('set_aside', 'set aside', ['id'], ['body', 'reason'], (eraser, row) => ({
    body: eraser.text(textColumn(row, 'body')),
    reason: eraser.text(textColumn(row, 'reason')),
  })),
];

export function usageKeyOf(row: Row): { accountId: string; atMs: number; id: string } {
  return {
    accountId: textColumn(row, 'account_id'),
    atMs: numberColumn(row, 'at_ms'),
    id: textColumn(row, 'id'),
  };
}

/** The row of a use may hold the entry of its debit. */
function useOf(row: Row): UsageRow {
  const usage = decodeUsage(usageKeyOf(row), textColumn(row, 'body'));
  const entry =
    row.entry === null
      ? undefined
      : decodeEmbedded(usage, numberColumn(row, 'entry_seq'), textColumn(row, 'entry'));
  return { usage, entry };
}

function bodiesOf(use: UsageRow): { readonly body: string; readonly entry: string | null } {
  return { body: encodeUsage(use.usage), entry: encodeEmbedded(use) ?? null };
}

function ofRecords<Value>(
  name: string,
  noun: string,
  codec: RecordCodec<Value>,
  erase: (eraser: Eraser, value: Value) => Value,
  columnsOf: (value: Value) => ErasedColumns = () => ({}),
  key: ErasedTable['key'] = ['id'],
): ErasedTable {
  return {
    name,
    noun,
    key,
    columns: ['body'],
    erase: (eraser, row) =>
      readableOr(eraser, () => {
        const before = codec.decode(textColumn(row, 'body'));
        const after = erase(eraser, before);
        const body = codec.encode(after);
        const change = compared(eraser, [codec.encode(before)], [body], { ...columnsOf(after), body });
        return change.outcome === 'replaced' && keepsName(after) ? { ...change, outcome: 'kept' } : change;
      }),
  };
}

function keepsName(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'keepsName' in value;
}

/** Data that serves only the account; an erased account needs none of it. */
function ofMember(
  name: string,
  noun: string,
  key: ErasedTable['key'],
  columns: readonly string[],
  erase: (eraser: Eraser, row: Row) => Readonly<Record<string, string>> | null,
): ErasedTable {
  return {
    name,
    noun,
    key,
    columns,
    erase(eraser, row) {
      if (eraser.erasing.subject === 'account') return { outcome: 'removed' };
      return readableOr(eraser, () => {
        const after = erase(eraser, row);
        if (after === null) return { outcome: 'same' };
        const names = Object.keys(after);
        return compared(
          eraser,
          names.map((column) => textColumn(row, column)),
          names.map((column) => after[column] ?? ''),
          after,
        );
      });
    },
  };
}

function compared(
  eraser: Eraser,
  before: readonly (string | null)[],
  after: readonly (string | null)[],
  columns: ErasedColumns,
): ErasedRow {
  if (eraser.erasing.subject === 'account')
    return { outcome: 'replaced', columns: { account_id: eraser.accountId, ...columns } };
  return after.every((text, index) => text === before[index])
    ? { outcome: 'same' }
    : { outcome: 'replaced', columns };
}

/** An unreadable row stays as it is, and the proof counts it among the rows that may still contain a name. */
function readableOr(eraser: Eraser, erase: () => ErasedRow): ErasedRow {
  try {
    return erase();
  } catch (error) {
    if (!(error instanceof StoredFormatError)) throw error;
    return {
      outcome: 'kept',
      columns: eraser.erasing.subject === 'account' ? { account_id: eraser.accountId } : {},
    };
  }
}
