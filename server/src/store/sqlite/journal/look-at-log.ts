import { numberColumn, type Row } from '../../sql/columns.ts';
import type { LogPages } from './write-thread.ts';

/** Tells the length of the log and copies nothing. */
export const lookAtLogSql = 'PRAGMA wal_checkpoint(NOOP)';

/** A commit writes the head of the log's index within a microsecond or a few; a look takes as long. */
const looksMax = 1_000;

/**
 * How long the log is. While another connection writes the head of its index, SQLite says that it is busy, and gives -1 for both figures: taken
 * for figures, they would say that all of the log is in the file.
 *
 * @param look Runs `lookAtLogSql`.
 */
export function lookAtLog(look: () => Row | undefined): LogPages {
  for (let looks = 0; looks < looksMax; looks++) {
    const row = look() ?? {};
    if (numberColumn(row, 'busy') !== 0) continue;
    const all = numberColumn(row, 'log');
    return { all, left: all - numberColumn(row, 'checkpointed') };
  }
  return { all: 0, left: 0 };
}
