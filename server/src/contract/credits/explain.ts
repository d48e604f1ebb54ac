import type { ModelUseName } from '../catalog/model-uses.ts';
import type { LineItem } from '../gate/gate.ts';
import type { CreditUnit, DecimalString, Instant, ShownUnit } from '../values/amount.ts';
import type { GrantOrigin, GrantSource, LedgerEntry } from './credits.ts';

/** What one piece, or so many units, cost. */
export interface LineRate {
  amount: DecimalString;
  /** 1, 1,000 or 1,000,000. */
  per: number;
  /** A kind of what a request to a model uses, or a whole request or call; null for units that the catalog names. */
  of: ModelUseName | 'request' | 'call' | null;
  /** The catalog's name for the units; null where `of` tells what they are. */
  unit: string | null;
}

/** The rate of a line in figures. */
export interface LineRates {
  /** They add up. */
  rates: LineRate[];
  /** Present where these are the rates of requests with more input tokens than this. */
  aboveInputTokens?: number;
  /** Present where the request's service tier multiplies them. */
  serviceTier?: { id: string; times: DecimalString };
  /** Present where the account's plan multiplies them. */
  planTimes?: DecimalString;
}

/** One charge with the rate that made it. */
export interface ExplainedLine extends LineItem {
  /** The rate of that day in English, such as `110 a request`, for those who read the API as it is. */
  rate: string;
  /** The same in figures; missing for lines that have no price by quantity. */
  rates?: LineRates;
  /**
   * The use of the request by kind, such as input, cached and output tokens, in the order of the kinds. Missing for other lines, and for requests
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
export interface ExplainedGrant extends GrantOrigin {
  grantId: string;
  /** The host's own name; null where nobody named it, and where it is used up and no longer live. */
  label: string | null;
  /** Null where it is used up and no longer live. */
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
  /** What the catalog calls a credit; the currency too, where the balance is money. */
  creditLabel: ShownUnit;
  task: { id: string; name: string } | null;
  /** Present where the use was taken back. */
  takenBack?: { at: Instant; reason: string };
}
