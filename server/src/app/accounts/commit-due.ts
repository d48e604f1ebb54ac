import { nextDueAtMs } from '../../domain/accounts/advance.ts';
import { noFacts } from '../../domain/facts.ts';
import { SliceSize } from '../../store/in-slices.ts';
import { execute } from '../execute.ts';
import { LaterTries } from '../retry/later-tries.ts';
import type { Services } from '../services.ts';

/** Accounts whose due is decided in one turn at most: some milliseconds where a cycle ends. Where it takes longer, the next turn has fewer. */
const sliceSizeMax = 16;
/** Slices of one run; the rest waits for the next run. */
const slicesMax = 256;
/** The process that commits what falls due keeps doing so for this long after its last run. */
const leaseMs = 10_000;
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
      const decided = this.#timed();
      await Promise.all(page.items.map((accountId) => this.#commitOf(accountId, decided)));
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }

  /** Hears of each account of a slice that is decided. From the first to the last it is the time of the others. */
  #timed(): () => void {
    let took: ((accounts: number) => void) | undefined;
    let others = 0;
    return () => {
      if (took === undefined) {
        took = this.#size.begin();
        return;
      }
      others += 1;
      took(others);
    };
  }

  /** One that fails does not keep the others from theirs. */
  async #commitOf(accountId: string, decided: () => void): Promise<void> {
    const { log, clock } = this.#services();
    if (this.#later.isWaiting(accountId, clock.systemMs)) return;
    try {
      await commitDueOf(this.#services(), accountId, decided);
      this.#later.succeeded(accountId);
    } catch (error) {
      this.#later.failed(accountId, clock.systemMs);
      log.error({ err: error, accountId }, 'What fell due in an account could not be committed');
    }
  }
}

/** For how long what fell due first by the system's clock has waited, in seconds; 0 where nothing waits. */
export async function dueLagSeconds({ store, clock }: Services): Promise<number> {
  const nowMs = clock.systemMs;
  const { items } = await store.listDue({ clockId: null, nowMs }, { limit: 1 });
  const [accountId] = items;
  const state =
    accountId === undefined ? undefined : await store.readAccount(accountId).catch(() => undefined);
  return state === undefined ? 0 : Math.max(0, (nowMs - nextDueAtMs(state)) / 1_000);
}

/** Commits what has fallen due in one account. @param decided Hears when it is decided, and not yet written. */
export async function commitDueOf(
  services: Services,
  accountId: string,
  decided: () => void = () => undefined,
): Promise<void> {
  services.metrics.due();
  await execute(services, {
    accountId,
    priority: 'ingest',
    decide({ state }) {
      decided();
      return { outcome: null, state, facts: noFacts };
    },
  });
}
