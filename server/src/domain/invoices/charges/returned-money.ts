import { activityRecord } from '../../activity/activity.ts';
import { formatAmount, lesserOf, type Micros } from '../../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../../decision.ts';
import { joinFacts, noFacts } from '../../facts.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { newNotice } from '../../notices/state.ts';
import { creditsOfRefund } from '../../purchases/refund-purchase.ts';
import type { PurchaseRecord } from '../../purchases/state.ts';
import { withBalance } from '../paid-invoice.ts';
import type { ChargeRecord, DisputeRecord, InvoiceRecord, RefundRecord } from '../state.ts';
import { subjectOfCharge } from './charge-words.ts';
import { decideRefundResult, hasEnded, isInvoiced } from './charges.ts';

/** A refund of a charge as the payment provider has it. */
export interface ReportedRefund {
  /** The provider's id. */
  readonly id: string;
  /** The id of the order that it carries out; null where it was made on the provider's own pages. */
  readonly orderId: string | null;
  readonly amount: Micros;
  /** False where it failed, or the bank has sent the money back. */
  readonly isGiven: boolean;
}

/** A dispute of a charge as the payment provider has it. */
export type ReportedDispute = Pick<DisputeRecord, 'id' | 'amount' | 'status' | 'reason' | 'openedAtMs'>;

/** What the provider has given back of a charge, or is asked to give back, as of now. */
export interface ReturnedMoney {
  readonly refunds: readonly ReportedRefund[];
  readonly disputes: readonly ReportedDispute[];
}

/** A charge, and what it paid. */
export interface ReturnedOf {
  readonly charge: ChargeRecord;
  readonly purchase: PurchaseRecord | undefined;
  readonly invoice: InvoiceRecord | undefined;
}

/**
 * Takes over what the provider says of a charge: refunds that were made on its own pages, refunds whose money came back, and disputes.
 * It is the present state that is told, so it may be told twice, late and in any order.
 * @throws DomainError `unavailable` for a charge whose own answer has not been taken over yet: it is to be told again.
 */
export function decideReturned(
  context: DecisionContext,
  { charge, purchase, invoice }: ReturnedOf,
  { refunds, disputes }: ReturnedMoney,
): Decision<ChargeRecord> {
  if (!hasEnded(charge))
    throw new DomainError('unavailable', 'The answer of the charge itself has not been taken over yet');
  let decision: Decision<ChargeRecord> = { outcome: charge, state: context.state, facts: noFacts };
  let present = invoice;
  if (charge.status !== 'succeeded') return decision;
  const take = (next: Decision<ChargeRecord>): void => {
    decision = { ...next, facts: latest(joinFacts(decision.facts, next.facts)) };
    present = next.facts.invoices.find(({ id }) => id === present?.id) ?? present;
  };
  const now = () => ({ ...context, state: decision.state });
  const give = (id: string, amount: Micros, disputeId?: string): void => {
    const order = { id, amount, ...(disputeId !== undefined && { disputeId }) };
    take(takeRefund(now(), { charge: decision.outcome, purchase, invoice: present }, order));
  };
  for (const { id, orderId, amount, isGiven } of refunds) {
    const ownId = orderId ?? deriveId(charge.id, 'refund', id);
    const known = decision.outcome.refunds.find((refund) => refund.id === ownId);
    if (known?.status === 'succeeded' && !isGiven) take(bringBack(now(), decision.outcome, known));
    else if (known === undefined && isGiven) give(ownId, amount);
  }
  for (const dispute of disputes) {
    take(tellDispute(now(), decision.outcome, dispute));
    const made = decision.outcome.refunds.filter(({ disputeId }) => disputeId === dispute.id);
    const standing = made.find(({ status }) => status === 'succeeded');
    if (standing !== undefined && dispute.status !== 'lost')
      take(bringBack(now(), decision.outcome, standing));
    if (standing === undefined && dispute.status === 'lost')
      give(deriveId(charge.id, 'dispute', `${dispute.id}~${made.length + 1}`), dispute.amount, dispute.id);
  }
  return decision;
}

/** Of a charge and of an invoice that several steps have changed only the last counts. */
function latest(facts: Decision<ChargeRecord>['facts']): Decision<ChargeRecord>['facts'] {
  const lastOf = <Item extends { readonly id: string }>(items: readonly Item[]) => [
    ...new Map(items.map((item) => [item.id, item])).values(),
  ];
  return { ...facts, charges: lastOf(facts.charges), invoices: lastOf(facts.invoices) };
}

/** Money that is gone: it is what a refund of ours is once it was carried out, of at most what is left of the charge. */
function takeRefund(
  context: DecisionContext,
  { charge, purchase, invoice }: ReturnedOf,
  { id, amount, disputeId }: Pick<RefundRecord, 'id' | 'amount' | 'disputeId'>,
): Decision<ChargeRecord> {
  const taken = lesserOf(amount, charge.amount - charge.refunded);
  if (taken <= 0n) return { outcome: charge, state: context.state, facts: noFacts };
  const refund: RefundRecord = {
    id,
    amount: taken,
    status: 'ordered',
    reason: '',
    ...(isInvoiced(charge) && { makesCreditNote: true }),
    ...(purchase !== undefined && creditsOfRefund({ charge, purchase }, taken, 'take_back')),
    ...(disputeId !== undefined && { disputeId }),
    createdAtMs: context.nowMs,
  };
  const ordered: ChargeRecord = { ...charge, refunds: [...charge.refunds, refund] };
  return decideRefundResult(context, { charge: ordered, invoice }, id, { outcome: 'succeeded' });
}

/**
 * Refunded money that came back: the bank did not take it, or the dispute was won after all. Its credit note stands and its credits stay
 * taken, so the account has the money in its balance.
 */
function bringBack(
  context: DecisionContext,
  charge: ChargeRecord,
  refund: RefundRecord,
): Decision<ChargeRecord> {
  const { state, nowMs } = context;
  const { id, amount } = refund;
  const isAccounted = refund.makesCreditNote === true || refund.isNoted === true;
  const changed: ChargeRecord = {
    ...charge,
    refunded: charge.refunded - amount,
    refunds: charge.refunds.map((each) => (each.id === id ? { ...each, status: 'failed' } : each)),
    updatedAtMs: nowMs,
  };
  const money = { amount: formatAmount(amount), currency: charge.currency };
  const activity = activityRecord(
    { id: deriveId(id, 'activity', 'returned'), accountId: charge.accountId, atMs: nowMs },
    { kind: 'payment_refunded', event: { kind: 'refund_returned', amount: money, ...namedBy(charge) } },
  );
  return {
    outcome: changed,
    state: isAccounted ? withBalance(state, charge.currency, -amount) : state,
    facts: { ...noFacts, charges: [changed], activity: [activity] },
  };
}

/** The charge with its dispute, and who has to know told: the log of the account, and the host. */
function tellDispute(
  context: DecisionContext,
  charge: ChargeRecord,
  { id, amount: asked, status, reason, ...reported }: ReportedDispute,
): Decision<ChargeRecord> {
  const { state, nowMs, recordedAtMs } = context;
  const { disputes = [], accountId, currency } = charge;
  const known = disputes.find((each) => each.id === id);
  if (known?.status === status) return { outcome: charge, state, facts: noFacts };
  const amount = lesserOf(asked, charge.amount);
  const hasEndedNow = status === 'won' || status === 'lost';
  const dispute: DisputeRecord = {
    ...{ id, amount, status, reason },
    openedAtMs: known?.openedAtMs ?? reported.openedAtMs,
    endedAtMs: hasEndedNow ? nowMs : null,
  };
  const changed: ChargeRecord = {
    ...charge,
    disputes:
      known === undefined
        ? [...disputes, dispute]
        : disputes.map((each) => (each === known ? dispute : each)),
    updatedAtMs: nowMs,
  };
  // An appeal may bring a dispute to the same status again.
  const step = `${id}~${context.commandId}`;
  const money = { amount: formatAmount(amount), currency };
  const activity = activityRecord(
    { id: deriveId(charge.id, 'activity', step), accountId, atMs: nowMs },
    { kind: 'payment_disputed', event: { kind: 'disputed', status, amount: money, ...namedBy(charge) } },
  );
  const notice = newNotice(
    accountId,
    { atMs: nowMs, recordedAtMs },
    {
      id: deriveId(charge.id, 'notice', step),
      subject: {
        type: 'payment.disputed',
        chargeId: charge.id,
        ...{ status, amount, currency, reason },
      },
    },
  );
  return {
    outcome: changed,
    state,
    facts: { ...noFacts, charges: [changed], activity: [activity], notices: [notice] },
  };
}

function namedBy(charge: ChargeRecord) {
  return { purpose: charge.purpose, subject: subjectOfCharge(charge) };
}
