'use client';
import { useEffect, useState } from 'react';
import { retryDelayMs } from '../../live/retry-delay.ts';

type Trouble = typeof import('./trouble.tsx');

let loaded: Trouble | undefined;
let loading: Promise<Trouble> | undefined;

/**
 * Loads what is shown while something is wrong. Called once the first figures are there, so that it is there before the
 * connection is gone. Without it nothing is shown, and it is loaded from time to time until it comes. Never rejects.
 */
export function loadTrouble(): Promise<Trouble> {
  loading ??= loadUntilThere();
  return loading;
}

async function loadUntilThere(): Promise<Trouble> {
  for (let failures = 0; ; failures += 1) {
    try {
      loaded = await import('./trouble.tsx');
      return loaded;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs(failures)));
    }
  }
}

/** What is shown while something is wrong; undefined until it is loaded. */
export function useTrouble(): Trouble | undefined {
  const [trouble, show] = useState(loaded);
  useEffect(() => {
    let isShown = true;
    void loadTrouble().then((come) => isShown && show(come));
    return () => {
      isShown = false;
    };
  }, []);
  return trouble;
}
