import { ownKeyInput, ownKeyList } from '../../../contract/own-keys/own-keys-schemas.ts';
import { decideOwnKey } from '../../../domain/own-keys/own-keys.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { emptyReply, jsonReply } from '../../http/reply/reply.ts';
import { type Call, managers, route } from '../../http/route.ts';
import { ownKeyViews } from './own-key-views.ts';

/** Providers whose models the account calls under a key of its own. */
export const listOwnKeys = route('GET /v1/accounts/:accountId/own-keys', {
  words: 'Providers for which the account uses its own key',
  callers: managers,
  answers: { 200: ownKeyList },
  async handle({ services, params, caller }) {
    const { state, viewer } = await readAccount(services, params.accountId, caller);
    assertMaySee(viewer.view.manage);
    return jsonReply({ items: ownKeyViews(state) });
  },
});

/** Says that the account's own key for a provider is in use from now on. The key itself never comes here. */
export const putOwnKey = route('PUT /v1/accounts/:accountId/own-keys/:provider', {
  words: "Says that the account's own key is in use; the key itself is never sent",
  callers: managers,
  body: ownKeyInput,
  answers: { 200: ownKeyList },
  async handle(call) {
    const state = await changeOwnKey(call, call.body);
    return jsonReply({ items: ownKeyViews(state) });
  },
});

export const deleteOwnKey = route('DELETE /v1/accounts/:accountId/own-keys/:provider', {
  words: "Falls back to the platform's key",
  callers: managers,
  answers: { 204: null },
  async handle(call) {
    await changeOwnKey(call, null);
    return emptyReply;
  },
});

type OwnKeyCall = Pick<
  Call<'DELETE /v1/accounts/:accountId/own-keys/:provider'>,
  'services' | 'params' | 'caller'
>;

async function changeOwnKey(
  { services, params, caller }: OwnKeyCall,
  key: { label: string; lastFour: string } | null,
) {
  const { accountId, provider } = params;
  const { viewer } = await readAccount(services, accountId, caller);
  assertMaySee(viewer.view.manage);
  const { after } = await executeNew(services, {
    accountId,
    decide: (context) => decideOwnKey(context, provider, key, viewer.memberId),
  });
  return after.state;
}
