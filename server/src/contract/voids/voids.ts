import type { CreditUnit, DecimalString, Instant } from '../values/amount.ts';

/** Which use is taken back: by the event that reported it, an entry of the ledger, its own id, or a line of a task. */
export type VoidTarget =
  | { eventId: string }
  | { entryId: string }
  | { usageId: string }
  /** The use that charged this line of the task, counted from 0. */
  | { taskId: string; line: number };

/** Body of `POST /v1/accounts/{id}/voids`. */
export interface VoidRequest {
  use: VoidTarget;
  /** Why, as activity log and explain tell it. */
  reason: string;
}

/** The amount of a metric that the voided use no longer counts; 0 for a gauge that was set since. */
export interface VoidedCount {
  metric: string;
  label: string;
  quantity: DecimalString;
}

/** Answer of `POST /v1/accounts/{id}/voids`. */
export interface VoidAnswer {
  usageId: string;
  /** The returned amount: to the grants that paid, or as cancelled debt. An amount returned to an ended grant expires at once. */
  credits: DecimalString;
  unit: CreditUnit;
  counts: VoidedCount[];
  available: DecimalString;
  at: Instant;
}
