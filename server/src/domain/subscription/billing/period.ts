import type { BillingInterval } from '../../../contract/catalog/plans.ts';
import type { Profile } from '../../accounts/state.ts';
import type { Catalog } from '../../catalog/catalog-types.ts';
import { cycleByIndex } from '../../time/calendar.ts';
import type { CycleUsage } from '../../usage/state.ts';
import type { BillingPeriod, SubscriptionState } from '../state.ts';
import type { RecurringLine } from './recurring.ts';

const monthsOf: Readonly<Record<BillingInterval, number>> = { month: 1, year: 12 };

/** The period of an interval's length that begins in the present cycle, at an instant that may lie after the cycle's start. */
export function periodFrom(
  { anchorAtMs, timeZone }: Profile,
  { index }: Pick<CycleUsage, 'index'>,
  interval: BillingInterval,
  startsAtMs: number,
): BillingPeriod {
  const endsAtCycle = index + monthsOf[interval];
  return {
    startsAtMs,
    endsAtMs: cycleByIndex(anchorAtMs, timeZone, endsAtCycle).startsAtMs,
    startsAtCycle: index,
    endsAtCycle,
  };
}

/**
 * Whether a period, and with it a cycle, begins with the charges that follow a trial: where periods are counted from the subscription's
 * start, and anything is charged.
 */
export function restartsAfterTrial({ anchor }: Catalog, charged: readonly RecurringLine[]): boolean {
  return anchor === 'subscription_start' && charged.length > 0;
}

/** The subscription of a new account, and of one that was kept before there were subscriptions. */
export function newSubscription(
  profile: Profile,
  usage: Pick<CycleUsage, 'index' | 'startsAtMs'>,
  startsAtMs = usage.startsAtMs,
): SubscriptionState {
  const interval = 'month';
  return {
    status: 'active',
    pausedFor: null,
    interval,
    period: periodFrom(profile, usage, interval, startsAtMs),
    trial: null,
    scheduled: null,
    contract: null,
    agreedPrice: null,
    seats: {},
    seatsTaken: {},
    addOns: {},
    dedicatedIps: [],
    nextDedicatedIp: 1,
    additionalUse: {},
    alerts: {},
    alertEmail: null,
    told: {},
    billables: [],
    periodTotal: 0n,
  };
}
