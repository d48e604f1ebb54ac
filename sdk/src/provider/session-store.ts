import type { View } from '@usagekit/server/contract';
import type { UsageKitClient } from '../client/create-client.ts';
import type { Session } from '../client/token-source.ts';
import { createLaterLiveUpdates, type LaterLiveUpdates } from '../live/later-live-updates.ts';
import { createResourceCache, type ResourceCache, type Snapshot } from './resource-cache.ts';

/**
 * The cache, tokens and stream of one session of one client. Every hook and widget of the session shares it, across all
 * providers; no other session can reach it.
 */
export interface SessionStore {
  readonly session: Session;
  /** Asks with this session's tokens. */
  readonly client: UsageKitClient;
  /** Every answer of the session, which the stream keeps live. */
  readonly cache: ResourceCache;
  readonly live: LaterLiveUpdates;
  /** How many use it now. */
  users: number;
  /** What the page came with, as `WithFirstAnswers` gave it; whatever came since. */
  first?: (name: View, parameters: unknown) => Snapshot<unknown> | undefined;
  /** Requests the shown answers among these again; all shown ones if none are named. Never rejects. */
  refresh(names?: ReadonlySet<View>): Promise<void>;
  /**
   * Keeps the store while somebody uses it. Once the last user has let go, tokens and figures are dropped, so that
   * nothing of a session outlives it.
   */
  retain(): () => void;
}

/** Stores that were made for a render which never came to the screen; the oldest go first. */
const unusedStoresMax = 20;

const storesOfClients = new WeakMap<UsageKitClient, Map<string, SessionStore>>();

/** The store of this client and session: the same one for as long as somebody retains it. */
export function sessionStoreOf(client: UsageKitClient, session: Session): SessionStore {
  let stores = storesOfClients.get(client);
  if (!stores) {
    stores = new Map();
    storesOfClients.set(client, stores);
  }
  const identity = JSON.stringify([session.accountId, session.memberId]);
  const known = stores.get(identity);
  if (known) return known;
  const store = createSessionStore(client.withSession(session), session, stores, identity);
  stores.set(identity, store);
  for (const [oldest, candidate] of stores) {
    if (stores.size <= unusedStoresMax) break;
    if (candidate.users === 0) stores.delete(oldest);
  }
  return store;
}

/** @param stores where it stands under its identity for as long as it is used */
function createSessionStore(
  client: UsageKitClient,
  session: Session,
  stores: Map<string, SessionStore>,
  identity: string,
): SessionStore {
  const cache = createResourceCache();

  const live = createLaterLiveUpdates({
    openStream: (signal) => client.openStream(session.accountId, { signal }),
    kept: cache.kept,
    refresh: cache.refreshKey,
    onMissed: () => void cache.refresh(),
  });

  const store: SessionStore = {
    session,
    client,
    cache,
    live,
    users: 0,
    refresh: cache.refresh,
    retain() {
      store.users += 1;
      // It was dropped while nobody used it; another one may have come since.
      if (!stores.has(identity)) stores.set(identity, store);
      return () => {
        store.users -= 1;
        // Strict mode lets go and takes hold again within one turn.
        queueMicrotask(() => {
          if (store.users > 0) return;
          if (stores.get(identity) === store) stores.delete(identity);
          live.line?.queue.clear();
          cache.clear();
          client.forget();
        });
      };
    },
  };
  return store;
}
