import { StoreUnavailableError } from '../../store/store-errors.ts';
import type { Log } from '../app-options.ts';

type Fields = Parameters<Log['error']>[0];

/**
 * A log that tells an outage of the store once when it begins and once when it ends. Every request and every run of the scheduler
 * fails meanwhile for the same reason, so their errors are counted and get no line of their own.
 */
export class OutageLog implements Log {
  readonly #log: Log;
  readonly #stopwatchMs: () => number;
  #outage: { readonly sinceMs: number; errorsLeftOut: number } | undefined;

  /** @param stopwatchMs Milliseconds that only grow. */
  constructor(log: Log, stopwatchMs: () => number) {
    this.#log = log;
    this.#stopwatchMs = stopwatchMs;
  }

  /** Whether the store failed and has not answered since. */
  get isOutage(): boolean {
    return this.#outage !== undefined;
  }

  info(fields: Fields, message: string): void {
    this.#log.info(fields, message);
  }

  warn(fields: Fields, message: string): void {
    this.#log.warn(fields, message);
  }

  error(fields: Fields, message: string): void {
    if (!isOfStore(fields.err)) this.#log.error(fields, message);
    else if (this.#outage !== undefined) this.#outage.errorsLeftOut += 1;
    else {
      this.#outage = { sinceMs: this.#stopwatchMs(), errorsLeftOut: 0 };
      this.#log.error(fields, 'The store cannot be reached; further errors of this kind are only counted');
    }
  }

  /** Called after each success of the store; it ends the outage. */
  storeAnswered(): void {
    if (this.#outage === undefined) return;
    const { sinceMs, errorsLeftOut } = this.#outage;
    this.#outage = undefined;
    const outageSeconds = Math.round((this.#stopwatchMs() - sinceMs) / 1_000);
    this.#log.warn({ outageSeconds, errorsLeftOut }, 'The store answers again');
  }
}

function isOfStore(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  return error instanceof Error && error.cause !== undefined && isOfStore(error.cause);
}
