'use client';
import type { View } from '@usagekit/server/contract';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { nothing, type Snapshot, type TakeIn } from '../../provider/resource-cache.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import { deriveResource, type Resource } from './resource.ts';
import { type AccountOptions, useSessionStore } from './use-session-store.ts';

export interface ResourceRequest<Data> extends AccountOptions {
  name: View;
  /** The inputs of the answer in addition to the session; compared by value. */
  parameters?: unknown;
  load(store: SessionStore): Promise<Data>;
  /** As `ResourceDefinition.takeIn`. */
  takeIn?: TakeIn<Data> | undefined;
  isEmpty?: (data: Data) => boolean;
  /** Nothing is asked for while this is true. */
  paused?: boolean | undefined;
}

const nothingToEnd = () => undefined;

/** Asks the server for one answer, keeps it in the session's cache, where the stream keeps it live, and says how it stands. */
export function useResource<Data>(request: ResourceRequest<Data>): Resource<Data> {
  const { name, parameters, load, takeIn, isEmpty, paused = false } = request;
  const signedIn = useSessionStore(request);
  const store = paused ? null : signedIn;
  const key = JSON.stringify(parameters);

  useEffect(() => store?.live.watch(), [store]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` and `parameters` are new objects in each render, and `key` says all that they depend on.
  const subscribe = useCallback(
    (onChange: () => void) =>
      store?.cache.mount({ name, parameters, load: () => load(store), takeIn }, onChange) ?? nothingToEnd,
    [store, name, key],
  );
  const { data, error } = useSyncExternalStore(
    subscribe,
    () => (store ? store.cache.read<Data>(name, parameters) : nothing),
    // What the browser takes over is what the server had, whatever has come by then.
    () => (store?.first?.(name, parameters) as Snapshot<Data> | undefined) ?? nothing,
  );

  const refresh = useCallback(async () => {
    await store?.refresh(new Set([name]));
  }, [store, name]);

  return useMemo(() => deriveResource({ data, error, isEmpty, refresh }), [data, error, isEmpty, refresh]);
}
