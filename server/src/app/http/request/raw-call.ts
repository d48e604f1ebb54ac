import type { Services } from '../../services.ts';
import type { Trail } from '../trail.ts';
import type { CalledRequest } from './called-request.ts';

/** One request on its way, before its route has read it. */
export interface RawCall {
  readonly services: Services;
  readonly request: CalledRequest;
  readonly requestId: string;
  readonly trail: Trail;
  /** Where it came from; null where that is not known. */
  readonly address: string | null;
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}
