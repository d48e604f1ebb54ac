import { memberPage } from '../../../contract/members/members-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { isRemoved } from '../../accounts/present-member.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { route } from '../../http/route.ts';
import { memberView } from './member-view.ts';

/** Members with their roles and allocations, for the backend and the account's managers. */
export const listMembers = route('GET /v1/accounts/:accountId/members', {
  words: 'Members by id',
  callers: ['secret_key', 'member'],
  query: pageQuery,
  answers: { 200: memberPage },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { viewer, state } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const page = await services.store.listMembers(accountId, pageRequest(query));
    const items = page.items.filter((member) => !isRemoved(member));
    return readingReply({ state }, pageView({ ...page, items }, memberView));
  },
});
