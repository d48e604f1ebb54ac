import type { BillingInterval } from '../../../contract/catalog/plans.ts';
import type { Profile } from '../../accounts/state.ts';
import { cycleByIndex } from '../../time/calendar.ts';
import type { CycleUsage } from '../../usage/state.ts';
import type { BillingPeriod, SubscriptionState } from '../state.ts';

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
