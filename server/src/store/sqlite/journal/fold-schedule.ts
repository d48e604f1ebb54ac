import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoreFinding } from '../../store.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import type { Journal } from './journal.ts';

export interface FoldScheduleOptions {
  /** After so many milliseconds without a commit the journal is folded. 50 by default. */
  readonly foldIdleMs?: number;
  /** From so much text in the journal on it is folded under load too, for a part of the time. 20 million characters by default. */
  readonly foldCharacters?: number;
  /**
   * With so much text each commit folds a slice itself, so that the next start after a crash reads no more than this and
   * memory stays bounded. 36 million characters by default, which are read in 0.8 s of processor time. The more waits, the more changes of
   * an account are written together: a fold of half as many characters costs a tenth more of a consume's whole time.
   */
  readonly foldCharactersMax?: number;
}

/** Under load folding rests this many times as long as it works. */
const restFactor = 3;

/** Decides when the journal is folded: at once when nothing else is to be done, in part of the time under load. */
export class FoldSchedule {
  readonly #journal: Journal;
  readonly #idleMs: number;
  readonly #characters: number;
  readonly #charactersMax: number;
  #timer: NodeJS.Timeout | undefined;
  #slices: Generator<void> | undefined;
  #isBusy = false;
  #isStopped = false;
  #slicesFolded = 0;
  #slicesFailed = 0;
  #foldedMs = 0;
  #longestMs = 0;

  constructor(journal: Journal, options: FoldScheduleOptions) {
    this.#journal = journal;
    this.#idleMs = options.foldIdleMs ?? 50;
    this.#characters = options.foldCharacters ?? 20_000_000;
    this.#charactersMax = options.foldCharactersMax ?? 36_000_000;
  }

  /** Begins with what the journal held when it was opened. */
  start(): void {
    if (this.#journal.unfolded.characters > 0) this.#wakeIn(0);
  }

  /** For an operator: whether acknowledged writes reach their tables. */
  get finding(): StoreFinding {
    const { characters } = this.#journal.unfolded;
    const length = `${characters} characters wait in the journal`;
    if (this.#slicesFailed === 0) return { check: 'journal', level: 'ok', detail: `${length}.` };
    const detail = `${length}, and ${this.#slicesFailed} tries to fold it failed: look at the disk.`;
    return { check: 'journal', level: characters > this.#characters ? 'error' : 'warning', detail };
  }

  /** Since the store was opened. */
  get stats(): Readonly<Record<string, number>> {
    return {
      fold_slices_total: this.#slicesFolded,
      fold_failures_total: this.#slicesFailed,
      fold_seconds_total: this.#foldedMs / 1_000,
      fold_slice_seconds_max: this.#longestMs / 1_000,
    };
  }

  afterCommit(): void {
    this.#isBusy = true;
    if (this.#journal.unfolded.characters > this.#charactersMax) this.#foldSlice();
    else this.#wakeIn(this.#idleMs);
  }

  /** Folds all that the journal holds now, in slices between which others get their turn. @throws where a fold fails. */
  async foldAll(): Promise<void> {
    const failedBefore = this.#slicesFailed;
    // A run that is under way knows only what there was at its start.
    while (this.#slices !== undefined) await this.#foldOne();
    do await this.#foldOne();
    while (this.#slices !== undefined);
    if (this.#slicesFailed !== failedBefore)
      throw new StoreUnavailableError('The journal could not be folded.');
  }

  async #foldOne(): Promise<void> {
    this.#foldSlice();
    await nextTurn();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#slices = undefined;
  }

  #wakeIn(ms: number): void {
    if (this.#timer !== undefined || this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake();
    }, ms);
    // Folding is no reason to stay alive: a process that ends folds when it opens the file again.
    this.#timer.unref();
  }

  #wake(): void {
    const wasBusy = this.#isBusy;
    this.#isBusy = false;
    const isFull = this.#journal.unfolded.characters > this.#characters;
    if (wasBusy && !isFull && this.#slices === undefined) {
      this.#wakeIn(this.#idleMs);
      return;
    }
    const startedAt = performance.now();
    this.#foldSlice();
    if (this.#slices !== undefined) this.#wakeIn(wasBusy ? (performance.now() - startedAt) * restFactor : 0);
    else if (this.#journal.unfolded.accounts.size > 0) this.#wakeIn(this.#idleMs);
  }

  /**
   * A failure of the disk leaves everything in the journal and in memory; it is tried again after the next commit. So does any
   * other: nobody waits for a fold, and an error that nobody catches would end the process.
   */
  #foldSlice(): void {
    this.#slices ??= this.#journal.foldInSlices();
    const startedAtMs = performance.now();
    try {
      if (this.#slices.next().done) this.#slices = undefined;
      this.#slicesFolded += 1;
    } catch {
      this.#slicesFailed += 1;
      this.#slices = undefined;
    }
    const tookMs = performance.now() - startedAtMs;
    this.#foldedMs += tookMs;
    this.#longestMs = Math.max(this.#longestMs, tookMs);
  }
}
