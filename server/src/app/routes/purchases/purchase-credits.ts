import { paths } from '../../../contract/http/paths.ts';
import type { PurchaseAnswer } from '../../../contract/purchases/purchases.ts';
import { purchaseAnswer, purchaseRequest } from '../../../contract/purchases/purchases-schemas.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import { availableOf } from '../../../domain/credits/wallet.ts';
import { noFacts } from '../../../domain/facts.ts';
import { hash128 } from '../../../domain/ids/hash128.ts';
import { decideOrder } from '../../../domain/purchases/purchases.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { AppError } from '../../http/reply/problem.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { requireIdempotency } from '../../http/request/idempotency.ts';
import { managers, route } from '../../http/route.ts';
import { parseExpectedTotal } from '../../purchases/parse-expected-total.ts';
import { purchaseView } from './purchase-views.ts';

/**
 * Buys a credit pack. The purchase's id follows from the idempotency key, so one key is one purchase from the order to
 * its end: sent again it tells how the purchase stands now, and takes up one that was interrupted.
 */
export const purchaseCredits = route('POST /v1/accounts/:accountId/credit-packs/:packId/purchase', {
  words:
    'Buys a credit pack at its price and taxes, or not at all where that is more than the expected total; one idempotency key is one purchase, and has one invoice once it is paid',
  callers: managers,
  body: purchaseRequest,
  idempotency: 'required',
  answers: { 201: purchaseAnswer },
  async handle({ services, request, params, caller, body }) {
    const { accountId, packId } = params;
    const { key } = requireIdempotency(request, paths.purchase(accountId, packId), '');
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const expectedTotal = parseExpectedTotal(body.expectedTotal);
    const purchaseId = `purchase-${hash128(key)}`;
    const { outcome } = await executeNew(services, {
      accountId,
      needs: { purchases: [{ accountId, id: purchaseId }] },
      decide(context, loaded) {
        const known = loaded.purchase(accountId, purchaseId);
        if (known === undefined)
          return decideOrder(context, { purchaseId, packId, memberId: viewer.memberId, expectedTotal });
        assertSamePack(known, packId);
        return { outcome: known, state: context.state, facts: noFacts };
      },
    });
    const settled =
      outcome.status === 'ordered' ? await services.payments.settle(services, outcome) : outcome;
    const { state } = await readAccount(services, accountId, caller);
    const answer: PurchaseAnswer = {
      purchase: purchaseView(settled ?? outcome),
      available: formatAmount(availableOf(state.wallet, outcome.unit)),
    };
    return readingReply({ state }, answer, 201);
  },
});

function assertSamePack(known: PurchaseRecord, packId: string): void {
  if (known.packId !== packId)
    throw new AppError('idempotency_key_reused', 'This Idempotency-Key was already used with another pack');
}
