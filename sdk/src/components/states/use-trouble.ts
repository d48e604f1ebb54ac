'use client';
import { useEffect, useState } from 'react';
import { loadUntilThere } from '../../live/load-until-there.ts';
import { laterTools } from '../parts/widget/later-tools.ts';
import type { Trouble } from './trouble.tsx';

let loaded: Trouble | undefined;
let loading: Promise<Trouble> | undefined;

/**
 * Loads what is shown while something is wrong. Called once the first figures are there, so that it is there before the
 * connection is gone. Without it nothing is shown, and it is loaded from time to time until it comes. Never rejects.
 */
export function loadTrouble(): Promise<Trouble> {
  loading ??= loadUntilThere(async () => {
    const { createTrouble } = await import('./trouble.tsx');
    loaded = createTrouble(laterTools);
    return loaded;
  });
  return loading;
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
