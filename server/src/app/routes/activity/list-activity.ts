import { activityPage } from '../../../contract/activity/activity-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readMemberNames } from '../../accounts/member-names.ts';
import { formatInstant } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { managers, route } from '../../http/route.ts';
import { activityView } from './activity-view.ts';

/** The account's activity log, newest first: purchases, adjustments and changes of what costs money. */
export const listActivity = route('GET /v1/accounts/:accountId/activity', {
  words: 'The activity log, newest first',
  callers: managers,
  query: pageQuery,
  answers: { 200: activityPage },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { state, catalog, viewer, nowMs } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.invoices);
    const page = await services.store.listActivity(accountId, pageRequest(query));
    const names = await readMemberNames(
      services,
      accountId,
      page.items.map(({ memberId }) => memberId),
    );
    return readingReply(
      { state },
      {
        ...pageView(page, (record) => activityView(record, catalog, names)),
        asOf: formatInstant(nowMs),
        timeZone: state.profile.timeZone,
      },
    );
  },
});
