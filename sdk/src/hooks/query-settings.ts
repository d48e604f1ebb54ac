'use client';
import type { Revalidator, RevalidatorOptions } from 'swr';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { retryDelayMs } from '../live/retry-delay.ts';
import { compareAnswers, queryCache } from '../provider/query-cache.ts';

/**
 * Every option of SWR that a host's `SWRConfig` could set, so that none of its settings reaches our queries. The ones that
 * are undefined on purpose would be joined with the host's otherwise: `use` would run its middleware on our answers.
 */
export const querySettings = {
  cache: queryCache,
  use: undefined,
  fetcher: undefined,
  fallback: undefined,
  cacheData: undefined,
  fallbackData: undefined,
  suspense: false,
  compare: compareAnswers,
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
  /** An answer younger than this is not asked for again by the next component that shows it. */
  dedupingInterval: 2_000,
  focusThrottleInterval: 5_000,
  loadingTimeout: 3_000,
  errorRetryInterval: 2_000,
  errorRetryCount: undefined,
  onLoadingSlow: () => undefined,
  onSuccess: () => undefined,
  onError: () => undefined,
  onDiscarded: () => undefined,
  shouldRetryOnError: (error: UsageKitError) => error.retryable,
  onErrorRetry(
    error: UsageKitError,
    _key: string,
    _settings: unknown,
    revalidate: Revalidator,
    { retryCount = 1 }: RevalidatorOptions,
  ) {
    // A hidden page asks again when it is seen.
    if (document.visibilityState === 'hidden') return;
    const delayMs = retryDelayMs(retryCount, error.retryAfterSeconds);
    setTimeout(revalidate, delayMs, { retryCount, dedupe: true });
  },
};

/** The same for lists in pages. A list of another session begins anew; of the same one its length stays. */
export const pagedQuerySettings = {
  ...querySettings,
  initialSize: 1,
  revalidateAll: false,
  // Otherwise each further page would ask for the first one again.
  revalidateFirstPage: false,
  persistSize: false,
  parallel: false,
};
