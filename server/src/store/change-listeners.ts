/** Those who want to hear which accounts changed. */
export class ChangeListeners {
  readonly #listeners = new Set<(accountIds: readonly string[]) => void>();

  add(listener: (accountIds: readonly string[]) => void): () => void {
    // A wrapper of its own, so that one function subscribed twice is told twice and let go once.
    const entry = (accountIds: readonly string[]): void => listener(accountIds);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** In a turn of its own: a listener that throws cannot make a committed write look failed. */
  tell(accountIds: readonly string[]): void {
    if (accountIds.length === 0 || this.#listeners.size === 0) return;
    for (const listener of this.#listeners) queueMicrotask(() => listener(accountIds));
  }
}
