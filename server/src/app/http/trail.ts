import { headers as headerNames } from '../../contract/http/headers.ts';
import type { CalledRequest } from './request/called-request.ts';

/** By what a request is found again: in its answer, in the logs, and in the caller's own traces. */
export interface Trail {
  /** The caller's own, where it sent one that can stand in a header and a log. */
  readonly requestId: string;
  readonly trace: Trace | null;
  /** The account concerned, once it is known. */
  accountId: string | null;
  /** The audit's details in addition to the call's parameters. */
  noted?: Readonly<Record<string, string>>;
}

/** The caller's ids of W3C Trace Context. */
export interface Trace {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits: the caller's span. */
  readonly parentId: string;
}

const requestIdHeader = headerNames.requestId.toLowerCase();
const requestIdPattern = /^[\w.:@-]{1,128}$/;

/** `traceparent`: https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparentPattern =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-|$)/;

/** @param newRequestId Names a request that came without a name. */
export function trailOf({ headers }: Pick<CalledRequest, 'headers'>, newRequestId: () => string): Trail {
  const given = headers.get(requestIdHeader);
  const requestId = given !== null && requestIdPattern.test(given) ? given : newRequestId();
  return { requestId, trace: traceOf(headers.get('traceparent')), accountId: null };
}

function traceOf(traceparent: string | null): Trace | null {
  const match = traceparent === null ? null : traceparentPattern.exec(traceparent);
  const [, traceId, parentId] = match ?? [];
  return traceId === undefined || parentId === undefined ? null : { traceId, parentId };
}
