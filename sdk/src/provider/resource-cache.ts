import type { UsageKitError } from '../client/usagekit-error.ts';
import { retryDelayMs } from '../live/retry-delay.ts';
import type { ResourceName } from './resource-name.ts';

/** What is known of one answer. A new object at each change, so that React sees it. */
export interface Snapshot<Data> {
  readonly data: Data | undefined;
  /** Why the last load failed; undefined once one succeeded. */
  readonly error: UsageKitError | undefined;
}

/** One answer: which, and how it is asked for. The same `parameters` by value are the same answer. */
export interface ResourceDefinition<Data> {
  name: ResourceName;
  parameters?: unknown;
  load(): Promise<Data>;
}

/**
 * One session's answers. It belongs to nobody's component and knows of no other session, so that nothing a host does
 * reaches it. Loads of one answer may overlap; an older one never takes the place of a newer.
 */
export interface ResourceCache {
  /** How many answers it keeps. */
  readonly size: number;
  read<Data>(name: ResourceName, parameters: unknown): Snapshot<Data>;
  /** Loads the answer, unless it just was, and keeps it up to date until the function that comes back is called. */
  mount<Data>(definition: ResourceDefinition<Data>, onChange: () => void): () => void;
  /** Loads again what is mounted of these; everything mounted where none are named. Never rejects. */
  refresh(names?: ReadonlySet<ResourceName>): Promise<void>;
  /**
   * Changes an answer that is there. Loads that are under way are older than the change; they are done once more.
   * One that is not there yet is left alone.
   */
  change<Data>(name: ResourceName, parameters: unknown, change: (data: Data) => Data): void;
  /** The same for every answer of the name. */
  changeAll<Data>(name: ResourceName, change: (data: Data) => Data): void;
  /** Drops every answer, and what is still under way when it comes. */
  clear(): void;
}

/** An answer younger than this is not asked for again by the next component that shows it. */
const freshMs = 2_000;
/** Answers that no component shows now, such as of filters that were left; the oldest go first. */
const idleEntriesMax = 50;

interface Entry {
  name: ResourceName;
  snapshot: Snapshot<unknown>;
  load: (() => Promise<unknown>) | undefined;
  listeners: Set<() => void>;
  loadedAtMs: number;
  /** The latest load that was begun, and the latest whose answer is shown. */
  begun: number;
  shown: number;
  /** Loads up to this one are older than what was changed by hand. */
  outdated: number;
  loading: Promise<void> | undefined;
  failures: number;
  retry: ReturnType<typeof setTimeout> | undefined;
}

const nothing: Snapshot<never> = { data: undefined, error: undefined };

export function createResourceCache(): ResourceCache {
  const entries = new Map<string, Entry>();

  const keyOf = (name: ResourceName, parameters: unknown) => JSON.stringify([name, parameters]);

  function entryOf(name: ResourceName, parameters: unknown): Entry {
    const key = keyOf(name, parameters);
    let entry = entries.get(key);
    if (!entry) {
      entry = {
        name,
        snapshot: nothing,
        load: undefined,
        listeners: new Set(),
        loadedAtMs: Number.NEGATIVE_INFINITY,
        begun: 0,
        shown: 0,
        outdated: 0,
        loading: undefined,
        failures: 0,
        retry: undefined,
      };
      entries.set(key, entry);
      dropIdle();
    }
    return entry;
  }

  function dropIdle() {
    let idle = [...entries].filter(([, { listeners }]) => listeners.size === 0);
    // The newest is the one that is about to be mounted.
    idle = idle.slice(0, Math.max(0, idle.length - idleEntriesMax));
    for (const [key] of idle) entries.delete(key);
  }

  function show(entry: Entry, snapshot: Snapshot<unknown>) {
    entry.snapshot = snapshot;
    for (const listener of [...entry.listeners]) listener();
  }

  /** Settles once this load, and the one that makes good for it where it was outdated, is over. Never rejects. */
  function loadAgain(entry: Entry): Promise<void> {
    const { load } = entry;
    if (!load) return Promise.resolve();
    clearTimeout(entry.retry);
    entry.begun += 1;
    entry.loading = runLoad(entry, load, entry.begun);
    return entry.loading;
  }

  async function runLoad(entry: Entry, load: () => Promise<unknown>, turn: number): Promise<void> {
    try {
      const data = await load();
      if (turn > entry.shown && turn > entry.outdated) {
        entry.shown = turn;
        entry.failures = 0;
        entry.loadedAtMs = Date.now();
        show(entry, { data, error: undefined });
      }
    } catch (error) {
      if (turn === entry.begun && turn > entry.outdated) {
        show(entry, { data: entry.snapshot.data, error: error as UsageKitError });
        retryLater(entry, error as UsageKitError);
      }
    }
    if (turn !== entry.begun) return;
    entry.loading = undefined;
    if (turn <= entry.outdated && entry.listeners.size > 0) await loadAgain(entry);
  }

  function retryLater(entry: Entry, error: UsageKitError) {
    entry.failures += 1;
    // A hidden page asks again when it is seen.
    if (!error.retryable || document.visibilityState === 'hidden') return;
    entry.retry = setTimeout(
      () => {
        if (entry.listeners.size > 0) void loadAgain(entry);
      },
      retryDelayMs(entry.failures, error.retryAfterSeconds),
    );
  }

  function changeEntry<Data>(entry: Entry | undefined, change: (data: Data) => Data) {
    const data = entry?.snapshot.data as Data | undefined;
    if (!entry || data === undefined) return;
    entry.outdated = entry.begun;
    show(entry, { data: change(data), error: undefined });
  }

  return {
    get size() {
      return entries.size;
    },
    read: <Data>(name: ResourceName, parameters: unknown) =>
      (entries.get(keyOf(name, parameters))?.snapshot ?? nothing) as Snapshot<Data>,
    mount({ name, parameters, load }, onChange) {
      const entry = entryOf(name, parameters);
      entry.load = load;
      entry.listeners.add(onChange);
      const isFresh = entry.snapshot.error === undefined && Date.now() - entry.loadedAtMs < freshMs;
      if (!entry.loading && !isFresh) void loadAgain(entry);
      return () => {
        entry.listeners.delete(onChange);
        if (entry.listeners.size === 0) clearTimeout(entry.retry);
      };
    },
    async refresh(names) {
      const shown = [...entries.values()].filter(
        ({ name, listeners }) => listeners.size > 0 && (!names || names.has(name)),
      );
      await Promise.all(shown.map(loadAgain));
    },
    change(name, parameters, change) {
      changeEntry(entries.get(keyOf(name, parameters)), change);
    },
    changeAll(name, change) {
      for (const entry of entries.values()) if (entry.name === name) changeEntry(entry, change);
    },
    clear() {
      const dropped = [...entries.values()];
      entries.clear();
      for (const entry of dropped) {
        clearTimeout(entry.retry);
        // What is still under way finds itself outdated, and nobody to load it again for.
        entry.outdated = entry.begun;
        entry.load = undefined;
        show(entry, nothing);
      }
    },
  };
}
