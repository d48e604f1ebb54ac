import type { StoragePort } from '../chrome/ports/storage-port.ts';
import {
  emptySnapshot,
  reduceSnapshot,
  type Snapshot,
  type SnapshotEvent,
} from '../core/account/snapshot.ts';
import { type Connection, parseConnections, toConnectionView } from '../core/connection/connection.ts';
import { type PairingView, type PendingPairing, parsePendingPairing } from '../core/connection/pairing.ts';
import { emptyPromptState, type PromptState, parsePromptState } from '../core/prompt/prompt-policy.ts';
import type { ExtensionState } from '../core/rpc/rpc.ts';
import { NotUnderstoodError, parseSummary } from '../core/server/parse-answer.ts';
import { defaultSettings, parseSettings, type Settings } from '../core/settings.ts';
import { type BoundSite, parseSites } from '../core/sites/site.ts';

/** Names under which things are kept. `connection` holds the tokens, and `local` is locked before it is written. */
export const storageKeys = {
  connection: 'connection',
  sites: 'sites',
  prompts: 'prompts',
  settings: 'settings',
  /** The last whole summaries with their age, so that a browser that starts without the server has something to show. */
  figures: 'figures',
  /** In the session area: what extension pages paint from, and what the worker wakes up with. It holds no token. */
  state: 'state',
  /** In the session area: a pairing that waits for its approval, which no page may read. */
  pairing: 'pairing',
  /** In the session area: a site for which the browser asks the user at this moment. */
  wantedSite: 'wantedSite',
} as const;

/** One connected account's part of the memory. */
export interface AccountMemory {
  readonly connectionId: string;
  /** Null once it was disconnected. */
  connection(): Connection | null;
  snapshot(): Snapshot;
  learn(event: SnapshotEvent): Promise<void>;
}

/**
 * The background's data, in memory while the worker lives and in storage across its restarts. Every change is in memory at once,
 * and changes are written in their order.
 */
export interface ExtensionMemory {
  /** Settles when the stored data is read; nothing else may be called before. */
  ready: Promise<void>;
  connections(): readonly Connection[];
  account(connectionId: string): AccountMemory;
  sites(): BoundSite[];
  prompts(): PromptState;
  settings(): Settings;
  pairing(): PendingPairing | null;
  /** The data that an extension page may see. */
  state(): ExtensionState;
  /** Puts a connection in the place of the one with its id, whose figures are kept where the account is the same. */
  putConnection(connection: Connection): Promise<void>;
  removeConnection(connectionId: string): Promise<void>;
  setSites(sites: BoundSite[]): Promise<void>;
  /** The site for which the browser is asking the user; null where it asks for none. */
  wantedSite(): WantedSite | null;
  setWantedSite(site: WantedSite | null): Promise<void>;
  setPrompts(prompts: PromptState): Promise<void>;
  setSettings(settings: Settings): Promise<void>;
  setPairing(pairing: PendingPairing | null, view: PairingView | null): Promise<void>;
  /** Which account is shown, so that pages show the same. */
  setShown(connectionId: string | null): Promise<void>;
}

/** A site that is added as soon as the user allows it, since the page that asked may be gone by then. */
export interface WantedSite extends Omit<BoundSite, 'hasChip'> {
  untilMs: number;
}

/** Figures are written to disk this often at most. */
const figuresIntervalMs = 10_000;

export function createExtensionMemory(storage: StoragePort): ExtensionMemory {
  let connections: Connection[] = [];
  let sites: BoundSite[] = [];
  let prompts: PromptState = emptyPromptState;
  let settings: Settings = defaultSettings;
  let pairing: PendingPairing | null = null;
  let wantedSite: WantedSite | null = null;
  let pairingView: PairingView | null = null;
  let shownId: string | null = null;
  let lastWrite: Promise<unknown> = Promise.resolve();
  const snapshots = new Map<string, Snapshot>();

  const write = (run: () => Promise<void>): Promise<void> => {
    const written = lastWrite.then(run);
    // A write that failed is told to who asked for it, and does not hold up the next.
    lastWrite = written.catch(() => undefined);
    return written;
  };

  const load = async (): Promise<void> => {
    const { local, session } = storage;
    const [
      keptConnections,
      keptSites,
      keptPrompts,
      keptSettings,
      keptFigures,
      keptState,
      keptPairing,
      keptWanted,
    ] = await Promise.all([
      local.get(storageKeys.connection),
      local.get(storageKeys.sites),
      local.get(storageKeys.prompts),
      local.get(storageKeys.settings),
      local.get(storageKeys.figures),
      session.get(storageKeys.state),
      session.get(storageKeys.pairing),
      session.get(storageKeys.wantedSite),
    ]);
    connections = parseConnections(keptConnections);
    const ids = connections.map(({ id }) => id);
    sites = parseSites(keptSites, ids);
    prompts = parsePromptState(keptPrompts);
    settings = parseSettings(keptSettings);
    pairing = parsePendingPairing(keptPairing);
    wantedSite = (keptWanted as WantedSite | undefined) ?? null;
    // Only this worker writes it, and it is gone with the browser, so that its shape is always this version's.
    const awake = keptState as ExtensionState | undefined;
    pairingView = awake?.pairing ?? null;
    shownId = awake?.shownId ?? null;
    for (const connection of connections) {
      const known = awake?.accounts.find((account) => account.connection.id === connection.id)?.snapshot;
      snapshots.set(connection.id, known ?? parseFigures(keptFigures, connection));
    }
  };

  const state = (): ExtensionState => ({
    accounts: connections.map((connection) => ({
      connection: toConnectionView(connection),
      snapshot: snapshots.get(connection.id) ?? emptySnapshot,
    })),
    shownId,
    sites,
    settings,
    pairing: pairingView,
  });
  const publish = (): Promise<void> => {
    const published = state();
    return write(() => storage.session.set(storageKeys.state, published));
  };
  const writeConnections = (): Promise<void> =>
    write(async () => {
      if (connections.length === 0) return await storage.local.remove(storageKeys.connection);
      await storage.lockLocal();
      await storage.local.set(storageKeys.connection, connections);
    });

  const figuresKeptAtMs = new Map<string, number>();
  /** Best effort: without it nothing is lost but what a restart would show until the first answer. */
  const keepFigures = async (connectionId: string, { type }: SnapshotEvent): Promise<void> => {
    if (type !== 'summary_fetched' && type !== 'summary_unchanged') return;
    const { asOfMs } = snapshots.get(connectionId) ?? emptySnapshot;
    const keptAtMs = figuresKeptAtMs.get(connectionId) ?? Number.NEGATIVE_INFINITY;
    if (asOfMs === null || asOfMs - keptAtMs < figuresIntervalMs) return;
    figuresKeptAtMs.set(connectionId, asOfMs);
    await writeFigures().catch(() => undefined);
  };
  const writeFigures = (): Promise<void> => {
    const figures = connections.map(({ id, serverUrl }) => {
      const { summary, asOfMs, summaryAsOfMs } = snapshots.get(id) ?? emptySnapshot;
      return { serverUrl, summary, asOfMs, summaryAsOfMs };
    });
    return write(() =>
      figures.length === 0
        ? storage.local.remove(storageKeys.figures)
        : storage.local.set(storageKeys.figures, figures),
    );
  };

  return {
    ready: load(),
    connections: () => connections,
    account: (connectionId) => ({
      connectionId,
      connection: () => connections.find(({ id }) => id === connectionId) ?? null,
      snapshot: () => snapshots.get(connectionId) ?? emptySnapshot,
      async learn(event) {
        snapshots.set(connectionId, reduceSnapshot(snapshots.get(connectionId) ?? emptySnapshot, event));
        await publish();
        await keepFigures(connectionId, event);
      },
    }),
    sites: () => sites,
    prompts: () => prompts,
    settings: () => settings,
    pairing: () => pairing,
    state,
    async putConnection(next) {
      const at = connections.findIndex(({ id }) => id === next.id);
      connections = at < 0 ? [...connections, next] : connections.with(at, next);
      await writeConnections();
      await publish();
    },
    async removeConnection(connectionId) {
      connections = connections.filter(({ id }) => id !== connectionId);
      snapshots.delete(connectionId);
      figuresKeptAtMs.delete(connectionId);
      sites = sites.filter((site) => site.connectionId !== connectionId);
      if (shownId === connectionId) shownId = null;
      await writeFigures();
      await writeConnections();
      const kept = sites;
      await write(() => storage.local.set(storageKeys.sites, kept));
      await publish();
    },
    async setSites(next) {
      sites = next;
      await write(() => storage.local.set(storageKeys.sites, next));
      await publish();
    },
    wantedSite: () => wantedSite,
    setWantedSite(next) {
      wantedSite = next;
      return write(() =>
        next === null
          ? storage.session.remove(storageKeys.wantedSite)
          : storage.session.set(storageKeys.wantedSite, next),
      );
    },
    setPrompts(next) {
      prompts = next;
      return write(() => storage.local.set(storageKeys.prompts, next));
    },
    async setSettings(next) {
      settings = next;
      await write(() => storage.local.set(storageKeys.settings, next));
      await publish();
    },
    async setPairing(next, view) {
      pairing = next;
      pairingView = view;
      await write(() =>
        next === null
          ? storage.session.remove(storageKeys.pairing)
          : storage.session.set(storageKeys.pairing, next),
      );
      await publish();
    },
    async setShown(next) {
      if (next === shownId) return;
      shownId = next;
      await publish();
    },
  };
}

/** Reads the figures of an earlier run. Unreadable figures, or those of another account, are dropped. */
function parseFigures(value: unknown, connection: Connection): Snapshot {
  // Earlier versions stored the figures of their only account without an id.
  for (const kept of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const snapshot = parseKept(kept, connection);
    if (snapshot !== null) return snapshot;
  }
  return emptySnapshot;
}

function parseKept(value: unknown, connection: Connection): Snapshot | null {
  if (typeof value !== 'object' || value === null) return null;
  // Figures that were stored before 2026-12 have the last field by its former name.
  const {
    serverUrl,
    summary,
    asOfMs,
    reckonedAtMs,
    summaryAsOfMs = reckonedAtMs,
  } = value as Record<string, unknown>;
  if (serverUrl !== connection.serverUrl || typeof asOfMs !== 'number') return null;
  try {
    const known = parseSummary(summary);
    if (known.accountId !== connection.accountId) return null;
    return {
      ...emptySnapshot,
      summary: known,
      isBlocked: known.blocked !== null,
      asOfMs,
      summaryAsOfMs: typeof summaryAsOfMs === 'number' ? summaryAsOfMs : null,
    };
  } catch (error) {
    if (error instanceof NotUnderstoodError) return null;
    throw error;
  }
}
