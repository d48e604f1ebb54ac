import type { ActivityEvent } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Messages } from '../../messages/messages.ts';

/** The texts of events, with those of what a grant comes of. */
export type EventWords = Messages['activityLog']['event'] & { grantSource: Messages['grants']['source'] };

/** An event in one sentence of the reader's language. */
export function eventWords(event: ActivityEvent, words: EventWords, format: Format): string {
  const { number } = format;
  const exact = (amount: string, unit: string) => format.amount(amount, unit).exact;
  const price = (money: { amount: string; currency: string }) => writePrice(money, format);
  switch (event.kind) {
    case 'credits_bought':
      return words[event.source === 'top_up' ? 'credits_topped_up' : 'credits_bought'](
        exact(event.credits, event.unit ?? 'credits'),
        price(event.price),
      );
    case 'purchase_failed':
      return words.purchase_failed(
        exact(event.credits, event.unit ?? 'credits'),
        price(event.price),
        event.failure,
      );
    case 'credits_granted':
      return words.credits_granted(
        exact(event.amount, event.unit),
        event.label ?? words.grantSource[event.source ?? 'promotional'],
      );
    case 'credits_adjusted': {
      const isBack = event.amount.startsWith('-');
      return words[isBack ? 'credits_taken_back' : 'credits_added'](
        exact(isBack ? event.amount.slice(1) : event.amount, event.unit),
      );
    }
    case 'auto_top_up_set':
      return words.auto_top_up_set(
        event.pack,
        price(event.price),
        exact(event.threshold, event.unit ?? 'credits'),
      );
    case 'payment_method_set':
    case 'payment_method_removed':
      return words[event.kind](event.brand, event.lastFour);
    case 'own_key_set':
      return words.own_key_set(event.provider, event.lastFour);
    case 'own_key_removed':
      return words.own_key_removed(event.provider);
    case 'plan_changed':
      return words[event.atBoundary ? 'plan_scheduled' : 'plan_changed'][event.interval](event.plan);
    case 'plan_tried':
      return words.plan_tried(event.plan);
    case 'trial_started':
    case 'trial_extended':
      return words[event.kind](event.days, number(event.days));
    case 'seats_set':
    case 'add_on_set':
      return words.quantity_set(event.label, number(event.quantity));
    case 'dedicated_ips_set':
      return words.dedicated_ips_set(number(event.quantity));
    case 'dedicated_ip_assigned':
      return words.dedicated_ip_assigned(event.ip, event.agentId);
    case 'dedicated_ip_released':
    case 'dedicated_ip_removed':
      return words[event.kind](event.ip);
    case 'additional_use_set':
      return event.cap === null
        ? words.additional_use_set[event.mode === 'off' ? 'off' : 'unlimited'](event.label)
        : words.additional_use_set.capped(event.label, number(event.cap));
    case 'own_limit_set':
      return words.own_limit_set(event.label, number(event.limit));
    case 'own_limit_removed':
      return words.own_limit_removed(event.label);
    case 'alerts_set':
      return event.amounts.length === 0
        ? words.alerts_removed(event.label)
        : words.alerts_set(event.label, new Intl.ListFormat(format.locale).format(event.amounts.map(number)));
    case 'contract_set':
      return words.contract_set(event.label);
    case 'catalog_moved':
      return words.catalog_moved(number(event.version));
    case 'payment_standing':
      return words.payment_standing[event.standing];
    case 'invoice':
      return words.invoice[event.became](event.number, exact(event.total.amount, event.total.currency));
    case 'line_billed':
      return words.line_billed(event.subject, exact(event.amount.amount, event.amount.currency));
    case 'paid_ahead':
      return words.paid_ahead(exact(event.amount.amount, event.amount.currency));
    case 'plan_change_unpaid':
      return words.plan_change_unpaid(event.plan ?? event.planId);
    case 'quantity_unpaid':
      return words.quantity_unpaid(event.subject);
    case 'refunded':
      return words[event.failure === null ? 'refunded' : 'refund_failed'](
        exact(event.amount.amount, event.amount.currency),
        event.subject,
        event.failure ?? '',
      );
    case 'refund_returned':
      return words.refund_returned(exact(event.amount.amount, event.amount.currency), event.subject);
    case 'disputed':
      return words.disputed[event.status](exact(event.amount.amount, event.amount.currency), event.subject);
    case 'billing_details_set':
      return words.billing_details_set(event.name);
    case 'use_taken_back':
      return words.use_taken_back(event.label ?? '', event.more, number(event.more));
    case 'member_removed':
      return words.member_removed(event.name);
    default:
      return words[event.kind];
  }
}
