import type { Item } from '../../contract/gate/gate.ts';
import { type Micros, sumOf } from '../amounts/amounts.ts';
import type { GrantLeg } from '../credits/state.ts';
import {
  amountOf,
  availableOf,
  debtOf,
  type Payable,
  type Taking,
  take,
  withSpent,
} from '../credits/wallet.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { type RefusedUse, refuse, standingsOf } from '../gate/gate.ts';
import { type Quote, quoteUse } from '../gate/quote.ts';
import { creditRefusal, findLimitRefusal } from '../gate/refusals.ts';
import {
  chargeWallet,
  countOwnUse,
  countUse,
  invoicedParts,
  usageRecordOf,
  windowsAfter,
} from '../gate/use.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { LimitStanding } from '../limits/limits.ts';
import type { Priced } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import { entryWords } from '../stored-words/stored-names.ts';
import { withUnpriced } from '../unpriced/unpriced.ts';
import { creditsMetric } from '../usage/cells.ts';
import type { UsageRecord } from '../usage/state.ts';
import type { WindowStanding } from '../windows/windows.ts';
import { endedHoldRecord, expireReleased, openHoldRecord, payDebts, releaseLegs } from './hold-end.ts';
import { findOpenHold, withCharge } from './holds.ts';
import type { HoldRecord, OpenHold } from './state.ts';

/** What was used of a hold, and whether it was the last. */
export interface SettleCommand {
  readonly holdId: string;
  readonly items: readonly Item[];
  /** False keeps the rest set aside for further parts. */
  readonly final: boolean;
}

/** What a settlement charged. */
export interface SettledHold {
  readonly hold: HoldRecord;
  readonly priced: Priced;
  readonly usage: UsageRecord;
  readonly grantsUsed: readonly GrantLeg[];
  readonly standings: readonly LimitStanding[];
  /** Windows of time that it counted in, after it. */
  readonly windows: readonly WindowStanding[];
}

/**
 * Charges the actual use, first from the held amount, then from the wallet; the uncovered part becomes debt, since the use has
 * happened. So a settlement is never refused, and an item without a price is kept until it has one.
 * @throws DomainError `hold_not_open` if it was settled, released or has expired; `unknown_metric`.
 */
export function decideSettle(
  context: DecisionContext,
  { holdId, items, final }: SettleCommand,
): Decision<SettledHold> {
  const hold = findOpenHold(context.state, holdId);
  return settle(context, hold, quoteHeld(context, hold, { items, keepsUnpriced: true }), final);
}

export interface ChargeCommand {
  readonly holdId: string;
  readonly items: readonly Item[];
  /** How much may be owed after it. */
  readonly overdraft: Micros;
}

export type HeldCharge = (SettledHold & { readonly outcome: 'charged' }) | RefusedUse;

/**
 * Charges what a running task asks for, first from its hold, which stays open. What the hold set aside was let through when
 * it was made; what lies beyond it is let through as a use is, with credits short up to the overdraft.
 * @throws DomainError as `decideSettle`.
 */
export function decideHeldCharge(
  context: DecisionContext,
  { holdId, items, overdraft }: ChargeCommand,
): Decision<HeldCharge> {
  const { state } = context;
  const hold = findOpenHold(state, holdId);
  const quote = quoteHeld(context, hold, { items, keepsUnpriced: false });
  const quantities = beyondHold(hold, withCharge(quote));
  const charge = quantities.get(creditsMetric) ?? 0n;
  const limited = findLimitRefusal(context, { ...quote, quantities: withoutCharge(quantities), charge });
  if (limited !== null) return refuse(context, quote, limited);
  const settled = settle(context, hold, quote, false);
  const owed = debtOf(settled.state.wallet, hold.unit);
  const isOwedMore = owed > overdraft && owed > debtOf(state.wallet, hold.unit);
  const available = availableOf(settled.state.wallet, hold.unit);
  const isSpentTwice = available < -overdraft && available < availableOf(state.wallet, hold.unit);
  if (isOwedMore || isSpentTwice) {
    const { rest } = takeFromHold(state.wallet, hold, quote.payables);
    return refuse(context, quote, creditRefusal(context, { ...quote, payables: rest }, overdraft));
  }
  return { ...settled, outcome: { ...settled.outcome, outcome: 'charged' } };
}

/** The quote of the items as paid through the hold. They replace the hold's own counts. */
function quoteHeld(
  context: DecisionContext,
  hold: OpenHold,
  { items, keepsUnpriced }: { readonly items: readonly Item[]; readonly keepsUnpriced: boolean },
): Quote {
  const { catalog, catalogAt } = context;
  const kept = hold.catalogVersion === null ? undefined : catalogAt?.(hold.catalogVersion);
  return quoteUse(
    context,
    { items, dimensions: hold.dimensions },
    {
      held: {
        holdId: hold.id,
        catalog: kept ?? catalog,
        atMs: hold.createdAtMs,
        modelFactor: hold.modelFactor,
        keepsUnpriced,
      },
    },
  );
}

function settle(
  context: DecisionContext,
  hold: OpenHold,
  quote: Quote,
  final: boolean,
): Decision<SettledHold> {
  const { priced, payables, quantities, invoiced } = quote;
  const { state, catalog, nowMs, recordedAtMs, commandId } = context;
  const { legs: fromHold, rest } = takeFromHold(state.wallet, hold, payables);
  const released = final ? hold.legs : fromHold;
  const moment = {
    entryId: deriveId(commandId, 'release'),
    description: entryWords.settled,
    atMs: nowMs,
    recordedAtMs,
  };
  const back = releaseLegs(state.wallet, state.profile.id, hold, released, moment);
  // Released amounts pay existing debt before they pay the rest of the charge.
  const paid = payDebts({ ...state, wallet: back.wallet }, hold, without(released, fromHold), {
    ...moment,
    overAtMs: nowMs,
  });
  const extra = takeBeyondHold(paid.state.wallet, fromHold, hold, rest);
  const usage = usageRecordOf(context, hold.dimensions, {
    priced,
    grantsUsed: mergedLegs(fromHold, extra.legs),
    invoiced: invoicedParts(invoiced, state.usage.invoicedFromMs),
  });
  const charged = chargeWallet(context, usage, {
    wallet: extra.wallet,
    legs: usage.grantsUsed,
    short: extra.short,
  });
  const ended = expireReleased(charged.wallet, state.profile.id, hold, { ...moment, overAtMs: nowMs });

  const kept: OpenHold = {
    ...hold,
    legs: without(hold.legs, released),
    settled: hold.settled + sumOf(payables.map(({ amount }) => amount)),
    counts: lessCounts(hold.counts, withCharge(quote)),
  };
  const holds = final
    ? state.holds.filter((open) => open.id !== hold.id)
    : state.holds.map((open) => (open.id === hold.id ? kept : open));
  const record = final
    ? endedHoldRecord(state.profile.id, kept, { status: 'settled', atMs: nowMs })
    : openHoldRecord(state.profile.id, kept);
  const after: AccountState = {
    ...paid.state,
    wallet: ended.wallet,
    holds,
    usage: countUse(state.usage, context, usage, { quantities, invoiced }),
    memberWindows: countOwnUse(context, usage, quantities),
  };
  return {
    outcome: {
      hold: record,
      priced,
      usage,
      grantsUsed: usage.grantsUsed,
      standings: standingsOf(after, catalog, quantities),
      windows: windowsAfter(context, after, quote),
    },
    state: withUnpriced(after, catalog, usage),
    facts: {
      ...noFacts,
      entries: [...back.entries, ...paid.entries, ...charged.entries, ...ended.entries],
      usage: [usage],
      holds: [record],
    },
  };
}

/** The part of a charge that a hold's legs pay, each only for parts that its grant may pay, and the unpaid rest. */
function takeFromHold(
  wallet: AccountState['wallet'],
  hold: OpenHold,
  payables: readonly Payable[],
): { legs: readonly GrantLeg[]; rest: readonly Payable[] } {
  const setAside = wallet.grants.map((grant) => ({ ...grant, remaining: amountOf(hold.legs, grant.id) }));
  let current = { ...wallet, grants: setAside };
  let legs: GrantLeg[] = [];
  const rest: Payable[] = [];
  for (const payable of payables) {
    const taking = take(current, hold.unit, [payable]);
    current = { ...current, grants: [...taking.wallet.grants] };
    legs = mergedLegs(legs, taking.legs);
    if (taking.short > 0n) rest.push({ ...payable, amount: taking.short });
  }
  return { legs, rest };
}

/** Spends the hold's own part of each grant, and takes the rest of the charge from the wallet in burn order. */
function takeBeyondHold(
  wallet: AccountState['wallet'],
  fromHold: readonly GrantLeg[],
  hold: OpenHold,
  rest: readonly Payable[],
): Taking {
  return take(withSpent(wallet, fromHold), hold.unit, rest);
}

function mergedLegs(first: readonly GrantLeg[], second: readonly GrantLeg[]): GrantLeg[] {
  const amounts = new Map<string, Micros>();
  for (const { grantId, amount } of [...first, ...second])
    amounts.set(grantId, (amounts.get(grantId) ?? 0n) + amount);
  return [...amounts].map(([grantId, amount]) => ({ grantId, amount }));
}

function without(legs: readonly GrantLeg[], taken: readonly GrantLeg[]): GrantLeg[] {
  return legs
    .map((leg) => ({ grantId: leg.grantId, amount: leg.amount - amountOf(taken, leg.grantId) }))
    .filter((leg) => leg.amount !== 0n);
}

/** The counts beyond those of the hold. */
function beyondHold(
  { counts }: OpenHold,
  quantities: ReadonlyMap<string, Micros>,
): ReadonlyMap<string, Micros> {
  const beyond = new Map<string, Micros>();
  for (const [metric, quantity] of quantities) {
    const rest = quantity - (counts[metric] ?? 0n);
    if (rest > 0n) beyond.set(metric, rest);
  }
  return beyond;
}

function withoutCharge(quantities: ReadonlyMap<string, Micros>): ReadonlyMap<string, Micros> {
  return new Map([...quantities].filter(([metric]) => metric !== creditsMetric));
}

function lessCounts(counts: OpenHold['counts'], quantities: ReadonlyMap<string, Micros>): OpenHold['counts'] {
  const left: Record<string, Micros> = {};
  for (const [metric, count] of Object.entries(counts)) {
    const rest = count - (quantities.get(metric) ?? 0n);
    if (rest > 0n) left[metric] = rest;
  }
  return left;
}
