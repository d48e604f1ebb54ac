import { doubled, msPerHour } from '../../contract/values/durations.ts';
import { StoreUnavailableError } from '../../store/store-errors.ts';
import type { Log } from '../app-options.ts';

type Fields = Parameters<Log['error']>[0];

/**
 * After so long without a failure an outage is over: a full disk takes some writes and not others, and the store seems to come and go.
 */
export const steadyMs = 10_000;
/** An outage that goes on is told again after so long, then after twice as long, up to the longest. */
const remindedAfterMs = 60_000;
const remindedAfterMsMax = msPerHour;

interface Outage {
  readonly sinceMs: number;
  failedAtMs: number;
  /** The first answer after the last failure. */
  answeredAtMs: number | undefined;
  errorsLeftOut: number;
  toldAtMs: number;
  reminders: number;
}

/**
 * A log that tells an outage of the store when it begins, at growing distances while it goes on, and when it ends. Every request and every
 * run of the scheduler fails meanwhile for the same reason, so their errors are counted and get no line of their own.
 */
export class OutageLog implements Log {
  readonly #log: Log;
  readonly #stopwatchMs: () => number;
  #outage: Outage | undefined;

  /** @param stopwatchMs Milliseconds that only grow. */
  constructor(log: Log, stopwatchMs: () => number) {
    this.#log = log;
    this.#stopwatchMs = stopwatchMs;
  }

  /** Whether the store failed and has not answered for a while since. */
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
    else if (this.#outage === undefined) this.#begin(fields);
    else this.#goOn(this.#outage);
  }

  /** Called after each success of the store; it ends the outage where the last failure is a while ago. */
  storeAnswered(): void {
    if (this.#outage === undefined) return;
    const nowMs = this.#stopwatchMs();
    this.#outage.answeredAtMs ??= nowMs;
    const { sinceMs, failedAtMs, answeredAtMs, errorsLeftOut } = this.#outage;
    if (nowMs - failedAtMs < steadyMs) return;
    this.#outage = undefined;
    const outageSeconds = secondsBetween(sinceMs, answeredAtMs);
    this.#log.warn({ outageSeconds, errorsLeftOut }, 'The store answers again');
  }

  #begin(fields: Fields): void {
    const nowMs = this.#stopwatchMs();
    this.#outage = {
      sinceMs: nowMs,
      failedAtMs: nowMs,
      answeredAtMs: undefined,
      errorsLeftOut: 0,
      toldAtMs: nowMs,
      reminders: 0,
    };
    this.#log.error(fields, 'The store cannot be reached; further errors of this kind are only counted');
  }

  #goOn(outage: Outage): void {
    const nowMs = this.#stopwatchMs();
    outage.failedAtMs = nowMs;
    outage.answeredAtMs = undefined;
    outage.errorsLeftOut += 1;
    if (nowMs - outage.toldAtMs < doubled(remindedAfterMs, outage.reminders, remindedAfterMsMax)) return;
    outage.toldAtMs = nowMs;
    outage.reminders += 1;
    const { sinceMs, errorsLeftOut } = outage;
    this.#log.error(
      { outageSeconds: secondsBetween(sinceMs, nowMs), errorsLeftOut },
      'The store still cannot be reached, or not every time',
    );
  }
}

function secondsBetween(fromMs: number, toMs: number): number {
  return Math.round((toMs - fromMs) / 1_000);
}

function isOfStore(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  return error instanceof Error && error.cause !== undefined && isOfStore(error.cause);
}
