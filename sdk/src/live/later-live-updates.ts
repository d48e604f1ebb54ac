import { UsageKitError } from '../client/usagekit-error.ts';
import type { KeptAnswers } from '../provider/resource-cache.ts';
import type { AnswerIntake } from './answer-intake.ts';
import type { LiveUpdates, LiveUpdatesOptions } from './live-updates.ts';
import type { createRefreshQueue } from './refresh-queue.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface LaterLiveUpdatesOptions extends Pick<LiveUpdatesOptions, 'openStream' | 'onMissed'> {
  /** The answers that are kept up to date. */
  kept: KeptAnswers;
  /** Asks for one answer again. Never rejects. */
  refresh(key: string): Promise<void>;
}

export interface LaterLiveUpdates extends LiveUpdates {
  /**
   * Asks for the shown answers that are older than this version; for all of them while the code is on its way. Settles with the
   * last one. Never rejects.
   */
  expect(version: number): Promise<unknown>;
  /** Asks for these again, few at a time. */
  refreshSoon(keys: readonly string[]): void;
  /** Drops what waits to be asked for again. */
  clear(): void;
}

/**
 * Live updates whose code is loaded after the first answer to what is watched, so that figures are on the screen first. While the code cannot be
 * loaded, for example just after a new deployment of the host, shown answers are requested again from time to time.
 */
export function createLaterLiveUpdates(options: LaterLiveUpdatesOptions): LaterLiveUpdates {
  let queue: ReturnType<typeof createRefreshQueue<string>> | undefined;
  let live: LiveUpdates | undefined;
  let intake: AnswerIntake | undefined;
  let loading: Promise<LiveUpdates> | undefined;

  async function load(): Promise<LiveUpdates> {
    // Who begins to watch asks for an answer in the same turn.
    await null;
    await Promise.race([...options.kept.entries.values()].map((entry) => entry.loading));
    for (let failures = 0; ; failures += 1) {
      try {
        const { createAnswerIntake, createLiveUpdates, createRefreshQueue } = await import('./line.ts');
        const { refresh, openStream, onMissed } = options;
        const asked = createRefreshQueue<string>({ refresh, burst: 6, everyMs: 1_500 });
        const answers = createAnswerIntake(options.kept);
        queue = asked;
        intake = answers;
        live = createLiveUpdates(
          {
            openStream,
            onMissed,
            onChange: (message) => asked.add(answers.take(message)),
            onGreeting: (version) => void askAll(answers.expect(version)),
            onOffline: () => answers.fail(new UsageKitError({ code: 'network_error', message: 'Offline.' })),
          },
          retryDelayMs,
        );
        return live;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs(failures)));
        options.onMissed();
      }
    }
  }

  const askAll = (keys: Iterable<string>) => Promise.all(Array.from(keys, (key) => options.refresh(key)));

  return {
    expect: (version) => askAll(intake ? intake.expect(version) : options.kept.entries.keys()),
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
