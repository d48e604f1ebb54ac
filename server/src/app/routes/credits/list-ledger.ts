import type { LedgerEntry } from '../../../contract/credits/credits.ts';
import { ledgerPage } from '../../../contract/credits/credits-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import type { UsageRecord } from '../../../domain/usage/state.ts';
import { doInSlices } from '../../../store/in-slices.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { commitDueOf } from '../../accounts/commit-due.ts';
import { formatInstant } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest } from '../../http/request/page-request.ts';
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
    // A file answers each read at once, so hundreds of them would be one turn.
    const reads: (Promise<UsageRecord | undefined> | undefined)[] = [];
    await doInSlices(page.items, services, ({ usageId }) => {
      const isShown = usageId !== null && viewer.view.traces;
      reads.push(isShown ? services.store.readUsage(accountId, usageId) : undefined);
    });
    const usages = await Promise.all(reads);
    const items: LedgerEntry[] = [];
    await doInSlices([...page.items.entries()], services, ([index, entry]) => {
      items.push(ledgerEntryView(entry, { catalog, viewer, usage: usages[index] }));
    });
    return readingReply(
      { state },
      {
        items,
        nextCursor: page.nextCursor,
        asOf: formatInstant(nowMs),
        timeZone: state.profile.timeZone,
      },
    );
  },
});
