import type { UsageCell } from './state.ts';

/** Up to so many are compared one by one, which is quicker than making a text to look each of them up by. */
const comparedMax = 24;

/** Cells of one account, one a day, metric, dimension and value, in order of their first appearance. */
export class CellSums {
  readonly #cells: UsageCell[] = [];
  #indexes: Map<string, number> | undefined = undefined;
  /** Uses of one account mostly add to the same cells in the same order, so the one after the last is looked at first. */
  #next = 0;

  get cells(): readonly UsageCell[] {
    return this.#cells;
  }

  add(cell: UsageCell): void {
    const index = this.#indexOf(cell);
    const before = this.#cells[index];
    if (before === undefined) {
      this.#indexes?.set(keyOf(cell), this.#cells.length);
      this.#cells.push(cell);
      this.#next = 0;
      return;
    }
    this.#cells[index] = { ...before, quantity: before.quantity + cell.quantity };
    this.#next = index + 1 === this.#cells.length ? 0 : index + 1;
  }

  #indexOf(cell: UsageCell): number {
    if (isSameCell(this.#cells[this.#next], cell)) return this.#next;
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
