/** Those who want to hear of something, such as which accounts changed. */
export class ChangeListeners<Change> {
  readonly #listeners = new Set<(change: Change) => void>();

  add(listener: (change: Change) => void): () => void {
    // A wrapper of its own, so that one function subscribed twice is told twice and let go once.
    const entry = (change: Change): void => listener(change);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /**
   * In a turn of its own: a listener that throws cannot make a committed write look failed. Nor does it end the process, as an
   * error in a turn that nobody waits for would: the error is the listener's own to tell.
   */
  tell(change: Change): void {
    for (const listener of this.#listeners)
      queueMicrotask(() => {
        try {
          listener(change);
        } catch {
          // A listener that fails misses this change, and the others hear of it.
        }
      });
  }
}
