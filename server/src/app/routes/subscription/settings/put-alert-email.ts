import {
  alertEmailInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets the mail address for alerts. */
export const putAlertEmail = route('PUT /v1/accounts/:accountId/alert-email', {
  words: 'Sets the mail address for alerts',
  callers: managers,
  body: alertEmailInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'alert_email', ...call.body }),
});
