import type { ChangeMessage, Credits, Summary, Usage } from '@usagekit/server/contract';

/** Why the server could not be asked. */
export type FailureKind =
  /** The token ended or was revoked; nothing helps but connecting again. */
  | 'unauthorized'
  /** The token may not read this account. */
  | 'forbidden'
  /** No line, or an address that does not answer. */
  | 'unreachable'
  /** An answer that is not the server's. */
  | 'not_understood'
  /** The server answered that it cannot now. */
  | 'unavailable';

export interface Failure {
  kind: FailureKind;
  /** One sentence for people. */
  message: string;
  atMs: number;
  /** How often in a row, from 1. */
  count: number;
  /** The wait that the server asked for, if any. */
  retryAfterSeconds: number | null;
}

/** The known figures of the account, kept while the browser runs, so that badge and popup are painted at once. */
export interface Snapshot {
  summary: Summary | null;
  /** ETag of the last whole answer; null once a message has changed the figures. */
  etag: string | null;
  /** Whether work is stopped. It may be known, from a message, a moment before `summary.blocked` says why. */
  isBlocked: boolean;
  /** When the figures were true, by this machine's clock, which need not be the account's. */
  asOfMs: number | null;
  /** `summary.asOf` by this machine's clock. An answer that nothing changed brings no new `asOf`. */
  summaryAsOfMs: number | null;
  failure: Failure | null;
  /** The popup's last whole answers, so that it opens with something to show. */
  usage: Usage | null;
  credits: Credits | null;
  /** Whether those answers are as new as the summary; an open page asks again for those that are not. */
  isCurrent: { usage: boolean; credits: boolean };
}

export const emptySnapshot: Snapshot = {
  summary: null,
  etag: null,
  isBlocked: false,
  asOfMs: null,
  summaryAsOfMs: null,
  failure: null,
  usage: null,
  credits: null,
  isCurrent: { usage: false, credits: false },
};

export type SnapshotEvent =
  | { type: 'summary_fetched'; summary: Summary; etag: string | null; requestedAtMs: number; atMs: number }
  | { type: 'summary_unchanged'; atMs: number }
  | { type: 'fetch_failed'; failure: Omit<Failure, 'count'> }
  | { type: 'changed'; message: ChangeMessage; atMs: number }
  | { type: 'usage_fetched'; usage: Usage }
  | { type: 'credits_fetched'; credits: Credits }
  | { type: 'disconnected' };

/** Applies one piece of news. News older than the known figures changes nothing. */
export function reduceSnapshot(snapshot: Snapshot, event: SnapshotEvent): Snapshot {
  switch (event.type) {
    case 'summary_fetched':
      return takeSummary(snapshot, event);
    case 'summary_unchanged':
      return { ...snapshot, asOfMs: event.atMs, failure: null };
    case 'fetch_failed':
      return { ...snapshot, failure: { ...event.failure, count: (snapshot.failure?.count ?? 0) + 1 } };
    case 'changed':
      return takeChange(snapshot, event.message, event.atMs);
    case 'usage_fetched':
      return { ...snapshot, usage: event.usage, isCurrent: { ...snapshot.isCurrent, usage: true } };
    case 'credits_fetched':
      return { ...snapshot, credits: event.credits, isCurrent: { ...snapshot.isCurrent, credits: true } };
    case 'disconnected':
      return emptySnapshot;
  }
}

function takeSummary(
  snapshot: Snapshot,
  event: { summary: Summary; etag: string | null; requestedAtMs: number; atMs: number },
): Snapshot {
  const known = snapshot.summary;
  const isOvertaken =
    known !== null &&
    known.accountId === event.summary.accountId &&
    event.summary.version < known.version &&
    // A message that came while this was asked for is newer. Asked for later, a lower version is a restored server.
    snapshot.asOfMs !== null &&
    event.requestedAtMs <= snapshot.asOfMs;
  if (isOvertaken) return { ...snapshot, failure: null };
  return {
    ...snapshot,
    summary: event.summary,
    etag: event.etag,
    isBlocked: event.summary.blocked !== null,
    asOfMs: event.atMs,
    summaryAsOfMs: event.atMs,
    failure: null,
    isCurrent:
      known?.version === event.summary.version ? snapshot.isCurrent : { usage: false, credits: false },
  };
}

/** Whether an answer is still true after a message: the message carries it, or says of all that happened that it left it alone. */
function isStillCurrent(
  name: 'usage' | 'credits',
  snapshot: Snapshot,
  { moved, views, since }: ChangeMessage,
): boolean {
  if (moved[name] !== undefined) return true;
  const isNext = since === snapshot.summary?.version;
  return snapshot.isCurrent[name] && isNext && !views.includes(name);
}

function takeChange(snapshot: Snapshot, message: ChangeMessage, atMs: number): Snapshot {
  const { summary } = snapshot;
  if (summary === null || summary.accountId !== message.accountId) return snapshot;
  if (message.version <= summary.version) return snapshot;
  return {
    ...snapshot,
    summary: message.moved.summary ?? {
      ...summary,
      credits: message.credits ?? summary.credits,
      level: message.level,
      blocked: message.blocked ? summary.blocked : null,
      version: message.version,
      asOf: message.asOf,
    },
    etag: null,
    isBlocked: message.blocked,
    asOfMs: atMs,
    summaryAsOfMs: atMs,
    failure: null,
    usage: message.moved.usage ?? snapshot.usage,
    credits: message.moved.credits ?? snapshot.credits,
    isCurrent: {
      usage: isStillCurrent('usage', snapshot, message),
      credits: isStillCurrent('credits', snapshot, message),
    },
  };
}
