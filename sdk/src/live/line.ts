// The chunk that is loaded when something is watched.
import type { versionOf } from '../client/answer-version.ts';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { type AnswerIntake, createAnswerIntake } from './answer-intake.ts';
import type { LaterLiveUpdatesOptions } from './later-live-updates.ts';
import { type Lists, lists } from './lists.ts';
import { createLiveUpdates, type LiveUpdates } from './live-updates.ts';
import { createRefreshQueue, type RefreshQueue } from './refresh-queue.ts';
import type { retryDelayMs } from './retry-delay.ts';
import { createUpkeep } from './upkeep.ts';

/** A session's stream, and what brings its answers up to date by it. */
export interface Line extends LiveUpdates {
  readonly intake: AnswerIntake;
  /** Asks for answers again, few at a time. */
  readonly queue: RefreshQueue<string>;
  /** What changes a list that is there already. */
  readonly lists: Lists;
}

/** What a line needs of the first chunk. It is handed over: what is imported from there some bundlers put into one more chunk. */
export interface LineTools {
  retryDelayMs: typeof retryDelayMs;
  UsageKitError: typeof UsageKitError;
  versionOf: typeof versionOf;
}

/** Makes the line of a session; nothing is opened before somebody watches. */
export function createLine(options: LaterLiveUpdatesOptions, tools: LineTools): Line {
  const { kept, refresh, openStream, onMissed } = options;
  const queue = createRefreshQueue<string>({
    refresh,
    // What a gate shows hangs on it.
    isUrgent: (key) => kept.entries.get(key)?.name === 'check',
    burst: 6,
    everyMs: 1_500,
  });
  const upkeep = createUpkeep({ ...tools, kept, refresh, onBehind: (key) => queue.add([key]) });
  const intake = createAnswerIntake(kept, upkeep);
  const updates = createLiveUpdates(
    {
      openStream,
      onMissed,
      onChange: (message) => queue.add(intake.take(message)),
      onGreeting: (version) => {
        for (const key of intake.expect(version)) void refresh(key);
      },
      onOffline: () => intake.fail(new tools.UsageKitError({ code: 'network_error', message: 'Offline.' })),
    },
    tools.retryDelayMs,
  );
  return {
    intake,
    queue,
    lists,
    watch: updates.watch,
    get isOpen() {
      return updates.isOpen;
    },
  };
}
