import type { GrantUse, LineItem } from '../gate/gate.ts';
import type { CreditUnit, DecimalString, Instant } from '../values/amount.ts';

/** Where credits came from. */
export type GrantSource =
  | 'plan'
  | 'baseline'
  | 'sign_up'
  | 'promotional'
  | 'purchase'
  | 'top_up'
  | 'adjustment'
  | 'refund';

/** What a grant may pay for; everything if nothing is named. A charge fits if each named list contains its value. */
export interface GrantScope {
  kinds?: ('llm' | 'tool' | 'storage' | 'metric')[];
  metrics?: string[];
  models?: string[];
  categories?: string[];
}

/** Body of `POST /v1/accounts/{id}/grants`. */
export interface GrantRequest {
  /** More than 0. */
  amount: DecimalString;
  /** `credits` by default. */
  unit?: CreditUnit;
  /** `promotional` by default. */
  source?: GrantSource;
  label?: string;
  scope?: GrantScope;
  /** 0 to 100, burned from low to high; by default 10 for plan, 20 for sign-up, baseline and promotional, 30 for bought ones. */
  priority?: number;
  /** Must lie ahead; never by default. */
  expiresAt?: Instant;
  /** Why, as shown in ledger and activity log. */
  reason?: string;
}

/** A parcel of credits. */
export interface Grant {
  id: string;
  source: GrantSource;
  label: string;
  unit: CreditUnit;
  amount: DecimalString;
  /** The part that can still be spent, without credits on hold. */
  remaining: DecimalString;
  /** The part set aside by open holds. */
  held: DecimalString;
  priority: number;
  scope: GrantScope;
  expiresAt: Instant | null;
  createdAt: Instant;
}

export type LedgerKind =
  | 'grant'
  | 'debit'
  | 'hold'
  | 'release'
  | 'expiry'
  | 'reset'
  | 'adjustment'
  | 'refund'
  | 'debt'
  | 'debt_payment';

/** One change of an account's credits. Entries are never changed; a correction is a new entry. */
export interface LedgerEntry {
  id: string;
  kind: LedgerKind;
  /** Signed: what it added to Available. */
  amount: DecimalString;
  unit: CreditUnit;
  /** Available after it. */
  balanceAfter: DecimalString;
  /** The amounts that it added to or took from each grant. */
  grants: GrantUse[];
  /** Its purpose in readable form: a model, an agent, a pack, a reason. */
  description: string;
  lineItems?: LineItem[];
  memberId?: string;
  agentId?: string;
  taskId?: string;
  holdId?: string;
  /** When it took effect. */
  effectiveAt: Instant;
  /** When it was written; later than `effectiveAt` where it fell due unseen. */
  recordedAt: Instant;
}

/** How fast credits go and when they run out; null until there is enough data. */
export interface CreditPace {
  /** Mean of the last 14 days with use, in credits a day. */
  perDay: DecimalString;
  runsOutAt: Instant | null;
  method: 'mean_of_last_14_days';
}

/** Answer of `GET /v1/accounts/{id}/credits`. */
export interface Credits {
  unit: CreditUnit;
  available: DecimalString;
  held: DecimalString;
  /** The debt of uncovered use; the next grant pays it first. */
  debt: DecimalString;
  /** Live grants in the order in which they will be used. */
  grants: Grant[];
  nextToExpire: { grantId: string; amount: DecimalString; expiresAt: Instant } | null;
  /** When the plan's credits come again, and how many. */
  nextReset: { amount: DecimalString; at: Instant } | null;
  pace: CreditPace | null;
  /** Spent in the present cycle. */
  spentThisCycle: DecimalString;
  recent: LedgerEntry[];
  /** Whether this caller may buy. */
  canPurchase: boolean;
  asOf: Instant;
}

/** Answer of `POST /v1/accounts/{id}/grants`. */
export interface GrantAnswer {
  grant: Grant;
  available: DecimalString;
}
