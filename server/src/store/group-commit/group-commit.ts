import { Fifo } from '../parts/fifo.ts';
import type { Decided, Loaded, Needs, Store } from '../store.ts';
import { AccountsBusyError, ReadOnlyError, StoreUnavailableError } from '../store-errors.ts';
import { BatchOverlay } from './batch-overlay.ts';
import { ParkedAccounts } from './parked-accounts.ts';

/** One unit of work: what it needs, and a pure decision about it. */
export interface Command<Result> {
  readonly needs: Needs;
  /** Gates (somebody waits for an admission) go before ingest (facts that were reported). */
  readonly priority: 'gate' | 'ingest';
  /** About how many rows it will write; at least 1. */
  readonly rows: number;
  /** As in `Store.write`: synchronous, without effects of its own, may run more than once. */
  decide(loaded: Loaded): Decided<Result>;
}

/** How a transaction went. */
export interface CommittedBatch {
  readonly commands: number;
  readonly milliseconds: number;
  readonly outcome: 'committed' | 'failed';
}

export interface GroupCommitOptions {
  readonly store: Store;
  /** Runs the callback once the present turn of the event loop is over: `setImmediate` in Node. */
  readonly schedule: (flush: () => void) => void;
  /** Milliseconds that only grow, by which transactions are timed; they take no time without. */
  readonly stopwatchMs?: () => number;
  /** Hears of each transaction. */
  readonly observe?: (batch: CommittedBatch) => void;
  /**
   * Rows that one transaction may write; a command with more goes alone. 400 by default: 100 consumes, which are decided and written in 3 to 9 ms
   * of processor time, where 250 took up to 56, and at no higher cost for each.
   */
  readonly batchRowsMax?: number;
}

export interface GroupCommit {
  /**
   * Decides the command and resolves with its result once it is durable. Commands of one priority are decided in the order in
   * which they were submitted, and each sees the writes of the commands before it. The one exception: if another process changed
   * the same accounts, a batch may be decided after the batch that follows it. Rejects with the error that `decide` threw, or
   * with an Error if the writes are not numbered or locked as `Writes` demands, or with what the store says of writes that it cannot take;
   * only that command is lost.
   * @throws StoreUnavailableError when the store failed or `drain` was called; nothing was written. Whatever else `Store.write` throws,
   * which is a mistake in the program.
   */
  submit<Result>(command: Command<Result>): Promise<Result>;
  /** Resolves when everything accepted is answered; from its call on new commands are refused. */
  drain(): Promise<void>;
  /** Commands accepted and not yet answered. */
  readonly depth: number;
}

interface Waiting {
  readonly command: Command<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

const batchRowsMaxDefault = 400;

/** So many commands go together even where they could be shared among several batches. */
const sharedBatchSize = 8;

/** Batches that may go by without ingest before one of its commands goes first, so that gates cannot starve it. */
const ingestPatienceBatches = 8;

/**
 * Gathers the commands that arrive in one turn of the event loop, or while other batches are being written, into one
 * `Store.write`. The commands share the cost of a commit, and a hot account becomes one batch instead of a queue of locks.
 *
 * @example
 * const commit = createGroupCommit({ store, schedule: setImmediate });
 * const answer = await commit.submit({ needs: { accountIds: ['a'] }, priority: 'gate', rows: 4, decide });
 */
export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { store, schedule, batchRowsMax = batchRowsMaxDefault } = options;
  const { stopwatchMs = () => 0, observe = () => {} } = options;
  const gates = new Fifo<Waiting>();
  const ingest = new Fifo<Waiting>();
  let depth = 0;
  let batchesWithoutIngest = 0;
  let isArmed = false;
  let batchesUnderWay = 0;
  let isDraining = false;
  let onDrained: (() => void)[] = [];
  const parked = new ParkedAccounts<Waiting>({
    write: (items) => writeBatch(items),
    fail(items, error) {
      for (const waiting of items) waiting.reject(error);
      answered(items.length);
    },
  });

  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    // Split the queue: if one batch took all commands, all callers would return together and the pipeline would run empty.
    const sizeMax = Math.max(sharedBatchSize, Math.ceil((depth - parked.count) / store.writesUnderWayMax));
    let rows = 0;
    const takeFrom = (queue: Fifo<Waiting>, commandsMax = Number.POSITIVE_INFINITY): void => {
      for (let taken = 0; taken < commandsMax; taken++) {
        const next = queue.peek();
        if (next === undefined) return;
        if (batch.length === sizeMax || (batch.length > 0 && rows + next.command.rows > batchRowsMax)) return;
        rows += next.command.rows;
        batch.push(next);
        queue.drop(1);
      }
    };

    const ingestBefore = ingest.length;
    if (batchesWithoutIngest >= ingestPatienceBatches) takeFrom(ingest, 1);
    takeFrom(gates);
    takeFrom(ingest);
    batchesWithoutIngest = ingestBefore > 0 && ingest.length === ingestBefore ? batchesWithoutIngest + 1 : 0;
    return batch;
  }

  /** Start another batch only when at least an average batch is waiting. */
  function isBatchDue(): boolean {
    const waiting = gates.length + ingest.length;
    if (batchesUnderWay === 0) return waiting > 0;
    const underWay = depth - waiting - parked.count;
    return batchesUnderWay < store.writesUnderWayMax && waiting * batchesUnderWay >= underWay;
  }

  function arm(): void {
    if (isArmed || !isBatchDue()) return;
    isArmed = true;
    schedule(() => {
      isArmed = false;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    const batch = takeBatch();
    batchesUnderWay += 1;
    // If the store accepts another batch, commands that arrive now need not wait for this one.
    arm();
    await writeOrPark(batch, endBatch);
  }

  /** Writes the commands; those of accounts that are held elsewhere wait apart. */
  async function writeOrPark(batch: readonly Waiting[], onAnswered = () => {}): Promise<void> {
    let left = batch;
    while (left.length > 0) {
      try {
        await writeBatch(left, onAnswered);
        return;
      } catch (error) {
        if (!(error instanceof AccountsBusyError)) throw error;
        // Only the commands of the held accounts wait; the others go on at once, by themselves.
        left = park(left, error.accountIds);
      }
    }
    onAnswered();
  }

  function endBatch(): void {
    batchesUnderWay -= 1;
    arm();
  }

  /** Commits commands and answers them, with the error where the store fails. @throws AccountsBusyError */
  async function writeBatch(batch: readonly Waiting[], onAnswered = () => {}): Promise<void> {
    const startedAtMs = stopwatchMs();
    const observed = (outcome: CommittedBatch['outcome']) =>
      observe({ commands: batch.length, milliseconds: stopwatchMs() - startedAtMs, outcome });
    try {
      const outcomes = await store.write(needsOf(batch), (loaded) => decideBatch(batch, loaded));
      batch.forEach((waiting, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined && 'result' in outcome) waiting.resolve(outcome.result);
        else waiting.reject(outcome?.error);
      });
      observed('committed');
    } catch (error) {
      if (error instanceof AccountsBusyError) throw error;
      observed('failed');
      if (batch.length > 1 && isOfOneCommand(error)) {
        const half = Math.ceil(batch.length / 2);
        await writeOrPark(batch.slice(0, half));
        await writeOrPark(batch.slice(half));
        onAnswered();
        return;
      }
      // The store knows what may succeed later; anything else is a mistake in the program, and is told as one.
      for (const waiting of batch) waiting.reject(error);
    }
    answered(batch.length);
    onAnswered();
  }

  function answered(count: number): void {
    depth -= count;
    if (depth > 0) return;
    for (const resolve of onDrained) resolve();
    onDrained = [];
  }

  /** Lets the commands of the accounts wait, and gives the others. */
  function park(batch: readonly Waiting[], accountIds: readonly string[]): Waiting[] {
    const held = new Set(accountIds);
    const others: Waiting[] = [];
    for (const waiting of batch) {
      const accountId = waiting.command.needs.accountIds.find((id) => held.has(id));
      if (accountId === undefined) others.push(waiting);
      else parked.add(accountId, [waiting]);
    }
    return others;
  }

  return {
    submit<Result>(command: Command<Result>): Promise<Result> {
      if (isDraining) {
        return Promise.reject(
          new StoreUnavailableError('The server is stopping; ask again elsewhere or later.'),
        );
      }
      return new Promise<Result>((resolve, reject) => {
        const queue = command.priority === 'gate' ? gates : ingest;
        // The result comes from this very command's `decide`, so it is a Result.
        const waiting = { command, resolve: resolve as (result: unknown) => void, reject };
        depth += 1;
        const held = parked.heldOf(command.needs.accountIds);
        if (held !== undefined) parked.add(held, [waiting]);
        else {
          queue.push(waiting);
          arm();
        }
      });
    },
    drain() {
      isDraining = true;
      if (depth === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onDrained.push(resolve);
      });
    },
    get depth() {
      return depth;
    },
  };
}

/**
 * Whether one command of a batch may have brought the error about, as with a value that the database does not take, so that the others
 * may pass without it. What the store cannot do now it can do for none of them.
 */
function isOfOneCommand(error: unknown): boolean {
  return !(error instanceof StoreUnavailableError || error instanceof ReadOnlyError);
}

/** Decides one command after another; each sees what those before it wrote. One that throws or writes amiss fails alone. */
function decideBatch(batch: readonly Waiting[], loaded: Loaded): Decided<readonly Outcome[]> {
  const overlay = new BatchOverlay(loaded);
  const outcomes: Outcome[] = [];
  for (const { command } of batch) {
    try {
      const { writes, result } = command.decide(overlay);
      overlay.add(writes);
      outcomes.push({ result });
    } catch (error) {
      outcomes.push({ error });
    }
  }
  return { writes: overlay.writes(), result: outcomes };
}

/** The needs of all commands of the batch together. */
function needsOf(batch: readonly Waiting[]): Needs {
  const first = batch[0];
  if (batch.length === 1 && first !== undefined) return first.command.needs;
  const accountIds = new Set<string>();
  const all = {
    answers: [] as NonNullable<Needs['answers']>[number][],
    members: [] as NonNullable<Needs['members']>[number][],
    tasks: [] as NonNullable<Needs['tasks']>[number][],
    holds: [] as NonNullable<Needs['holds']>[number][],
    eventIds: [] as NonNullable<Needs['eventIds']>[number][],
    purchases: [] as NonNullable<Needs['purchases']>[number][],
    invoices: [] as NonNullable<Needs['invoices']>[number][],
    charges: [] as NonNullable<Needs['charges']>[number][],
    notices: [] as NonNullable<Needs['notices']>[number][],
  };
  for (const { command } of batch) {
    const { needs } = command;
    for (const id of needs.accountIds) accountIds.add(id);
    if (needs.answers) all.answers.push(...needs.answers);
    if (needs.members) all.members.push(...needs.members);
    if (needs.tasks) all.tasks.push(...needs.tasks);
    if (needs.holds) all.holds.push(...needs.holds);
    if (needs.eventIds) all.eventIds.push(...needs.eventIds);
    if (needs.purchases) all.purchases.push(...needs.purchases);
    if (needs.invoices) all.invoices.push(...needs.invoices);
    if (needs.charges) all.charges.push(...needs.charges);
    if (needs.notices) all.notices.push(...needs.notices);
  }
  return { accountIds: [...accountIds], ...all };
}
