import {
  subscriptionChangeAnswer,
  trialEndRequest,
  trialStart,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { backendOnly, managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Begins a trial of the present plan, or gives the one under way so many days from now. */
export const startTrial = route('POST /v1/accounts/:accountId/subscription/trial', {
  words: 'Starts a trial of the present plan, or changes the days of the current trial',
  callers: backendOnly,
  body: trialStart,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'start_trial', ...call.body }, call.idempotency),
});

/** Ends a trial now, or the pause that followed it. */
export const endTrial = route('POST /v1/accounts/:accountId/subscription/trial/end', {
  words: 'Ends a trial, or the pause after it',
  callers: managers,
  body: trialEndRequest,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle(call) {
    const { expectedTotal, ...end } = call.body;
    return changeSubscription(call, { kind: 'end_trial', ...end }, call.idempotency, expectedTotal);
  },
});
