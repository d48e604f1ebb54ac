import type { Profile } from '../../domain/accounts/state.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../app-options.ts';
import { BoundedCache } from '../callers/bounded-cache.ts';

/** The account is on a test clock that has to be read before a decision can be made. */
export class ClockNotReadError extends Error {
  override readonly name = 'ClockNotReadError';
  readonly clockId: string;

  constructor(clockId: string) {
    super(`Test clock ${clockId} has not been read`);
    this.clockId = clockId;
  }
}

const accountsKeptMax = 10_000;

/** Tells an account's time: the test clock's that it is on, or the system's. */
export class AccountClock {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Accounts that were seen on a test clock, so that it is read beforehand and not after a first try. */
  readonly #onTestClock = new BoundedCache<string>(accountsKeptMax);

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The present by the system's clock. */
  get systemMs(): number {
    return this.#clock.nowMs();
  }

  /** The account's clock as this process knows it before the account is loaded; null if nothing has to be read. */
  clockIdOf(accountId: string): string | null {
    return this.#onTestClock.get(accountId) ?? null;
  }

  /** The account's time, read fresh, since another process may have moved a test clock. */
  async now(profile: Profile): Promise<number> {
    return profile.testClockId === null ? this.systemMs : this.read(profile.testClockId);
  }

  /** The account's time from readings that were taken. @throws ClockNotReadError where its clock is not among them. */
  nowFrom(profile: Profile, readings: ReadonlyMap<string, number>): number {
    const { testClockId } = profile;
    if (testClockId === null) return this.systemMs;
    const readingMs = readings.get(testClockId);
    if (readingMs === undefined) {
      this.#onTestClock.set(profile.id, testClockId);
      throw new ClockNotReadError(testClockId);
    }
    return readingMs;
  }

  async read(clockId: string): Promise<number> {
    const clock = await this.#store.readClock(clockId);
    return clock?.nowMs ?? this.systemMs;
  }
}
