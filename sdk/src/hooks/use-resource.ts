'use client';
import { useCallback, useEffect, useMemo } from 'react';
import useSWR, { type Revalidator, type RevalidatorOptions, type SWRConfiguration } from 'swr';
import { compare } from 'swr/_internal';
import type { UsageKitError } from '../client/usagekit-error.ts';
import type { ResourceName } from '../provider/resource-key.ts';
import type { SessionStore } from '../provider/session-store.ts';
import { deriveResource, type Resource } from './resource.ts';
import { type AccountOptions, useSessionStore } from './use-session-store.ts';

export interface ResourceRequest<Data> extends AccountOptions {
  name: ResourceName;
  /** What the answer depends on beside the session; must be the same value, not the same object, for the same answer. */
  parameters?: unknown;
  load(store: SessionStore): Promise<Data>;
  isEmpty?: (data: Data) => boolean;
  /** Nothing is asked for while this is true. */
  paused?: boolean | undefined;
}

const retryDelayMsMin = 2_000;
const retryDelayMsMax = 30_000;

/**
 * Every option of SWR that a host's `SWRConfig` could set, so that none of its settings reaches these hooks. The ones that
 * are undefined on purpose would be joined with the host's otherwise: `use` would run its middleware on our answers.
 */
const ownSettings = {
  use: undefined,
  fallback: undefined,
  cacheData: undefined,
  fallbackData: undefined,
  suspense: false,
  compare,
  isPaused: () => false,
  // The stream follows whether the page is visible, and asks again when it comes back.
  isVisible: () => true,
  isOnline: () => true,
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
  revalidateOnMount: undefined,
  revalidateIfStale: true,
  refreshInterval: 0,
  refreshWhenHidden: false,
  refreshWhenOffline: false,
  keepPreviousData: false,
  strictServerPrefetchWarning: false,
  dedupingInterval: 2_000,
  focusThrottleInterval: 5_000,
  loadingTimeout: 3_000,
  errorRetryInterval: retryDelayMsMin,
  onLoadingSlow: () => undefined,
  onSuccess: () => undefined,
  onError: () => undefined,
  onDiscarded: () => undefined,
  shouldRetryOnError: (error: UsageKitError) => error.retryable,
  onErrorRetry(
    error: UsageKitError,
    _key: string,
    _config: unknown,
    revalidate: Revalidator,
    { retryCount = 1 }: RevalidatorOptions,
  ) {
    // A hidden page asks again when it is seen.
    if (document.visibilityState === 'hidden') return;
    const whole = Math.min(retryDelayMsMin * 2 ** (retryCount - 1), retryDelayMsMax);
    const delayMs = Math.max(whole / 2 + Math.random() * (whole / 2), (error.retryAfterSeconds ?? 0) * 1_000);
    setTimeout(revalidate, delayMs, { retryCount, dedupe: true });
  },
};

/** Asks the server for one answer, keeps it with the session, follows the stream, and says how it stands. */
export function useResource<Data>(request: ResourceRequest<Data>): Resource<Data> {
  const { name, parameters, load, isEmpty, paused = false } = request;
  const store = useSessionStore(request);

  useEffect(() => (paused ? undefined : store?.live.watch()), [store, paused]);

  const key = store && !paused ? store.keyOf(name, parameters) : null;
  const { data, error } = useSWR<Data, UsageKitError>(key, store && (() => load(store)), {
    ...ownSettings,
    ...(store && { cache: store.cache }),
    // SWR's types know neither `cache` here nor an option that is undefined on purpose.
  } as unknown as SWRConfiguration<Data, UsageKitError>);

  const refresh = useCallback(async () => {
    await store?.refresh(new Set([name]));
  }, [store, name]);

  return useMemo(() => deriveResource({ data, error, isEmpty, refresh }), [data, error, isEmpty, refresh]);
}
