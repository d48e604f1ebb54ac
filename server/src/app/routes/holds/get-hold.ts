import { hold } from '../../../contract/holds/holds-schemas.ts';
import { ofAccount } from '../../../contract/values/primitive-schemas.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { holdView } from './hold-view.ts';

/** One hold, open or ended. One that has expired unseen is told as it stands now. */
export const getHold = route('GET /v1/holds/:holdId', {
  words: 'One hold',
  callers: readers,
  query: ofAccount,
  answers: { 200: hold },
  async handle({ services, params, query, caller }) {
    const accountId = accountOf(caller, query.accountId);
    const { holdId } = params;
    const { viewer, catalog, due } = await readAccount(services, accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit));
    const hold =
      due.holds.find((ended) => ended.id === holdId) ?? (await services.store.readHold(accountId, holdId));
    if (hold === undefined) throw new AppError('not_found', `There is no hold '${holdId}' in this account`);
    return jsonReply(holdView(hold));
  },
});
