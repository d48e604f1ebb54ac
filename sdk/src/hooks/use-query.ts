'use client';
import { useCallback, useEffect, useLayoutEffect, useMemo } from 'react';
import useSWR, { type SWRConfiguration } from 'swr';
import { UsageKitError } from '../client/usagekit-error.ts';
import { forgetQuery, mutateQueries } from '../provider/query-cache.ts';
import type { SessionStore } from '../provider/session-store.ts';
import { createShownQueries, type ShownQueries } from '../provider/shown-queries.ts';
import { querySettings } from './query-settings.ts';
import { deriveResource, type Resource } from './resource.ts';
import type { ResourceRequest } from './use-resource.ts';
import { useSessionStore } from './use-session-store.ts';

/**
 * Asks the server for one answer on demand, through SWR, and says how it stands.
 *
 * There are two ways to read. Figures and lists that the stream keeps live are kept in the session's own cache, through
 * `useResource`: the four widgets need no more, and SWR alone would take half of the 12 kB that one of them may weigh. What
 * is asked for on demand (series, models, catalog, checks, ledger, activity) is kept by SWR, which only those load who ask
 * for it. Both give the same `Resource`, and a message of the stream refreshes what it touches in either.
 */
export function useQuery<Data>(request: ResourceRequest<Data>): Resource<Data> {
  const { name, parameters, load, isEmpty, paused = false } = request;
  const signedIn = useSessionStore(request);
  const store = paused ? null : signedIn;
  const key = store && queriesOf(store).keyOf(name, parameters);

  const { data, error } = useSWR<Data, UsageKitError>(
    key,
    store && key !== null ? () => loadKept(queriesOf(store), key, () => load(store)) : null,
    // SWR's types know neither `cache` here nor an option that is undefined on purpose.
    querySettings as unknown as SWRConfiguration<Data, UsageKitError>,
  );

  useMounted(() => {
    if (!store || key === null) return;
    return queriesOf(store).mount({
      name,
      key,
      refresh: () => mutateQueries(key),
      forget: () => forgetQuery(key),
    });
  }, [store, name, key]);
  useEffect(() => store?.live.watch(), [store]);

  const refresh = useCallback(async () => {
    await store?.refresh(new Set([name]));
  }, [store, name]);

  return useMemo(() => deriveResource({ data, error, isEmpty, refresh }), [data, error, isEmpty, refresh]);
}

/**
 * For what must be known before an answer can come: a later effect may run after it.
 * Layout effects do nothing on a server, and React 18 says so aloud.
 */
export const useMounted = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** The session's queries. */
export function queriesOf(store: SessionStore): ShownQueries {
  return store.queries(() => createShownQueries(store.session));
}

/** Loads an answer, and lets go of one that comes after its session has ended. */
export async function loadKept<Data>(
  queries: ShownQueries,
  key: string,
  load: () => Promise<Data>,
): Promise<Data> {
  const data = await load();
  if (queries.knows(key)) return data;
  throw new UsageKitError({ code: 'aborted', message: 'The session ended before the answer came.' });
}
