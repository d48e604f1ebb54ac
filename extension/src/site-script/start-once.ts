import { isExtensionAlive } from '../chrome/hold-watch.ts';

/** How often it is looked whether the extension is still there. */
const aliveIntervalMs = 2000;

/**
 * Starts a script once in a document, and again where the extension was loaded again.
 * @param key is set in the extension's own world, which the page does not share.
 */
export function startOnce(key: string, start: () => void): void {
  const world = globalThis as Record<string, unknown>;
  if (world[key] === chrome.runtime.id) return;
  world[key] = chrome.runtime.id;
  start();
}

/** Runs when the extension was updated or removed under this script, which then leaves no trace. */
export function whenExtensionGone(run: () => void): void {
  const timer = setInterval(() => {
    if (isExtensionAlive()) return;
    clearInterval(timer);
    run();
  }, aliveIntervalMs);
}
