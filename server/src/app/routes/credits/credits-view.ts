import type { CreditPace, Credits, RecentChange } from '../../../contract/credits/credits.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { formatAmount, type Micros } from '../../../domain/amounts/amounts.ts';
import { availableOf, debtOf, heldOf } from '../../../domain/credits/wallet.ts';
import { dayOf } from '../../../domain/time/calendar.ts';
import type { UsageCell } from '../../../domain/usage/state.ts';
import { balanceUnit } from '../../access/amounts-in-view.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { purchaseActions } from '../../gate/actions.ts';
import { formatInstant } from '../../http/instants.ts';
import { countedFromView } from '../../usage/counted-from-view.ts';
import { grantView } from './ledger-view.ts';

/** Days that the pace is the mean of, and on how many of them there must have been use before it is told. */
export const paceDays = 14;
const paceDaysWithUseMin = 3;

/** The account's credits for a viewer who may see the balance. */
export function creditsView(
  reading: AccountReading,
  recent: RecentChange[],
  spentByDay: readonly UsageCell[],
): Credits {
  const { state, catalog, plan, viewer, nowMs } = reading;
  const { unit } = catalog;
  const available = availableOf(state.wallet, unit);
  const grants = state.wallet.grants.filter((grant) => grant.unit === unit || viewer.view.money);
  const nextToExpire = grants
    .filter((grant) => grant.expiresAtMs !== null && grant.remaining > 0n)
    .sort((a, b) => (a.expiresAtMs ?? 0) - (b.expiresAtMs ?? 0))[0];
  return {
    unit,
    creditLabel: balanceUnit(catalog),
    available: formatAmount(available),
    held: formatAmount(heldOf(state.wallet, unit)),
    debt: formatAmount(debtOf(state.wallet, unit)),
    grants: grants.map((grant) => grantView(grant, catalog)),
    nextToExpire:
      nextToExpire === undefined || nextToExpire.expiresAtMs === null
        ? null
        : {
            grantId: nextToExpire.id,
            amount: formatAmount(nextToExpire.remaining),
            expiresAt: formatInstant(nextToExpire.expiresAtMs),
          },
    nextReset:
      plan.monthlyCredits === 0n
        ? null
        : { amount: formatAmount(plan.monthlyCredits), at: formatInstant(state.usage.endsAtMs) },
    pace: paceOf(spentByDay, { available, nowMs, today: dayOf(nowMs, state.profile.timeZone) }),
    spentThisCycle: formatAmount(state.usage.spent[unit] ?? 0n),
    ...countedFromView(state),
    recent,
    canPurchase: purchaseActions({ catalog, plan, viewer }).some(
      ({ kind, allowed }) => kind === 'buy_credits' && allowed,
    ),
    ...(catalog.links.support === undefined ? {} : { supportUrl: catalog.links.support }),
    timeZone: state.profile.timeZone,
    asOf: formatInstant(nowMs),
  };
}

/** The mean of the last whole days, since first use where that is later; today is not over and would pull it down. */
export function paceOf(
  spentByDay: readonly UsageCell[],
  { available, nowMs, today }: { available: Micros; nowMs: number; today: number },
): CreditPace | null {
  let total = 0n;
  let firstDay = today;
  let daysWithUse = 0;
  for (const { day, quantity } of spentByDay) {
    if (day >= today || day < today - paceDays || quantity <= 0n) continue;
    total += quantity;
    daysWithUse += 1;
    if (day < firstDay) firstDay = day;
  }
  if (daysWithUse < paceDaysWithUseMin || total <= 0n) return null;
  const perDay = total / BigInt(today - firstDay);
  const runsOutInMs = available <= 0n || perDay === 0n ? 0 : Number((available * BigInt(msPerDay)) / perDay);
  const isFar = runsOutInMs > 5 * 365 * msPerDay;
  return {
    perDay: formatAmount(perDay),
    runsOutAt: isFar ? null : formatInstant(nowMs + runsOutInMs),
    method: 'mean_of_last_14_days',
  };
}
