import { paths } from '../../../contract/paths.ts';
import type { PaymentSession } from '../../../contract/purchases.ts';
import { paymentSessionRequest } from '../../../contract/schemas/purchases.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { formatInstant } from '../../http/instants.ts';
import { parseBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { managers, type Route } from '../../http/route.ts';

/** Leads to the page of the payment provider's on which a payment method is entered. */
export const startPaymentSession: Route = {
  method: 'POST',
  path: pathPattern(paths.paymentMethodSession(':accountId')),
  callers: managers,
  async handle({ services, request, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const { returnUrl } = await parseBody(request, paymentSessionRequest);
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const { memberId } = viewer;
    const session = await services.payments.startSession({
      accountId,
      memberId,
      returnUrl,
      nowMs: services.clock.systemMs,
    });
    const answer: PaymentSession = { url: session.url, expiresAt: formatInstant(session.expiresAtMs) };
    return jsonReply(answer, 201);
  },
};
