'use client';
import type { Page } from '@usagekit/server/contract';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import useSWR, { type SWRHook } from 'swr';
import { infinite, type SWRInfiniteConfiguration, type SWRInfiniteHook } from 'swr/infinite';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { joinPages } from '../derive/join-pages.ts';
import { forgetLeftPages, forgetPages } from '../provider/forget-pages.ts';
import { pagedQuerySettings } from './query-settings.ts';
import { deriveResource } from './resource.ts';
import type { PagedResource, PagesRequest } from './use-pages.ts';
import { loadKept, queriesOf, useMounted } from './use-query.ts';
import { useSessionStore } from './use-session-store.ts';

/**
 * This is `useSWRInfinite` without the host's middleware: that one hands itself to `useSWR` as middleware, which the host's
 * is always joined to. Applied by hand, it leaves `use` to our settings.
 */
const useOwnInfinite = infinite(useSWR as SWRHook) as unknown as SWRInfiniteHook;

/** A refresh of a long list reads its first pages again and lets go of the rest. */
const refreshedPagesMax = 10;

/** Which page could not be had. A list whose next page fails is still the latest answer; only a failed refresh makes it stale. */
const pageOfError = new WeakMap<object, string>();

/** A list that is asked for on demand, page by page, through SWR; see `useQuery` for what is asked for in this way and why. */
export function useQueryPages<Item extends { id: string }>(request: PagesRequest<Item>): PagedResource<Item> {
  const { name, parameters, loadPage } = request;
  const store = useSessionStore(request);
  const key = store && queriesOf(store).keyOf(name, parameters);

  const keyOfPage = (_place: number, before: Page<Item> | null) => {
    if (key === null || before === null) return key;
    return before.nextCursor === null ? null : key + before.nextCursor;
  };
  const askPage = async (pageKey: string) => {
    if (!store || key === null) throw new Error('Without a session there is no page to ask for.');
    const cursor = pageKey.slice(key.length);
    try {
      return await loadKept(queriesOf(store), key, () => loadPage(store, cursor ? { cursor } : {}));
    } catch (error) {
      pageOfError.set(error as UsageKitError, pageKey);
      throw error;
    }
  };
  const {
    data: pages,
    error,
    size,
    isValidating,
    setSize,
    mutate,
  } = useOwnInfinite<Page<Item>, UsageKitError>(
    keyOfPage,
    store && askPage,
    // SWR's types know neither `cache` here nor an option that is undefined on purpose.
    pagedQuerySettings as unknown as SWRInfiniteConfiguration<Page<Item>, UsageKitError>,
  );

  const isTooLong = size > refreshedPagesMax;
  useMounted(() => {
    if (!store || key === null) return;
    const refreshPages = async () => {
      if (isTooLong) void setSize(refreshedPagesMax);
      await mutate();
      forgetLeftPages(key);
    };
    return queriesOf(store).mount({
      name,
      key,
      refresh: refreshPages,
      forget: () => forgetPages(key),
      // SWR itself would show a list that comes back as it was.
      onReturn: () => void refreshPages(),
    });
  }, [store, name, key, isTooLong, setSize, mutate]);
  useEffect(() => store?.live.watch(), [store]);

  const data = useMemo(() => pages && joinPages(pages), [pages]);
  const hasMore = typeof data?.nextCursor === 'string';
  const pageCount = pages?.length ?? 0;
  const isLoadingMore = isValidating && hasMore && pageCount < size;
  const isOfNextPage =
    error && !error.notPermitted && hasMore && pageOfError.get(error) === `${key}${data.nextCursor}`;

  const awaited = useRef<{ settled: Promise<void>; settle(): void }>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer or the failure may come within one turn, and then shows by itself.
  useEffect(() => {
    if (isValidating) return;
    awaited.current?.settle();
    awaited.current = undefined;
  }, [isValidating, pages, error]);
  useEffect(() => () => awaited.current?.settle(), []);

  const loadMore = useCallback(async () => {
    if (!hasMore || isLoadingMore || awaited.current) return awaited.current?.settled;
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    awaited.current = { settled, settle };
    void setSize(pageCount + 1);
    // It takes the place of a refresh that is under way, which would be lost.
    if (isValidating) void mutate();
    return settled;
  }, [hasMore, isLoadingMore, isValidating, pageCount, setSize, mutate]);

  const refresh = useCallback(async () => {
    await store?.refresh(new Set([name]));
  }, [store, name]);

  return useMemo(
    () => ({
      ...deriveResource({ data, error: isOfNextPage ? undefined : error, isEmpty, refresh }),
      hasMore,
      isLoadingMore,
      loadMoreError: isOfNextPage ? error : undefined,
      loadMore,
    }),
    [data, error, isOfNextPage, refresh, hasMore, isLoadingMore, loadMore],
  );
}

const isEmpty = ({ items }: Page<unknown>) => items.length === 0;
