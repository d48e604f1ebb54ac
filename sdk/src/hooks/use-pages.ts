'use client';
import type { Page, PageQuery } from '@usagekit/server/contract';
import { useCallback, useMemo, useState } from 'react';
import type { UsageKitError } from '../client/usagekit-error.ts';
import type { ResourceName } from '../provider/resource-name.ts';
import type { SessionStore } from '../provider/session-store.ts';
import type { Resource } from './resource.ts';
import { useResource } from './use-resource.ts';
import { type AccountOptions, useSessionStore } from './use-session-store.ts';

/** A list that is read page by page: `data` holds all pages so far as if they were one. */
export interface PagedResource<Item> extends Resource<Page<Item>> {
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Why the last `loadMore` failed; the pages so far stay. */
  loadMoreError: UsageKitError | undefined;
  /** Adds the next page. Does nothing while one is on its way or there is none. Never rejects. */
  loadMore(): Promise<void>;
}

export interface PagesRequest<Item> extends AccountOptions {
  name: ResourceName;
  parameters: object;
  loadPage(store: SessionStore, page: PageQuery): Promise<Page<Item>>;
}

/** Pages so far; a refresh reads as many again. */
interface LoadedPages<Item> extends Page<Item> {
  pageCount: number;
}

/** A refresh of a long list reads its first pages again and lets go of the rest. */
const refreshedPagesMax = 10;

/** Keeps a list's pages as one answer, so that stream and refresh treat it as any other. */
export function usePages<Item extends { id: string }>(request: PagesRequest<Item>): PagedResource<Item> {
  const { name, parameters, loadPage } = request;
  const store = useSessionStore(request);
  const [more, setMore] = useState<MoreState>({ key: '', loading: false, error: undefined });

  const resource = useResource<LoadedPages<Item>>({
    ...request,
    async load(from) {
      const { data: kept } = from.cache.read<LoadedPages<Item>>(name, parameters);
      const pageCount = Math.min(kept?.pageCount ?? 1, refreshedPagesMax);
      let pages: LoadedPages<Item> = { ...(await loadPage(from, {})), pageCount: 1 };
      while (pages.pageCount < pageCount && pages.nextCursor !== null) {
        pages = append(pages, await loadPage(from, { cursor: pages.nextCursor }));
      }
      return pages;
    },
    isEmpty,
  });

  const key = JSON.stringify([store?.session, name, parameters]);
  const ofThisList = more.key === key ? more : undefined;
  const isLoadingMore = ofThisList?.loading ?? false;
  const { data } = resource;

  const loadMore = useCallback(async () => {
    const cursor = data?.nextCursor;
    if (!store || !cursor || isLoadingMore) return;
    const settle = (state: Omit<MoreState, 'key'>) => setMore({ key, ...state });
    settle({ loading: true, error: undefined });
    try {
      const next = await loadPage(store, { cursor });
      store.cache.change<LoadedPages<Item>>(name, parameters, (pages) =>
        pages.nextCursor === cursor ? append(pages, next) : pages,
      );
      settle({ loading: false, error: undefined });
    } catch (error) {
      settle({ loading: false, error: error as UsageKitError });
    }
  }, [store, data, isLoadingMore, key, name, parameters, loadPage]);

  return useMemo(
    () => ({
      ...resource,
      hasMore: data !== undefined && data.nextCursor !== null,
      isLoadingMore,
      loadMoreError: ofThisList?.error,
      loadMore,
    }),
    [resource, data, isLoadingMore, ofThisList?.error, loadMore],
  );
}

interface MoreState {
  /** The list that it speaks of; another filter starts anew. */
  key: string;
  loading: boolean;
  error: UsageKitError | undefined;
}

/** Lists move while they are read, so what came on an earlier page is not taken twice. */
function append<Item extends { id: string }>(pages: LoadedPages<Item>, next: Page<Item>): LoadedPages<Item> {
  const known = new Set(pages.items.map(({ id }) => id));
  return {
    items: [...pages.items, ...next.items.filter(({ id }) => !known.has(id))],
    nextCursor: next.nextCursor,
    pageCount: pages.pageCount + 1,
  };
}

const isEmpty = ({ items }: Page<unknown>) => items.length === 0;
