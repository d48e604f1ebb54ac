import { reconciledPage, reconciliationQuery } from '../../../contract/operations/operations-schemas.ts';
import { reconcilePage } from '../../../store/reconcile-store.ts';
import { parseInstant } from '../../http/instants.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Recomputes a page of accounts from their ledgers, while they are used. */
export const reconcileAccounts = route('GET /v1/reconciliation', {
  words: 'Accounts with their balances recomputed from the ledger, by id',
  callers: backendOnly,
  query: reconciliationQuery,
  answers: { 200: reconciledPage },
  async handle({ services, query }) {
    const usesFromMs = query.usesFrom === undefined ? null : parseInstant(query.usesFrom);
    const page = await reconcilePage(services.store, pageRequest(query), {
      pause: services.nextTurn,
      usesFromMs,
    });
    return jsonReply(
      pageView(page, ({ accountId, drifts, unreadable }) => ({
        accountId,
        drifts: drifts.map(({ subject, expected, found }) => ({ subject, expected, found })),
        unreadable,
      })),
    );
  },
});
