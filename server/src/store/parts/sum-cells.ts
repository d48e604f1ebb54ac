import type { UsageCell } from '../../domain/state.ts';

/** Adds up cells of the same account, day, metric, dimension and value. An account's cells stay in order of appearance. */
export function sumCells(cells: readonly UsageCell[]): readonly UsageCell[] {
  if (cells.length < 2) return cells;
  const byAccount = new Map<string, CellSums>();
  let count = 0;
  for (const cell of cells) {
    let sums = byAccount.get(cell.accountId);
    if (sums === undefined) {
      sums = new CellSums();
      byAccount.set(cell.accountId, sums);
    }
    if (sums.add(cell)) count += 1;
  }
  if (count === cells.length) return cells;
  const summed: UsageCell[] = [];
  for (const { cells: own } of byAccount.values()) for (const cell of own) summed.push(cell);
  return summed;
}

/** Up to so many are compared one by one, which is quicker than making a text to look each of them up by. */
const comparedMax = 24;

/** Cells of one account, one a day, metric, dimension and value, in order of their first appearance. */
export class CellSums {
  readonly #cells: UsageCell[] = [];
  #indexes: Map<string, number> | undefined = undefined;

  get cells(): readonly UsageCell[] {
    return this.#cells;
  }

  /** Whether it is the first of its kind. */
  add(cell: UsageCell): boolean {
    const index = this.#indexOf(cell);
    const before = this.#cells[index];
    if (before === undefined) {
      this.#indexes?.set(keyOf(cell), this.#cells.length);
      this.#cells.push(cell);
      return true;
    }
    this.#cells[index] = { ...cell, quantity: before.quantity + cell.quantity };
    return false;
  }

  #indexOf(cell: UsageCell): number {
    if (this.#cells.length <= comparedMax) {
      let index = this.#cells.length - 1;
      while (index >= 0 && !isSameCell(this.#cells[index], cell)) index -= 1;
      return index;
    }
    this.#indexes ??= new Map(this.#cells.map((other, index) => [keyOf(other), index]));
    return this.#indexes.get(keyOf(cell)) ?? -1;
  }
}

function isSameCell(a: UsageCell | undefined, b: UsageCell): boolean {
  return a?.value === b.value && a.metric === b.metric && a.dimension === b.dimension && a.day === b.day;
}

function keyOf(cell: UsageCell): string {
  return `${cell.day}\n${cell.metric}\n${cell.dimension}\n${cell.value}`;
}
