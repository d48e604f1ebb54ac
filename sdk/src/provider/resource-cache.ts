import type { ChangeMessage, View } from '@usagekit/server/contract';
import { versionOf } from '../client/answer-version.ts';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { shareEqual } from '../derive/share-equal.ts';
import type { Lists } from '../live/lists.ts';
import { retryDelayMs } from '../live/retry-delay.ts';

/** The state of one answer. Each change makes a new object, so that React sees it. */
export interface Snapshot<Data> {
  readonly data: Data | undefined;
  /** Why the last load failed; undefined once one succeeded. */
  readonly error: UsageKitError | undefined;
}

/** One answer: which, and how it is asked for. The same `parameters` by value are the same answer. */
export interface ResourceDefinition<Data> {
  name: View;
  parameters?: unknown;
  load(): Promise<Data>;
  takeIn?: TakeIn<Data> | undefined;
}

/** The answer with what a message carries of it, where that is less than the whole; undefined where it carries nothing. */
export type TakeIn<Data> = (data: Data, message: ChangeMessage, lists: Lists) => Data | undefined;

/**
 * One session's answers. It belongs to nobody's component and knows of no other session, so that nothing a host does
 * reaches it. Loads of one answer may overlap; an older one never takes the place of a newer.
 */
export interface ResourceCache {
  read<Data>(name: View, parameters: unknown): Snapshot<Data>;
  /** Loads the answer, unless it just was, and keeps it up to date until the function that comes back is called. */
  mount<Data>(definition: ResourceDefinition<Data>, onChange: () => void): () => void;
  /** Loads the mounted answers among these again; all mounted ones if none are named. Never rejects. */
  refresh(names?: ReadonlySet<View>): Promise<void>;
  /** Loads one answer again, by the key that the intake gave for it. Never rejects. */
  refreshKey(key: string): Promise<void>;
  /** Drops every answer, and the results of running loads. */
  clear(): void;
  /** For the intake of what the stream tells, and for `changeAnswer`. */
  readonly kept: KeptAnswers;
}

/** The answers themselves, by key, and what puts new ones in place. */
export interface KeptAnswers {
  entries: Map<string, Entry>;
  show(entry: Entry, snapshot: Snapshot<unknown>): void;
  accept(entry: Entry, data: unknown): void;
}

/** An answer younger than this is not asked for again by the next component that shows it. */
const freshMs = 2_000;
/** Answers that no component shows now, such as of filters that were left; the oldest go first. */
const idleEntriesMax = 50;

/** The version of an answer without a version, or of no answer. */
const unknownVersion = -1;

export interface Entry {
  key: string;
  name: View;
  snapshot: Snapshot<unknown>;
  load?: (() => Promise<unknown>) | undefined;
  takeIn?: TakeIn<unknown> | undefined;
  listeners: Set<() => void>;
  loadedAtMs: number;
  /** The account's version that is shown, and the one that is known to be there. */
  version: number;
  expected: number;
  /** The latest load that was begun, and the latest whose answer is shown. */
  begun: number;
  shown: number;
  /** Loads up to this one are older than the local change. */
  outdated: number;
  /** Loads up to this one may be older than what a message brought; their version tells. */
  overtaken: number;
  loading?: Promise<void> | undefined;
  failures: number;
  retry?: ReturnType<typeof setTimeout>;
}

export const nothing: Snapshot<never> = { data: undefined, error: undefined };

export function keyOf(name: View, parameters: unknown): string {
  return JSON.stringify([name, parameters]);
}

/** An answer that nobody has asked for yet. */
export function createEntry(name: View, key: string): Entry {
  return {
    key,
    name,
    snapshot: nothing,
    listeners: new Set(),
    loadedAtMs: 0,
    version: unknownVersion,
    expected: unknownVersion,
    begun: 0,
    shown: 0,
    outdated: 0,
    overtaken: 0,
    failures: 0,
  };
}

/** @param onBehind told the key of an answer that came and is older than what the stream has told of, to be asked for again */
export function createResourceCache(onBehind: (key: string) => void): ResourceCache {
  const entries = new Map<string, Entry>();

  function entryOf(name: View, parameters: unknown): Entry {
    const key = keyOf(name, parameters);
    let entry = entries.get(key);
    if (!entry) {
      entry = createEntry(name, key);
      entries.set(key, entry);
      dropIdle();
    }
    return entry;
  }

  function dropIdle() {
    const idle = [...entries.values()].filter(({ listeners }) => listeners.size === 0);
    // The newest stay; the last of them is about to be mounted.
    idle.splice(-idleEntriesMax);
    for (const { key } of idle) entries.delete(key);
  }

  function show(entry: Entry, snapshot: Snapshot<unknown>) {
    entry.snapshot = snapshot;
    for (const listener of [...entry.listeners]) listener();
  }

  function accept(entry: Entry, data: unknown) {
    entry.failures = 0;
    entry.loadedAtMs = Date.now();
    clearTimeout(entry.retry);
    show(entry, { data: shareEqual(entry.snapshot.data, data), error: undefined });
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
    let isBehind = false;
    try {
      const data = await load();
      const version = versionOf(data) ?? unknownVersion;
      // A message came since it was asked for. An answer to a later question is right, whatever its version, as after the
      // server was restored.
      const isOvertaken = turn <= entry.overtaken;
      isBehind = isOvertaken && version < entry.expected;
      const isOlderThanShown = isOvertaken && version < entry.version;
      if (turn > entry.shown && turn > entry.outdated && !isOlderThanShown) {
        entry.shown = turn;
        entry.version = version;
        accept(entry, data);
      }
    } catch (error) {
      if (turn === entry.begun && turn > entry.outdated) {
        show(entry, { data: entry.snapshot.data, error: error as UsageKitError });
        retryLater(entry, error as UsageKitError);
      }
    }
    if (turn !== entry.begun) return;
    entry.loading = undefined;
    if (entry.listeners.size === 0) return;
    if (turn <= entry.outdated) await loadAgain(entry);
    else if (isBehind) onBehind(entry.key);
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

  return {
    kept: { entries, show, accept },
    read: <Data>(name: View, parameters: unknown) =>
      (entries.get(keyOf(name, parameters))?.snapshot ?? nothing) as Snapshot<Data>,
    mount<Data>({ name, parameters, load, takeIn }: ResourceDefinition<Data>, onChange: () => void) {
      const entry = entryOf(name, parameters);
      entry.load = load;
      entry.takeIn = takeIn as Entry['takeIn'];
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
    async refreshKey(key) {
      const entry = entries.get(key);
      if (entry?.listeners.size) await loadAgain(entry);
    },
    clear() {
      const dropped = [...entries.values()];
      entries.clear();
      for (const entry of dropped) {
        clearTimeout(entry.retry);
        // Running loads become outdated, and nobody needs them again.
        entry.outdated = entry.begun;
        entry.load = undefined;
        show(entry, nothing);
      }
    },
  };
}
