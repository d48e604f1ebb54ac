import {
  additionalUseInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets additional use of a metric: off, capped or unlimited. */
export const putAdditionalUse = route('PUT /v1/accounts/:accountId/additional-use/:metric', {
  words: 'Sets additional use of a metric: off, capped or unlimited',
  callers: managers,
  body: additionalUseInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) =>
    changeSubscription(call, { kind: 'additional_use', metric: call.params.metric, ...call.body }),
});
