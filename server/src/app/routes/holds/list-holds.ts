import { holdPage } from '../../../contract/holds/holds-schemas.ts';
import { pageOfAccount } from '../../../contract/values/primitive-schemas.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { readers, route } from '../../http/route.ts';
import { holdView } from './hold-view.ts';

/** The account's holds, newest first. */
export const listHolds = route('GET /v1/holds', {
  words: 'Holds, newest first',
  callers: readers,
  query: pageOfAccount,
  answers: { 200: holdPage },
  async handle({ services, query, caller }) {
    const { accountId: named, ...page } = query;
    const accountId = accountOf(caller, named);
    const { viewer, catalog, due } = await readAccount(services, accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit));
    const found = await services.store.listHolds(accountId, pageRequest(page));
    const ended = new Map(due.holds.map((hold) => [hold.id, hold]));
    return jsonReply(pageView(found, (hold) => holdView(ended.get(hold.id) ?? hold)));
  },
});
