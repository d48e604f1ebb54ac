/** What a list shows and what waits. */
export interface SettledRows<Row> {
  /** Shown, in the order in which they have been shown so far. */
  rows: Row[];
  /** Came since, in the order of the latest answer; they stand above `rows` once they are let in. */
  fresh: Row[];
}

/**
 * Lets a live list be read: rows that are on the screen stay in their order and change in place, older pages join below, and
 * what is new waits. A row that the latest answer does not have stays as it was last known, as when more rows came than a
 * page has, or the filter does not hold for it any more.
 *
 * @param shown rows that are on the screen, in their order; none of them for a list that begins
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
  // Where the two do not meet, all that came is newer than what is read.
  const older = lastKnown < 0 ? [] : latest.slice(lastKnown + 1);
  const newer = lastKnown < 0 ? latest : latest.slice(0, lastKnown);
  return {
    rows: [...shown.map((row) => byId.get(row.id) ?? row), ...older],
    fresh: newer.filter(({ id }) => !known.has(id)),
  };
}
