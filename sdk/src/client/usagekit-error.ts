import type { Action, NeutralProblem, Problem, ProblemCode, Refusal } from '@usagekit/server/contract';

/**
 * What goes wrong on the way, in addition to the server's own codes:
 *
 * - `token_unavailable`: `getToken` failed or gave something that is no token
 * - `network_error`: no answer came, the browser is offline or the server not reachable
 * - `timeout`: no whole answer within the client's time-out
 * - `malformed_answer`: an answer came that is not the server's, such as a proxy's error page
 * - `not_available`: the neutral answer that a public visitor gets
 * - `aborted`: the caller ended the request
 */
export type ClientErrorCode =
  | 'token_unavailable'
  | 'network_error'
  | 'timeout'
  | 'malformed_answer'
  | 'not_available'
  | 'aborted';

export interface UsageKitErrorOptions {
  code: ProblemCode | ClientErrorCode;
  message: string;
  status?: number | undefined;
  problem?: Problem | NeutralProblem | undefined;
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

/** The only error that client and hooks give. Decide by `code`; `message` is for people who read logs. */
export class UsageKitError extends Error {
  override readonly name = 'UsageKitError';
  declare readonly code: ProblemCode | ClientErrorCode;
  /** The HTTP status, or undefined where no answer came. */
  declare readonly status: number | undefined;
  /** The server's problem details, where it gave any. */
  declare readonly problem: Problem | NeutralProblem | undefined;
  /** From `Retry-After`, where the server says that waiting helps. */
  declare readonly retryAfterSeconds: number | undefined;

  constructor({ message, ...facts }: UsageKitErrorOptions) {
    super(message, facts);
    Object.assign(this, facts);
  }

  /** Why the gate refused, with the figures that this caller may see; undefined for other errors. */
  get refusal(): Refusal | undefined {
    return (this.problem as Partial<Problem> | undefined)?.refusal;
  }

  /** The possible remedies; empty if none is known. */
  get actions(): Action[] {
    return this.refusal?.actions ?? [];
  }

  /** For support: finds the request in the server's log. */
  get requestId(): string | undefined {
    return (this.problem as Partial<Problem> | undefined)?.requestId;
  }

  /** The caller is signed out, of another account, or the role may not see the answer; a retry changes nothing. */
  get notPermitted(): boolean {
    return this.signedOut || /^(forbidden|other_account|not_available)$/.test(this.code);
  }

  /** The server knows nobody by these credentials: the host's session has ended. */
  get signedOut(): boolean {
    return this.status === 401;
  }

  /** The same request may succeed later without any change. */
  get retryable(): boolean {
    const { code, status = 0 } = this;
    return (
      /^(network_error|timeout|token_unavailable)$/.test(code) || (status >= 500 && code !== 'not_available')
    );
  }
}
