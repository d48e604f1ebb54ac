import {
  moveToLatestInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { backendOnly, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Moves the subscription to its plan's terms in the latest catalog. */
export const moveSubscription = route('POST /v1/accounts/:accountId/subscription/move', {
  words: "Moves the subscription to its plan's terms in the latest catalog",
  callers: backendOnly,
  body: moveToLatestInput,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'move_to_latest', ...call.body }, call.idempotency),
});
