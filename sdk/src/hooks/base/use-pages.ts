'use client';
import type { Page, PageQuery, View } from '@usagekit/server/contract';
import { useCallback, useMemo, useState } from 'react';
import { withVersionOf } from '../../client/answer-version.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { keyOf, type TakeIn } from '../../provider/resource-cache.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from './resource.ts';
import { useResource } from './use-resource.ts';
import { type AccountOptions, useSessionStore } from './use-session-store.ts';

/** A list that is read page by page: `data` holds all pages so far as if they were one. */
export interface PagedResource<Item> extends Resource<Page<Item>> {
  /** Whether the server has more. */
  hasMore: boolean;
  /** Whether the next page is on its way. */
  isLoadingMore: boolean;
  /** Why the last `loadMore` failed; the pages so far stay. */
  loadMoreError: UsageKitError | undefined;
  /** Adds the next page, of so many items where a size is given. Does nothing while one is on its way or there is none. Never rejects. */
  loadMore(pageSize?: number): Promise<void>;
}

export interface PagesRequest<Item> extends AccountOptions {
  /** Nothing is asked for while this is true. */
  paused?: boolean | undefined;
  name: View;
  parameters: object;
  loadPage(store: SessionStore, page: PageQuery): Promise<Page<Item>>;
  /** The list with what a message carries of it; undefined where it carries nothing. */
  takeIn?: TakeIn<Page<Item>>;
}

/** Keeps a list's pages as one answer, so that stream and refresh treat it as any other. */
export function usePages<Item extends { id: string }>(request: PagesRequest<Item>): PagedResource<Item> {
  const { name, parameters, loadPage } = request;
  const store = useSessionStore(request);
  const [more, setMore] = useState<MoreState>({ key: '', loading: false, error: undefined });

  const resource = useResource<Page<Item>>({
    ...request,
    async load(from) {
      const before = from.cache.read<Page<Item>>(name, parameters).data;
      const first = await loadPage(from, {});
      if (!before) return first;
      const { readAgain } = (await from.live.load()).lists;
      return withVersionOf(await readAgain(first, before, (cursor) => loadPage(from, { cursor })), first);
    },
    isEmpty,
  });

  const key = JSON.stringify([store?.session, name, parameters]);
  const ofThisList = more.key === key ? more : undefined;
  const isLoadingMore = ofThisList?.loading ?? false;
  const { data } = resource;

  const loadMore = useCallback(
    async (limit?: number) => {
      const cursor = data?.nextCursor;
      if (!store || !cursor || isLoadingMore) return;
      const settle = (state: Omit<MoreState, 'key'>) => setMore({ key, ...state });
      settle({ loading: true, error: undefined });
      const { addPage } = (await store.live.load()).lists;
      const error = await addPage(store, { key: keyOf(name, parameters), cursor }, () =>
        loadPage(store, limit === undefined ? { cursor } : { cursor, limit }),
      );
      settle({ loading: false, error });
    },
    [store, data, isLoadingMore, key, name, parameters, loadPage],
  );

  return useMemo(
    () => ({
      ...resource,
      hasMore: typeof data?.nextCursor === 'string',
      isLoadingMore,
      loadMoreError: ofThisList?.error,
      loadMore,
    }),
    [resource, data, isLoadingMore, ofThisList?.error, loadMore],
  );
}

interface MoreState {
  /** The list that it speaks of; another filter starts from the beginning. */
  key: string;
  loading: boolean;
  error: UsageKitError | undefined;
}

const isEmpty = ({ items }: Page<unknown>) => items.length === 0;
