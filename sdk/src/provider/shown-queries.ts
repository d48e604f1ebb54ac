import type { Session } from '../client/token-source.ts';
import type { ResourceName } from './resource-name.ts';

/** An answer that is kept outside of the session's cache, such as SWR's, and how it is asked for again and let go of. */
export interface Query {
  name: ResourceName;
  key: string;
  /** Never rejects. */
  refresh(): Promise<unknown>;
  /** Drops what is kept of it. */
  forget(): void;
  /** It is shown again after nobody showed it for two seconds or more. */
  onReturn?(): void;
}

/** Which queries of a session are on the screen. */
export interface ShownQueries {
  /**
   * Names one answer, unlike that of any other session, client or time that the session was entered. Identity comes first,
   * and there is never a token in it.
   */
  keyOf(name: ResourceName, parameters: unknown): string;
  /** Counts a query in until the function that comes back is called. Its answer is kept for a while after that. */
  mount(query: Query): () => void;
  /** Whether its answer is still to be kept; one that comes later than that is of no use. */
  knows(key: string): boolean;
  /** Asks again for what is shown of these; for everything shown where none are named. Never rejects. */
  refresh(names?: ReadonlySet<ResourceName>): Promise<void>;
  /** Forgets every answer. */
  clear(): void;
}

/** A shorter absence is none, as when one component takes the place of another. */
const absentMsMin = 2_000;
/** Answers that no component shows now, such as of prices that were asked for before; the oldest go first. */
const idleQueriesMax = 50;

let sessionsMet = 0;

export function createShownQueries({ accountId, memberId }: Session): ShownQueries {
  sessionsMet += 1;
  const identity = [sessionsMet, accountId, memberId ?? null];
  /** What each of the components that show it gave. */
  const shown = new Map<string, Set<Query>>();
  const idle = new Map<string, { query: Query; sinceMs: number }>();

  function rest(query: Query) {
    idle.set(query.key, { query, sinceMs: Date.now() });
    for (const [key, oldest] of idle) {
      if (idle.size <= idleQueriesMax) break;
      idle.delete(key);
      oldest.query.forget();
    }
  }

  return {
    keyOf: (name, parameters) => JSON.stringify(['usagekit', ...identity, name, parameters ?? null]),
    mount(query) {
      const { key } = query;
      const absence = idle.get(key);
      idle.delete(key);
      const mounted = shown.get(key) ?? new Set();
      shown.set(key, mounted.add(query));
      if (absence && Date.now() - absence.sinceMs >= absentMsMin) query.onReturn?.();
      return () => {
        if (!mounted.delete(query) || mounted.size > 0 || shown.get(key) !== mounted) return;
        shown.delete(key);
        rest(query);
      };
    },
    knows: (key) => shown.has(key) || idle.has(key),
    async refresh(names) {
      // Those who show the same answer need it once.
      const firsts = [...shown.values()].flatMap(([first]) => first ?? []);
      await Promise.all(firsts.filter(({ name }) => !names || names.has(name)).map((each) => each.refresh()));
    },
    clear() {
      const all = [
        ...[...idle.values()].map(({ query }) => query),
        ...[...shown.values()].flatMap(([first]) => first ?? []),
      ];
      idle.clear();
      shown.clear();
      for (const query of all) query.forget();
    },
  };
}
