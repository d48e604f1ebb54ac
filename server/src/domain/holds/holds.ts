import { apiBounds } from '../../contract/api-bounds.ts';
import type { Item } from '../../contract/gate/gate.ts';
import type { Micros } from '../amounts/amounts.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { GrantLeg } from '../credits/state.ts';
import { legsTotal, negated, type Taking } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { passGate, type RefusedUse, refuse, standingsOf } from '../gate/gate.ts';
import { type Needs, quoteUse } from '../gate/quote.ts';
import { windowsAfter } from '../gate/use.ts';
import { deriveId } from '../ids/derived-id.ts';
import { idTaken } from '../ids/id-taken.ts';
import { type LimitStanding, planOf } from '../limits/limits.ts';
import type { Priced } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import { entryWords } from '../stored-words/stored-names.ts';
import { creditsMetric } from '../usage/cells.ts';
import type { UseDimensions } from '../usage/state.ts';
import type { WindowedUse, WindowStanding } from '../windows/windows.ts';
import { endHold, openHoldRecord } from './hold-end.ts';
import type { HoldRecord, OpenHold } from './state.ts';

/** What is to be held and until when. */
export interface HoldCommand {
  readonly needs?: Needs | undefined;
  readonly id: string;
  readonly items: readonly Item[];
  readonly dimensions: UseDimensions;
  readonly expiresAtMs: number;
}

/** A hold that was made. */
export interface OpenedHold {
  readonly outcome: 'held';
  readonly hold: HoldRecord;
  readonly priced: Priced;
  readonly legs: readonly GrantLeg[];
  readonly standings: readonly LimitStanding[];
  /** Windows of time that the hold counts in. */
  readonly windows: readonly WindowStanding[];
}

/**
 * Sets aside what the items would cost, and counts them against limits, until the hold is settled, released or expires.
 * It is a gate: every rule of `decideUse` applies.
 * @throws DomainError as `decideUse`, `count_limit_reached` beyond `apiBounds.openHoldsMax`, `invalid_request` for an expiry that has
 * passed or lies too far ahead, `conflict` where an open hold has the id.
 */
export function decideHold(
  context: DecisionContext,
  command: HoldCommand,
): Decision<OpenedHold | RefusedUse> {
  const { state, catalog, nowMs, recordedAtMs } = context;
  assertHoldable(context, command);
  const quote = quoteUse(context, command, { rounding: 'up' });
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
    counts: Object.fromEntries(withCharge(quote)),
    dimensions: command.dimensions,
    catalogVersion: context.catalog.version,
    modelFactor: planOf(state, catalog).modelFactor,
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
    outcome: {
      outcome: 'held',
      hold: record,
      priced,
      legs: taking.legs,
      standings,
      windows: windowsAfter(context, after, quote),
    },
    state: after,
    facts: { ...noFacts, entries: recorded.entries, holds: [record] },
  };
}

/** The counts of a use by metric, with its charge as `credits`, since windows count charges too. */
export function withCharge({ quantities, charge }: WindowedUse): ReadonlyMap<string, Micros> {
  return charge === 0n ? quantities : new Map([...quantities, [creditsMetric, charge]]);
}

function recordHold(
  taking: Taking,
  hold: OpenHold,
  accountId: string,
  at: { effectiveAtMs: number; recordedAtMs: number },
) {
  const { wallet, entry } = recordEntry(taking.wallet, {
    id: deriveId(hold.id, 'held'),
    accountId,
    kind: 'hold',
    unit: hold.unit,
    legs: negated(taking.legs),
    description: entryWords.held,
    holdId: hold.id,
    dimensions: hold.dimensions,
    ...at,
  });
  return { wallet, entries: [entry] };
}

function assertHoldable({ state, nowMs }: DecisionContext, command: HoldCommand): void {
  if (state.holds.some((open) => open.id === command.id)) throw idTaken('hold', command.id);
  if (state.holds.length >= apiBounds.openHoldsMax)
    throw new DomainError(
      'count_limit_reached',
      `The account has ${apiBounds.openHoldsMax} open holds, which is the maximum`,
    );
  const secondsAhead = (command.expiresAtMs - nowMs) / 1_000;
  if (secondsAhead <= 0 || secondsAhead > apiBounds.holdLifetimeSecondsMax) {
    throw new DomainError(
      'invalid_request',
      'The hold would end too early or too late',
      '/expiresAt',
      `an instant within ${apiBounds.holdLifetimeSecondsMax} seconds from now`,
    );
  }
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
    entryId: deriveId(commandId, 'release'),
    description: entryWords.released,
    atMs: nowMs,
    recordedAtMs,
  });
  return {
    outcome: ended.hold,
    state: ended.state,
    facts: { ...noFacts, entries: ended.entries, holds: [ended.hold] },
  };
}

/** @throws DomainError `hold_not_open`. */
export function findOpenHold(state: AccountState, holdId: string): OpenHold {
  const hold = state.holds.find((open) => open.id === holdId);
  if (hold === undefined)
    throw new DomainError('hold_not_open', `Hold '${holdId}' is settled, released or expired`);
  return hold;
}
