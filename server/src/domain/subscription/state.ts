import type { BillingInterval, ContractTerms } from '../../contract/plans.ts';
import type { SubscriptionStatus } from '../../contract/subscription.ts';
import type { AdditionalUse, Prices } from '../catalog/catalog-types.ts';
import type { Micros } from '../state.ts';

/**
 * What an account has bought and set, beside the plan, the catalog's version and the anchor, which stand in its profile.
 * Everything that has a price is here, so that the invoices can be made of it.
 */
export interface SubscriptionState {
  readonly status: SubscriptionStatus;
  /** Why it is `paused`; null with every other status. */
  readonly pausedFor: PauseCause | null;
  readonly interval: BillingInterval;
  readonly period: BillingPeriod;
  /** The one trial that an account has, over or not; null before it. */
  readonly trial: TrialState | null;
  /** What happens when the period ends, beside its renewal. */
  readonly scheduled: ScheduledChange | null;
  /** What sales agreed on with the account, in the place of what the plan says; null without a contract. */
  readonly contract: Contract | null;
  /** The price of the plan that was agreed on, in the place of the catalog's; null where the catalog's holds. */
  readonly agreedPrice: Prices | null;
  /** Seats bought beside those that the plan includes, by seat type. */
  readonly seats: Readonly<Record<string, Quantity>>;
  /** Seats that members have, by seat type. */
  readonly seatsTaken: Readonly<Record<string, number>>;
  readonly addOns: Readonly<Record<string, Quantity>>;
  readonly dedicatedIps: readonly DedicatedIpState[];
  /** Number of the next address; numbers are never used again. */
  readonly nextDedicatedIp: number;
  /** What the account set of additional use, by metric; it lives on from cycle to cycle. */
  readonly additionalUse: Readonly<Record<string, AdditionalUse>>;
  /** Amounts of a metric at which the account is told, ascending. */
  readonly alerts: Readonly<Record<string, readonly Micros[]>>;
  /** Where alerts are sent by mail; null nowhere. */
  readonly alertEmail: string | null;
  /**
   * What the account was told, so that it is told once: the start of the cycle by what it was told of, and of a trial when that
   * ends.
   */
  readonly told: Readonly<Record<string, number>>;
  /** What is to be invoiced and has not been, in the order in which it arose. */
  readonly billables: readonly BillableFact[];
  /** What has been made billable in this period, credits and all, against a minimum commitment. */
  readonly periodTotal: Micros;
}

export type PauseCause = 'trial_over' | 'retries_exhausted';

/**
 * What one charge covers, half-open. Billing periods and allowance cycles are counted from one anchor, so a period ends
 * with a cycle: with the one before the cycle of the index `endsAtCycle`.
 */
export interface BillingPeriod {
  /** When it really began, which may lie after its first cycle's start. */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** Index of the cycle that begins where a whole period of this length begins. */
  readonly startsAtCycle: number;
  /** Index of the cycle that begins when it ends. */
  readonly endsAtCycle: number;
}

export interface TrialState {
  readonly planId: string;
  readonly startsAtMs: number;
  /** When it ends or ended. */
  readonly endsAtMs: number;
}

/** A change that waits for the end of the period. At most one is scheduled. */
export type ScheduledChange =
  | {
      readonly kind: 'change';
      readonly planId: string;
      readonly interval: BillingInterval;
      /** The catalog that the plan is taken from. */
      readonly catalogVersion: number;
      readonly memberId: string | null;
    }
  | {
      readonly kind: 'cancel';
      /** The plan that follows; null where everything is paused afterwards. */
      readonly planId: string | null;
      readonly catalogVersion: number;
      readonly memberId: string | null;
    };

/** A bought number: what is paid for and holds in this period, and what it becomes at the period's end. */
export interface Quantity {
  readonly now: number;
  readonly next: number;
}

/** A fixed outgoing address. */
export interface DedicatedIpState {
  /** `ip-1`, `ip-2` and so on. */
  readonly id: string;
  readonly agentId: string | null;
  /** Ends with the period. */
  readonly isRemoved: boolean;
}

/** The parts of a contract that differ from the plan, in the form of the catalog, and words about it. */
export interface Contract {
  readonly terms: ContractTerms;
  readonly label: string;
}

/**
 * One line that an invoice must carry, with all that it says. Payment is none of its matter: an upgrade that is charged at
 * once makes its facts `due: 'now'`, and whoever makes the invoices collects them.
 *
 * Facts are taken in the order in which they stand. Those of one instant and `due` belong on one invoice: the fee ahead and what
 * was used in the cycle that ended are due at the same boundary.
 * What was made of use lies in `coversFromMs`..`coversToMs`; a fee is charged ahead for the same span.
 */
export interface BillableFact {
  /** Unique in its account; the same whichever process makes it. */
  readonly id: string;
  /** Of the command, or of the period or cycle that began. */
  readonly causeId: string;
  readonly kind: BillableKind;
  /** Id of the plan, seat type, add-on or metric; empty for addresses. */
  readonly ref: string;
  /** The name that it had when it was billed. */
  readonly label: string;
  /** How many, in millionths: seats, add-ons, addresses, 1 for a plan, the units beyond an allowance. */
  readonly quantity: Micros;
  /** Of one for a whole period; null where steps or charges make up the amount. */
  readonly unitPrice: Micros | null;
  /** Of use: so much for so many units; null for fees, and where steps or charges make up the amount. */
  readonly meteredRate: { readonly amount: Micros; readonly per: number } | null;
  /** The price in words, such as `0.5 per 1,000 calls`. */
  readonly rate: string;
  /** Signed, in whole smallest parts of the currency; a credit is negative. The lines of an invoice sum to its total. */
  readonly amount: Micros;
  readonly currency: string;
  readonly coversFromMs: number;
  readonly coversToMs: number;
  /** The part of a period that is charged or given back; null for a whole one. */
  readonly part: PeriodPart | null;
  /** `now`: on an invoice of its own at once. `boundary`: on the invoice of the period's or cycle's start. */
  readonly due: 'now' | 'boundary';
  /** When it arose, by the account's clock. */
  readonly atMs: number;
}

export type BillableKind =
  | 'plan'
  | 'seats'
  | 'add_on'
  | 'dedicated_ips'
  /** Of a contract, in each period or once. */
  | 'custom'
  /** Units beyond an allowance, of the cycle that it covers. */
  | 'usage'
  /** The same of a cycle that was invoiced before the use was reported. */
  | 'late_usage'
  /** What is missing to a minimum commitment. */
  | 'minimum';

/** So many of so many: days, or milliseconds, as the catalog counts. */
export interface PeriodPart {
  readonly of: number;
  readonly whole: number;
}
