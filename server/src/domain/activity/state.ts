import type { ActivityEvent, ActivityKind } from '../../contract/activity/activity.ts';

/** One line of an account's activity log: who did what, when, why. */
export interface ActivityRecord {
  readonly id: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly kind: ActivityKind;
  /** One sentence in English. */
  readonly description: string;
  /** The same in fields; null of what was written before there were fields. */
  readonly event: ActivityEvent | null;
  /** Null where the server itself or the product team did it. */
  readonly memberId: string | null;
  readonly reason: string | null;
}
