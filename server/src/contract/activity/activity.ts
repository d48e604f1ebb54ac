import type { BillingInterval } from '../catalog/plans.ts';
import type { GrantSource } from '../credits/credits.ts';
import type { ChargePurpose, DisputeStatus } from '../invoices/charges.ts';
import type { CreditUnit, DecimalString, Instant, Money, ShownUnit } from '../values/amount.ts';

/** What a line of the activity log is about. */
export type ActivityKind =
  | 'credits_purchased'
  | 'purchase_failed'
  | 'credits_granted'
  | 'credits_adjusted'
  | 'auto_top_up_changed'
  | 'payment_method_changed'
  | 'own_key_changed'
  | 'subscription_changed'
  | 'use_voided'
  | 'member_removed'
  | 'invoice_issued'
  | 'invoice_paid'
  | 'invoice_changed'
  | 'payment_failed'
  | 'payment_refunded'
  | 'payment_disputed'
  | 'billing_details_changed';

/**
 * An event in fields, so that a client can word it in its reader's language. Names come from the catalog or the host: of a plan,
 * a pack, a metric, a seat type or an add-on.
 */
export type ActivityEvent =
  | {
      kind: 'credits_bought';
      credits: DecimalString;
      /** The currency, where the balance is money. */
      unit?: string;
      price: Money;
      source: 'purchase' | 'top_up';
    }
  | {
      kind: 'purchase_failed';
      credits: DecimalString;
      unit?: string;
      price: Money;
      source: 'purchase' | 'top_up';
      /** The payment provider's own words. */
      failure: string;
    }
  /** `label` is the host's own; null where it gave none, and `source` tells what was granted. */
  | {
      kind: 'credits_granted';
      amount: DecimalString;
      unit: CreditUnit;
      label: string | null;
      source?: GrantSource;
    }
  /** `amount` is negative where credits were taken back. */
  | { kind: 'credits_adjusted'; amount: DecimalString; unit: CreditUnit }
  | { kind: 'auto_top_up_set'; pack: string; price: Money; threshold: DecimalString; unit?: string }
  | { kind: 'auto_top_up_off' }
  | { kind: 'payment_method_set'; brand: string; lastFour: string }
  | { kind: 'payment_method_removed'; brand: string; lastFour: string }
  | { kind: 'own_key_set'; provider: string; lastFour: string }
  | { kind: 'own_key_removed'; provider: string }
  /** `atBoundary`: with the end of the period. */
  | { kind: 'plan_changed'; plan: string; interval: BillingInterval; atBoundary: boolean }
  | { kind: 'plan_tried'; plan: string }
  | { kind: 'plan_kept' }
  | { kind: 'trial_started'; days: number }
  | { kind: 'trial_extended'; days: number }
  | { kind: 'trial_ended' }
  | { kind: 'cancelled' }
  | { kind: 'resumed' }
  | { kind: 'seats_set'; label: string; quantity: number }
  | { kind: 'add_on_set'; label: string; quantity: number }
  | { kind: 'dedicated_ips_set'; quantity: number }
  | { kind: 'dedicated_ip_assigned'; ip: string; agentId: string }
  | { kind: 'dedicated_ip_released'; ip: string }
  | { kind: 'dedicated_ip_removed'; ip: string }
  /** `cap` is null unless the mode is `capped`. */
  | {
      kind: 'additional_use_set';
      label: string;
      mode: 'off' | 'capped' | 'unlimited';
      cap: DecimalString | null;
    }
  | { kind: 'own_limit_set'; label: string; limit: DecimalString }
  | { kind: 'own_limit_removed'; label: string }
  /** No amounts take the alerts away. */
  | { kind: 'alerts_set'; label: string; amounts: DecimalString[] }
  | { kind: 'alert_mail_set' }
  | { kind: 'alert_mail_removed' }
  | { kind: 'contract_set'; label: string }
  | { kind: 'contract_ended' }
  | { kind: 'catalog_moved'; version: number }
  | { kind: 'payment_standing'; standing: 'paid' | 'past_due' | 'retries_exhausted' }
  | {
      kind: 'invoice';
      number: string;
      total: Money;
      became: 'issued' | 'paid' | 'void' | 'uncollectible' | 'past_due';
    }
  | { kind: 'line_billed'; subject: string; amount: Money }
  | { kind: 'paid_ahead'; amount: Money }
  /** `plan` is its name, while the catalog has it. */
  | { kind: 'plan_change_unpaid'; planId: string; plan?: string }
  /** `subject` names what was ordered, and how many of it. */
  | { kind: 'quantity_unpaid'; subject: string }
  /** `subject` is the number of an invoice, or the name of a plan or a pack, as `purpose` says; its id once the catalog has it no more. */
  | {
      kind: 'refunded';
      amount: Money;
      purpose: ChargePurpose;
      subject: string;
      /** The payment provider's own words where it failed. */
      failure: string | null;
    }
  /** Refunded money that came back; it is kept for the next invoice. */
  | { kind: 'refund_returned'; amount: Money; purpose: ChargePurpose; subject: string }
  | { kind: 'disputed'; status: DisputeStatus; amount: Money; purpose: ChargePurpose; subject: string }
  | { kind: 'billing_details_set'; name: string }
  /** The first model, tool, storage kind or metric that was used, and how many more; null where nothing was charged. */
  | { kind: 'use_taken_back'; label: string | null; more: number }
  | { kind: 'member_removed'; name: string };

/** One line of `GET /v1/accounts/{id}/activity`, newest first. */
export interface Activity {
  id: string;
  kind: ActivityKind;
  /** One sentence in English, for those who read the API as it is. */
  description: string;
  /** The same in fields; null for events stored before the fields existed. */
  event: ActivityEvent | null;
  /** What the catalog calls a credit, on lines that tell of an amount of them. */
  creditLabel?: ShownUnit;
  memberId: string | null;
  /** The member's name; absent where there is no member, or no name. */
  memberName?: string;
  /** The reason, in the words of the person who acted. */
  reason: string | null;
  at: Instant;
}
