import { noticePage, noticeQuery } from '../../../contract/notices/notices-schemas.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';
import { noticeView } from '../../notices/notice-view.ts';

/** Newest first, with what became of each copy. */
export const listNotices = route('GET /v1/notices', {
  words: 'Notices to accounts, newest first, with the state of each delivery',
  callers: backendOnly,
  query: noticeQuery,
  answers: { 200: noticePage },
  async handle({ services, query: { accountId, status, ...page } }) {
    const filter = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(status === undefined ? {} : { isDead: true as const }),
    };
    return jsonReply(pageView(await services.store.listNotices(filter, pageRequest(page)), noticeView));
  },
});
