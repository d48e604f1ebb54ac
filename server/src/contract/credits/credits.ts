import type { GrantUse, LineItem } from '../gate/gate.ts';
import type { CreditUnit, DecimalString, Instant, ShownUnit } from '../values/amount.ts';

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

/** The charges that a grant may pay; all if no list is named. A charge fits if each named list contains its value. */
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

/** What credits of a plan come of, where no label tells. */
export interface GrantOrigin {
  /** Present on credits that a plan gives: its name. */
  planName?: string;
  /** Present on credits of a plan that an earlier cycle left. */
  carriedOver?: true;
}

/** A parcel of credits. */
export interface Grant extends GrantOrigin {
  id: string;
  source: GrantSource;
  /** The host's own name; null where nobody named it: its source tells what it is. */
  label: string | null;
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

/** Why an entry changed a balance. */
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
export interface LedgerEntry extends GrantOrigin {
  id: string;
  kind: LedgerKind;
  /** Signed: what it added to Available. */
  amount: DecimalString;
  unit: CreditUnit;
  /** Available after it. */
  balanceAfter: DecimalString;
  /** The amounts that it added to or took from each grant. */
  grants: GrantUse[];
  /**
   * A name of the catalog's, such as a model's, a task's name, or a reason that a person gave; null without any. What else it is about
   * stands in the fields below, and in its kind.
   */
  description: string | null;
  /** How many further lines the use has that `description` names the first line of. */
  more?: number;
  /** Present where a grant that nobody named was added or has ended. */
  grantSource?: GrantSource;
  /** Present where a hold gave back: why it ended. */
  holdEnd?: 'settled' | 'released' | 'expired';
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

/** A change of the balance as its reader knows it: an entry of the ledger, or what all entries of one task come to. */
export interface RecentChange extends LedgerEntry {
  /**
   * Present where it is a task with several entries: these, newest first; `amount` is their sum. Absent where the task began too long
   * ago for all of them to be told.
   */
  entries?: LedgerEntry[];
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
  /** What the catalog calls a credit; the currency too, where the balance is money. */
  creditLabel: ShownUnit;
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
  /** Spent in the present cycle, or since `countedFrom`. */
  spentThisCycle: DecimalString;
  /** From when `spentThisCycle` counts, where that is not the cycle's start. */
  countedFrom?: Instant;
  /** The last five changes, newest first. */
  recent: RecentChange[];
  /** Whether this caller may buy. */
  canPurchase: boolean;
  /** Where questions about a charge lead: the catalog's `links.support`. Absent without one. */
  supportUrl?: string;
  /** The account's. */
  timeZone: string;
  asOf: Instant;
}

/** Answer of `POST /v1/accounts/{id}/grants`. */
export interface GrantAnswer {
  grant: Grant;
  available: DecimalString;
}
