import { take } from '../credits/wallet.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { quantitiesByMetric } from '../gate/quote.ts';
import { chargeWallet, countOwnUse, countUse, invoicedParts, usageRecordOf } from '../gate/use.ts';
import type { Priced } from '../pricing/pricing.ts';
import { paymentOf } from '../purchases/payment.ts';
import type { Gauge, UsageRecord, UseDimensions } from '../usage/state.ts';
import { asOfCycle, earlierCycleAt, withLateUse } from './late-use.ts';

/** Something that has happened, with what it counts and costs. */
export interface Fact {
  readonly counted: Priced;
  readonly atMs: number;
  readonly dimensions: UseDimensions;
  /** Gauges as it leaves them; what it counts of them is in `counted`. */
  readonly gauges?: ReadonlyMap<string, Gauge>;
}

const noGauges: ReadonlyMap<string, Gauge> = new Map();

/**
 * Records a fact: it counts and is paid in the cycle of its own time, and what no grant covers becomes a debt. Its id is the
 * command's.
 */
export function recordFact(
  context: DecisionContext,
  { counted, atMs, dimensions, gauges = noGauges }: Fact,
): Decision<UsageRecord> {
  const { state, catalog } = context;
  const { category } = dimensions;
  const quantities = quantitiesByMetric(counted.counts);
  const earlier = earlierCycleAt(state, atMs);
  const stateThen = earlier === undefined ? state : asOfCycle(state, earlier, catalog);
  const { priced, payables, invoiced } = paymentOf(
    { state: stateThen, catalog, category },
    counted,
    quantities,
  );
  const taking = take(state.wallet, priced.unit, payables);
  const usage = usageRecordOf(context, dimensions, {
    priced,
    grantsUsed: taking.legs,
    invoiced: [],
    atMs,
  });
  const charged = chargeWallet(context, usage, taking);
  const counters = new Map([...quantities].filter(([metric]) => !gauges.has(metric)));
  const used = {
    ...countUse(stateThen.usage, context, usage, { quantities: counters, invoiced }),
    gauges: { ...stateThen.usage.gauges, ...Object.fromEntries(gauges) },
  };
  const after =
    earlier === undefined
      ? { state: { ...state, usage: used }, invoiced: invoicedParts(invoiced, state.usage.invoicedFromMs) }
      : withLateUse({ ...state, wallet: charged.wallet }, catalog, {
          cycle: earlier,
          used,
          causeId: usage.id,
          nowMs: context.nowMs,
        });
  // Of a late use nothing is a figure too: it says that the use came late.
  const isSaid = after.invoiced.length > 0 || earlier !== undefined;
  const recorded = isSaid ? { ...usage, invoiced: after.invoiced } : usage;
  return {
    outcome: recorded,
    state: {
      ...after.state,
      wallet: charged.wallet,
      memberWindows: countOwnUse(context, usage, quantities),
    },
    facts: { ...noFacts, entries: charged.entries, usage: [recorded] },
  };
}
