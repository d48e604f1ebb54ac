'use client';
import { type Cache, type ScopedMutator, type State, SWRConfig } from 'swr';
import { initCache } from 'swr/_internal';

/**
 * Where SWR keeps the answers of every session, apart from each other by keys that begin with the session. It is one for
 * all of them, because SWR binds a mounted hook to the cache that it saw first, and sessions change under mounted hooks;
 * what is in it belongs to the sessions' stores, each of which drops its own answers at its end. It is no part of any
 * `SWRConfig`, so a host's hooks and a host's `mutate` do not reach it. Nothing enters it on a server.
 */
export const queryCache: Cache = new Map<string, State>();

// Registered once and by nobody's boundary: a cache that belongs to a component's boundary breaks for all others when that
// component goes. The page's own events are followed by the stream, so SWR gets none.
const registered = initCache(queryCache, {
  initFocus: () => undefined,
  initReconnect: () => undefined,
});
if (!registered) throw new Error('This release of SWR does not register a cache. UsageKit needs swr 2.5.');

/** Changes this cache, and asks again for what is in it. */
export const mutateQueries: ScopedMutator = registered[1];

/** How SWR tells by default whether an answer is another one. */
export const compareAnswers = SWRConfig.defaultValue.compare;

/** Drops one answer. */
export function forgetQuery(key: string): void {
  queryCache.delete(key);
}
