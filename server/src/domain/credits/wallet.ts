import type { GrantScope } from '../../contract/credits/credits.ts';
import type { LineItemKind } from '../../contract/gate/gate.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { Grant, GrantLeg, GrantPart, GrantTerms, Wallet } from './state.ts';

export const emptyWallet: Wallet = { grants: [], debts: {}, carry: {}, nextSeq: 1 };

/** A part of a charge that only fitting grants may pay. */
export interface Payable {
  readonly amount: Micros;
  readonly kind: LineItemKind;
  /** Id of the model, tool, storage kind or metric. */
  readonly ref: string;
  readonly category: string | undefined;
}

/** The amounts taken from each grant, and the uncovered amount. */
export interface Taking {
  readonly wallet: Wallet;
  /** Amounts are positive: how much was taken. */
  readonly legs: readonly GrantLeg[];
  readonly short: Micros;
}

/** Burn order: lower priority number, then earliest expiry (none last), then earliest creation, then id. */
export function compareBurnOrder(a: Grant, b: Grant): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  const aExpiry = a.expiresAtMs ?? Number.POSITIVE_INFINITY;
  const bExpiry = b.expiresAtMs ?? Number.POSITIVE_INFINITY;
  if (aExpiry !== bExpiry) return aExpiry < bExpiry ? -1 : 1;
  if (a.createdAtMs !== b.createdAtMs) return a.createdAtMs - b.createdAtMs;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Whether a grant may pay for a charge: each list that its scope names holds the charge's value. */
export function fits(scope: GrantScope, payable: Payable): boolean {
  if (scope.kinds !== undefined && !scope.kinds.includes(payable.kind)) return false;
  if (scope.metrics !== undefined && !(payable.kind === 'metric' && scope.metrics.includes(payable.ref)))
    return false;
  if (scope.models !== undefined && !(payable.kind === 'llm' && scope.models.includes(payable.ref)))
    return false;
  if (
    scope.categories !== undefined &&
    !(payable.category !== undefined && scope.categories.includes(payable.category))
  )
    return false;
  return true;
}

/** The debt in a unit. */
export function debtOf(wallet: Wallet, unit: CreditUnit): Micros {
  return wallet.debts[unit] ?? 0n;
}

/** The spendable amount of a unit: the remaining parts of its grants minus the debt. Negative if the debt is larger. */
export function availableOf(wallet: Wallet, unit: CreditUnit): Micros {
  let available = -debtOf(wallet, unit);
  for (const grant of wallet.grants) if (grant.unit === unit) available += grant.remaining;
  return available;
}

/** What live grants of a unit gave at first, and what can be spent of it. */
export interface CreditSums {
  readonly available: Micros;
  readonly granted: Micros;
}

/** The sums of a unit's live grants. */
export function creditSums(wallet: Wallet, unit: CreditUnit): CreditSums {
  let granted = 0n;
  for (const grant of wallet.grants) if (grant.unit === unit) granted += grant.amount;
  return { available: availableOf(wallet, unit), granted };
}

/** The amount set aside by open holds in a unit. */
export function heldOf(wallet: Wallet, unit: CreditUnit): Micros {
  let held = 0n;
  for (const grant of wallet.grants) if (grant.unit === unit) held += grant.held;
  return held;
}

/** The wallet with one more grant, in its place in the burn order. */
export function withGrant(wallet: Wallet, grant: Grant): Wallet {
  return { ...wallet, grants: [...wallet.grants, grant].sort(compareBurnOrder) };
}

/** The wallet with so much more (or, negative, less) of a live grant to be spent. */
export function withGrantChange(wallet: Wallet, grantId: string, change: Micros): Wallet {
  const grants = wallet.grants.map((grant) => (grant.id === grantId ? more(grant, change) : grant));
  return { ...wallet, grants: grants.filter(isLive) };
}

/** The part of a grant's record that is kept after it has left the wallet. */
export function termsOf({ remaining: _, held: __, ...terms }: Grant): GrantTerms {
  return terms;
}

/** The wallet with parts of grants given back, each to its own grant; one that has left the wallet comes back to it. */
export function withGivenBack(wallet: Wallet, parts: readonly GrantPart[]): Wallet {
  let current = wallet;
  for (const { grant, amount } of parts) {
    const isHere = current.grants.some(({ id }) => id === grant.id);
    current = isHere
      ? {
          ...current,
          grants: current.grants.map((live) => (live.id === grant.id ? more(live, amount) : live)),
        }
      : withGrant(current, { ...grant, remaining: amount, held: 0n });
  }
  return current;
}

function more(grant: Grant, amount: Micros): Grant {
  return { ...grant, remaining: grant.remaining + amount };
}

/** A grant leaves the wallet when nothing of it remains and nothing is held. */
function isLive(grant: Grant): boolean {
  return grant.remaining !== 0n || grant.held !== 0n;
}

/**
 * Takes each part of a charge from the grants that may pay for it, in burn order. With `into` 'held' the amounts stay with their
 * grants as held. `short` is the amount that no grant covers.
 */
export function take(
  wallet: Wallet,
  unit: CreditUnit,
  payables: readonly Payable[],
  into: 'spent' | 'held' = 'spent',
): Taking {
  const taken = new Map<string, Micros>();
  let short = 0n;
  for (const payable of payables) {
    let due = payable.amount;
    for (const grant of wallet.grants) {
      if (due === 0n) break;
      if (grant.unit !== unit || !fits(grant.scope, payable)) continue;
      const before = taken.get(grant.id) ?? 0n;
      const left = grant.remaining - before;
      if (left <= 0n) continue;
      const part = left < due ? left : due;
      taken.set(grant.id, before + part);
      due -= part;
    }
    short += due;
  }
  if (taken.size === 0) return { wallet, legs: [], short };
  const legs: GrantLeg[] = [];
  const grants: Grant[] = [];
  for (const grant of wallet.grants) {
    const amount = taken.get(grant.id);
    if (amount === undefined) {
      grants.push(grant);
      continue;
    }
    legs.push({ grantId: grant.id, amount });
    const held = into === 'held' ? grant.held + amount : grant.held;
    const after = { ...grant, remaining: grant.remaining - amount, held };
    if (isLive(after)) grants.push(after);
  }
  return { wallet: { ...wallet, grants }, legs, short };
}

/**
 * Whether a charge can be paid: the amount that no grant covers may be owed up to the overdraft, and existing debt lowers the
 * spendable amount, whichever grants would cover the charge.
 */
export function canPay(
  wallet: Wallet,
  unit: CreditUnit,
  { amount, short }: { readonly amount: Micros; readonly short: Micros },
  overdraft: Micros,
): boolean {
  if (amount <= 0n) return true;
  if (short > 0n && debtOf(wallet, unit) + short > overdraft) return false;
  return availableOf(wallet, unit) - amount >= -overdraft;
}

/** Ends a hold's part on each grant: `back` of it can be spent again, the rest of `legs` is spent for good. */
export function endHeld(wallet: Wallet, legs: readonly GrantLeg[], back: readonly GrantLeg[]): Wallet {
  const touched = new Set(legs.map(({ grantId }) => grantId));
  const grants: Grant[] = [];
  for (const grant of wallet.grants) {
    if (!touched.has(grant.id)) {
      grants.push(grant);
      continue;
    }
    const after = {
      ...grant,
      held: grant.held - amountOf(legs, grant.id),
      remaining: grant.remaining + amountOf(back, grant.id),
    };
    if (isLive(after)) grants.push(after);
  }
  return { ...wallet, grants };
}

/** The wallet with parts of what can be spent of its grants gone. */
export function withSpent(wallet: Wallet, legs: readonly GrantLeg[]): Wallet {
  const grants = wallet.grants
    .map((grant) => {
      const spent = amountOf(legs, grant.id);
      return spent === 0n ? grant : { ...grant, remaining: grant.remaining - spent };
    })
    .filter(isLive);
  return { ...wallet, grants };
}

/** The amount of one grant among the legs. */
export function amountOf(legs: readonly GrantLeg[], grantId: string): Micros {
  let amount = 0n;
  for (const leg of legs) if (leg.grantId === grantId) amount += leg.amount;
  return amount;
}

/** The wallet with so much more (or, negative, less) owed. A debt that is paid leaves no trace in the state. */
export function withDebt(wallet: Wallet, unit: CreditUnit, change: Micros): Wallet {
  if (change === 0n) return wallet;
  const { [unit]: before = 0n, ...others } = wallet.debts;
  const after = before + change;
  return { ...wallet, debts: after === 0n ? others : { ...others, [unit]: after } };
}

/** Ends the remaining part of a grant; the held part stays until its hold ends. */
export function withoutRemaining(wallet: Wallet, grantId: string): Wallet {
  const place = wallet.grants.findIndex(({ id }) => id === grantId);
  const grant = wallet.grants[place];
  if (grant === undefined) return wallet;
  const after = { ...grant, remaining: 0n };
  return { ...wallet, grants: wallet.grants.toSpliced(place, 1, ...(isLive(after) ? [after] : [])) };
}

/** The same legs with the opposite sign, as the ledger writes debits. */
export function negated(legs: readonly GrantLeg[]): GrantLeg[] {
  return legs.map((leg) => ({ grantId: leg.grantId, amount: -leg.amount }));
}

/** The legs' sum. */
export function legsTotal(legs: readonly GrantLeg[]): Micros {
  let total = 0n;
  for (const leg of legs) total += leg.amount;
  return total;
}
