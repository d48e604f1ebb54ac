import { contractInput, subscriptionChangeAnswer } from '../../../contract/schemas/subscription.ts';
import { backendOnly, route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Puts a contract in the place of what the plan says. */
export const putContract = route('PUT /v1/accounts/:accountId/contract', {
  words: 'Puts a contract in the place of what the plan says',
  callers: backendOnly,
  body: contractInput,
  answers: { 200: subscriptionChangeAnswer },
  audit: () => ({}),
  handle: (call) => changeSubscription(call, { kind: 'contract', ...call.body }),
});

/** Ends the contract: the plan holds again. */
export const deleteContract = route('DELETE /v1/accounts/:accountId/contract', {
  words: 'Ends the contract: the plan holds again',
  callers: backendOnly,
  answers: { 200: subscriptionChangeAnswer },
  audit: () => ({}),
  handle: (call) => changeSubscription(call, { kind: 'end_contract' }),
});
