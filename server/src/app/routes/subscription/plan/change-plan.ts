import type { PlanChange, SubscriptionChangeAnswer } from '../../../../contract/subscription/subscription.ts';
import {
  planChange,
  subscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription-schemas.ts';
import { formatAmount } from '../../../../domain/amounts/amounts.ts';
import { noFacts } from '../../../../domain/facts.ts';
import { subjectOfCharge } from '../../../../domain/invoices/charges/charge-words.ts';
import {
  type ChargedChange,
  decideChargedChange,
} from '../../../../domain/invoices/charges/charged-change.ts';
import { hasEnded } from '../../../../domain/invoices/charges/charges.ts';
import type { ChargeRecord } from '../../../../domain/invoices/state.ts';
import type { SubscriptionOutcome } from '../../../../domain/subscription/outcome.ts';
import { balanceUnit } from '../../../access/amounts-in-view.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../../accounts/account-reader.ts';
import { execute } from '../../../execute.ts';
import { formatInstant } from '../../../http/instants.ts';
import { executedReply } from '../../../http/reply/executed-reply.ts';
import { AppError } from '../../../http/reply/problem.ts';
import { jsonReply } from '../../../http/reply/reply.ts';
import { hash128 } from '../../../http/request/request-hash.ts';
import { managers, route } from '../../../http/route.ts';
import { chargeView } from '../../invoices/invoice-views.ts';
import {
  subscriptionChangeAnswerView,
  subscriptionChangeView,
  subscriptionView,
} from '../views/subscription-view.ts';

/**
 * Changes plan or interval: to more at once, to less when the period ends. What is charged at once is charged first, and where
 * that fails the old plan stays. The charge's id follows from the idempotency key, so one key is one charge.
 */
export const changePlan = route('POST /v1/accounts/:accountId/subscription/change', {
  words:
    'Changes plan or interval: an upgrade at once, charged first where the catalog collects; a downgrade at the end of the period',
  callers: managers,
  body: planChange,
  idempotency: 'required',
  answers: { 200: subscriptionChangeAnswer },
  async handle({ services, params: { accountId }, body, caller, idempotency }) {
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const chargeId = `change-${hash128(idempotency.key)}`;
    const executed = await execute(services, {
      accountId,
      idempotency,
      needs: { charges: [{ accountId, id: chargeId }] },
      decide(context, loaded) {
        const known = loaded.charge(accountId, chargeId);
        if (known === undefined)
          return decideChargedChange(context, { chargeId, change: body, memberId: viewer.memberId });
        assertSameChange(known, body);
        const outcome: ChargedChange = { change: null, order: known };
        return { outcome, state: context.state, facts: noFacts };
      },
      encode: ({ change, order }, after) =>
        change === null || order !== null
          ? null
          : { status: 200, body: JSON.stringify(subscriptionChangeAnswerView(change, { ...after, viewer })) },
    });
    if (executed.replayed || executed.outcome.order === null) return executedReply(executed);
    const { change, order } = executed.outcome;
    const settled = hasEnded(order)
      ? order
      : ((await services.payments.settleCharge(services, order)) ?? order);
    if (settled.status === 'failed')
      throw new AppError('payment_failed', settled.failure ?? 'The payment failed; the plan stays as it was');
    const answer = paidAnswer(await readAccount(services, accountId, caller), change, settled);
    if (settled.status !== 'succeeded') return jsonReply(answer);
    // From now on the key gives this answer again.
    const kept = await execute(services, {
      accountId,
      idempotency,
      decide: ({ state }) => ({ outcome: null, state, facts: noFacts }),
      encode: () => ({ status: 200, body: JSON.stringify(answer) }),
    });
    return executedReply(kept);
  },
});

function assertSameChange(known: ChargeRecord, { planId }: PlanChange): void {
  if (subjectOfCharge(known) !== planId)
    throw new AppError('idempotency_key_reused', 'The same Idempotency-Key came before with another plan');
}

/** The outcome of a change that was charged first. If it was ordered before a crash, only its charge is known. */
function paidAnswer(
  reading: AccountReading,
  change: SubscriptionOutcome | null,
  charge: ChargeRecord,
): SubscriptionChangeAnswer {
  const { catalog, nowMs } = reading;
  return {
    change:
      change === null
        ? {
            takesEffect: 'now',
            effectiveAt: formatInstant(charge.createdAtMs),
            lines: [],
            creditLabel: balanceUnit(catalog),
            dueNow: { amount: formatAmount(charge.amount), currency: charge.currency },
            next: null,
            clears: [],
            credits: '0',
            blocks: [],
            asOf: formatInstant(nowMs),
            timeZone: reading.state.profile.timeZone,
          }
        : subscriptionChangeView(change, reading),
    subscription: subscriptionView(reading),
    payment: chargeView(charge, catalog),
  };
}
