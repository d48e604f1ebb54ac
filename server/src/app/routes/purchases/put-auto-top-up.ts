import { autoTopUp, autoTopUpInput } from '../../../contract/purchases/purchases-schemas.ts';
import { decideAutoTopUp } from '../../../domain/accounts/account-settings.ts';
import { parseAmount } from '../../../domain/amounts/amounts.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { parseExpectedTotal } from '../../purchases/parse-expected-total.ts';
import { autoTopUpView } from './purchase-views.ts';

/** Sets auto top-up. Where the balance is below the threshold already, the first charge follows at once. */
export const putAutoTopUp = route('PUT /v1/accounts/:accountId/auto-top-up', {
  words: 'Sets auto top-up, or not where one charge is more than the expected total',
  callers: managers,
  body: autoTopUpInput,
  answers: { 200: autoTopUp },
  async handle({ services, params, body: input, caller }) {
    const { accountId } = params;
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
      decide: (context) =>
        decideAutoTopUp(context, settings, viewer.memberId, parseExpectedTotal(input.expectedTotal)),
    });
    return readingReply(after, autoTopUpView(after.state, after.catalog, after.nowMs));
  },
});
