import { purchase } from '../../../contract/purchases/purchases-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { purchaseView } from './purchase-views.ts';

/** One purchase, for a dialog that was closed or reloaded. */
export const getPurchase = route('GET /v1/accounts/:accountId/purchases/:purchaseId', {
  words: 'One purchase',
  callers: managers,
  answers: { 200: purchase },
  async handle({ services, params, caller }) {
    const { accountId, purchaseId } = params;
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const purchase = await services.store.readPurchase(accountId, purchaseId);
    if (purchase === undefined) throw new AppError('not_found', `There is no purchase '${purchaseId}'`);
    return jsonReply(purchaseView(purchase));
  },
});
