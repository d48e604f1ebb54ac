import { apiBounds } from '../../contract/api-bounds.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { ForgottenNoun } from '../../store/store.ts';

/** Notices with which nothing is to be done any more. */
export const noticeDaysDefault = 90;
export const auditDaysDefault = 730;
/** Who comes late with a key or a pairing is told for so long that it ended, not that there is none. */
const endedKeyDays = 30;
const endedPairingDays = 1;

/** For how long things are kept that would otherwise grow for ever, in days. */
export type Retention = Readonly<Record<ForgottenNoun, number>>;

/** The days that a server's settings replace. */
export interface RetentionOptions {
  /** Notices with which nothing is to be done any more; 90 by default. */
  readonly noticeDays?: number;
  /** Records of the audit; 730 by default. */
  readonly auditDays?: number;
}

export function retentionOf({
  noticeDays = noticeDaysDefault,
  auditDays = auditDaysDefault,
}: RetentionOptions): Retention {
  return {
    answers: apiBounds.idempotencyDays,
    notices: noticeDays,
    audit: auditDays,
    keys: endedKeyDays,
    pairings: endedPairingDays,
  };
}

/** Rows from before this instant are forgotten. */
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
