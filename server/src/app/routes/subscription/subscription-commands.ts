import type { SubscriptionCommand } from '../../../contract/subscription/subscription.ts';
import type { Money } from '../../../contract/values/amount.ts';
import { decideSubscription } from '../../../domain/subscription/commands.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import type { Caller } from '../../callers/caller.ts';
import { execute } from '../../execute.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import type { Reply } from '../../http/reply/reply.ts';
import type { Idempotency } from '../../http/request/idempotency.ts';
import type { RawCall } from '../../http/request/raw-call.ts';
import { parseExpectedTotal } from '../../purchases/parse-expected-total.ts';
import { subscriptionChangeAnswerView } from './views/subscription-view.ts';

/** A call to an account's address. */
export type AccountCall = Pick<RawCall, 'services'> & {
  readonly caller: Caller;
  readonly params: { readonly accountId: string };
};

/**
 * Carries out a subscription command for a manager of the account, and answers with its effects.
 *
 * @param expectedTotal what its sender saw that is due now; refused where more is due
 */
export async function changeSubscription(
  { services, caller, params: { accountId } }: AccountCall,
  command: SubscriptionCommand,
  idempotency?: Idempotency,
  expectedTotal?: Money,
): Promise<Reply> {
  const { viewer, catalog } = await readAccount(services, accountId, caller);
  assertMaySee(viewer.view.manage);
  // An alert of credits tells what is charged.
  if (command.kind === 'alerts' && command.metric === creditsMetric)
    assertMaySee(showsBalance(viewer, catalog.unit));
  const expected = parseExpectedTotal(expectedTotal);
  const executed = await execute(services, {
    accountId,
    idempotency,
    decide: (context) => decideSubscription(context, command, viewer.memberId, expected),
    encode: (outcome, after) => ({
      status: 200,
      body: JSON.stringify(subscriptionChangeAnswerView(outcome, { ...after, viewer })),
    }),
  });
  return executedReply(executed);
}
