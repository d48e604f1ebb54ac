import type { Item } from '../../contract/gate/gate.ts';
import type { Micros } from '../amounts/amounts.ts';
import { carryOf, type Rounding } from '../amounts/rounding.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import type { Payable } from '../credits/wallet.ts';
import type { DecisionContext } from '../decision.ts';
import { planOf } from '../limits/limits.ts';
import { type Priced, priceItems } from '../pricing/pricing.ts';
import { paymentOf } from '../purchases/payment.ts';
import type { Count, UseDimensions } from '../usage/state.ts';
import type { WindowedUse } from '../windows/windows.ts';

/** The quote of a use: its charges, the part that the wallet has to pay, and its counts. */
export interface Quote extends WindowedUse {
  readonly priced: Priced;
  readonly payables: readonly Payable[];
  /** The amounts that the invoice pays, by metric. */
  readonly invoiced: ReadonlyMap<string, Micros>;
  /** The capacities that the work needs; absent if it states none. */
  readonly needs?: Needs | undefined;
}

/** The number including this work, or the choice, by capacity id. */
export type Needs = Readonly<Record<string, string>>;

/** The items used or set aside, with their dimensions. */
export interface UseCommand {
  readonly items: readonly Item[];
  readonly dimensions: UseDimensions;
  readonly needs?: Needs | undefined;
}

/** A hold through which a use is paid, and the prices that it keeps. */
export interface HeldPrices {
  readonly holdId: string;
  readonly catalog: Catalog;
  readonly atMs: number;
  /** By how much its plan multiplied what models cost. */
  readonly modelFactor: Micros;
  /** Whether what has no price is kept as unpriced: it has happened. */
  readonly keepsUnpriced: boolean;
}

/** Options for quotes of anything other than a use charged at present prices. */
export interface QuotePurpose {
  /** The hold that is being settled. */
  readonly held?: HeldPrices;
  /** Charges continue from the account's carry. */
  readonly rounding?: Rounding;
}

/**
 * Prices items as they stand now, or as they stood for the hold through which they are paid, and tells what the wallet has to
 * pay. A hold whose own use is being settled does not count as used.
 * @throws DomainError `unknown_metric`, `unknown_model`, `unknown_tool`, `unknown_storage`, `no_price`, `amount_out_of_range`.
 */
export function quoteUse(
  context: DecisionContext,
  { items, dimensions, needs }: UseCommand,
  { held, rounding }: QuotePurpose = {},
): Quote {
  const { state, catalog, nowMs } = context;
  const pricedBy = held?.catalog ?? catalog;
  const { category } = dimensions;
  const base = priceItems(pricedBy, items, {
    rounding: rounding ?? carryOf(state.wallet, pricedBy.unit),
    atMs: held?.atMs ?? nowMs,
    withRetired: held !== undefined,
    keepsUnpriced: held?.keepsUnpriced ?? false,
    ownKeys: state.profile.ownKeys,
    modelFactor: held?.modelFactor ?? planOf(state, catalog).modelFactor,
    ...(category === undefined ? {} : { category }),
  });
  const quantities = quantitiesByMetric(base.counts);
  const own = held === undefined ? {} : { exceptHoldId: held.holdId };
  const payment = paymentOf({ state, catalog, category, ...own }, base, quantities);
  return { ...payment, quantities, charge: payment.priced.charge, needs };
}

/** Sums the counts by metric. */
export function quantitiesByMetric(counts: readonly Count[]): ReadonlyMap<string, Micros> {
  const quantities = new Map<string, Micros>();
  for (const { metric, quantity } of counts)
    quantities.set(metric, (quantities.get(metric) ?? 0n) + quantity);
  return quantities;
}
