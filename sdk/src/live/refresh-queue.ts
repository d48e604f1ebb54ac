/**
 * Runs refreshes of named things so that a busy account does not turn every change into a request: what is asked for
 * while a refresh runs is done once after it, and the next one starts at the earliest `intervalMs` after the last began.
 * The first of a quiet time starts at once. A refresh is never cut short by the next, so figures move however busy it is.
 */
export interface RefreshQueue<Name> {
  add(names: Iterable<Name>): void;
  /** Forgets what is waiting. */
  clear(): void;
}

export function createRefreshQueue<Name>(
  refresh: (names: ReadonlySet<Name>) => Promise<unknown>,
  intervalMs: number,
): RefreshQueue<Name> {
  let waiting = new Set<Name>();
  let busy = false;

  async function runWaiting() {
    busy = true;
    const names = waiting;
    waiting = new Set();
    const startedAtMs = Date.now();
    // The refreshes report their failures where they are shown.
    await refresh(names).catch(() => undefined);
    const restMs = Math.max(0, startedAtMs + intervalMs - Date.now());
    setTimeout(() => {
      busy = false;
      if (waiting.size > 0) void runWaiting();
    }, restMs);
  }

  return {
    add(names) {
      for (const name of names) waiting.add(name);
      if (!busy && waiting.size > 0) void runWaiting();
    },
    clear() {
      waiting = new Set();
    },
  };
}
