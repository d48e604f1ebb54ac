import type {
  AutoTopUp,
  AutoTopUpStatus,
  PaymentMethodView,
  Purchase,
} from '../../../contract/purchases/purchases.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { planOf } from '../../../domain/limits/limits.ts';
import { sumsOfPack, totalOf } from '../../../domain/purchases/pack-invoice.ts';
import { packOnSale } from '../../../domain/purchases/pack-offer.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import { balanceUnit, formatOrNull } from '../../access/amounts-in-view.ts';
import { moneyView, taxesView } from '../../access/money-view.ts';
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
    price: moneyView(purchase.price, purchase),
    taxes: taxesView(purchase.taxes, purchase),
    total: moneyView(totalOf(purchase), purchase),
    invoiceId: purchase.invoiceId,
    failure: purchase.failure,
    actionUrl: purchase.actionUrl,
    createdAt: formatInstant(purchase.createdAtMs),
    updatedAt: formatInstant(purchase.updatedAtMs),
  };
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
    total: pack === undefined ? null : moneyView(sumsOfPack(state, catalog, pack, nowMs).total, pack.price),
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
