import type { DisputeStatus } from '../../contract/invoices/charges.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';

/** A notice to an account, with the figures of that moment. */
export type NoticeSubject =
  | {
      readonly type: 'usage.alert';
      readonly metric: string;
      readonly label: string;
      /** Every amount that was reached together, ascending. */
      readonly amounts: readonly Micros[];
      readonly used: Micros;
      /** Null for a gauge. */
      readonly resetsAtMs: number | null;
    }
  | {
      readonly type: 'usage.limit_reached';
      readonly metric: string;
      readonly label: string;
      readonly limit: Micros;
      readonly used: Micros;
      readonly limitOf: 'plan' | 'account' | 'additional_use';
      readonly resetsAtMs: number | null;
    }
  | {
      readonly type: 'credits.low' | 'credits.out';
      readonly unit: CreditUnit;
      readonly available: Micros;
    }
  | {
      readonly type: 'top_up.failed';
      readonly purchaseId: string;
      readonly packId: string;
      readonly reason: string;
      readonly retryAtMs: number | null;
    }
  | {
      readonly type: 'plan.changed';
      readonly fromPlanId: string;
      readonly toPlanId: string;
      readonly toPlanName: string;
    }
  | {
      readonly type: 'trial.ending';
      readonly planId: string;
      readonly planName: string;
      readonly endsAtMs: number;
    }
  | {
      readonly type: 'task.failed';
      readonly taskId: string;
      readonly name: string;
      readonly error: string | null;
    }
  | {
      readonly type: 'payment.disputed';
      readonly chargeId: string;
      readonly status: DisputeStatus;
      readonly amount: Micros;
      readonly currency: string;
      readonly reason: string | null;
    }
  | InvoiceNotice;

/** A step of collecting an invoice. */
export interface InvoiceNotice {
  readonly type:
    | 'invoice.payment_failed'
    | 'invoice.past_due'
    | 'invoice.action_needed'
    | 'invoice.retries_exhausted'
    | 'invoice.paid';
  readonly invoiceId: string;
  readonly number: string;
  /** The amount still owed; 0 once it is paid. */
  readonly amountDue: Micros;
  readonly currency: string;
  /** Why the last charge failed, in words for people. */
  readonly reason: string | null;
  /** Charges that failed so far. */
  readonly failures: number;
  /** When it is charged next by itself; null where it is not. */
  readonly nextChargeAtMs: number | null;
  /** Where a person confirms the charge, while it needs that. */
  readonly actionUrl: string | null;
}

export type NoticeType = NoticeSubject['type'];

/**
 * Something that an account is told, by mail and to webhook endpoints. It is written with what it tells of, and sent afterwards by
 * whichever process finds it.
 */
export interface NoticeRecord {
  /** Follows from its cause, so that nothing is told twice. */
  readonly id: string;
  readonly accountId: string;
  /** By the account's clock. */
  readonly atMs: number;
  /** By the system's clock. */
  readonly createdAtMs: number;
  readonly subject: NoticeSubject;
  /** The address that it is mailed to; null where it is not. */
  readonly mailTo: string | null;
  /** Null until the first delivery run, which makes one delivery for each endpoint. */
  readonly deliveries: readonly Delivery[] | null;
  /** When something is to be done with it next, by the system's clock; null once all has ended. */
  readonly dueAtMs: number | null;
}

/** One recipient's copy. */
export interface Delivery {
  /** `mail`, or the id of a webhook endpoint after `endpoint~`. */
  readonly to: string;
  /** `dead`: given up after the last attempt; `dropped`: there is no point in it any more. */
  readonly status: 'waiting' | 'delivered' | 'dead' | 'dropped';
  readonly attempts: number;
  /** Null unless it waits. */
  readonly nextAttemptAtMs: number | null;
  readonly lastAttemptAtMs: number | null;
  /** The error of the last attempt, in words for people. */
  readonly lastFailure: string | null;
}

/** A notice that nobody has looked at yet. */
export function newNotice(
  accountId: string,
  { atMs, recordedAtMs: createdAtMs }: { readonly atMs: number; readonly recordedAtMs: number },
  { id, subject, mailTo = null }: NoticeDraft,
): NoticeRecord {
  return { id, accountId, atMs, createdAtMs, subject, mailTo, deliveries: null, dueAtMs: createdAtMs };
}

export interface NoticeDraft {
  readonly id: string;
  readonly subject: NoticeSubject;
  readonly mailTo?: string | null;
}

/** Whether a copy of it was given up. */
export function isDead({ deliveries }: NoticeRecord): boolean {
  return deliveries?.some(({ status }) => status === 'dead') ?? false;
}

const endpointPrefix = 'endpoint~';

/** The copy of a webhook endpoint, by its id. */
export function toEndpoint(endpointId: string): string {
  return `${endpointPrefix}${endpointId}`;
}

/** The id of the webhook endpoint that a copy goes to; null of a mail. */
export function endpointOf(to: string): string | null {
  return to.startsWith(endpointPrefix) ? to.slice(endpointPrefix.length) : null;
}
