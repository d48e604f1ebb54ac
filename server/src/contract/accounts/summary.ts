import type { Action, CreditsLeft } from '../gate/gate.ts';
import type { RefusalReason } from '../http/errors.ts';
import type { MeterLevel, WindowMeter } from '../usage/usage.ts';
import type { DecimalString, Instant, ShownUnit, UnitLabel } from '../values/amount.ts';
import type { blockReasons } from './block-reasons.ts';

/** One line of a badge or popup. */
export interface SummaryMeter {
  metric: string;
  label: string;
  unit: UnitLabel;
  used: DecimalString | null;
  included: DecimalString | null;
  percent: number | null;
  level: MeterLevel;
  resetsAt: Instant | null;
}

/** Why work is stopped, in a form that can be shown as it is. */
export interface Blocked {
  reason: (typeof blockReasons)[number];
  metric: string | null;
  message: string;
  resetsAt: Instant | null;
  actions: Action[];
}

/** That the server refused the caller's own work a moment ago; it says nothing of figures. */
export interface RefusedLately {
  reason: RefusalReason;
  /** The metric that refused; null for credits, and where the caller's role may see no usage. */
  metric: string | null;
  at: Instant;
}

/** Answer of `GET /v1/accounts/{id}/summary`: what a badge and a popup need, small, with an ETag. */
export interface Summary {
  accountId: string;
  accountName: string;
  planName: string | null;
  /** Null where the caller may not see the balance. */
  credits: CreditsLeft | null;
  creditLabel: ShownUnit;
  /** All credits granted for this cycle, so that a share can be shown; null with `credits`. */
  creditsIncluded: DecimalString | null;
  level: MeterLevel;
  meters: SummaryMeter[];
  /** Limits by windows of time, in the plan's order; a member's own only where a member asks. */
  windows: WindowMeter[];
  blocked: Blocked | null;
  /**
   * The last refusal of the member that an extension's token names, where it was within the last minute. Other callers
   * are not told, and messages of the stream do not carry it. Each server process knows the refusals that it decided.
   */
  refusedLately?: RefusedLately;
  pastDue: boolean;
  cycleStartsAt: Instant;
  /** From when the meters of counters count, where that is not the cycle's start. */
  countedFrom?: Instant;
  resetsAt: Instant | null;
  /** When the plan gives credits again; null where it gives none. Servers of before leave it out. */
  creditsResetAt?: Instant | null;
  /** Where money is dealt with: a page of the host's, where the catalog names one. */
  billingUrl: string | null;
  /** The product's usage page, where the catalog names one and the caller may see usage. */
  usageUrl?: string;
  /** The product's page of tasks, where the catalog names one and the caller may see tasks. */
  tasksUrl?: string;
  /** How long a client without a stream should wait before it asks again, in seconds. */
  pollAfterSeconds: number;
  /** Grows with every change of the account. */
  version: number;
  asOf: Instant;
}
