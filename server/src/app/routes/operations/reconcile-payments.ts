import { apiBounds } from '../../../contract/api-bounds.ts';
import { paymentReconciliation, paymentSpan } from '../../../contract/operations/operations-schemas.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { parseInstant } from '../../http/instants.ts';
import { invalidParameter } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { reconcilePaymentsOf } from '../../purchases/reconcile-payments.ts';

/** Compares the charges of a span with the payment provider's own record. */
export const reconcilePayments = route('GET /v1/reconciliation/payments', {
  words: 'Charges of a span of time, compared with those of the payment provider',
  callers: backendOnly,
  query: paymentSpan,
  answers: { 200: paymentReconciliation },
  async handle({ services, query }) {
    const [fromMs, toMs] = [parseInstant(query.from), parseInstant(query.to)];
    if (toMs <= fromMs) throw invalidParameter('?to', 'lies before from', 'an instant after from');
    if (toMs - fromMs > apiBounds.paymentSpanDaysMax * msPerDay)
      throw invalidParameter(
        '?from',
        'lies too far before to',
        `at most ${apiBounds.paymentSpanDaysMax} days`,
      );
    return jsonReply(await reconcilePaymentsOf(services, fromMs, toMs));
  },
});
