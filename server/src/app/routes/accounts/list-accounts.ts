import { accountPage, accountQuery } from '../../../contract/accounts/account-schemas.ts';
import { apiBounds } from '../../../contract/api-bounds.ts';
import type { PageQuery } from '../../../contract/http/page.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { Store, StorePage } from '../../../store/store.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';
import { accountView } from './account-view.ts';

export const listAccounts = route('GET /v1/accounts', {
  words: 'Accounts by id, or those with a text in their id or name',
  callers: backendOnly,
  query: accountQuery,
  answers: { 200: accountPage },
  async handle({ services: { store }, query: { search, ...query } }) {
    const page =
      search === undefined
        ? await store.listAccounts(pageRequest(query))
        : await searchAccounts(store, query, search);
    return jsonReply(pageView(page, (state) => accountView(state.profile)));
  },
});

/** Looks through so many accounts and no more: a search costs a request the same, however many accounts there are. */
async function searchAccounts(
  store: Store,
  query: PageQuery,
  search: string,
): Promise<StorePage<AccountState>> {
  const wanted = search.toLowerCase();
  const { limit, cursor: first } = pageRequest(query);
  const found: AccountState[] = [];
  let cursor: string | null | undefined = first;
  let looked = 0;
  do {
    // A cursor stands between two pages of the store, so none may bring more than there is room for.
    const size = limit - found.length;
    const page: StorePage<AccountState> = await store.listAccounts({
      limit: size,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const state of page.items) if (isMatch(state, wanted)) found.push(state);
    cursor = page.nextCursor;
    looked += size;
    // With little room left the next pages would be small, and many.
  } while (cursor !== null && looked < apiBounds.searchedAccountsMax && found.length * 2 < limit);
  return { items: found, nextCursor: cursor };
}

function isMatch({ profile }: AccountState, wanted: string): boolean {
  return profile.id.toLowerCase().includes(wanted) || profile.name.toLowerCase().includes(wanted);
}
