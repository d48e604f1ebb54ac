import type { SubscriptionCommand } from '../../contract/subscription/subscription.ts';
import { parseAmount } from '../amounts/amounts.ts';
import type { AdditionalUse } from '../catalog/catalog-types.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { assertExpected, type ExpectedTotal } from '../invoices/expected-total.ts';
import { assertPayable, lacksPaymentMethod, type SubscriptionOutcome } from './outcome.ts';
import { decideCancel, decideChangePlan, decideResume } from './plan/change-plan.ts';
import { decideContract, decideEndTrial, decideMoveToLatest, decideStartTrial } from './plan/terms.ts';
import {
  decideAddOn,
  decideAssignDedicatedIp,
  decideDedicatedIps,
  decideRemoveDedicatedIp,
  decideSeats,
} from './quantities.ts';
import { decideAdditionalUse, decideAlertEmail, decideAlerts, decideOwnLimit } from './settings.ts';

/** The commands that only the product team may use. */
const teamsOwn: ReadonlySet<SubscriptionCommand['kind']> = new Set([
  'start_trial',
  'contract',
  'end_contract',
  'move_to_latest',
]);

/**
 * The effects that a command on a subscription would have: its own decision, without state and facts, also where only a payment method
 * is missing for it.
 * @throws DomainError as `decideSubscription`, apart from the payment method
 */
export function previewOf(
  context: DecisionContext,
  command: SubscriptionCommand,
  memberId: string | null,
): { readonly outcome: SubscriptionOutcome; readonly needsPaymentMethod: boolean } {
  assertMayCommand(command, memberId);
  const { outcome } = decideCommand(context, command, memberId);
  return { outcome, needsPaymentMethod: lacksPaymentMethod(context, outcome, memberId) };
}

function assertMayCommand({ kind }: SubscriptionCommand, memberId: string | null): void {
  if (memberId !== null && teamsOwn.has(kind))
    throw new DomainError('forbidden', 'Only the product team may do this');
}

/**
 * Carries out a command on a subscription.
 * @param memberId Who wants it; null for the product team.
 * @param expected What its sender saw that is due now; undefined where nobody says.
 * @throws DomainError `forbidden` for what only the product team may do, with why else it cannot be done, and
 * `payment_method_required` for a member who could not be charged; `total_changed` for more than its sender saw.
 */
export function decideSubscription(
  context: DecisionContext,
  command: SubscriptionCommand,
  memberId: string | null,
  expected?: ExpectedTotal,
): Decision<SubscriptionOutcome> {
  assertMayCommand(command, memberId);
  const decision = decideCommand(context, command, memberId);
  assertPayable(context, decision.outcome, memberId);
  const due = { amount: decision.outcome.dueNow.total, currency: context.catalog.currency };
  assertExpected(due, expected);
  return decision;
}

/** As `decideSubscription`, of a command that is paid already or whose payment is asked for apart. */
export function decideCommand(
  context: DecisionContext,
  command: SubscriptionCommand,
  memberId: string | null,
): Decision<SubscriptionOutcome> {
  switch (command.kind) {
    case 'change_plan': {
      const { planId, interval, trial = true } = command;
      const chosen = interval === undefined ? {} : { interval };
      return decideChangePlan(context, { planId, trial, memberId, ...chosen });
    }
    case 'cancel':
      return decideCancel(context, { memberId });
    case 'resume':
      return decideResume(context, { memberId });
    case 'seats':
      return decideSeats(context, { ...command, memberId });
    case 'add_on':
      return decideAddOn(context, { ...command, memberId });
    case 'dedicated_ips':
      return decideDedicatedIps(context, { ...command, memberId });
    case 'assign_dedicated_ip':
      return decideAssignDedicatedIp(context, { ...command, memberId });
    case 'remove_dedicated_ip':
      return decideRemoveDedicatedIp(context, { ...command, memberId });
    case 'additional_use': {
      const { metric, mode, cap } = command;
      const use: AdditionalUse = mode === 'capped' ? { mode, cap: parseAmount(cap ?? '0') } : { mode };
      return decideAdditionalUse(context, { metric, use, memberId });
    }
    case 'own_limit': {
      const { metric, limit } = command;
      return decideOwnLimit(context, {
        metric,
        limit: limit === null ? null : parseAmount(limit),
        memberId,
      });
    }
    case 'alerts': {
      const { metric, amounts } = command;
      return decideAlerts(context, { metric, amounts: amounts.map(parseAmount), memberId });
    }
    case 'alert_email':
      return decideAlertEmail(context, { email: command.email, memberId });
    case 'end_trial': {
      const { pays = false } = command;
      if (pays && memberId !== null)
        throw new DomainError('forbidden', 'Only the product team may continue an unpaid plan', '/pays');
      return decideEndTrial(context, { pays, memberId });
    }
    case 'start_trial':
      return decideStartTrial(context, command);
    case 'contract': {
      const { label, terms } = command;
      return decideContract(context, { label, terms });
    }
    case 'end_contract':
      return decideContract(context, null);
    case 'move_to_latest': {
      const { keepPrice = false, when = 'boundary' } = command;
      return decideMoveToLatest(context, { keepPrice, atOnce: when === 'now' });
    }
  }
}
