import { connectedBrowserPage } from '../../../contract/pairings/pairings-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { readMemberNames } from '../../accounts/member-names.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { emptyReply, jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { route } from '../../http/route.ts';
import { connectedBrowserView } from './pairing-views.ts';

/** A member's own browsers; for the backend and the account's managers, the browsers of all members. */
export const listConnectedBrowsers = route('GET /v1/accounts/:accountId/connected-browsers', {
  words: 'Connected browsers',
  callers: ['secret_key', 'member'],
  query: pageQuery,
  answers: { 200: connectedBrowserPage },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { viewer, state } = await readAccount(services, accountId, caller);
    const memberId = viewer.view.manage ? null : viewer.memberId;
    const page = await services.store.listAccountKeys({ accountId, memberId }, pageRequest(query));
    const nowMs = services.clock.systemMs;
    // A rotated key is the same browser's as the one that took its place.
    const items = page.items.filter(
      ({ replacedBy, expiresAtMs }) => replacedBy === null && (expiresAtMs ?? 0) > nowMs,
    );
    const names = await readMemberNames(
      services,
      accountId,
      items.map((key) => key.memberId),
    );
    // Keys live by the system's clock, so their days are told by it too.
    return jsonReply({
      ...pageView({ ...page, items }, (key) => connectedBrowserView(key, names)),
      asOf: formatInstant(nowMs),
      timeZone: state.profile.timeZone,
    });
  },
});

/** Ends a browser's token at once. */
export const disconnectBrowser = route('DELETE /v1/accounts/:accountId/connected-browsers/:browserId', {
  words: 'Disconnects a browser at once',
  callers: ['secret_key', 'member'],
  answers: { 204: null },
  async handle({ services, params, caller, requestId }) {
    const { accountId, browserId } = params;
    const { viewer } = await readAccount(services, accountId, caller);
    const key = await services.store.readKey(browserId);
    const isSeen =
      key !== undefined &&
      key.accountId === accountId &&
      (viewer.view.manage || key.memberId === viewer.memberId);
    if (!isSeen) throw new AppError('not_found', `There is no browser '${browserId}' in this account`);
    await services.keys.revoke(browserId);
    services.log.info({ keyId: browserId, accountId, requestId }, 'A browser was disconnected');
    return emptyReply;
  },
});
