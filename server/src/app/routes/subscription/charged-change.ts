import type { PaidCommand, SubscriptionChangeAnswer } from '../../../contract/subscription/subscription.ts';
import type { ExpectedTotal } from '../../../contract/values/amount.ts';
import { noFacts } from '../../../domain/facts.ts';
import { hash128 } from '../../../domain/ids/hash128.ts';
import {
  type ChargedChange,
  decideChargedChange,
  whatFor,
} from '../../../domain/invoices/charges/charged-change.ts';
import { hasEnded } from '../../../domain/invoices/charges/charges.ts';
import type { ChargeRecord } from '../../../domain/invoices/state.ts';
import type { SubscriptionOutcome } from '../../../domain/subscription/outcome.ts';
import { balanceUnit } from '../../access/amounts-in-view.ts';
import { moneyView } from '../../access/money-view.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { execute } from '../../execute.ts';
import { formatInstant } from '../../http/instants.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { AppError } from '../../http/reply/problem.ts';
import type { Reply } from '../../http/reply/reply.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import type { Idempotency } from '../../http/request/idempotency.ts';
import { parseExpectedTotal } from '../../purchases/parse-expected-total.ts';
import { chargeView } from '../invoices/invoice-views.ts';
import type { AccountCall } from './subscription-commands.ts';
import {
  subscriptionChangeAnswerView,
  subscriptionChangeView,
  subscriptionView,
} from './views/subscription-view.ts';

/**
 * Makes a change for a manager of the account. What is charged at once is charged first, and where that fails everything stays as it
 * was. The charge's id follows from the idempotency key, so one key is one charge.
 *
 * @param idempotency without it a repeat is another command: it changes nothing once the change is made, and is refused while the change
 * waits for its payment
 */
export async function changeCharged(
  { services, params: { accountId }, caller }: AccountCall,
  { expectedTotal, ...wanted }: PaidCommand & ExpectedTotal,
  idempotency: Idempotency | undefined,
): Promise<Reply> {
  const { viewer } = await readAccount(services, accountId, caller);
  assertMaySee(viewer.view.manage);
  const expected = parseExpectedTotal(expectedTotal);
  const chargeId = `change-${hash128(idempotency?.key ?? services.newId())}`;
  const executed = await execute(services, {
    accountId,
    idempotency,
    needs: { charges: [{ accountId, id: chargeId }] },
    decide(context, loaded) {
      const known = loaded.charge(accountId, chargeId);
      if (known === undefined)
        return decideChargedChange(context, {
          chargeId,
          change: wanted,
          memberId: viewer.memberId,
          expectedTotal: expected,
        });
      if (known.description !== whatFor(context, wanted).description)
        throw new AppError(
          'idempotency_key_reused',
          'The same Idempotency-Key came before with another change',
        );
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
    throw new AppError('payment_failed', settled.failure ?? 'The payment failed; everything stays as it was');
  const answer = paidAnswer(await readAccount(services, accountId, caller), change, settled);
  if (settled.status !== 'succeeded' || idempotency === undefined) return jsonReply(answer);
  // From now on the key gives this answer again.
  const kept = await execute(services, {
    accountId,
    idempotency,
    decide: ({ state }) => ({ outcome: null, state, facts: noFacts }),
    encode: () => ({ status: 200, body: JSON.stringify(answer) }),
  });
  return executedReply(kept);
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
            dueNow: moneyView(charge.amount, charge),
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
