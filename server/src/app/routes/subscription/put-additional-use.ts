import { additionalUseInput, subscriptionChangeAnswer } from '../../../contract/schemas/subscription.ts';
import { managers, route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Sets whether use of a metric beyond its allowance goes on. */
export const putAdditionalUse = route('PUT /v1/accounts/:accountId/additional-use/:metric', {
  words: 'Sets whether use of a metric beyond its allowance goes on',
  callers: managers,
  body: additionalUseInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) =>
    changeSubscription(call, { kind: 'additional_use', metric: call.params.metric, ...call.body }),
});
