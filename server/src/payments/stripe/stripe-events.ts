import Stripe from 'stripe';
import type { PaymentReport, ReportPayment } from '../payment-provider.ts';
import { accountKey, memberKey, orderKey, type StripeCharges } from './stripe-charges.ts';
import { formatMethodId, toPaymentMethod } from './stripe-method.ts';

/** How far a notification's stamp may lie from the server's clock, either way, in seconds. */
export const stripeToleranceSeconds = 300;
/** The largest notification that is read, in bytes. */
export const stripeNotificationBytesMax = 1_048_576;

export interface StripeEventsOptions {
  readonly stripe: Stripe;
  readonly charges: StripeCharges;
  readonly webhookSecret: string;
  /** Whether the key is a live one: notifications of the other mode are taken and do nothing. */
  readonly live: boolean;
}

/**
 * Stripe's notifications. A body is verified as the bytes that came. What a notification says is only the occasion to look:
 * the present state is read from Stripe, so that notifications may come twice, late and in any order.
 */
export class StripeEvents {
  readonly #options: StripeEventsOptions;

  constructor(options: StripeEventsOptions) {
    this.#options = options;
  }

  async take(request: Request, report: ReportPayment, nowMs: number): Promise<Response> {
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.byteLength > stripeNotificationBytesMax) return refusal(413, 'The notification is too large.');
    const event = await this.#verified(body, request.headers.get('stripe-signature'), nowMs);
    if (event === null) return refusal(400, 'The signature does not fit the body, the secret and the time.');
    if (event.livemode === this.#options.live) {
      for (const each of await this.#reportsOf(event)) await report(each);
    }
    return new Response(null, { status: 204 });
  }

  async #verified(body: Uint8Array, header: string | null, nowMs: number): Promise<Stripe.Event | null> {
    const { stripe, webhookSecret } = this.#options;
    const stamp = Number(/(?:^|,)t=(\d+)/.exec(header ?? '')?.[1]);
    // The library refuses stamps that are too old and takes those of the future.
    if (header === null || !(stamp * 1_000 <= nowMs + stripeToleranceSeconds * 1_000)) return null;
    try {
      return await stripe.webhooks.constructEventAsync(
        body,
        header,
        webhookSecret,
        stripeToleranceSeconds,
        Stripe.createSubtleCryptoProvider(),
        nowMs,
      );
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
      // Signed by Stripe and no JSON: nothing that could be sent again would differ.
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  async #reportsOf(event: Stripe.Event): Promise<PaymentReport[]> {
    switch (event.type) {
      case 'payment_intent.succeeded':
      case 'payment_intent.processing':
      case 'payment_intent.payment_failed':
        return this.#ofIntent(event.data.object.id);
      case 'checkout.session.completed':
      case 'checkout.session.async_payment_succeeded':
      case 'checkout.session.async_payment_failed':
      case 'checkout.session.expired':
        return this.#ofPage(event.data.object.id);
      case 'charge.refunded':
      case 'charge.refund.updated':
      case 'refund.created':
      case 'refund.updated':
      case 'refund.failed':
      case 'charge.dispute.created':
      case 'charge.dispute.updated':
      case 'charge.dispute.closed':
      case 'charge.dispute.funds_withdrawn':
      case 'charge.dispute.funds_reinstated':
        return this.#ofReturned(event.data.object.payment_intent);
      case 'payment_method.detached':
        return this.#ofDetached(event.data.object.id, event.data.previous_attributes?.customer);
      default:
        return [];
    }
  }

  async #ofIntent(intentId: string): Promise<PaymentReport[]> {
    const { stripe, charges } = this.#options;
    const intent = await stripe.paymentIntents.retrieve(intentId);
    const { [orderKey]: purchaseId, [accountKey]: accountId } = intent.metadata;
    if (purchaseId === undefined || accountId === undefined) return [];
    const result = charges.resultOf(intent);
    // A buyer who has to confirm was led to a page, whose own notification tells how that ends.
    if (result.outcome === 'failed' && intent.last_payment_error?.code === 'authentication_required')
      return [];
    return [{ kind: 'charge_ended', accountId, purchaseId, result }];
  }

  /** All refunds and disputes of a payment as they stand now; another product's payment, and one without an intent, is none of ours. */
  async #ofReturned(payment: string | Stripe.PaymentIntent | null): Promise<PaymentReport[]> {
    const intentId = typeof payment === 'string' ? payment : payment?.id;
    if (intentId === undefined) return [];
    const { stripe, charges } = this.#options;
    const intent = await stripe.paymentIntents.retrieve(intentId);
    const { [orderKey]: chargeId, [accountKey]: accountId } = intent.metadata;
    if (chargeId === undefined || accountId === undefined) return [];
    return [{ kind: 'money_returned', accountId, chargeId, ...(await charges.returnedOf(intent)) }];
  }

  async #ofPage(pageId: string): Promise<PaymentReport[]> {
    const { stripe, charges } = this.#options;
    const page = await stripe.checkout.sessions.retrieve(pageId, {
      expand: ['setup_intent.payment_method', 'payment_intent'],
    });
    const { [orderKey]: purchaseId, [accountKey]: accountId, [memberKey]: memberId } = page.metadata ?? {};
    if (accountId === undefined) return [];
    if (page.mode === 'setup') return methodOf(page, accountId, memberId ?? null);
    if (purchaseId === undefined) return [];
    const intent = typeof page.payment_intent === 'string' ? null : page.payment_intent;
    const isDecided = intent !== null && intent.status !== 'processing' && page.status === 'complete';
    const result = isDecided ? charges.resultOf(intent) : charges.resultOfPage(page);
    return result.outcome === 'needs_action' ? [] : [{ kind: 'charge_ended', accountId, purchaseId, result }];
  }

  async #ofDetached(
    methodId: string,
    customer: string | Stripe.Customer | Stripe.DeletedCustomer | null | undefined,
  ): Promise<PaymentReport[]> {
    const customerId = typeof customer === 'string' ? customer : customer?.id;
    if (customerId === undefined) return [];
    const { stripe } = this.#options;
    const method = await stripe.paymentMethods.retrieve(methodId);
    // Attached again meanwhile: nothing was lost.
    if (method.customer !== null) return [];
    const owner = await stripe.customers.retrieve(customerId);
    const accountId = owner.deleted === true ? undefined : owner.metadata[accountKey];
    if (accountId === undefined) return [];
    const paymentMethodId = formatMethodId({ customerId, methodId });
    return [{ kind: 'method_removed', accountId, paymentMethodId }];
  }
}

function methodOf(
  page: Stripe.Checkout.Session,
  accountId: string,
  memberId: string | null,
): PaymentReport[] {
  const setup = typeof page.setup_intent === 'string' ? null : page.setup_intent;
  const method = typeof setup?.payment_method === 'string' ? null : setup?.payment_method;
  const customerId = typeof page.customer === 'string' ? page.customer : page.customer?.id;
  if (setup?.status !== 'succeeded' || !method || customerId === undefined) return [];
  const paymentMethod = toPaymentMethod(customerId, method);
  return [{ kind: 'method_entered', entered: { accountId, memberId, paymentMethod } }];
}

function refusal(status: number, detail: string): Response {
  const titles: Record<number, string> = { 400: 'Bad request', 413: 'Content too large' };
  return Response.json(
    { type: 'about:blank', title: titles[status], status, detail },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}
