import type { Micros } from '../amounts/amounts.ts';
import type { AddedCell } from './state.ts';

/** Up to so many are compared one by one, which is quicker than making a text to look each of them up by. */
const comparedMax = 24;

/** A copy of a cell, to which may be added. */
type Sum = { -readonly [Field in keyof AddedCell]: AddedCell[Field] };

/**
 * Cells of one account, one a day, metric, dimension, value, hour and member, in order of their first appearance. Those that it gives
 * change as long as others are added.
 */
export class CellSums {
  readonly #cells: (AddedCell | Sum)[];
  /** The sums among the cells, each in the place of its cell: a cell is copied when the first other is added to it. */
  #sums: (Sum | undefined)[] | undefined = undefined;
  #indexes: Map<string, number> | undefined = undefined;
  /** Uses of one account mostly add to the same cells in the same order, so the one after the last is looked at first. */
  #next = 0;

  /** @param distinct Cells to begin with, no two of them to be added up. */
  constructor(distinct: readonly AddedCell[] = []) {
    this.#cells = [...distinct];
  }

  get cells(): readonly AddedCell[] {
    return this.#cells;
  }

  add(cell: AddedCell): void {
    const index = this.#indexOf(cell);
    // A list that is asked for its item -1 looks for a property of that name, which takes longer than all comparisons together.
    const before = index === -1 ? undefined : this.#cells[index];
    if (before === undefined) {
      this.#indexes?.set(keyOf(cell), this.#cells.length);
      this.#cells.push(cell);
      this.#next = 0;
      return;
    }
    const sums = this.#sums ?? [];
    this.#sums = sums;
    const sum = sums[index];
    if (sum === undefined) this.#cells[index] = sums[index] = plus(before, cell.quantity);
    else sum.quantity += cell.quantity;
    this.#next = index + 1 === this.#cells.length ? 0 : index + 1;
  }

  #indexOf(cell: AddedCell): number {
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

function plus(cell: AddedCell, quantity: Micros): Sum {
  return { ...cell, quantity: cell.quantity + quantity };
}

function isSameCell(a: AddedCell | undefined, b: AddedCell): boolean {
  return (
    a?.value === b.value &&
    a.metric === b.metric &&
    a.dimension === b.dimension &&
    a.day === b.day &&
    a.hour === b.hour &&
    a.memberId === b.memberId
  );
}

function keyOf({ day, metric, dimension, value, hour, memberId }: AddedCell): string {
  return `${day}\n${metric}\n${dimension}\n${value}\n${hour}\n${memberId}`;
}
