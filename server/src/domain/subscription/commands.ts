import type { SubscriptionCommand } from '../../contract/subscription.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { decideCancel, decideChangePlan, decideResume } from './change-plan.ts';
import type { SubscriptionOutcome } from './outcome.ts';

/**
 * Carries out a command on a subscription. The decision does for a preview too, which drops its state and facts.
 * @throws DomainError with why it cannot be done.
 */
export function decideSubscription(
  context: DecisionContext,
  command: SubscriptionCommand,
  memberId: string | null,
): Decision<SubscriptionOutcome> {
  switch (command.kind) {
    case 'change_plan': {
      const { planId, interval } = command;
      return decideChangePlan(context, { planId, memberId, ...(interval === undefined ? {} : { interval }) });
    }
    case 'cancel':
      return decideCancel(context, { memberId });
    case 'resume':
      return decideResume(context, { memberId });
  }
}
