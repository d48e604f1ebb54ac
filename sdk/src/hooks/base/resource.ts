import type { UsageKitError } from '../../client/usagekit-error.ts';

/**
 * How one answer of the server stands.
 *
 * - `loading`: nothing to show yet
 * - `ready`: the figures are the server's latest answer
 * - `empty`: answered, and there is nothing in it yet
 * - `stale`: the last figures are shown while a refresh failed or the line is down; `error` says why
 * - `error`: failed, and there is nothing older to show
 * - `not_permitted`: the caller's role may not see it
 */
export type ResourceStatus = 'loading' | 'ready' | 'empty' | 'error' | 'stale' | 'not_permitted';

/** The result of every data hook. */
export interface Resource<Data> {
  /** Whether there is an answer, none yet, or none to be had. */
  status: ResourceStatus;
  /** Present in `ready`, `empty` and `stale` only, and always of the present session. */
  data: Data | undefined;
  /** Why the last try failed; undefined once one succeeds. */
  error: UsageKitError | undefined;
  /** The answer's `asOf`, from which relative times are computed; undefined if the answer has none. */
  asOf: string | undefined;
  /** Asks again now. Settles when the answer is shown or has failed; never rejects. */
  refresh(): Promise<void>;
}

/** The input of `deriveResource`. */
export interface ResourceState<Data> {
  data: Data | undefined;
  error: UsageKitError | undefined;
  isEmpty?: ((data: Data) => boolean) | undefined;
  refresh?: (() => Promise<void>) | undefined;
}

/** The resource that an answer, a failure, both or neither amount to. */
export function deriveResource<Data>({
  data,
  error,
  isEmpty,
  refresh = nothing,
}: ResourceState<Data>): Resource<Data> {
  // The caller may not see figures from before a demotion any more.
  const shown = error?.notPermitted ? undefined : data;
  const resource = (status: ResourceStatus) => ({ status, data: shown, error, asOf: asOfOf(shown), refresh });
  if (error?.notPermitted) return resource('not_permitted');
  if (shown === undefined) return resource(error ? 'error' : 'loading');
  return resource(error ? 'stale' : isEmpty?.(shown) ? 'empty' : 'ready');
}

/**
 * Wraps figures that the host already has, so that a component which was given `data` reads them as a hook's answer.
 * `refresh` does nothing.
 */
export function resourceOf<Data>(data: Data, isEmpty?: (data: Data) => boolean): Resource<Data> {
  return deriveResource({ data, error: undefined, isEmpty });
}

async function nothing(): Promise<void> {}

function asOfOf(data: unknown): string | undefined {
  const asOf = (data as { asOf?: unknown } | null)?.asOf;
  return typeof asOf === 'string' ? asOf : undefined;
}
