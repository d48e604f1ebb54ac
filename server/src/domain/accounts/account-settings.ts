import { activityOf } from '../activity/activity.ts';
import { formatAmount, type Micros } from '../amounts/amounts.ts';
import type { Pack } from '../catalog/catalog-types.ts';
import { addGrant, assertRoomForGrant, defaultPriority } from '../credits/grants.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { LedgerRecord } from '../credits/state.ts';
import { negated, take, withDebt, withGrantChange } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import { retriedAtOnce } from '../invoices/collect.ts';
import { assertExpected, type ExpectedTotal } from '../invoices/expected-total.ts';
import { planOf } from '../limits/limits.ts';
import { sumsOfPack } from '../purchases/pack-invoice.ts';
import { creditsOf, requirePackOnSale } from '../purchases/pack-offer.ts';
import type { AutoTopUpSettings } from '../purchases/state.ts';
import type { AccountState } from '../state.ts';
import { nameOfSource } from '../stored-words/stored-names.ts';
import { activate } from '../subscription/plan/trial.ts';
import { changedProfile } from './changed-profile.ts';
import type { PaymentMethod } from './state.ts';

/** A correction of the balance by hand, with its reason; a negative amount takes. */
export interface AdjustmentCommand {
  readonly amount: Micros;
  readonly unit: string;
  /** The one live grant that is adjusted. */
  readonly grantId?: string | undefined;
  readonly reason: string;
}

/**
 * Corrects a balance by hand. An increase is a grant of its own without an end. A decrease comes from the live grants in burn
 * order; the part that they do not cover is owed. If a grant is named, only that grant gains or loses.
 * @throws DomainError `count_limit_reached` beyond `apiBounds.liveGrantsMax`; `not_found` for a grant that is not live and
 * `amount_out_of_range` where more is taken of it than remains.
 */
export function decideAdjustment(context: DecisionContext, command: AdjustmentCommand): Decision<'adjusted'> {
  const { state, nowMs, recordedAtMs, commandId } = context;
  const { grantId } = command;
  const change =
    grantId !== undefined
      ? adjustGrant(context, { ...command, grantId })
      : command.amount > 0n
        ? give(context, command)
        : takeBack(context, command);
  const activity = activityOf(context, {
    kind: 'credits_adjusted',
    event: { kind: 'credits_adjusted', amount: formatAmount(command.amount), unit: command.unit },
    reason: command.reason,
  });
  return {
    outcome: 'adjusted',
    state: change.state,
    facts: { ...noFacts, entries: change.entries, activity: [activity] },
  };

  function give(of: DecisionContext, { amount, unit, reason }: AdjustmentCommand) {
    assertRoomForGrant(of.state);
    const grant = {
      id: deriveId(commandId, 'adjustment'),
      source: 'adjustment' as const,
      label: nameOfSource('adjustment'),
      unit,
      amount,
      priority: defaultPriority.adjustment,
      scope: {},
      expiresAtMs: null,
      reason,
    };
    return addGrant(of.state, grant, { atMs: nowMs, recordedAtMs });
  }

  function takeBack(
    of: DecisionContext,
    { amount, unit, reason }: AdjustmentCommand,
  ): { state: AccountState; entries: LedgerRecord[] } {
    // An adjustment is for nothing in particular, so grants that are bound to some use are left alone.
    const taking = take(of.state.wallet, unit, [
      { amount: -amount, kind: 'metric', ref: '', category: undefined },
    ]);
    const { wallet, entry } = recordEntry(withDebt(taking.wallet, unit, taking.short), {
      id: deriveId(commandId, 'adjustment'),
      accountId: state.profile.id,
      kind: 'adjustment',
      unit,
      legs: negated(taking.legs),
      debt: -taking.short,
      description: reason,
      effectiveAtMs: nowMs,
      recordedAtMs,
    });
    return { state: { ...of.state, wallet }, entries: [entry] };
  }
}

function adjustGrant(
  { state, nowMs, recordedAtMs, commandId }: DecisionContext,
  { grantId, amount, unit, reason }: AdjustmentCommand & { readonly grantId: string },
): { state: AccountState; entries: LedgerRecord[] } {
  const grant = state.wallet.grants.find(({ id }) => id === grantId);
  if (grant === undefined || grant.unit !== unit)
    throw new DomainError('not_found', `The account has no live grant '${grantId}' in ${unit}`, '/grantId');
  if (grant.remaining + amount < 0n)
    throw new DomainError(
      'amount_out_of_range',
      `${formatAmount(-amount)} is more than the ${formatAmount(grant.remaining)} that remains of the grant`,
      '/amount',
      `at least ${formatAmount(-grant.remaining)}`,
    );
  const { wallet, entry } = recordEntry(withGrantChange(state.wallet, grantId, amount), {
    id: deriveId(commandId, 'adjustment'),
    accountId: state.profile.id,
    kind: 'adjustment',
    unit,
    legs: [{ grantId, amount }],
    description: reason,
    effectiveAtMs: nowMs,
    recordedAtMs,
  });
  return { state: { ...state, wallet }, entries: [entry] };
}

/**
 * Sets auto top-up.
 * @throws DomainError `unknown_pack`, `forbidden` where the plan sells no packs; where it is turned on also `invalid_request`
 * for a threshold that one charge cannot reach, `payment_method_required` without a confirmed one, and `total_changed` where one charge
 * costs more than its sender saw.
 */
export function decideAutoTopUp(
  context: DecisionContext,
  settings: AutoTopUpSettings,
  memberId: string | null,
  expectedTotal?: ExpectedTotal,
): Decision<'changed'> {
  const { state, catalog, nowMs } = context;
  if (!settings.enabled) return turnOff(context, settings, memberId);
  const pack = requirePackOnSale(catalog, planOf(state, catalog), settings.packId);
  assertReachable(settings, pack);
  if (state.profile.paymentMethod?.confirmed !== true) {
    throw new DomainError(
      'payment_method_required',
      'Auto top-up needs a confirmed payment method',
      '/enabled',
      'false until a payment method is confirmed',
    );
  }
  const amount = sumsOfPack(state, catalog, pack, nowMs).total;
  assertExpected({ amount, currency: pack.price.currency }, expectedTotal);
  const activity = activityOf(context, {
    kind: 'auto_top_up_changed',
    event: {
      kind: 'auto_top_up_set',
      pack: pack.label,
      price: pack.price,
      threshold: formatAmount(settings.threshold),
    },
    memberId,
  });
  // A person who saves the settings wants to see them work, so an earlier failure no longer delays the next try. What was
  // bought already stays bought: the same settings saved twice are one crossing, and only turning it on is a new one.
  const { awaitsRise, ...progress } = state.topUp;
  const wasOn = state.profile.autoTopUp?.enabled === true;
  const topUp = {
    ...progress,
    failures: 0,
    retryAtMs: null,
    lastFailure: null,
    ...(wasOn && awaitsRise ? { awaitsRise } : {}),
  };
  return changedProfile({ ...context, state: { ...state, topUp } }, { autoTopUp: settings }, activity);
}

/** Turning it off is possible whatever has become of the pack, the plan or the payment method. */
function turnOff(
  context: DecisionContext,
  settings: AutoTopUpSettings,
  memberId: string | null,
): Decision<'changed'> {
  const { state, catalog } = context;
  if (settings.packId !== state.profile.autoTopUp?.packId)
    requirePackOnSale(catalog, planOf(state, catalog), settings.packId);
  const activity = activityOf(context, {
    kind: 'auto_top_up_changed',
    event: { kind: 'auto_top_up_off' },
    memberId,
  });
  const topUp = { ...state.topUp, failures: 0, retryAtMs: null, lastFailure: null };
  return changedProfile({ ...context, state: { ...state, topUp } }, { autoTopUp: settings }, activity);
}

/** One charge has to lift an account that has nothing left to the threshold: each crossing buys once. */
function assertReachable({ threshold }: AutoTopUpSettings, pack: Pack): void {
  const bought = creditsOf(pack);
  if (threshold <= bought) return;
  throw new DomainError(
    'invalid_request',
    `The threshold of ${formatAmount(threshold)} is more than the ${formatAmount(bought)} that one charge buys`,
    '/threshold',
    `at most ${formatAmount(bought)}, or a larger pack`,
  );
}

/** Takes over the payment method that the provider confirmed. What is owed is charged with it at once. */
export function decidePaymentMethod(
  context: DecisionContext,
  paymentMethod: PaymentMethod,
  memberId: string | null,
): Decision<'changed'> {
  const { brand, lastFour } = paymentMethod;
  const activity = activityOf(context, {
    kind: 'payment_method_changed',
    event: { kind: 'payment_method_set', brand, lastFour },
    memberId,
  });
  const { state, catalog, nowMs } = context;
  const topUp = { ...state.topUp, failures: 0, retryAtMs: null, lastFailure: null };
  const billing = retriedAtOnce(state.billing, catalog, nowMs);
  const changed = changedProfile(
    { ...context, state: { ...state, topUp, billing } },
    { paymentMethod },
    activity,
  );
  // Work that an ended trial has paused resumes the moment that the account can pay.
  if (changed.state.subscription.pausedFor !== 'trial_over' || !paymentMethod.confirmed) return changed;
  const active = activate(changed.state, changed.state, catalog, {
    atMs: nowMs,
    recordedAtMs: context.recordedAtMs,
    causeId: context.commandId,
    grantId: deriveId(context.commandId, 'upgrade'),
    due: 'now',
  });
  return {
    ...changed,
    state: active.state,
    facts: { ...changed.facts, entries: active.entries },
  };
}

/** Forgets a payment method that was removed at the provider. A method that has replaced it stays. */
export function decidePaymentMethodRemoved(
  context: DecisionContext,
  paymentMethodId: string,
): Decision<'changed' | 'unchanged'> {
  const { state } = context;
  const { paymentMethod } = state.profile;
  if (paymentMethod?.id !== paymentMethodId) return { outcome: 'unchanged', state, facts: noFacts };
  const { brand, lastFour } = paymentMethod;
  const activity = activityOf(context, {
    kind: 'payment_method_changed',
    event: { kind: 'payment_method_removed', brand, lastFour },
  });
  return changedProfile(context, { paymentMethod: null }, activity);
}
