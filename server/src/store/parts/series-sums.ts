import { apiBounds } from '../../contract/api-bounds.ts';
import { otherValue } from '../../contract/usage/other-value.ts';
import type { UsageCell } from '../../domain/usage/state.ts';

type SeriesCell = Pick<UsageCell, 'day' | 'value' | 'quantity'>;

/**
 * Sums of one metric and dimension by day and value. A day keeps as many values as `apiBounds.seriesValuesMax`, the first
 * that come; what comes after them is added to that day's `otherValue`.
 */
export class SeriesSums {
  #days = new Map<number, Map<string, bigint>>();

  copy(): SeriesSums {
    const copy = new SeriesSums();
    copy.#days = new Map([...this.#days].map(([day, values]) => [day, new Map(values)]));
    return copy;
  }

  add({ day, value, quantity }: SeriesCell): void {
    let values = this.#days.get(day);
    if (values === undefined) {
      values = new Map();
      this.#days.set(day, values);
    }
    // The rows of a table come in no order, so that the sum of the others may come before values that are kept.
    const named = values.size - (values.has(otherValue) ? 1 : 0);
    const isKept = value === otherValue || values.has(value) || named < apiBounds.seriesValuesMax;
    const kept = isKept ? value : otherValue;
    values.set(kept, (values.get(kept) ?? 0n) + quantity);
  }

  /** From the first day on, before the other. */
  cells(fromDay: number, toDay: number): SeriesCell[] {
    const cells: SeriesCell[] = [];
    for (const [day, values] of this.#days) {
      if (day < fromDay || day >= toDay) continue;
      for (const [value, quantity] of values) cells.push({ day, value, quantity });
    }
    return cells;
  }
}
