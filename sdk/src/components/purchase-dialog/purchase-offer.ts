import type {
  CatalogView,
  CreditPack,
  Credits,
  DecimalString,
  Instant,
  PaymentMethodView,
  ShownUnit,
} from '@usagekit/server/contract';
import type { Resource } from '../../hooks/base/resource.ts';

/** The packs for sale, who may buy them, and the present balance. */
export interface PurchaseOffer {
  /** Packs that are sold to the account. */
  packs: CreditPack[];
  /** What the product calls its credits. */
  creditLabel?: ShownUnit | undefined;
  /** What can be spent now. */
  available: DecimalString;
  /** What was used beyond the balance; a purchase pays it first. */
  debt: DecimalString;
  /** Whether this caller may buy. */
  canPurchase: boolean;
  /** The payment method; null if there is none, left out if it is unknown. */
  paymentMethod?: PaymentMethodView | null | undefined;
  /** When `available` was read. */
  asOf: Instant;
  /** The account's zone, in which dates are told. */
  timeZone?: string | undefined;
}

/** The offer that catalog, balance and payment method amount to, once the first two are known and the last is answered. */
export function purchaseOffer(
  catalog: Resource<CatalogView>,
  credits: Resource<Credits>,
  payment: Resource<{ paymentMethod: PaymentMethodView | null }>,
): Resource<PurchaseOffer> {
  const refresh = async () => {
    await Promise.all([catalog, credits, payment].map((resource) => resource.refresh()));
  };
  const parts = [catalog, credits];
  const without = (status: 'loading' | 'error' | 'not_permitted'): Resource<PurchaseOffer> => ({
    status,
    data: undefined,
    error: parts.find((part) => part.status === status)?.error,
    asOf: undefined,
    refresh,
  });
  if (parts.some(({ status }) => status === 'not_permitted')) return without('not_permitted');
  const { data: sold } = catalog;
  const { data: balance } = credits;
  if (!sold || !balance) return without(parts.some(({ status }) => status === 'error') ? 'error' : 'loading');
  if (payment.status === 'loading') return without('loading');
  const { available, debt, canPurchase, asOf, timeZone } = balance;
  return {
    status: credits.status === 'stale' ? 'stale' : 'ready',
    data: {
      packs: sold.creditPacks,
      creditLabel: sold.creditLabel,
      available,
      debt,
      canPurchase,
      timeZone,
      paymentMethod: payment.data?.paymentMethod,
      asOf,
    },
    error: credits.error,
    asOf,
    refresh,
  };
}
