import type { ActivityEvent } from '../../contract/activity/activity.ts';
import type { ActivityRecord } from '../activity/state.ts';
import type { Grant, GrantLeg, GrantPart, GrantTerms, LedgerRecord } from '../credits/state.ts';
import type { HoldRecord } from '../holds/state.ts';
import type { ChargeRecord, InvoiceRecord, RefundRecord } from '../invoices/state.ts';
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
  keep,
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

const memberRules: FieldRules<MemberRecord> = {
  id: member,
  accountId: account,
  name: words,
  role: keep,
  permissions: () => [],
  seatType: keep,
  allocations: () => ({}),
  createdAtMs: keep,
  removal: keep,
};

const termsRules: FieldRules<GrantTerms> = {
  id: derived,
  source: keep,
  label: words,
  unit: keep,
  amount: keep,
  priority: keep,
  scope: keep,
  expiresAtMs: keep,
  createdAtMs: keep,
};

export const grant: FieldRule<Grant> = by({ ...termsRules, remaining: keep, held: keep });

export const part: FieldRule<GrantPart> = by({ grant: by(termsRules), amount: keep });

export const leg: FieldRule<GrantLeg> = by({ grantId: derived, amount: keep });

export const dimensions: FieldRule<UseDimensions> = by({
  memberId: member,
  agentId: keep,
  projectId: keep,
  workspaceId: keep,
  taskId: keep,
  apiKeyId: keep,
  category: keep,
  source: keep,
});

/** A ledger entry: its words and whose it was go, its figures stay. */
export function eraseEntry(eraser: Eraser, entry: LedgerRecord): LedgerRecord {
  return eraseFields(entryRules, eraser, entry);
}

const entryRules: FieldRules<LedgerRecord> = {
  id: derived,
  accountId: account,
  seq: keep,
  kind: keep,
  unit: keep,
  amount: keep,
  legs: each(leg),
  debt: keep,
  balanceAfter: keep,
  description: words,
  usageId: keep,
  memberId: orNull(member),
  agentId: keep,
  taskId: keep,
  holdId: keep,
  effectiveAtMs: keep,
  recordedAtMs: keep,
  grant: by(termsRules),
};

/** A use: who used goes, what was used stays. */
export function eraseUsage(eraser: Eraser, usage: UsageRecord): UsageRecord {
  return eraseFields(usageRules, eraser, usage);
}

const usageRules: FieldRules<UsageRecord> = {
  id: keep,
  accountId: account,
  atMs: keep,
  recordedAtMs: keep,
  dimensions,
  counts: keep,
  lines: keep,
  charge: keep,
  unit: keep,
  grantsUsed: each(leg),
  backfill: keep,
  invoiced: keep,
  partsEnded: keep,
  unpriced: keep,
  takesBack: by({ usageId: keep, reason: words }),
};

/** A hold, which names the account alone. */
export function eraseHold(eraser: Eraser, hold: HoldRecord): HoldRecord {
  return eraseFields(holdRules, eraser, hold);
}

const holdRules: FieldRules<HoldRecord> = {
  id: keep,
  accountId: account,
  taskId: keep,
  status: keep,
  unit: keep,
  amount: keep,
  remaining: keep,
  settled: keep,
  createdAtMs: keep,
  expiresAtMs: keep,
  endedAtMs: keep,
};

/** A task of somebody who is erased keeps no words at all: what it did for them says who they are. */
export function eraseTask(eraser: Eraser, task: TaskRecord): TaskRecord {
  const erased = eraseFields(taskRules, eraser, task);
  return eraser.isErased(task.dimensions.memberId)
    ? { ...erased, name: erasedText, result: null, error: null }
    : erased;
}

const taskRules: FieldRules<TaskRecord> = {
  id: keep,
  accountId: account,
  name: words,
  status: keep,
  dimensions,
  estimate: keep,
  estimateItems: keep,
  holdId: keep,
  held: keep,
  cost: keep,
  paid: keep,
  paidFrom: each(part),
  counted: keep,
  refunded: keep,
  unit: keep,
  lines: keep,
  result: orNull(words),
  error: orNull(words),
  createdAtMs: keep,
  startedAtMs: keep,
  endedAtMs: keep,
  updatedAtMs: keep,
};

/** A purchase: who bought goes, and with the account how it was paid. */
export function erasePurchase(eraser: Eraser, purchase: PurchaseRecord): PurchaseRecord {
  return eraseFields(purchaseRules, eraser, purchase);
}

const purchaseRules: FieldRules<PurchaseRecord> = {
  id: keep,
  accountId: account,
  packId: keep,
  source: keep,
  status: keep,
  credits: keep,
  bonus: keep,
  unit: keep,
  price: keep,
  currency: keep,
  paymentMethodId: ofAccount(() => erasedText),
  failure: orNull(words),
  actionUrl: goneWithAccount,
  memberId: orNull(member),
  createdAtMs: keep,
  updatedAtMs: keep,
};

/** Invoices are documents: what they say stays, unless the order says that the law lets it go. */
export function eraseInvoice(eraser: Eraser, invoice: InvoiceRecord): InvoiceRecord {
  if (eraser.erasing.subject === 'member') return invoice;
  if (eraser.erasing.withInvoices) return eraseFields(invoiceRules, eraser, invoice);
  return { ...invoice, accountId: eraser.accountId, keepsName: true };
}

const invoiceRules: FieldRules<InvoiceRecord> = {
  id: keep,
  accountId: account,
  kind: keep,
  number: keep,
  corrects: keep,
  status: keep,
  currency: keep,
  periodStartsAtMs: keep,
  periodEndsAtMs: keep,
  createdAtMs: keep,
  dueAtMs: keep,
  paidAtMs: keep,
  seller: keep,
  buyer: by({ name: account, addressLines: () => [], taxId: () => null, email: () => null }),
  lines: keep,
  total: keep,
  amountPaid: keep,
  credited: keep,
  note: orNull(words),
  timeZone: keep,
  keepsName: keep,
};

/** A charge and its refunds: words go, and with the account how it was paid. */
export function eraseCharge(eraser: Eraser, charge: ChargeRecord): ChargeRecord {
  return eraseFields(chargeRules, eraser, charge);
}

const refundRules: FieldRules<RefundRecord> = {
  id: keep,
  amount: keep,
  status: keep,
  reason: words,
  credits: keep,
  createdAtMs: keep,
};

const chargeRules: FieldRules<ChargeRecord> = {
  id: keep,
  accountId: account,
  purpose: keep,
  invoiceId: keep,
  status: keep,
  amount: keep,
  refunded: keep,
  surplus: keep,
  currency: keep,
  paymentMethodId: ofAccount(() => erasedText),
  description: words,
  attempt: keep,
  attended: keep,
  failure: orNull(words),
  actionUrl: goneWithAccount,
  refunds: each(by(refundRules)),
  createdAtMs: keep,
  updatedAtMs: keep,
};

/** A line of the activity log: who acted and whom it names; of an erased account only its kind stays. */
export function eraseActivity(eraser: Eraser, activity: ActivityRecord): ActivityRecord {
  return eraseFields(activityRules, eraser, activity);
}

const eventRules: FieldRules<ActivityEvent> = {
  kind: keep,
  credits: keep,
  unit: keep,
  price: keep,
  source: keep,
  failure: orNull(words),
  amount: keep,
  label: orNull(words),
  pack: keep,
  threshold: keep,
  brand: keep,
  lastFour: keep,
  provider: keep,
  plan: keep,
  interval: keep,
  atBoundary: keep,
  days: keep,
  quantity: keep,
  ip: keep,
  agentId: keep,
  mode: keep,
  cap: keep,
  limit: keep,
  amounts: keep,
  version: keep,
  standing: keep,
  number: keep,
  total: keep,
  became: keep,
  subject: words,
  planId: keep,
  purpose: keep,
  name: words,
  more: keep,
};

const activityRules: FieldRules<ActivityRecord> = {
  id: keep,
  accountId: account,
  atMs: keep,
  kind: keep,
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

const subjectRules: FieldRules<NoticeSubject> = {
  type: keep,
  metric: keep,
  label: keep,
  amounts: keep,
  used: keep,
  resetsAtMs: keep,
  limit: keep,
  limitOf: keep,
  unit: keep,
  available: keep,
  purchaseId: keep,
  packId: keep,
  reason: orNull(words),
  retryAtMs: keep,
  fromPlanId: keep,
  toPlanId: keep,
  toPlanName: keep,
  planId: keep,
  planName: keep,
  endsAtMs: keep,
  taskId: keep,
  name: words,
  error: orNull(words),
  invoiceId: keep,
  number: keep,
  amountDue: keep,
  currency: keep,
  failures: keep,
  nextChargeAtMs: keep,
  actionUrl: keep,
};

const deliveryRules: FieldRules<Delivery> = {
  to: keep,
  status: keep,
  attempts: keep,
  nextAttemptAtMs: keep,
  lastAttemptAtMs: keep,
  // A mail server names the address that it refuses.
  lastFailure: orNull(words),
};

const noticeRules: FieldRules<NoticeRecord> = {
  id: keep,
  accountId: account,
  atMs: keep,
  createdAtMs: keep,
  subject: by(subjectRules),
  mailTo: address,
  deliveries: orNull(each(by(deliveryRules))),
  dueAtMs: keep,
};
