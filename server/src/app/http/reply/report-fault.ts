import type { Services } from '../../services.ts';
import type { Trail } from '../trail.ts';

/** Tells the operator of a request that failed for no fault of its caller. */
export function reportFault(
  { log }: Services,
  error: unknown,
  { route, trail }: { route: string; trail: Trail },
): void {
  const { requestId, accountId } = trail;
  log.error({ err: error, requestId, route, accountId }, 'A request failed');
}
