import type { LiveUpdates, LiveUpdatesOptions } from './live-updates.ts';
import type { createRefreshQueue } from './refresh-queue.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface LaterLiveUpdatesOptions extends LiveUpdatesOptions {
  /** Asks for one answer again. Never rejects. */
  refresh(key: string): Promise<void>;
}

export interface LaterLiveUpdates extends LiveUpdates {
  /** Asks for these again, few at a time. */
  refreshSoon(keys: readonly string[]): void;
  /** Drops what waits to be asked for again. */
  clear(): void;
}

/**
 * Live updates whose code is loaded when something is watched, so that figures are on the screen first. While the code cannot be
 * loaded, for example just after a new deployment of the host, shown answers are requested again from time to time.
 */
export function createLaterLiveUpdates(options: LaterLiveUpdatesOptions): LaterLiveUpdates {
  let queue: ReturnType<typeof createRefreshQueue<string>> | undefined;
  let live: LiveUpdates | undefined;
  let loading: Promise<LiveUpdates> | undefined;

  async function load(): Promise<LiveUpdates> {
    for (let failures = 0; ; failures += 1) {
      try {
        const { createLiveUpdates, createRefreshQueue } = await import('./line.ts');
        queue = createRefreshQueue<string>({ refresh: options.refresh, burst: 6, everyMs: 1_500 });
        live = createLiveUpdates(options, retryDelayMs);
        return live;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs(failures)));
        options.onMissed();
      }
    }
  }

  return {
    get isOpen() {
      return live?.isOpen ?? false;
    },
    refreshSoon(keys) {
      if (queue) queue.add(keys);
      else for (const key of keys) void options.refresh(key);
    },
    clear: () => queue?.clear(),
    watch() {
      let end: (() => void) | undefined;
      let isOver = false;
      loading ??= load();
      if (live) end = live.watch();
      else
        void loading.then((loaded) => {
          if (!isOver) end = loaded.watch();
        });
      return () => {
        isOver = true;
        end?.();
      };
    },
  };
}
