/** What a list shows and what waits. */
export interface SettledRows<Row> {
  /** Shown, in the order in which they have been shown so far. */
  rows: Row[];
  /** Came since, in the order of the latest answer; they stand above `rows` once they are let in. */
  fresh: Row[];
}

/**
 * Lets a live list be read: rows that are on the screen stay in their order and change in place, older pages join
 * below, and what is new waits. A row that the latest answer no longer has is gone, since what it said may be false.
 *
 * @param shown ids that are on the screen, in their order; none of them for a list that begins
 * @param latest the latest answer, newest first
 */
export function settleRows<Row extends { id: string }>(
  shown: readonly string[],
  latest: Row[],
): SettledRows<Row> {
  const byId = new Map(latest.map((row) => [row.id, row]));
  const kept: Row[] = [];
  for (const id of shown) {
    const row = byId.get(id);
    if (row) kept.push(row);
  }
  if (kept.length === 0) return { rows: latest, fresh: [] };
  const known = new Set(shown);
  const lastKnown = latest.findLastIndex((row) => known.has(row.id));
  const older = latest.slice(lastKnown + 1);
  const fresh = latest.slice(0, lastKnown).filter((row) => !known.has(row.id));
  return { rows: [...kept, ...older], fresh };
}
