/** The shown rows of a list, and the waiting ones. */
export interface SettledRows<Row> {
  /** Shown, in the order in which they have been shown so far. */
  rows: Row[];
  /** Came since, in the order of the latest answer; they stand above `rows` once they are let in. */
  fresh: Row[];
}

/**
 * Lets a live list be read: rows on the screen keep their order and change in place, older pages join below, and new rows wait. A
 * row that is missing in the latest answer stays as it was last known, for example if more rows came than fit a page, or if the
 * filter no longer matches it.
 *
 * @param shown rows on the screen, in their order; empty for a new list
 * @param latest the latest answer, newest first
 */
export function settleRows<Row extends { id: string }>(
  shown: readonly Row[],
  latest: Row[],
): SettledRows<Row> {
  if (shown.length === 0) return { rows: latest, fresh: [] };
  const byId = new Map(latest.map((row) => [row.id, row]));
  const known = new Set(shown.map(({ id }) => id));
  const lastKnown = latest.findLastIndex(({ id }) => known.has(id));
  // If the two do not overlap, all rows of the answer are newer than the shown ones.
  const older = lastKnown < 0 ? [] : latest.slice(lastKnown + 1);
  const newer = lastKnown < 0 ? latest : latest.slice(0, lastKnown);
  return {
    rows: [...shown.map((row) => byId.get(row.id) ?? row), ...older],
    fresh: newer.filter(({ id }) => !known.has(id)),
  };
}
