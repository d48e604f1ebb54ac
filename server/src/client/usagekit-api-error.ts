import type { ProblemCode } from '../contract/http/errors.ts';
import type { NeutralProblem, Problem } from '../contract/http/problem.ts';

/** Codes of errors that happen before the server has answered, in addition to the server's own codes. */
export type TransportCode = 'network_error' | 'timeout' | 'aborted' | 'malformed_answer';

/**
 * A call that failed for another reason than a refusal. Decide by `code`; `message` is for logs. Retries have been
 * made already where they could help.
 */
export class UsageKitApiError extends Error {
  override readonly name = 'UsageKitApiError';
  readonly code: ProblemCode | TransportCode;
  /** The HTTP status, or null where no answer came. */
  readonly status: number | null;
  /** The server's problem details, where it gave any. */
  readonly problem: Problem | NeutralProblem | null;

  constructor(
    code: ProblemCode | TransportCode,
    message: string,
    options: { status?: number; problem?: Problem | NeutralProblem; cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.status = options.status ?? null;
    this.problem = options.problem ?? null;
  }
}
