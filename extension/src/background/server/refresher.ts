import { paths, type Summary } from '@usagekit/server/contract';
import type { Ports } from '../../chrome/ports.ts';
import { parseSummary } from '../../core/server/parse-answer.ts';
import { decideNextPoll, decideRefresh, type RefreshCause } from '../../core/server/refresh-pacing.ts';
import type { AccountMemory } from '../extension-memory.ts';
import { askServer, type ServerAnswer } from './server-client.ts';

const pollAlarmPrefix = 'poll ';

/** The alarm that asks again for an account; it wakes the worker. */
export function pollAlarmName(connectionId: string): string {
  return `${pollAlarmPrefix}${connectionId}`;
}

/** The account of an alarm; null for another alarm. */
export function connectionOfAlarm(name: string): string | null {
  return name.startsWith(pollAlarmPrefix) ? name.slice(pollAlarmPrefix.length) : null;
}

export interface Refresher {
  /**
   * Requests the summary if the cause calls for it. Calls during a request share it, and one more request follows if newer news
   * arrived. It never rejects: a failure is part of the snapshot.
   */
  refresh(cause: RefreshCause): Promise<void>;
  /** Forgets postponed requests and the time of the last one, as on disconnecting. */
  forget(): void;
  /** Sets the alarm where there is none, without moving one that is set. */
  ensureAlarm(): Promise<void>;
}

/** @param onLearned called after each answer, with the snapshot up to date. */
export function createRefresher(
  ports: Pick<Ports, 'alarms' | 'system'>,
  memory: AccountMemory,
  onLearned: () => Promise<void>,
): Refresher {
  const { alarms, system } = ports;
  const alarmName = pollAlarmName(memory.connectionId);
  let lastAskedAtMs: number | null = null;
  let underWay: Promise<void> | null = null;
  let wanted: RefreshCause | null = null;
  let cancelLater: (() => void) | null = null;

  const setNextAlarm = async (): Promise<void> => {
    if (memory.connection() === null) return await alarms.clear(alarmName);
    const next = decideNextPoll(memory.snapshot(), system.nowMs(), system.random());
    await alarms.set(alarmName, next.atMs);
  };

  const askOnce = async (cause: RefreshCause): Promise<void> => {
    const connection = memory.connection();
    if (connection === null) return;
    const requestedAtMs = system.nowMs();
    lastAskedAtMs = requestedAtMs;
    const path = paths.summary(connection.accountId);
    // Open pages show 'in 8 days', computed from an `asOf` that only a whole answer has.
    const etag = cause === 'opened' || cause === 'asked' ? null : memory.snapshot().etag;
    const answer = await askServer(system, connection, path, parseSummary, { etag });
    // The answer for a connection that was removed or changed in the meantime is dropped.
    if (memory.connection() !== connection) return;
    try {
      await learn(answer, requestedAtMs);
    } finally {
      // Whatever failed, the next alarm is the way back.
      await setNextAlarm();
    }
    await onLearned();
  };

  const learn = (answer: ServerAnswer<Summary>, requestedAtMs: number): Promise<void> => {
    const atMs = system.nowMs();
    if (answer.kind === 'failed') return memory.learn({ type: 'fetch_failed', failure: answer.failure });
    if (answer.kind === 'unchanged') return memory.learn({ type: 'summary_unchanged', atMs });
    const { value: summary, etag } = answer;
    return memory.learn({ type: 'summary_fetched', summary, etag, requestedAtMs, atMs });
  };

  const refresh = async (cause: RefreshCause): Promise<void> => {
    if (memory.connection() === null) return;
    if (underWay !== null) {
      // News that arrived after the request was sent may not be in its answer.
      if (cause === 'live' || cause === 'asked' || (cause === 'hint' && wanted === null)) wanted = cause;
      return await underWay;
    }
    const decision = decideRefresh(cause, lastAskedAtMs, system.nowMs());
    if (decision.ask === 'no') return;
    if (decision.ask === 'later') return later(cause, decision.atMs);
    cancelLater?.();
    cancelLater = null;
    underWay = askOnce(cause);
    try {
      await underWay;
    } finally {
      underWay = null;
    }
    if (wanted === null) return;
    const next = wanted;
    wanted = null;
    await refresh(next);
  };

  const later = (cause: RefreshCause, atMs: number): void => {
    cancelLater ??= system.wait(Math.max(0, atMs - system.nowMs()), () => {
      cancelLater = null;
      void refresh(cause);
    });
  };

  return {
    refresh,
    forget() {
      cancelLater?.();
      cancelLater = null;
      wanted = null;
      lastAskedAtMs = null;
    },
    async ensureAlarm() {
      if (memory.connection() !== null && (await alarms.isSet(alarmName))) return;
      await setNextAlarm();
    },
  };
}
