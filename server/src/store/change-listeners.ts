import type { ChangedAccounts } from './store.ts';

/** Those who want to hear which accounts changed. */
export class ChangeListeners {
  readonly #listeners = new Set<(changed: ChangedAccounts) => void>();

  add(listener: (changed: ChangedAccounts) => void): () => void {
    // A wrapper of its own, so that one function subscribed twice is told twice and let go once.
    const entry = (changed: ChangedAccounts): void => listener(changed);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /**
   * In a turn of its own: a listener that throws cannot make a committed write look failed. Nor does it end the process, as an
   * error in a turn that nobody waits for would: the error is the listener's own to tell.
   */
  tell(changed: ChangedAccounts): void {
    if (changed.length === 0 || this.#listeners.size === 0) return;
    for (const listener of this.#listeners)
      queueMicrotask(() => {
        try {
          listener(changed);
        } catch {
          // A listener that fails misses this change, and the others hear of it.
        }
      });
  }
}
