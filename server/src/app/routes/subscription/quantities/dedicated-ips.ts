import {
  dedicatedIpInput,
  quantityRequest,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeSubscription } from '../subscription-commands.ts';
import { changeQuantity } from './change-quantity.ts';

/** Sets how many fixed addresses the account has. */
export const putDedicatedIps = route('PUT /v1/accounts/:accountId/dedicated-ips', {
  words: 'Sets how many dedicated IPs the account has',
  callers: managers,
  body: quantityRequest,
  idempotency: 'optional',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeQuantity(call, { kind: 'dedicated_ips', ...call.body }),
});

/** Assigns an address to an agent, or releases it. */
export const putDedicatedIp = route('PUT /v1/accounts/:accountId/dedicated-ips/:ipId', {
  words: 'Assigns a dedicated IP to an agent, or releases it',
  callers: managers,
  body: dedicatedIpInput,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) =>
    changeSubscription(call, { kind: 'assign_dedicated_ip', ipId: call.params.ipId, ...call.body }),
});

/** Takes off one address, which no agent may have, with the end of the period. */
export const deleteDedicatedIp = route('DELETE /v1/accounts/:accountId/dedicated-ips/:ipId', {
  words: 'Removes an unassigned dedicated IP at the end of the period',
  callers: managers,
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeSubscription(call, { kind: 'remove_dedicated_ip', ipId: call.params.ipId }),
});
