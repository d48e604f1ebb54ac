/**
 * Asks again for what changed, without making a request of every change. After a quiet time a few things are asked for at
 * once, so that an isolated change is seen at once. While changes go on, the queue allows one at a time, in the order in
 * which they began to wait; what is urgent goes before the others, but never twice in a row while others wait. What is added
 * while it waits, or while it is being asked for, is asked for once more.
 */
export interface RefreshQueue<Key> {
  add(keys: Iterable<Key>): void;
  /** Forgets waiting requests. */
  clear(): void;
}

export interface RefreshQueueOptions<Key> {
  /** Asks again; settles when the answer is there. Failures are reported where they are shown. */
  refresh(key: Key): Promise<unknown>;
  /** Whether somebody is kept from something, or let in to it, by this answer. By default none is urgent. */
  isUrgent?(key: Key): boolean;
  /** So many may be asked for at once after a quiet time. */
  burst: number;
  /** One more may be asked for each time that this has passed. */
  everyMs: number;
}

export function createRefreshQueue<Key>({
  refresh,
  isUrgent = () => false,
  burst,
  everyMs,
}: RefreshQueueOptions<Key>): RefreshQueue<Key> {
  const waiting = new Set<Key>();
  const underWay = new Set<Key>();
  let allowed = burst;
  let countedAtMs = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasUrgent = false;

  function next(): Key | undefined {
    const ready = [...waiting].filter((key) => !underWay.has(key));
    return ready.find((key) => isUrgent(key) !== wasUrgent) ?? ready[0];
  }

  function ask(key: Key) {
    allowed -= 1;
    wasUrgent = isUrgent(key);
    waiting.delete(key);
    underWay.add(key);
    const done = () => {
      underWay.delete(key);
      if (waiting.has(key)) run();
    };
    refresh(key).then(done, done);
  }

  function run() {
    clearTimeout(timer);
    timer = undefined;
    const earned = Math.floor((Date.now() - countedAtMs) / everyMs);
    countedAtMs += earned * everyMs;
    allowed = Math.min(burst, allowed + earned);
    for (let key = next(); key !== undefined && allowed > 0; key = next()) ask(key);
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
