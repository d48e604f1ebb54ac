import { ownStopwatch, SliceBudget, type Stopwatch } from './parts/slice-budget.ts';

export { SliceBudget, SliceSize } from './parts/slice-budget.ts';

/** How work in memory is parted into slices. */
export interface Slicing {
  /** Lets others have their turn. */
  readonly nextTurn: () => Promise<unknown>;
  /** Milliseconds that only grow; the process's own by default. */
  readonly stopwatchMs?: Stopwatch;
}

/**
 * What is made of each item, once and in order, in groups: a group is as many as the time of a slice allows, one at least, and others have their
 * turn before the next is made.
 */
export async function* inSlices<Item, Made>(
  items: readonly Item[],
  { nextTurn, stopwatchMs = ownStopwatch }: Slicing,
  make: (item: Item) => Made,
): AsyncGenerator<readonly Made[]> {
  for (let next = 0; next < items.length; ) {
    if (next > 0) await nextTurn();
    const budget = new SliceBudget(stopwatchMs);
    const group: Made[] = [];
    for (; next < items.length && (group.length === 0 || !budget.isSpent); next++)
      group.push(make(items[next] as Item));
    yield group;
  }
}

/** Does something with each item, once and in order, with turns for others as `inSlices` gives them. */
export async function doInSlices<Item>(
  items: readonly Item[],
  slicing: Slicing,
  act: (item: Item) => void,
): Promise<void> {
  const slices = inSlices(items, slicing, act);
  while ((await slices.next()).done !== true);
}
