import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type {
  ChargeOrder,
  PaymentProvider,
  PaymentReport,
} from '../../../server/src/payments/payment-provider.ts';
import { createStripeProvider } from '../../../server/src/payments/stripe/create-stripe-provider.ts';
import { StripeServer } from '../../support/stripe/stripe-server.ts';
export const webhookSecret = 'whsec_only_for_tests';
export const hourMs = 3_600_000;

/** What the tests of a file share; each test has a provider of its own. */
export let server: StripeServer;
export let provider: PaymentProvider;
let counted = 0;
export let nowMs = 0;

beforeAll(async () => {
  server = await StripeServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
  server.faults.length = 0;
  nowMs = server.nowSeconds * 1_000;
  provider = createStripeProvider({
    secretKey: 'sk_test_only_for_tests',
    webhookSecret,
    publicUrl: 'https://usage.example',
    apiUrl: server.url,
  });
});

/** An account whose owner has entered a method on Stripe's page. */
export async function enterMethod(testMethod = 'pm_card_visa', accountId = 'acme'): Promise<string> {
  await provider.startSession({
    accountId,
    memberId: 'owner-1',
    returnUrl: 'https://host.example/billing',
    paymentMethodId: null,
    currency: 'USD',
    nowMs,
  });
  const page = server.all('checkout.session').at(-1);
  server.enterMethod(page?.id ?? '', testMethod);
  const [report] = await notify('checkout.session.completed', page ?? {});
  if (report?.kind !== 'method_entered') throw new Error('no method was reported');
  return report.entered.paymentMethod.id;
}

export function orderOf(paymentMethodId: string, over: Partial<ChargeOrder> = {}): ChargeOrder {
  counted += 1;
  return {
    id: `purchase-${counted}`,
    accountId: 'acme',
    amount: 40_000_000n,
    currency: 'USD',
    paymentMethodId,
    unattended: true,
    description: '5,000 credits',
    attempt: 0,
    orderedAtMs: nowMs,
    nowMs,
    ...over,
  };
}

export interface Signing {
  type?: string;
  secret?: string;
  timestamp?: number;
  livemode?: boolean;
  /** What is sent instead of what was signed. */
  sent?: (payload: string) => string;
}

export async function post(object: object, signing: Signing = {}) {
  const { type = 'payment_intent.succeeded', secret = webhookSecret, livemode = false } = signing;
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    api_version: '2020-08-27',
    type,
    livemode,
    data: { object, previous_attributes: {} },
  });
  const header = await new Stripe('sk_test_unused').webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp: signing.timestamp ?? Math.floor(nowMs / 1_000),
  });
  const reports: PaymentReport[] = [];
  const response = await provider.handle(
    new Request('https://usage.example/v1/payments/stripe/events', {
      method: 'POST',
      headers: { 'stripe-signature': header },
      body: signing.sent?.(payload) ?? payload,
    }),
    async (report) => void reports.push(report),
    nowMs,
  );
  return { response, reports };
}

export async function notify(type: string, object: object): Promise<PaymentReport[]> {
  const { response, reports } = await post(object, { type });
  expect(response?.status).toBe(204);
  return reports;
}
