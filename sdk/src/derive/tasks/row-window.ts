import { unwindowedRowsMax } from './unwindowed-rows-max.ts';

/** Which rows of a long list are drawn, and how high the space before and after them is. */
export interface RowWindow {
  /** First row that is drawn. */
  start: number;
  /** The row after the last one. */
  end: number;
  beforePx: number;
  afterPx: number;
}

const overscanRows = 12;
const stepRows = 8;

/**
 * The rows to draw around a scroll position. It moves in steps of eight rows, so that most scroll events change nothing.
 *
 * @param rowPx height that every row has, more than 0
 */
export function rowWindow(
  rowCount: number,
  scrollTopPx: number,
  viewportPx: number,
  rowPx: number,
): RowWindow {
  if (rowCount <= unwindowedRowsMax) return { start: 0, end: rowCount, beforePx: 0, afterPx: 0 };
  const visible = Math.ceil(viewportPx / rowPx);
  const first = Math.floor(Math.floor(scrollTopPx / rowPx) / stepRows) * stepRows;
  const last = rowCount - visible;
  const start = Math.max(0, Math.min(first, last) - overscanRows);
  const end = Math.min(rowCount, Math.max(0, first) + visible + stepRows + overscanRows);
  return { start, end, beforePx: start * rowPx, afterPx: (rowCount - end) * rowPx };
}
