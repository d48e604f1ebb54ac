import type { OutageLog } from '../log/outage-log.ts';
import type { Trail } from './trail.ts';

/** The fields of a request's log line. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Of the problem that was answered; absent where there was none. */
  readonly code?: string | undefined;
  /** Whether a public visitor was answered: with 503, though nothing failed. */
  readonly isNeutral?: boolean;
  readonly milliseconds: number;
  readonly trail: Trail;
}

/**
 * Logs a line for each request. The status sets the level: server errors are errors, caller errors are warnings. A share of the
 * successful requests, and of those of public visitors, is logged, evenly spread, and while the store cannot be reached the same share of the requests that fail for it;
 * all others are always logged. Bodies, headers and query strings are never logged.
 */
export class RequestLog {
  readonly #log: OutageLog;
  readonly #share: number;
  #due = 0;

  /** @param share Of the answers below 400, from 0 to 1. */
  constructor(log: OutageLog, share: number) {
    this.#log = log;
    this.#share = share;
  }

  tell({ method, route, status, code, isNeutral = false, milliseconds, trail }: AnsweredRequest): void {
    const isCommon = isNeutral || status < 400 || (status === 503 && this.#log.isOutage);
    if (isCommon && !this.#isPicked()) return;
    const { requestId, accountId, trace } = trail;
    const fields = {
      requestId,
      method,
      route,
      status,
      ...(code === undefined ? {} : { code }),
      milliseconds: Math.round(milliseconds * 100) / 100,
      ...(accountId === null ? {} : { accountId }),
      ...(trace === null ? {} : { traceId: trace.traceId, parentId: trace.parentId }),
    };
    if (isNeutral) this.#log.info(fields, 'request');
    else if (status >= 500) this.#log.error(fields, 'request');
    else if (status >= 400) this.#log.warn(fields, 'request');
    else this.#log.info(fields, 'request');
  }

  #isPicked(): boolean {
    this.#due += this.#share;
    if (this.#due < 1) return false;
    this.#due -= 1;
    return true;
  }
}
