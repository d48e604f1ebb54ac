import type { Refusal } from '../gate/gate.ts';
import type { ProblemCode } from './errors.ts';

/** One thing that was wrong with the input. */
export interface InvalidParameter {
  /** JSON Pointer (RFC 6901) into the body, or `?name` of the query, or `Header-Name`. */
  pointer: string;
  /** The mistake. */
  detail: string;
  /** The accepted values. */
  accepted: string;
}

/** Problem details (RFC 9457), sent as `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: ProblemCode;
  requestId: string;
  invalidParameters?: InvalidParameter[];
  /** Present when the gate refused; cut to what the caller's role may see. */
  refusal?: Refusal;
}

/** All that a public visitor reads of a refusal. */
export interface NeutralProblem {
  type: 'about:blank';
  title: 'Not available';
  status: 503;
  detail: string;
}
