import type { Action } from '../../../contract/gate.ts';
import type { PlanInclusion, Subscription } from '../../../contract/subscription.ts';
import { formatAmount, percentOf } from '../../../domain/amounts/amounts.ts';
import { levelOf } from '../../../domain/limits/limits.ts';
import { policies } from '../../../domain/limits/policies.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { formatInstant } from '../../http/instants.ts';
import { limitedStandings } from '../accounts/standing-of-account.ts';
import { countedOf } from '../accounts/summary-view.ts';
import { formatOrNull } from '../amounts-in-view.ts';
import { purchaseActions, upgradeActions } from '../gate/actions.ts';

/** The account's plan for a viewer who may see it. */
export function subscriptionView(reading: AccountReading): Subscription {
  const { state, plan, viewer, nowMs } = reading;
  const { startsAtMs, endsAtMs } = state.usage;
  const price = plan.price.month ?? plan.price.year;
  return {
    planId: plan.id,
    planName: plan.name,
    planKind: plan.kind,
    status: 'active',
    interval: plan.price.month !== null ? 'month' : plan.price.year !== null ? 'year' : null,
    price: viewer.view.price ? price : null,
    periodStartsAt: formatInstant(startsAtMs),
    periodEndsAt: formatInstant(endsAtMs),
    next: { kind: price === null ? 'resets' : 'renews', at: formatInstant(endsAtMs) },
    trialEndsAt: null,
    amountDue: null,
    includes: inclusions(reading),
    highlights: [...plan.highlights],
    actions: planActions(reading),
    timeZone: state.profile.timeZone,
    asOf: formatInstant(nowMs),
  };
}

function inclusions({ state, catalog, plan, viewer }: AccountReading): PlanInclusion[] {
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

/** The top plan has no upgrade. */
function planActions({ catalog, plan, viewer }: AccountReading): Action[] {
  const context = { catalog, plan, viewer };
  const isTop = [...catalog.plans.values()].every((other) => other.rank <= plan.rank);
  const buy = purchaseActions(context).filter(({ kind }) => kind === 'buy_credits');
  return isTop ? buy : [...upgradeActions(context), ...buy];
}
