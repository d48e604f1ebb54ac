import type { InvoiceLine } from '@usagekit/server/contract';
import type { Messages } from '../../messages/messages.ts';

/** What an invoice's line charges, with the name of what it is for. */
export function subjectWords(
  { kind, subject, subjectKind }: Pick<InvoiceLine, 'kind' | 'subject' | 'subjectKind'>,
  words: Messages['invoices'],
): string {
  const isPlan = subjectKind === 'plan' && subject !== null;
  const name = subjectKind === 'dedicated_ips' ? words.dedicatedIps : isPlan ? words.plan(subject) : subject;
  return words.line[kind](name ?? '');
}
