import { nextDueAtMs } from '../../domain/accounts/advance.ts';
import { noFacts } from '../../domain/facts.ts';
import { SliceBudget, SliceSize } from '../../store/in-slices.ts';
import { execute } from '../execute.ts';
import { LaterTries } from '../retry/later-tries.ts';
import type { Services } from '../services.ts';

/** Accounts whose due is decided in one turn at most: some milliseconds where a cycle ends. Where it takes longer, the next turn has fewer. */
const sliceSizeMax = 16;
/** Slices of one run; the rest waits for the next run. */
const slicesMax = 256;
/** The process that commits what falls due keeps doing so for this long after its last run. */
const leaseMs = 10_000;
/** So many accounts that cannot be read are passed over in the search of the one that has been due for longest. */
const unreadablePassed = 63;
/** An account whose due could not be committed is tried again after this time. */
const retryMs = 5 * 60_000;

/**
 * Commits changes that have fallen due in accounts that no request touches. It finds them by an index, in slices, in one process
 * of those on the database. Nothing depends on when it runs: a reader who looks at an account earlier sees the same figures.
 */
export class DueCommitter {
  readonly #services: () => Services;
  readonly #holder: string;
  readonly #later = new LaterTries({ delayMs: retryMs });
  readonly #size: SliceSize;

  /** @param holder Names this process among those on the database. */
  constructor(services: () => Services, holder: string) {
    this.#services = services;
    this.#holder = holder;
    this.#size = new SliceSize({
      rowsMax: sliceSizeMax,
      rowsFirst: sliceSizeMax,
      stopwatchMs: () => services().stopwatchMs(),
    });
  }

  /** Commits what has fallen due by the system's clock. */
  async run(): Promise<void> {
    const { store, clock } = this.#services();
    if (!(await store.takeLease('due', this.#holder, leaseMs))) return;
    await this.#commit(null, clock.systemMs);
  }

  /** Commits what has fallen due on a test clock that was moved. */
  runTestClock(clockId: string, nowMs: number): Promise<void> {
    return this.#commit(clockId, nowMs);
  }

  async #commit(clockId: string | null, nowMs: number): Promise<void> {
    const { store } = this.#services();
    let cursor: string | undefined;
    for (let slice = 0; slice < slicesMax; slice++) {
      const page = await store.listDue(
        { clockId, nowMs },
        { limit: this.#size.rows, ...(cursor === undefined ? {} : { cursor }) },
      );
      for (let left: readonly string[] = page.items; left.length > 0; ) left = await this.#commitSome(left);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }

  /** Commits of as many accounts as there is time for in one turn, one at least, and gives those that are left. */
  async #commitSome(accountIds: readonly string[]): Promise<readonly string[]> {
    const turn = new DueTurn(this.#size, this.#services().stopwatchMs);
    await Promise.all(accountIds.map((accountId) => this.#commitOf(accountId, turn)));
    return turn.left;
  }

  /** One that fails does not keep the others from theirs. */
  async #commitOf(accountId: string, turn: DueTurn): Promise<void> {
    const { log, clock } = this.#services();
    if (this.#later.isWaiting(accountId, clock.systemMs)) return;
    try {
      await commitDueOf(this.#services(), accountId, turn);
      this.#later.succeeded(accountId);
    } catch (error) {
      if (error instanceof TurnOverError) {
        turn.left.push(accountId);
        return;
      }
      this.#later.failed(accountId, clock.systemMs);
      log.error({ err: error, accountId }, 'What fell due in an account could not be committed');
    }
  }
}

/** The time of the turn is over; the account is left for the next. */
class TurnOverError extends Error {
  override name = 'TurnOverError';
}

/** Accounts that are decided in one turn, as long as there is time. */
class DueTurn implements Turn {
  readonly left: string[] = [];
  readonly #size: SliceSize;
  readonly #stopwatchMs: () => number;
  #budget: SliceBudget | undefined;
  #took: ((accounts: number) => void) | undefined;
  #decided = 0;

  constructor(size: SliceSize, stopwatchMs: () => number) {
    this.#size = size;
    this.#stopwatchMs = stopwatchMs;
  }

  /** @throws TurnOverError */
  begin(): void {
    if (this.#budget?.isSpent === true) throw new TurnOverError();
    this.#budget ??= new SliceBudget(this.#stopwatchMs);
    this.#took ??= this.#size.begin();
  }

  decided(): void {
    this.#decided += 1;
    this.#took?.(this.#decided);
  }
}

/**
 * For how long what fell due first by the system's clock has waited, in seconds; 0 where nothing waits. Accounts that cannot be
 * read, which are told of elsewhere, do not hide those behind them.
 */
export async function dueLagSeconds({ store, clock }: Services): Promise<number> {
  const nowMs = clock.systemMs;
  const { items } = await store.listDue({ clockId: null, nowMs }, { limit: unreadablePassed + 1 });
  for (const accountId of items) {
    const state = await store.readAccount(accountId).catch(() => undefined);
    if (state !== undefined) return Math.max(0, (nowMs - nextDueAtMs(state)) / 1_000);
  }
  return 0;
}

/** Hears of an account before it is decided, and may leave it by throwing, and when it is decided and not yet written. */
interface Turn {
  begin(): void;
  decided(): void;
}

/** Commits what has fallen due in one account. @throws what `turn` throws to leave it. */
export async function commitDueOf(services: Services, accountId: string, turn?: Turn): Promise<void> {
  services.metrics.due();
  await execute(services, {
    accountId,
    priority: 'ingest',
    begin: () => turn?.begin(),
    decide({ state }) {
      turn?.decided();
      return { outcome: null, state, facts: noFacts };
    },
  });
}
