import { paths } from '../../../contract/paths.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pathId, pathKeptId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { managers, type Route } from '../../http/route.ts';
import { purchaseView } from './purchase-views.ts';

/** One purchase as it stands, for a dialog that was closed or reloaded. */
export const getPurchase: Route = {
  method: 'GET',
  path: pathPattern(paths.purchaseById(':accountId', ':purchaseId')),
  callers: managers,
  async handle({ services, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const purchaseId = pathKeptId(params, 'purchaseId');
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const purchase = await services.store.readPurchase(accountId, purchaseId);
    if (purchase === undefined) throw new AppError('not_found', `There is no purchase '${purchaseId}'`);
    return jsonReply(purchaseView(purchase));
  },
};
