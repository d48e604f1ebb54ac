import type { Refusal } from '../contract/gate/gate.ts';
import { isProblem, type Reply } from './transport.ts';

/** Headers of a refusal that a host may pass on to its own caller. */
export const refusalHeaderNames = ['RateLimit', 'RateLimit-Policy', 'Retry-After', 'Link'] as const;

/** The gate said no. `refusal` is the whole story, as a secret key may read it; cut it before it leaves the backend. */
export interface Refused {
  /** The use may not go on. */
  readonly allowed: false;
  /** 402, 403 or 429. */
  readonly status: number;
  /** Why, with figures and what helps. */
  readonly refusal: Refusal;
  /** The headers named in `refusalHeaderNames` that the answer had. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The refusal in a reply, or null where it is another error. */
export function refusedOf(reply: Reply): Refused | null {
  const { body, status } = reply;
  if (!isProblem(body) || body.refusal === undefined) return null;
  const headers: Record<string, string> = {};
  for (const name of refusalHeaderNames) {
    const value = reply.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { allowed: false, status, refusal: body.refusal, headers };
}
