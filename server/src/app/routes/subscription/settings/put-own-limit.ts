import {
  ownLimitInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets the hard limit that the account gives itself for a metric. */
export const putOwnLimit = route('PUT /v1/accounts/:accountId/limits/:metric', {
  words: "Sets the account's own hard limit for a metric",
  callers: managers,
  body: ownLimitInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'own_limit', metric: call.params.metric, ...call.body }),
});
