import {
  quantityRequest,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeQuantity } from './change-quantity.ts';

/** Sets how many seats of a kind are bought in addition to those that the plan includes. */
export const putSeats = route('PUT /v1/accounts/:accountId/seats/:seatType', {
  words: 'Sets how many seats of a kind are bought in addition to the included ones',
  callers: managers,
  body: quantityRequest,
  idempotency: 'optional',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeQuantity(call, { kind: 'seats', seatType: call.params.seatType, ...call.body }),
});
