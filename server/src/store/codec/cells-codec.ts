import type { AddedCell } from '../../domain/usage/state.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';

/** Cells of one metric in one hour, by one member; of each cell its dimension, value and quantity, one after another. */
type JsonCellGroup = [
  day: number,
  hour: number | null,
  memberId: string | null,
  metric: string,
  flat: (string | JsonAmount)[],
];

/** Short, since such lists are written with each use: what the cells of a use have in common is said once a metric. */
export type JsonCells = JsonCellGroup[];

export function cellsToJson(cells: readonly AddedCell[]): JsonCells {
  const groups: JsonCells = [];
  let flat: JsonCellGroup[4] = [];
  let before: AddedCell | undefined;
  for (const cell of cells) {
    if (before === undefined || !isSameGroup(before, cell)) {
      flat = [];
      groups.push([cell.day, cell.hour ?? null, cell.memberId ?? null, cell.metric, flat]);
    }
    flat.push(cell.dimension, cell.value, amountToJson(cell.quantity));
    before = cell;
  }
  return groups;
}

export function cellsFromJson(accountId: string, groups: JsonCells): AddedCell[] {
  const cells: AddedCell[] = [];
  for (const [day, hour, memberId, metric, flat] of groups) {
    const shared = {
      accountId,
      day,
      metric,
      ...(hour === null ? {} : { hour }),
      ...(memberId === null ? {} : { memberId }),
    };
    for (let from = 0; from < flat.length; from += 3) {
      const [dimension, value, quantity] = flat.slice(from, from + 3) as [string, string, JsonAmount];
      cells.push({ ...shared, dimension, value, quantity: amountFromJson(quantity) });
    }
  }
  return cells;
}

/** The groups of a list of earlier versions: of each cell its day, metric, dimension, value and quantity, one after another. */
export function groupsOfFlat(flat: readonly unknown[]): readonly unknown[] {
  const groups: unknown[] = [];
  for (let from = 0; from < flat.length; from += 5) {
    const [day, metric, ...cell] = flat.slice(from, from + 5);
    groups.push([day, null, null, metric, cell]);
  }
  return groups;
}

function isSameGroup(a: AddedCell, b: AddedCell): boolean {
  return a.metric === b.metric && a.hour === b.hour && a.memberId === b.memberId && a.day === b.day;
}
