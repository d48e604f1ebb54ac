import { msPerDay } from '../../contract/durations.ts';
import { limits } from '../../contract/limits.ts';
import type { ForgottenNoun } from '../../store/store.ts';

/** For how long things are kept that would otherwise grow for ever, in days. */
export type Retention = Readonly<Record<ForgottenNoun, number>>;

/** What a server's settings change of it. */
export interface RetentionOptions {
  /** Notices with which nothing is to be done any more; 90 by default. */
  readonly noticeDays?: number;
  /** Records of the audit; 730 by default. */
  readonly auditDays?: number;
}

export function retentionOf({
  noticeDays = limits.noticeDays,
  auditDays = limits.auditDays,
}: RetentionOptions): Retention {
  return {
    answers: limits.idempotencyDays,
    notices: noticeDays,
    audit: auditDays,
    // Who comes late with a key is told for a while that it ended, not that there is none.
    keys: limits.endedKeyDays,
    pairings: limits.endedPairingDays,
  };
}

/** What is older than this is forgotten. */
export function forgottenBeforeMs(retention: Retention, noun: ForgottenNoun, nowMs: number): number {
  return nowMs - retention[noun] * msPerDay;
}

export const forgottenNouns = [
  'answers',
  'notices',
  'audit',
  'keys',
  'pairings',
] as const satisfies readonly ForgottenNoun[];
