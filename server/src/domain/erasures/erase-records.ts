import type { ActivityEvent } from '../../contract/activity/activity.ts';
import type { ActivityRecord } from '../activity/state.ts';
import type { Grant, GrantLeg, GrantPart, GrantTerms, LedgerRecord } from '../credits/state.ts';
import type { HoldRecord } from '../holds/state.ts';
import type { ChargeRecord, DisputeRecord, InvoiceRecord, RefundRecord } from '../invoices/state.ts';
import type { MemberRecord } from '../members/state.ts';
import type { Delivery, NoticeRecord, NoticeSubject } from '../notices/state.ts';
import type { PurchaseRecord } from '../purchases/state.ts';
import type { TaskRecord } from '../tasks/state.ts';
import type { UsageRecord, UseDimensions } from '../usage/state.ts';
import {
  account,
  address,
  by,
  derived,
  each,
  eraseFields,
  type FieldRule,
  type FieldRules,
  goneWithAccount,
  member,
  ofAccount,
  orNull,
  words,
} from './erase-fields.ts';
import { type Eraser, erasedText } from './eraser.ts';

/*
 * Erases a person from each kind of record. Amounts, instants and ids of other things stay unchanged, so that every sum stays the
 * same.
 */

/** The member without what says who it was. */
export function eraseMember(eraser: Eraser, present: MemberRecord): MemberRecord {
  const id = eraser.memberId(present.id);
  // Somebody else may be called the same.
  if (id === present.id) return present;
  return { ...eraseFields(memberRules, eraser, present), name: id };
}

const memberRules: FieldRules<MemberRecord, 'role' | 'seatType' | 'createdAtMs' | 'removal'> = {
  id: member,
  accountId: account,
  name: words,
  permissions: () => [],
  allocations: () => ({}),
};

type KeptOfTerms = 'source' | 'unit' | 'amount' | 'priority' | 'scope' | 'expiresAtMs' | 'createdAtMs';

const termsRules: FieldRules<GrantTerms, KeptOfTerms> = {
  id: derived,
  label: words,
};

const grantRules: FieldRules<Grant, KeptOfTerms | 'remaining' | 'held'> = { ...termsRules };

export const grant: FieldRule<Grant> = by(grantRules);

const partRules: FieldRules<GrantPart, 'amount'> = { grant: by(termsRules) };

export const part: FieldRule<GrantPart> = by(partRules);

const legRules: FieldRules<GrantLeg, 'amount'> = { grantId: derived };

export const leg: FieldRule<GrantLeg> = by(legRules);

const dimensionRules: FieldRules<
  UseDimensions,
  'agentId' | 'projectId' | 'workspaceId' | 'taskId' | 'apiKeyId' | 'category' | 'source'
> = { memberId: member };

export const dimensions: FieldRule<UseDimensions> = by(dimensionRules);

/** A ledger entry: its words and whose it was go, its figures stay. */
export function eraseEntry(eraser: Eraser, entry: LedgerRecord): LedgerRecord {
  return eraseFields(entryRules, eraser, entry);
}

const entryRules: FieldRules<
  LedgerRecord,
  | 'seq'
  | 'kind'
  | 'unit'
  | 'amount'
  | 'debt'
  | 'balanceAfter'
  | 'usageId'
  | 'agentId'
  | 'taskId'
  | 'holdId'
  | 'effectiveAtMs'
  | 'recordedAtMs'
> = {
  id: derived,
  accountId: account,
  legs: each(leg),
  description: words,
  memberId: orNull(member),
  grant: by(termsRules),
};

/** A use: who used goes, what was used stays. */
export function eraseUsage(eraser: Eraser, usage: UsageRecord): UsageRecord {
  return eraseFields(usageRules, eraser, usage);
}

const takesBackRules: FieldRules<NonNullable<UsageRecord['takesBack']>, 'usageId'> = { reason: words };

const usageRules: FieldRules<
  UsageRecord,
  | 'id'
  | 'atMs'
  | 'recordedAtMs'
  | 'counts'
  | 'lines'
  | 'charge'
  | 'unit'
  | 'backfill'
  | 'invoiced'
  | 'partsEnded'
  | 'unpriced'
> = {
  accountId: account,
  dimensions,
  grantsUsed: each(leg),
  takesBack: by(takesBackRules),
};

/** A hold, which names the account alone. */
export function eraseHold(eraser: Eraser, hold: HoldRecord): HoldRecord {
  return eraseFields(holdRules, eraser, hold);
}

const holdRules: FieldRules<
  HoldRecord,
  | 'id'
  | 'taskId'
  | 'status'
  | 'unit'
  | 'amount'
  | 'remaining'
  | 'settled'
  | 'createdAtMs'
  | 'expiresAtMs'
  | 'endedAtMs'
> = {
  accountId: account,
};

/** A task of somebody who is erased keeps no words at all: what it did for them says who they are. */
export function eraseTask(eraser: Eraser, task: TaskRecord): TaskRecord {
  const erased = eraseFields(taskRules, eraser, task);
  return eraser.isErased(task.dimensions.memberId)
    ? { ...erased, name: erasedText, result: null, error: null }
    : erased;
}

const taskRules: FieldRules<
  TaskRecord,
  | 'id'
  | 'status'
  | 'estimate'
  | 'estimateItems'
  | 'holdId'
  | 'held'
  | 'cost'
  | 'paid'
  | 'counted'
  | 'refunded'
  | 'unit'
  | 'lines'
  | 'createdAtMs'
  | 'startedAtMs'
  | 'endedAtMs'
  | 'updatedAtMs'
> = {
  accountId: account,
  name: words,
  dimensions,
  paidFrom: each(part),
  result: orNull(words),
  error: orNull(words),
};

/** A purchase: who bought goes, and with the account how it was paid. */
export function erasePurchase(eraser: Eraser, purchase: PurchaseRecord): PurchaseRecord {
  return eraseFields(purchaseRules, eraser, purchase);
}

const purchaseRules: FieldRules<
  PurchaseRecord,
  | 'id'
  | 'packId'
  | 'source'
  | 'status'
  | 'credits'
  | 'bonus'
  | 'unit'
  | 'price'
  | 'taxes'
  | 'invoiceId'
  | 'currency'
  | 'createdAtMs'
  | 'updatedAtMs'
> = {
  accountId: account,
  paymentMethodId: ofAccount(() => erasedText),
  failure: orNull(words),
  actionUrl: goneWithAccount,
  memberId: orNull(member),
};

/** Invoices are documents: what they say stays, unless the order says that the law lets it go. */
export function eraseInvoice(eraser: Eraser, invoice: InvoiceRecord): InvoiceRecord {
  if (eraser.erasing.subject === 'member') return invoice;
  if (eraser.erasing.withInvoices) return eraseFields(invoiceRules, eraser, invoice);
  return { ...invoice, accountId: eraser.accountId, keepsName: true };
}

const buyerRules: FieldRules<InvoiceRecord['buyer']> = {
  name: account,
  addressLines: () => [],
  taxId: () => null,
  email: () => null,
};

const invoiceRules: FieldRules<
  InvoiceRecord,
  | 'id'
  | 'kind'
  | 'number'
  | 'corrects'
  | 'status'
  | 'currency'
  | 'periodStartsAtMs'
  | 'periodEndsAtMs'
  | 'createdAtMs'
  | 'dueAtMs'
  | 'paidAtMs'
  | 'seller'
  | 'lines'
  | 'total'
  | 'amountPaid'
  | 'credited'
  | 'timeZone'
  | 'keepsName'
> = {
  accountId: account,
  buyer: by(buyerRules),
  note: orNull(words),
};

/** A charge and its refunds: words go, and with the account how it was paid. */
export function eraseCharge(eraser: Eraser, charge: ChargeRecord): ChargeRecord {
  return eraseFields(chargeRules, eraser, charge);
}

const refundRules: FieldRules<
  RefundRecord,
  | 'id'
  | 'amount'
  | 'status'
  | 'credits'
  | 'makesCreditNote'
  | 'isNoted'
  | 'disputeId'
  | 'fromBalance'
  | 'createdAtMs'
> = {
  reason: words,
};

const disputeRules: FieldRules<DisputeRecord, 'id' | 'amount' | 'status' | 'openedAtMs' | 'endedAtMs'> = {
  reason: orNull(words),
};

const chargeRules: FieldRules<
  ChargeRecord,
  | 'id'
  | 'purpose'
  | 'invoiceId'
  | 'status'
  | 'amount'
  | 'refunded'
  | 'surplus'
  | 'currency'
  | 'attempt'
  | 'attended'
  | 'createdAtMs'
  | 'updatedAtMs'
> = {
  accountId: account,
  paymentMethodId: ofAccount(() => erasedText),
  description: words,
  failure: orNull(words),
  actionUrl: goneWithAccount,
  refunds: each(by(refundRules)),
  disputes: each(by(disputeRules)),
};

/** A line of the activity log: who acted and whom it names; of an erased account only its kind stays. */
export function eraseActivity(eraser: Eraser, activity: ActivityRecord): ActivityRecord {
  return eraseFields(activityRules, eraser, activity);
}

const eventRules: FieldRules<
  ActivityEvent,
  | 'kind'
  | 'credits'
  | 'unit'
  | 'price'
  | 'source'
  | 'amount'
  | 'pack'
  | 'threshold'
  | 'brand'
  | 'lastFour'
  | 'provider'
  | 'plan'
  | 'interval'
  | 'atBoundary'
  | 'days'
  | 'quantity'
  | 'ip'
  | 'agentId'
  | 'mode'
  | 'cap'
  | 'limit'
  | 'amounts'
  | 'version'
  | 'standing'
  | 'number'
  | 'total'
  | 'became'
  | 'planId'
  | 'purpose'
  | 'status'
  | 'more'
> = {
  failure: orNull(words),
  label: orNull(words),
  subject: words,
  name: words,
};

const activityRules: FieldRules<ActivityRecord, 'id' | 'atMs' | 'kind'> = {
  accountId: account,
  description: words,
  event: (event, eraser) =>
    event === null || eraser.erasing.subject === 'account' ? null : eraseFields(eventRules, eraser, event),
  memberId: orNull(member),
  reason: orNull(words),
};

/** Only for a member: the notices of an erased account are dropped. */
export function eraseNotice(eraser: Eraser, notice: NoticeRecord): NoticeRecord {
  return eraseFields(noticeRules, eraser, notice);
}

const subjectRules: FieldRules<
  NoticeSubject,
  | 'type'
  | 'metric'
  | 'label'
  | 'amounts'
  | 'used'
  | 'resetsAtMs'
  | 'limit'
  | 'limitOf'
  | 'unit'
  | 'available'
  | 'purchaseId'
  | 'packId'
  | 'retryAtMs'
  | 'fromPlanId'
  | 'toPlanId'
  | 'toPlanName'
  | 'planId'
  | 'planName'
  | 'endsAtMs'
  | 'taskId'
  | 'invoiceId'
  | 'number'
  | 'amountDue'
  | 'currency'
  | 'failures'
  | 'nextChargeAtMs'
  | 'actionUrl'
  | 'chargeId'
  | 'status'
  | 'amount'
> = {
  reason: orNull(words),
  name: words,
  error: orNull(words),
};

const deliveryRules: FieldRules<
  Delivery,
  'to' | 'status' | 'attempts' | 'nextAttemptAtMs' | 'lastAttemptAtMs'
> = {
  // A mail server names the address that it refuses.
  lastFailure: orNull(words),
};

const noticeRules: FieldRules<NoticeRecord, 'id' | 'atMs' | 'createdAtMs' | 'dueAtMs'> = {
  accountId: account,
  subject: by(subjectRules),
  mailTo: address,
  deliveries: orNull(each(by(deliveryRules))),
};
