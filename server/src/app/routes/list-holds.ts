import * as z from 'zod';
import { paths } from '../../contract/paths.ts';
import { id, pageQuery } from '../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import { accountOf } from '../own-account.ts';
import { pageRequest, pageView } from '../page-request.ts';
import { parseQuery } from '../parse-input.ts';
import { jsonReply } from '../reply.ts';
import { type Route, readers } from '../route.ts';
import { showsBalance } from '../views/amounts-in-view.ts';
import { holdView } from '../views/hold-view.ts';

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
