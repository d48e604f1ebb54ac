import {
  alertsInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets the amounts of a metric at which the account is told. */
export const putAlerts = route('PUT /v1/accounts/:accountId/alerts/:metric', {
  words: 'Sets the alert thresholds of a metric, or of `credits`; each alerts once per cycle',
  callers: managers,
  body: alertsInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'alerts', metric: call.params.metric, ...call.body }),
});
