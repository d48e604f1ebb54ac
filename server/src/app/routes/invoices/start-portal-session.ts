import type { PortalSession } from '../../../contract/invoices/charges.ts';
import { portalSession, portalSessionRequest } from '../../../contract/invoices/charges-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';

/** Leads to the provider's own page of the account's charges and methods. Whose page it is follows from the account alone. */
export const startPortalSession = route('POST /v1/accounts/:accountId/portal/session', {
  words: "The payment provider's own page of the account's charges and payment methods",
  callers: managers,
  body: portalSessionRequest,
  answers: { 201: portalSession },
  async handle({ services, params, body, caller }) {
    const { accountId } = params;
    const { viewer, state } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const method = state.profile.paymentMethod;
    if (method === null)
      throw new AppError(
        'payment_method_required',
        'The account has no payment method, so there is no page to manage it',
      );
    const page = await services.payments.openPortal({
      accountId,
      paymentMethodId: method.id,
      returnUrl: body.returnUrl,
      nowMs: services.clock.systemMs,
    });
    if (page === null) throw new AppError('not_found', 'The payment provider has no page of its own');
    const answer: PortalSession = { url: page.url, expiresAt: formatInstant(page.expiresAtMs) };
    return jsonReply(answer, 201);
  },
});
