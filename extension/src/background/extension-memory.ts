import type { StoragePort } from '../chrome/storage-port.ts';
import { type Connection, parseConnection, toConnectionView } from '../core/connection.ts';
import { NotUnderstoodError, parseSummary } from '../core/parse-answer.ts';
import { emptyPromptState, type PromptState, parsePromptState } from '../core/prompt-policy.ts';
import type { ExtensionState } from '../core/rpc.ts';
import { parseSites } from '../core/site.ts';
import { emptySnapshot, reduceSnapshot, type Snapshot, type SnapshotEvent } from '../core/snapshot.ts';

/** Names under which things are kept. `connection` holds the token, and `local` is locked before it is written. */
export const storageKeys = {
  connection: 'connection',
  sites: 'sites',
  prompts: 'prompts',
  /** The last whole summary with its age, so that a browser that starts without the server has something to show. */
  figures: 'figures',
  /** In the session area: what extension pages paint from, and what the worker wakes up with. It holds no token. */
  state: 'state',
} as const;

/**
 * What the background knows, in memory while the worker lives and in storage across its deaths.
 * Every change is in memory at once and is written in the order in which it was made.
 */
export interface ExtensionMemory {
  /** Settles when what was kept is read; nothing else may be called before. */
  ready: Promise<void>;
  connection(): Connection | null;
  snapshot(): Snapshot;
  sites(): string[];
  prompts(): PromptState;
  /** What an extension page may see. */
  state(): ExtensionState;
  learn(event: SnapshotEvent): Promise<void>;
  setConnection(connection: Connection | null): Promise<void>;
  setSites(sites: string[]): Promise<void>;
  setPrompts(prompts: PromptState): Promise<void>;
}

/** Figures are written to disk this often at most. */
const figuresIntervalMs = 10_000;

export function createExtensionMemory(storage: StoragePort): ExtensionMemory {
  let connection: Connection | null = null;
  let snapshot: Snapshot = emptySnapshot;
  let sites: string[] = [];
  let prompts: PromptState = emptyPromptState;
  let lastWrite: Promise<unknown> = Promise.resolve();

  const write = (run: () => Promise<void>): Promise<void> => {
    const written = lastWrite.then(run);
    // A write that failed is told to who asked for it, and does not hold up the next.
    lastWrite = written.catch(() => undefined);
    return written;
  };

  const load = async (): Promise<void> => {
    const [keptConnection, keptSites, keptPrompts, keptFigures, keptState] = await Promise.all([
      storage.local.get(storageKeys.connection),
      storage.local.get(storageKeys.sites),
      storage.local.get(storageKeys.prompts),
      storage.local.get(storageKeys.figures),
      storage.session.get(storageKeys.state),
    ]);
    connection = parseConnection(keptConnection);
    sites = parseSites(keptSites);
    prompts = parsePromptState(keptPrompts);
    // Only this worker writes it, and it is gone with the browser, so that its shape is always this version's.
    snapshot = (keptState as ExtensionState | undefined)?.snapshot ?? parseFigures(keptFigures, connection);
  };

  const state = (): ExtensionState => ({
    connection: connection === null ? null : toConnectionView(connection),
    snapshot,
    sites,
  });
  const publish = (): Promise<void> => {
    const published = state();
    return write(() => storage.session.set(storageKeys.state, published));
  };

  let figuresKeptAtMs = Number.NEGATIVE_INFINITY;
  /** Best effort: without it nothing is lost but what a restart would show until the first answer. */
  const keepFigures = async ({ type }: SnapshotEvent): Promise<void> => {
    if (type !== 'summary_fetched' && type !== 'summary_unchanged') return;
    const { summary, asOfMs, reckonedAtMs } = snapshot;
    if (connection === null || asOfMs === null || asOfMs - figuresKeptAtMs < figuresIntervalMs) return;
    figuresKeptAtMs = asOfMs;
    const figures = { serverUrl: connection.serverUrl, summary, asOfMs, reckonedAtMs };
    await write(() => storage.local.set(storageKeys.figures, figures)).catch(() => undefined);
  };

  return {
    ready: load(),
    connection: () => connection,
    snapshot: () => snapshot,
    sites: () => sites,
    prompts: () => prompts,
    state,
    async learn(event) {
      snapshot = reduceSnapshot(snapshot, event);
      await publish();
      await keepFigures(event);
    },
    async setConnection(next) {
      connection = next;
      // Figures of one account are never shown under another's name.
      snapshot = reduceSnapshot(snapshot, { type: 'disconnected' });
      figuresKeptAtMs = Number.NEGATIVE_INFINITY;
      await write(() => storage.local.remove(storageKeys.figures));
      await write(async () => {
        if (next === null) return await storage.local.remove(storageKeys.connection);
        await storage.lockLocal();
        await storage.local.set(storageKeys.connection, next);
      });
      await publish();
    },
    async setSites(next) {
      sites = next;
      await write(() => storage.local.set(storageKeys.sites, next));
      await publish();
    },
    setPrompts(next) {
      prompts = next;
      return write(() => storage.local.set(storageKeys.prompts, next));
    },
  };
}

/** Reads the figures of an earlier run; what is not understood, or is of another account, counts as none. */
function parseFigures(value: unknown, connection: Connection | null): Snapshot {
  if (typeof value !== 'object' || value === null || connection === null) return emptySnapshot;
  const { serverUrl, summary, asOfMs, reckonedAtMs } = value as Record<string, unknown>;
  if (serverUrl !== connection.serverUrl || typeof asOfMs !== 'number') return emptySnapshot;
  try {
    const known = parseSummary(summary);
    if (known.accountId !== connection.accountId) return emptySnapshot;
    return {
      ...emptySnapshot,
      summary: known,
      isBlocked: known.blocked !== null,
      asOfMs,
      reckonedAtMs: typeof reckonedAtMs === 'number' ? reckonedAtMs : null,
    };
  } catch (error) {
    if (error instanceof NotUnderstoodError) return emptySnapshot;
    throw error;
  }
}
