import {
  quantityRequest,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeQuantity } from './change-quantity.ts';

/** Sets the quantity of an add-on: more at once, fewer at the end of the period. */
export const putAddOn = route('PUT /v1/accounts/:accountId/add-ons/:addOnId', {
  words: 'Sets the quantity of an add-on: more at once, fewer at the end of the period',
  callers: managers,
  body: quantityRequest,
  idempotency: 'optional',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeQuantity(call, { kind: 'add_on', addOnId: call.params.addOnId, ...call.body }),
});
