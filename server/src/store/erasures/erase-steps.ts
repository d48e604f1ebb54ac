import { rollupsNoun } from '../../domain/erasures/erased-rows.ts';
import type { ErasedRows } from '../../domain/erasures/state.ts';
import type { SweptKey } from '../parts/sweep.ts';
import type { ErasedSlice } from '../store.ts';
import { InvalidCursorError } from '../store-errors.ts';
import { type ErasedTable, erasedTables } from './erased-tables.ts';

/** Rows that are replaced in one slice. */
export const erasedRowsMax = 200;
/** Keys that are looked through in one slice, where rows are found by a scan. */
export const scannedKeysMax = 5_000;

/** A step of an erasure: a table, or the rollups, which are the last one. */
export interface ErasureStep {
  /** Undefined for the rollups. */
  readonly table: ErasedTable | undefined;
  /** Where the slice begins; null at the step's start. */
  readonly after: SweptKey | null;
  /** The slice's outcome, with where it ended; null where that was the end of the step. */
  done(rows: ErasedCounts, last: SweptKey | null): ErasedSlice;
}

export type ErasedCounts = Omit<ErasedRows, 'noun'>;

/** The step at which an erasure is. @throws InvalidCursorError */
export function stepAt(after: string | null): ErasureStep {
  const [index, key] = after === null ? [0, null] : parseCursor(after);
  const table = erasedTables[index];
  return {
    table,
    after: key,
    done(rows, last) {
      const isEnd = last === null && table === undefined;
      return {
        rows: [{ noun: table?.noun ?? rollupsNoun, ...rows }],
        next: isEnd ? null : JSON.stringify(last === null ? [index + 1, null] : [index, last]),
      };
    },
  };
}

function parseCursor(text: string): [number, SweptKey | null] {
  const parsed = JSON.parse(text) as unknown;
  if (!Array.isArray(parsed) || typeof parsed[0] !== 'number')
    throw new InvalidCursorError('No place in an erasure.');
  return [parsed[0], parsed[1] as SweptKey | null];
}
