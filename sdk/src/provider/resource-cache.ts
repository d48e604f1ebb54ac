import type { ChangeMessage, View } from '@usagekit/server/contract';
import type { UsageKitError } from '../client/usagekit-error.ts';
import type { Lists } from '../live/lists.ts';

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
  readonly entries: Map<string, Entry>;
  show(entry: Entry, snapshot: Snapshot<unknown>): void;
  accept(entry: Entry, data: unknown): void;
  /** Undefined until the stream's code is there. */
  upkeep?: Upkeep;
}

/** What is done about answers once others follow them. It is loaded with the stream, since the first answers need none of it. */
export interface Upkeep {
  /** Whether what this load brought may be shown, or is older than what is. */
  admits(entry: Entry, data: unknown, turn: number): boolean;
  /** The newer data, with each part that says the same taken from what is shown. */
  share(shown: unknown, data: unknown): unknown;
  /** Told when the latest load of a mounted answer is over, and why it failed; asks again where it did, or came too late. */
  settle(entry: Entry, error: UsageKitError | undefined): void;
}

/** An answer younger than this is not asked for again by the next component that shows it. */
const freshMs = 2_000;
export interface Entry {
  key: string;
  name: View;
  snapshot: Snapshot<unknown>;
  load?: (() => Promise<unknown>) | undefined;
  takeIn?: TakeIn<unknown> | undefined;
  listeners: Set<() => void>;
  loadedAtMs: number;
  /** The latest load that was begun, and the latest whose answer is shown. */
  begun: number;
  shown: number;
  /** Loads up to this one are older than the local change. */
  outdated: number;
  loading?: Promise<void> | undefined;
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
    begun: 0,
    shown: 0,
    outdated: 0,
  };
}

export function createResourceCache(): ResourceCache {
  const entries = new Map<string, Entry>();
  const kept: KeptAnswers = { entries, show, accept };

  function entryOf(name: View, parameters: unknown): Entry {
    const key = keyOf(name, parameters);
    let entry = entries.get(key);
    if (!entry) {
      entry = createEntry(name, key);
      entries.set(key, entry);
    }
    return entry;
  }

  function show(entry: Entry, snapshot: Snapshot<unknown>) {
    entry.snapshot = snapshot;
    for (const listener of [...entry.listeners]) listener();
  }

  function accept(entry: Entry, data: unknown) {
    entry.loadedAtMs = Date.now();
    const { upkeep } = kept;
    show(entry, { data: upkeep ? upkeep.share(entry.snapshot.data, data) : data, error: undefined });
  }

  /** Settles once this load, and the one that makes good for it where it was outdated, is over. Never rejects. */
  function loadAgain(entry: Entry): Promise<void> {
    const { load } = entry;
    if (!load) return Promise.resolve();
    entry.begun += 1;
    entry.loading = runLoad(entry, load, entry.begun);
    return entry.loading;
  }

  async function runLoad(entry: Entry, load: () => Promise<unknown>, turn: number): Promise<void> {
    let failure: UsageKitError | undefined;
    try {
      const data = await load();
      if (
        turn > entry.shown &&
        turn > entry.outdated &&
        (!kept.upkeep || kept.upkeep.admits(entry, data, turn))
      ) {
        entry.shown = turn;
        accept(entry, data);
      }
    } catch (error) {
      failure = error as UsageKitError;
      if (turn === entry.begun && turn > entry.outdated)
        show(entry, { data: entry.snapshot.data, error: failure });
    }
    if (turn !== entry.begun) return;
    entry.loading = undefined;
    if (entry.listeners.size === 0) return;
    if (turn <= entry.outdated) await loadAgain(entry);
    else kept.upkeep?.settle(entry, failure);
  }

  return {
    kept,
    read: <Data>(name: View, parameters: unknown) =>
      (entries.get(keyOf(name, parameters))?.snapshot ?? nothing) as Snapshot<Data>,
    mount<Data>({ name, parameters, load, takeIn }: ResourceDefinition<Data>, onChange: () => void) {
      const entry = entryOf(name, parameters);
      entry.load = load;
      entry.takeIn = takeIn as Entry['takeIn'];
      entry.listeners.add(onChange);
      const isFresh = entry.snapshot.error === undefined && Date.now() - entry.loadedAtMs < freshMs;
      if (!entry.loading && !isFresh) void loadAgain(entry);
      return () => entry.listeners.delete(onChange);
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
        // Running loads become outdated, and nobody needs them again.
        entry.outdated = entry.begun;
        entry.load = undefined;
        show(entry, nothing);
      }
    },
  };
}
