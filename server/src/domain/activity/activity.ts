import type { ActivityEvent } from '../../contract/activity/activity.ts';
import type { DisputeStatus } from '../../contract/invoices/charges.ts';
import type { Money } from '../../contract/values/amount.ts';
import type { DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import { describeCharge } from '../invoices/charges/charge-words.ts';
import { nameOfLines, nameOfSource } from '../stored-words/stored-names.ts';
import type { ActivityRecord } from './state.ts';

/** The content of a line in the activity log. By default it names no member and no reason. */
export interface ActivityDraft {
  readonly kind: ActivityRecord['kind'];
  readonly event: ActivityEvent;
  readonly memberId?: string | null;
  readonly reason?: string | null;
}

/** The line that a command adds to the activity log; its id derives from the command's. */
export function activityOf(context: DecisionContext, draft: ActivityDraft): ActivityRecord {
  const { commandId, state, nowMs } = context;
  return activityRecord(
    { id: deriveId(commandId, 'activity'), accountId: state.profile.id, atMs: nowMs },
    draft,
  );
}

/** A line of the activity log under an id of its own. */
export function activityRecord(
  place: Pick<ActivityRecord, 'id' | 'accountId' | 'atMs'>,
  { kind, event, memberId = null, reason = null }: ActivityDraft,
): ActivityRecord {
  return { ...place, kind, description: describeEvent(event), event, memberId, reason };
}

const standings = {
  paid: 'Everything is paid',
  past_due: 'A payment is overdue',
  retries_exhausted: 'A payment failed for the last time that it is tried by itself',
} as const;

const disputeWords: Readonly<Record<DisputeStatus, string>> = {
  inquiry: 'is asked about by the bank',
  open: 'is disputed',
  won: 'is disputed no more and stays paid',
  lost: 'went back to the payer after a dispute',
};

const invoiceWords = {
  issued: 'issued',
  paid: 'paid',
  void: 'void',
  uncollectible: 'given up',
  past_due: 'past due',
} as const;

/** An event as one English sentence, for those who read the API as it is. */
export function describeEvent(event: ActivityEvent): string {
  switch (event.kind) {
    case 'credits_bought': {
      const bought = `${event.credits} ${event.unit ?? 'credits'} bought for ${written(event.price)}`;
      return event.source === 'top_up' ? `${bought} by auto top-up` : bought;
    }
    case 'purchase_failed':
      return event.failure;
    case 'credits_granted':
      return `${event.amount} ${event.unit} added: ${event.label ?? nameOfSource(event.source ?? 'promotional')}`;
    case 'credits_adjusted':
      return event.amount.startsWith('-')
        ? `${event.amount.slice(1)} credits taken back`
        : `${event.amount} credits added`;
    case 'auto_top_up_set':
      return `Auto top-up buys ${event.pack} for ${written(event.price)} below ${event.threshold} ${event.unit ?? 'credits'}`;
    case 'auto_top_up_off':
      return 'Auto top-up turned off';
    case 'payment_method_set':
      return `Payment method is now ${event.brand} ending in ${event.lastFour}`;
    case 'payment_method_removed':
      return `${event.brand} ending in ${event.lastFour} was removed at the payment provider`;
    case 'own_key_set':
      return `Own key for ${event.provider} ending in ${event.lastFour} in use`;
    case 'own_key_removed':
      return `Own key for ${event.provider} removed`;
    case 'plan_changed': {
      const words = `Plan ${event.plan}, charged by the ${event.interval}`;
      return event.atBoundary ? `${words}, from the end of the period` : words;
    }
    case 'plan_tried':
      return `Trial of the ${event.plan} plan`;
    case 'plan_kept':
      return 'The present plan goes on';
    case 'trial_started':
      return `Trial of ${event.days} days`;
    case 'trial_extended':
      return `The trial goes on for ${event.days} days`;
    case 'trial_ended':
      return 'The trial has ended';
    case 'cancelled':
      return 'Subscription cancelled, with the end of the period';
    case 'resumed':
      return 'Subscription resumed';
    case 'seats_set':
      return `${event.label}: ${event.quantity} bought`;
    case 'add_on_set':
      return `${event.label}: ${event.quantity}`;
    case 'dedicated_ips_set':
      return `Dedicated IPs: ${event.quantity}`;
    case 'dedicated_ip_assigned':
      return `${event.ip} assigned to ${event.agentId}`;
    case 'dedicated_ip_released':
      return `${event.ip} released`;
    case 'dedicated_ip_removed':
      return `${event.ip} taken off`;
    case 'additional_use_set':
      return `Additional use of ${event.label}: ${event.cap === null ? event.mode : `up to ${event.cap}`}`;
    case 'own_limit_set':
      return `${event.label}: limited to ${event.limit}`;
    case 'own_limit_removed':
      return `${event.label}: no limit of its own`;
    case 'alerts_set':
      return event.amounts.length === 0
        ? `${event.label}: no alert`
        : `${event.label}: alerts at ${event.amounts.join(', ')}`;
    case 'alert_mail_set':
      return 'Alerts are mailed to another address';
    case 'alert_mail_removed':
      return 'Alerts are not mailed';
    case 'contract_set':
      return `Contract: ${event.label}`;
    case 'contract_ended':
      return 'The contract has ended';
    case 'catalog_moved':
      return `Moved to version ${event.version} of the catalog`;
    case 'payment_standing':
      return standings[event.standing];
    case 'invoice':
      return `Invoice ${event.number} over ${written(event.total)} ${invoiceWords[event.became]}`;
    case 'line_billed':
      return `${event.subject} billed over ${written(event.amount)}`;
    case 'paid_ahead':
      return `${written(event.amount)} paid beyond what is owed, kept for the next invoice`;
    case 'plan_change_unpaid':
      return `Change to ${event.plan ?? event.planId} was not paid and not made`;
    case 'quantity_unpaid':
      return `${event.subject} was not paid and not changed`;
    case 'refunded': {
      const words = `${written(event.amount)} of ${describeCharge(event)}`;
      return event.failure === null
        ? `${words} given back`
        : `${words} could not be given back: ${event.failure}`;
    }
    case 'refund_returned':
      return `${written(event.amount)} of ${describeCharge(event)} came back from the bank, kept for the next invoice`;
    case 'disputed':
      return `${written(event.amount)} of ${describeCharge(event)} ${disputeWords[event.status]}`;
    case 'billing_details_set':
      return `Invoices are made out to ${event.name}`;
    case 'use_taken_back':
      return `Taken back: ${nameOfLines(event)}`;
    case 'member_removed':
      return `${event.name} was removed`;
  }
}

function written({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
