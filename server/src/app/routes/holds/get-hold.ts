import * as z from 'zod';
import { paths } from '../../../contract/paths.ts';
import { id } from '../../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { pathKeptId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';
import { showsBalance } from '../amounts-in-view.ts';
import { holdView } from './hold-view.ts';

const query = z.strictObject({ accountId: id.exactOptional() });

/** One hold, open or ended. One that has expired unseen is told as it stands now. */
export const getHold: Route = {
  method: 'GET',
  path: pathPattern(paths.hold(':holdId')),
  callers: readers,
  async handle({ services, request, params, caller }) {
    const accountId = accountOf(caller, parseQuery(request.url, query).accountId);
    const holdId = pathKeptId(params, 'holdId');
    const { viewer, catalog, due } = await readAccount(services, accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit));
    const hold =
      due.holds.find((ended) => ended.id === holdId) ?? (await services.store.readHold(accountId, holdId));
    if (hold === undefined) throw new AppError('not_found', `There is no hold '${holdId}' in this account`);
    return jsonReply(holdView(hold));
  },
};
