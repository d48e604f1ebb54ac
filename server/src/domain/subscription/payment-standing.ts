import { activityOf } from '../activity/activity.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import type { SubscriptionState } from './state.ts';

/** The payment state reported by an external collector: all paid, a payment overdue, or all attempts used up. */
export type PaymentStanding = 'paid' | 'past_due' | 'retries_exhausted';

/**
 * Takes over how an account stands with its payments, which are collected elsewhere. What is paused by it is the catalog's matter; nothing is deleted, and all
 * of it goes on the moment that the account has paid. A trial, its end and a cancelled subscription stay as they are.
 * @throws DomainError `conflict` where the server itself collects them.
 */
export function decidePaymentStanding(
  context: DecisionContext,
  standing: PaymentStanding,
): Decision<'changed' | 'unchanged'> {
  const { state, catalog } = context;
  if (catalog.billing.collects)
    throw new DomainError('conflict', 'The server collects payments itself, so it sets the payment state');
  const { subscription } = state;
  const next = standingOf(subscription, standing);
  if (next.status === subscription.status && next.pausedFor === subscription.pausedFor)
    return { outcome: 'unchanged', state, facts: noFacts };
  const activity = activityOf(context, {
    kind: 'subscription_changed',
    event: { kind: 'payment_standing', standing },
  });
  return {
    outcome: 'changed',
    state: { ...state, subscription: { ...subscription, ...next } },
    facts: { ...noFacts, activity: [activity] },
  };
}

function standingOf(
  { status, pausedFor }: SubscriptionState,
  standing: PaymentStanding,
): Pick<SubscriptionState, 'status' | 'pausedFor'> {
  const collects = status === 'active' || status === 'past_due' || pausedFor === 'retries_exhausted';
  if (!collects) return { status, pausedFor };
  if (standing === 'paid') return { status: 'active', pausedFor: null };
  if (standing === 'retries_exhausted') return { status: 'paused', pausedFor: 'retries_exhausted' };
  // A late report of a retry does not end an earlier pause.
  return pausedFor === 'retries_exhausted' ? { status, pausedFor } : { status: 'past_due', pausedFor: null };
}
