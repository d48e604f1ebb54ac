import type { UsageCell } from '../domain/state.ts';

/** Adds up cells of the same account, day, metric, dimension and value; the order of first appearance stays. */
export function sumCells(cells: readonly UsageCell[]): readonly UsageCell[] {
  if (cells.length < 2) return cells;
  const byKey = new Map<string, UsageCell>();
  for (const cell of cells) {
    const key = `${cell.accountId}\n${cell.day}\n${cell.metric}\n${cell.dimension}\n${cell.value}`;
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? cell : { ...cell, quantity: before.quantity + cell.quantity });
  }
  return byKey.size === cells.length ? cells : [...byKey.values()];
}
