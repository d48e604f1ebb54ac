import type { Notice, NoticeBody, NoticeDelivery } from '../../contract/notices/notices.ts';
import { formatAmount } from '../../domain/amounts/amounts.ts';
import { hash128 } from '../../domain/ids/hash128.ts';
import { type Delivery, endpointOf, type NoticeRecord } from '../../domain/notices/state.ts';
import { moneyView } from '../access/money-view.ts';
import { formatInstant, formatInstantOrNull } from '../http/instants.ts';

/** By which receivers know a notice again: the same at every attempt, and no other notice of any account has it. */
export function webhookIdOf({ accountId, id }: Pick<NoticeRecord, 'accountId' | 'id'>): string {
  return `msg_${hash128(`${accountId}\n${id}`)}`;
}

/** The webhook body of a notice, the same at every attempt. */
export function noticeBodyView({ accountId, atMs, subject }: NoticeRecord): NoticeBody {
  const timestamp = formatInstant(atMs);
  switch (subject.type) {
    case 'usage.alert': {
      const { type, metric, label, amounts, used, resetsAtMs } = subject;
      return {
        type,
        timestamp,
        data: {
          accountId,
          metric,
          label,
          amounts: amounts.map(formatAmount),
          used: formatAmount(used),
          resetsAt: formatInstantOrNull(resetsAtMs),
        },
      };
    }
    case 'usage.limit_reached': {
      const { type, metric, label, limit, used, limitOf, resetsAtMs } = subject;
      return {
        type,
        timestamp,
        data: {
          accountId,
          metric,
          label,
          limit: formatAmount(limit),
          used: formatAmount(used),
          limitOf,
          resetsAt: formatInstantOrNull(resetsAtMs),
        },
      };
    }
    case 'credits.low':
    case 'credits.out': {
      const { type, unit, available } = subject;
      return { type, timestamp, data: { accountId, unit, available: formatAmount(available) } };
    }
    case 'top_up.failed': {
      const { type, purchaseId, packId, reason, retryAtMs } = subject;
      const retryAt = formatInstantOrNull(retryAtMs);
      return { type, timestamp, data: { accountId, purchaseId, packId, reason, retryAt } };
    }
    case 'plan.changed': {
      const { type, fromPlanId, toPlanId, toPlanName } = subject;
      return { type, timestamp, data: { accountId, fromPlanId, toPlanId, toPlanName } };
    }
    case 'trial.ending': {
      const { type, planId, planName, endsAtMs } = subject;
      return { type, timestamp, data: { accountId, planId, planName, endsAt: formatInstant(endsAtMs) } };
    }
    case 'task.failed': {
      const { type, taskId, name, error } = subject;
      return { type, timestamp, data: { accountId, taskId, name, error } };
    }
    case 'payment.disputed': {
      const { type, chargeId, status, reason } = subject;
      const amount = moneyView(subject.amount, subject);
      return { type, timestamp, data: { accountId, chargeId, status, amount, reason } };
    }
    default: {
      const { type, invoiceId, number, amountDue, reason, failures, nextChargeAtMs, actionUrl } = subject;
      return {
        type,
        timestamp,
        data: {
          accountId,
          invoiceId,
          number,
          amountDue: moneyView(amountDue, subject),
          reason,
          failures,
          nextChargeAt: formatInstantOrNull(nextChargeAtMs),
          actionUrl,
        },
      };
    }
  }
}

export function noticeView(notice: NoticeRecord): Notice {
  return {
    id: notice.id,
    accountId: notice.accountId,
    webhookId: webhookIdOf(notice),
    body: noticeBodyView(notice),
    deliveries: (notice.deliveries ?? []).map(deliveryView),
  };
}

function deliveryView(delivery: Delivery): NoticeDelivery {
  const { to, status, attempts, nextAttemptAtMs, lastAttemptAtMs, lastFailure } = delivery;
  const endpointId = endpointOf(to);
  return {
    channel: endpointId === null ? 'mail' : 'webhook',
    endpointId,
    status,
    attempts,
    nextAttemptAt: formatInstantOrNull(nextAttemptAtMs),
    lastAttemptAt: formatInstantOrNull(lastAttemptAtMs),
    lastFailure,
  };
}
