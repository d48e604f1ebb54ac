import {
  quantityInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets how many seats of a kind are bought in addition to those that the plan includes. */
export const putSeats = route('PUT /v1/accounts/:accountId/seats/:seatType', {
  words: 'Sets how many seats of a kind are bought in addition to the included ones',
  callers: managers,
  body: quantityInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'seats', seatType: call.params.seatType, ...call.body }),
});
