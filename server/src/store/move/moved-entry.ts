import { decodeEmbedded } from '../codec/embedded-entry.ts';
import { encodeEntry } from '../codec/entry-codec.ts';
import { decodeUsage } from '../codec/usage-codec.ts';
import { numberColumn, type Row, textColumn } from '../sql/columns.ts';
import type { MovedRow } from './moved-tables.ts';

/** An entry as a row of its own, also where it stands in the row of its use; see `embeddedEntriesSql`. */
export function movedEntryOf(row: Row): MovedRow {
  const accountId = textColumn(row, 'account_id');
  const seq = numberColumn(row, 'seq');
  const own = { account_id: accountId, seq: BigInt(seq) };
  if (row.entry === null) return { ...own, id: textColumn(row, 'id'), body: textColumn(row, 'body') };
  const key = { accountId, atMs: numberColumn(row, 'at_ms'), id: textColumn(row, 'id') };
  const entry = decodeEmbedded(decodeUsage(key, textColumn(row, 'body')), seq, textColumn(row, 'entry'));
  return { ...own, id: entry.id, body: encodeEntry(entry) };
}
