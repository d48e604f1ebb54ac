import {
  contractInput,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { backendOnly, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';

/** Sets a contract, whose terms replace the plan's. */
export const putContract = route('PUT /v1/accounts/:accountId/contract', {
  words: "Sets a contract, whose terms replace the plan's",
  callers: backendOnly,
  body: contractInput,
  answers: { 200: subscriptionChangeAnswer },
  audit: () => ({}),
  handle: (call) => changeSubscription(call, { kind: 'contract', ...call.body }),
});

/** Ends the contract; the plan's terms apply again. */
export const deleteContract = route('DELETE /v1/accounts/:accountId/contract', {
  words: "Ends the contract; the plan's terms apply again",
  callers: backendOnly,
  answers: { 200: subscriptionChangeAnswer },
  audit: () => ({}),
  handle: (call) => changeSubscription(call, { kind: 'end_contract' }),
});
