/**
 * Asks again for what changed, without making a request of every change. After a quiet time a few things are asked for at
 * once, so that an isolated change is seen at once. While changes go on, the queue allows one at a time, in the order in
 * which they began to wait. What is added while it waits, or while it is being asked for, is asked for once more.
 */
export interface RefreshQueue<Key> {
  add(keys: Iterable<Key>): void;
  /** Forgets waiting requests. */
  clear(): void;
}

export interface RefreshQueueOptions<Key> {
  /** Asks again; settles when the answer is there. Failures are reported where they are shown. */
  refresh(key: Key): Promise<unknown>;
  /** So many may be asked for at once after a quiet time. */
  burst: number;
  /** One more may be asked for each time that this has passed. */
  everyMs: number;
}

export function createRefreshQueue<Key>({
  refresh,
  burst,
  everyMs,
}: RefreshQueueOptions<Key>): RefreshQueue<Key> {
  const waiting = new Set<Key>();
  const underWay = new Set<Key>();
  let allowed = burst;
  let countedAtMs = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run() {
    clearTimeout(timer);
    timer = undefined;
    const earned = Math.floor((Date.now() - countedAtMs) / everyMs);
    countedAtMs += earned * everyMs;
    allowed = Math.min(burst, allowed + earned);
    for (const key of waiting) {
      if (allowed === 0) break;
      if (underWay.has(key)) continue;
      allowed -= 1;
      waiting.delete(key);
      underWay.add(key);
      const done = () => {
        underWay.delete(key);
        if (waiting.has(key)) run();
      };
      refresh(key).then(done, done);
    }
    if (waiting.size > 0 && allowed === 0) timer = setTimeout(run, countedAtMs + everyMs - Date.now());
  }

  return {
    add(keys) {
      for (const key of keys) waiting.add(key);
      if (timer === undefined) run();
    },
    clear() {
      waiting.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
