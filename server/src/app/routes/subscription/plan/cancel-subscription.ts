import { subscriptionChangeAnswer } from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Cancels the subscription, at the end of the paid period or trial, or goes down to the plan that the catalog names. */
export const cancelSubscription = route('POST /v1/accounts/:accountId/subscription/cancel', {
  words: 'Cancels the subscription, at the end of the paid period or trial',
  callers: managers,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'cancel' }, call.idempotency),
});
