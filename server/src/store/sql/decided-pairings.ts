import { pairingCodec } from '../codec/record-codec.ts';
import type { KeyOwner, PairingRecord } from '../installation-records.ts';
import { isDecidedBy } from '../parts/is-decided-by.ts';
import { readable, Unreadable } from '../parts/loaded-rows.ts';
import { type Row, textColumn } from './columns.ts';

/** Those pairings that a member of the account has decided on. One that cannot be read connects no browser, and is forgotten in its time. */
export function decidedPairings(rows: readonly Row[], owner: KeyOwner): PairingRecord[] {
  const decided: PairingRecord[] = [];
  for (const row of rows) {
    const pairing = readable(() => pairingCodec.decode(textColumn(row, 'body')));
    if (!(pairing instanceof Unreadable) && isDecidedBy(pairing, owner)) decided.push(pairing);
  }
  return decided;
}
