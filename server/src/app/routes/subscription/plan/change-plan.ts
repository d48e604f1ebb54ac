import {
  planChangeRequest,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { managers, route } from '../../../http/route.ts';
import { changeCharged } from '../charged-change.ts';

/** Changes plan or interval: to more at once, to less when the period ends. What is charged at once is charged first. */
export const changePlan = route('POST /v1/accounts/:accountId/subscription/change', {
  words:
    'Changes plan or interval: an upgrade at once, charged first where the catalog collects; a downgrade at the end of the period',
  callers: managers,
  body: planChangeRequest,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  handle: (call) => changeCharged(call, { kind: 'change_plan', ...call.body }, call.idempotency),
});
