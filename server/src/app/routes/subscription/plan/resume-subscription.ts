import { subscriptionChangeAnswer } from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Takes back a cancellation or a change that is scheduled. */
export const resumeSubscription = route('POST /v1/accounts/:accountId/subscription/resume', {
  words: 'Withdraws a scheduled cancellation or change',
  callers: managers,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'resume' }, call.idempotency),
});
