import {
  subscriptionChange,
  subscriptionCommand,
} from '../../../contract/subscription/subscription-schemas.ts';
import { previewOf } from '../../../domain/subscription/commands.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { subscriptionChangeView } from './views/subscription-view.ts';

/** The outcome that a command would have: the command's own decision is made, and its changes are dropped. */
export const previewSubscription = route('POST /v1/accounts/:accountId/subscription/preview', {
  words: 'Previews a subscription command with exact amounts and dates; changes nothing',
  callers: managers,
  body: subscriptionCommand,
  answers: { 200: subscriptionChange },
  async handle({ services, params, caller, body: command }) {
    const { state, catalog, nowMs, viewer } = await readAccount(services, params.accountId, caller);
    assertMaySee(viewer.view.manage);
    const context = {
      state,
      catalog,
      member: undefined,
      nowMs,
      recordedAtMs: services.clock.systemMs,
      commandId: services.newId(),
    };
    const { outcome, needsPaymentMethod } = previewOf(context, command, viewer.memberId);
    const change = subscriptionChangeView(outcome, { state, catalog, nowMs });
    // Once there is a payment method, it is charged.
    return jsonReply(needsPaymentMethod ? { ...change, dueNowBy: 'charge', needsPaymentMethod } : change);
  },
});
