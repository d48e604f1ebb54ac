import { reconciledPage } from '../../../contract/operations/operations-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { reconcilePage } from '../../../store/reconcile-store.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Recomputes a page of accounts from their ledgers, while they are used. */
export const reconcileAccounts = route('GET /v1/reconciliation', {
  words: 'Accounts with their balances recomputed from the ledger, by id',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: reconciledPage },
  async handle({ services, query }) {
    const page = await reconcilePage(services.store, pageRequest(query), services.nextTurn);
    return jsonReply(
      pageView(page, ({ accountId, drifts, unreadable }) => ({
        accountId,
        drifts: drifts.map(({ subject, expected, found }) => ({ subject, expected, found })),
        unreadable,
      })),
    );
  },
});
