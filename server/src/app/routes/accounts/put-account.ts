import type { AccountInput } from '../../../contract/accounts/account.ts';
import { account, accountInput, existingChoice } from '../../../contract/accounts/account-schemas.ts';
import { decideChangeAccount, decideCreateAccount } from '../../../domain/accounts/accounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import type { Decision, DecisionContext } from '../../../domain/decision.ts';
import { isClosedByErasure } from '../../../domain/erasures/erase-state.ts';
import type { AccountState } from '../../../domain/state.ts';
import { assertTestMode } from '../../accounts/test-mode.ts';
import { CatalogNotLoadedError } from '../../catalog/catalogs.ts';
import { execute, withNextVersion, writesOf } from '../../execute.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { AppError, invalidParameter } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { accountView } from './account-view.ts';

export const putAccount = route('PUT /v1/accounts/:accountId', {
  words: 'Makes an account, or changes the given fields; `existing=keep` changes nothing where it exists',
  callers: backendOnly,
  query: existingChoice,
  body: accountInput,
  answers: { 200: account, 201: account },
  async handle({ services, params, query, body: input }) {
    const { accountId } = params;
    const known = await services.store.readAccount(accountId);
    if (known !== undefined && isClosedByErasure(known))
      throw new AppError('conflict', `Account '${accountId}' is being erased; ask again when that is done`);
    if (known === undefined) {
      const created = await createAccount(services, accountId, input);
      if (created !== null) return jsonReply(accountView(created.profile), 201);
    }
    const kept = query.existing === 'keep' ? await services.store.readAccount(accountId) : undefined;
    if (kept !== undefined) return jsonReply(accountView(kept.profile));
    const executed = await execute(services, {
      accountId,
      decide: (context, loaded) => changeAccount(services.catalogs.at(loaded.catalogVersion), context, input),
      encode: (_outcome, { state }) => ({ status: 200, body: JSON.stringify(accountView(state.profile)) }),
    });
    return executedReply(executed);
  },
});

/** The account that was made, or null where another request made it first. */
async function createAccount(
  services: Services,
  id: string,
  input: AccountInput,
): Promise<AccountState | null> {
  const nowMs = await startingTime(services, input);
  const submit = () =>
    services.commit.submit({
      needs: { accountIds: [id] },
      priority: 'gate',
      rows: 4,
      decide: (loaded) => {
        if (loaded.account(id) !== undefined) return { writes: {}, result: null };
        const recordedAtMs = services.clock.systemMs;
        const catalog = services.catalogs.at(loaded.catalogVersion);
        const created = decideCreateAccount({ id, input, catalog, nowMs, recordedAtMs });
        const state = withNextVersion(undefined, created.state);
        return { writes: writesOf(undefined, state, created.facts), result: state };
      },
    });
  try {
    return await submit();
  } catch (error) {
    if (!(error instanceof CatalogNotLoadedError)) throw error;
    await services.catalogs.load(error.version);
    return submit();
  }
}

async function startingTime(services: Services, { testClockId }: AccountInput): Promise<number> {
  if (testClockId === undefined) return services.clock.systemMs;
  assertTestMode(services);
  const clock = await services.store.readClock(testClockId);
  if (clock === undefined)
    throw invalidParameter(
      '/testClockId',
      `There is no test clock '${testClockId}'`,
      'a test clock that was made',
    );
  return clock.nowMs;
}

/** The plan that the account has, named again, moves it to the latest catalog; another is taken from that anyway. */
function changeAccount(
  latest: Catalog,
  context: DecisionContext,
  input: AccountInput,
): Decision<'changed' | 'unchanged'> {
  const decision = decideChangeAccount(context, input);
  const { profile } = decision.state;
  if (input.planId === undefined || profile.catalogVersion === latest.version) return decision;
  const moved = { ...decision.state, profile: { ...profile, catalogVersion: latest.version } };
  return { ...decision, outcome: 'changed', state: moved };
}
