import type { ChangeMessage, MovedAnswers } from '@usagekit/server/contract';
import type { UsageKitError } from '../client/usagekit-error.ts';
import type { Entry, KeptAnswers } from '../provider/resource-cache.ts';
import { lists } from './lists.ts';
import { type UpkeepOfAnswers, unknownVersion } from './upkeep.ts';

/** Brings a session's answers up to date with what the stream tells. It is loaded with the stream. */
export interface AnswerIntake {
  /** Applies a message of the stream, and returns the keys of mounted, changed answers that have to be requested again. */
  take(message: ChangeMessage): string[];
  /**
   * Notes the account's present version, and returns the keys of mounted answers that are older. A running load that turns out to
   * be older is repeated. A version below an earlier one means that the server was restored.
   */
  expect(version: number): string[];
  /** Marks all answers as no longer current, for example when the browser is offline. */
  fail(error: UsageKitError): void;
}

export function createAnswerIntake(
  { entries, show, accept }: KeptAnswers,
  { standingOf }: Pick<UpkeepOfAnswers, 'standingOf'>,
): AnswerIntake {
  /** The highest version that the server has told of. */
  let latest = 0;

  /** Whether the entry has become current by the message. */
  function takeInto(entry: Entry, message: ChangeMessage): boolean {
    const { version, since, views, moved } = message;
    const { data, error } = entry.snapshot;
    const standing = standingOf(entry);
    if (standing.version > version) return true;
    // A part of an answer is of use only to what has all that came before.
    const before = standing.version >= since ? data : undefined;
    let answer = before;
    if (views.includes(entry.name)) {
      const { takeIn } = entry;
      answer = takeIn ? before && takeIn(before, message, lists) : moved[entry.name as keyof MovedAnswers];
    }
    if (answer === undefined) return false;
    standing.version = version;
    standing.overtaken = entry.begun;
    standing.failures = 0;
    // Unchanged answers stay the same objects, so that nobody is notified.
    if (answer !== data || error) {
      accept(entry, answer);
    }
    return true;
  }

  return {
    take(message) {
      const { views, version } = message;
      latest = Math.max(latest, version);
      const outdated: string[] = [];
      for (const [key, entry] of entries) {
        const isTouched = views.includes(entry.name);
        // A forbidden answer becomes available only with a change of the role, which touches every answer.
        const isRefused = entry.snapshot.error?.notPermitted && !views.includes('whoami');
        if (isRefused || takeInto(entry, message) || !isTouched) continue;
        const standing = standingOf(entry);
        standing.expected = Math.max(standing.expected, version);
        if (entry.listeners.size === 0) entry.loadedAtMs = 0;
        else if (!entry.loading) outdated.push(key);
        else standing.overtaken = entry.begun;
      }
      return outdated;
    },
    expect(version) {
      const outdated: string[] = [];
      const isRestored = version < latest;
      latest = version;
      for (const [key, entry] of entries) {
        const standing = standingOf(entry);
        standing.expected = isRestored ? version : Math.max(standing.expected, version);
        if (isRestored) standing.version = unknownVersion;
        const isOld = standing.version < version;
        if (!isOld || entry.listeners.size === 0) continue;
        if (entry.loading) standing.overtaken = entry.begun;
        else outdated.push(key);
      }
      return outdated;
    },
    fail(error) {
      for (const entry of entries.values()) {
        const { data, error: known } = entry.snapshot;
        if (data !== undefined && !known) show(entry, { data, error });
      }
    },
  };
}
