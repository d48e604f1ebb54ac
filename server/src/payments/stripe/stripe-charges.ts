import Stripe from 'stripe';
import type {
  ChargeOrder,
  ChargeResult,
  ProviderCharge,
  ProviderDispute,
  ProviderRefund,
  RefundOrder,
  RefundResult,
  WithdrawResult,
} from '../payment-provider.ts';
import { fromMinorUnits, StripeAmountError, toMinorUnits } from './stripe-amounts.ts';
import { parseMethodId, type StripeMethodIds } from './stripe-method.ts';

/** Metadata under which Stripe keeps what a payment is of. */
export const orderKey = 'usagekit_order';
export const accountKey = 'usagekit_account';
export const memberKey = 'usagekit_member';

/**
 * An order that is older was asked for before, perhaps under a key that Stripe has forgotten (it keeps one for 24 hours), or by
 * a version that made other keys: what became of it is looked up first.
 */
const firstAskMs = 60_000;
/** Keys that one order goes through where Stripe replays an error of its own under the one before. */
const keysPerOrderMax = 3;
const pageSize = 100;

/** Charges and refunds by Stripe's PaymentIntents. Every call that moves money carries a key that its order determines. */
export class StripeCharges {
  readonly #stripe: Stripe;
  readonly #returnUrl: string;

  /** `returnUrl` is where a person comes to who has confirmed a payment. */
  constructor(stripe: Stripe, returnUrl: string) {
    this.#stripe = stripe;
    this.#returnUrl = returnUrl;
  }

  async charge(order: ChargeOrder): Promise<ChargeResult> {
    const ids = parseMethodId(order.paymentMethodId);
    if (ids === null) return failed('The payment method belongs to another payment provider.');
    let amount: number;
    try {
      amount = toMinorUnits(order.amount, order.currency);
    } catch (error) {
      if (error instanceof StripeAmountError) return failed(error.message);
      throw error;
    }
    if (order.nowMs - order.orderedAtMs >= firstAskMs) {
      const before = await this.#find(order, ids);
      if (before?.last_payment_error?.code === 'authentication_required')
        return this.#askForConfirmation(order, ids, amount);
      if (before !== undefined) return this.resultOf(before);
    }
    return this.#chargeOnce(order, ids, amount);
  }

  /** The outcome of a payment, as Stripe has it now. */
  resultOf(intent: Stripe.PaymentIntent): ChargeResult {
    switch (intent.status) {
      case 'succeeded':
        return { outcome: 'succeeded' };
      case 'processing':
      case 'requires_capture':
        return { outcome: 'settling' };
      default:
        return failed(intent.last_payment_error?.message ?? 'The payment was not completed.');
    }
  }

  async withdraw({
    id,
    paymentMethodId,
  }: Pick<ChargeOrder, 'id' | 'paymentMethodId'>): Promise<WithdrawResult> {
    const ids = parseMethodId(paymentMethodId);
    // A page of another provider's takes nothing where that one is asked no more.
    if (ids === null) return { outcome: 'withdrawn' };
    const { sessions } = this.#stripe.checkout;
    for await (const page of sessions.list({ customer: ids.customerId, limit: pageSize })) {
      if (page.metadata?.[orderKey] !== id) continue;
      const result = page.status === 'open' ? await this.#endPage(page.id) : this.resultOfPage(page);
      if (result.outcome !== 'failed') return result;
    }
    return { outcome: 'withdrawn' };
  }

  async refund(order: RefundOrder): Promise<RefundResult> {
    const ids = parseMethodId(order.paymentMethodId);
    if (ids === null) return failed('The payment method belongs to another payment provider.');
    const intent = await this.#find({ ...order, id: order.chargeId }, ids);
    if (intent?.status !== 'succeeded') return failed('There is no payment that could be refunded.');
    if (await this.#isRefunded(order, intent)) return { outcome: 'succeeded' };
    try {
      await this.#stripe.refunds.create(
        {
          payment_intent: intent.id,
          amount: toMinorUnits(order.amount, order.currency),
          metadata: { [orderKey]: order.id, [accountKey]: order.accountId },
        },
        { idempotencyKey: await keyOf('refund', order) },
      );
      return { outcome: 'succeeded' };
    } catch (error) {
      if (error instanceof StripeAmountError) return failed(error.message);
      if (isRefused(error)) return failed(error.message);
      throw error;
    }
  }

  /** What was given back of a payment, and how it is disputed, as Stripe has it now. */
  async returnedOf({
    id,
    amount,
    currency: code,
  }: Stripe.PaymentIntent): Promise<{ refunds: ProviderRefund[]; disputes: ProviderDispute[] }> {
    const currency = code.toUpperCase();
    const refunds: ProviderRefund[] = [];
    for await (const refund of this.#stripe.refunds.list({ payment_intent: id, limit: pageSize }))
      refunds.push({
        id: refund.id,
        orderId: refund.metadata?.[orderKey] ?? null,
        amount: fromMinorUnits(refund.amount, currency),
        isGiven: isMade(refund),
      });
    const disputes: ProviderDispute[] = [];
    for await (const dispute of this.#stripe.disputes.list({ payment_intent: id, limit: pageSize })) {
      // In another currency its amount says nothing of the charge's.
      const disputed = dispute.currency === code ? dispute.amount : amount;
      disputes.push({
        id: dispute.id,
        amount: fromMinorUnits(disputed, currency),
        status: disputeStatusOf(dispute),
        reason: dispute.reason,
        openedAtMs: dispute.created * 1_000,
      });
    }
    // Oldest first: a refund is bounded by what earlier ones have left.
    return { refunds: refunds.reverse(), disputes: disputes.reverse() };
  }

  async *list(fromMs: number, toMs: number): AsyncIterable<ProviderCharge> {
    const created = { gte: Math.ceil(fromMs / 1_000), lt: Math.ceil(toMs / 1_000) };
    const intents = this.#stripe.paymentIntents.list({
      created,
      limit: pageSize,
      expand: ['data.latest_charge'],
    });
    for await (const intent of intents) {
      const charge = toProviderCharge(intent);
      if (charge !== undefined) yield charge;
    }
  }

  async find({
    id,
    paymentMethodId,
  }: Pick<ChargeOrder, 'id' | 'paymentMethodId'>): Promise<ProviderCharge[]> {
    const ids = parseMethodId(paymentMethodId);
    if (ids === null) return [];
    const intents = this.#stripe.paymentIntents.list({
      customer: ids.customerId,
      limit: pageSize,
      expand: ['data.latest_charge'],
    });
    const found: ProviderCharge[] = [];
    for await (const intent of intents) {
      const charge = toProviderCharge(intent);
      if (charge?.id === id) found.push(charge);
    }
    return found;
  }

  async #chargeOnce(order: ChargeOrder, ids: StripeMethodIds, amount: number): Promise<ChargeResult> {
    for (let key = 1; ; key += 1) {
      try {
        const intent = await this.#stripe.paymentIntents.create(
          {
            amount,
            currency: order.currency.toLowerCase(),
            customer: ids.customerId,
            payment_method: ids.methodId,
            confirm: true,
            off_session: true,
            description: order.description,
            metadata: { [orderKey]: order.id, [accountKey]: order.accountId },
          },
          { idempotencyKey: await keyOf('charge', order, key) },
        );
        // Asked again, Stripe repeats its first answer; what has become of a bank debit since is looked up.
        return intent.status === 'processing'
          ? this.resultOf(await this.#stripe.paymentIntents.retrieve(intent.id))
          : this.resultOf(intent);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeCardError) {
          return error.code === 'authentication_required'
            ? this.#askForConfirmation(order, ids, amount)
            : failed(error.message);
        }
        if (isRefused(error)) return failed(wordsOf(error));
        const intent = await this.#find(order, ids);
        if (intent !== undefined) return this.resultOf(intent);
        // Under this key Stripe would replay its own error for a day. Nothing was charged, so the next key is safe.
        if (isReplayedFault(error) && key < keysPerOrderMax) continue;
        throw error;
      }
    }
  }

  /**
   * A page on which the buyer confirms the payment. The key makes one page an order, and what Stripe has now is looked up,
   * so that a page that was paid meanwhile is not offered again.
   */
  async #askForConfirmation(
    order: ChargeOrder,
    { customerId }: StripeMethodIds,
    amount: number,
  ): Promise<ChargeResult> {
    const metadata = { [orderKey]: order.id, [accountKey]: order.accountId };
    const made = await this.#stripe.checkout.sessions.create(
      {
        mode: 'payment',
        customer: customerId,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: order.currency.toLowerCase(),
              unit_amount: amount,
              product_data: { name: order.description },
            },
          },
        ],
        metadata,
        payment_intent_data: { metadata },
        success_url: this.#returnUrl,
      },
      { idempotencyKey: await keyOf('page', order) },
    );
    return this.resultOfPage(await this.#stripe.checkout.sessions.retrieve(made.id));
  }

  /** Ends an open page, and tells what Stripe has of it then: it may have been paid meanwhile. */
  async #endPage(pageId: string): Promise<ChargeResult> {
    const { sessions } = this.#stripe.checkout;
    try {
      return this.resultOfPage(await sessions.expire(pageId));
    } catch (error) {
      if (!isRefused(error)) throw error;
      return this.resultOfPage(await sessions.retrieve(pageId));
    }
  }

  /** The outcome of a page on which a payment is confirmed. */
  resultOfPage(page: Stripe.Checkout.Session): ChargeResult {
    if (page.payment_status === 'paid') return { outcome: 'succeeded' };
    if (page.status === 'complete') return { outcome: 'settling' };
    if (page.status === 'expired' || page.url === null)
      return failed('The payment was not confirmed in time.');
    return { outcome: 'needs_action', actionUrl: page.url };
  }

  /** Whether the order's refund has been made: its key may have been forgotten since. */
  async #isRefunded({ id }: RefundOrder, intent: Stripe.PaymentIntent): Promise<boolean> {
    const refunds = this.#stripe.refunds.list({ payment_intent: intent.id, limit: pageSize });
    for await (const refund of refunds) {
      if (isMade(refund) && refund.metadata?.[orderKey] === id) return true;
    }
    return false;
  }

  /** The payment that the order made, the most final one first. Lists are consistent at Stripe; its search is not. */
  async #find(
    { id }: { id: string },
    { customerId }: StripeMethodIds,
  ): Promise<Stripe.PaymentIntent | undefined> {
    let found: Stripe.PaymentIntent | undefined;
    for await (const intent of this.#stripe.paymentIntents.list({ customer: customerId, limit: pageSize })) {
      if (intent.metadata[orderKey] !== id) continue;
      if (intent.status === 'succeeded') return intent;
      if (found === undefined || intent.status === 'processing') found = intent;
    }
    return found;
  }
}

/** A refund under way counts as given, as in Stripe's own sum of them; one that comes back is told later. */
function isMade({ status }: Stripe.Refund): boolean {
  return status !== 'failed' && status !== 'canceled';
}

/** A dispute's status in the words of this server (https://docs.stripe.com/api/disputes/object#dispute_object-status). */
function disputeStatusOf({ status, balance_transactions }: Stripe.Dispute): ProviderDispute['status'] {
  switch (status) {
    case 'warning_needs_response':
    case 'warning_under_review':
      return 'inquiry';
    case 'warning_closed':
    case 'won':
      return 'won';
    case 'lost':
      return 'lost';
    case 'prevented':
      // Either nothing was taken, or the payer has got it so that no dispute came of it.
      return balance_transactions.reduce((sum, { amount }) => sum + amount, 0) < 0 ? 'lost' : 'won';
    default:
      return 'open';
  }
}

function toProviderCharge(intent: Stripe.PaymentIntent): ProviderCharge | undefined {
  const { [orderKey]: id, [accountKey]: accountId } = intent.metadata;
  if (id === undefined || accountId === undefined) return undefined;
  const currency = intent.currency.toUpperCase();
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  return {
    id,
    accountId,
    amount: fromMinorUnits(intent.amount, currency),
    refunded: fromMinorUnits(charge?.amount_refunded ?? 0, currency),
    currency,
    status: statusOf(intent),
    createdAtMs: intent.created * 1_000,
  };
}

function statusOf({ status }: Stripe.PaymentIntent): ProviderCharge['status'] {
  if (status === 'succeeded') return 'succeeded';
  if (status === 'processing' || status === 'requires_capture') return 'settling';
  return status === 'requires_action' || status === 'requires_confirmation' ? 'needs_action' : 'failed';
}

/**
 * An order's id names it within its account, and Stripe's keys hold for all accounts together, so that a key names both. Stripe's
 * keys are at most 255 visible ASCII characters; a longer or other one goes by its digest.
 */
async function keyOf(
  what: 'charge' | 'refund' | 'page',
  { accountId, id }: { readonly accountId: string; readonly id: string },
  attempt?: number,
): Promise<string> {
  const end = attempt === undefined ? '' : `-${attempt}`;
  const names = `${accountId}~${id}`;
  const key = `${what}-${names}${end}`;
  if (/^[!-~]{1,255}$/.test(key)) return key;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(names)));
  return `${what}-${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}${end}`;
}

function failed(message: string): { outcome: 'failed'; message: string } {
  return { outcome: 'failed', message };
}

/** Stripe has looked at the request and will never do it. A key that is in use or that had other content is no refusal. */
function isRefused(error: unknown): error is InstanceType<typeof Stripe.errors.StripeInvalidRequestError> {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409;
}

function wordsOf(error: InstanceType<typeof Stripe.errors.StripeInvalidRequestError>): string {
  return error.code === 'resource_missing' ? 'The payment method is not there any more.' : error.message;
}

function isReplayedFault(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeAPIError &&
    (error.statusCode ?? 0) >= 500 &&
    error.headers?.['idempotent-replayed'] === 'true'
  );
}
