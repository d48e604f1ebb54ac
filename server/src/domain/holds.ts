import type { Item } from '../contract/gate.ts';
import { limits } from '../contract/limits.ts';
import { sumOf } from './amounts.ts';
import { type Decision, type DecisionContext, DomainError } from './decision.ts';
import { passGate, type RefusedUse, refuse, standingsOf } from './gate.ts';
import { endedHoldRecord, endHold, expireReleased, openHoldRecord, releaseLegs } from './hold-end.ts';
import { recordEntry } from './ledger.ts';
import type { Standing } from './limits.ts';
import type { Priced } from './pricing.ts';
import { type Quote, quoteUse } from './quote.ts';
import { creditRefusal, findLimitRefusal } from './refusals.ts';
import {
  type AccountState,
  type GrantLeg,
  type HoldRecord,
  type Micros,
  noFacts,
  type OpenHold,
  type UsageRecord,
  type UseDimensions,
} from './state.ts';
import { chargeWallet, countUse, usageRecordOf } from './use.ts';
import { amountOf, debtOf, legsTotal, negated, type Payable, type Taking, take } from './wallet.ts';

export interface HoldCommand {
  readonly id: string;
  readonly items: readonly Item[];
  readonly dimensions: UseDimensions;
  readonly expiresAtMs: number;
}

export interface OpenedHold {
  readonly outcome: 'held';
  readonly hold: HoldRecord;
  readonly priced: Priced;
  readonly legs: readonly GrantLeg[];
  readonly standings: readonly Standing[];
}

/**
 * Sets aside what the items would cost, and counts them against limits, until the hold is settled, released or expires.
 * It is a gate: every rule of `decideUse` applies.
 * @throws DomainError as `decideUse`, `limit_of_open_things` beyond `limits.openHoldsMax`, `invalid_request` for an expiry that has
 * passed or lies too far ahead, `conflict` where an open hold has the id.
 */
export function decideHold(
  context: DecisionContext,
  command: HoldCommand,
): Decision<OpenedHold | RefusedUse> {
  const { state, catalog, nowMs, recordedAtMs } = context;
  assertHoldable(context, command);
  const quote = quoteUse(context, command);
  const { priced, quantities } = quote;
  const passage = passGate(context, quote, { overdraft: 0n, into: 'held' });
  if (passage.outcome === 'refused') return refuse(context, quote, passage.refusal);
  const { taking } = passage;
  const hold: OpenHold = {
    id: command.id,
    taskId: command.dimensions.taskId ?? null,
    unit: priced.unit,
    amount: legsTotal(taking.legs),
    legs: taking.legs,
    settled: 0n,
    counts: Object.fromEntries(quantities),
    dimensions: command.dimensions,
    createdAtMs: nowMs,
    expiresAtMs: command.expiresAtMs,
  };
  const recorded =
    taking.legs.length === 0
      ? { wallet: taking.wallet, entries: [] }
      : recordHold(taking, hold, state.profile.id, { effectiveAtMs: nowMs, recordedAtMs });
  const after: AccountState = { ...state, wallet: recorded.wallet, holds: [...state.holds, hold] };
  const record = openHoldRecord(state.profile.id, hold);
  const standings = standingsOf(after, catalog, quantities);
  return {
    outcome: { outcome: 'held', hold: record, priced, legs: taking.legs, standings },
    state: after,
    facts: { ...noFacts, entries: recorded.entries, holds: [record] },
  };
}

function recordHold(
  taking: Taking,
  hold: OpenHold,
  accountId: string,
  at: { effectiveAtMs: number; recordedAtMs: number },
) {
  const { wallet, entry } = recordEntry(taking.wallet, {
    id: `${hold.id}-hold`,
    accountId,
    kind: 'hold',
    unit: hold.unit,
    legs: negated(taking.legs),
    description: 'Set aside',
    holdId: hold.id,
    dimensions: hold.dimensions,
    ...at,
  });
  return { wallet, entries: [entry] };
}

function assertHoldable({ state, nowMs }: DecisionContext, command: HoldCommand): void {
  if (state.holds.some((open) => open.id === command.id))
    throw new DomainError('conflict', `A hold '${command.id}' is open`, '/id', 'an id that was not used');
  if (state.holds.length >= limits.openHoldsMax)
    throw new DomainError(
      'limit_of_open_things',
      `The account has ${limits.openHoldsMax} open holds already`,
    );
  const secondsAhead = (command.expiresAtMs - nowMs) / 1_000;
  if (secondsAhead <= 0 || secondsAhead > limits.holdLifetimeSecondsMax) {
    throw new DomainError(
      'invalid_request',
      'The hold would end too early or too late',
      '/expiresAt',
      `an instant within ${limits.holdLifetimeSecondsMax} seconds from now`,
    );
  }
}

export interface SettleCommand {
  readonly holdId: string;
  readonly items: readonly Item[];
  /** False keeps the rest set aside for further parts. */
  readonly final: boolean;
}

export interface SettledHold {
  readonly hold: HoldRecord;
  readonly priced: Priced;
  readonly usage: UsageRecord;
  readonly grantsUsed: readonly GrantLeg[];
  readonly standings: readonly Standing[];
}

/**
 * Charges what was really used, first from what was set aside, then from the wallet; what neither covers becomes a debt,
 * for the use has happened. A settlement is therefore never refused.
 * @throws DomainError `hold_not_open` where it was settled, released or has expired, and for unknown items.
 */
export function decideSettle(
  context: DecisionContext,
  { holdId, items, final }: SettleCommand,
): Decision<SettledHold> {
  const hold = findOpenHold(context.state, holdId);
  return settle(context, hold, quoteHeld(context, hold, items), final);
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
  const quote = quoteHeld(context, hold, items);
  const limited = findLimitRefusal(context, { ...quote, quantities: beyondHold(hold, quote.quantities) });
  if (limited !== null) return refuse(context, quote, limited);
  const settled = settle(context, hold, quote, false);
  const owed = debtOf(settled.state.wallet, hold.unit);
  if (owed > overdraft && owed > debtOf(state.wallet, hold.unit)) {
    const { rest } = takeFromHold(state.wallet, hold, quote.payables);
    return refuse(context, quote, creditRefusal(context, { ...quote, payables: rest }));
  }
  return { ...settled, outcome: { ...settled.outcome, outcome: 'charged' } };
}

/** What the items come to where they are paid through the hold, whose own counts they replace. */
function quoteHeld(context: DecisionContext, hold: OpenHold, items: readonly Item[]): Quote {
  return quoteUse(context, { items, dimensions: hold.dimensions }, hold.id);
}

function settle(
  context: DecisionContext,
  hold: OpenHold,
  { priced, payables, quantities }: Quote,
  final: boolean,
): Decision<SettledHold> {
  const { state, catalog, nowMs, recordedAtMs, commandId } = context;
  const { legs: fromHold, rest } = takeFromHold(state.wallet, hold, payables);
  const released = final ? hold.legs : fromHold;
  const moment = { entryId: `${commandId}-release`, description: 'Hold settled', atMs: nowMs, recordedAtMs };
  const back = releaseLegs(state.wallet, state.profile.id, hold, released, moment);
  const extra = takeBeyondHold(back.wallet, fromHold, hold, rest);
  const usage = usageRecordOf(context, hold.dimensions, priced, mergedLegs(fromHold, extra.legs));
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
    counts: lessCounts(hold.counts, quantities),
  };
  const holds = final
    ? state.holds.filter((open) => open.id !== hold.id)
    : state.holds.map((open) => (open.id === hold.id ? kept : open));
  const record = final
    ? endedHoldRecord(state.profile.id, kept, { status: 'settled', atMs: nowMs })
    : openHoldRecord(state.profile.id, kept);
  const after: AccountState = {
    ...state,
    wallet: ended.wallet,
    holds,
    usage: countUse(state.usage, context, usage, quantities),
  };
  return {
    outcome: {
      hold: record,
      priced,
      usage,
      grantsUsed: usage.grantsUsed,
      standings: standingsOf(after, catalog, quantities),
    },
    state: after,
    facts: {
      ...noFacts,
      entries: [...back.entries, ...charged.entries, ...ended.entries],
      usage: [usage],
      holds: [record],
    },
  };
}

/**
 * Gives everything back that is still set aside.
 * @throws DomainError `hold_not_open`.
 */
export function decideRelease(context: DecisionContext, holdId: string): Decision<HoldRecord> {
  const { state, nowMs, recordedAtMs, commandId } = context;
  const hold = findOpenHold(state, holdId);
  const ended = endHold(state, hold, {
    status: 'released',
    entryId: `${commandId}-release`,
    description: 'Hold released',
    atMs: nowMs,
    recordedAtMs,
  });
  return {
    outcome: ended.hold,
    state: ended.state,
    facts: { ...noFacts, entries: ended.entries, holds: [ended.hold] },
  };
}

function findOpenHold(state: AccountState, holdId: string): OpenHold {
  const hold = state.holds.find((open) => open.id === holdId);
  if (hold === undefined)
    throw new DomainError('hold_not_open', `Hold '${holdId}' is settled, released or expired`);
  return hold;
}

/** What a hold's legs pay of a charge, each only for what its grant fits, and what is left to be paid. */
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
  const grants = wallet.grants
    .map((grant) => {
      const spent = amountOf(fromHold, grant.id);
      return spent === 0n ? grant : { ...grant, remaining: grant.remaining - spent };
    })
    .filter((grant) => grant.remaining !== 0n || grant.held !== 0n);
  return take({ ...wallet, grants }, hold.unit, rest);
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

/** What is counted beyond what the hold counts already. */
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

function lessCounts(counts: OpenHold['counts'], quantities: ReadonlyMap<string, Micros>): OpenHold['counts'] {
  const left: Record<string, Micros> = {};
  for (const [metric, count] of Object.entries(counts)) {
    const rest = count - (quantities.get(metric) ?? 0n);
    if (rest > 0n) left[metric] = rest;
  }
  return left;
}
