import type { ModelUseName } from '../catalog/model-uses.ts';
import type { LineItem } from '../gate/gate.ts';
import type { CreditUnit, DecimalString, Instant } from '../values/amount.ts';
import type { GrantSource, LedgerEntry } from './credits.ts';

/** One charge with the rate that made it. */
export interface ExplainedLine extends LineItem {
  /** The rate of that day, in words such as `110 a request`. */
  rate: string;
  /**
   * What the request used, such as input, cached and output tokens, in the order of the kinds. Missing for other lines, and for requests
   * that were recorded before this was kept.
   */
  uses?: ExplainedUse[];
}

/** So much of one kind of what a request to a model uses. */
export interface ExplainedUse {
  name: ModelUseName;
  quantity: DecimalString;
}

/** So much of a metric that limits counted. */
export interface ExplainedCount {
  metric: string;
  label: string;
  quantity: DecimalString;
}

/** The use behind an entry. */
export interface ExplainedUsage {
  id: string;
  at: Instant;
  charge: DecimalString;
  unit: CreditUnit;
  lines: ExplainedLine[];
  counts: ExplainedCount[];
}

/** The amount that one grant gave or got. */
export interface ExplainedGrant {
  grantId: string;
  /** Null where the grant is used up and no longer live. */
  label: string | null;
  source: GrantSource | null;
  amount: DecimalString;
}

/** Answer of `GET /v1/accounts/{id}/explain/{entryId}`; the id of a consume or an event stands for its payment or debt. */
export interface Explanation {
  /** Null for a use that cost nothing. */
  entry: LedgerEntry | null;
  /** Null for an entry that no use made, such as a grant. */
  usage: ExplainedUsage | null;
  /** In the order in which they were used. */
  grants: ExplainedGrant[];
  task: { id: string; name: string } | null;
  /** Present where the use was taken back. */
  takenBack?: { at: Instant; reason: string };
}
