import type { versionOf } from '../client/answer-version.ts';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { shareEqual } from '../derive/share-equal.ts';
import type { Entry, KeptAnswers, Upkeep } from '../provider/resource-cache.ts';
import type { retryDelayMs } from './retry-delay.ts';

/** How an answer stands to what the stream has told. */
export interface Standing {
  /** The account's version that is shown, and the one that is known to be there. */
  version: number;
  expected: number;
  /** Loads up to this one may be older than what a message brought; their version tells. */
  overtaken: number;
  /** Whether the last answer that came is older than what is expected. */
  isBehind: boolean;
  failures: number;
  retry?: ReturnType<typeof setTimeout>;
}

export interface UpkeepOptions {
  kept: KeptAnswers;
  /** Asks for one answer again. Never rejects. */
  refresh(key: string): Promise<void>;
  /** Told the key of an answer that came and is older than what the stream has told of, to be asked for again. */
  onBehind(key: string): void;
  versionOf: typeof versionOf;
  retryDelayMs: typeof retryDelayMs;
}

export interface UpkeepOfAnswers extends Upkeep {
  standingOf(entry: Entry): Standing;
}

/** The version of an answer without a version, or of no answer. */
export const unknownVersion = -1;

/** Answers that no component shows now, such as of filters that were left; the oldest go first. */
const idleEntriesMax = 50;

/** Takes over the upkeep of a session's answers, those included that are there or have failed by now. */
export function createUpkeep(options: UpkeepOptions): UpkeepOfAnswers {
  const { kept, refresh, onBehind, retryDelayMs } = options;
  const { entries } = kept;
  const standings = new WeakMap<Entry, Standing>();
  const versionOfAnswer = (data: unknown) => options.versionOf(data) ?? unknownVersion;

  function standingOf(entry: Entry): Standing {
    let standing = standings.get(entry);
    if (!standing) {
      const version = versionOfAnswer(entry.snapshot.data);
      standing = { version, expected: unknownVersion, overtaken: 0, isBehind: false, failures: 0 };
      standings.set(entry, standing);
    }
    return standing;
  }

  function dropIdle() {
    const idle = [...entries.values()].filter(({ listeners }) => listeners.size === 0);
    idle.splice(-idleEntriesMax);
    for (const { key } of idle) entries.delete(key);
  }

  function retryLater(entry: Entry, standing: Standing, error: UsageKitError) {
    // A hidden page asks again when it is seen.
    if (!error.retryable || document.visibilityState === 'hidden') return;
    clearTimeout(standing.retry);
    standing.retry = setTimeout(
      () => {
        const isDue = entry.snapshot.error && !entry.loading && entries.get(entry.key) === entry;
        if (isDue) void refresh(entry.key);
      },
      retryDelayMs(standing.failures, error.retryAfterSeconds),
    );
  }

  function settle(entry: Entry, error: UsageKitError | undefined) {
    const standing = standingOf(entry);
    if (error) {
      standing.failures += 1;
      retryLater(entry, standing, error);
    } else if (standing.isBehind) onBehind(entry.key);
  }

  const upkeep: UpkeepOfAnswers = {
    standingOf,
    admits(entry, data, turn) {
      dropIdle();
      const standing = standingOf(entry);
      const version = versionOfAnswer(data);
      // A message came since it was asked for. An answer to a later question is right, whatever its version, as after the
      // server was restored.
      const isOvertaken = turn <= standing.overtaken;
      standing.isBehind = isOvertaken && version < standing.expected;
      if (isOvertaken && version < standing.version) return false;
      standing.version = version;
      standing.failures = 0;
      return true;
    },
    share: shareEqual,
    settle,
  };
  kept.upkeep = upkeep;
  for (const entry of entries.values()) if (!entry.loading) settle(entry, entry.snapshot.error);
  return upkeep;
}
