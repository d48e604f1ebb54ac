/**
 * How long a slice of background work goes on, in milliseconds. The row during which the time is over is the last one; what comes after it, such
 * as the commit, is meant to end within 10 ms of the slice's beginning.
 */
export const sliceMs = 5;

/** Milliseconds that only grow. */
export type Stopwatch = () => number;

export const ownStopwatch: Stopwatch = () => performance.now();

/** The time of one slice, begun when it is made. Whoever works asks after each row, or after a few quick ones. */
export class SliceBudget {
  readonly #stopwatchMs: Stopwatch;
  readonly #endsAtMs: number;

  constructor(stopwatchMs: Stopwatch = ownStopwatch) {
    this.#stopwatchMs = stopwatchMs;
    this.#endsAtMs = stopwatchMs() + sliceMs;
  }

  /** Whether nothing more should be begun. */
  get isSpent(): boolean {
    return this.#stopwatchMs() >= this.#endsAtMs;
  }

  /** Those of the items that there is time for, the first always. */
  *take<Item>(items: Iterable<Item>): Generator<Item> {
    for (const item of items) {
      yield item;
      if (this.isSpent) return;
    }
  }
}

export interface SliceSizeOptions {
  readonly rowsMax: number;
  /** Of the first slice; a quarter of the most by default. */
  readonly rowsFirst?: number;
  readonly stopwatchMs?: Stopwatch;
}

/** What work gains little by smaller slices than. */
const rowsMin = 4;

/**
 * The number of rows of the next slice, for work that has to say beforehand how much it takes: as many as the slice before had time for, and at
 * most twice as many as it had.
 */
export class SliceSize {
  readonly #rowsMax: number;
  readonly #stopwatchMs: Stopwatch;
  #rows: number;

  constructor({ rowsMax, rowsFirst = Math.ceil(rowsMax / 4), stopwatchMs = ownStopwatch }: SliceSizeOptions) {
    this.#rowsMax = rowsMax;
    this.#rows = rowsFirst;
    this.#stopwatchMs = stopwatchMs;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Notes the time that a slice takes; the returned function is called at its end, with the rows that it had. */
  begin(): (rows?: number) => void {
    const begunAtMs = this.#stopwatchMs();
    const asked = this.#rows;
    return (rows = asked) => {
      const tookMs = this.#stopwatchMs() - begunAtMs;
      const inTime =
        tookMs === 0 ? Number.POSITIVE_INFINITY : Math.floor((Math.max(rows, 1) * sliceMs) / tookMs);
      this.#rows = Math.max(Math.min(inTime, asked * 2, this.#rowsMax), Math.min(rowsMin, this.#rowsMax));
    };
  }
}
