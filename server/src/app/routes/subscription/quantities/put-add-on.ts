import {
  quantityInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets the quantity of an add-on: more at once, fewer at the end of the period. */
export const putAddOn = route('PUT /v1/accounts/:accountId/add-ons/:addOnId', {
  words: 'Sets the quantity of an add-on: more at once, fewer at the end of the period',
  callers: managers,
  body: quantityInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'add_on', addOnId: call.params.addOnId, ...call.body }),
});
