'use client';
import { useState } from 'react';
import { settleRows } from '../../../derive/tasks/settle-rows.ts';

/** A list being read: the shown rows, the waiting ones, and the way to let them in. */
export interface SettledList<Row> {
  rows: Row[];
  fresh: Row[];
  showFresh(): void;
}

/**
 * Keeps the shown rows in place while newer answers come in; a list with another key starts empty.
 *
 * @param latest the latest answer, newest first; the same array for as long as nothing has changed
 */
export function useSettledRows<Row extends { id: string }>(latest: Row[], listKey: string): SettledList<Row> {
  const [shown, setShown] = useState(() => ({ listKey, latest, rows: latest, fresh: [] as Row[] }));
  let current = shown;
  if (shown.latest !== latest || shown.listKey !== listKey) {
    const read = shown.listKey === listKey ? shown.rows : [];
    current = { listKey, latest, ...settleRows(read, latest) };
    // Set while rendering, so that nothing of the answer before is painted.
    setShown(current);
  }
  const { rows, fresh } = current;
  return { rows, fresh, showFresh: () => setShown({ listKey, latest, rows: latest, fresh: [] }) };
}
