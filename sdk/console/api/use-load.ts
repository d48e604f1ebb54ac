import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<Data> {
  data: Data | undefined;
  error: unknown;
  isLoading: boolean;
  reload(): void;
}

/** Loads something when its key changes, and again where `changes` counts on: then the previous result stays until the new one is there. */
export function useLoad<Data>(
  key: string,
  load: (signal: AbortSignal) => Promise<Data>,
  changes = 0,
): Loaded<Data> {
  const [state, setState] = useState<{ key: string; data?: Data; error?: unknown }>({ key });
  const [turn, setTurn] = useState(0);
  const [isLoading, setLoading] = useState(true);
  const latest = useRef(load);
  latest.current = load;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn loads again
  useEffect(() => {
    const ending = new AbortController();
    setLoading(true);
    latest.current(ending.signal).then(
      (data) => {
        if (ending.signal.aborted) return;
        setState({ key, data });
        setLoading(false);
      },
      (error: unknown) => {
        if (ending.signal.aborted) return;
        setState((before) => (before.key === key ? { ...before, error } : { key, error }));
        setLoading(false);
      },
    );
    return () => ending.abort();
  }, [key, turn, changes]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const isOfKey = state.key === key;
  return {
    data: isOfKey ? state.data : undefined,
    error: isOfKey ? state.error : undefined,
    isLoading: isLoading || !isOfKey,
    reload,
  };
}
