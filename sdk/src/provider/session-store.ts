import type { ChangeMessage, Summary, Usage } from '@usagekit/server/contract';
import { type Cache, type State, unstable_serialize } from 'swr';
import { initCache } from 'swr/_internal';
import type { UsageKitClient } from '../client/create-client.ts';
import type { Session } from '../client/token-source.ts';
import { createLiveUpdates, type LiveUpdates } from '../live/live-updates.ts';
import { createRefreshQueue } from '../live/refresh-queue.ts';
import { type ResourceKey, type ResourceName, resourcesOfView } from './resource-key.ts';

/**
 * What one session of one client knows and is connected by: its own cache, tokens and stream. Every hook and widget of
 * the session, on however many providers, shares it; no other session can reach it.
 */
export interface SessionStore {
  readonly session: Session;
  /** Asks with this session's tokens. */
  readonly client: UsageKitClient;
  /** Given to each `useSWR`, so that nothing enters the host's cache or comes out of it. */
  readonly cache: Cache;
  readonly live: LiveUpdates;
  keyOf(resource: ResourceName, parameters?: unknown): ResourceKey;
  /** The answer that is there now. */
  peek<Data>(key: ResourceKey): Data | undefined;
  /** Asks again for what is shown of these; for everything shown where none are named. */
  refresh(resources?: ReadonlySet<ResourceName>): Promise<void>;
  /** Puts an answer in place without asking. */
  put<Data>(key: ResourceKey, change: (data: Data | undefined) => Data | undefined): Promise<void>;
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

interface ClientStores {
  clientId: number;
  stores: Map<string, SessionStore>;
}

const storesOfClients = new WeakMap<UsageKitClient, ClientStores>();
let clients = 0;

/** The store of this client and session: the same one for as long as somebody retains it. */
export function sessionStoreOf(client: UsageKitClient, session: Session): SessionStore {
  let ofClient = storesOfClients.get(client);
  if (!ofClient) {
    clients += 1;
    ofClient = { clientId: clients, stores: new Map() };
    storesOfClients.set(client, ofClient);
  }
  const { stores, clientId } = ofClient;
  const identity = JSON.stringify([session.accountId, session.memberId ?? null]);
  const known = stores.get(identity);
  if (known) return known;

  const store = createSessionStore(client, session, clientId, {
    onUsed: () => stores.set(identity, store),
    onUnused: () => {
      if (stores.get(identity) === store) stores.delete(identity);
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
  rootClient: UsageKitClient,
  session: Session,
  clientId: number,
  { onUsed, onUnused }: { onUsed(): void; onUnused(): void },
): SessionStore {
  const client = rootClient.withSession(session);
  const cache: Cache = new Map<string, State>();
  // Registered once and by nobody's boundary: a cache that belongs to a component's boundary breaks for all others when
  // that component goes. The page's own events are followed by the stream, so SWR gets none.
  const registered = initCache(cache, { initFocus: () => undefined, initReconnect: () => undefined });
  if (!registered) throw new Error('This release of SWR does not register a cache. UsageKit needs swr 2.5.');
  const [, mutate, , , unload] = registered;

  const keyOf = (resource: ResourceName, parameters: unknown = null): ResourceKey => [
    'usagekit',
    clientId,
    session.accountId,
    session.memberId ?? null,
    resource,
    parameters,
  ];

  async function refresh(resources?: ReadonlySet<ResourceName>) {
    await mutate((key) => isResourceKey(key) && (!resources || resources.has(key[4])));
  }

  async function put<Data>(key: ResourceKey, change: (data: Data | undefined) => Data | undefined) {
    await mutate<Data>(key, change as (data: Data | undefined) => Data, { revalidate: false });
  }

  /** Changes an answer that is there. One that is still on its way is left alone: changing it would discard it. */
  function patch<Data>(resource: ResourceName, change: (data: Data) => Data) {
    for (const [key, data] of shownAnswers<Data>(cache, resource)) void put<Data>(key, () => change(data));
  }

  const queue = createRefreshQueue<ResourceName>(refresh, refreshIntervalMs);

  function onChange(message: ChangeMessage) {
    const { credits, level, version, asOf } = message;
    // The figures that came with the message are shown before anything is asked for.
    patch<Summary>('summary', (summary) =>
      summary.version >= version
        ? summary
        : { ...summary, level, version, asOf, credits: summary.credits && credits },
    );
    if (message.views.includes('usage')) {
      patch<Usage>('usage', (usage) => (usage.credits && credits ? { ...usage, credits } : usage));
    }
    queue.add(['summary', ...message.views.flatMap((view) => resourcesOfView[view] ?? [])]);
  }

  function onFirstHello(version: number) {
    const [summary] = shownAnswers<Summary>(cache, 'summary');
    // What was asked for before the line was open may lack what changed in between.
    if (summary?.[1].version !== version) void refresh();
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
    keyOf,
    peek: (key) => cache.get(unstable_serialize(key))?.data,
    refresh,
    put,
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
          unload({ revalidate: false });
          client.forget();
        });
      };
    },
  };
  return store;
}

function shownAnswers<Data>(cache: Cache, resource: ResourceName): [ResourceKey, Data][] {
  return [...cache.keys()].flatMap((name): [ResourceKey, Data][] => {
    const state = cache.get(name) as (State<Data> & { _k?: unknown }) | undefined;
    const key = state?._k;
    return isResourceKey(key) && key[4] === resource && state?.data !== undefined ? [[key, state.data]] : [];
  });
}

function isResourceKey(key: unknown): key is ResourceKey {
  return Array.isArray(key) && key[0] === 'usagekit';
}
