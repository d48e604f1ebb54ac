import { paymentStandingInput, subscription } from '../../../contract/subscription/subscription-schemas.ts';
import { planOf } from '../../../domain/limits/limits.ts';
import { decidePaymentStanding } from '../../../domain/subscription/payment-standing.ts';
import { backendViewer } from '../../access/viewer.ts';
import { executeNew } from '../../execute.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { subscriptionView } from './views/subscription-view.ts';

/** Tells how the account stands with its payments, for a product team that collects its money elsewhere. */
export const putPaymentStanding = route('PUT /v1/accounts/:accountId/payment-standing', {
  words: "Reports the account's payment state, if payments are collected elsewhere",
  callers: backendOnly,
  body: paymentStandingInput,
  answers: { 200: subscription },
  audit: () => ({}),
  async handle({ services, params, body }) {
    const { after } = await executeNew(services, {
      accountId: params.accountId,
      decide: (context) => decidePaymentStanding(context, body.standing),
    });
    const { state, catalog, nowMs } = after;
    const viewer = backendViewer;
    return jsonReply(subscriptionView({ state, catalog, plan: planOf(state, catalog), viewer, nowMs }));
  },
});
