import type { ChangeMessage, Credits, Summary, Usage } from '@usagekit/server/contract';
import type { UsageKitClient } from '../client/create-client.ts';
import type { Session } from '../client/token-source.ts';
import { createLiveUpdates, type LiveUpdates } from '../live/live-updates.ts';
import { createRefreshQueue } from '../live/refresh-queue.ts';
import { createResourceCache, type ResourceCache } from './resource-cache.ts';
import { type ResourceName, resourcesOfView } from './resource-name.ts';

/**
 * What one session of one client knows and is connected by: its own cache, tokens and stream. Every hook and widget of
 * the session, on however many providers, shares it; no other session can reach it.
 */
export interface SessionStore {
  readonly session: Session;
  /** Asks with this session's tokens. */
  readonly client: UsageKitClient;
  /** Every answer of the session, which the stream keeps live. */
  readonly cache: ResourceCache;
  readonly live: LiveUpdates;
  /** Asks again for what is shown of these; for everything shown where none are named. Never rejects. */
  refresh(names?: ReadonlySet<ResourceName>): Promise<void>;
  /**
   * Keeps the store while somebody uses it. Once the last user has let go, tokens and figures are dropped, so that
   * nothing of a session outlives it.
   */
  retain(): () => void;
}

/** One refresh of a view in this time is enough for figures to move within a second of a debit (F5). */
const refreshIntervalMs = 400;
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
  const identity = JSON.stringify([session.accountId, session.memberId ?? null]);
  const known = stores.get(identity);
  if (known) return known;

  const ofClient = stores;
  const store = createSessionStore(client.withSession(session), session, {
    onUsed: () => {
      if (!ofClient.has(identity)) ofClient.set(identity, store);
    },
    onUnused: () => {
      if (ofClient.get(identity) === store) ofClient.delete(identity);
    },
  });
  stores.set(identity, store);
  for (const [oldest, candidate] of stores) {
    if (stores.size <= unusedStoresMax) break;
    if (!usedStores.has(candidate)) stores.delete(oldest);
  }
  return store;
}

const usedStores = new WeakSet<SessionStore>();

function createSessionStore(
  client: UsageKitClient,
  session: Session,
  { onUsed, onUnused }: { onUsed(): void; onUnused(): void },
): SessionStore {
  const cache = createResourceCache();
  const { refresh } = cache;
  const queue = createRefreshQueue<ResourceName>(refresh, refreshIntervalMs);

  function onChange(message: ChangeMessage) {
    const { credits, level, version, asOf } = message;
    // The figures that came with the message are shown before anything is asked for.
    cache.changeAll<Summary>('summary', (summary) =>
      summary.version >= version
        ? summary
        : { ...summary, level, version, asOf, credits: summary.credits && credits },
    );
    if (message.views.includes('usage')) {
      cache.changeAll<Usage>('usage', (usage) => (usage.credits && credits ? { ...usage, credits } : usage));
    }
    if (credits && message.views.includes('credits')) {
      const { available, held } = credits;
      cache.changeAll<Credits>('credits', (known) => ({ ...known, available, held }));
    }
    queue.add(['summary', ...message.views.flatMap((view) => resourcesOfView[view] ?? [])]);
  }

  function onFirstHello(version: number) {
    const { data: summary } = cache.read<Summary>('summary', undefined);
    // What was asked for before the line was open may lack what changed in between.
    if (summary?.version !== version) void refresh();
  }

  const live = createLiveUpdates({
    openStream: (signal) => client.openStream(session.accountId, { signal }),
    onChange,
    onFirstHello,
    onMissed: () => void refresh(),
  });

  let users = 0;
  const store: SessionStore = {
    session,
    client,
    cache,
    live,
    refresh,
    retain() {
      users += 1;
      usedStores.add(store);
      onUsed();
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        users -= 1;
        // Strict mode lets go and takes hold again within one turn.
        queueMicrotask(() => {
          if (users > 0) return;
          usedStores.delete(store);
          onUnused();
          queue.clear();
          cache.clear();
          client.forget();
        });
      };
    },
  };
  return store;
}
