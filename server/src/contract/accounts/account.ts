import type { Instant } from '../values/amount.ts';

/** Whether several people or one stand behind an account. */
export type AccountKind = 'organization' | 'person';

/** Who is billed. Its id is the host's own id for the organization or person. */
export interface Account {
  id: string;
  kind: AccountKind;
  name: string;
  /** IANA time zone in which cycles, day buckets and resets are counted, such as `Europe/Berlin`. */
  timeZone: string;
  /** ISO 4217; what the account is billed in. */
  currency: string;
  /** The plan whose limits hold, an id of the catalog. */
  planId: string;
  /** Where cycles are counted from; the subscription's start, or the first of a month, as the catalog says. */
  anchorAt: Instant;
  /** The test clock that the account is on, or null for the real time. */
  testClockId: string | null;
  /** Whether the account may get the catalog's one-time sign-up credit; decided when the account is made. */
  signUpCreditEligible: boolean;
  /** Shows money to every member, as E4's preview flag does. */
  moneyPreview: boolean;
  createdAt: Instant;
}

/** Query of `GET /v1/accounts`. */
export interface AccountQuery {
  /**
   * Accounts whose id or name has this text in it, whatever its case; all by default. One request looks through
   * `apiBounds.searchedAccountsMax` accounts at most, so a page may hold fewer than asked for, or none, and still have a next one.
   */
  search?: string;
}

/** Query of `PUT /v1/accounts/{id}` and `PUT .../members/{memberId}`. */
export interface ExistingChoice {
  /** `keep` leaves what exists as it is, whatever the body says, and answers with it; `change` (the default) changes the given fields. */
  existing?: 'keep' | 'change';
}

/** Body of `PUT /v1/accounts/{id}`: makes the account or changes the fields that are given. */
export interface AccountInput {
  /** `organization` by default; fixed once the account is made. */
  kind?: AccountKind;
  /** The id by default. */
  name?: string;
  /** `UTC` by default. A change takes effect with the next cycle. */
  timeZone?: string;
  /** The catalog's currency by default; fixed once the account is made. */
  currency?: string;
  /**
   * The catalog's default plan by default. Of an existing account another plan is a change at once, also downwards, with what that
   * charges and gives back.
   */
  planId?: string;
  /** False leaves out the trial that the plan offers; only when the account is made. */
  trial?: boolean;
  /** Start of the subscription, the present by default; only when the account is made. */
  startedAt?: Instant;
  /** Only when the account is made, and never under a live key. */
  testClockId?: string;
  /** False by default; only when the account is made. */
  signUpCreditEligible?: boolean;
  moneyPreview?: boolean;
}
