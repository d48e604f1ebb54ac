import { type Micros, sumOf } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { canPay, type Taking, take } from '../credits/wallet.ts';
import type { Decision, DecisionContext, RefusalFigures } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { type LimitStanding, planOf, standingOf } from '../limits/limits.ts';
import type { Priced } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import { touchedWindows, type WindowStanding } from '../windows/windows.ts';
import type { Quote } from './quote.ts';
import { creditRefusal, findLimitRefusal } from './refusals.ts';

/** A use that the gate refused, with the figures that say why. */
export interface RefusedUse {
  readonly outcome: 'refused';
  readonly priced: Priced;
  readonly refusal: RefusalFigures;
  /** As they stand, since a refusal changes nothing. */
  readonly standings: readonly LimitStanding[];
  /** Windows of time that the use would count in. */
  readonly windows: readonly WindowStanding[];
}

export type Passage =
  | { readonly outcome: 'passed'; readonly taking: Taking }
  | { readonly outcome: 'refused'; readonly refusal: RefusalFigures };

/**
 * Checks every rule in the order of `contract/errors` and debits the use's cost, into `spent` by default. Credits may fall short
 * if the resulting debt stays within the overdraft; existing debt lowers the spendable amount.
 */
export function passGate(
  context: DecisionContext,
  quote: Quote,
  { overdraft, into }: { readonly overdraft: Micros; readonly into?: 'spent' | 'held' },
): Passage {
  const limited = findLimitRefusal(context, quote);
  if (limited !== null) return { outcome: 'refused', refusal: limited };
  const { wallet } = context.state;
  const { unit } = quote.priced;
  const taking = take(wallet, unit, quote.payables, into);
  const amount = sumOf(quote.payables.map((payable) => payable.amount));
  if (!canPay(wallet, unit, { amount, short: taking.short }, overdraft))
    return { outcome: 'refused', refusal: creditRefusal(context, quote, overdraft) };
  return { outcome: 'passed', taking };
}

/** The decision of a gate that refuses: nothing changes. */
export function refuse(
  context: DecisionContext,
  quote: Quote,
  refusal: RefusalFigures,
): Decision<RefusedUse> {
  const { state, catalog } = context;
  const { priced, quantities } = quote;
  const standings = standingsOf(state, catalog, quantities);
  const windows = touchedWindows(context, planOf(state, catalog).windows, quote);
  return { outcome: { outcome: 'refused', priced, refusal, standings, windows }, state, facts: noFacts };
}

/** Where each metric that is counted stands. */
export function standingsOf(
  state: AccountState,
  catalog: Catalog,
  quantities: ReadonlyMap<string, Micros>,
): LimitStanding[] {
  return [...quantities.keys()].map((metric) => standingOf(state, catalog, metric));
}
