import { useCallback, useEffect, useRef, useState } from 'react';

export interface LoadedPages<Item> {
  items: readonly Item[];
  error: unknown;
  isLoading: boolean;
  /** Loads the next page; undefined on the last one. */
  more: (() => void) | undefined;
  reload(): void;
}

export interface ListPage<Item> {
  items: Item[];
  nextCursor: string | null;
}

type LoadPage<Item> = (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Item>>;

interface State<Item> {
  key: string;
  items: readonly Item[];
  cursor: string | null;
  error: unknown;
}

export interface PagesOptions {
  /** Pages are loaded until so many more items are there, as a page of a search may be empty. */
  atLeast?: number;
  /** Where it counts on, the list is loaded again; what was shown stays until the new list is there. */
  changes?: number;
}

/** A list that is loaded page by page, and from its start when its key changes. */
export function usePages<Item>(
  key: string,
  load: LoadPage<Item>,
  { atLeast = 1, changes = 0 }: PagesOptions = {},
): LoadedPages<Item> {
  const [state, setState] = useState<State<Item>>({ key, items: [], cursor: null, error: undefined });
  const [isLoading, setLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const ending = useRef<AbortController>(undefined);

  const shown = useRef<{ key: string; count: number }>({ key, count: 0 });
  if (state.key === key) shown.current = { key, count: state.items.length };

  const run = useCallback(
    async (before: readonly Item[], from: string | undefined) => {
      ending.current?.abort();
      const own = new AbortController();
      ending.current = own;
      setLoading(true);
      let items = before;
      let cursor: string | undefined = from;
      // A list that is loaded again is as long as it was, so that what the reader stands on stays.
      const isAgain = from === undefined && shown.current.key === key && shown.current.count > 0;
      const wanted = isAgain ? Math.max(atLeast, shown.current.count) : atLeast;
      try {
        do {
          const page = await latest.current(cursor, own.signal);
          if (own.signal.aborted) return;
          items = [...items, ...page.items];
          cursor = page.nextCursor ?? undefined;
          if (!isAgain || cursor === undefined || items.length >= wanted)
            setState({ key, items, cursor: page.nextCursor, error: undefined });
        } while (cursor !== undefined && items.length - before.length < wanted);
      } catch (error) {
        if (own.signal.aborted) return;
        setState((shownBefore) =>
          isAgain && shownBefore.key === key
            ? { ...shownBefore, error }
            : { key, items, cursor: cursor ?? null, error },
        );
      }
      setLoading(false);
    },
    [key, atLeast],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn loads again
  useEffect(() => {
    void run([], undefined);
    return () => ending.current?.abort();
  }, [run, turn, changes]);

  const isOfKey = state.key === key;
  const { cursor, items } = state;
  return {
    items: isOfKey ? items : [],
    error: isOfKey ? state.error : undefined,
    isLoading: isLoading || !isOfKey,
    more: isOfKey && cursor !== null ? () => void run(items, cursor) : undefined,
    reload: useCallback(() => setTurn((before) => before + 1), []),
  };
}
