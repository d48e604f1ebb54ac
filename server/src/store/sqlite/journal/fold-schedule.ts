import { setImmediate as nextTurn, setTimeout as rest } from 'node:timers/promises';
import type { StoreFinding } from '../../store.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import type { OverwrittenSlice, OverwrittenTo } from '../upkeep/overwrite-unused.ts';
import { type FoldStep, sliceRowsMax } from './fold-steps.ts';
import type { Journal } from './journal.ts';
import type { WriteThread } from './write-thread.ts';

export interface FoldScheduleOptions {
  /** After so many milliseconds without a commit the journal is folded. 50 by default. */
  readonly foldIdleMs?: number;
  /** From so much text in the journal on it is folded under load too, for a part of the time. 20 million characters by default. */
  readonly foldCharacters?: number;
  /**
   * With so much text the journal is folded without a rest, and with a quarter more (`fullFactor`) commits wait, so that memory and what the next
   * start after a crash reads stay bounded. 36 million characters by default, which are read in 0.8 s of processor time. The more waits, the
   * more changes of an account are written together: a fold of half as many characters costs a tenth more of a consume's whole time.
   */
  readonly foldCharactersMax?: number;
  /** Once so much text waits in the journal, a thread is started that writes to the file from then on. 2 million characters by default. */
  readonly writeThreadCharacters?: number;
}

/** Without a thread of its own, folding rests under load this many times as long as it works. */
const restFactor = 3;

/**
 * A commit may wait for a slice of the thread. So under load it rests as long as it worked, and its slices have half as many rows; it goes
 * on at once when the journal is half on the way from where folding begins to its bound.
 */
const threadSliceRowsMax = sliceRowsMax / 2;
/** Under load the thread folds a slice after a commit, and otherwise after so many milliseconds. */
const betweenSlicesMs = 5;

/** After so many pages (8 MB), or so many of commits alone, the thread puts the log into the file. */
const copiedPages = 1_000;
/** About as many as a page holds. A commit writes the last page of the journal again. */
const pageCharacters = 8_192;

/**
 * With so many times `foldCharactersMax` the journal is full: whoever writes waits until a run of folds has ended. What a run folds is counted off
 * at its end, so under a load that a fold keeps up with the journal grows beyond `foldCharactersMax` for a moment.
 */
const fullFactor = 1.25;
const charactersMaxDefault = 36_000_000;
/** As long as the journal becomes by default; what is being decided at that moment still comes on top. */
export const fullJournalCharacters: number = charactersMaxDefault * fullFactor;
/** After so many slices in a row that failed, a write that waits for room is refused; the same may be sent again. */
const triesForRoomMax = 3;

/** Decides when the journal is folded, and where: at once when nothing else is to be done, in part of the time under load. */
export class FoldSchedule {
  readonly #journal: Journal;
  readonly #startThread: (() => WriteThread) | undefined;
  readonly #idleMs: number;
  readonly #characters: number;
  readonly #charactersMax: number;
  readonly #threadCharacters: number;
  #thread: WriteThread | undefined;
  #timer: NodeJS.Timeout | undefined;
  #steps: Generator<FoldStep> | undefined;
  /** A step that the thread does. */
  #underWay: Promise<void> | undefined;
  /** The thread puts the log into the file. */
  #copyingLog: Promise<void> | undefined;
  /** About as many as commits wrote to the log since it was put into the file. */
  #loggedPages = 0;
  /** Under load the thread folds nothing before. */
  #restsUntilMs = 0;
  #isArmed = false;
  #isBusy = false;
  #isStopped = false;
  #keptHere = 0;
  #slicesFolded = 0;
  #slicesOfThread = 0;
  #slicesFailed = 0;
  #waitsForRoom = 0;
  #lastFailure = '';
  #foldedMs = 0;
  #longestMs = 0;

  /** @param startThread Starts a thread that writes to the file; without it everything is written on this one. */
  constructor(journal: Journal, options: FoldScheduleOptions, startThread?: () => WriteThread) {
    this.#journal = journal;
    this.#startThread = startThread;
    this.#idleMs = options.foldIdleMs ?? 50;
    this.#characters = options.foldCharacters ?? 20_000_000;
    this.#charactersMax = options.foldCharactersMax ?? charactersMaxDefault;
    this.#threadCharacters = options.writeThreadCharacters ?? 2_000_000;
  }

  /** Begins with what the journal held when it was opened, on the thread where it is much. */
  start(): void {
    const { characters } = this.#journal.unfolded;
    if (characters === 0) return;
    if (characters >= this.#threadCharacters) this.#wakeThread();
    this.#wakeIn(0);
  }

  /** For an operator: whether acknowledged writes reach their tables. */
  get finding(): StoreFinding {
    const { characters } = this.#journal.unfolded;
    const length = `${characters} characters wait in the journal`;
    if (this.#slicesFailed === 0 && this.#thread?.hasEnded === true)
      return {
        check: 'journal',
        level: 'warning',
        detail: `${length}. The thread that writes to the file has ended, and the server does its work: start it again.`,
      };
    if (this.#slicesFailed === 0) return { check: 'journal', level: 'ok', detail: `${length}.` };
    const detail = `${length}, and ${this.#slicesFailed} tries to fold it failed, the last of them so: ${this.#lastFailure}`;
    return { check: 'journal', level: characters > this.#characters ? 'error' : 'warning', detail };
  }

  /** Since the store was opened. */
  get stats(): Readonly<Record<string, number>> {
    return {
      fold_slices_total: this.#slicesFolded,
      fold_slices_of_thread_total: this.#slicesOfThread,
      fold_failures_total: this.#slicesFailed,
      journal_full_waits_total: this.#waitsForRoom,
      fold_seconds_total: this.#foldedMs / 1_000,
      fold_slice_seconds_max: this.#longestMs / 1_000,
    };
  }

  /** The thread, where it may append to the journal: in no time, and while no copy of the file is made. */
  get appender(): WriteThread | undefined {
    const isFree = this.#keptHere === 0 && !this.#isStopped && this.#thread?.isCopyingLog === false;
    return isFree && this.#thread?.isReady === true ? this.#thread : undefined;
  }

  /** Whether a transaction of the thread is under way, so that nothing can be written here; see `written`. */
  get isWriting(): boolean {
    return this.#thread?.isWriting === true;
  }

  /** Resolves when no transaction of the thread is under way: a millisecond or a few. */
  async written(): Promise<void> {
    if (this.isWriting) await this.#thread?.written();
  }

  /** Whether the thread does a step of a fold; see `settled`. */
  get isUnderWay(): boolean {
    return this.#underWay !== undefined;
  }

  /**
   * Resolves when no account is being folded by the thread, and it is known which ones were. The next step does not begin in the same
   * turn.
   */
  async settled(): Promise<void> {
    while (this.#underWay !== undefined) await this.#underWay;
  }

  /** Resolves when the thread neither folds nor puts the log into the file. */
  async atRest(): Promise<void> {
    while (this.#underWay !== undefined || this.#copyingLog !== undefined)
      await (this.#underWay ?? this.#copyingLog);
  }

  /** Until the returned function is called, everything is folded on this thread and its connection. */
  keepHere(): () => void {
    this.#keptHere += 1;
    return () => {
      this.#keptHere -= 1;
    };
  }

  /**
   * Has the thread overwrite a slice of what the file does not use, and starts one for it. Nothing is folded and nothing written here
   * meanwhile; commits wait. Undefined where there can be no thread.
   * @throws where the disk fails.
   */
  async overwriteApart(descriptor: number, from: OverwrittenTo): Promise<OverwrittenSlice | undefined> {
    this.#wakeThread();
    while (this.#thread?.isStarting === true) await rest(betweenSlicesMs);
    await this.atRest();
    if (this.#thread === undefined || !this.#mayUseThread) return undefined;
    const overwriting = this.#thread.overwrite(descriptor, from).finally(() => {
      this.#underWay = undefined;
      this.#wakeIn(0);
    });
    // Who asked for it gets the error.
    this.#underWay = overwriting.then(
      () => undefined,
      () => undefined,
    );
    return overwriting;
  }

  /** Whether the journal has no room for another commit; see `makeRoom`. */
  get isFull(): boolean {
    return this.#journal.unfolded.characters >= this.#charactersMax * fullFactor;
  }

  /**
   * Folds one slice after another until the journal is not full any more.
   * @throws StoreUnavailableError where slices fail, so that nothing waits without an end and the journal does not grow.
   */
  async makeRoom(): Promise<void> {
    this.#waitsForRoom += 1;
    const failedBefore = this.#slicesFailed;
    while (this.isFull && !this.#isStopped) {
      if (this.#slicesFailed - failedBefore >= triesForRoomMax)
        throw new StoreUnavailableError('The journal is full and could not be folded.');
      if (this.#mayUseThread) this.#foldApart();
      else this.#foldHere();
      await (this.#underWay ?? this.#copyingLog ?? nextTurn());
    }
  }

  /** @param characters Of the commit. */
  afterCommit(characters: number): void {
    this.#isBusy = true;
    this.#loggedPages += 1 + characters / pageCharacters;
    const waiting = this.#journal.unfolded.characters;
    if (waiting >= this.#threadCharacters) this.#wakeThread();
    if (this.#mayUseThread) {
      if (waiting > this.#characters || this.#journal.hasManyAnswers) this.#arm();
      if (this.#loggedPages > copiedPages) this.#copyLog();
      this.#wakeIn(this.#idleMs);
    } else if (waiting > this.#charactersMax) this.#foldHere();
    else this.#wakeIn(this.#idleMs);
  }

  /** Folds all that the journal holds now, in slices between which others get their turn. @throws where a fold fails. */
  async foldAll(): Promise<void> {
    const failedBefore = this.#slicesFailed;
    await this.settled();
    // A run that is under way knows only what there was at its start.
    while (this.#steps !== undefined) await this.#foldOne();
    do await this.#foldOne();
    while (this.#steps !== undefined);
    if (this.#slicesFailed !== failedBefore)
      throw new StoreUnavailableError('The journal could not be folded.');
  }

  async #foldOne(): Promise<void> {
    await this.settled();
    this.#foldHere();
    await nextTurn();
  }

  /** Ends the thread. Resolves when nothing is being folded any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.atRest();
    this.#steps = undefined;
    await this.#thread?.stop();
  }

  #wakeThread(): void {
    if (this.#thread !== undefined || this.#startThread === undefined || this.#isStopped) return;
    this.#thread = this.#startThread();
    this.#journal.otherWriter = this.#thread;
  }

  get #mayUseThread(): boolean {
    const isReady = this.#thread?.isReady === true;
    return isReady && !this.#isStopped && this.#keptHere === 0;
  }

  get #isPressed(): boolean {
    return this.#journal.unfolded.characters > (this.#characters + this.#charactersMax) / 2;
  }

  /** The commits of this turn go first, then the thread writes while they are answered. */
  #arm(): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    setImmediate(() => {
      this.#isArmed = false;
      const isDue = this.#isPressed || performance.now() >= this.#restsUntilMs;
      if (isDue && this.#mayUseThread) this.#foldApart();
    });
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
    // So does a run that has begun: nothing asks for it, and callers would wait for its steps.
    if (wasBusy && !isFull) {
      this.#wakeIn(this.#idleMs);
      return;
    }
    if (this.#mayUseThread) {
      this.#foldApart();
      return;
    }
    if (this.#thread?.isStarting === true) {
      this.#wakeIn(betweenSlicesMs);
      return;
    }
    const startedAt = performance.now();
    this.#foldHere();
    if (this.#steps !== undefined) this.#wakeIn(wasBusy ? (performance.now() - startedAt) * restFactor : 0);
    else if (this.#journal.unfolded.accounts.size > 0) this.#wakeIn(this.#idleMs);
  }

  /**
   * A failure of the disk leaves everything in the journal and in memory; it is tried again after the next commit. So does any
   * other: nobody waits for a fold, and an error that nobody catches would end the process.
   */
  #foldHere(): void {
    if (this.#underWay !== undefined) return;
    const startedAtMs = performance.now();
    try {
      const step = this.#nextStep();
      if (step !== undefined) this.#journal.run(step);
      this.#slicesFolded += 1;
    } catch (error) {
      this.#failed(error);
    }
    this.#took(performance.now() - startedAtMs);
  }

  #foldApart(): void {
    const thread = this.#thread;
    if (thread === undefined || this.#underWay !== undefined || this.#copyingLog !== undefined) return;
    const step = this.#tryNextStep();
    if (step !== undefined) this.#underWay = this.#doApart(step, thread);
    else if (this.#journal.unfolded.accounts.size > 0) this.#wakeIn(this.#idleMs);
  }

  async #doApart(step: FoldStep, thread: WriteThread): Promise<void> {
    const startedAtMs = performance.now();
    try {
      await this.#journal.runApart(step, thread);
      this.#slicesFolded += 1;
      this.#slicesOfThread += 1;
    } catch (error) {
      this.#failed(error);
    }
    this.#underWay = undefined;
    const endedAtMs = performance.now();
    const tookMs = endedAtMs - startedAtMs;
    this.#took(tookMs);
    if (thread.pagesInLog >= copiedPages) this.#copyLog();
    if (this.#isPressed) this.#arm();
    else if (this.#isBusy) {
      this.#restsUntilMs = endedAtMs + tookMs;
      this.#wakeIn(Math.max(betweenSlicesMs, tookMs));
    } else this.#wakeIn(0);
  }

  #tryNextStep(): FoldStep | undefined {
    try {
      return this.#nextStep();
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  /**
   * The next step of the run that is under way or of a new one; undefined where the run has come to its end. The thread folds answers as they
   * come: to gather them saves nothing, and what waits for long is moved about in memory.
   */
  #nextStep(): FoldStep | undefined {
    if (this.#mayUseThread && this.#journal.hasManyAnswers) return this.#journal.answersStep();
    this.#steps ??= this.#journal.foldSteps(this.#mayUseThread ? threadSliceRowsMax : sliceRowsMax);
    const { done, value } = this.#steps.next();
    if (done !== true) return value;
    this.#steps = undefined;
    return undefined;
  }

  /** Commits are appended here meanwhile. */
  #copyLog(): void {
    const thread = this.#thread;
    const isFree = this.#underWay === undefined && this.#copyingLog === undefined && this.#keptHere === 0;
    if (thread?.isReady !== true || !isFree) return;
    this.#loggedPages = 0;
    this.#copyingLog = thread.copyLog().then(() => {
      this.#copyingLog = undefined;
      this.#wakeIn(0);
    });
  }

  #failed(error: unknown): void {
    this.#slicesFailed += 1;
    this.#lastFailure = error instanceof Error ? error.message : String(error);
    this.#steps = undefined;
  }

  #took(milliseconds: number): void {
    this.#foldedMs += milliseconds;
    this.#longestMs = Math.max(this.#longestMs, milliseconds);
  }
}
