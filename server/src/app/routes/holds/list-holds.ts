import * as z from 'zod';
import { paths } from '../../../contract/paths.ts';
import { id, pageQuery } from '../../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';
import { showsBalance } from '../amounts-in-view.ts';
import { holdView } from './hold-view.ts';

const query = z.strictObject({ ...pageQuery.shape, accountId: id.exactOptional() });

/** The account's holds, newest first. */
export const listHolds: Route = {
  method: 'GET',
  path: paths.holds,
  callers: readers,
  async handle({ services, request, caller }) {
    const { accountId: named, ...page } = parseQuery(request.url, query);
    const accountId = accountOf(caller, named);
    const { viewer, catalog, due } = await readAccount(services, accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit));
    const found = await services.store.listHolds(accountId, pageRequest(page));
    const ended = new Map(due.holds.map((hold) => [hold.id, hold]));
    return jsonReply(pageView(found, (hold) => holdView(ended.get(hold.id) ?? hold)));
  },
};
