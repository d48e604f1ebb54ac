import { formatAmount, type Micros, sumOf } from '../amounts/amounts.ts';
import type { ChargeRecord } from './state.ts';

/** A payment as the provider has it. One order may have several: declined ones, and the one that took the money. */
export interface KeptPayment {
  readonly amount: Micros;
  readonly refunded: Micros;
  readonly currency: string;
  readonly status: 'succeeded' | 'settling' | 'failed' | 'needs_action';
  readonly createdAtMs: number;
}

/** One figure of a charge that differs between the server and the provider. */
export interface PaymentDifference {
  readonly accountId: string;
  readonly chargeId: string;
  readonly subject: 'charge' | 'status' | 'amount' | 'currency' | 'refunded' | 'payments';
  /** The server's amount. */
  readonly here: string;
  /** The provider's amount. */
  readonly atProvider: string;
}

/** The outcome of comparing one charge: it agrees, its answer may still be on its way, or it differs. */
export type ComparedCharge = 'same' | 'under_way' | readonly PaymentDifference[];

/** So long after the provider made a payment its answer may still be on its way. */
export const answerOnItsWayMs = 3_600_000;

/**
 * Compares a charge with the provider's payments of the same order: both took the same amount of the same currency once, and gave
 * the same amount back.
 */
export function compareCharge(
  own: ChargeRecord | undefined,
  kept: readonly KeptPayment[],
  { accountId, chargeId, nowMs }: { accountId: string; chargeId: string; nowMs: number },
): ComparedCharge {
  const differ = (
    subject: PaymentDifference['subject'],
    here: string,
    atProvider: string,
  ): PaymentDifference => ({ accountId, chargeId, subject, here, atProvider });
  const moved = kept.filter(({ status }) => status === 'succeeded' || status === 'settling');
  if (own === undefined) return moved.length === 0 ? 'same' : [differ('charge', 'unknown', describe(moved))];
  const isRecent = kept.some(({ createdAtMs }) => nowMs - createdAtMs < answerOnItsWayMs);
  const isRefunding = own.refunds.some(({ status }) => status === 'ordered');
  const found: PaymentDifference[] = [];
  if (statusOf(own) !== keptStatus(moved)) {
    if (isUnanswered(own) && isRecent) return 'under_way';
    found.push(differ('status', own.status, kept.length === 0 ? 'unknown' : describeStatus(kept)));
  } else if (moved.length > 0) {
    const [first] = moved;
    if (moved.length > 1) found.push(differ('payments', '1', String(moved.length)));
    if (first !== undefined && first.currency !== own.currency)
      found.push(differ('currency', own.currency, first.currency));
    const taken = sumOf(moved.map(({ amount }) => amount));
    if (taken !== own.amount) found.push(differ('amount', formatAmount(own.amount), formatAmount(taken)));
  }
  const refunded = sumOf(kept.map((payment) => payment.refunded));
  const ownRefunded = own.refunded - lostOf(own);
  if (refunded !== ownRefunded) {
    if (isRefunding && found.length === 0) return 'under_way';
    found.push(differ('refunded', formatAmount(ownRefunded), formatAmount(refunded)));
  }
  return found.length === 0 ? 'same' : found;
}

/** What lost disputes took, which is no refund to the provider. */
function lostOf({ refunds }: ChargeRecord): Micros {
  return sumOf(
    refunds
      .filter(({ disputeId, status }) => disputeId !== undefined && status === 'succeeded')
      .map(({ amount }) => amount),
  );
}

type MoneyStatus = 'succeeded' | 'settling' | 'none';

function statusOf({ status }: ChargeRecord): MoneyStatus {
  return status === 'succeeded' || status === 'settling' ? status : 'none';
}

function keptStatus(moved: readonly KeptPayment[]): MoneyStatus {
  if (moved.length === 0) return 'none';
  return moved.some(({ status }) => status === 'succeeded') ? 'succeeded' : 'settling';
}

/** Whether the provider's last answer for it has yet to come. */
function isUnanswered({ status }: ChargeRecord): boolean {
  return status === 'ordered' || status === 'settling' || status === 'needs_action';
}

function describeStatus(kept: readonly KeptPayment[]): string {
  const moved = kept.find(({ status }) => status === 'succeeded') ?? kept[0];
  return moved?.status ?? 'unknown';
}

function describe(moved: readonly KeptPayment[]): string {
  return moved
    .map(({ status, amount, currency }) => `${status} ${formatAmount(amount)} ${currency}`)
    .join(', ');
}
