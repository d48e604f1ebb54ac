import { UsageKitError } from '../client/usagekit-error.ts';
import type { KeptAnswers } from '../provider/resource-cache.ts';
import type { AnswerIntake } from './answer-intake.ts';
import type { Lists } from './lists.ts';
import type { LiveUpdates, LiveUpdatesOptions } from './live-updates.ts';
import { loadUntilThere } from './load-until-there.ts';
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
  /** What changes a list that is there already. Comes with the code. Never rejects. */
  lists(): Promise<Lists>;
  /** Asks for these again, few at a time. */
  refreshSoon(keys: readonly string[]): void;
  /** Drops what waits to be asked for again. */
  clear(): void;
}

/**
 * Live updates whose code is loaded after the first answer to what is watched, so that figures are on the screen first. While the
 * code cannot be loaded, for example just after a new deployment of the host, shown answers are requested again from time to time.
 */
export function createLaterLiveUpdates(options: LaterLiveUpdatesOptions): LaterLiveUpdates {
  let queue: ReturnType<typeof createRefreshQueue<string>> | undefined;
  let live: LiveUpdates | undefined;
  let intake: AnswerIntake | undefined;
  let loading: Promise<typeof import('./line.ts')> | undefined;

  /** The code, with the line made once it is there. */
  function load() {
    loading ??= afterFirstAnswer().then(() => loadUntilThere(start, options.onMissed));
    return loading;
  }

  async function afterFirstAnswer() {
    // Who begins to watch asks for an answer in the same turn.
    await null;
    await Promise.race([...options.kept.entries.values()].map((entry) => entry.loading));
  }

  async function start() {
    const code = await import('./line.ts');
    const { refresh, openStream, onMissed } = options;
    const asked = code.createRefreshQueue<string>({ refresh, burst: 6, everyMs: 1_500 });
    const answers = code.createAnswerIntake(options.kept);
    queue = asked;
    intake = answers;
    live = code.createLiveUpdates(
      {
        openStream,
        onMissed,
        onChange: (message) => asked.add(answers.take(message)),
        onGreeting: (version) => void askAll(answers.expect(version)),
        onOffline: () => answers.fail(new UsageKitError({ code: 'network_error', message: 'Offline.' })),
      },
      retryDelayMs,
    );
    return code;
  }

  const askAll = (keys: Iterable<string>) => Promise.all(Array.from(keys, (key) => options.refresh(key)));

  return {
    expect: (version) => askAll(intake ? intake.expect(version) : options.kept.entries.keys()),
    get isOpen() {
      return live?.isOpen ?? false;
    },
    lists: async () => (await load()).lists,
    refreshSoon(keys) {
      if (queue) queue.add(keys);
      else for (const key of keys) void options.refresh(key);
    },
    clear: () => queue?.clear(),
    watch() {
      let end = live?.watch();
      let isOver = false;
      void load().then(() => {
        if (!isOver) end ??= live?.watch();
      });
      return () => {
        isOver = true;
        end?.();
      };
    },
  };
}
