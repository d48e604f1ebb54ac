import { summary } from '../../../contract/schemas/summary.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { jsonTextReply, versionHeader } from '../../http/reply.ts';
import { hash128 } from '../../http/request-hash.ts';
import { readers, route } from '../../http/route.ts';
import { summaryView } from './summary-view.ts';

/** What a badge and a popup need, in one small answer; 304 while nothing of it has changed. */
export const getSummary = route('GET /v1/accounts/:accountId/summary', {
  words: 'What a badge and a popup need, with an ETag',
  callers: readers,
  answers: { 200: summary, 304: null },
  async handle({ services, request, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const summary = summaryView(reading);
    const { asOf: _, pollAfterSeconds: __, ...lasting } = summary;
    const etag = `"${hash128(JSON.stringify(lasting))}"`;
    const headers = {
      etag,
      'cache-control': 'private, no-cache',
      ...versionHeader(reading.state.version),
    };
    if (matches(request.headers.get('if-none-match'), etag)) return { status: 304, headers, body: null };
    return jsonTextReply(JSON.stringify(summary), 200, headers);
  },
});

function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}
