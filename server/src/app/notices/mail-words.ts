import type { NoticeBody } from '../../contract/notices/notices.ts';

export interface MailWords {
  readonly subject: string;
  readonly text: string;
}

/** A notice as a mail in plain English. The host's names are used unchanged, since a mail is text and not HTML. */
export function mailWordsOf({ type, data }: NoticeBody, accountName: string): MailWords {
  const of = `Account: ${accountName}`;
  switch (type) {
    case 'usage.alert': {
      const reached = data.amounts.join(', ');
      const resets = data.resetsAt === null ? '' : `\nIt starts again at ${data.resetsAt}.`;
      return {
        subject: `${data.label} reached ${data.amounts.at(-1)}`,
        text: `${data.label} reached ${reached}. Used now: ${data.used}.${resets}\n\n${of}`,
      };
    }
    case 'usage.limit_reached':
      return {
        subject: `${data.label} reached its limit`,
        text: `Used: ${data.used} of ${data.limit}. Nothing more is let through.\n\n${of}`,
      };
    case 'credits.low':
    case 'credits.out':
      return {
        subject: balanceSubject(type, data.unit),
        text: `Available: ${balanceOf(data)}.\n\n${of}`,
      };
    case 'top_up.failed':
      return {
        subject: 'The automatic top-up failed',
        text: `${data.reason}${data.retryAt === null ? '' : `\nIt is tried again at ${data.retryAt}.`}\n\n${of}`,
      };
    case 'plan.changed':
      return { subject: `The plan is now ${data.toPlanName}`, text: of };
    case 'trial.ending':
      return {
        subject: `The trial of ${data.planName} ends soon`,
        text: `It ends at ${data.endsAt}.\n\n${of}`,
      };
    case 'task.failed':
      return {
        subject: `A task failed: ${data.name}`,
        text: `${data.error ?? 'It told no reason.'}\n\n${of}`,
      };
    case 'payment.disputed':
      return {
        subject: `A payment of ${data.amount.amount} ${data.amount.currency} is disputed`,
        text: `The dispute is ${data.status}.\n\n${of}`,
      };
    case 'invoice.payment_failed':
    case 'invoice.past_due':
    case 'invoice.action_needed':
    case 'invoice.retries_exhausted':
    case 'invoice.paid':
      return invoiceWords({ type, data }, of);
  }
}

/** A balance is in credits or, by its currency's code, in money. */
function balanceSubject(type: 'credits.low' | 'credits.out', unit: string): string {
  if (unit === 'credits') return type === 'credits.out' ? 'No credits are left' : 'Credits are low';
  return type === 'credits.out' ? 'The balance is used up' : 'The balance is low';
}

function balanceOf({ available, unit }: { readonly available: string; readonly unit: string }): string {
  return unit === 'credits' && available === '1' ? '1 credit' : `${available} ${unit}`;
}

type InvoiceBody = Extract<NoticeBody, { data: { invoiceId: string } }>;

function invoiceWords({ type, data }: Pick<InvoiceBody, 'type' | 'data'>, of: string): MailWords {
  const { number, amountDue, reason, nextChargeAt, actionUrl } = data;
  const due = `${amountDue.amount} ${amountDue.currency} of invoice ${number}`;
  const why = reason === null ? '' : `\nThe reason given was: ${reason}`;
  const next = nextChargeAt === null ? '' : `\nIt is tried again at ${nextChargeAt}.`;
  switch (type) {
    case 'invoice.payment_failed':
      return {
        subject: `The payment of invoice ${number} failed`,
        text: `${due} could not be charged.${why}${next}\n\n${of}`,
      };
    case 'invoice.past_due':
      return { subject: `Invoice ${number} is past due`, text: `Past due: ${due}.${why}${next}\n\n${of}` };
    case 'invoice.action_needed':
      return {
        subject: `Confirm the payment of invoice ${number}`,
        text: `Your bank wants ${due} to be confirmed${actionUrl === null ? '' : ` here:\n${actionUrl}`}\n\n${of}`,
      };
    case 'invoice.retries_exhausted':
      return {
        subject: `Invoice ${number} was not paid`,
        text: `${due} could not be charged, and is not tried again by itself. Work may be paused until it is paid.${why}\n\n${of}`,
      };
    case 'invoice.paid':
      return {
        subject: `Invoice ${number} is paid`,
        text: `Thank you. Nothing of it is owed any more.\n\n${of}`,
      };
  }
}
