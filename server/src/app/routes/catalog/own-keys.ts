import { paths } from '../../../contract/paths.ts';
import { ownKeyInput } from '../../../contract/schemas/purchases.ts';
import { decideOwnKey } from '../../../domain/accounts/account-settings.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { parseBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { emptyReply, jsonReply } from '../../http/reply.ts';
import { type Call, managers, type Route } from '../../http/route.ts';
import { ownKeyViews } from '../purchases/purchase-views.ts';

const onePath = pathPattern(paths.ownKey(':accountId', ':provider'));

/** Providers whose models the account calls under a key of its own. */
export const listOwnKeys: Route = {
  method: 'GET',
  path: pathPattern(paths.ownKeys(':accountId')),
  callers: managers,
  async handle({ services, params, caller }) {
    const { state, viewer } = await readAccount(services, pathId(params, 'accountId'), caller);
    assertMaySee(viewer.view.manage);
    return jsonReply({ items: ownKeyViews(state) });
  },
};

/** Says that the account's own key for a provider is in use from now on. The key itself never comes here. */
export const putOwnKey: Route = {
  method: 'PUT',
  path: onePath,
  callers: managers,
  async handle(call) {
    const input = await parseBody(call.request, ownKeyInput);
    const state = await changeOwnKey(call, input);
    return jsonReply({ items: ownKeyViews(state) });
  },
};

/** Falls back to the platform's key. */
export const deleteOwnKey: Route = {
  method: 'DELETE',
  path: onePath,
  callers: managers,
  async handle(call) {
    await changeOwnKey(call, null);
    return emptyReply;
  },
};

async function changeOwnKey(
  { services, params, caller }: Call,
  key: { label: string; lastFour: string } | null,
) {
  const accountId = pathId(params, 'accountId');
  const provider = pathId(params, 'provider');
  const { viewer } = await readAccount(services, accountId, caller);
  assertMaySee(viewer.view.manage);
  const { after } = await executeNew(services, {
    accountId,
    decide: (context) => decideOwnKey(context, provider, key, viewer.memberId),
  });
  return after.state;
}
