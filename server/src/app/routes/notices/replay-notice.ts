import { notice } from '../../../contract/notices/notices-schemas.ts';
import { replayed } from '../../../domain/notices/deliveries.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { changeNotice } from '../../notices/deliverer.ts';
import { noticeView } from '../../notices/notice-view.ts';

/** Sends a notice's failed deliveries again, under the same id. */
export const replayNotice = route('POST /v1/accounts/:accountId/notices/:noticeId/replay', {
  words: "Sends a notice's failed deliveries again, under the same id",
  callers: backendOnly,
  answers: { 200: notice },
  audit: () => ({}),
  async handle({ services, params: { accountId, noticeId } }) {
    if ((await services.store.readNotice(accountId, noticeId)) === undefined)
      throw new AppError('not_found', `There is no notice '${noticeId}' in this account`);
    const changed = await changeNotice(services, { accountId, id: noticeId }, (present) =>
      replayed(present, services.clock.systemMs),
    );
    return jsonReply(noticeView(changed));
  },
});
