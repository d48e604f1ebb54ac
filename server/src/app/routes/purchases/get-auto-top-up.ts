import { autoTopUp } from '../../../contract/purchases/purchases-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { autoTopUpView } from './purchase-views.ts';

/** How auto top-up is set, and how it stands. */
export const getAutoTopUp = route('GET /v1/accounts/:accountId/auto-top-up', {
  words: 'Settings and state of auto top-up',
  callers: managers,
  answers: { 200: autoTopUp },
  async handle({ services, params, caller }) {
    const { state, catalog, viewer, nowMs } = await readAccount(services, params.accountId, caller);
    assertMaySee(viewer.view.balance && viewer.view.money);
    return readingReply({ state }, autoTopUpView(state, catalog, nowMs));
  },
});
