import type { ActivityRecord } from '../activity/state.ts';
import type { GrantLeg, GrantPart, GrantTerms, LedgerRecord } from '../credits/state.ts';
import type { HoldRecord } from '../holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../invoices/state.ts';
import type { MemberRecord } from '../members/state.ts';
import type { NoticeRecord, NoticeSubject } from '../notices/state.ts';
import type { PurchaseRecord } from '../purchases/state.ts';
import type { TaskRecord } from '../tasks/state.ts';
import type { UsageRecord, UseDimensions } from '../usage/state.ts';
import { type Eraser, erasedText } from './eraser.ts';

/*
 * Erases a person from each kind of record. Amounts, instants and ids of other things stay unchanged, so that every sum stays the
 * same.
 */

/** The member without what says who it was. */
export function eraseMember(eraser: Eraser, member: MemberRecord): MemberRecord {
  const id = eraser.memberId(member.id);
  // Somebody else may be called the same.
  if (id === member.id) return member;
  return { ...member, id, accountId: eraser.accountId, name: id, permissions: [], allocations: {} };
}

export function eraseEntry(eraser: Eraser, entry: LedgerRecord): LedgerRecord {
  return {
    ...entry,
    id: eraser.derivedId(entry.id),
    accountId: eraser.accountId,
    legs: eraseLegs(eraser, entry.legs),
    description: eraser.text(entry.description),
    memberId: orNull(entry.memberId, eraser.memberId),
    ...(entry.grant && { grant: eraseTerms(eraser, entry.grant) }),
  };
}

export function eraseUsage(eraser: Eraser, usage: UsageRecord): UsageRecord {
  const { takesBack } = usage;
  return {
    ...usage,
    accountId: eraser.accountId,
    dimensions: eraseDimensions(eraser, usage.dimensions),
    grantsUsed: eraseLegs(eraser, usage.grantsUsed),
    ...(takesBack && { takesBack: { ...takesBack, reason: eraser.text(takesBack.reason) } }),
  };
}

export function eraseHold(eraser: Eraser, hold: HoldRecord): HoldRecord {
  return { ...hold, accountId: eraser.accountId };
}

/** A task of somebody who is erased keeps no words at all: what it did for them says who they are. */
export function eraseTask(eraser: Eraser, task: TaskRecord): TaskRecord {
  const isOwn = eraser.isErased(task.dimensions.memberId);
  return {
    ...task,
    accountId: eraser.accountId,
    dimensions: eraseDimensions(eraser, task.dimensions),
    name: isOwn ? erasedText : eraser.text(task.name),
    result: isOwn ? null : orNull(task.result, eraser.text),
    error: isOwn ? null : orNull(task.error, eraser.text),
    paidFrom: task.paidFrom.map((part) => erasePart(eraser, part)),
  };
}

export function erasePurchase(eraser: Eraser, purchase: PurchaseRecord): PurchaseRecord {
  const memberId = orNull(purchase.memberId, eraser.memberId);
  if (eraser.erasing.subject === 'member') return { ...purchase, memberId };
  return {
    ...purchase,
    accountId: eraser.accountId,
    memberId,
    paymentMethodId: erasedText,
    failure: orNull(purchase.failure, eraser.text),
    actionUrl: null,
  };
}

/** Invoices are documents: what they say stays, unless the order says that the law lets it go. */
export function eraseInvoice(eraser: Eraser, invoice: InvoiceRecord): InvoiceRecord {
  if (eraser.erasing.subject === 'member') return invoice;
  const moved = { ...invoice, accountId: eraser.accountId };
  if (!eraser.erasing.withInvoices) return { ...moved, keepsName: true };
  return {
    ...moved,
    buyer: { name: eraser.accountId, addressLines: [], taxId: null, email: null },
    note: orNull(invoice.note, eraser.text),
  };
}

export function eraseCharge(eraser: Eraser, charge: ChargeRecord): ChargeRecord {
  const refunds = charge.refunds.map((refund) => ({ ...refund, reason: eraser.text(refund.reason) }));
  if (eraser.erasing.subject === 'member') return { ...charge, refunds };
  return {
    ...charge,
    accountId: eraser.accountId,
    paymentMethodId: erasedText,
    description: eraser.text(charge.description),
    failure: orNull(charge.failure, eraser.text),
    actionUrl: null,
    refunds,
  };
}

export function eraseActivity(eraser: Eraser, activity: ActivityRecord): ActivityRecord {
  return {
    ...activity,
    accountId: eraser.accountId,
    description: eraser.text(activity.description),
    event: eraseEvent(eraser, activity.event),
    memberId: orNull(activity.memberId, eraser.memberId),
    reason: orNull(activity.reason, eraser.text),
  };
}

/** Fields of events that hold words of people. */
const wordsOfEvents: ReadonlySet<string> = new Set(['name', 'label', 'subject', 'failure']);

function eraseEvent(eraser: Eraser, event: ActivityRecord['event']): ActivityRecord['event'] {
  if (event === null || eraser.erasing.subject === 'account') return null;
  const fields = Object.entries(event).map(([field, value]) => [
    field,
    wordsOfEvents.has(field) && typeof value === 'string' ? eraser.text(value) : value,
  ]);
  // The same fields with values of the same types.
  return Object.fromEntries(fields) as ActivityRecord['event'];
}

/** Only for a member: the notices of an erased account are dropped. */
export function eraseNotice(eraser: Eraser, notice: NoticeRecord): NoticeRecord {
  const { mailTo } = notice;
  return {
    ...notice,
    subject: eraseSubject(eraser, notice.subject),
    mailTo: mailTo === null || eraser.text(mailTo) !== mailTo ? null : mailTo,
  };
}

function eraseSubject(eraser: Eraser, subject: NoticeSubject): NoticeSubject {
  if (subject.type !== 'task.failed') return subject;
  return { ...subject, name: eraser.text(subject.name), error: orNull(subject.error, eraser.text) };
}

export function eraseDimensions(eraser: Eraser, dimensions: UseDimensions): UseDimensions {
  const { memberId } = dimensions;
  return memberId === undefined ? dimensions : { ...dimensions, memberId: eraser.memberId(memberId) };
}

export function eraseLegs(eraser: Eraser, legs: readonly GrantLeg[]): readonly GrantLeg[] {
  return legs.map((leg) => ({ ...leg, grantId: eraser.derivedId(leg.grantId) }));
}

export function eraseTerms<Terms extends GrantTerms>(eraser: Eraser, terms: Terms): Terms {
  return { ...terms, id: eraser.derivedId(terms.id), label: eraser.text(terms.label) };
}

export function erasePart(eraser: Eraser, { grant, amount }: GrantPart): GrantPart {
  return { grant: eraseTerms(eraser, grant), amount };
}

export function orNull(text: string | null, replace: (text: string) => string): string | null {
  return text === null ? null : replace(text);
}
