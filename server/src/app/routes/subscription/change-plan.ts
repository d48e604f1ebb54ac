import { planChange, subscriptionChangeAnswer } from '../../../contract/schemas/subscription.ts';
import { managers, route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Changes plan or interval: to more at once, to less when the period ends. */
export const changePlan = route('POST /v1/accounts/:accountId/subscription/change', {
  words: 'Changes plan or interval: to more at once, to less when the period ends',
  callers: managers,
  body: planChange,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'change_plan', ...call.body }, call.idempotency),
});
