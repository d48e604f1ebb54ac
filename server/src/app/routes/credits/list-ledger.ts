import { ledgerPage } from '../../../contract/credits/credits-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { commitDueOf } from '../../accounts/commit-due.ts';
import { formatInstant } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { readers, route } from '../../http/route.ts';
import { ledgerEntryView } from './ledger-view.ts';

/** The account's ledger, newest first. */
export const listLedger = route('GET /v1/accounts/:accountId/ledger', {
  words: 'The ledger, newest first',
  callers: readers,
  query: pageQuery,
  answers: { 200: ledgerPage },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { state, viewer, catalog, due, nowMs } = await readAccount(services, accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit));
    // Pages follow one another by sequence number, so what has fallen due must have its own before the first is read.
    if (due.entries.length > 0) await commitDueOf(services, accountId);
    const page = await services.store.listEntries(accountId, pageRequest(query));
    const usages = await Promise.all(
      page.items.map((entry) =>
        entry.usageId === null || !viewer.view.traces
          ? undefined
          : services.store.readUsage(accountId, entry.usageId),
      ),
    );
    const usageOf = new Map(page.items.map((entry, index) => [entry.id, usages[index]]));
    const entries = pageView(page, (entry) =>
      ledgerEntryView(entry, { catalog, viewer, usage: usageOf.get(entry.id) }),
    );
    return readingReply(
      { state },
      {
        ...entries,
        asOf: formatInstant(nowMs),
        timeZone: state.profile.timeZone,
      },
    );
  },
});
