import type { RefusedLately, Summary } from '../../../contract/accounts/summary.ts';
import { summary } from '../../../contract/accounts/summary-schemas.ts';
import { hash128 } from '../../../domain/ids/hash128.ts';
import { type AccountReading, readAccount } from '../../accounts/account-reader.ts';
import type { Caller } from '../../callers/caller.ts';
import { formatInstant } from '../../http/instants.ts';
import { jsonTextReply, versionHeader } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { summaryView } from './summary-view.ts';

/** Everything that a badge and a popup need, in one small answer; 304 while none of it has changed. */
export const getSummary = route('GET /v1/accounts/:accountId/summary', {
  words: 'Everything that a badge and a popup need, with an ETag',
  callers: readers,
  answers: { 200: summary, 304: null },
  async handle({ services, request, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const refusedLately = refusedLatelyView(services, reading, caller);
    const summary: Summary = {
      ...summaryView(reading),
      ...(refusedLately === null ? {} : { refusedLately }),
    };
    const { asOf: _, pollAfterSeconds: __, ...lasting } = summary;
    const etag = `"${hash128(JSON.stringify(lasting))}"`;
    // Nobody but the caller keeps it: a cache that revalidates would give an answer of long ago, `asOf` and all, as one of now.
    const headers = { etag, ...versionHeader(reading.state.version) };
    if (matches(request.headers.get('if-none-match'), etag)) return { status: 304, headers, body: null };
    return jsonTextReply(JSON.stringify(summary), 200, headers);
  },
});

/** An older refusal is no reason to interrupt for. */
const latelyMsMax = 60_000;

/** The last refusal of the extension's own member, as the extension may see it; null if there was none in the last minute. */
function refusedLatelyView(
  { refusals, clock }: Services,
  { state, viewer }: AccountReading,
  caller: Caller,
): RefusedLately | null {
  if (caller.kind !== 'extension') return null;
  const refused = refusals.ofMember(state.profile.id, caller.memberId);
  if (refused === undefined || clock.systemMs - refused.recordedAtMs > latelyMsMax) return null;
  const metric = viewer.view.usage === 'none' ? null : refused.metric;
  return { reason: refused.reason, metric, at: formatInstant(refused.atMs) };
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}
