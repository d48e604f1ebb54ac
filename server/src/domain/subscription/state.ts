import type { BillingInterval, ContractTerms } from '../../contract/catalog/plans.ts';
import type { SubscriptionStatus } from '../../contract/subscription/subscription.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { AdditionalUse, Prices } from '../catalog/catalog-types.ts';

/**
 * The account's purchases and settings. The plan, the catalog's version and the anchor are in its profile. Everything that has a
 * price is here, so that invoices can be made from it.
 */
export interface SubscriptionState {
  readonly status: SubscriptionStatus;
  /** Why it is `paused`; null with every other status. */
  readonly pausedFor: PauseCause | null;
  readonly interval: BillingInterval;
  readonly period: BillingPeriod;
  /** The one trial that an account has, over or not; null before it. */
  readonly trial: TrialState | null;
  /** The change at the end of the period, in addition to its renewal. */
  readonly scheduled: ScheduledChange | null;
  /** The contract's terms, which replace the plan's; null without a contract. */
  readonly contract: Contract | null;
  /** The price of the plan that was agreed on, in the place of the catalog's; null where the catalog's holds. */
  readonly agreedPrice: Prices | null;
  /** Seats bought in addition to the included ones, by seat type. */
  readonly seats: Readonly<Record<string, Quantity>>;
  /** Seats that members have, by seat type. */
  readonly seatsTaken: Readonly<Record<string, number>>;
  readonly addOns: Readonly<Record<string, Quantity>>;
  readonly dedicatedIps: readonly DedicatedIpState[];
  /** Number of the next address; numbers are never used again. */
  readonly nextDedicatedIp: number;
  /** The account's settings for additional use, by metric; they carry on from cycle to cycle. */
  readonly additionalUse: Readonly<Record<string, AdditionalUse>>;
  /** Amounts of a metric at which the account is told, ascending. */
  readonly alerts: Readonly<Record<string, readonly Micros[]>>;
  /** Where alerts are sent by mail; null nowhere. */
  readonly alertEmail: string | null;
  /** The notices already sent, so that each is sent once: by notice the start of its cycle, and for a trial its end. */
  readonly told: Readonly<Record<string, number>>;
  /** Billable lines that are not invoiced yet, in the order in which they arose. */
  readonly billables: readonly BillableFact[];
  /** The sum billed in this period, including credits, for the minimum commitment. */
  readonly periodTotal: Micros;
}

/** Why a subscription is paused. */
export type PauseCause = 'trial_over' | 'retries_exhausted';

/**
 * The billing period, half-open. Periods and allowance cycles are counted from one anchor, so a period ends with a cycle: the one
 * before the cycle of the index `endsAtCycle`.
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

/** The trial that an account is in. */
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

/** A bought quantity: the paid one, which holds in this period, and the one after the period's end. */
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
 * One line for an invoice, with all its content. Payment is decided elsewhere: an upgrade that is charged at once makes lines
 * with `due: 'now'`, and the maker of invoices collects them.
 *
 * Lines are taken in their order. Lines of one instant and `due` belong on one invoice: the fee in advance and the use of the
 * ended cycle are due at the same boundary. `coversFromMs`..`coversToMs` is the span of the use, or the span that a fee pays in
 * advance.
 */
export interface BillableFact {
  /** Unique in its account; the same whichever process makes it. */
  readonly id: string;
  /** Id of the command, or of the period or cycle that began. */
  readonly causeId: string;
  readonly kind: BillableKind;
  /** Id of the plan, seat type, add-on or metric; empty for addresses. */
  readonly ref: string;
  /** The name that it had when it was billed. */
  readonly label: string;
  /** How many, in millionths: seats, add-ons, addresses, 1 for a plan, the units beyond an allowance. */
  readonly quantity: Micros;
  /** Price of one for a whole period; null if the amount comes from steps or charges. */
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

/** What an amount on an invoice is for. */
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
  /** The rest of a minimum commitment. */
  | 'minimum';

/** So many of so many: days, or milliseconds, as the catalog counts. */
export interface PeriodPart {
  readonly of: number;
  readonly whole: number;
}
