import { quantityInput, subscriptionChangeAnswer } from '../../../contract/schemas/subscription.ts';
import { managers, route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Sets how many of an add-on are held: more at once, fewer with the end of the period. */
export const putAddOn = route('PUT /v1/accounts/:accountId/add-ons/:addOnId', {
  words: 'Sets how many of an add-on are held: more at once, fewer with the end of the period',
  callers: managers,
  body: quantityInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'add_on', addOnId: call.params.addOnId, ...call.body }),
});
