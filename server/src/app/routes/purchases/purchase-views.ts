import type { Activity, ActivityEvent } from '../../../contract/accounts/activity.ts';
import type {
  AutoTopUp,
  AutoTopUpStatus,
  OwnKey,
  PaymentMethodView,
  Purchase,
} from '../../../contract/purchases/purchases.ts';
import { describeEvent } from '../../../domain/activity/activity.ts';
import type { ActivityRecord } from '../../../domain/activity/state.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { nameOfSubject } from '../../../domain/invoices/charges/charge-words.ts';
import { planOf } from '../../../domain/limits/limits.ts';
import { packOnSale } from '../../../domain/purchases/pack-offer.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import { sourceOfName } from '../../../domain/words/stored-names.ts';
import { type MemberNames, memberNameOf } from '../../accounts/member-names.ts';
import { balanceUnit, formatOrNull } from '../../callers/amounts-in-view.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';

export function purchaseView(purchase: PurchaseRecord): Purchase {
  return {
    id: purchase.id,
    packId: purchase.packId,
    source: purchase.source,
    status: purchase.status,
    credits: formatAmount(purchase.credits),
    bonus: formatAmount(purchase.bonus),
    unit: purchase.unit,
    price: { amount: formatAmount(purchase.price), currency: purchase.currency },
    failure: purchase.failure,
    actionUrl: purchase.actionUrl,
    createdAt: formatInstant(purchase.createdAtMs),
    updatedAt: formatInstant(purchase.updatedAtMs),
  };
}

type Named = Pick<Catalog, 'unit' | 'creditLabel' | 'creditPacks' | 'plans'>;

export function activityView(activity: ActivityRecord, catalog: Named, names?: MemberNames): Activity {
  const event = activity.event && eventView(activity.event, catalog);
  return {
    id: activity.id,
    kind: activity.kind,
    description: event === activity.event || event === null ? activity.description : describeEvent(event),
    event,
    ...(event && tellsCredits(event) && { creditLabel: balanceUnit(catalog) }),
    memberId: activity.memberId,
    ...memberNameOf(activity.memberId, names),
    reason: activity.reason,
    at: formatInstant(activity.atMs),
  };
}

/**
 * An event about bought amounts with the currency where the balance is money, one about a plan or a pack with its name, and one about
 * a grant that nobody named with its source.
 */
function eventView(event: ActivityEvent, catalog: Named): ActivityEvent {
  const { unit, plans } = catalog;
  switch (event.kind) {
    case 'refunded':
      return { ...event, subject: nameOfSubject(event, catalog) };
    case 'plan_change_unpaid': {
      const plan = plans.get(event.planId)?.name;
      return plan === undefined ? event : { ...event, plan };
    }
    case 'credits_bought':
    case 'purchase_failed':
    case 'auto_top_up_set':
      return unit === 'credits' ? event : { ...event, unit };
    case 'credits_granted': {
      const source = event.label === null ? undefined : sourceOfName(event.label);
      return source === undefined ? event : { ...event, label: null, source };
    }
    default:
      return event;
  }
}

function tellsCredits(event: ActivityEvent): boolean {
  return 'credits' in event || 'threshold' in event || ('unit' in event && 'amount' in event);
}

/** Settings and state of auto top-up. */
export function autoTopUpView(state: AccountState, catalog: Catalog, nowMs: number): AutoTopUp {
  const { autoTopUp: settings } = state.profile;
  const { topUp } = state;
  const pack = settings === null ? undefined : catalog.creditPacks.get(settings.packId);
  const perCharge = pack === undefined ? null : pack.credits + pack.bonus;
  return {
    status: autoTopUpStatus(state, catalog),
    enabled: settings?.enabled ?? false,
    unit: balanceUnit(catalog),
    threshold: formatOrNull(settings?.threshold ?? null),
    packId: settings?.packId ?? null,
    credits: formatOrNull(perCharge),
    price: pack?.price ?? null,
    chargesPerCycleMax: settings?.chargesPerCycleMax ?? null,
    chargesThisCycle: topUp.chargesThisCycle,
    creditsThisCycle: formatAmount(topUp.creditsThisCycle),
    failure: topUp.lastFailure,
    retryAt: formatInstantOrNull(topUp.retryAtMs),
    timeZone: state.profile.timeZone,
    asOf: formatInstant(nowMs),
    paymentMethod: paymentMethodView(state),
  };
}

export function paymentMethodView({ profile }: Pick<AccountState, 'profile'>): PaymentMethodView | null {
  const { paymentMethod } = profile;
  if (paymentMethod === null) return null;
  const { kind, brand, lastFour, confirmed } = paymentMethod;
  return { kind, brand, lastFour, confirmed };
}

function autoTopUpStatus(state: AccountState, catalog: Catalog): AutoTopUpStatus {
  const { profile, topUp } = state;
  const { autoTopUp: settings, paymentMethod } = profile;
  if (settings === null || !settings.enabled) return 'off';
  if (packOnSale(catalog, planOf(state, catalog), settings.packId) === undefined) return 'not_sold';
  if (paymentMethod?.confirmed !== true) return 'no_payment_method';
  if (topUp.inFlightPurchaseId !== null) return 'pending';
  if (topUp.failures > 0) return 'failed';
  if (settings.chargesPerCycleMax !== null && topUp.chargesThisCycle >= settings.chargesPerCycleMax)
    return 'capped';
  if (topUp.awaitsRise === true) return 'waiting';
  return 'ready';
}

export function ownKeyViews({ profile }: AccountState): OwnKey[] {
  return Object.entries(profile.ownKeys).map(([provider, { label, lastFour }]) => ({
    provider,
    label,
    lastFour,
  }));
}
