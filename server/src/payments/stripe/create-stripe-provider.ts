import Stripe from 'stripe';
import { endPage } from '../payment-page.ts';
import type { PaymentProvider, SessionOrder } from '../payment-provider.ts';
import { accountKey, memberKey, StripeCharges } from './stripe-charges.ts';
import { StripeEvents } from './stripe-events.ts';
import { parseMethodId } from './stripe-method.ts';

/** The version of Stripe's API that this provider is written for; an account's own default does not matter. */
export const stripeApiVersion = '2026-10-28.endive';
/** How long a link into the portal can be opened, in milliseconds; Stripe says five minutes. */
const portalLinkMs = 300_000;
const requestTimeoutMs = 20_000;
const networkRetriesMax = 2;

export interface StripeOptions {
  /** A secret or restricted key; its prefix tells the mode. */
  readonly secretKey: string;
  /** The signing secret of the webhook endpoint `{publicUrl}/v1/payments/stripe/events`. */
  readonly webhookSecret: string;
  /** Where the server is reached from a browser, without a slash at its end. */
  readonly publicUrl: string;
  /** Another address that speaks Stripe's API; Stripe's own by default. */
  readonly apiUrl?: string;
}

/**
 * Payments by Stripe: cards and bank debits that are entered on Stripe's own page and charged when nobody is there. An account's
 * customer at Stripe is named in the id of its payment method, so that nothing is kept here.
 *
 * Endpoint for notifications: `POST /v1/payments/stripe/events` with `payment_intent.succeeded`, `payment_intent.processing`,
 * `payment_intent.payment_failed`, `checkout.session.completed`, `checkout.session.async_payment_succeeded`,
 * `checkout.session.async_payment_failed`, `checkout.session.expired`, `payment_method.detached`, `charge.refunded`, `refund.created`,
 * `refund.updated`, `refund.failed`, `charge.dispute.created`, `charge.dispute.updated` and `charge.dispute.closed`.
 */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const { secretKey, webhookSecret, publicUrl, apiUrl } = options;
  const stripe = new Stripe(secretKey, {
    apiVersion: stripeApiVersion,
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: networkRetriesMax,
    timeout: requestTimeoutMs,
    telemetry: false,
    ...(apiUrl === undefined ? {} : addressOf(apiUrl)),
  });
  const charges = new StripeCharges(stripe, `${publicUrl}/v1/payments/stripe/done`);
  const live = /^(sk|rk)_live_/.test(secretKey);
  const events = new StripeEvents({ stripe, charges, webhookSecret, live });

  return {
    charge: (order) => charges.charge(order),
    withdraw: (order) => charges.withdraw(order),
    refund: (order) => charges.refund(order),
    async startSession(order) {
      const customer = await customerOf(stripe, order);
      const metadata = {
        [accountKey]: order.accountId,
        ...(order.memberId === null ? {} : { [memberKey]: order.memberId }),
      };
      const page = await stripe.checkout.sessions.create({
        mode: 'setup',
        customer,
        currency: order.currency.toLowerCase(),
        metadata,
        success_url: order.returnUrl,
        cancel_url: order.returnUrl,
      });
      if (page.url === null) throw new Error(`Stripe gave no address for the page ${page.id}`);
      return { url: page.url, expiresAtMs: page.expires_at * 1_000 };
    },
    async openPortal({ paymentMethodId, returnUrl, nowMs }) {
      const ids = parseMethodId(paymentMethodId);
      if (ids === null) return null;
      const portal = await stripe.billingPortal.sessions.create({
        customer: ids.customerId,
        return_url: returnUrl,
      });
      return { url: portal.url, expiresAtMs: nowMs + portalLinkMs };
    },
    listCharges: (fromMs, toMs) => charges.list(fromMs, toMs),
    findCharges: (order) => charges.find(order),
    async handle(request, report, nowMs, returnUrl = null) {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/v1/payments/stripe/events') && request.method === 'POST') {
        return events.take(request, report, nowMs);
      }
      if (pathname.endsWith('/v1/payments/stripe/done')) {
        return endPage('Thank you', returnUrl);
      }
      return null;
    },
  };
}

/** The account's customer at Stripe: that of the present method where it is still there, else a new one. */
async function customerOf(stripe: Stripe, { accountId, paymentMethodId }: SessionOrder): Promise<string> {
  const known = paymentMethodId === null ? null : parseMethodId(paymentMethodId);
  if (known !== null && (await isThere(stripe, known.customerId))) return known.customerId;
  const { id } = await stripe.customers.create({ metadata: { [accountKey]: accountId } });
  return id;
}

async function isThere(stripe: Stripe, customerId: string): Promise<boolean> {
  try {
    return (await stripe.customers.retrieve(customerId)).deleted !== true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
      return false;
    throw error;
  }
}

function addressOf(apiUrl: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  const { hostname, port, protocol } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  return { host: hostname, port: port || (isPlain ? 80 : 443), protocol: isPlain ? 'http' : 'https' };
}
