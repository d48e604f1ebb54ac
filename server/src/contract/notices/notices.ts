import type { DisputeStatus } from '../invoices/charges.ts';
import type { CreditUnit, DecimalString, Instant, Money } from '../values/amount.ts';

/** Everything that an account is told of, which is what a webhook endpoint can choose from. */
export const noticeTypes = [
  'usage.alert',
  'usage.limit_reached',
  'credits.low',
  'credits.out',
  'top_up.failed',
  'plan.changed',
  'trial.ending',
  'task.failed',
  'invoice.payment_failed',
  'invoice.past_due',
  'invoice.action_needed',
  'invoice.retries_exhausted',
  'invoice.paid',
  'payment.disputed',
] as const;

/** Every type of a notice. */
export type NoticeType = (typeof noticeTypes)[number];

/** The body of a webhook (Standard Webhooks): what happened, when, and the figures as they stood then. */
export type NoticeBody = NoticeSubjectBody & {
  /** By the account's clock. */
  timestamp: Instant;
};

/** What a notice is about, by its type. */
export type NoticeSubjectBody =
  | {
      /** An amount that the account set was reached. */
      type: 'usage.alert';
      data: {
        accountId: string;
        metric: string;
        label: string;
        /** Every amount that was reached together, ascending. */
        amounts: DecimalString[];
        used: DecimalString;
        /** Null for a gauge. */
        resetsAt: Instant | null;
      };
    }
  | {
      /** Nothing more of the metric is let through; once a cycle. */
      type: 'usage.limit_reached';
      data: {
        accountId: string;
        metric: string;
        label: string;
        limit: DecimalString;
        used: DecimalString;
        /** The owner of the limit. */
        limitOf: 'plan' | 'account' | 'additional_use';
        resetsAt: Instant | null;
      };
    }
  | {
      /** A tenth of the granted credits is left, or nothing; once per cycle, and again after new credits. */
      type: 'credits.low' | 'credits.out';
      data: { accountId: string; unit: CreditUnit; available: DecimalString };
    }
  | {
      type: 'top_up.failed';
      data: {
        accountId: string;
        purchaseId: string;
        packId: string;
        reason: string;
        /** When it is tried again; null where it is not. */
        retryAt: Instant | null;
      };
    }
  | {
      type: 'plan.changed';
      data: { accountId: string; fromPlanId: string; toPlanId: string; toPlanName: string };
    }
  | {
      /** 72 hours before the end, or at once in a shorter trial. */
      type: 'trial.ending';
      data: { accountId: string; planId: string; planName: string; endsAt: Instant };
    }
  | {
      type: 'task.failed';
      data: { accountId: string; taskId: string; name: string; error: string | null };
    }
  | {
      /** A step of collecting an invoice. `invoice.paid` comes for one that was past due. */
      type:
        | 'invoice.payment_failed'
        | 'invoice.past_due'
        | 'invoice.action_needed'
        | 'invoice.retries_exhausted'
        | 'invoice.paid';
      data: {
        accountId: string;
        invoiceId: string;
        number: string;
        /** The amount still owed. */
        amountDue: Money;
        /** Why the last charge failed, in words for people. */
        reason: string | null;
        /** Charges that failed so far. */
        failures: number;
        /** When it is charged next by itself; null where it is not. */
        nextChargeAt: Instant | null;
        /** Where a person confirms the charge, while it needs that. */
        actionUrl: string | null;
      };
    }
  | {
      /** A payer has disputed a charge at the bank, and each step of that. It goes to webhooks alone. */
      type: 'payment.disputed';
      data: {
        accountId: string;
        chargeId: string;
        status: DisputeStatus;
        amount: Money;
        /** The payment provider's word for it, such as `fraudulent`; null for none. */
        reason: string | null;
      };
    };

/**
 * How one recipient's copy stands. `dead` was given up after three days and can be replayed; `dropped` has no point any more, as
 * the reminder of an invoice that was paid.
 */
export type DeliveryStatus = 'waiting' | 'delivered' | 'dead' | 'dropped';

/** One recipient's copy of a notice. */
export interface NoticeDelivery {
  channel: 'mail' | 'webhook';
  /** The webhook endpoint; null of a mail. */
  endpointId: string | null;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: Instant | null;
  lastAttemptAt: Instant | null;
  /** The error of the last attempt, in words for people. */
  lastFailure: string | null;
}

/** One notice with what became of it: an item of `GET /v1/notices`. */
export interface Notice {
  /** Unique in its account. */
  id: string;
  accountId: string;
  /** The same at every attempt: the header `webhook-id`, by which a receiver knows what it has seen. */
  webhookId: string;
  body: NoticeBody;
  /** Empty until it was first looked at. */
  deliveries: NoticeDelivery[];
}

/** Query of `GET /v1/notices`. */
export interface NoticeQuery {
  /** Every account by default. */
  accountId?: string;
  /** Only notices with a dead delivery. */
  status?: 'dead';
}

/** Body of `PUT /v1/webhook-endpoints/{endpointId}`. */
export interface WebhookEndpointInput {
  /** `https`, and where the server lets webhooks go to private addresses `http` too. */
  url: string;
  /** All by default. */
  types?: NoticeType[];
  /** Its purpose. */
  label?: string;
}

/** Where webhooks are sent to. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  /** Null for all. */
  types: NoticeType[] | null;
  label: string;
  createdAt: Instant;
}

/** An endpoint with its secret, which is in the answer that makes or rotates it and nowhere else. */
export interface CreatedWebhookEndpoint extends WebhookEndpoint {
  /** `whsec_` and base64, as the libraries of Standard Webhooks take it. Present where it was made now. */
  secret?: string;
}
