import {
  accountErasureRequest,
  erasure,
  memberErasureRequest,
} from '../../../contract/erasures/erasures-schemas.ts';
import type { ErasureRecord } from '../../../store/installation-records.ts';
import { actorOf } from '../../audit/audit-trail.ts';
import type { ErasureRequest } from '../../erasures/erasures.ts';
import { jsonReply, type Reply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { erasureView } from './erasure-view.ts';

/** How long the answer waits for the end; what takes longer is asked for by its id. */
const waitMs = 20_000;

/** Erases an account with all its members: nobody's name is kept, every figure is. */
export const eraseAccount = route('POST /v1/accounts/:accountId/erase', {
  words: 'Erases an account: names, addresses and ids give way to pseudonyms, figures stay',
  callers: backendOnly,
  body: accountErasureRequest,
  idempotency: 'required',
  answers: { 200: erasure, 202: erasure },
  handle: ({ services, params, body: input, idempotency, caller }) =>
    erase(services, {
      accountId: params.accountId,
      memberId: null,
      input,
      idempotency,
      actor: actorOf(caller),
    }),
});

/** Erases one member of an account: history keeps a pseudonym, and the id, used again, is a new member's. */
export const eraseMember = route('POST /v1/accounts/:accountId/members/:memberId/erase', {
  words: 'Erases a member: names and ids give way to a pseudonym, figures stay',
  callers: backendOnly,
  body: memberErasureRequest,
  idempotency: 'required',
  answers: { 200: erasure, 202: erasure },
  handle: ({ services, params, body: input, idempotency, caller }) =>
    erase(services, { ...params, input, idempotency, actor: actorOf(caller) }),
});

async function erase(services: Services, request: ErasureRequest): Promise<Reply> {
  const ordered = await services.erasures.order(request);
  const finished = await withinWait(services, services.erasures.finish(ordered));
  const record = finished ?? (await services.store.readErasure(ordered.id)) ?? ordered;
  return jsonReply(erasureView(record), record.doneAtMs === null ? 202 : 200);
}

/** Undefined where it takes longer: it goes on by itself, and what fails is taken up again by the next run. */
function withinWait(
  { schedule, log }: Services,
  finishing: Promise<ErasureRecord>,
): Promise<ErasureRecord | undefined> {
  return new Promise((resolve) => {
    const cancel = schedule(() => resolve(undefined), waitMs);
    finishing
      .catch((error: unknown) => {
        log.error({ err: error }, 'An erasure could not be finished; it is tried again');
        return undefined;
      })
      .then((record) => {
        cancel();
        resolve(record);
      });
  });
}
