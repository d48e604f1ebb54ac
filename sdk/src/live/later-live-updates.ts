import { versionOf } from '../client/answer-version.ts';
import { UsageKitError } from '../client/usagekit-error.ts';
import type { KeptAnswers } from '../provider/resource-cache.ts';
import type { Line } from './line.ts';
import type { LiveUpdatesOptions } from './live-updates.ts';
import { loadUntilThere } from './load-until-there.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface LaterLiveUpdatesOptions extends Pick<LiveUpdatesOptions, 'openStream' | 'onMissed'> {
  /** The answers that are kept up to date. */
  kept: KeptAnswers;
  /** Asks for one answer again. Never rejects. */
  refresh(key: string): Promise<void>;
}

export interface LaterLiveUpdates {
  /** The line; undefined while its code is on its way. */
  readonly line: Line | undefined;
  /** Waits for the line. Never rejects. */
  load(): Promise<Line>;
  /** Keeps the line open; gives back what ends the watching. */
  watch(): () => void;
}

/**
 * Live updates whose code is loaded after the first answer to what is watched, so that figures are on the screen first. While the
 * code cannot be loaded, for example just after a new deployment of the host, shown answers are requested again from time to time.
 */
export function createLaterLiveUpdates(options: LaterLiveUpdatesOptions): LaterLiveUpdates {
  let line: Line | undefined;
  let loading: Promise<Line> | undefined;

  async function start() {
    const { createLine } = await import('./line.ts');
    line = createLine(options, { retryDelayMs, UsageKitError, versionOf });
    return line;
  }

  async function load() {
    // Who begins to watch asks for an answer in the same turn.
    await null;
    await Promise.race([...options.kept.entries.values()].map((entry) => entry.loading));
    return loadUntilThere(start, options.onMissed);
  }

  const live: LaterLiveUpdates = {
    get line() {
      return line;
    },
    load() {
      loading ??= load();
      return loading;
    },
    watch() {
      let isOver = false;
      let end = line?.watch();
      void live.load().then((made) => {
        if (!isOver) end ??= made.watch();
      });
      return () => {
        isOver = true;
        end?.();
      };
    },
  };
  return live;
}
