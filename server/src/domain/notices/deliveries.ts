import { msPerDay } from '../../contract/values/durations.ts';
import type { Delivery, NoticeRecord, NoticeType } from './state.ts';
import { toEndpoint } from './state.ts';

const msPerMinute = 60_000;
const msPerHour = 60 * msPerMinute;

/** How long after each failed attempt the next one comes; after the last of them none does. They make up just under three days. */
export const retryDelaysMs: readonly number[] = [
  5_000,
  5 * msPerMinute,
  30 * msPerMinute,
  2 * msPerHour,
  5 * msPerHour,
  10 * msPerHour,
  14 * msPerHour,
  20 * msPerHour,
  20 * msPerHour,
];

/** After a secret is rotated the one before still signs for so long. */
export const rotatedSecretMs = msPerDay;

/** Who may be given a notice. */
export interface Recipient {
  readonly id: string;
  /** Null for all. */
  readonly types: readonly NoticeType[] | null;
}

/** The notice with a copy for each recipient that wants it, and for its mail. */
export function withDeliveries(
  notice: NoticeRecord,
  endpoints: readonly Recipient[],
  nowMs: number,
): NoticeRecord {
  if (notice.deliveries !== null) return notice;
  const wanted = endpoints.filter(({ types }) => types === null || types.includes(notice.subject.type));
  const to = [...wanted.map(({ id }) => toEndpoint(id)), ...(notice.mailTo === null ? [] : ['mail'])];
  return due({ ...notice, deliveries: to.map((each) => waiting(each, nowMs)) });
}

/** The result of one attempt. `dropped`: the delivery is no longer of use. */
export type AttemptOutcome =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'dropped'; readonly why: string }
  | { readonly outcome: 'failed'; readonly why: string };

/** The notice after an attempt of one delivery. A delivery that has ended in the meantime does not change. */
export function withAttempt(
  notice: NoticeRecord,
  to: string,
  attempt: AttemptOutcome,
  nowMs: number,
): NoticeRecord {
  const deliveries = (notice.deliveries ?? []).map((delivery): Delivery => {
    if (delivery.to !== to || delivery.status !== 'waiting') return delivery;
    const attempts = delivery.attempts + 1;
    const ended = { ...delivery, attempts, lastAttemptAtMs: nowMs, nextAttemptAtMs: null };
    if (attempt.outcome === 'delivered') return { ...ended, status: 'delivered', lastFailure: null };
    if (attempt.outcome === 'dropped')
      return { ...ended, attempts: delivery.attempts, status: 'dropped', lastFailure: attempt.why };
    const delayMs = retryDelaysMs[attempts - 1];
    if (delayMs === undefined) return { ...ended, status: 'dead', lastFailure: attempt.why };
    return { ...ended, status: 'waiting', nextAttemptAtMs: nowMs + delayMs, lastFailure: attempt.why };
  });
  return due({ ...notice, deliveries });
}

/** The notice with the copies that were given up waiting again, as if they were new. */
export function replayed(notice: NoticeRecord, nowMs: number): NoticeRecord {
  const deliveries = (notice.deliveries ?? []).map((delivery) =>
    delivery.status === 'dead' ? waiting(delivery.to, nowMs) : delivery,
  );
  return due({ ...notice, deliveries });
}

/** The copies whose time has come. */
export function dueDeliveries({ deliveries }: NoticeRecord, nowMs: number): Delivery[] {
  return (deliveries ?? []).filter(
    ({ nextAttemptAtMs }) => nextAttemptAtMs !== null && nextAttemptAtMs <= nowMs,
  );
}

function waiting(to: string, nowMs: number): Delivery {
  return {
    to,
    status: 'waiting',
    attempts: 0,
    nextAttemptAtMs: nowMs,
    lastAttemptAtMs: null,
    lastFailure: null,
  };
}

function due(notice: NoticeRecord): NoticeRecord {
  let dueAtMs: number | null = null;
  for (const { nextAttemptAtMs } of notice.deliveries ?? [])
    if (nextAttemptAtMs !== null && (dueAtMs === null || nextAttemptAtMs < dueAtMs))
      dueAtMs = nextAttemptAtMs;
  return { ...notice, dueAtMs };
}
