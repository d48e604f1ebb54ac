import type { PaymentSession } from '../../../contract/purchases/purchases.ts';
import { paymentSession, paymentSessionRequest } from '../../../contract/purchases/purchases-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { formatInstant } from '../../http/instants.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';

/** Leads to the page of the payment provider's on which a payment method is entered. */
export const startPaymentSession = route('POST /v1/accounts/:accountId/payment-method/session', {
  words: 'Opens a page for entering a payment method',
  callers: managers,
  body: paymentSessionRequest,
  answers: { 201: paymentSession },
  async handle({ services, params, body, caller }) {
    const { accountId } = params;
    const { returnUrl } = body;
    const { viewer, state } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const { memberId } = viewer;
    const session = await services.payments.startSession({
      accountId,
      memberId,
      returnUrl,
      paymentMethodId: state.profile.paymentMethod?.id ?? null,
      currency: state.profile.currency,
      nowMs: services.clock.systemMs,
    });
    const answer: PaymentSession = { url: session.url, expiresAt: formatInstant(session.expiresAtMs) };
    return jsonReply(answer, 201);
  },
});
