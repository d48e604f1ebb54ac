import { paths } from '../../../contract/paths.ts';
import { autoTopUpInput } from '../../../contract/schemas/purchases.ts';
import { decideAutoTopUp } from '../../../domain/accounts/account-settings.ts';
import { parseAmount } from '../../../domain/amounts/amounts.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { parseBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { managers, type Route } from '../../http/route.ts';
import { autoTopUpView } from './purchase-views.ts';

/** Sets auto top-up. Where the balance is below the threshold already, the first charge follows at once. */
export const putAutoTopUp: Route = {
  method: 'PUT',
  path: pathPattern(paths.autoTopUp(':accountId')),
  callers: managers,
  async handle({ services, request, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const input = await parseBody(request, autoTopUpInput);
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const settings = {
      enabled: input.enabled,
      threshold: parseAmount(input.threshold),
      packId: input.packId,
      chargesPerCycleMax: input.chargesPerCycleMax ?? null,
    };
    const { after } = await executeNew(services, {
      accountId,
      decide: (context) => decideAutoTopUp(context, settings, viewer.memberId),
    });
    return jsonReply(autoTopUpView(after.state, after.catalog));
  },
};
