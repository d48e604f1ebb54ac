import type { Action } from '../../../../contract/gate/gate.ts';
import type {
  BillableLine,
  InvoiceBreakdown,
  PlanInclusion,
  ScheduledSubscription,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
} from '../../../../contract/subscription/subscription.ts';
import type { Money } from '../../../../contract/values/amount.ts';
import { formatAmount, percentOf } from '../../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../../domain/catalog/catalog-types.ts';
import type { InvoiceSums } from '../../../../domain/invoices/issue.ts';
import { unpaidSum } from '../../../../domain/invoices/upcoming.ts';
import { levelOf, planOf } from '../../../../domain/limits/limits.ts';
import { policies } from '../../../../domain/limits/policies.ts';
import type { AccountState } from '../../../../domain/state.ts';
import { lineSubjectOf } from '../../../../domain/stored-words/stored-names.ts';
import { boundaryAtMs, type SubscriptionOutcome } from '../../../../domain/subscription/outcome.ts';
import { trialAwaitsMethod } from '../../../../domain/subscription/plan/trial.ts';
import type { BillableFact } from '../../../../domain/subscription/state.ts';
import { balanceUnit, formatOrNull } from '../../../access/amounts-in-view.ts';
import { moneyView, taxesView } from '../../../access/money-view.ts';
import type { AccountReading } from '../../../accounts/account-reader.ts';
import { pauseView } from '../../../accounts/pause-view.ts';
import { limitedStandings } from '../../../accounts/standing-of-account.ts';
import { paymentAction, purchaseActions, upgradeActions } from '../../../gate/actions.ts';
import { formatInstant } from '../../../http/instants.ts';
import { countedOf } from '../../accounts/summary-view.ts';
import {
  additionalUseView,
  addOnsView,
  alertsView,
  capacitiesView,
  dedicatedIpsView,
  ownLimitsView,
  seatsView,
} from './bought-views.ts';

/** The sources of a subscription's view. */
type SubscriptionReading = Pick<AccountReading, 'state' | 'catalog' | 'plan' | 'viewer' | 'nowMs'>;

/** The account's plan for a viewer who may see it. */
export function subscriptionView(reading: SubscriptionReading): Subscription {
  const { state, catalog, plan, viewer, nowMs } = reading;
  const { status, interval, period, trial, agreedPrice } = state.subscription;
  const price = (agreedPrice ?? plan.prices)[interval];
  return {
    planId: plan.id,
    planName: plan.name,
    planKind: plan.kind,
    status,
    interval: price === null ? null : interval,
    price: viewer.view.price && price !== null ? moneyView(price, catalog) : null,
    periodStartsAt: formatInstant(period.startsAtMs),
    periodEndsAt: formatInstant(period.endsAtMs),
    next: nextOf(state, catalog, price !== null),
    trialEndsAt: status === 'trial' && trial !== null ? formatInstant(trial.endsAtMs) : null,
    scheduled: scheduledView(state, catalog),
    amountDue: viewer.view.invoices ? amountDueView(state, catalog) : null,
    includes: inclusions(reading),
    highlights: [...plan.highlights],
    warnings: [...plan.warnings],
    capacities: capacitiesView(plan, catalog),
    seats: seatsView(reading),
    addOns: addOnsView(reading),
    dedicatedIps: dedicatedIpsView(reading),
    additionalUse: additionalUseView(reading),
    ownLimits: ownLimitsView(reading),
    alerts: alertsView(reading),
    alertEmail: viewer.view.manage ? state.subscription.alertEmail : null,
    contract: state.subscription.contract?.label ?? null,
    pausedFor: state.subscription.pausedFor,
    paused: pauseView(reading),
    canManage: viewer.view.manage,
    canCancel: viewer.view.manage && catalog.cancelling.accountKinds.has(state.profile.kind),
    actions: planActions(reading),
    timeZone: state.profile.timeZone,
    asOf: formatInstant(nowMs),
  };
}

/** Past-due invoices; an invoice before its due date is no warning. */
function amountDueView(state: AccountState, catalog: Catalog): Money | null {
  const unpaid = unpaidSum(state, catalog);
  return unpaid === null || !unpaid.isPastDue ? null : moneyView(unpaid.amountDue, catalog);
}

function nextOf({ subscription }: AccountState, catalog: Catalog, isPaid: boolean): Subscription['next'] {
  const { status, scheduled, pausedFor } = subscription;
  if (status === 'cancelled' || pausedFor === 'trial_over') return null;
  const at = formatInstant(boundaryAtMs(subscription));
  if (scheduled === null)
    return { kind: status === 'trial' ? 'trial_ends' : isPaid ? 'renews' : 'resets', at };
  const planName = scheduled.planId === null ? undefined : catalog.plans.get(scheduled.planId)?.name;
  if (scheduled.kind === 'cancel') return { kind: 'ends', at };
  return { kind: 'changes', at, ...(planName === undefined ? {} : { planName }) };
}

function scheduledView({ subscription }: AccountState, catalog: Catalog): ScheduledSubscription | null {
  const { scheduled } = subscription;
  if (scheduled === null) return null;
  return {
    kind: scheduled.kind,
    at: formatInstant(boundaryAtMs(subscription)),
    planId: scheduled.planId,
    planName: scheduled.planId === null ? null : (catalog.plans.get(scheduled.planId)?.name ?? null),
    interval: scheduled.kind === 'change' ? scheduled.interval : null,
  };
}

/** The effects of a command, and the subscription after it. */
export function subscriptionChangeAnswerView(
  outcome: SubscriptionOutcome,
  { state, catalog, nowMs, viewer }: Omit<SubscriptionReading, 'plan'>,
): SubscriptionChangeAnswer {
  return {
    change: subscriptionChangeView(outcome, { state, catalog, nowMs }),
    subscription: subscriptionView({ state, catalog, plan: planOf(state, catalog), viewer, nowMs }),
  };
}

/** The effects of a subscription command, for managers of the account, who may see its money. */
export function subscriptionChangeView(
  outcome: SubscriptionOutcome,
  { state, catalog, nowMs }: Pick<SubscriptionReading, 'state' | 'catalog' | 'nowMs'>,
): SubscriptionChange {
  return {
    takesEffect: outcome.takesEffect,
    effectiveAt: formatInstant(outcome.effectiveAtMs),
    lines: outcome.billables.map(billableView),
    dueNow: moneyView(outcome.dueNow.total, catalog),
    dueNowBy: outcome.dueNowBy,
    dueNowOf: breakdownView(outcome.dueNow, catalog),
    next:
      outcome.next === null
        ? null
        : {
            at: formatInstant(outcome.next.atMs),
            amount: moneyView(outcome.next.sums.total, catalog),
            amountOf: breakdownView(outcome.next.sums, catalog),
          },
    clears: [...outcome.clears],
    creditLabel: balanceUnit(catalog),
    credits: formatAmount(outcome.credits),
    ...(outcome.creditsEnding === 0n ? {} : { creditsEnding: formatAmount(outcome.creditsEnding) }),
    blocks: [...outcome.blocks],
    asOf: formatInstant(nowMs),
    timeZone: state.profile.timeZone,
  };
}

function breakdownView({ net, taxes, balance }: InvoiceSums, catalog: Catalog): InvoiceBreakdown {
  return {
    net: moneyView(net, catalog),
    taxes: taxesView(taxes, catalog),
    balance: moneyView(balance, catalog),
  };
}

/** Kinds whose label the server makes; others are the host's own. */
const namedByServer: ReadonlySet<BillableFact['kind']> = new Set(['plan', 'minimum', 'dedicated_ips']);

function billableView(fact: BillableFact): BillableLine {
  const { currency } = fact;
  return {
    kind: fact.kind,
    label: namedByServer.has(fact.kind) ? lineSubjectOf(fact.label).subject : fact.label,
    quantity: formatAmount(fact.quantity),
    unitPrice: fact.unitPrice === null ? null : moneyView(fact.unitPrice, { currency }),
    amount: moneyView(fact.amount, { currency }),
    coversFrom: formatInstant(fact.coversFromMs),
    coversTo: formatInstant(fact.coversToMs),
    part: fact.part,
    due: fact.due,
  };
}

function inclusions({ state, catalog, plan, viewer }: SubscriptionReading): PlanInclusion[] {
  const units = viewer.view.usage === 'units';
  const included: PlanInclusion[] = [];
  for (const standing of limitedStandings(state, catalog, plan)) {
    const metric = catalog.metrics.get(standing.metric);
    if (metric === undefined || !policies[standing.policy].offered) continue;
    included.push({
      label: metric.label,
      used: units ? formatAmount(standing.used) : null,
      included: formatOrNull(standing.included),
      unit: metric.unit,
      percent: viewer.view.usage === 'none' ? null : percentOf(countedOf(standing), standing.included),
      level: levelOf(standing),
    });
  }
  return included;
}

/**
 * The actions of the plan card: the payment method while a payment is missing or a trial goes on only with one, an upgrade unless the plan is the top
 * plan, and management for viewers who may, which comes first, and keeps the plan, while its end or a change is scheduled. The host's settings say where each
 * leads; the upgrade of a free plan leads to the sign-up page.
 */
function planActions({ state, catalog, plan, viewer }: SubscriptionReading): Action[] {
  const { status, pausedFor, scheduled } = state.subscription;
  const context = { catalog, plan, viewer };
  const isTop = plan.top || [...catalog.plans.values()].every((other) => other.rank <= plan.rank);
  const buy = purchaseActions(context).filter(({ kind }) => kind === 'buy_credits');
  const { signUp, billing } = catalog.links;
  const [upgrade] = upgradeActions(context);
  const isUnpaid = status === 'past_due' || pausedFor !== null;
  const needsFirst = pausedFor === 'trial_over' || trialAwaitsMethod(state, catalog);
  const paying = isUnpaid || needsFirst ? [paymentAction(context, needsFirst)] : [];
  const offered: Action[] = [];
  if (!isTop && upgrade !== undefined)
    offered.push(plan.kind === 'free' && signUp !== undefined ? { ...upgrade, href: signUp } : upgrade);
  if (viewer.view.manage && plan.kind !== 'free')
    offered.push({
      kind: 'manage_plan',
      label: scheduled === null ? 'Manage plan' : `Keep ${plan.name}`,
      ...(billing === undefined ? {} : { href: billing }),
      allowed: true,
    });
  if (scheduled !== null) offered.reverse();
  return [...paying, ...offered, ...buy];
}
