'use client';
import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
/** The value set on this page, even if the browser stores nothing. */
const set = new Map<string, string | null>();

/** A text that this browser keeps under a name; null where it keeps none. Setting it to null forgets it. */
export function useStoredText(name: string): [string | null, (text: string | null) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => null,
  );
  const put = useCallback(
    (next: string | null) => {
      set.set(name, next);
      try {
        if (next === null) localStorage.removeItem(name);
        else localStorage.setItem(name, next);
      } catch {
        // A browser that keeps nothing keeps it for as long as the page is open.
      }
      for (const listener of listeners) listener();
    },
    [name],
  );
  return [text, put];
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function read(name: string): string | null {
  const text = set.get(name);
  if (text !== undefined) return text;
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
